"""What a network's outputs say of a row, in the terms of its targets."""

import numpy as np
from numpy import ndarray as Array

from engine.diy.activations.sigmoid import sigmoid
from engine.diy.losses.cross_entropy import log_softmax
from engine.spec.definitions import Target


def predicted(outputs: Array, target: Target) -> Array:
    """Return outputs (rows, outputs) as what they stand for; ``target`` is what the loss takes.

    Numbers are themselves. Of a loss that takes logits they become probabilities, of yes or of each class, in float64:
    what is written or drawn of two lanes that are alike is alike.
    """
    if target == "numbers":
        return outputs
    with np.errstate(all="ignore"):
        logits = outputs.astype(np.float64)
        return sigmoid(logits) if target == "probabilities" else np.exp(log_softmax(logits))
