"""A lane's curves in the race: its loss, or the running mean of it with the loss itself faintly behind."""

from typing import NamedTuple

import numpy as np
import pyqtgraph as pg

from engine.protocol import Curve, RaceCurve
from gui.look.lanes import Lane
from gui.look.quick_curve import QuickCurve
from gui.look.theme import Theme
from gui.views.loss.curve_line import CurveLine
from gui.views.loss.curves import Drawn, drawn, pale

BEHIND = 0.35  # how much of its colour a curve has that lies behind its running mean


class Traced(NamedTuple):
    """What is drawn of a lane: ``main``, and ``behind`` where that is a running mean."""

    main: Drawn
    behind: Drawn | None

    def end(self, right: float, top: float = np.inf) -> tuple[float, float] | None:
        """The last point that is drawn, where nothing is seen beyond ``right`` and above ``top``."""
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
    """Hidden, they cost nothing: no data is set."""

    def __init__(self, plot: pg.PlotItem, lane: Lane):
        self._plot, self.lane = plot, lane
        self._main = CurveLine(plot, lane.backend)
        self._behind = QuickCurve()
        self._behind.setZValue(1)
        plot.addItem(self._behind, ignoreBounds=True)

    def set_look(self, color: str, theme: Theme, ratio: float, share: float = 1.0) -> None:
        """``share``: of the lines' usual width."""
        self._main.set_look(color, theme, ratio * share)
        self._behind.setPen(pg.mkPen(pale(color, theme, BEHIND), width=ratio))

    def draw(self, what: Traced, box: pg.ViewBox, with_behind: bool) -> None:
        self._main.draw(what.main, box)
        behind = what.behind if with_behind else None
        self._behind.setVisible(behind is not None)
        if behind is not None:
            connect = "finite" if behind.has_gaps else "all"
            self._behind.setData(x=behind.steps, y=behind.values, connect=connect, antialias=False)

    def hide(self) -> None:
        self._main.hide()
        self._behind.setVisible(False)

    def clear(self) -> None:
        self._main.clear()
        self._behind.setData([], [])

    def remove(self) -> None:
        self._main.remove()
        self._plot.removeItem(self._behind)
