"""A bias right before a batch norm, which takes it away again."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.evidence import Evidence, LayerPass
from engine.protocol import Diagnosis, Place

NORM = "BatchNorm1d"
LEARNS = 100.0  # times the bias's gradient: from there on the weights' is one


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Look for dense layers right before a batch norm, and measure that their bias's gradient is rounding."""
    network, passes = evidence.spec.network, evidence.passes
    if network is None or not passes.layers or not passes.is_finite:
        return
    before = [
        one
        for one, after in zip(passes.layers, network.layers[1:], strict=False)
        if after.kind == NORM and one.activation == "identity" and _is_rounding(one, evidence)
    ]
    if not before:
        return
    fields = {
        "layers": ", ".join(str(one.number) for one in before),
        "bias": max(_size(evidence, one, "bias") for one in before),
        "weight": min(_size(evidence, one, "weight") for one in before),
    }
    yield Diagnosis("bias_before_norm", None, fields, Place("network", f"{before[0].layer.name}.bias"))


def _is_rounding(one: LayerPass, evidence: Evidence) -> bool:
    """Whether the bias's gradient, a sum over the rows, is what is left of terms that cancel, and the weights' is not.

    The terms have roundings themselves, larger than their own last places: half the digits are left to these.
    """
    if f"{one.layer.name}.bias" not in evidence.passes.grads:
        return False
    terms = float(np.abs(one.dL_dz).sum(axis=0).max())
    bias, weight = (_size(evidence, one, name) for name in ("bias", "weight"))
    return bias <= np.sqrt(np.finfo(one.dL_dz.dtype).eps) * terms and weight > LEARNS * bias


def _size(evidence: Evidence, one: LayerPass, name: str) -> float:
    """Return the largest number of a gradient."""
    return float(np.abs(evidence.passes.grads[f"{one.layer.name}.{name}"]).max())
