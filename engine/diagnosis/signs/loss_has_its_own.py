"""An output activation on top of a loss that takes logits: it narrows what the loss can be told."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.reach import Reach, reach_of
from engine.lane.functions import loss_of
from engine.protocol import Diagnosis, Place
from engine.spec import FunctionAsked, function_asked, name_and_params, outputs_of, target_of, title_of

TAKEN_ANYWAY = {("log_softmax", "cross_entropy")}  # what the loss begins with, and once more changes nothing
FAR = 1e3  # a logit that is as good as infinite


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Look at the last layer. An activation that lets all numbers through does no harm, and nothing is said."""
    network, passes = evidence.spec.network, evidence.passes
    if network is None or not passes.layers:
        return
    asked = function_asked(network.loss)
    loss, _ = name_and_params(asked)
    if target_of(loss) == "numbers" or outputs_of(loss):
        return
    last = passes.layers[-1]
    reach = reach_of(last.layer.activation)
    if reach.is_all or (last.activation, loss) in TAKEN_ANYWAY:
        return
    fields = {
        "activation": last.activation,
        "loss": title_of(loss),
        "lowest": reach.lowest,
        "highest": reach.highest,
        "floor": _floor(asked, reach, evidence.targets, last.a.shape[1]),
    }
    yield Diagnosis("loss_has_its_own", None, fields, Place("network", last.layer.name))


def _floor(asked: FunctionAsked, reach: Reach, y: np.ndarray, outputs: int) -> float:
    """Return the loss with the best logits that there are: as high as may be where the target is, else as low."""
    lowest, highest = max(reach.lowest, -FAR), min(reach.highest, FAR)
    loss = loss_of(asked)
    if y.dtype.kind == "i":
        best = np.full((len(y), outputs), lowest, np.float64)
        best[np.arange(len(y)), y] = highest
        return float(loss.f(best, y))
    probabilities = np.clip(y.astype(np.float64), 1e-300, 1 - 1e-16)
    best = np.clip(np.log(probabilities) - np.log1p(-probabilities), lowest, highest)
    return float(loss.f(best, y.astype(np.float64)))
