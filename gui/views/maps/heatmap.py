"""One matrix as colours, with its colour bar. It knows nothing of lanes, frames or selections."""

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QGraphicsRectItem

from gui.look.axes import Axis, WholeAxis
from gui.look.colormaps import LEVELS, NOT_FINITE, diverging, levels, ratio_levels
from gui.look.notes import CenterNote
from gui.look.numbers import short
from gui.look.plot_area import PlotArea
from gui.look.plot_box import PlotBox
from gui.look.text_size import scaled, small_text
from gui.look.theme import Theme

from .cell_numbers import CellNumbers

BAR = 14  # pixels a colour bar is wide
NO_CELLS = np.zeros((0, 0), np.uint8)


def bottom() -> int:
    """Return the pixels of the axis below: the same in maps and bars, so that they end at one height."""
    return scaled(24)


class Heatmap(PlotArea):
    """Draw rows down, columns to the right, cell (0, 0) centred on the origin; zero in the neutral colour."""

    def __init__(self, title: str, row_numbers: bool = True):
        self.box = PlotBox(invertY=True)
        super().__init__(self.box, {"left": WholeAxis("left"), "bottom": WholeAxis("bottom")})
        self.getAxis("bottom").setHeight(bottom())
        self.row_room = 0  # pixels that the row numbers take, where they are shown
        self.showAxis("left", row_numbers)
        self._title = title
        self._shape = (1, 1)
        self._shown: tuple[Array, float, tuple[int, int]] | None = None
        self.image = pg.ImageItem(axisOrder="row-major")
        self.addItem(self.image, ignoreBounds=True)
        self._hatching = QGraphicsRectItem(self.box)
        self._hatching.setZValue(-1)
        self._hatching.hide()
        self.box.sigResized.connect(lambda *_: self._hatching.setRect(self.box.rect()))
        self.numbers = CellNumbers(self.box)
        self.note = CenterNote(self.box)

    @property
    def matrix_shape(self) -> tuple[int, int]:
        """Return rows and columns of the matrix."""
        return self._shape

    def set_shape(self, shape: tuple[int, int]) -> None:
        """Set rows and columns of the matrix; a new shape is shown whole."""
        if shape == self._shape:
            return
        self._shape = shape
        rows, columns = shape
        self.row_room = QFontMetrics(QGuiApplication.font()).horizontalAdvance(f"{rows - 1:,}") + 10
        self.getAxis("left").setWidth(self.row_room)
        self.box.setLimits(xMin=-0.5, xMax=columns - 0.5, yMin=-0.5, yMax=rows - 0.5)
        self.show_whole()

    def show_numbers(self, rows: bool, columns: bool) -> None:
        """Show numbers of rows and columns, or leave that to a map beside or below this one."""
        self.showAxis("left", rows)
        self.showAxis("bottom", columns)

    def show_whole(self) -> None:
        rows, columns = self._shape
        self.box.setRange(QRectF(-0.5, -0.5, columns, rows), padding=0)

    def show_values(self, values: Array, scale: float, block: tuple[int, int], middle: float | None = None) -> None:
        """Draw the values. ``block``: how many rows and columns a value stands for.

        ``middle``: what has the neutral colour in the place of 0; ``scale`` is then powers of ten to each side.
        """
        self._shown = (values, scale, block)
        places = levels(values, scale) if middle is None else ratio_levels(values, middle, scale)
        rows, columns = values.shape
        self.image.setImage(places, autoLevels=False)
        self.image.setRect(QRectF(-0.5, -0.5, columns * block[1], rows * block[0]))
        self.image.show()
        self._hatching.setVisible(bool((places == NOT_FINITE).any()))
        self.numbers.set_values(values, places, block)
        self.note.say("")

    def show_note(self, text: str) -> None:
        """Show a sentence instead of a matrix."""
        self._shown = None
        self.image.hide()
        self._hatching.hide()
        self.numbers.set_values(None, NO_CELLS)
        self.note.say(text)

    @property
    def values(self) -> Array | None:
        """Return the values on screen; None while it is a note."""
        return self._shown[0] if self._shown else None

    def element_at(self, scene_position: QPointF) -> tuple[int, int] | None:
        """Return the (row, column) under the mouse."""
        if not self.box.sceneBoundingRect().contains(scene_position):
            return None
        place = self.box.mapSceneToView(scene_position)
        row, column = int(np.floor(place.y() + 0.5)), int(np.floor(place.x() + 0.5))
        inside = 0 <= row < self._shape[0] and 0 <= column < self._shape[1]
        return (row, column) if inside else None

    def rename(self, title: str, theme: Theme) -> None:
        if title != self._title:
            self._title = title
            self.setTitle(title, color=theme.text, size=small_text())

    def set_theme(self, theme: Theme) -> None:
        self.setTitle(self._title, color=theme.text, size=small_text())
        for side in ("left", "bottom"):
            self.getAxis(side).take_color(theme.plot_axis)
        self._hatching.setBrush(QBrush(QColor(theme.muted), Qt.BrushStyle.DiagCrossPattern))
        self._hatching.setPen(Qt.PenStyle.NoPen)
        self.box.rbScaleBox.setPen(pg.mkPen(theme.accent))
        self.image.setLookupTable(diverging(theme.is_dark))
        self.numbers.set_theme(theme)
        self.note.set_theme(theme)


