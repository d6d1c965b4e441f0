"""What is answered over the plane as colours: numbers around a middle, classes by the one that is answered."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array
from PySide6.QtGui import QColor

from engine.protocol import Side
from gui.look.colormaps import diverging, levels
from gui.look.theme import Theme

from .facts import Facts

PALEST, STRONGEST = 0.12, 0.72  # how much of its colour a class has where it is a guess, and where it is certain


class PlaneScale(NamedTuple):
    """Hold what the neutral colour stands for, how far the strongest two are from it, and the level that is a line.

    ``line``: None where nothing is divided there.
    """

    middle: float
    half: float
    line: float | None


def scale_of(facts: Facts, side: Side, output: int, values: Array) -> PlaneScale:
    """Return the scale of a plane: of the targets, so that what is right has the colour of its data; of a difference

    its own, around 0. The line is where the answer turns: at ½, or between two targets if there are but two.
    """
    if side == "delta":
        return PlaneScale(0.0, _largest(values), None)
    if facts.target != "numbers":
        return PlaneScale(0.5, 0.5, 0.5)
    targets = facts.targets(output)
    low, high = float(targets.min()), float(targets.max())
    middle, half = (low + high) / 2, (high - low) / 2
    is_binary = high > low and bool(np.isin(targets, (low, high)).all())
    return PlaneScale(middle, half or 1.0, middle if is_binary else None)


def _largest(values: Array) -> float:
    return float(np.max(np.abs(values), where=np.isfinite(values), initial=0)) or 1.0


def numbers_painted(values: Array, scale: PlaneScale, dark: bool) -> Array:
    """Return (…, 4) of uint8: the colours of numbers; what is not finite is transparent."""
    return diverging(dark)[levels(values.astype(float) - scale.middle, scale.half)]


def paled(colors: Array, theme: Theme) -> Array:
    """Return colours (…, 4) nearer to the plot's ground, on which the data's points stand out."""
    ground = np.array(rgb(theme.plot_background), float)
    pale = colors.copy()
    pale[..., :3] = (ground + STRONGEST * (colors[..., :3] - ground)).round()
    return pale


def classes_painted(answers: Array, shares: Array, classes: int, theme: Theme) -> Array:
    """Return (…, 4) of uint8: the class's colour, the stronger the surer the answer is; none where there is none."""
    table = np.array([rgb(theme.entry_color(number)) for number in range(classes)], float)
    guess = 1 / max(classes, 1)
    with np.errstate(all="ignore"):
        sure = np.nan_to_num(np.clip((shares - guess) / max(1 - guess, 1e-9), 0, 1))
    strength = (PALEST + (STRONGEST - PALEST) * sure)[..., None]
    ground = np.array(rgb(theme.plot_background), float)
    painted = np.zeros((*answers.shape, 4), np.uint8)
    painted[..., :3] = (ground + strength * (table[np.clip(answers, 0, classes - 1)] - ground)).round()
    painted[..., 3] = np.where(answers >= 0, 255, 0)
    return painted


def rgb(color: str) -> Sequence[int]:
    return QColor(color).getRgb()[:3]  # type: ignore[return-value]


def mixed(color: QColor, other: QColor, share: float) -> QColor:
    """Return a colour with so much of another in it."""
    pairs = zip(color.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[arg-type]
    return QColor(*(round(one + share * (two - one)) for one, two in pairs))
