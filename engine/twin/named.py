"""Torch's side of what the textbook's files define, by the name in their ``TORCH``: ``torch.nn.Sigmoid``."""

from collections.abc import Callable
from functools import partial
from pkgutil import resolve_name
from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.schedules import SCHEDULES


class Applied(nn.Module):
    """Make a module of a function."""

    def __init__(self, function: Callable[[Tensor], Tensor]):
        super().__init__()
        self._function = function

    def forward(self, z: Tensor) -> Tensor:
        return self._function(z)


def activation_of(name: str, **params: Any) -> nn.Module:
    """Return an activation with parameters of its own: torch's class of it, or its function as a module."""
    named = resolve_name(ACTIVATIONS.module(name).TORCH)
    return named(**params) if isinstance(named, type) else Applied(partial(named, **params))


def loss_of(name: str, **params: Any) -> Callable[[Tensor, Tensor], Tensor]:
    """Return a loss of outputs and targets, with parameters of its own."""
    named = resolve_name(LOSSES.module(name).TORCH)
    return named(**params) if isinstance(named, type) else partial(named, **params) if params else named


def optimizer_class(name: str) -> type[Optimizer]:
    """Return torch's class of an optimizer."""
    return resolve_name(OPTIMIZERS.module(name).TORCH)


def schedule_class(name: str) -> Any:
    """Return torch's class of a schedule."""
    return resolve_name(SCHEDULES.module(name).TORCH)
