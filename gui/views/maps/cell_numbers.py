"""What is written over a heatmap: numbers where they fit, and a frame around the pointed-at cell.

One item paints it all in the plot's pixels. An item a cell would cost as many times more.
"""

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen, QTransform

from gui.look.colormaps import diverging, is_light
from gui.look.numbers import short
from gui.look.text_size import text_scale
from gui.look.theme import LIGHT, Theme

PADDING = 1.5
SMALLEST = 8.0  # pixels of a cell that could hold a digit: nothing is formatted for smaller ones
LOOKS = ((8, 4), (8, 3), (8, 2), (7, 2), (8, 1), (7, 1))  # point size and digits, the best first
MOST_CELLS = 1000  # more numbers than anybody reads at once, and than a frame has time for
ON_LIGHT, ON_DARK = "#101010", "#ffffff"

Cell = tuple[int, int]


class CellNumbers(pg.GraphicsObject):
    """Draw numbers into cells. ``block``: how many rows and columns of the plot a cell covers, from (0, 0) on."""

    def __init__(self, box: pg.ViewBox):
        super().__init__()
        self.setParentItem(box)
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._box = box
        self._theme, self._light = LIGHT, is_light(diverging(LIGHT.is_dark))
        self._values: Array | None = None
        self._levels = np.zeros((0, 0), np.uint8)
        self._block = (1, 1)
        self._pointed: Cell | None = None
        self._spots: dict[Cell, tuple[str, QRectF]] = {}  # what is written, and where
        self._spots_for: tuple | None = None  # the place and size that they were found for
        self._font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        self._set_size(LOOKS[0][0])
        box.sigTransformChanged.connect(self._on_moved)
        box.sigResized.connect(self._on_moved)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._light = is_light(diverging(theme.is_dark))
        self.update()

    def set_values(self, values: Array | None, levels: Array, block: Cell = (1, 1)) -> None:
        """Write the values. ``levels``: their places in the colour map, which the numbers must stand out from."""
        self._values, self._levels, self._block = values, levels, block
        self._spots_for = None
        self.update()

    def set_pointed(self, element: Cell | None) -> None:
        """Set the (row, column) whose cell is framed."""
        if element != self._pointed:
            self._pointed = element
            self.update()

    @property
    def pointed(self) -> Cell | None:
        return self._pointed

    def boundingRect(self) -> QRectF:
        return self._box.rect()

    def texts(self) -> dict[Cell, str]:
        """Return what is written in each cell in view; nothing where cells are too small, or a number would be cut."""
        return {cell: text for cell, (text, _) in self._written().items()}

    def _written(self) -> dict[Cell, tuple[str, QRectF]]:
        """Return each cell's text and its place, found again once anything has changed that they go by."""
        place = (self._box.rect(), QTransform(self._box.childTransform()), text_scale())
        if place != self._spots_for:
            self._spots, self._spots_for = self._find() if self._values is not None else {}, place
        return self._spots

    def _find(self) -> dict[Cell, tuple[str, QRectF]]:
        size = self._cell_rect((0, 0)).size()
        cells = self._cells_in_view() if min(size.width(), size.height()) >= SMALLEST else []
        if not 0 < len(cells) <= MOST_CELLS:
            return {}
        for point_size, digits in LOOKS:
            self._set_size(point_size)
            if self._metrics.height() <= size.height():
                texts = self._fitting(cells, digits, size.width() - 2 * PADDING)
                if texts is not None:
                    return self._placed(texts)
        return {}

    def _placed(self, texts: dict[Cell, str]) -> dict[Cell, tuple[str, QRectF]]:
        """Keep the numbers that lie within the plot: without its last digit, 3.5e-10 would read 3.5e-1."""
        spots = {cell: (text, self._spot(cell, text)) for cell, text in texts.items()}
        room = self._box.rect().adjusted(0, -3, 0, 3)
        return {cell: (text, spot) for cell, (text, spot) in spots.items() if room.contains(spot)}

    def _fitting(self, cells: list[Cell], digits: int, room: float) -> dict[Cell, str] | None:
        """All cells' texts, or None at the first that is wider than ``room``."""
        assert self._values is not None
        texts: dict[Cell, str] = {}
        for cell in cells:
            texts[cell] = short(float(self._values[cell]), digits)
            if self._metrics.horizontalAdvance(texts[cell]) > room:
                return None
        return texts

    def _set_size(self, point_size: int) -> None:
        self._font.setPointSizeF(point_size * text_scale())
        self._metrics = QFontMetricsF(self._font)

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:  # noqa: ARG002
        if self._values is None:
            return
        painter.setClipRect(self._box.rect())
        written = self._written()
        painter.setFont(self._font)
        ascent = self._metrics.ascent()
        for cell, (text, spot) in written.items():
            self._choose_pen(painter, cell, spot)
            painter.drawText(QPointF(spot.x(), spot.y() + ascent), text)
        if self._pointed is not None:
            self._frame(painter, self._cell_rect(self._cell_of(self._pointed)))

    def _spot(self, cell: Cell, text: str) -> QRectF:
        center = self._cell_rect(cell).center()
        width, height = self._metrics.horizontalAdvance(text), self._metrics.height()
        return QRectF(center.x() - width / 2, center.y() - height / 2, width, height)

    def _choose_pen(self, painter: QPainter, cell: Cell, spot: QRectF) -> None:
        """Have the number stand out from its cell's colour, or from a ground of its own where it is none."""
        if np.isfinite(self._values[cell]):  # type: ignore[index]
            painter.setPen(QColor(ON_LIGHT if self._light[self._levels[cell]] else ON_DARK))
        else:
            painter.fillRect(spot.adjusted(-2, 0, 2, 0), QColor(self._theme.base))
            painter.setPen(QColor(self._theme.error))

    def _frame(self, painter: QPainter, area: QRectF) -> None:
        """Dark within light, so that it stands out from every colour; never smaller than can be seen."""
        area = area.adjusted(1, 1, -1, -1)
        short_of = QPointF(max(10 - area.width(), 0) / 2, max(10 - area.height(), 0) / 2)
        area.adjust(-short_of.x(), -short_of.y(), short_of.x(), short_of.y())
        for color, width in ((ON_DARK, 4.0), (ON_LIGHT, 2.0)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawRect(area)

    def _cells_in_view(self) -> list[Cell]:
        assert self._values is not None
        (left, right), (top, bottom) = self._box.viewRange()
        rows = _span(top, bottom, self._block[0], self._values.shape[0])
        columns = _span(left, right, self._block[1], self._values.shape[1])
        if len(rows) * len(columns) > MOST_CELLS:
            return []
        return [(row, column) for row in rows for column in columns]

    def _cell_of(self, element: Cell) -> Cell:
        return element[0] // self._block[0], element[1] // self._block[1]

    def _cell_rect(self, cell: Cell) -> QRectF:
        """Return the cell in the plot's pixels."""
        rows, columns = self._block
        area = QRectF(cell[1] * columns - 0.5, cell[0] * rows - 0.5, columns, rows)
        return self._box.childTransform().mapRect(area)

    def _on_moved(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()


def _span(low: float, high: float, block: int, count: int) -> range:
    """Return the cells between two places of the axis."""
    low, high = min(low, high), max(low, high)
    return range(max(int((low + 0.5) // block), 0), min(int((high + 0.5) // block) + 1, count))
