"""The crosshair on a surface: moved by mouse and keys from point to point, with the loss there in words."""

from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.look.notes import named

from .canvas import SurfaceCanvas
from .words import reading_text

ARROWS = {Qt.Key.Key_Up: (1, 0), Qt.Key.Key_Down: (-1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
FAR = 10  # points that an arrow with Shift goes

Place = tuple[int, int]  # row and column of a point


class SurfacePointer(QObject):
    """Move the crosshair from point to point of the surface: a loss between two of them would be a guess."""

    def __init__(self, canvas: SurfaceCanvas):
        super().__init__(canvas)
        self._canvas = canvas
        self._at: Place | None = None
        self._names = ("x", "y")
        self.readout = named(QLineEdit(), "surface_readout", self.tr("Loss at the crosshair"))
        self.readout.setReadOnly(True)
        self.readout.setFrame(False)
        self.readout.setPlaceholderText(self.tr("Point at the surface for its loss"))
        cast("pg.GraphicsScene", canvas.scene()).sigMouseMoved.connect(self._on_mouse_moved)

    @property
    def is_on(self) -> bool:
        return self._at is not None

    def begin(self, names: tuple[str, str]) -> None:
        """Begin with another surface, whose axes have these ``names``."""
        self._names = names
        self.point_at(None)

    def refine(self, factor: float) -> None:
        """Stay at its place where the surface has ``factor`` times as many points along each side."""
        if self._at is not None:
            self.point_at((round(self._at[0] * factor), round(self._at[1] * factor)))

    def point_at(self, at: Place | None) -> None:
        self._at = at
        self._canvas.show_cross(at)
        part, text = self._canvas.part, ""
        if part is not None and at is not None:
            text = reading_text(self._names, float(part.x[at[1]]), float(part.y[at[0]]), float(part.values[at]))
        if text != self.readout.text():
            self.readout.setText(text)
            self.readout.setCursorPosition(0)
            self.readout.setToolTip(text)

    def press(self, event: QKeyEvent) -> bool:
        """Return whether the key was one of the crosshair's."""
        key = Qt.Key(event.key())
        if key in ARROWS:
            far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._move(far * ARROWS[key][0], far * ARROWS[key][1])
            return True
        if key == Qt.Key.Key_Escape and self.is_on:
            self.point_at(None)
            return True
        return False

    def _move(self, up: int, right: int) -> None:
        """From the middle, where it was nowhere."""
        part = self._canvas.part
        if part is None:
            return
        rows, columns = part.values.shape
        if self._at is None:
            self.point_at((rows // 2, columns // 2))
        else:
            row, column = self._at[0] + up, self._at[1] + right
            self.point_at((min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)))

    def _on_mouse_moved(self, position: QPointF) -> None:
        self.point_at(self._canvas.point_at(position))
