"""The lines of a plot, made and taken away a handful a turn of the event loop: hundreds at once hold up the window."""

import pyqtgraph as pg
from PySide6.QtCore import QObject, QTimer, Signal

from gui.look.quick_curve import QuickCurve

A_TURN = 48  # lines that are made, and as many taken away, before the event loop has its turn


class LineMaker(QObject):
    """Make lines on a plot, a few at a turn.

    ``more``: lines were wanted that the turn before could not make any more. Whoever wanted them draws once more.
    """

    more = Signal()

    def __init__(self, plot: pg.PlotItem, parent: QObject):
        super().__init__(parent)
        self._plot = plot
        self._to_make = self._to_remove = A_TURN  # that this turn may still make and remove
        self._is_short = False
        self._leaving: list[QuickCurve] = []
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._begin_turn)

    def make(self, height: float, finite: bool = True) -> QuickCurve | None:
        """Make a line without data that lies at ``height`` above the grid; None where ``more`` will tell when.

        ``finite``: its data will have no gaps but those that come with them.
        """
        self._next.start()
        if not self._to_make:
            self._is_short = True
            return None
        self._to_make -= 1
        line = QuickCurve("all" if finite else "finite", finite)
        line.setZValue(height)
        self._plot.addItem(line, ignoreBounds=True)
        return line

    def remove(self, line: QuickCurve) -> None:
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
        if self._is_short:
            self._is_short = False
            self.more.emit()
