"""What the window asks of a race of optimizers, and what it is told: curves, table, paths."""

from typing import Literal, NamedTuple

from numpy import ndarray as Array

from engine.spec import RowsFor

from .curves import BranchCurves, Curve

Axis = Literal["step", "seconds", "evaluations"]


# --- what is asked for, window → engine --------------------------------------------------------


class RaceRequest(NamedTuple):
    """Ask for a race. ``pixels``: the plot's width. ``span``: the visible range in the axis's units, None for all.

    ``smoothing``: the share of the running mean that each step keeps, 0 (none) to below 1. ``target``: a loss of
    which the table tells when it was first reached, over the rows that train or, by ``target_of``, those that test.
    ``at``: where on the axis to read out. ``table`` and ``paths`` are False while not on screen; paths are those on the
    plane of the newest surface. ``branches``: abandoned futures too, which are known over steps alone.
    """

    pixels: int
    axis: Axis = "step"
    span: tuple[float, float] | None = None
    smoothing: float = 0.0
    target: float | None = None
    target_of: RowsFor = "training"
    at: float | None = None
    table: bool = True
    paths: bool = False
    branches: bool = False


# --- what is shown, engine → window ------------------------------------------------------------


class RaceCurve(NamedTuple):
    """Hold a lane's batch losses over the axis asked for, thinned as ``Curve``; ``smooth`` is their running mean.

    A loss lies where it was known: after the first evaluation of its step, of which LBFGS takes several.
    ``at``: the loss at the last step that is not beyond the place read out; None before the first. ``training`` is the
    loss over all training rows, after each step at which it is known; None where every batch is of all rows. ``test``
    is the same of the test rows; None where there are none. ``here`` is the point of the curve at which the run stands;
    None at the start.
    """

    x: Array
    losses: Array
    smooth_x: Array | None
    smooth: Array | None
    at: float | None
    training_x: Array | None = None
    training: Array | None = None
    here: tuple[float, float] | None = None
    test_x: Array | None = None
    test: Array | None = None


class RaceRow(NamedTuple):
    """Hold a lane's line of the table: where the run stands, and what led there.

    ``final`` is the loss over all training rows at the weights that the lane stands at (while a run goes on, at the
    last ones for which it is known), ``best`` the least that is known, ``best_step`` the step after which it was (0:
    the start) and ``target_step`` the first after which it was at most the target. ``area`` is the mean of log10 of the
    batches' losses (NaN where one has no logarithm). ``grad_norm`` is that of the step stood at. ``seconds`` is all
    compute, ``seconds_per_step`` its share of a step. ``state_bytes`` is what the optimizer keeps, per weight.
    ``test`` is as ``final``, but over the test rows. ``accuracy`` and ``test_accuracy`` are the shares of rows that are
    answered rightly, where targets are classes. NaN or None where nothing is known yet.
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
    test: float = float("nan")
    accuracy: float = float("nan")
    test_accuracy: float = float("nan")


class RacePath(NamedTuple):
    """Hold an entry's path on the newest surface's plane: from the start to the newest step.

    ``best`` is the point, of those on the path, of the lowest loss, ``here`` the one where the run stands. Of an entry
    with both lanes it is DIY's path.
    """

    entry: int
    x: Array
    y: Array
    best: tuple[float, float] | None
    here: tuple[float, float] | None = None


class Race(NamedTuple):
    """Hold the race's curves and table, both in the order of ``Loaded.lanes``.

    ``rates``: of each entry that has a schedule its learning rate over the steps, else None. ``job``: the surface that
    ``paths`` lie on. ``step``: where the run stands, ``newest`` the last recorded one; ``every``: how many steps lie
    between two evaluations on all training rows, None where every batch is of all rows; ``test_every``: on the test
    rows, None where there are none.
    """

    axis: Axis
    curves: tuple[RaceCurve, ...]
    rows: tuple[RaceRow, ...]
    rates: tuple[Curve | None, ...]
    job: int | None
    paths: tuple[RacePath, ...]
    step: int = 0
    newest: int = 0
    every: int | None = None
    branches: tuple[BranchCurves, ...] = ()
    test_every: int | None = None
