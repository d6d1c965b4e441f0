"""An earlier run's curves in the race: dotted, over whichever axis the race is on, thinned to the plot's width."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPen

from engine.protocol import Axis, Curve
from gui.files.earlier_run import EarlierLane
from gui.look.lanes import backend_name
from gui.look.quick_curve import QuickCurve
from gui.look.text_size import line_scale
from gui.look.theme import LIGHT, Theme
from gui.views.loss.curves import Drawn, density_of, drawn, pixels_for
from gui.views.loss.line_maker import LineMaker

from .earlier_means import EarlierMeans

translate = QCoreApplication.translate
HEIGHT = 2.8  # above the curves of the run at hand: where they are equal, its dots are seen on them
WIDTH, INK, GAP = 1.8, 2.5, 3.5  # pixels: of the line, of a dot, and of the room after it
TOWARDS_TEXT = 0.3  # how much of the text's colour is in it: of its entry's colour, and yet another
POINTS = 20_000  # of all its curves together


def earlier_name(lane: EarlierLane) -> str:
    """Name a lane of the earlier run, in legend and table."""
    return translate("race", "{lane} (earlier)").format(lane=f"{lane.label} · {backend_name(lane.side)}")


class EarlierLines:
    """Draw an earlier run's lanes. ``colors``: of each, in the theme at hand."""

    def __init__(self, maker: LineMaker):
        self._maker, self._theme, self._ratio = maker, LIGHT, 1.0
        self._items: dict[str, QuickCurve] = {}
        self._thinned: dict[str, tuple[object, Drawn]] = {}
        self.means = EarlierMeans(maker)

    def set_look(self, theme: Theme, ratio: float) -> None:
        """Take the theme; ``ratio``: screen pixels per window pixel."""
        self._theme, self._ratio = theme, ratio

    def curves(
        self,
        lanes: Sequence[EarlierLane],
        axis: Axis,
        log: bool,
        share: float,
        span: tuple[float, float] | None,
        width: float,
    ) -> dict[str, Drawn]:
        """Return what is to be drawn, by lane; a lane whose places on the axis are unknown isn't.

        ``share``: what their running mean keeps with each step, 0 for the losses themselves.
        """
        pixels = pixels_for(width, len(lanes), POINTS)
        found: dict[str, Drawn] = {}
        for lane in lanes:
            if not len(lane.losses) or (axis != "step" and _places(lane, axis) is None):
                continue
            values = self.means.of(lane, share) if share else lane.losses
            key = id(values), axis, log, span, pixels
            if lane.id not in self._thinned or self._thinned[lane.id][0] != key:
                curve = thinned(_places(lane, axis), values, pixels, span)
                self._thinned[lane.id] = key, drawn(curve, log)
            found[lane.id] = self._thinned[lane.id][1]
        return found

    def draw(self, curves: dict[str, Drawn], colors: dict[str, str], box: pg.ViewBox) -> None:
        """Draw these lanes, and no others."""
        for lane in [lane for lane in self._items if lane not in curves]:
            self._maker.remove(self._items.pop(lane))
            self._thinned.pop(lane, None)
            self.means.forget(lane)
        left, right = box.viewRange()[0]
        pixels_per_unit = box.width() / max(right - left, 1e-12)
        for lane, curve in curves.items():
            item = self._items.get(lane) or self._maker.make(HEIGHT)
            if item is None:
                continue  # the maker tells when there is time for more
            self._items[lane] = item
            dense = density_of(curve, pixels_per_unit) == "dense"
            item.setPen(self._pen(colors[lane], dense))
            item.setData(curve.steps, curve.values, connect=_dots(curve, pixels_per_unit, dense))
            item.setVisible(True)

    def clear(self) -> None:
        """Take all of them away."""
        for item in self._items.values():
            self._maker.remove(item)
        self._items.clear()
        self._thinned.clear()
        self.means.clear()

    def _pen(self, color: str, dense: bool) -> QPen:
        width = WIDTH * line_scale() * self._ratio
        pen = pg.mkPen(color, width=width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not dense:
            pen.setDashPattern([INK / WIDTH, GAP / WIDTH])
        return pen


def earlier_color(color: str, theme: Theme) -> str:
    """Return the colour of an earlier lane whose entry has ``color``."""
    front, text, share = QColor(color), QColor(theme.text), TOWARDS_TEXT
    parts = zip(front.getRgb()[:3], text.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round((1 - share) * a + share * b) for a, b in parts)).name()


def thinned(x: Array, losses: Array, pixels: int, span: tuple[float, float] | None) -> Curve:
    """Return the curve within ``span`` with least and greatest loss of each of ``pixels`` parts, where it has more."""
    if span is not None:
        begin, end = np.searchsorted(x, span[0]) - 1, np.searchsorted(x, span[1], side="right") + 1
        part = slice(max(int(begin), 0), int(end))
        x, losses = x[part], losses[part]
    if len(x) <= 4 * pixels:
        return Curve(x, losses)
    starts = np.linspace(0, len(x), pixels, endpoint=False).astype(int)
    low, high = np.minimum.reduceat(losses, starts), np.maximum.reduceat(losses, starts)
    middles = (starts + np.append(starts[1:], len(x))) // 2
    return Curve(
        np.concatenate([np.column_stack([x[starts], x[middles]]).ravel(), x[-1:]]),
        np.concatenate([np.column_stack([low, high]).ravel(), losses[-1:]]),
    )


def _places(lane: EarlierLane, axis: Axis) -> Any:
    """Return where each loss lies on the axis, None where that isn't known."""
    if axis == "step":
        return np.arange(1.0, len(lane.losses) + 1) if lane.at is None else lane.at.astype(float)
    return lane.seconds if axis == "seconds" else lane.evaluations


def _dots(curve: Drawn, pixels_per_unit: float, dense: bool) -> str | Array:
    """Say which points are connected: along a dense curve Qt's own dashes take too long."""
    if not dense:
        return "finite" if curve.has_gaps else "all"
    inked = np.floor(curve.steps * (pixels_per_unit / (INK + 1))) % 2 == 0
    ends = np.isfinite(curve.values)
    inked[:-1] &= ends[:-1] & ends[1:]
    return inked.astype(np.int32)
