"""What a hyperparameter may be, and what it does, in words for a person.

The forms of the window and the checks of the experiment file are made from these annotations.
The texts are English source texts; the window translates them in the context "hyperparameters".
"""

from math import inf
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array


class Hyperparameter(NamedTuple):
    """Say that ``low <= value < high`` (``<`` where ``above``, ``<=`` where ``closed``); ``live``: may change in a run.

    ``choices`` are the words that may be given, ``optional`` whether None may be.
    """

    title: str
    help: str
    low: float = 0.0
    high: float = inf
    closed: bool = False
    live: bool = True
    above: bool = False
    choices: tuple[str, ...] = ()
    optional: bool = False


def is_on(value: float | Array) -> bool:
    """Tell whether a factor takes part: a number other than 0, or one number for each of K networks."""
    return isinstance(value, Array) or value != 0


def to_float32(number: Any) -> Any:
    """Return what float32 keeps of a number, or of one for each of K networks: torch has some numbers in it always."""
    if isinstance(number, Array):
        return number.astype(np.float32).astype(number.dtype)
    return float(np.float32(number))


LearningRate = Annotated[
    float,
    Hyperparameter(
        "Learning rate",
        "How far each step goes. Too small: training crawls. Too large: the loss jumps about or explodes.",
    ),
]
WeightDecay = Annotated[
    float,
    Hyperparameter(
        "Weight decay",
        "Pulls every weight towards 0 by adding this share of the weight to its gradient (an L2 penalty).",
    ),
]
DecoupledDecay = Annotated[
    float,
    Hyperparameter(
        "Weight decay",
        "Shrinks every weight by the learning rate times this share each step, apart from the gradient.",
    ),
]
DecoupledWeightDecay = Annotated[
    bool,
    Hyperparameter(
        "Decoupled weight decay",
        "Shrink the weights apart from the gradient, by the learning rate times the weight decay, as AdamW does.",
    ),
]
Maximize = Annotated[
    bool,
    Hyperparameter("Maximize", "Climb the loss instead of descending it."),
]
Beta1 = Annotated[
    float,
    Hyperparameter(
        "Beta 1",
        "How much of the running mean of gradients is kept each step: 0.9 averages over about 10 steps.",
        high=1.0,
    ),
]
Betas = tuple[
    Beta1,
    Annotated[
        float,
        Hyperparameter(
            "Beta 2",
            "How much of the running mean of squared gradients is kept: 0.999 averages over about 1,000 steps.",
            high=1.0,
        ),
    ],
]
Eps = Annotated[
    float,
    Hyperparameter(
        "Epsilon",
        "A small number added to the divisor, so that a gradient near 0 never divides by 0.",
    ),
]
AMSGrad = Annotated[
    bool,
    Hyperparameter(
        "AMSGrad",
        "Divide by the largest running mean of squared gradients so far, so that the step size never grows again.",
        live=False,
    ),
]
