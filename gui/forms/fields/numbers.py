"""Numbers as a person types them. Text that is no number stays as it is, so that nothing is lost."""

import re
from functools import lru_cache
from typing import Any

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf|infinity|nan)", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def number(text: str) -> float | str:
    """Return the number that the text says, as an int where it is written as one, or the text itself.

    ``float`` alone would also take "1_000" and digits of every script.
    """
    plain = text.strip().replace("−", "-")
    if _WHOLE.fullmatch(plain):
        return int(plain)
    return float(plain) if _NUMBER.fullmatch(plain) else text


def text_of(value: Any) -> str:
    """Return the shortest text that ``number`` reads back as this value; None is nothing."""
    if value is None:
        return ""
    text = str(value)
    return text.removesuffix(".0") if isinstance(value, float) and text != "-0.0" else text
