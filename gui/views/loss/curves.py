"""The curves themselves: pens, gaps and the range that shows them. No widgets in here."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from engine.protocol import Curve
from gui.look.text_size import line_scale
from gui.look.theme import Theme

MARGIN = 0.05
DASH = 6.0  # pixels of ink, and of the gap after it
EXPLODED, EXPLODED_LOG = 20, 3  # times, and powers of ten, above all first losses
FADED = 0.55  # how much of a lane's width and colour a branch has
CROWD, THIN = 6, 0.6  # more entries than so many have lines of this share of their width
THICKET, HAIR = 40, 0.0  # and more than these the thinnest that there is: a pixel, drawn ten times as fast
MOST_POINTS = 40_000  # of all curves together: many are coarser, so that a frame costs no more than it may
DENSE = 3.0  # pixels between two points, below which single segments are shorter than a dash

Density = Literal["dot", "sparse", "dense"]
_CAPS = {
    ("torch", "sparse"): Qt.PenCapStyle.FlatCap,  # round ones would fill the gaps between dashes
    ("torch", "dense"): Qt.PenCapStyle.FlatCap,
    ("diy", "dense"): Qt.PenCapStyle.SquareCap,  # quicker than round, and no hairs between segments as with flat
}


class Bounds(NamedTuple):
    low: float
    high: float


class Extent(NamedTuple):
    """Hold what a range is chosen by: a curve's first value that can be drawn, its lowest and its highest."""

    first: float
    low: float
    high: float


class Drawn(NamedTuple):
    """Hold a lane's curve as it goes on screen (log10 where the axis is), with NaN for every gap."""

    steps: Array
    values: Array
    not_finite_from: int | None  # the first step shown whose loss is NaN or infinite
    not_positive_from: int | None  # the first that a logarithm cannot show
    extent: Extent | None  # None where nothing can be drawn

    @property
    def has_gaps(self) -> bool:
        return self.not_finite_from is not None or self.not_positive_from is not None


def drawn(curve: Curve, log: bool) -> Drawn:
    """Turn what cannot be drawn into gaps, and say where it is.

    With every frame this is done for every lane, and most have no gaps: those are passed over as few times as can be.
    """
    losses, steps = np.asarray(curve.losses, float), np.asarray(curve.steps, float)
    finite = np.isfinite(losses)
    fits = finite & (losses > 0) if log else finite
    if fits.all():
        values = np.log10(losses) if log else losses
        return Drawn(steps, values, None, None, _extent(values))
    values = np.where(fits, losses, np.nan)
    if log:
        values = np.log10(values)
    return Drawn(steps, values, _first(steps, ~finite), _first(steps, finite & ~fits), _extent(values[fits]))


def _extent(there: Array) -> Extent | None:
    return Extent(float(there[0]), float(there.min()), float(there.max())) if len(there) else None


def _first(steps: Array, where: Array) -> int | None:
    return int(steps[np.argmax(where)]) if where.any() else None


def bounds(curves: Iterable[Drawn]) -> Bounds | None:
    """Return the lowest and highest value of all curves with a margin; None where nothing can be drawn."""
    found = [curve.extent for curve in curves if curve.extent is not None]
    if not found:
        return None
    low, high = min(extent.low for extent in found), max(extent.high for extent in found)
    room = (high - low) * MARGIN or abs(high) * MARGIN or 1.0
    return Bounds(low - room, high + room)


def calm_bounds(lanes: Sequence[Sequence[Drawn]], log: bool) -> Bounds | None:
    """Return the bounds of all lanes but those that explode, far above all that any begins with.

    They would press the others into one line. Each lane is the curves drawn of it. Alone, or among its like, it is
    shown whole. None where nothing can be drawn.
    """
    begun = [curve.extent.first for lane in lanes for curve in lane[:1] if curve.extent is not None]
    if not begun:
        return bounds(curve for lane in lanes for curve in lane)
    highest = max(begun)
    low, high = (-np.inf, highest + EXPLODED_LOG) if log else _around(begun)
    calm = [lane for lane in lanes if all(_within(curve, low, high) for curve in lane)]
    found = bounds(curve for lane in calm for curve in lane)
    if found is None or len(calm) == len(lanes):
        return bounds(curve for lane in lanes for curve in lane)
    room = (highest - found.low) * MARGIN
    return Bounds(min(found.low, min(begun) - room), max(found.high, highest + room))  # where the others begin, too


