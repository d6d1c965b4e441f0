"""A lane's curves in the race: its loss, or the running mean of it with the loss itself faintly behind."""

from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPen

from engine.protocol import Curve, RaceCurve
from gui.look.lanes import Lane
from gui.look.quick_curve import QuickCurve
from gui.look.theme import Theme
from gui.views.loss.curve_line import CurveLine
from gui.views.loss.curves import Drawn, drawn, pale
from gui.views.loss.line_maker import LineMaker

BEHIND = 0.35  # how much of its colour a curve has that lies behind its running mean


class Traced(NamedTuple):
    """Hold what is drawn of a lane: ``main``, and ``behind`` where that is a running mean."""

    main: Drawn
    behind: Drawn | None

    def end(self, right: float, top: float = np.inf) -> tuple[float, float] | None:
        """Return the last point that is drawn, where nothing is seen beyond ``right`` and above ``top``."""
        there = np.flatnonzero(np.isfinite(self.main.values) & (self.main.steps <= right) & (self.main.values <= top))
        return (float(self.main.steps[there[-1]]), float(self.main.values[there[-1]])) if len(there) else None

    @property
    def all(self) -> tuple[Drawn, ...]:
        return (self.main,) if self.behind is None else (self.main, self.behind)


def traced(curve: RaceCurve, log: bool) -> Traced:
    raw = drawn(Curve(curve.x, curve.losses), log)
    if curve.smooth is None or curve.smooth_x is None:
        return Traced(raw, None)
    return Traced(drawn(Curve(curve.smooth_x, curve.smooth), log), raw)


class LaneCurves:
    """Draw a lane, with lines made when they are first drawn. Hidden, they cost nothing: no data is set."""

    def __init__(self, maker: LineMaker, lane: Lane):
        self._maker, self.lane = maker, lane
        self._main = CurveLine(maker, lane.backend)
        self._behind: QuickCurve | None = None
        self._pen: QPen | None = None  # of the curve behind

    def set_look(self, color: str, theme: Theme, ratio: float, thinness: float = 1.0) -> None:
        """Take colour and width; ``thinness``: as `pen_of` has it."""
        self._main.set_look(color, theme, ratio, thinness)
        self._pen = pg.mkPen(pale(color, theme, BEHIND), width=ratio)
        if self._behind is not None:
            self._behind.setPen(self._pen)

    def draw(self, what: Traced, box: pg.ViewBox, with_behind: bool) -> None:
        self._main.draw(what.main, box)
        if what.behind is not None and with_behind:
            self._draw_behind(what.behind)
        elif self._behind is not None:
            self._behind.setVisible(False)

    def _draw_behind(self, curve: Drawn) -> None:
        if self._behind is None:
            self._behind = self._maker.make(1)
            if self._behind is None:
                return
            self._behind.setPen(self._pen)
        self._behind.setVisible(True)
        self._behind.setData(curve.steps, curve.values, connect="finite" if curve.has_gaps else "all")

    def hide(self) -> None:
        self._main.hide()
        if self._behind is not None:
            self._behind.setVisible(False)

    def clear(self) -> None:
        self._main.clear()
        if self._behind is not None:
            self._behind.setData([], [])

    def remove(self) -> None:
        self._main.remove()
        if self._behind is not None:
            self._maker.remove(self._behind)
            self._behind = None
