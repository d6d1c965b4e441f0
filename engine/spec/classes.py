"""Whether an experiment's targets are classes, which an answer hits or misses."""

from typing import Literal

import numpy as np

from .arrays import Matrix
from .definitions import target_of
from .model import ExperimentSpec
from .own_parts import function_name
from .sizes import unit_counts

ClassKind = Literal["classes", "probabilities"]
BINARY = 2


def class_kind(spec: ExperimentSpec) -> ClassKind | None:
    """Tell what kind of classes the targets are; None where they are none.

    ``classes``: a class number a row, for cross-entropy. ``probabilities``: no and yes, of each output by itself, for
    binary cross-entropy, where every target is 0 or 1.
    """
    if spec.network is None or spec.data is None:
        return None
    kind, y = target_of(function_name(spec.network.loss)), spec.data.y
    if kind == "probabilities" and isinstance(y, Matrix):
        is_binary = y.made("is binary", lambda: bool(np.isin(y.values, (0, 1)).all()))
        return "probabilities" if is_binary else None
    return "classes" if kind == "classes" else None


def class_count(spec: ExperimentSpec) -> int:
    """Count the classes that the targets tell apart; 0 where they are none."""
    kind = class_kind(spec)
    if kind is None:
        return 0
    return unit_counts(spec)[-1] if kind == "classes" else BINARY
