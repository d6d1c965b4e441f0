"""Targets that the last layer's activation cannot come to, and how low the loss can then be at best."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.reach import reach_of
from engine.lane.functions import loss_of
from engine.protocol import Diagnosis, Place
from engine.spec import function_asked, function_name, target_of

SLACK = 1e-6  # of a target: what is so near is at the edge, which an activation may come as near to as it likes


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Look for targets beyond the edges. Of one that is at an edge nothing is said."""
    network, passes = evidence.spec.network, evidence.passes
    if network is None or not passes.layers:
        return
    loss = function_name(network.loss)
    if target_of(loss) != "numbers":
        return
    lowest, highest = reach_of(passes.layers[-1].layer.activation)
    y = evidence.targets.astype(np.float64)
    slack = SLACK * np.maximum(np.abs(y), 1)
    is_beyond = (y < lowest - slack) | (y > highest + slack)
    if not is_beyond.any():
        return
    nearest = np.clip(y, lowest, highest)
    farthest = y.flat[int(np.argmax(np.abs(y - nearest)))]
    fields = {
        "count": int(is_beyond.sum()),
        "all": int(y.size),
        "floor": float(loss_of(function_asked(network.loss)).f(nearest, y)),
        "activation": passes.layers[-1].activation,
        "lowest": lowest,
        "highest": highest,
        "target": float(farthest),
    }
    yield Diagnosis("out_of_reach", None, fields, Place("network", passes.layers[-1].layer.name))
