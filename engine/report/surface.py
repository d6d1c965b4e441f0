"""A loss surface with the entries' paths as a picture. Its colours are near the ground's: the paths must stand out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import MainPlane, RacePath, RandomPlane, SurfacePart, WeightPlane, loss_scale
from engine.spec.palette import TERRAIN_ON_DARK, TERRAIN_ON_LIGHT, shades

from .figures import Figures
from .numbers import percent
from .svg import GROUND, INK, MUTED, png, power, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (7.2, 5.0)  # inches
BANDS = 18  # of colour, at the most
CASING, PATH = 3.2, 1.5  # points


class Heights(NamedTuple):
    """Hold the losses as they are drawn, NaN where they are no numbers, and where a colour ends and the next begins."""

    values: Array
    levels: Array
    log: bool


def surface_picture(figures: Figures, part: SurfacePart, words: Mapping[str, str], clear: bool = False) -> str:
    """Draw a loss surface with the paths of the entries shown, and return the SVG text."""
    return svg(SIZE, _drawing(figures, part, words), clear=clear)


def surface_png(figures: Figures, part: SurfacePart, words: Mapping[str, str]) -> bytes:
    """Return the same picture as PNG."""
    return png(SIZE, _drawing(figures, part, words))


def _drawing(figures: Figures, part: SurfacePart, words: Mapping[str, str]) -> Callable[[Any], None]:
    heights = heights_of(part.values)

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        first, second = axis_titles(figures, part, words)
        axes.set(xlabel=first, ylabel=second)
        if not np.isfinite(part.values).all():
            axes.patch.set(hatch="xxx", edgecolor=MUTED, linewidth=0)
            axes.text(
                1, 1.01, words["surface_not_finite"], transform=axes.transAxes, ha="right", va="bottom", color=MUTED
            )
        if heights is not None:
            _draw_surface(figure, axes, part, heights, words)
        axes.set(xlim=(part.x[0], part.x[-1]), ylim=(part.y[0], part.y[-1]))
        for path in figures.paths:
            if figures.shown(path.entry):
                _draw_path(axes, path, figures.colors[path.entry])
        _draw_marks(axes, part)

    return draw


def heights_of(losses: Array) -> Heights | None:
    """Return what is drawn of the losses, logarithmic where nothing is below 0; None where nothing is finite."""
    from matplotlib.ticker import MaxNLocator

    scale = loss_scale(losses)
    if scale is None:
        return None
    low, high = (scale.low - 0.5, scale.high + 0.5) if scale.flat else (scale.low, scale.high)
    levels = np.asarray(MaxNLocator(BANDS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high))
    return Heights(scale._replace(low=levels[0], high=levels[-1]).heights(losses), levels, scale.log)


def _draw_surface(figure: Any, axes: "Axes", part: SurfacePart, heights: Heights, words: Mapping[str, str]) -> None:
    values = np.ma.masked_invalid(heights.values)
    if min(values.shape) < 2:
        return
    colors = terrain(len(heights.levels) - 1)
    filled = axes.contourf(part.x, part.y, values, heights.levels, colors=colors)
    axes.contour(part.x, part.y, values, heights.levels, colors=INK, linewidths=0.4, alpha=0.35, linestyles="solid")
    bar = figure.colorbar(filled, ax=axes, label=words["loss"], pad=0.02)
    ticks = heights.levels[:: 2 if len(heights.levels) > 10 else 1]
    bar.set_ticks(ticks, labels=[_loss(tick, heights.log) for tick in ticks.tolist()])


def _loss(height: float, log: bool) -> str:
    return power(float(f"{10**height:.2g}")) if log else f"{height:g}"


def terrain(bands: int, dark: bool = False) -> list[str]:
    """Return a colour for each band, from low to high."""
    stops = TERRAIN_ON_DARK if dark else TERRAIN_ON_LIGHT
    return ["#" + color.tobytes().hex() for color in shades(stops, max(bands, 1))]


def _draw_path(axes: "Axes", path: RacePath, color: str) -> None:
    line: dict[str, Any] = {"solid_capstyle": "round", "solid_joinstyle": "round"}
    axes.plot(path.x, path.y, color=GROUND, linewidth=CASING, alpha=0.75, zorder=4, **line)
    axes.plot(path.x, path.y, color=color, linewidth=PATH, zorder=5, **line)
    if path.best is not None:
        axes.plot(*path.best, "*", color=color, markeredgecolor=GROUND, markersize=11, markeredgewidth=0.8, zorder=7)
    there = np.flatnonzero(np.isfinite(path.x) & np.isfinite(path.y))
    if len(there) > 1:
        end = (float(path.x[there[-1]]), float(path.y[there[-1]]))
        axes.annotate(
            str(path.entry + 1), end, (6, 4), textcoords="offset points", color=color, fontsize=8, fontweight="bold",
            annotation_clip=True, zorder=8,
        )  # fmt: skip


def _draw_marks(axes: "Axes", part: SurfacePart) -> None:
    axes.plot(*part.start, "o", color=GROUND, markeredgecolor=INK, markersize=7, markeredgewidth=1.5, zorder=8)
    for place in part.minima:
        axes.plot(*place, "x", color=INK, markersize=7, markeredgewidth=2, zorder=6)


def axis_titles(figures: Figures, part: SurfacePart, words: Mapping[str, str]) -> tuple[str, str]:
    """Return the titles of both axes: coordinates, weights, or directions with the variance that they explain."""
    if figures.spec.problem is not None:
        return "x", "y"
    if isinstance(part.plane, WeightPlane):
        return _place(*part.plane.first), _place(*part.plane.second)
    first, second = (words["direction"].format(number=number) for number in (1, 2))
    if part.shares is None:
        return first, second
    return f"{first} ({percent(part.shares[0])})", f"{second} ({percent(part.shares[1])})"


def _place(tensor: str, index: tuple[int, ...]) -> str:
    return f"{tensor}[{', '.join(map(str, index))}]"


def note(figures: Figures, part: SurfacePart, words: Mapping[str, str]) -> str:
    """Say what the plane is, and what is marked on it."""
    texts = [_plane(figures, part, words), words["surface_marks"]]
    if part.minima:
        texts.append(words["surface_minima"])
    if part.done < 1:
        texts.append(words["surface_part"])
    return " ".join(texts)


def _plane(figures: Figures, part: SurfacePart, words: Mapping[str, str]) -> str:
    if figures.spec.problem is not None:
        return words["surface_function"]
    if isinstance(part.plane, MainPlane):
        first, second = part.shares or (0.0, 0.0)
        return words["surface_main"].format(first=percent(first), second=percent(second))
    return words["surface_random" if isinstance(part.plane, RandomPlane) else "surface_weights"]
