"""A curve in a plot that is clipped to it: its bounds are the plot's, which saves looking at all points each frame."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF


class QuickCurve(pg.PlotCurveItem):
    """pyqtgraph works out a curve's bounds several times a frame: of many short curves that costs more than drawing.

    It takes part in no automatic range.
    """

    def boundingRect(self) -> QRectF:
        box = self.getViewBox()
        return super().boundingRect() if box is None else box.viewRect()

    def viewRangeChanged(self) -> None:
        self.invalidateBounds()
        self.prepareGeometryChange()

    def viewTransformChanged(self) -> None:
        """It comes in the midst of drawing, where another geometry would have all of it drawn once more."""
