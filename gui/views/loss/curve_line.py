"""One curve in the loss plot: the item that draws it, and the pen that suits how dense it is."""

import pyqtgraph as pg

from gui.look.quick_curve import QuickCurve
from gui.look.theme import Theme

from .curves import Density, Drawn, density_of, pen_of, plotted

SMOOTH = 120  # points up to which a curve is drawn antialiased: along thousands that costs ten times as much


class CurveLine:
    """``faded`` is for what is only there to be compared with: it lies below the others."""

    def __init__(self, plot: pg.PlotItem, backend: str, faded: bool = False):
        self._plot, self._backend, self.faded = plot, backend, faded
        self._item = QuickCurve()
        self._item.setZValue((0 if faded else 2) + (0.5 if backend == "torch" else 0))
        self._density: Density = "sparse"
        self._look: tuple[str, Theme, float] | None = None
        plot.addItem(self._item, ignoreBounds=True)

    def set_look(self, color: str, theme: Theme, ratio: float) -> None:
        """``ratio``: the screen's pixels to one of the window's."""
        self._look = (color, theme, ratio)
        self._set_pen()

    def draw(self, curve: Drawn, box: pg.ViewBox) -> None:
        """One setData a frame; another pen only where the density has changed."""
        left, right = box.viewRange()[0]
        pixels_per_step = box.width() / (right - left)
        density = density_of(curve, pixels_per_step)
        if density != self._density:
            self._density = density
            self._set_pen()
        data = plotted(curve, self._backend, density, pixels_per_step)
        self._item.setData(**data, antialias=len(curve.steps) <= SMOOTH)
        self._item.setVisible(True)

    def hide(self) -> None:
        self._item.setVisible(False)

    def clear(self) -> None:
        self._item.setData([], [])

    def remove(self) -> None:
        self._plot.removeItem(self._item)

    def _set_pen(self) -> None:
        if self._look is not None:
            color, theme, ratio = self._look
            self._item.setPen(pen_of(self._backend, color, theme, self._density, ratio, self.faded))
