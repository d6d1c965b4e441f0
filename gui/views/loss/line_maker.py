"""The lines of a plot, made and taken away a handful a turn of the event loop: hundreds at once hold up the window."""

from collections.abc import Callable, Hashable
from itertools import islice

import pyqtgraph as pg
from PySide6.QtCore import QObject, QTimer, Signal

from gui.look.plot_area import PlotArea
from gui.look.quick_curve import QuickCurve

A_TURN = 32  # lines that are made, and as many taken away, before the event loop has its turn


class LineMaker(QObject):
    """Make lines on a plot, a few at a turn.

    Who wants a line that the turn cannot make any more says how it is drawn ``later``, or draws all once more when
    ``more`` tells that there is time.
    """

    more = Signal()

    def __init__(self, plot: PlotArea, parent: QObject):
        super().__init__(parent)
        self._plot = plot
        self._to_make = self._to_remove = A_TURN  # that this turn may still make and remove
        self._is_short = False
        self._leaving: list[pg.GraphicsObject] = []
        self._later: dict[Hashable, Callable[[], None]] = {}  # what is still to be drawn, by whom
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._begin_turn)

    def make(self, height: float, finite: bool = True, later: bool = False) -> QuickCurve | None:
        """Make a line without data that lies at ``height`` above the grid; None where there is no time for it now.

        ``finite``: its data will have no gaps but those that come with them. ``later``: `draw_later` is called where
        there is no time, and ``more`` need not be told.
        """
        self._next.start()
        if not self._to_make:
            self._is_short = self._is_short or not later
            return None
        self._to_make -= 1
        line = QuickCurve("all" if finite else "finite", finite)
        self.add(line, height)
        return line

    def draw_later(self, who: Hashable, draw: Callable[[], None]) -> None:
        """Call ``draw`` when there is time for a line; the newest alone counts of what ``who`` wants to draw."""
        self._later[who] = draw
        self._next.start()

    def draw_never(self, who: Hashable) -> None:
        """Forget what ``who`` wanted to draw."""
        self._later.pop(who, None)

    def add(self, item: pg.GraphicsObject, height: float) -> None:
        """Add what somebody else has made, as dots on a line."""
        item.setZValue(height)
        self._plot.addItem(item, ignoreBounds=True)

    def remove(self, line: pg.GraphicsObject) -> None:
        """Take a line out of sight at once, and out of the plot when there is time."""
        line.setVisible(False)
        self._leaving.append(line)
        self._next.start()
        self._remove_some()

    def _remove_some(self) -> None:
        while self._leaving and self._to_remove:
            self._to_remove -= 1
            self._plot.removeItem(self._leaving.pop())

    def _begin_turn(self) -> None:
        self._to_make = self._to_remove = A_TURN
        if self._leaving:
            self._next.start()
            self._remove_some()
        for who in list(islice(self._later, A_TURN)):
            self._later.pop(who)()
        if self._is_short:
            self._is_short = False
            self.more.emit()
