"""What the loss surface says: planes, axes, marks, and why there is nothing to see."""

from typing import Literal, get_args

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication

from engine.protocol import MainPlane, SurfacePart, WeightPlane
from gui.look.numbers import place, short

translate = QCoreApplication.translate

PlaneKind = Literal["weights", "main", "random"]
PLANE_KINDS: tuple[PlaneKind, ...] = get_args(PlaneKind)


def plane_title(kind: PlaneKind) -> str:
    titles = {
        "weights": translate("surface", "two weights"),
        "main": translate("surface", "main directions"),
        "random": translate("surface", "random directions"),
    }
    return titles[kind]


def plane_help(kind: PlaneKind) -> str:
    texts = {
        "weights": translate("surface", "Two chosen weights vary, all others stay as they are"),
        "main": translate("surface", "The two directions along which all entries' paths spread most (PCA)"),
        "random": translate(
            "surface",
            "Two random directions through all weights, scaled to the length of each unit's weights; biases stay"
            " as they are (Li et al., 2018)",
        ),
    }
    return texts[kind]


def percent(share: float) -> str:
    """Write a share in whole percents, but never all or nothing where it isn't."""
    if 0 < share < 0.005:
        return translate("surface", "<1 %")
    if 0.995 <= share < 1 - 1e-9:
        return translate("surface", ">99 %")
    return translate("surface", "{percent} %").format(percent=f"{share * 100:.0f}")


def shares_text(shares: tuple[float, float] | None) -> str:
    """Say which shares of the paths' variance the main directions explain."""
    if shares is None:
        return ""
    first, second = (percent(share) for share in shares)
    return translate("surface", "explains {first} + {second} of the paths' variance").format(first=first, second=second)


def axis_names(part: SurfacePart, is_problem: bool) -> tuple[str, str]:
    """Say what the axes stand for, for the readout and below the axes."""
    if is_problem:
        return "x", "y"
    if isinstance(part.plane, WeightPlane):
        return place(*part.plane.first), place(*part.plane.second)
    if isinstance(part.plane, MainPlane):
        return translate("surface", "main direction 1"), translate("surface", "main direction 2")
    return translate("surface", "random direction 1"), translate("surface", "random direction 2")


def axis_titles(part: SurfacePart, is_problem: bool) -> tuple[str, str]:
    """Return the axes' titles, with the share of variance that a main direction explains."""
    first, second = axis_names(part, is_problem)
    if part.shares is None:
        return first, second
    return f"{first} ({percent(part.shares[0])})", f"{second} ({percent(part.shares[1])})"


def reading_text(names: tuple[str, str], x: float, y: float, loss: float) -> str:
    loss_text = translate("surface", "loss {loss}").format(loss=short(loss, 6))
    return f"{loss_text}   {names[0]} {short(x, 4)}   {names[1]} {short(y, 4)}"


def empty_note(is_problem: bool, computing: bool) -> str:
    """Say why there is no surface."""
    if computing:
        return translate("surface", "The first points are being worked out …")
    if is_problem:
        return translate("surface", "The surface is worked out as soon as the engine is ready")
    return translate("surface", "Press Compute for the loss around the paths")


def plain_note(losses: Array) -> str:
    """Say why a surface that is computed shows nothing; nothing where it shows something."""
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return translate("surface", "The loss is not finite anywhere here")
    if finite.min() == finite.max():
        return translate("surface", "The loss is {loss} everywhere here").format(loss=short(float(finite[0]), 6))
    return ""


def left_note(labels: list[str]) -> str:
    """Say which entries' paths are off the picture that were on it."""
    if len(labels) == 1:
        return translate("surface", "{entry} has left the surface: recompute").format(entry=labels[0])
    return translate("surface", "{count} paths have left the surface: recompute").format(count=len(labels))


def evaluated_text(averages_of: str, drops: bool) -> str:
    """Say how the network is evaluated: by an entry's running averages, if it has any, and with nothing dropped."""
    if not averages_of:
        return translate("surface", "Evaluated with nothing dropped") if drops else ""
    if drops:
        text = translate("surface", "Evaluated by the running averages of {entry} as they are, with nothing dropped")
    else:
        text = translate("surface", "Evaluated by the running averages of {entry} as they are")
    return text.format(entry=averages_of)


def key_text(has_minima: bool) -> str:
    """Say what the symbols mean."""
    texts = [translate("surface", "○ start"), translate("surface", "☆ lowest loss of a path")]
    if has_minima:
        texts.append(translate("surface", "✕ the function's own minimum"))
    return "   ".join(texts)


def canvas_tip() -> str:
    return translate(
        "surface",
        "Drag a rectangle to zoom, drag with Shift to move; a double click or Home shows the whole surface again.\n"
        "The arrow keys move the crosshair from point to point, + and − zoom, Esc takes the crosshair away.",
    )
