"""Where and when a run is to stop: saved with the experiment, built in a form, never evaluated as code."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, Tag

from .part import Part

StageKind = Literal["forward", "activation", "loss", "backward", "update"]
ConditionQuantity = Literal["loss", "grad_norm", "weight_norm", "parity_abs", "parity_ulp", "lr"]
ConditionOp = Literal["<", ">", "not_finite", "rises"]

STAGE_KINDS: tuple[str, ...] = get_args(StageKind)
PROBLEM_STAGE_KINDS = ("loss", "backward", "update")  # a test function has no layers
QUANTITIES: tuple[str, ...] = get_args(ConditionQuantity)
PAIR_QUANTITIES = ("parity_abs", "parity_ulp")
OPS: tuple[str, ...] = get_args(ConditionOp)
KINDS = ("line", "stage", "condition")
FORMER = {"affine": "forward"}  # what older files call a stage


def present_stage(stage: Any) -> Any:
    """Return what a stage is called today, by the name that a file has for it."""
    return FORMER.get(stage, stage) if isinstance(stage, str) else stage


class BreakpointPart(Part):
    """Hold what all breakpoints have. ``hits``: stop from that hit on, counted over the run's steps so far.

    After a change of the breakpoints they are counted again, over the steps that the run then takes.
    """

    enabled: bool = True
    hits: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1


class LineBreakpoint(BreakpointPart):
    """Stop before a line of the textbook; ``file`` is relative to ``engine/diy``: ``optimizers/adam.py``.

    ``text`` is what stood in the line, without the space around it: in another version the line is found by it.
    """

    kind: Literal["line"] = "line"
    file: Annotated[str, Field(min_length=1, max_length=200)]
    line: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(max_length=500)] | None = None


class StageBreakpoint(BreakpointPart):
    """Stop before a stage of every step; ``layer`` None: of any layer. The loss has no layer."""

    kind: Literal["stage"] = "stage"
    stage: Annotated[StageKind, BeforeValidator(present_stage)]
    layer: Annotated[int, Field(ge=1)] | None = None


class ConditionBreakpoint(BreakpointPart):
    """Stop before the update of a step whose numbers meet the condition.

    ``loss`` is the step's, ``grad_norm`` the L2 norm of all its gradients, ``weight_norm`` that of the weights after
    its update, ``parity_abs`` and ``parity_ulp`` the pair's largest distance at the step, ``lr`` the learning rate.
    ``lane`` is a lane's id, or a pair's label for parity; None: any. ``rises``: more than ``value`` times what
    it was at the step before. ``not_finite``, NaN or infinite, takes no ``value``.
    """

    kind: Literal["condition"] = "condition"
    quantity: ConditionQuantity
    lane: Annotated[str, Field(max_length=70)] | None = None
    op: ConditionOp
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None


def _kind(value: Any) -> str | None:
    """Return the tag of the union's branch; None, which ``check`` words, where there is none."""
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"#{kind}" if kind in KINDS else None


Breakpoint = Annotated[
    Annotated[LineBreakpoint, Tag("#line")]
    | Annotated[StageBreakpoint, Tag("#stage")]
    | Annotated[ConditionBreakpoint, Tag("#condition")],
    Discriminator(_kind),
]
