"""A sweep as a picture, without a window: final loss against the hyperparameter, or a map where there are two."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy import ndarray as Array

from engine.protocol import REPORT_WORDS, Spread, SweepAxis, SweepPart, SweepPlan, lowest, spread_of
from engine.spec import ExperimentSpec, RowsFor, path_in_words

from .svg import MUTED, label_powers, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (7.2, 4.2)  # inches
MOST_CELLS = 2500  # of a map that are drawn one by one; more become an image within it
DECADES = 12  # that a map's colours tell apart
COLOR, DIVERGED = "#0072b2", "#c84e00"


def picture(
    spec: ExperimentSpec,
    part: SweepPart,
    color: str = COLOR,
    *,
    words: Mapping[str, str] = REPORT_WORDS,
    clear: bool = False,
    by: RowsFor = "training",
) -> str:
    """Draw a sweep and return the SVG text, the same for the same sweep.

    ``color`` is the entry's; ``clear``: without a ground of its own; ``by``: over which rows the losses are.
    """
    spread, loss = spread_of(part, by=by), words["test_loss" if by == "test" else "final_loss"]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        if len(part.plan.axes) > 1:
            _draw_map(figure, axes, part.plan, spread, loss, words)
        else:
            _draw_line(axes, part.plan, spread, loss, color, words)
        axes.set_title(title(spec, part, words), loc="left", fontsize=9)

    return svg(SIZE, draw, clear=clear)


def title(spec: ExperimentSpec, part: SweepPart, words: Mapping[str, str] = REPORT_WORDS) -> str:
    """Say of which entry the sweep is, after how many steps, from how many starts."""
    steps = f"{part.step:,} / {part.plan.steps:,}" if part.step < part.plan.steps else f"{part.step:,}"
    told = words["sweep_title"].format(label=spec.labels[part.plan.entry], steps=steps)
    return told + (words["sweep_seeds"].format(count=len(part.plan.seeds)) if part.plan.seeds else "")


def _draw_line(axes: "Axes", plan: SweepPlan, spread: Spread, loss: str, color: str, words: Mapping[str, str]) -> None:
    (axis,) = plan.axes
    median, low, high = (losses[:, 0] for losses in (spread.median, spread.low, spread.high))
    x = np.asarray(axis.values)
    if len(plan.seeds) > 1:
        axes.fill_between(x, low, high, color=color, alpha=0.2, linewidth=0, label=words["all_seeds"])
    marker = "o" if len(x) <= 64 else None
    axes.plot(
        x, median, color=color, marker=marker, markersize=3, label=words["median"] if len(plan.seeds) > 1 else None
    )
    _scale(axes, axis, median)
    lost = spread.diverged[:, 0] > 0
    if lost.any():  # at the top edge, wherever the losses end
        edge = axes.get_xaxis_transform()
        top = np.ones(int(lost.sum()))
        axes.plot(
            x[lost], top, "v", color=DIVERGED, markersize=5, clip_on=False, transform=edge, label=words["diverged"]
        )
    if lost.any() or len(plan.seeds) > 1:
        axes.legend(frameon=False)
    axes.set_ylabel(loss)
    axes.grid(alpha=0.25)


def _scale(axes: "Axes", axis: SweepAxis, losses: Array) -> None:
    axes.set_xlabel(path_in_words(axis.path))
    if axis.log:
        axes.set_xscale("log")
        label_powers(axes.xaxis)
    there = losses[np.isfinite(losses)]
    if len(there) and there.min() > 0 and there.max() > 10 * there.min():
        axes.set_yscale("log")
        label_powers(axes.yaxis)


def _draw_map(figure: Any, axes: "Axes", plan: SweepPlan, spread: Spread, loss: str, words: Mapping[str, str]) -> None:
    across, up = plan.axes
    losses = np.ma.masked_invalid(spread.median.T)
    sides = edges(across), edges(up)
    if losses.count():
        norm, extend = _colors(losses)
        many = losses.size > MOST_CELLS
        mesh = axes.pcolormesh(
            *sides, losses, norm=norm, cmap="viridis_r", edgecolors="face", linewidth=0.2, rasterized=many
        )
        bar = figure.colorbar(mesh, ax=axes, label=loss, extend=extend)
        if norm is not None:
            label_powers(bar.ax.yaxis)
    gone = np.ma.masked_where(~np.isnan(spread.median.T), np.zeros_like(spread.median.T))
    if gone.count():
        axes.pcolor(
            *sides, gone, facecolor="none", edgecolor=DIVERGED, hatch="xxx", linewidth=0, cmap="Greys", alpha=0.3
        )
        axes.text(1.0, 1.01, words["hatched"], transform=axes.transAxes, ha="right", va="bottom", color=MUTED)
    if (best := lowest(spread)) is not None:
        axes.plot(
            across.values[best[0]], up.values[best[1]], "*", color="white", markeredgecolor="black", markersize=11
        )
    axes.set(xlabel=path_in_words(across.path), ylabel=path_in_words(up.path))
    if across.log:
        axes.set_xscale("log")
        label_powers(axes.xaxis)
    if up.log:
        axes.set_yscale("log")
        label_powers(axes.yaxis)


def _colors(losses: Any) -> tuple[Any, str]:
    """Scale colours by the logarithm where there is one, down to so far below the highest.

    One perfect fit must not hide the rest.
    """
    from matplotlib.colors import LogNorm

    low, high = float(losses.min()), float(losses.max())
    if low <= 0 or high <= 10 * low:
        return None, "neither"
    least = max(low, high * 10.0**-DECADES)
    return LogNorm(least, high), "min" if least > low else "neither"


def edges(axis: SweepAxis) -> Array:
    """Return where the cells of a map meet, (values + 1,): midway between two values, as the axis measures it."""
    values = np.log(axis.values) if axis.log else np.asarray(axis.values, float)
    if len(values) == 1:
        half = 0.5 if axis.log else max(abs(values[0]), 1.0) / 2
        found = np.array([values[0] - half, values[0] + half])
    else:
        between = (values[1:] + values[:-1]) / 2
        found = np.concatenate([[2 * values[0] - between[0]], between, [2 * values[-1] - between[-1]]])
    return np.exp(found) if axis.log else found
