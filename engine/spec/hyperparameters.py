"""The registries' hyperparameters as forms and checks want them: flat, in order, with their kinds and ranges.

The schedules are imported when one is asked for: few experiments have one, and the window must not wait for them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from math import inf, nan
from types import ModuleType, UnionType
from typing import Any, ClassVar, NamedTuple, get_args, get_origin, get_type_hints

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.optimizers.hyper import Hyperparameter, LearningRate


class HyperField(NamedTuple):
    """Describe one number, word or switch of an optimizer or a schedule.

    ``path`` leads to it within ``params``: ``("lr",)``, ``("betas", 1)``. ``kind`` is float, int, bool or str.
    ``many``: a list of them is given. ``required``: there is no default.
    """

    path: tuple[str | int, ...]
    kind: type
    default: Any
    about: Hyperparameter
    many: bool = False
    required: bool = False

    def allows(self, value: float) -> bool:
        low, high, above, closed = self.about.low, self.about.high, self.about.above, self.about.closed
        return (low < value if above else low <= value) and (value <= high if closed else value < high)

    @property
    def accepted(self) -> str:
        """Return the range as a person reads it: ``≥ 0 and < 1``."""
        about = self.about
        least = f"{'>' if about.above else '≥'} {about.low:g}" if about.low > -inf else ""
        most = f"{'≤' if about.closed else '<'} {about.high:g}" if about.high < inf else ""
        return " and ".join(filter(None, (least, most)))


# --- optimizers ----------------------------------------------------------------------------------


class Nameless:
    """Stand in for an optimizer that is own code alone: of it nothing but a rate is known."""

    class Hyper(NamedTuple):
        lr: LearningRate = nan

    class State(NamedTuple):
        pass

    TORCH_STATE: ClassVar[dict[str, str]] = {}


def optimizer_module(name: str) -> Any:
    """Return the textbook's file of an optimizer; where an entry has no name, a stand-in."""
    return OPTIMIZERS[name] if name else Nameless


def is_elementwise(optimizer: str) -> bool:
    """Tell whether it moves each element of a weight by itself, whatever becomes of the others."""
    module = optimizer_module(optimizer)
    return not (hasattr(module, "minimize") or getattr(module, "WHOLE_WEIGHTS", False))


def optimizer_names() -> tuple[str, ...]:
    return tuple(OPTIMIZERS)


@cache
def hyper_fields(optimizer: str) -> tuple[HyperField, ...]:
    """Return the fields of the optimizer's ``Hyper``, pairs taken apart."""
    return tuple(_fields(optimizer_module(optimizer).Hyper))


def state_names(optimizer: str) -> dict[str, str]:
    """Return the symbols of the optimizer's state entries that are matrices, and torch's names for them."""
    return {symbol: name for symbol, name in torch_state(optimizer).items() if symbol != "t"}


def torch_state(optimizer: str) -> dict[str, str]:
    """Return the symbols of all its state entries, the step counter ``t`` among them, and torch's names."""
    return optimizer_module(optimizer).TORCH_STATE


def complete(optimizer: str, params: dict[str, Any]) -> Any:
    """Return the optimizer's ``Hyper`` with torch's defaults for what ``params`` leaves out."""
    if not optimizer:
        return Nameless.Hyper(*(float(rate) for rate in [params.get("lr")] if isinstance(rate, int | float)))
    return _completed(OPTIMIZERS[optimizer].Hyper, hyper_fields(optimizer), params)


