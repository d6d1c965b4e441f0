"""The colours of losses on a map, and the bar that says which loss a colour is."""

from functools import cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication

from ..loss_bar import LossBar
from .drawn import DECADES, LEVELS, Scale

ROOM = 52  # pixels of the numbers
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


class SweepBar(LossBar):
    def __init__(self) -> None:
        super().__init__(np.arange(LEVELS, dtype=np.uint8)[::-1], ROOM, translate("sweep", "Loss"))
        self.set_colors(colors())

    def show_scale(self, scale: Scale) -> None:
        low = max(scale.low, scale.high - DECADES) if scale.is_log else scale.low
        self.show_range(low, scale.high, scale.is_log)
