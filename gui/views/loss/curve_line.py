"""One curve in the loss plot: the item that draws it, and the pen that suits how dense it is."""

import pyqtgraph as pg

from gui.look.quick_curve import QuickCurve
from gui.look.theme import Theme

from .curves import HAIR, Density, Drawn, density_of, pen_of, plotted
from .line_maker import LineMaker

SMOOTH = 120  # points up to which a curve is drawn antialiased: along thousands that costs ten times as much


class CurveLine:
    """Draw a lane's curve; the line is made when it is first drawn.

    ``faded`` is for what is only there to be compared with: it lies below.
    """

    def __init__(self, maker: LineMaker, backend: str, faded: bool = False):
        self._maker, self._backend, self.faded = maker, backend, faded
        self._item: QuickCurve | None = None
        self._density: Density = "sparse"
        self._look: tuple[str, Theme, float] | None = None
        self._thinness = 1.0

    def set_look(self, color: str, theme: Theme, ratio: float, thinness: float = 1.0) -> None:
        """Take the colour; ``ratio``: the screen's pixels to one of the window's; ``thinness``: as `pen_of` has it."""
        self._look, self._thinness = (color, theme, ratio), thinness
        self._set_pen()

    def draw(self, curve: Drawn, box: pg.ViewBox) -> None:
        """Draw a curve by one setData a frame, and with another pen only where the density has changed."""
        if self._item is None and not len(curve.steps):
            self._maker.draw_never(self)
            return
        if self._item is None and not self._make():
            self._maker.draw_later(self, lambda: self.draw(curve, box))
            return
        assert self._item is not None
        left, right = box.viewRange()[0]
        pixels_per_step = box.width() / (right - left)
        density = density_of(curve, pixels_per_step)
        if density != self._density:
            self._density = density
            self._set_pen()
        data = plotted(curve, self._backend, density, pixels_per_step)
        self._item.setData(**data, antialias=self._thinness != HAIR and len(curve.steps) <= SMOOTH)
        self._item.setVisible(True)

    def hide(self) -> None:
        self._maker.draw_never(self)
        if self._item is not None:
            self._item.setVisible(False)

    def clear(self) -> None:
        self._maker.draw_never(self)
        if self._item is not None:
            self._item.setData([], [])

    def remove(self) -> None:
        self._maker.draw_never(self)
        if self._item is not None:
            self._maker.remove(self._item)
            self._item = None

    def _make(self) -> bool:
        height = (0 if self.faded else 2) + (0.5 if self._backend == "torch" else 0)
        self._item = self._maker.make(height, later=True)
        self._set_pen()
        return self._item is not None

    def _set_pen(self) -> None:
        if self._look is not None and self._item is not None:
            color, theme, ratio = self._look
            self._item.setPen(pen_of(self._backend, color, theme, self._density, ratio, self.faded, self._thinness))
