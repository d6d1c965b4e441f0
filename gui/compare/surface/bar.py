"""The colours of a surface with the losses that they stand for."""

import numpy as np
from PySide6.QtGui import QFontMetrics, QGuiApplication

from engine.protocol import LossScale
from gui.look.colormaps import LEVELS
from gui.look.numbers import short
from gui.look.theme import Theme

from ..loss_bar import LossBar
from .scale import terrain


def axis_height() -> int:
    """Return the height of the axis below surface and bar, so that both end at one height: numbers and a title."""
    return round(2.2 * QFontMetrics(QGuiApplication.font()).height()) + 6


class SurfaceBar(LossBar):
    def __init__(self) -> None:
        room = QFontMetrics(QGuiApplication.font()).horizontalAdvance("−8.8e−88") + 10
        super().__init__(np.arange(LEVELS, dtype=np.uint8), room)
        self.getAxis("bottom").setHeight(axis_height())
        self.show_nothing()

    def show_scale(self, scale: LossScale | None) -> None:
        """Show the scale's colours; a flat surface has one colour, and the one loss beside it."""
        if scale is None:
            self.show_nothing()
        elif scale.flat:
            loss = short(10**scale.low if scale.log else scale.low, 4)
            self.show_range(scale.low - 0.5, scale.low + 0.5, scale.log, only=loss)
        else:
            self.show_range(scale.low, scale.high, scale.log)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.set_colors(terrain(theme.is_dark))
