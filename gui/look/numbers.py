"""Numbers as a person reads them: in full where exactness counts, short where room is scarce."""

from math import isfinite

from engine.protocol import COORDINATES, MINUS, counted, exact, in_percent, place, rounded, with_minus

__all__ = [
    "COORDINATES",
    "MINUS",
    "counted",
    "exact",
    "in_full",
    "in_percent",
    "place",
    "rounded",
    "short",
    "with_minus",
]


def in_full(value: float, dtype: str = "float64") -> str:
    """Write a number as ``exact`` does, to be read: with a minus for a minus."""
    return with_minus(exact(value, dtype))


def short(value: float, digits: int = 3) -> str:
    """Write ``digits`` significant digits in the fewest characters: ``1.2e−5``, not ``1.2e-05``."""
    if not isfinite(value):
        return exact(value)
    plain = f"{value or 0.0:.{digits}g}"  # no negative zero
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    scientific = f"{mantissa}e{int(exponent)}"
    small = abs(value) < 1e-3 and len(scientific) < len(plain)  # 1.2e-4 for 0.00012
    return with_minus(scientific if "e" in plain or small else plain)
