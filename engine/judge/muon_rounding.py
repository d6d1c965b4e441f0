"""Whether Muon's rounding to bfloat16 explains that the sides are apart, or something is wrong.

Torch adds up in float32. Where a sum lies next to the midst between two bfloat16 numbers, the sides may round it
differently, and the iteration makes more of it. How much more depends on the matrix: so the textbook's iteration is
taken several times over, its sums each time moved by as little as their order may move them in float32.
"""

from importlib.util import find_spec, module_from_spec
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.bfloat16 import bfloat16
from engine.diy.optimizers import muon

TRIES = 32
MOVED = 2.0**-21  # of the largest number in a matrix; some times what float32 leaves of a sum
ENOUGH = 3.0  # times as far apart as a try has come may be the sides


def explained(apart: float, M: Array, hyper: muon.Hyper) -> bool:
    """Whether the iterations of this matrix may come to results so far apart."""
    asked = M, hyper.ns_coefficients, hyper.eps, hyper.ns_steps
    rng = np.random.default_rng(0)

    def moved(x: Any) -> Array:
        return bfloat16(x + MOVED * np.max(np.abs(x)) * rng.standard_normal(np.shape(x)))

    as_written, otherwise = _textbook(bfloat16), _textbook(moved)
    with np.errstate(all="ignore"):
        O = as_written.orthogonal(*asked)  # noqa: E741  # the paper's letter
        distances = (np.abs(otherwise.orthogonal(*asked) - O).max() for _ in range(TRIES))
        return any(apart <= ENOUGH * distance or np.isnan(distance) for distance in distances)


def _textbook(rounding: Any) -> Any:
    """Muon's file read anew, with another rounding: whatever stands in the place of its functions is none of it."""
    spec = find_spec(muon.__name__)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["bfloat16"] = rounding
    return module
