"""The curves of a comparison as pictures: DIY broad and pale, torch dashed on top of it, as in the window."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Axis, RaceCurve
from engine.spec import shapes_of
from engine.spec.groups import groups_of

from .figures import Figures, LaneFigures
from .svg import INK, MUTED, label_powers, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (8.2, 4.2)  # inches
BEYOND = 1e3  # times the highest loss that a lane begins with: what explodes leaves the picture there
LONGEST = 26  # letters of a label in the legend
APART = 0.042  # of the picture's height, between two numbers at the curves' ends
BESIDE = 0.03  # of its width, within which numbers would overlap
LINES: dict[str, dict[str, Any]] = {
    "diy": {"linewidth": 3.2, "alpha": 0.45, "zorder": 2, "solid_capstyle": "round"},
    "torch": {"linewidth": 1.1, "linestyle": (0, (4, 3)), "zorder": 3},
}
TRAINING: dict[str, Any] = {"linewidth": 1.0, "linestyle": ":", "marker": "o", "markersize": 2.6, "zorder": 4}
TEST: dict[str, Any] = {"linewidth": 1.2, "marker": "D", "markersize": 4.4, "markerfacecolor": "none", "zorder": 5}
MOST_MARKS = 24  # of a test curve: more would hide it
AXES: dict[Axis, str] = {"step": "step", "seconds": "seconds_axis", "evaluations": "evaluations_axis"}


class View(NamedTuple):
    """Bound the losses that are seen. On a logarithmic scale those that are not above 0 are not."""

    log: bool
    low: float
    high: float


def loss_picture(figures: Figures, axis: Axis, words: Mapping[str, str], clear: bool = False) -> str:
    """Draw the losses of all lanes shown, over steps, seconds or evaluations, and return the SVG text."""
    curves = figures.curves[axis]
    shown = [(lane, curve) for lane, curve in zip(figures.lanes, curves, strict=True) if not lane.hidden]
    kinds = [losses for _, curve in shown for losses in (curve.losses, curve.training, curve.test)]
    view = view_of([losses for losses in kinds if losses is not None])

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        axes.set(xlabel=words[AXES[axis]], ylabel=words["loss" if figures.every is None else "batch_loss"])
        axes.grid()
        if view is None:
            axes.text(0.5, 0.5, words["no_loss"], transform=axes.transAxes, ha="center", color=MUTED)
        else:
            set_view(axes, view)
            for lane, curve in shown:
                axes.plot(
                    curve.x, _within(curve.losses, view.log), color=figures.colors[lane.entry], **_line(curve, lane)
                )
            _plot_evaluated(axes, figures, shown, view)
            _number_ends(axes, figures, _ends(axes, [(lane, curve.x, curve.losses) for lane, curve in shown], view))
        _legend(figure, figures, words)

    return svg(SIZE, draw, clear=clear)


def _plot_evaluated(axes: "Axes", figures: Figures, shown: Sequence[tuple[LaneFigures, RaceCurve]], view: View) -> None:
    """Draw the losses over all rows and the test rows, of one lane of a pair: the other's lie upon them."""
    begun: set[int] = set()
    for lane, curve in shown:
        if lane.entry in begun:
            continue
        begun.add(lane.entry)
        color = figures.colors[lane.entry]
        if curve.training is not None and curve.training_x is not None:
            axes.plot(curve.training_x, _within(curve.training, view.log), color=color, **TRAINING)
        if curve.test is not None and curve.test_x is not None:
            every = max(len(curve.test) // MOST_MARKS, 1)
            axes.plot(curve.test_x, _within(curve.test, view.log), color=color, markevery=every, **TEST)


def rate_picture(figures: Figures, words: Mapping[str, str], clear: bool = False) -> str:
    """Draw each entry's learning rate over the steps and return the SVG text."""
    rates = [(entry, rate) for entry, rate in enumerate(figures.rates) if rate is not None and figures.shown(entry)]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        axes.set(xlabel=words["step"], ylabel=words["rates"])
        axes.grid()
        if (view := view_of([rate.losses for _, rate in rates])) is not None:
            set_view(axes, view)
        for entry, rate in rates:
            axes.plot(
                rate.steps,
                _finite(rate.losses),
                color=figures.colors[entry],
                linewidth=1.5,
                label=_whose_rate(figures, entry, words),
            )
        if rates:
            figure.legend(loc="outside right upper", frameon=False, fontsize=8)

    return svg(SIZE, draw, clear=clear)


def _whose_rate(figures: Figures, entry: int, words: Mapping[str, str]) -> str:
    """Name an entry, and of one with groups the group whose rate is drawn: the last."""
    name, whole = _name(figures, entry), figures.spec.optimizers[entry]
    if not whole.groups:
        return name
    last = groups_of(whole, shapes_of(figures.spec))[-1]
    if last.place is None:  # the rest
        return words["rate_of_rest"].format(entry=name)
    return words["rate_of_group"].format(entry=name, match=whole.groups[last.place].match)


def view_of(losses: Sequence[Array]) -> View | None:
    """Return the view of all losses but those that explode; None where there is nothing to be seen.

    It is logarithmic where nothing is below 0 and the losses differ by a power of ten.
    """
    finite = [own[np.isfinite(own)] for own in losses]
    there = np.concatenate([*finite, np.empty(0)])
    if not there.size:
        return None
    low, high = float(there.min()), float(there.max())
    first = max((float(own[0]) for own in finite if own.size), default=high)
    above = there[there > 0]
    if low >= 0 and above.size and high > 10 * above.min():
        low, high = float(above.min()), min(high, max(BEYOND * first, 10 * float(above.min())))
        room = (high / low) ** 0.04
        return View(True, low / room, high * room)
    if high - low > BEYOND * abs(first):
        low, high = max(low, -BEYOND * abs(first)), min(high, BEYOND * abs(first))
    room = (high - low) * 0.04 or abs(high) * 0.04 or 1.0
    return View(False, low - room, high + room)


def set_view(axes: "Axes", view: View) -> None:
    """Give the vertical axis the view's range and scale."""
    if view.log:
        axes.set_yscale("log")
        label_powers(axes.yaxis)
    axes.set_ylim(view.low, view.high)


def _within(losses: Array, log: bool) -> Array:
    """Return the values with a gap where nothing can be drawn."""
    losses = _finite(losses)
    return np.where(losses > 0, losses, np.nan) if log else losses


def _finite(values: Array) -> Array:
    return np.where(np.isfinite(values), values, np.nan)


def _line(curve: RaceCurve, lane: LaneFigures) -> dict[str, Any]:
    """Return how a curve is drawn: a single point, which has no line, as a dot."""
    dot = {"marker": "o", "markersize": 4} if np.isfinite(curve.losses).sum() == 1 else {}
    return LINES[lane.backend] | dot


# --- numbers at the ends, and what they mean -------------------------------------------------------


def _ends(
    axes: "Axes", shown: Sequence[tuple[LaneFigures, Array, Array]], view: View
) -> list[tuple[int, float, float]]:
    """Find each entry's number and where its curve ends, as shares of the picture, none upon another."""
    axes.get_xlim()  # has matplotlib find the range, without which nothing has a place
    ends: dict[int, tuple[float, float]] = {}
    for lane, x, losses in shown:
        there = np.flatnonzero(np.isfinite(_within(losses, view.log)))
        if len(there) and lane.entry not in ends:
            place = axes.transScale.transform((float(x[there[-1]]), float(losses[there[-1]])))
            across, up = axes.transLimits.transform(place)
            ends[lane.entry] = float(across), float(min(max(up, 0.0), 1.0))
    return spread([(entry, *place) for entry, place in ends.items()])


def spread(ends: list[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """Move numbers that overlap up from the lowest on, and down again from the top where they would leave the picture.

    Each is an entry and two shares of the picture: across and up.
    """
    placed: list[tuple[int, float, float]] = []
    for entry, across, up in sorted(ends, key=lambda end: end[2]):
        below = [other for _, beside, other in placed if abs(beside - across) < BESIDE]
        placed.append((entry, across, max([up, *(other + APART for other in below)])))
    kept: list[tuple[int, float, float]] = []
    for entry, across, up in reversed(placed):
        above = [other for _, beside, other in kept if abs(beside - across) < BESIDE]
        kept.append((entry, across, min([up, 1.0, *(other - APART for other in above)])))
    return kept


def _number_ends(axes: "Axes", figures: Figures, ends: Sequence[tuple[int, float, float]]) -> None:
    for entry, across, up in ends:
        axes.annotate(
            str(entry + 1), (across, up), (4, 0), xycoords="axes fraction", textcoords="offset points",
            color=figures.colors[entry], va="center", fontsize=8, fontweight="bold", annotation_clip=False,
        )  # fmt: skip


def _legend(figure: Any, figures: Figures, words: Mapping[str, str]) -> None:
    """Add a line for each entry, and what the two kinds of lines are."""
    from matplotlib.lines import Line2D

    entries = [entry for entry in range(len(figures.colors)) if figures.shown(entry)]
    handles = [Line2D([], [], color=figures.colors[entry], linewidth=2) for entry in entries]
    names = [_name(figures, entry) for entry in entries]
    shown = [lane for lane in figures.lanes if not lane.hidden]
    sides = {(lane.backend, figures.spec.optimizers[lane.entry].own_side(lane.backend)) for lane in shown}
    for backend, side in sorted(sides):
        handles.append(Line2D([], [], color=INK, **LINES[backend]))
        names.append(words[f"{side}_line"])
    if figures.every is not None:
        handles.append(Line2D([], [], color=INK, **TRAINING))
        names.append(words["training_line"])
    if figures.has_test:
        handles.append(Line2D([], [], color=INK, **TEST))
        names.append(words["test_line"])
    if handles:
        figure.legend(handles, names, loc="outside right upper", frameon=False, fontsize=8)


def _name(figures: Figures, entry: int) -> str:
    label = figures.spec.labels[entry]
    return f"{entry + 1}  {label if len(label) <= LONGEST else label[: LONGEST - 1] + '…'}"
