"""What the window asks of a race of optimizers, and what it is told: curves, table, paths."""

from typing import Literal, NamedTuple

from numpy import ndarray as Array

from .frame import Curve

Axis = Literal["step", "seconds", "evaluations"]


# --- what is asked for, window → engine --------------------------------------------------------


class RaceRequest(NamedTuple):
    """``pixels``: the plot's width. ``span``: the visible range in the axis's units, None for all.

    ``smoothing``: the share of the running mean that each step keeps, 0 (none) to below 1. ``target``: a loss of
    which the table tells when it was first reached. ``at``: where on the axis to read out. ``table`` and ``paths``
    are False while not on screen; paths are those on the plane of the newest surface.
    """

    pixels: int
    axis: Axis = "step"
    span: tuple[float, float] | None = None
    smoothing: float = 0.0
    target: float | None = None
    at: float | None = None
    table: bool = True
    paths: bool = False


# --- what is shown, engine → window ------------------------------------------------------------


class RaceCurve(NamedTuple):
    """A lane's loss over the axis asked for, thinned as ``Curve`` is; ``smooth`` is its running mean, if any.

    A loss lies where it was known: after the first evaluation of its step, of which LBFGS takes several.
    ``at``: the loss at the last step that is not beyond the place read out; None before the first.
    """

    x: Array
    losses: Array
    smooth_x: Array | None
    smooth: Array | None
    at: float | None


class RaceRow(NamedTuple):
    """A lane's line of the table, over all that is recorded of it.

    ``final`` and ``best`` are losses; ``area`` is the mean of log10(loss) over the steps (NaN where a loss has no
    logarithm); ``target_step`` the first step whose loss is at most the target. ``grad_norm`` is that of the
    newest step taken. ``seconds`` is all compute, ``seconds_per_step`` its share of a step. ``state_bytes`` is what
    the optimizer keeps, per weight. NaN or None where nothing is known yet.
    """

    final: float
    best: float
    best_step: int | None
    target_step: int | None
    area: float
    grad_norm: float
    seconds: float
    seconds_per_step: float
    evaluations: int
    state_bytes: float


class RacePath(NamedTuple):
    """Where an entry's weights have been, on the newest surface's plane: from the start to the newest step.

    ``best`` is the point, of those on the path, of the lowest loss. Of an entry with both lanes it is DIY's path.
    """

    entry: int
    x: Array
    y: Array
    best: tuple[float, float] | None


class Race(NamedTuple):
    """``curves`` and ``rows`` in the order of ``Loaded.lanes``; ``rates``: of each entry that has a schedule its
    learning rate over the steps, else None. ``job``: the surface that ``paths`` lie on.
    """

    axis: Axis
    curves: tuple[RaceCurve, ...]
    rows: tuple[RaceRow, ...]
    rates: tuple[Curve | None, ...]
    job: int | None
    paths: tuple[RacePath, ...]
