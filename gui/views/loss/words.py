"""What the loss plot says: gaps in a curve, and why there is nothing to see."""

from PySide6.QtCore import QCoreApplication

from .curves import Drawn

translate = QCoreApplication.translate


def loss_title(batched: bool, tested: bool = False) -> str:
    """Return the axis's title.

    ``batched``: a step sees a part of the rows, and now and then all are evaluated; ``tested``: test rows are, too.
    """
    if tested:
        return translate("loss", "Batch, ● all, ◇ test") if batched else translate("loss", "Loss, ◇ test")
    return translate("loss", "Batch, ● all") if batched else translate("loss", "Loss")


def title_of_tests() -> str:
    """Return what the legend calls the curves of the rows that only test."""
    return translate("loss", "Test rows")


def tested_tip(step: int) -> str:
    """Say what a test loss is, and after which step it was."""
    text = translate("loss", "The loss over the rows that only test, after step {step}")
    return text.format(step=f"{step:,}")


def gap_note(curve: Drawn) -> str:
    """Say where a lane's curve breaks off, and why; nothing where it does not."""
    if curve.not_finite_from is not None:
        text = translate("loss", "⚠ no finite number from step {step}")
        return text.format(step=f"{curve.not_finite_from:,}")
    if curve.not_positive_from is not None:
        text = translate("loss", "⚠ zero or less from step {step}: no logarithm")
        return text.format(step=f"{curve.not_positive_from:,}")
    return ""


def pointed_heading(step: int, batched: bool) -> str:
    """Say of which step the losses at the crosshair are."""
    text = translate("loss", "batch of step {step}") if batched else translate("loss", "at step {step}")
    return text.format(step=f"{step:,}")


def empty_note(step: int, any_shown: bool, any_drawn: bool) -> str:
    """Say why no curve is in sight; nothing where one is."""
    if step == 0:
        return translate("loss", "Press Run or Step to begin")
    if not any_shown:
        return translate("loss", "Every lane is hidden: click one in the legend")
    return "" if any_drawn else translate("loss", "No loss here can be drawn on this scale")


def reading_heading(step: int, newest: int, batched: bool = False) -> str:
    """Say of which step the losses in the legend are, while no step is pointed at."""
    if batched and step:
        text = translate("loss", "batch of step {step}")
    elif step < newest:
        text = translate("loss", "shown, step {step}") if step else translate("loss", "shown: the start")
    else:
        text = translate("loss", "newest, step {step}") if step else ""
    return text.format(step=f"{step:,}")


def canvas_tip() -> str:
    """Say what mouse and keyboard do in the plot."""
    return translate(
        "loss",
        "Drag a rectangle to zoom; a double click shows the whole run again.\n"
        "Ctrl+click, or Enter at the crosshair (← →), shows the whole window at that step.\n"
        "Where a step sees some of the rows, dots are the loss over all of them.\n"
        "Diamonds are the loss over the rows that only test, where there are any.",
    )
