"""A curve in a plot that is clipped to it: its bounds are the plot's, which saves looking at all points each frame."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

Points = Array | Sequence[float]


class QuickCurve(pg.PlotCurveItem):
    """Draw a curve that takes part in no automatic range.

    Of many short curves, what pyqtgraph asks and tells with every change costs more than drawing them.
    """

    def __init__(self, connect: str = "all", finite: bool = True):
        """``finite``: whoever sets data tells by ``connect`` where it has gaps, and nothing else is looked for."""
        self._bounds: QRectF | None = None
        self._is_solid = True
        super().__init__()
        self.opts.update(connect=connect, skipFiniteCheck=finite)

    def setPen(self, *args: Any, **options: Any) -> None:
        super().setPen(*args, **options)
        pen = self.opts["pen"]
        self._is_solid = pen is not None and pen.widthF() > 1 and pen.style() == Qt.PenStyle.SolidLine
        self._choose_mode()

    def setData(self, x: Points = (), y: Points = (), connect: Any = None, antialias: bool = False) -> None:
        self.opts["antialias"] = antialias
        self._choose_mode()
        self.opts["connect"] = self.opts["connect"] if connect is None else connect
        self.xData, self.yData = np.asarray(x, float), np.asarray(y, float)
        # What was made of other data. pyqtgraph would also tell the plot and the scene, where nothing has changed: the
        # bounds are the plot's.
        self.path = None
        self._lineSegmentsRendered = False
        self.update()

    def _choose_mode(self) -> None:
        """Broad solid lines are drawn quicker one by one; with antialiasing their joints would be seen."""
        self.opts["segmentedLineMode"] = "on" if self._is_solid and not self.opts["antialias"] else "off"

    def paint(self, p: QPainter, opt: object, widget: object) -> None:  # noqa: ARG002
        """Draw what pyqtgraph draws of a line alone: no filling, no OpenGL."""
        if self.xData is None or not len(self.xData):
            return
        p.setRenderHint(QPainter.RenderHint.Antialiasing, self.opts["antialias"])
        for pen in (self.opts["shadowPen"], self.opts["pen"]):
            if pen is None or pen.style() == Qt.PenStyle.NoPen:
                continue
            p.setPen(pen)
            if self.opts["segmentedLineMode"] == "on":
                p.drawLines(*self._getLineSegments())
            else:
                p.drawPath(self.getPath())

    def boundingRect(self) -> QRectF:
        if self._bounds is None:
            box = self.getViewBox()
            self._bounds = QRectF() if box is None else box.viewRect()
        return self._bounds

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self._bounds = None

    def viewTransformChanged(self) -> None:
        """Do nothing: it comes with every change of the range, which was reported already."""

    def informViewBoundsChanged(self) -> None:
        """Do nothing: nobody asks."""

    def implements(self, interface: str | None = None) -> Any:
        """Say that it is no data for a plot's own menu: for each that goes, the plot would look through all others."""
        return [] if interface is None else False
