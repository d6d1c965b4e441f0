"""A layer's kind as a value: what a module of ``engine.diy.layers`` holds of its passes."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

Pass = Callable[..., tuple[Array, Any]]


class LayerRule(NamedTuple):
    """Hold a kind's passes, each called as its file's are; ``share``: how many numbers a mask lets be, if any."""

    forward: Pass
    evaluate: Pass
    backward: Callable[..., tuple[Array | None, dict[str, Array]]]
    share: Callable[[Any], float] | None = None


def layer_rule(names: Mapping[str, Any]) -> LayerRule:
    """Return the rule that is made of these names; variants divide by 0 and the like without a warning."""
    quiet = np.errstate(all="ignore")
    forward = quiet(names["forward"])
    evaluate = quiet(names["evaluate"]) if "evaluate" in names else forward
    return LayerRule(forward, evaluate, quiet(names["backward"]), names.get("mask_share"))