def conflicts(optimizer: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield fields whose values exclude each other, with a fault code."""
    yield from _conflicts(optimizer_module(optimizer), complete(optimizer, params))


def cycled_field(optimizer: str) -> str | None:
    """Name what a schedule moves as momentum: ``betas`` (the first), ``momentum``, or None."""
    names = optimizer_module(optimizer).Hyper._fields
    return next((name for name in ("betas", "momentum") if name in names), None)


# --- schedules -----------------------------------------------------------------------------------


def schedule_names() -> tuple[str, ...]:
    return tuple(_schedules())


@cache
def schedule_fields(schedule: str) -> tuple[HyperField, ...]:
    """Return the fields of the schedule's ``Hyper``."""
    return tuple(_fields(_schedules()[schedule].Hyper))


def complete_schedule(schedule: str, params: dict[str, Any]) -> Any:
    """Return the schedule's ``Hyper`` with torch's defaults for what ``params`` leaves out."""
    return _completed(_schedules()[schedule].Hyper, schedule_fields(schedule), params)


def schedule_conflicts(schedule: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield fields whose values exclude each other, with a fault code."""
    yield from _conflicts(_schedules()[schedule], complete_schedule(schedule, params))


def looks_at_loss(schedule: str) -> bool:
    """Tell whether it goes by the losses of the run, and nobody knows its rates beforehand."""
    return hasattr(_schedules().get(schedule), "observe")


def one_cycle_steps(hyper: Any) -> int:
    """Return how many steps OneCycleLR takes in all."""
    return _schedules()["OneCycleLR"].steps_of(hyper)


def _schedules() -> Mapping[str, ModuleType]:
    from engine.diy.schedules import SCHEDULES

    return SCHEDULES


# --- layers --------------------------------------------------------------------------------------


class NoHyper(NamedTuple):
    """Stand for the ``Hyper`` of a kind that has none."""


def layer_kinds() -> tuple[str, ...]:
    return tuple(LAYERS)


def layer_module(kind: str) -> ModuleType:
    return LAYERS[kind]


@cache
def layer_fields(kind: str) -> tuple[HyperField, ...]:
    """Return the fields of the kind's ``Hyper``; none of those that the experiment file has beside ``kind``."""
    return tuple(_fields(_layer_hyper(kind))) if kind != "Linear" else ()


def complete_layer(kind: str, params: dict[str, Any]) -> Any:
    """Return the kind's ``Hyper`` with torch's defaults for what ``params`` leaves out."""
    return _completed(_layer_hyper(kind), layer_fields(kind), params)


def layer_conflicts(kind: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield fields whose values exclude each other, with a fault code."""
    yield from _conflicts(LAYERS[kind], complete_layer(kind, params))


def _layer_hyper(kind: str) -> Any:
    return getattr(LAYERS[kind], "Hyper", NoHyper)


# --- activations and losses ----------------------------------------------------------------------


def function_module(name: str) -> ModuleType:
    """Return the textbook's file of an activation or a loss."""
    return ACTIVATIONS.module(name) if name in ACTIVATIONS else LOSSES.module(name)


@cache
def _function_fields(module: ModuleType) -> tuple[HyperField, ...]:
    return tuple(_fields(getattr(module, "Hyper", NoHyper)))


def function_fields(name: str) -> tuple[HyperField, ...]:
    """Return the fields of the function's ``Hyper``; none where it has no parameters."""
    return _function_fields(function_module(name))


def complete_function(name: str, params: Mapping[str, Any]) -> Any:
    """Return the function's ``Hyper`` with torch's defaults for what ``params`` leaves out."""
    return _completed(getattr(function_module(name), "Hyper", NoHyper), function_fields(name), dict(params))


def function_conflicts(name: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield fields whose values exclude each other, or are none that the function takes, with a fault code."""
    yield from _conflicts(function_module(name), complete_function(name, params))


# --- what all have in common ---------------------------------------------------------------------


@cache
def fields_of(hyper: Any) -> tuple[HyperField, ...]:
    """Return the fields of any ``Hyper``."""
    return tuple(_fields(hyper))


def completed(hyper: Any, fields: tuple[HyperField, ...], params: dict[str, Any]) -> Any:
    """Return a ``Hyper`` of any kind, with defaults for what ``params`` leaves out."""
    return _completed(hyper, fields, params)


def _fields(hyper: Any) -> Iterator[HyperField]:
    defaults = hyper._field_defaults
    for name, hint in get_type_hints(hyper, include_extras=True).items():
        default, required = defaults.get(name), name not in defaults
        if isinstance(hint, UnionType):  # tuple[float, ...] | None
            hint = next((part for part in get_args(hint) if get_origin(part) is tuple), hint)
        parts = get_args(hint)
        if get_origin(hint) is not tuple:
            yield _field((name,), hint, default, required=required)
        elif parts[-1] is Ellipsis:
            yield _field((name,), parts[0], default, many=True, required=required)
        else:
            for index, part in enumerate(parts):
                yield _field((name, index), part, None if required else default[index], required=required)


def _field(path: tuple[str | int, ...], hint: Any, default: Any, many: bool = False, required: bool = False):
    kind, about = get_args(hint)
    if isinstance(kind, UnionType):  # int | None
        kind = next(part for part in get_args(kind) if part is not type(None))
    return HyperField(path, kind, default, about, many, required)


def _completed(hyper: Any, fields: tuple[HyperField, ...], params: dict[str, Any]) -> Any:
    """Return a ``Hyper`` of parsed parameters: lists become tuples, numbers floats where they may have a fraction."""
    kinds = {field.path: field.kind for field in fields}
    given: dict[str, Any] = {}
    for name, value in params.items():
        if isinstance(value, (list, tuple)):
            given[name] = tuple(_as_kind(kinds.get((name, index)), part) for index, part in enumerate(value))
        else:
            given[name] = _as_kind(kinds.get((name,)), value)
    return hyper(**given)


def _as_kind(kind: type | None, value: Any) -> Any:
    return float(value) if kind is float and type(value) is int else value


def _conflicts(module: ModuleType, hyper: Any) -> Iterator[tuple[str, str]]:
    if hasattr(module, "conflicts"):
        yield from module.conflicts(hyper)
