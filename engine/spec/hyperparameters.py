"""The registry's hyperparameters as forms and checks want them: flat, in order, with their ranges."""

from collections.abc import Iterator
from functools import cache
from math import inf
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from engine.diy.optimizers import OPTIMIZERS
from engine.diy.optimizers.hyper import Hyperparameter


class HyperField(NamedTuple):
    """One number or switch of an optimizer.

    ``path`` leads to it within ``params``: ``("lr",)``, ``("betas", 1)``.
    """

    path: tuple[str | int, ...]
    kind: type
    default: Any
    about: Hyperparameter

    def allows(self, value: float) -> bool:
        low, high, closed = self.about.low, self.about.high, self.about.closed
        return low <= value < high or (closed and value == high)

    @property
    def accepted(self) -> str:
        """The range as a person reads it: ``≥ 0 and < 1``."""
        if self.about.high == inf:
            return f"≥ {self.about.low:g}"
        return f"≥ {self.about.low:g} and {'≤' if self.about.closed else '<'} {self.about.high:g}"


def optimizer_names() -> tuple[str, ...]:
    return tuple(OPTIMIZERS)


@cache
def hyper_fields(optimizer: str) -> tuple[HyperField, ...]:
    """The fields of the optimizer's ``Hyper``, pairs taken apart."""
    return tuple(_fields(optimizer))


def _fields(optimizer: str) -> Iterator[HyperField]:
    hyper = OPTIMIZERS[optimizer].Hyper
    for name, hint in get_type_hints(hyper, include_extras=True).items():
        default = hyper._field_defaults[name]
        if get_origin(hint) is tuple:
            for index, part in enumerate(get_args(hint)):
                yield _field((name, index), part, default[index])
        else:
            yield _field((name,), hint, default)


def _field(path: tuple[str | int, ...], hint: Any, default: Any) -> HyperField:
    kind, about = get_args(hint)
    return HyperField(path, kind, default, about)


def state_names(optimizer: str) -> dict[str, str]:
    """The symbols of the optimizer's state entries that are matrices, and torch's names for them."""
    return {symbol: name for symbol, name in torch_state(optimizer).items() if symbol != "t"}


def torch_state(optimizer: str) -> dict[str, str]:
    """The symbols of all its state entries, the step counter ``t`` among them, and torch's names."""
    return OPTIMIZERS[optimizer].TORCH_STATE


def complete(optimizer: str, params: dict[str, Any]) -> Any:
    """The optimizer's ``Hyper`` with torch's defaults for what ``params`` leaves out."""
    pairs = {name: tuple(value) if isinstance(value, list) else value for name, value in params.items()}
    return OPTIMIZERS[optimizer].Hyper(**pairs)


def conflicts(optimizer: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Fields whose values exclude each other, with a fault code."""
    module = OPTIMIZERS[optimizer]
    if hasattr(module, "conflicts"):
        yield from module.conflicts(complete(optimizer, params))
