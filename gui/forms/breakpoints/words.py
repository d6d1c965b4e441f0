"""Breakpoints in a person's words: in the list, in the fields' choices, and for who tells of a stop."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.spec import PAIR_QUANTITIES, MovedLine, textbook_lines
from gui.forms.fields.numbers import text_of
from gui.look.lanes import backend_name
from gui.look.numbers import with_minus

from .entry import Values, raw_of, values_of

translate = QCoreApplication.translate

UNKNOWN = "…"


def summary(raw: Any, has_layers: bool = True) -> str:
    """Say ``Before the update of layer 1``: when a breakpoint of the experiment file stops the run."""
    return words_of(values_of(raw), has_layers)


def words_of(values: Values, has_layers: bool = True) -> str:
    raw = raw_of(values)
    if raw["kind"] == "line":
        return _line(raw)
    if raw["kind"] == "stage":
        return _stage(raw) if has_layers else _stage_of_point(raw)
    return _condition(raw) if raw["kind"] == "condition" else str(raw["kind"])


def _line(raw: dict[str, Any]) -> str:
    line, file = raw["line"], raw["file"]
    lines = textbook_lines(file)
    if isinstance(line, int) and 0 < line <= len(lines) and lines[line - 1].strip():
        text = translate("breakpoints", "Line {line} of {file}: {source}")
        return text.format(line=line, file=file, source=lines[line - 1].strip())
    text = translate("breakpoints", "Line {line} of {file}")
    return text.format(line=text_of(line) or UNKNOWN, file=file or UNKNOWN)


def _stage(raw: dict[str, Any]) -> str:
    layer = raw["layer"]
    if layer is None:
        everywhere = {
            "forward": translate("breakpoints", "Before the forward pass of any layer"),
            "activation": translate("breakpoints", "Before the activation of any layer"),
            "loss": translate("breakpoints", "Before the loss"),
            "backward": translate("breakpoints", "Before the backward pass of any layer"),
            "update": translate("breakpoints", "Before the update of any layer"),
        }
        return everywhere.get(raw["stage"]) or str(raw["stage"])
    of_one = {
        "forward": translate("breakpoints", "Before the forward pass of layer {layer}"),
        "activation": translate("breakpoints", "Before the activation of layer {layer}"),
        "backward": translate("breakpoints", "Before the backward pass of layer {layer}"),
        "update": translate("breakpoints", "Before the update of layer {layer}"),
    }
    found = of_one.get(raw["stage"])
    return found.format(layer=text_of(layer)) if found else str(raw["stage"])


def _stage_of_point(raw: dict[str, Any]) -> str:
    """Name a stage of a test function, which has no layers."""
    words = {
        "loss": translate("breakpoints", "Before the function's value"),
        "backward": translate("breakpoints", "Before the gradient"),
        "update": translate("breakpoints", "Before the update"),
    }
    return words[raw["stage"]] if raw["layer"] is None and raw["stage"] in words else _stage(raw)


def _condition(raw: dict[str, Any]) -> str:
    of = translate("breakpoints", "{quantity} of {lane}")
    lane = lane_title(raw["lane"], raw["quantity"] in PAIR_QUANTITIES)
    what = of.format(quantity=quantity_title(raw["quantity"]), lane=lane)
    tests = {
        "<": translate("breakpoints", "{what} < {value}"),
        ">": translate("breakpoints", "{what} > {value}"),
        "not_finite": translate("breakpoints", "{what} becomes NaN or infinite"),
        "rises": translate("breakpoints", "{what} rises by more than a factor of {value}"),
    }
    found = tests.get(raw["op"])
    return (
        found.format(what=what, value=with_minus(text_of(raw["value"])) or UNKNOWN) if found else f"{what} {raw['op']}"
    )


def lane_title(lane: Any, paired: bool) -> str:
    """Return a lane as the legend names it, or a pair by its label."""
    if not lane:
        return translate("breakpoints", "any pair") if paired else translate("breakpoints", "any lane")
    label, slash, backend = str(lane).rpartition("/")
    return f"{label} · {backend_name(backend)}" if slash and not paired else str(lane)


def kind_title(kind: str) -> str:
    titles = {
        "line": translate("breakpoints", "A line"),
        "stage": translate("breakpoints", "A stage"),
        "condition": translate("breakpoints", "A condition"),
    }
    return titles.get(kind, kind)


def stage_title(stage: str) -> str:
    titles = {
        "forward": translate("breakpoints", "Forward pass"),
        "activation": translate("breakpoints", "Activation"),
        "loss": translate("breakpoints", "Loss"),
        "backward": translate("breakpoints", "Backward pass"),
        "update": translate("breakpoints", "Update"),
    }
    return titles.get(stage, stage)


def layer_title(layer: str) -> str:
    if not layer:
        return translate("breakpoints", "Any layer")
    return translate("breakpoints", "Layer {number}").format(number=layer)


def quantity_title(quantity: str) -> str:
    titles = {
        "loss": translate("breakpoints", "Loss"),
        "grad_norm": translate("breakpoints", "Gradient norm"),
        "weight_norm": translate("breakpoints", "Weight norm"),
        "parity_abs": translate("breakpoints", "Parity"),
        "parity_ulp": translate("breakpoints", "Parity in ULPs"),
        "lr": translate("breakpoints", "Learning rate"),
    }
    return titles.get(quantity, quantity)


def op_title(op: str) -> str:
    titles = {
        "<": translate("breakpoints", "is less than"),
        ">": translate("breakpoints", "is more than"),
        "not_finite": translate("breakpoints", "becomes NaN or infinite"),
        "rises": translate("breakpoints", "rises by more than a factor of"),
    }
    return titles.get(op, op)


def hint(values: Values) -> str:
    """Say what exactly is looked at, in a sentence."""
    if values["kind"] == "line":
        return translate("breakpoints", "Each time before this line runs.")
    if values["kind"] == "stage":
        return translate("breakpoints", "In each step, before the first line of this stage.")
    hints = {
        "loss": translate("breakpoints", "The step's loss, before its update."),
        "grad_norm": translate("breakpoints", "How long all gradients of the step are as one vector (L2 norm)."),
        "weight_norm": translate("breakpoints", "How long all weights after the update are as one vector (L2 norm)."),
        "parity_abs": translate("breakpoints", "The largest difference between the two lanes at the step."),
        "parity_ulp": translate(
            "breakpoints", "The largest difference between the two lanes at the step, in units in the last place."
        ),
        "lr": translate("breakpoints", "The learning rate that the step's update takes."),
    }
    return hints.get(values["quantity"], "")


def hits_text(needed: Any, counted: int | None) -> str:
    """Write ``3 of 5``; only what there is to say."""
    if counted is None:
        return translate("breakpoints", "from {needed}").format(needed=text_of(needed)) if needed != 1 else ""
    if needed == 1:
        return f"{counted:,}"
    return translate("breakpoints", "{count:,} of {needed}").format(count=counted, needed=text_of(needed) or UNKNOWN)


def moved_text(moved: MovedLine) -> str:
    """Say what became of a breakpoint whose line is no longer where the file has it."""
    texts = {
        "moved": translate(
            "breakpoints",
            "The breakpoint on line {line} of {file} has moved with its line, to line {to_line} of {to_file}",
        ),
        "dropped": translate(
            "breakpoints", "The breakpoint on line {line} of {file} was dropped: no step runs that line any more"
        ),
        "dropped_text": translate(
            "breakpoints",
            "The breakpoint on line {line} of {file} was dropped: its text, {text}, stands nowhere that a step comes "
            "to, or in several places",
        ),
    }
    return texts[moved.kind].format(**moved.fields)
