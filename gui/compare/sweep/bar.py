"""The colours of losses on a map, and the bar that says which loss a colour is."""

from functools import cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication, QRectF

from gui.look.axes import ValueAxis, color_axis
from gui.look.theme import Theme

from .drawn import DECADES, LEVELS, Scale

WIDTH = 14  # pixels of colour
translate = QCoreApplication.translate


@cache
def colors() -> Array:
    """Return ``(LEVELS + 1, 4)`` of uint8, from the highest loss to the lowest, the brightest; the last is nothing.

    viridis: as bright as it says to every eye, also to those without red or green cones.
    """
    table = np.zeros((LEVELS + 1, 4), np.uint8)
    viridis: Any = pg.colormap.get("viridis")
    table[:LEVELS] = viridis.getLookupTable(nPts=LEVELS, alpha=True)
    table.flags.writeable = False
    return table


class LossBar(pg.PlotItem):
    def __init__(self) -> None:
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._axis = ValueAxis("right")
        super().__init__(viewBox=self._box, axisItems={"right": self._axis}, enableMenu=False)
        self.hideButtons()
        self.hideAxis("left")
        self.showAxis("right")
        self.showAxis("bottom")
        self.getAxis("bottom").setTicks([[]])
        self._axis.setWidth(52)
        self.setFixedWidth(WIDTH + 56)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setImage(np.arange(LEVELS, dtype=np.uint8)[::-1, None], autoLevels=False, levels=None)
        self.addItem(self._image, ignoreBounds=True)
        self._image.setLookupTable(colors())
        self.setTitle(translate("sweep", "Loss"), size="9pt")

    def show_scale(self, scale: Scale) -> None:
        low = max(scale.low, scale.high - DECADES) if scale.is_log else scale.low
        self.getAxis("right").setLogMode(x=False, y=scale.is_log)
        self._image.setRect(QRectF(0, low, 1, scale.high - low))
        self._box.setRange(QRectF(0, low, 1, scale.high - low), padding=0)

    def set_theme(self, theme: Theme) -> None:
        color_axis(self._axis, theme)
        self.getAxis("bottom").setPen(pg.mkPen(None))
        self.setTitle(translate("sweep", "Loss"), color=theme.text, size="9pt")
