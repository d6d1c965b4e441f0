"""The curves themselves: pens, gaps and the range that shows them. No widgets in here."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from engine.protocol import Curve
from gui.theme import Theme

MARGIN = 0.05


class Bounds(NamedTuple):
    low: float
    high: float


class Drawn(NamedTuple):
    """A lane's curve as it goes on screen (log10 where the axis is), with NaN for every gap."""

    steps: Array
    values: Array
    not_finite_from: int | None  # the first step shown whose loss is NaN or infinite
    not_positive_from: int | None  # the first that a logarithm cannot show

    @property
    def has_gaps(self) -> bool:
        return self.not_finite_from is not None or self.not_positive_from is not None


def drawn(curve: Curve, log: bool) -> Drawn:
    """Turn what cannot be drawn into gaps, and say where it is."""
    losses = np.asarray(curve.losses, float)
    steps = np.asarray(curve.steps, float)
    finite = np.isfinite(losses)
    fits = finite & (losses > 0) if log else finite
    values = losses
    if not fits.all():
        values = np.where(fits, losses, np.nan)
    if log:
        values = np.log10(values)
    return Drawn(steps, values, _first(steps, ~finite), _first(steps, finite & ~fits))


def _first(steps: Array, where: Array) -> int | None:
    return int(steps[np.argmax(where)]) if where.any() else None


def bounds(curves: Iterable[Drawn]) -> Bounds | None:
    """The lowest and highest value of all curves with a margin; None where nothing can be drawn."""
    ends = [(np.nanmin(curve.values), np.nanmax(curve.values)) for curve in curves if np.isfinite(curve.values).any()]
    if not ends:
        return None
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    room = (high - low) * MARGIN or abs(high) * MARGIN or 1.0
    return Bounds(float(low - room), float(high + room))


def pen_of(backend: str, color: str, theme: Theme) -> QPen:
    """DIY: broad, solid, pale. torch: narrow, dashed, in full colour on top. Where they agree, both are seen."""
    if backend == "diy":
        return pg.mkPen(pale(color, theme), width=5)
    pen = pg.mkPen(color, width=2)
    pen.setStyle(Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def pale(color: str, theme: Theme, share: float = 0.55) -> QColor:
    """The colour mixed into the plot's background: opaque, which Qt draws several times as fast."""
    front, back = QColor(color), QColor(theme.plot_background)
    mixed = (share * a + (1 - share) * b for a, b in zip(front.getRgb()[:3], back.getRgb()[:3], strict=True))
    return QColor(*(round(part) for part in mixed))


def translucent(color: str) -> QColor:
    """For areas that lie over a plot."""
    made = QColor(color)
    made.setAlpha(50)
    return made
