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

Number = Annotated[float, Field(allow_inf_nan=False)]
Params = Annotated[dict[str, Number], Field(exclude_if=lambda params: not params)]
FunctionAsked = str | tuple[str, Mapping[str, float]]  # torch's function: its name, and numbers other than its defaults
PartKind = Literal["activation", "loss", "layer"]


class OwnActivation(Part):
    """Name own code in the place of an activation, beside torch's of the ``name``.

    ``params`` are torch's keyword arguments, which both sides take.
    """

    name: ActivationName
    code: CodeName
    params: Params = Field(default_factory=dict)


class OwnLoss(Part):
    """Name own code in the place of the loss, beside torch's of the ``name``; ``params`` as an OwnActivation has."""

    name: LossName
    code: CodeName
    params: Params = Field(default_factory=dict)


def _named_or_own(given: Any) -> str:
    return "#own" if isinstance(given, dict | Part) else "#named"


AnyActivation = Annotated[
    Annotated[ActivationName, Tag("#named")] | Annotated[OwnActivation, Tag("#own")], Discriminator(_named_or_own)
]
AnyLoss = Annotated[Annotated[LossName, Tag("#named")] | Annotated[OwnLoss, Tag("#own")], Discriminator(_named_or_own)]


class OwnPart(NamedTuple):
    """Locate own code in a network: ``path`` is in the experiment file, ``name`` torch's, ``layer`` from 1, 0: none."""

    kind: PartKind
    layer: int
    path: tuple[str | int, ...]
    name: str
    code: str
    params: Mapping[str, float] = {}


def function_name(function: str | OwnActivation | OwnLoss) -> str:
    """Return torch's name of an activation or a loss."""
    return function if isinstance(function, str) else function.name


def function_asked(function: str | OwnActivation | OwnLoss) -> FunctionAsked:
    """Return what torch is asked for in its place."""
    if isinstance(function, str) or not function.params:
        return function_name(function)
    return function.name, function.params
