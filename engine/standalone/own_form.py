"""What several kinds of own code have in common in a script: what cannot be written, and how arguments are."""

from collections.abc import Collection, Mapping
from typing import Any

from .literals import value_text


class NoForm(Exception):  # noqa: N818  # told as a fault
    """Report a form of own code that no script calls; its text says which."""


def settings_text(settings: Mapping[str, Any], rates: Collection[str] = (), rate: str = "") -> str:
    """Return settings as keyword arguments, ``rate`` in the place of those that are named in ``rates``."""
    return ", ".join(f"{name}={rate if name in rates else value_text(value)}" for name, value in settings.items())


def dict_text(texts: Mapping[str, str]) -> str:
    """Return a dict whose values are code."""
    return "{" + ", ".join(f'"{key}": {text}' for key, text in texts.items()) + "}"


def value_texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: value_text(value) for key, value in values.items()}
