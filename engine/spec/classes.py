"""Whether an experiment's targets are classes, which an answer hits or misses."""

from typing import Literal

import numpy as np

from .arrays import Matrix
from .definitions import outputs_of, target_of
from .model import ExperimentSpec
from .own_parts import function_name
from .sizes import unit_counts

ClassKind = Literal["classes", "probabilities", "shares"]
BINARY = 2


def class_kind(spec: ExperimentSpec) -> ClassKind | None:
    """Tell what kind of classes the targets are; None where they are none.

    ``classes``: a class number a row, for cross-entropy. ``probabilities``: no and yes, of each output by itself, for
    binary cross-entropy, where every target is 0 or 1; ``shares``: the same where the outputs are probabilities.
    """
    if spec.network is None or spec.data is None:
        return None
    loss, y = function_name(spec.network.loss), spec.data.y
    kind, outputs = target_of(loss), outputs_of(loss)
    if kind == "probabilities" and isinstance(y, Matrix) and outputs != "log probabilities":
        is_binary = y.made("is binary", lambda: bool(np.isin(y.values, (0, 1)).all()))
        return ("shares" if outputs else "probabilities") if is_binary else None
    return "classes" if kind == "classes" and spec.data.has_classes else None


def class_count(spec: ExperimentSpec) -> int:
    """Count the classes that the targets tell apart; 0 where they are none."""
    kind = class_kind(spec)
    if kind is None:
        return 0
    return unit_counts(spec)[-1] if kind == "classes" else BINARY
