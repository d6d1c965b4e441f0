"""What the textbook's activations and losses say of themselves, by the names that an experiment has for them."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES

Target = Literal["numbers", "probabilities", "classes"]


def activation_names() -> tuple[str, ...]:
    """List the activations in the order of menus."""
    return tuple(ACTIVATIONS)


def loss_names() -> tuple[str, ...]:
    """List the losses in the order of menus."""
    return tuple(LOSSES)


def target_of(loss: str) -> Target:
    """Tell what the targets of a loss are: ``numbers``, ``probabilities`` from 0 to 1, or ``classes``."""
    return LOSSES.module(loss).TARGET


def takes_shares(loss: str) -> bool:
    """Tell whether the targets of a loss of classes may be a share of each class a row, in place of a class number."""
    return getattr(LOSSES.module(loss), "SOFT_TARGETS", False)


def outputs_of(loss: str) -> str:
    """Tell what a loss takes the outputs for: ``probabilities``, ``log probabilities``, or empty for anything else."""
    return getattr(LOSSES.module(loss), "OUTPUTS", "")


def title_of(name: str) -> str | None:
    """Return what the file of an activation, a loss or a kind of layer has it called; None of what is none."""
    for registry in (ACTIVATIONS, LOSSES, LAYERS):
        if name in registry:
            return registry.module(name).TITLE
    return None


def one_of(names: Callable[[], tuple[str, ...]]) -> PlainValidator:
    """Check that it is a name out of those that there are when it is looked at."""

    def checked(value: Any) -> str:
        known = names()
        if not isinstance(value, str) or value not in known:
            raise PydanticCustomError("unknown_name", "not one of those known", {"known": known})
        return value

    return PlainValidator(checked)


ActivationName = Annotated[str, one_of(activation_names)]
LossName = Annotated[str, one_of(loss_names)]
