"""What every area for a plot is made of, and what a plot does with the keyboard and the pointer in every view."""

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from .axes import Axis, ValueAxis
from .notes import CenterNote, StaleVeil
from .plot_area import PlotArea
from .plot_box import PlotBox
from .text_size import scaled
from .theme import LIGHT, Theme

ZOOM = 1.25  # by which a key makes more of the plot seen


class PlotCanvas(pg.GraphicsView):
    """Draw a plot with its two axes, a sentence where it is empty, and a veil where it is out of date.

    ``owner`` has the keyboard's focus and the signals. ``bottom``: the axis below. ``left_width``: pixels that the
    axis at the left has at the least, where text has the system's size. ``grid``: whether the axes' ticks go on as
    lines below the curves.
    """

    def __init__(self, owner: QWidget, name: str, bottom: Axis, left_width: int = 62, grid: bool = True):
        super().__init__(owner, useOpenGL=False)
        self.theme = LIGHT
        self.setObjectName(name)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the owner's; with a proxy, Shift+Tab goes past others
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(160, 90)
        self.box = PlotBox()
        self.up, self.along = ValueAxis("left"), bottom
        self.plot = PlotArea(self.box, {"left": self.up, "bottom": bottom})
        self.up.set_least_width(scaled(left_width))
        if grid:
            self._show_grid()
        self.note = CenterNote(self.box)
        self.veil = StaleVeil(self)

    def _show_grid(self) -> None:
        self.plot.show_grid()
        for axis in (self.up, self.along):
            axis.setZValue(-1)  # the grid lies under the curves
            axis.setStyle(maxTickLevel=1)  # a third level of grid lines costs more than all curves

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.theme = theme
        self.setBackground(theme.plot_background)
        for axis in (self.up, self.along):
            axis.take_color(theme.plot_axis)
        self.box.set_theme(theme)
        for part in (self.note, self.veil):
            part.set_theme(theme)

    def show_focus(self, focused: bool) -> None:
        """Show by a frame whether the owner has the keyboard."""
        self.box.setBorder(pg.mkPen(self.theme.accent if focused else None, width=1))


class PlotKeys(QObject):
    """Watch a view and its canvas: focus, the way back from a zoom (Home), the zoom (+ and −), the pointer's leaving.

    ``both``: whether + and − scale both axes, or the one below alone. ``left``: the pointer has left the canvas.
    """

    left = Signal()

    def __init__(self, view: QWidget, canvas: PlotCanvas, show_whole: Callable[[], None], both: bool = False):
        super().__init__(view)
        self._view, self._canvas, self._show_whole, self._both = view, canvas, show_whole, both
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.installEventFilter(self)
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._view:
            if event.type() == QEvent.Type.Leave:
                self.left.emit()
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._canvas.show_focus(event.type() == QEvent.Type.FocusIn)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        """Whether the key is one of every plot's."""
        key = Qt.Key
        if event.key() == key.Key_Home:
            self._show_whole()
        elif event.key() in (key.Key_Plus, key.Key_Equal, key.Key_Minus):
            factor = ZOOM if event.key() == key.Key_Minus else 1 / ZOOM
            self._canvas.box.zoom(factor, along=self._both)
        else:
            return False
        return True