class ColorBar(PlotArea):
    """Draw a colour bar from −scale to scale, or by powers of ten around a middle.

    Its axis is fixed and only its labels change: nothing moves while a run goes on.
    """

    def __init__(self) -> None:
        self._box = PlotBox()
        super().__init__(self._box, {"right": Axis("right"), "bottom": Axis("bottom")})
        self._box.setMouseEnabled(False, False)
        label_room = round(QFontMetrics(QGuiApplication.font()).horizontalAdvance("−8.8e−88")) + 12
        self.getAxis("right").setWidth(label_room)
        self.getAxis("bottom").setTicks([[]])
        self.getAxis("bottom").setHeight(bottom())
        self.getAxis("right").setStyle(tickLength=0)
        self.getAxis("right").setTicks([[]])  # until there is a scale
        self._image = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._image, ignoreBounds=True)
        self._image.setImage(np.arange(LEVELS, dtype=np.uint8)[:, None], autoLevels=False)
        self._image.setRect(QRectF(0, -1, 1, 2))
        self._box.setRange(QRectF(0, -1.08, 1, 2.16), padding=0)
        self.setFixedWidth(label_room + BAR)
        self._scale: tuple[float, float | None] | None = None

    def show_scale(self, scale: float, middle: float | None = None) -> None:
        """Label the bar with a scale as ``Heatmap.show_values`` has it."""
        if (scale, middle) == self._scale:
            return
        self._scale = scale, middle
        marks = (-1.0, -0.5, 0.0, 0.5, 1.0) if 0 < scale < float("inf") else (0.0,)
        if middle is None:
            texts = [short(mark * scale, 2) if mark else "0" for mark in marks]
        else:
            texts = [short(middle * 10 ** (mark * scale), 3 if mark == 0 else 2) for mark in marks]
        self.getAxis("right").setTicks([list(zip(marks, texts, strict=True))])

    @property
    def labels(self) -> list[str]:
        levels = self.getAxis("right")._tickLevels or [[]]
        return [text for _, text in levels[0]]

    def set_unit(self, unit: str, theme: Theme) -> None:
        self.setTitle(unit or "&nbsp;", color=theme.muted, size=small_text())

    def set_theme(self, theme: Theme) -> None:
        for side in ("right", "bottom"):
            self.getAxis(side).setPen(pg.mkPen(None))
        self.getAxis("right").setTextPen(theme.plot_axis)
        self._image.setLookupTable(diverging(theme.is_dark))
