"""Numbers as a report writes them for people; files have all digits."""

from math import inf, isnan

import numpy as np

from engine.protocol import in_percent

NOTHING = "–"


def loss(value: float, digits: int = 9) -> str:
    """Write a loss with ``digits`` significant digits, 9 of which tell every number of float32 from its neighbours."""
    return _special(value) or _tidy(_shortest(value or 0.0, digits))  # no negative zero


def _shortest(value: float, digits: int) -> str:
    """Write ``0.1``, not ``0.100000001``, where float32 has no number between."""
    with np.errstate(over="ignore"):
        narrow = np.float32(value)
    return str(narrow) if digits >= 9 and float(narrow) == value else f"{value:.{digits}g}"


def short(value: float | None, digits: int = 4) -> str:
    """Write a number with so many significant digits; None as a dash."""
    if value is None:
        return NOTHING
    return _special(value) or _tidy(f"{value:.{digits}g}")


def count(value: int | None) -> str:
    """Write a whole number with its thousands apart; None as a dash."""
    return NOTHING if value is None else f"{value:,}"


def measure(value: float | None, digits: int = 4) -> str:
    """Write a number with so many significant digits; one that is not known, None or NaN, as a dash."""
    return NOTHING if value is None or isnan(value) else short(value, digits)


def micros(value: float) -> str:
    """Write microseconds: those of a slow step are many, and get their thousands apart."""
    return f"{value:,.0f}" if 1000 <= value < 1e9 else measure(value)


def accuracy(share: float) -> str:
    """Write a share in tenths of a percent; one that is not known as a dash."""
    return NOTHING if isnan(share) else in_percent(share)


def percent(share: float) -> str:
    """Write a share in whole percents, but never all or nothing where it isn't."""
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
