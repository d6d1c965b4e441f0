"""The stages of a step in words: their short names for the strip, and a sentence for who rests on one."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from engine.protocol import Stage
from engine.spec import layer_number
from gui.look.glossary import brief

from ..values.verdict_words import marked_text

translate = QCoreApplication.translate


POINT = "point"


class StageName(NamedTuple):
    """Name a stage. ``layer`` is ``5.1`` of one inside a residual.

    It is None for schedule, loss and clipping, and for all of a test function's step.
    """

    layer: int | str | None
    kind: str


def parse(name: str) -> StageName:
    """Parse ``layer2.backward``, ``point.backward`` or ``loss``."""
    return StageName(layer_number(name) or None, name.rpartition(".")[2])


def of_point(stages: Sequence[Stage]) -> bool:
    """Tell whether they are of a test function's step, which moves a point and no layers."""
    return any(stage.name.startswith(f"{POINT}.") for stage in stages)


def kind_text(kind: str) -> str:
    words = {
        "schedule": translate("debug", "schedule"),
        "forward": translate("debug", "forward"),
        "activation": translate("debug", "activation"),
        "loss": translate("debug", "loss"),
        "backward": translate("debug", "backward"),
        "clip": translate("debug", "clipping"),
        "update": translate("debug", "update"),
    }
    return words.get(kind, kind)


def title(name: str) -> str:
    """Write a stage's title: ``layer 2, backward``."""
    layer, kind = parse(name)
    if layer is None:
        return kind_text(kind)
    return translate("debug", "layer {number}, {stage}").format(number=layer, stage=kind_text(kind))


def about(kind: str, point: bool = False) -> str:
    """Say what happens in it, in one sentence; ``point``: of a test function's step."""
    if point and kind not in ("schedule", "clip"):
        return _about_point(kind)
    words = {
        "schedule": translate("debug", "The schedule says what the learning rate of this step is."),
        "forward": translate(
            "debug",
            "The layer makes z of its inputs: a dense one weighs them and adds them up, z = x Wᵀ, plus b where it has "
            "a bias.",
        ),
        "activation": translate("debug", "The activation turns the sums into outputs: a = f(z)."),
        "loss": translate("debug", "The loss says how far the output is from what it should be."),
        "backward": translate(
            "debug", "The chain rule goes back: how the loss changes with each of the layer's weights."
        ),
        "clip": translate("debug", "Gradients that are too large are made smaller before the optimizer sees them."),
        "update": translate("debug", "The optimizer moves the layer's weights against their gradients."),
    }
    return words.get(kind, "")


def _about_point(kind: str) -> str:
    words = {
        "loss": translate("debug", "The function gives its value at the point: L = f(x, y)."),
        "backward": translate("debug", "The gradient, by the chain rule: how the value changes with x and with y."),
        "update": translate("debug", "The optimizer moves the point against the gradient."),
    }
    return words.get(kind, "")


def tip(stage: Stage, point: bool = False) -> str:
    """Say where it is, what happens there, and how it compares."""
    kind = parse(stage.name).kind
    lines = [f"<b>{title(stage.name)}</b>", about(kind, point)]
    if kind == "affine":
        lines.append(brief(kind))
    return "<br>".join(line for line in (*lines, marked_text(stage.verdict, stage.distance)) if line)


def capital(text: str) -> str:
    """Begin with a capital, as a sentence does."""
    return text[:1].upper() + text[1:]
