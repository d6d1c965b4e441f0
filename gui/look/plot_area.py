"""An area for curves or a picture between its axes, below a title."""

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

from .axes import Axis

PLACES = {"top": (1, 1), "bottom": (3, 1), "left": (2, 0), "right": (2, 2)}  # row and column
BOX, TITLE = (2, 1), (0, 1)
TITLE_HEIGHT = 30  # pixels
ALPHA = 0.2  # of a grid's lines


class PlotArea(pg.GraphicsWidget):
    """Hold a view box, the axes given, and a title that has no height until it is set.

    It has the methods of ``pg.PlotItem`` that are wanted here, by their names, and none of its settings form (of some
    sixty widgets, for which each plot would wait at its start).
    """

    def __init__(self, box: pg.ViewBox, axes: Mapping[str, Axis]):
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.vb, self.items, self._axes = box, [], axes
        self._grid = QGraphicsGridLayout()
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self.setLayout(self._grid)
        self._grid.addItem(box, *BOX)
        for side, axis in axes.items():
            self._place(axis, *PLACES[side])
        self.titleLabel: pg.LabelItem | None = None
        self._shown_title = ("", "", "")
        self._grid.setRowFixedHeight(TITLE[0], 0)
        self._give_room_to_the_box()

    def _place(self, axis: pg.AxisItem, row: int, column: int) -> None:
        axis.linkToView(self.vb)
        self._grid.addItem(axis, row, column)
        axis.setZValue(0.5)  # above pictures
        axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)

    def _give_room_to_the_box(self) -> None:
        self._grid.setRowStretchFactor(BOX[0], 1)
        self._grid.setColumnStretchFactor(BOX[1], 1)

    def addItem(self, item: QGraphicsItem, ignoreBounds: bool = False) -> None:
        """Put an item into the box. ``ignoreBounds``: it has no say in what all of the plot is."""
        self.items.append(item)
        self.vb.addItem(item, ignoreBounds=ignoreBounds)

    def removeItem(self, item: QGraphicsItem) -> None:
        """Take an item out of the box."""
        self.items.remove(item)
        self.vb.removeItem(item)

    def getAxis(self, side: str) -> Axis:
        """Return the axis at ``side``: "left", "bottom", "right" or "top"; KeyError where there is none."""
        return self._axes[side]

    def showAxis(self, side: str, show: bool = True) -> None:
        """Show or hide an axis."""
        self._axes[side].setVisible(show)

    def setLabel(self, side: str, text: str) -> None:
        """Set an axis' title, in HTML."""
        self._axes[side].setLabel(text)

    def set_log(self, side: str, log: bool) -> None:
        """Read an axis' places as logarithms to base 10, where ``log``."""
        self._axes[side].setLogMode(log)  # pyright: ignore[reportArgumentType]  (pyqtgraph asks for tuples)

    def setTitle(self, text: str, color: str, size: str) -> None:
        """Set the title, in HTML."""
        if self.titleLabel is None:
            self._make_title(text, color, size)
        elif (text, color, size) != self._shown_title:
            self.titleLabel.setText(text, color=color, size=size)
        self._shown_title = (text, color, size)

    def _make_title(self, text: str, color: str, size: str) -> None:
        self.titleLabel = pg.LabelItem(text, self, color=color, size=size)
        self.titleLabel.setMaximumHeight(TITLE_HEIGHT)
        self._grid.addItem(self.titleLabel, *TITLE)
        self._grid.setRowFixedHeight(TITLE[0], TITLE_HEIGHT)

    def show_grid(self) -> None:
        """Let the ticks of all axes go on as lines through the box."""
        for axis in self._axes.values():
            axis.setGrid(round(255 * ALPHA))
