"""The textbook's activations and losses as an experiment asks for them: with parameters of its own, if it has any."""

from typing import Literal

from numpy import ndarray as Array

from engine.diy.activations import ACTIVATIONS, Activation
from engine.diy.losses import LOSSES, Loss
from engine.spec import FunctionAsked, complete_function, name_and_params


def activation_of(asked: FunctionAsked) -> Activation:
    """Return the textbook's activation."""
    name, params = name_and_params(asked)
    return ACTIVATIONS[name].given(complete_function(name, params)) if params else ACTIVATIONS[name]


def is_of_rows(asked: FunctionAsked) -> bool:
    """Tell whether it is a function of whole rows, whose every output depends on all of its row."""
    return ACTIVATIONS[name_and_params(asked)[0]].back is not None


def led_back(activation: Activation, dL_da: Array, z: Array, a: Array) -> Array:
    r"""Return :math:`\partial L/\partial z`."""
    return dL_da * activation.df(z, a) if activation.back is None else activation.back(dL_da, z, a)


def sharing(asked: FunctionAsked) -> Literal["rows", "sum", "whole"]:
    """Tell how the loss of some rows adds up to that of all: by the rows' share of all, as it is, or not at all."""
    _, params = name_and_params(asked)
    if params.get("reduction") == "sum":
        return "sum"
    return "whole" if params.get("weight") is not None or "ignore_index" in params else "rows"


def loss_of(asked: FunctionAsked) -> Loss:
    """Return the textbook's loss."""
    name, params = name_and_params(asked)
    return LOSSES[name].given(complete_function(name, params)) if params else LOSSES[name]
