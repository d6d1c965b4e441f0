"""An activation or a loss as an experiment names it: torch's by its name, or a person's own code beside torch's."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Discriminator, Field, Tag

from .code import CodeName
from .definitions import ActivationName, LossName
from .part import Part

# The one number that torch's function takes and that people write into theirs, with torch's default.
PARAMETERS = {
    "leaky_relu": ("negative_slope", 0.01), "elu": ("alpha", 1.0), "smooth_l1": ("beta", 1.0), "huber": ("delta", 1.0),
}  # fmt: skip

AnyParams = Annotated[dict[str, Any], Field(exclude_if=lambda params: not params)]
FunctionAsked = str | tuple[str, Mapping[str, Any]]  # torch's function: its name, and what is not as its defaults
PartKind = Literal["activation", "loss", "layer"]


class ActivationSpec(Part):
    """Name an activation with parameters of its own: ``params`` are keyword arguments of torch's class of it."""

    name: ActivationName
    params: AnyParams = Field(default_factory=dict)


class LossSpec(Part):
    """Name a loss with parameters of its own: ``params`` are keyword arguments of torch's function of it."""

    name: LossName
    params: AnyParams = Field(default_factory=dict)


class OwnActivation(Part):
    """Name own code in the place of an activation, beside torch's of the ``name``.

    ``params`` are torch's keyword arguments, which both sides take.
    """

    name: ActivationName
    code: CodeName
    params: AnyParams = Field(default_factory=dict)


class OwnLoss(Part):
    """Name own code in the place of the loss, beside torch's of the ``name``; ``params`` as an OwnActivation has."""

    name: LossName
    code: CodeName
    params: AnyParams = Field(default_factory=dict)


def _how(given: Any) -> str:
    """Tell how a function is given: by its name, with parameters, or as own code."""
    if not isinstance(given, dict | Part):
        return "#named"
    return (
        "#own"
        if isinstance(given, OwnActivation | OwnLoss) or (isinstance(given, dict) and "code" in given)
        else "#with"
    )


AnyActivation = Annotated[
    Annotated[ActivationName, Tag("#named")]
    | Annotated[ActivationSpec, Tag("#with")]
    | Annotated[OwnActivation, Tag("#own")],
    Discriminator(_how),
]
AnyLoss = Annotated[
    Annotated[LossName, Tag("#named")] | Annotated[LossSpec, Tag("#with")] | Annotated[OwnLoss, Tag("#own")],
    Discriminator(_how),
]
Function = str | ActivationSpec | LossSpec | OwnActivation | OwnLoss


class OwnPart(NamedTuple):
    """Locate own code in a network: ``path`` is in the experiment file, ``name`` torch's, ``layer`` from 1, 0: none."""

    kind: PartKind
    layer: int
    path: tuple[str | int, ...]
    name: str
    code: str
    params: Mapping[str, Any] = {}


def function_name(function: Function) -> str:
    """Return torch's name of an activation or a loss."""
    return function if isinstance(function, str) else function.name


def function_asked(function: Function) -> FunctionAsked:
    """Return what torch is asked for in its place."""
    if isinstance(function, str) or not function.params:
        return function_name(function)
    return function.name, function.params


def name_and_params(asked: FunctionAsked) -> tuple[str, Mapping[str, Any]]:
    """Return the name of what is asked for, and its parameters where they are not torch's defaults."""
    return (asked, {}) if isinstance(asked, str) else asked
