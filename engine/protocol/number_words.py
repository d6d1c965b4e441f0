"""Numbers of a verdict as a person reads them: in the window, on a terminal and in a report alike."""

from collections.abc import Sequence
from math import isfinite, isnan

import numpy as np

from engine.spec import POINT

MINUS = "−"
COORDINATES = ("x", "y")
MOST_ULPS = 1_000_000  # farther apart than so many, numbers are told better by their distance: beside 0 all are


def exact(value: float, dtype: str = "float64") -> str:
    """Write all digits that tell the value from its neighbours in ``dtype``, and no more; Python reads it back."""
    if not isfinite(value):
        return _special(value)
    if dtype == "float32":
        return str(np.float32(value)) if float(np.float32(value)) == value else f"{value:.9g}"
    return repr(float(value))


def rounded(value: float) -> str:
    """Write two digits, with an exponent when small or large: distances."""
    if not isfinite(value):
        return _special(value)
    if value == 0:
        return "0"
    return with_minus(f"{value:.1e}" if not 0.01 <= abs(value) < 1000 else f"{value:.2g}")


def counted(ulps: float) -> str:
    """Write a number of ULPs; empty where it says nothing, as beside a 0."""
    return with_minus(f"{ulps or 0.0:,.0f}") if abs(ulps) <= MOST_ULPS else ""


def place(tensor: str, index: Sequence[int]) -> str:
    """Write an element as torch's users do: ``layer1.weight[2, 3]``; of a test function's point ``x`` or ``y``."""
    if tensor == POINT and index and index[-1] < len(COORDINATES):
        return COORDINATES[index[-1]]
    return f"{tensor}[{', '.join(map(str, index))}]" if index else tensor


def _special(value: float) -> str:
    """Write what is no finite number."""
    if isnan(value):
        return "NaN"
    return "∞" if value > 0 else f"{MINUS}∞"


def with_minus(number: str) -> str:
    """Give a number's text its true minus, also in the exponent."""
    return number.replace("-", MINUS)


def in_percent(share: float) -> str:
    """Write a share in tenths of a percent, but never all or nothing where it isn't."""
    if 0 < share < 0.0005:
        return "<0.1 %"
    return ">99.9 %" if 0.9995 <= share < 1 else f"{share * 100:.1f} %"
