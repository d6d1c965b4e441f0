"""Torch's side of what the textbook's files define, by the name in their ``TORCH``: ``torch.nn.Sigmoid``."""

from collections.abc import Callable
from functools import partial
from pkgutil import resolve_name
from typing import Any

from torch import Tensor, nn

from engine.spec import torch_of


class Applied(nn.Module):
    """Make a module of a function."""

    def __init__(self, function: Callable[[Tensor], Tensor]):
        super().__init__()
        self._function = function

    def forward(self, z: Tensor) -> Tensor:
        return self._function(z)


def activation_of(name: str, **params: Any) -> nn.Module:
    """Return an activation with parameters of its own: torch's class of it, or its function as a module."""
    named = resolve_name(torch_of(name))
    return named(**params) if isinstance(named, type) else Applied(partial(named, **params))


def loss_of(name: str, **params: Any) -> Callable[[Tensor, Tensor], Tensor]:
    """Return a loss of outputs and targets, with parameters of its own."""
    named = resolve_name(torch_of(name))
    return named(**params) if isinstance(named, type) else partial(named, **params) if params else named
