"""How often a network's answers hit the class that the data say, and which classes it takes for which.

Plain functions of outputs and targets: of cross-entropy the outputs are a logit a class, and the answer is the class of
the largest (the first of equal ones); of binary cross-entropy they are logits of yes, and the answer is yes above 0,
where the probability is above ½, or probabilities themselves.
"""

import numpy as np
from numpy import ndarray as Array

from engine.spec import ClassKind

NOTHING = -1  # the answer of outputs that are no numbers


def answers(outputs: Array, kind: ClassKind) -> Array:
    """Return the answers to ``outputs`` (rows, outputs): a class a row, or 0 and 1 shaped as the outputs."""
    lost = np.isnan(outputs)
    if kind == "classes":
        return np.where(lost.any(axis=-1), NOTHING, outputs.argmax(axis=-1))
    return np.where(lost, NOTHING, outputs > (0.5 if kind == "shares" else 0))


def accuracy(outputs: Array, y: Array, kind: ClassKind) -> float:
    """Return the share of answers that are right: of rows, or of rows' single outputs. NaN where there is no row."""
    return float(np.mean(answers(outputs, kind) == y)) if len(outputs) else float("nan")


def confusion_matrix(outputs: Array, y: Array, kind: ClassKind, classes: int) -> Array:
    """Count the answers (classes, classes): true classes from above, answered ones from the left.

    Outputs that are no numbers answer nothing, and are in no cell.
    """
    found, true = answers(outputs, kind).ravel(), np.asarray(y, np.int64).ravel()
    there = found != NOTHING
    cells = np.bincount(true[there] * classes + found[there], minlength=classes * classes)
    return cells.reshape(classes, classes)
