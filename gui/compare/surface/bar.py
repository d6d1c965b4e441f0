"""The colours of a surface with the losses that they stand for."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QGuiApplication

from gui.look.axes import ValueAxis, color_axis
from gui.look.colormaps import LEVELS
from gui.look.numbers import short
from gui.look.plot_box import PlotBox
from gui.look.theme import Theme

from .scale import Scale, terrain

WIDTH = 14  # pixels of the bar itself


def axis_height() -> int:
    """Return the height of the axis below surface and bar, so that both end at one height: numbers and a title."""
    return round(2.2 * QFontMetrics(QGuiApplication.font()).height()) + 6


class LossBar(pg.PlotItem):
    def __init__(self) -> None:
        self._box = PlotBox()
        self._axis = ValueAxis("right")
        bottom = pg.AxisItem("bottom")
        super().__init__(viewBox=self._box, axisItems={"right": self._axis, "bottom": bottom}, enableMenu=False)
        self.hideButtons()
        self.hideAxis("left")
        self.showAxis("right")
        self._box.setMouseEnabled(False, False)
        room = QFontMetrics(QGuiApplication.font()).horizontalAdvance("−8.8e−88") + 10
        self._axis.setWidth(room)
        self.setFixedWidth(room + WIDTH)
        bottom.setTicks([[]])
        bottom.setHeight(axis_height())
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setImage(np.arange(LEVELS, dtype=np.uint8)[:, None], autoLevels=False)
        self.addItem(self._image, ignoreBounds=True)
        self.show_scale(None)

    def show_scale(self, scale: Scale | None) -> None:
        """Show the scale's colours; a flat surface has one colour, and the one loss beside it."""
        self._image.setVisible(scale is not None)
        self._axis.setTicks([[]] if scale is None else None)
        if scale is None:
            return
        low, high = scale.low, scale.high
        self.getAxis("right").setLogMode(x=False, y=scale.log)
        if scale.flat:
            self._axis.setTicks([[(low, short(10**low if scale.log else low, 4))]])
            low, high = low - 0.5, high + 0.5
        self._image.setRect(QRectF(0, low, 1, high - low))
        self._box.setRange(QRectF(0, low, 1, high - low), padding=0)

    @property
    def labels(self) -> list[str]:
        """Return what stands beside the colours, from low to high."""
        low, high = self._box.viewRange()[1]
        ticks = self._axis._tickLevels
        if ticks is not None:
            return [text for level in ticks for _, text in level]
        size = max(self._box.height(), 1)
        found: list[tuple[float, str]] = []
        for spacing, values in self._axis.tickValues(low, high, size):
            found += zip(values, self._axis.tickStrings(values, 1, spacing), strict=True)
        return [text for _, text in sorted(found) if text]

    def set_theme(self, theme: Theme) -> None:
        for side in ("right", "bottom"):
            color_axis(self.getAxis(side), theme)
        self.getAxis("bottom").setPen(pg.mkPen(None))
        self._image.setLookupTable(terrain(theme.is_dark))