def _around(begun: Sequence[float]) -> tuple[float, float]:
    """On a linear scale."""
    far = EXPLODED * max(map(abs, begun))
    return -far, far


def _within(curve: Drawn, low: float, high: float) -> bool:
    return curve.extent is None or (low <= curve.extent.low and curve.extent.high <= high)


def thinness_of(entries: int, crowd: int = CROWD) -> float:
    """Return the share of their usual width that lines have where so many entries are shown; HAIR for one pixel."""
    return HAIR if entries > THICKET else THIN if entries > crowd else 1.0


def pixels_for(width: float, count: int, most: int = MOST_POINTS) -> int:
    """Return to how many pixels of ``width`` each of ``count`` curves is thinned, which have two points in each."""
    return max(min(round(width), most // (2 * max(count, 1))), 1)


def density_of(curve: Drawn, pixels_per_step: float) -> Density:
    """Decide how the curve has to be drawn at this scale."""
    if points_in(curve) <= 1:
        return "dot"
    length = (curve.steps[-1] - curve.steps[0]) * pixels_per_step
    return "dense" if length / len(curve.steps) < DENSE else "sparse"


def points_in(curve: Drawn) -> int:
    """Count those of its points that can be drawn."""
    return int(np.isfinite(curve.values).sum()) if curve.has_gaps else len(curve.values)


def plotted(curve: Drawn, backend: str, density: Density, pixels_per_step: float) -> dict[str, Any]:
    """Return what goes to ``PlotCurveItem.setData``."""
    steps, values = curve.steps, curve.values
    if density == "dot":
        there = np.isfinite(values)
        ends = np.array([-1.0, 1.0]) / pixels_per_step  # Qt draws no line without a length
        across = np.repeat(steps[there], 2) + np.resize(ends, 2 * points_in(curve))
        return {"x": across, "y": np.repeat(values[there], 2), "connect": "all"}
    if density == "sparse" or backend == "diy":
        return {"x": steps, "y": values, "connect": "finite" if curve.has_gaps else "all"}
    inked = np.floor(steps * (pixels_per_step / DASH)) % 2 == 0
    if curve.has_gaps:
        ends = np.isfinite(values)
        inked[:-1] &= ends[:-1] & ends[1:]
        values = np.where(ends, values, 0.0)
    return {"x": steps, "y": values, "connect": inked.astype(np.int32)}


def pen_of(
    backend: str,
    color: str,
    theme: Theme,
    density: Density = "sparse",
    ratio: float = 1.0,
    faded: bool = False,
    thinness: float = 1.0,
) -> QPen:
    """Return the pen of a lane. DIY: broad, solid, pale. torch: narrow, dashed, full on top. Where they agree, both
    show.

    ``faded``, for branches: the same, each half as broad and paler still.
    ``ratio``: the screen's pixels to one of the window's; pyqtgraph's pens count the screen's.
    ``thinness``: of the usual width, HAIR for one pixel.
    Qt's own dashes take tens of milliseconds along a dense, noisy curve; there ``plotted`` leaves the gaps.
    """
    diy, broad = backend == "diy", FADED if faded else 1.0
    share = (0.55 if diy else 1.0) * (FADED if faded else 1.0)
    width = (5 if diy else 2) * broad * line_scale()
    pen = pg.mkPen(pale(color, theme, share), width=width * ratio * thinness or 1)
    if density == "sparse" and not diy:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        dash = DASH if thinness == HAIR else DASH / width  # in units of the pen's width
        pen.setDashPattern([dash, dash])
    pen.setCapStyle(_CAPS.get((backend, density), Qt.PenCapStyle.RoundCap))
    return pen


def pale(color: str, theme: Theme, share: float) -> QColor:
    """Mix the colour into the plot's background: opaque, which Qt draws several times as fast."""
    return QColor(_mixed(color, theme.plot_background, share))


@lru_cache(maxsize=4096)
def _mixed(color: str, background: str, share: float) -> QColor:
    front, back = QColor(color), QColor(background)
    parts = zip((front.red(), front.green(), front.blue()), (back.red(), back.green(), back.blue()), strict=True)
    red, green, blue = (round(share * a + (1 - share) * b) for a, b in parts)
    return QColor(red, green, blue)
