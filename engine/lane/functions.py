"""The textbook's activations and losses as an experiment asks for them: with parameters of its own, if it has any."""

from engine.diy.activations import ACTIVATIONS, Activation
from engine.diy.losses import LOSSES, Loss
from engine.spec import FunctionAsked, complete_function, name_and_params


def activation_of(asked: FunctionAsked) -> Activation:
    """Return the textbook's activation."""
    name, params = name_and_params(asked)
    return ACTIVATIONS[name].given(complete_function(name, params)) if params else ACTIVATIONS[name]


def loss_of(asked: FunctionAsked) -> Loss:
    """Return the textbook's loss."""
    name, params = name_and_params(asked)
    return LOSSES[name].given(complete_function(name, params)) if params else LOSSES[name]
