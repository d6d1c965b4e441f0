"""A view that is come to is painted once, when its parts have the sizes that they will keep."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QGraphicsView, QWidget

from .inside import inside

MOST_TURNS, MOST_BEFORE = 6, 60  # of the event loop, for which it is waited at most; and until there is something


class Settling(QObject):
    """Keep widgets' last picture on screen until what they lay out has come to rest.

    Qt hands heights out in several rounds, and the plots would be painted at each: most of the time of a change of
    view, for pictures that nobody is to see.
    """

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        self._sizes: list[QSize] = []
        self._is_there: Callable[[], bool] = lambda: True
        self._turns = self._before = 0
        self._clock = QTimer(self, interval=0)
        self._clock.timeout.connect(self._look)

    @property
    def is_waiting(self) -> bool:
        return self._clock.isActive()

    def wait(self, *widgets: QWidget, until: Callable[[], bool] = lambda: True) -> None:
        """Let ``widgets`` show what comes now once it has settled. ``until`` it is there, nothing has."""
        for widget in widgets:
            if widget not in self._widgets:
                self._widgets.append(widget)
                widget.setUpdatesEnabled(False)
        self._turns, self._before, self._sizes, self._is_there = 0, 0, [], until
        self._clock.start()

    def _look(self) -> None:
        if not self._is_there() and self._before < MOST_BEFORE:
            self._before += 1
            return
        before, self._sizes = self._sizes, self._all_sizes()
        self._turns += 1
        if before != self._sizes and self._turns < MOST_TURNS:
            return
        self._clock.stop()
        widgets, self._widgets = self._widgets, []
        for widget in widgets:
            widget.setUpdatesEnabled(True)

    def _all_sizes(self) -> list[QSize]:
        plots = [plot for widget in self._widgets for plot in inside(widget, QGraphicsView) if plot.isVisible()]
        return [part.size() for part in (*self._widgets, *plots)]
