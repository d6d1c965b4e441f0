"""Numbers as a report writes them: in full where exactness counts, else short."""

from math import inf, isnan

import numpy as np

NOTHING = "–"


def exact(value: float, dtype: str) -> str:
    """All digits that tell the value from its neighbours in ``dtype``, and no more."""
    if special := _special(value):
        return special
    narrow = dtype == "float32" and float(np.float32(value)) == value
    return _tidy(str(np.float32(value)) if narrow else repr(float(value)))


def short(value: float | None, digits: int = 4) -> str:
    """So many significant digits."""
    if value is None:
        return NOTHING
    return _special(value) or _tidy(f"{value:.{digits}g}")


def count(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def measure(value: float | None, digits: int = 4) -> str:
    """What is not known is a dash; a loss may be NaN."""
    return NOTHING if value is None or isnan(value) else short(value, digits)


def percent(share: float) -> str:
    """Whole, but never all or nothing where it isn't."""
    if 0 < share < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= share < 1 - 1e-9 else f"{share * 100:.0f} %"


def _special(value: float) -> str:
    if isnan(value):
        return "NaN"
    return {inf: "∞", -inf: "−∞"}.get(value, "")


def _tidy(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    text = f"{mantissa}e{int(exponent)}" if e else mantissa
    return text.replace("-", "−")
