"""The mouse and keyboard in a plot, the same in every view: wheel, drag, rectangle, and the way back."""

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor

from .theme import Theme


class PlotBox(pg.ViewBox):
    """Drag a rectangle to zoom, drag with Shift or the middle button to move, double click for all of it.

    A click with Ctrl picks a place: ``picked`` carries it in the plot's own coordinates.

    pyqtgraph's own menu is off: its log and autorange entries would work behind the view's back.
    """

    whole_wanted = Signal()
    picked = Signal(object)

    def __init__(self, invertY: bool = False):
        super().__init__(enableMenu=False, invertY=invertY)
        self.setMouseMode(pg.ViewBox.RectMode)
        self.disableAutoRange()

    def set_theme(self, theme: Theme) -> None:
        """Give the rectangle that is dragged the theme's colours."""
        inside = QColor(theme.accent)
        inside.setAlpha(50)
        self.rbScaleBox.setPen(pg.mkPen(theme.accent))
        self.rbScaleBox.setBrush(inside)

    def mouseDragEvent(self, ev, axis=None) -> None:
        moves = ev.button() == Qt.MouseButton.MiddleButton or ev.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if ev.button() == Qt.MouseButton.LeftButton and not moves and _is_slip(ev):
            self.rbScaleBox.hide()
            ev.accept()
            return
        self.state["mouseMode"] = pg.ViewBox.PanMode if moves else pg.ViewBox.RectMode
        super().mouseDragEvent(ev, axis)
        self.state["mouseMode"] = pg.ViewBox.RectMode

    def mouseClickEvent(self, ev) -> None:
        if ev.double() and ev.button() == Qt.MouseButton.LeftButton:
            ev.accept()
            self.whole_wanted.emit()
        elif ev.button() == Qt.MouseButton.LeftButton and ev.modifiers() & Qt.KeyboardModifier.ControlModifier:
            ev.accept()
            self.picked.emit(self.mapSceneToView(ev.scenePos()))
        else:
            super().mouseClickEvent(ev)

    def keyPressEvent(self, ev) -> None:
        """Leave the keys to the views: pyqtgraph's zoom history would cross them."""
        ev.ignore()

    def zoom(self, factor: float, across: bool = True, along: bool = True) -> None:
        """Scale about the middle, as the wheel would."""
        self.scaleBy(x=factor if across else None, y=factor if along else None)
        self.sigRangeChangedManually.emit([across, along])


def _is_slip(ev) -> bool:
    """Return whether a rectangle is of a few pixels: a click that moved, not a zoom."""
    across = ev.pos() - ev.buttonDownPos()
    return ev.isFinish() and (abs(across.x()) < 4 or abs(across.y()) < 4)
