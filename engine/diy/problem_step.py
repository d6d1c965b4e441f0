"""One step on a function of two numbers: value, gradient, update. There is no data, and nothing between."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy import ndarray as Array

from . import closure as whole
from .activations import ACTIVATIONS
from .network import Gradient, Layer
from .problems import Problem
from .step import Clip, Step, update


def point(w: Array) -> list[Layer]:
    """A point, shaped ``(..., 1, 2)``, in the place of a network's layers: it is all that there is to train."""
    return [Layer(w, None, ACTIVATIONS["identity"])]


def problem_step(
    problem: Problem,
    layers: Sequence[Layer],
    states: Sequence[tuple[Any, Any]],
    optimizer: ModuleType,
    hyper: Any,
    clip: Clip | None = None,
) -> Step:
    """Take one step from the ``point`` that ``layers`` are; nothing passed in is changed."""
    ((w, *_),) = layers
    L = problem.f(w)
    dL_dw = problem.df(w)
    gradients = [Gradient(dL_dw, None)]
    clipped = clip(gradients) if clip else gradients
    if whole.is_whole(optimizer):
        evaluate = whole.problem_evaluation(problem, w.shape)
        new_layers, new_states = whole.update(layers, states, clipped, L, evaluate, optimizer, hyper)
    else:
        new_layers, new_states = update(layers, states, clipped, optimizer, hyper)
    dL_dL = np.ones_like(L)
    return Step([], L, dL_dL, gradients, clipped, new_layers, new_states)
