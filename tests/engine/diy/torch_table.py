"""Torch's own table of modules with inputs to test them on, each laid out as an experiment has it: in rows.

``torch.testing._internal.common_modules`` says of each class of ``torch.nn`` how it is made and called. What stands
there of a class that the textbook has a file of becomes a ``TableCase``; a file that comes along is found by its name.
Of class weights, of which torch draws some below 0, the amounts are taken.
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.spec import function_fields, layer_fields

LOSS_CLASSES = {
    "mse": "MSELoss",
    "l1": "L1Loss",
    "smooth_l1": "SmoothL1Loss",
    "huber": "HuberLoss",
    "bce": "BCEWithLogitsLoss",
    "cross_entropy": "CrossEntropyLoss",
    "nll": "NLLLoss",
    "binary_cross_entropy": "BCELoss",
    "kl_div": "KLDivLoss",
}
FOLLOWS = {"in_features", "num_features", "normalized_shape", "dim", "inplace", "device", "dtype"}
"""Arguments that follow from the data, or that say nothing of the numbers."""


class TableCase(NamedTuple):
    """Hold one line of the table: a class of ``torch.nn``, its arguments, and what it is called with.

    ``role`` is what it is in an experiment, ``name`` what it is called there; ``params`` are as the experiment has
    them. ``given`` are torch's arguments by name. ``forward`` is None where the class refuses to be made.
    """

    role: str
    name: str
    desc: str
    made_by: Callable[[], torch.nn.Module]
    given: dict[str, Any]
    forward: tuple[Tensor, ...] | None

    @property
    def params(self) -> dict[str, Any]:
        """Return the arguments that do not follow from the data, as a file has them."""
        return {name: _as_in_a_file(value) for name, value in self.given.items() if name not in FOLLOWS}

    def __str__(self) -> str:
        return f"{self.name} {self.desc} {self.params}"

    @property
    def left_out(self) -> set[str]:
        """Return what no experiment can say of it: arguments, or numbers."""
        taken = _taken(self.role, self.name)
        arguments = {
            name if isinstance(self.given[name], Tensor) else f"{name}={value}"
            for name, value in self.params.items()
            if name not in taken or (name, value) in NOT_OFFERED
        }
        return arguments | set(self._strange_numbers())

    def _strange_numbers(self) -> Iterator[str]:
        assert self.forward is not None
        if not self.forward[0].numel():
            yield "no rows"
        if not all(torch.isfinite(number).all() for number in self.forward):
            yield "not finite"
        elif self.name == "kl_div" and not self.given.get("log_target") and not _are_shares(self.forward[1]):
            yield "no probabilities"


def _are_shares(value: Tensor) -> bool:
    return bool((value >= 0).all() and (value <= 1).all())


NOT_OFFERED = (("reduction", "none"), ("momentum", None))
"""Values of arguments that the textbook's files have, and that these do not take."""


def _taken(role: str, name: str) -> set[str]:
    """Return the arguments that a file takes."""
    if name == "Linear":
        return {"units", "bias"}
    fields = layer_fields(name) if role == "layer" else function_fields(name)
    return {str(field.path[0]) for field in fields}


def _as_in_a_file(value: Any) -> Any:
    return value.tolist() if isinstance(value, Tensor) else value


# --- the table -------------------------------------------------------------------------------------


def classes() -> dict[str, tuple[str, str]]:
    """Return torch's classes that the textbook has files of: what each is there, and its name."""
    found = {getattr(LAYERS.module(name), "TORCH", name): ("layer", name) for name in LAYERS}
    found |= {ACTIVATIONS.module(name).TORCH: ("activation", name) for name in ACTIVATIONS}
    found |= {f"torch.nn.{LOSS_CLASSES[name]}": ("loss", name) for name in LOSSES}
    return {path.rpartition(".")[2]: what for path, what in found.items()}


def cases(dtype: torch.dtype, *, trains: bool) -> Iterator[TableCase]:
    """Yield all inputs that the table has for the textbook's files."""
    for info, role, name in _known():
        torch.manual_seed(0)
        for one in info.module_inputs_func(info, "cpu", dtype, True, trains):
            yield _case(info.module_cls, role, name, one, one.desc, dtype)


def refused(dtype: torch.dtype) -> Iterator[TableCase]:
    """Yield all inputs that the table says torch refuses."""
    for info, role, name in _known():
        for one in (
            info.module_error_inputs_func(info, "cpu", dtype, True, True) if info.module_error_inputs_func else ()
        ):
            yield _case(info.module_cls, role, name, one.module_error_input, one.error_regex, dtype)


def _known() -> Iterator[tuple[Any, str, str]]:
    from torch.testing._internal.common_modules import module_db

    known = classes()
    for info in module_db:
        if (found := known.get(info.module_cls.__name__)) is not None:
            yield info, *found


def in_table() -> set[str]:
    """Return the names of the textbook's files that the table has inputs for."""
    return {name for _, _, name in _known()}


def _case(made: type, role: str, name: str, one: Any, desc: str, dtype: torch.dtype) -> TableCase:
    args, kwargs = one.constructor_input.args, dict(one.constructor_input.kwargs)
    if isinstance(kwargs.get("weight"), Tensor):
        kwargs["weight"] = kwargs["weight"].abs()
    bound = inspect.signature(made).bind(*args, **kwargs).arguments
    given = {"units" if key == "out_features" else key: value for key, value in bound.items()}
    options = {"dtype": dtype} if "dtype" in inspect.signature(made).parameters else {}

    def module() -> torch.nn.Module:
        return made(*args, **kwargs, **options)

    called = one.forward_input
    forward = None if called is None else (*called.args, *called.kwargs.values())
    return TableCase(role, name, desc, module, given, forward or None)


# --- rows ------------------------------------------------------------------------------------------


def rows_of(case: TableCase, value: Tensor) -> Tensor:
    """Lay out what goes into a case's module, or comes out of it, as rows: what stands for itself is a row."""
    last = 1
    if "normalized_shape" in case.given:
        last = len(case.given["normalized_shape"])
    elif case.name == "BatchNorm1d" or (case.role == "loss" and case.name in ("cross_entropy", "nll")):
        value = value.movedim(1, -1) if value.ndim > 1 else value
    elif case.given.get("dim", -1) > 0:
        value = value.movedim(case.given["dim"], -1)
    return value.reshape(value.shape[:-last].numel(), value.shape[-last:].numel())
