"""Numbers as a person reads them: in full where exactness counts, short where room is scarce."""

from collections.abc import Sequence
from math import isfinite, isnan

import numpy as np

from engine.spec import POINT

MINUS = "−"
COORDINATES = ("x", "y")


def exact(value: float, dtype: str = "float64") -> str:
    """All digits that tell the value from its neighbours in ``dtype``, and no more; Python reads it back."""
    if not isfinite(value):
        return _special(value)
    if dtype == "float32":
        return str(np.float32(value)) if float(np.float32(value)) == value else f"{value:.9g}"
    return repr(float(value))


def in_full(value: float, dtype: str = "float64") -> str:
    """As ``exact``, to be read by a person: with a minus for a minus."""
    return _special(value) if not isfinite(value) else with_minus(exact(value, dtype))


def rounded(value: float) -> str:
    """Two digits, with an exponent when small or large: distances."""
    if not isfinite(value):
        return _special(value)
    if value == 0:
        return "0"
    return with_minus(f"{value:.1e}" if not 0.01 <= abs(value) < 1000 else f"{value:.2g}")


def short(value: float, digits: int = 3) -> str:
    """``digits`` significant digits, in the fewest characters: ``1.2e−5``, not ``1.2e-05``."""
    if not isfinite(value):
        return _special(value)
    plain = f"{value or 0.0:.{digits}g}"  # no negative zero
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    scientific = f"{mantissa}e{int(exponent)}"
    small = abs(value) < 1e-3 and len(scientific) < len(plain)  # 1.2e-4 for 0.00012
    return with_minus(scientific if "e" in plain or small else plain)


def counted(value: float) -> str:
    """A count of ULPs: whole while it can be told apart from its neighbours."""
    if not isfinite(value):
        return _special(value)
    return with_minus(f"{value or 0.0:,.0f}" if abs(value) < 1e9 else f"{value:.1e}")


def place(tensor: str, index: Sequence[int]) -> str:
    """An element as torch's users write it: ``layer1.weight[2, 3]``; of a test function's point ``x`` or ``y``."""
    if tensor == POINT and index and index[-1] < len(COORDINATES):
        return COORDINATES[index[-1]]
    return f"{tensor}[{', '.join(map(str, index))}]" if index else tensor


def _special(value: float) -> str:
    if isnan(value):
        return "NaN"
    return "∞" if value > 0 else f"{MINUS}∞"


def with_minus(number: str) -> str:
    """A number's text as a person reads it: a hyphen is no minus."""
    return number.replace("-", MINUS)
