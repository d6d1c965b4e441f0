"""The bar beside a picture in colours that says which loss a colour is."""

import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QRectF

from gui.look.axes import Axis, ValueAxis
from gui.look.plot_area import PlotArea
from gui.look.text_size import small_text
from gui.look.theme import Theme

WIDTH = 14  # pixels of colour


class LossBar(PlotArea):
    """Show colours with the losses that they stand for.

    ``places``: those in the colour table from the lowest loss to the highest; ``room``: pixels for the numbers.
    """

    def __init__(self, places: Array, room: int, title: str = ""):
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._axis, self._title = ValueAxis("right"), title
        super().__init__(self._box, {"right": self._axis, "bottom": Axis("bottom")})
        self.getAxis("bottom").setTicks([[]])
        self._axis.setWidth(room)
        self.setFixedWidth(room + WIDTH)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setImage(places[:, None], autoLevels=False, levels=None)
        self.addItem(self._image, ignoreBounds=True)

    def set_colors(self, table: Array) -> None:
        """Take the colours of the places."""
        self._image.setLookupTable(table)

    def show_range(self, low: float, high: float, log: bool, only: str | None = None) -> None:
        """Show losses from ``low`` to ``high``, logarithms where ``log``. ``only``: what stands in the middle alone."""
        self._image.show()
        self.set_log("right", log)
        self._axis.setTicks(None if only is None else [[((low + high) / 2, only)]])
        self._image.setRect(QRectF(0, low, 1, high - low))
        self._box.setRange(QRectF(0, low, 1, high - low), padding=0)

    def show_nothing(self) -> None:
        """Show neither colours nor numbers."""
        self._image.hide()
        self._axis.setTicks([[]])

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
        """Take other colours."""
        for side in ("right", "bottom"):
            self.getAxis(side).take_color(theme.plot_axis)
        self.getAxis("bottom").setPen(pg.mkPen(None))
        if self._title:
            self.setTitle(self._title, color=theme.text, size=small_text())
