"""What the race's plot and table say: axes, columns, and why there is nothing to see."""

from collections.abc import Collection
from typing import get_args

from PySide6.QtCore import QCoreApplication

from engine.protocol import Axis
from gui.look.lanes import backend_name
from gui.look.numbers import short

from ..entries.shown import Sides

translate = QCoreApplication.translate

AXES: tuple[Axis, ...] = get_args(Axis)


def axis_title(axis: Axis) -> str:
    """Return the axis's title below the plot."""
    titles = {
        "step": translate("race", "Step"),
        "seconds": translate("race", "Compute, in seconds"),
        "evaluations": translate("race", "Gradient evaluations"),
    }
    return titles[axis]


def axis_name(axis: Axis) -> str:
    """Return the axis's name in the list to choose from."""
    names = {
        "step": translate("race", "steps"),
        "seconds": translate("race", "seconds"),
        "evaluations": translate("race", "evaluations"),
    }
    return names[axis]


def axis_help(axis: Axis) -> str:
    texts = {
        "step": translate("race", "One optimizer step after another"),
        "seconds": translate("race", "The seconds that each lane itself has computed, measured on this machine"),
        "evaluations": translate(
            "race", "How often the loss and its gradient were worked out: LBFGS does so several times a step"
        ),
    }
    return texts[axis]


def sides_title(sides: Sides, own: Collection[str]) -> str:
    """Name which lanes of a pair are shown; ``own``: what stands in DIY's place, of all entries."""
    ours = " / ".join(map(backend_name, own or ("diy",)))
    if sides == "both":
        return translate("race", "{own} and torch").format(own=ours)
    return ours if sides == "diy" else translate("race", "torch")


def reading_heading(axis: Axis, place: float, batched: bool) -> str:
    """Say of which place of the axis the losses in the legend are."""
    texts = {
        "step": translate("race", "at step {place}"),
        "seconds": translate("race", "at {place} s"),
        "evaluations": translate("race", "after {place} evaluations"),
    }
    if batched and axis == "step":
        texts["step"] = translate("race", "batch of step {place}")
    return texts[axis].format(place=short(place, 4) if axis == "seconds" else f"{place:,.0f}")


def standing_heading(step: int) -> str:
    """Say after which step the losses are: over all rows, at the weights that the step has led to."""
    return translate("race", "after step {step}").format(step=f"{step:,}") if step else ""


def empty_note(step: int, any_shown: bool, any_drawn: bool) -> str:
    """Say why no curve is in sight; nothing where one is."""
    if step == 0:
        return translate("race", "Press Run or Step to begin the race")
    if not any_shown:
        return translate("race", "Every entry is hidden: tick one in the legend")
    return "" if any_drawn else translate("race", "No loss here can be drawn on this scale")


def canvas_tip() -> str:
    return translate(
        "race",
        "Drag a rectangle to zoom; a double click or Home shows the whole race again.\n"
        "← → move the crosshair, + and − zoom, Esc takes the crosshair away.\n"
        "The numbers at the curves' ends are those of the legend.",
    )
