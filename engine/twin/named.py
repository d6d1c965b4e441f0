"""Torch's side of what the textbook's files define, by the name in their ``TORCH``: ``torch.nn.Sigmoid``."""

import inspect
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.schedules import SCHEDULES
from engine.spec import FunctionAsked, name_and_params, row_of
from engine.without_compiler import leave_out_compiler

from .masks import GivenDropout

IN_PLACE_OF: Mapping[Any, Any] = {nn.Dropout: GivenDropout}  # whose masks both sides are given


def torch_named(name: str) -> Any:
    """Return what has this name, which begins with ``torch``: all of it is loaded, so that nothing is looked for."""
    return attrgetter(name.removeprefix("torch."))(torch)


def layer_of(kind: str, hyper: Any, inputs: tuple[int, ...], dtype: torch.dtype | None = None) -> nn.Module:
    """Return a layer as torch makes it for inputs whose rows are so shaped, with weights that its generator draws."""
    file = LAYERS.module(kind)
    named = torch_named(file.TORCH)
    arguments = (
        file.torch_arguments(row_of(kind, inputs), hyper) if hasattr(file, "torch_arguments") else hyper._asdict()
    )
    named = IN_PLACE_OF.get(named, named)
    has_dtype = dtype is not None and "dtype" in inspect.signature(named).parameters
    return named(**arguments, **({"dtype": dtype} if has_dtype else {}))


@lru_cache(maxsize=256)
def hollow_layer(kind: str, hyper: Any, inputs: tuple[int, ...]) -> nn.Module:
    """Return a layer without numbers, to be called with somebody's: ``torch.func.functional_call``."""
    with torch.device("meta"):
        return layer_of(kind, hyper, inputs)


class Applied(nn.Module):
    """Make a module of a function."""

    def __init__(self, function: Callable[[Tensor], Tensor]):
        super().__init__()
        self._function = function

    def forward(self, z: Tensor) -> Tensor:
        return self._function(z)


def activation_of(asked: FunctionAsked) -> nn.Module:
    """Return an activation, with numbers of its own if it has any: torch's class of it, or its function as a module."""
    name, params = name_and_params(asked)
    file = ACTIVATIONS.module(name)
    named, params = torch_named(file.TORCH), {**getattr(file, "TORCH_ARGUMENTS", {}), **params}
    return named(**params) if isinstance(named, type) else Applied(partial(named, **params))


def loss_of(asked: FunctionAsked) -> Callable[[Tensor, Tensor], Tensor]:
    """Return a loss of outputs and targets, with numbers of its own if it has any."""
    name, params = name_and_params(asked)
    file = LOSSES.module(name)
    named = torch_named(file.TORCH)
    if isinstance(named, type):
        return named(**params)
    loss = _with_tensors(named, params) if any(isinstance(one, list | tuple) for one in params.values()) else None
    loss = loss or (partial(named, **params) if params else named)
    return _without_warning(loss, file.TORCH_WARNS) if hasattr(file, "TORCH_WARNS") else loss


def _with_tensors(named: Callable[..., Tensor], params: Mapping[str, Any]) -> Callable[[Tensor, Tensor], Tensor]:
    """Hand lists over as tensors, which torch wants in the outputs' precision and on their device."""
    lists = {name: value for name, value in params.items() if isinstance(value, list | tuple)}
    others = {name: value for name, value in params.items() if name not in lists}

    def loss(a: Tensor, y: Tensor) -> Tensor:
        tensors = {name: torch.tensor(value, dtype=a.dtype, device=a.device) for name, value in lists.items()}
        return named(a, y, **tensors, **others)

    return loss


def _without_warning(loss: Callable[[Tensor, Tensor], Tensor], begins: str) -> Callable[[Tensor, Tensor], Tensor]:
    def quiet(a: Tensor, y: Tensor) -> Tensor:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=begins)
            return loss(a, y)

    return quiet


def optimizer_class(name: str) -> type[Optimizer]:
    """Return torch's class of an optimizer, whose first step is kept from loading torch's compiler."""
    leave_out_compiler()
    return torch_named(OPTIMIZERS.module(name).TORCH)


def schedule_class(name: str) -> Any:
    """Return torch's class of a schedule."""
    return torch_named(SCHEDULES.module(name).TORCH)
