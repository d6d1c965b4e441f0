"""The losses over the steps: what the window asks to see of them, and what it is shown."""

from typing import Any, NamedTuple

from numpy import ndarray as Array


class CurveRequest(NamedTuple):
    """Ask for curves: ``pixels`` wide, of ``steps`` (None: all); ``at`` is a step to read out."""

    pixels: int
    steps: tuple[float, float] | None = None
    at: int | None = None


class Curve(NamedTuple):
    """Hold a lane's loss, thinned to the plot's width with each pixel column's minimum and maximum kept."""

    steps: Array
    losses: Array


class Evaluated(NamedTuple):
    """Hold a loss over all rows of a kind, and after which step it was; 0 is the start."""

    step: int
    loss: float


class Branch(NamedTuple):
    """Describe an abandoned future of the run: what followed step ``start`` before a change was made there.

    It lasted to step ``end``. ``entry`` is the optimizer entry that was changed, ``params`` what it had in
    the branch (at its start), ``lanes`` the places in ``Loaded.lanes`` of the entry's lanes, whose losses are kept.
    ``files`` of own code held other texts in it.
    """

    number: int  # 1, 2, 3 … over the run; never given twice
    start: int
    end: int
    entry: int
    params: dict[str, Any]
    lanes: tuple[int, ...]
    files: tuple[str, ...] = ()


class BranchCurves(NamedTuple):
    """Hold the losses of a branch's lanes from its start on, and at the step read out (None: not in the branch)."""

    branch: Branch
    curves: tuple[Curve, ...]
    at: tuple[float, ...] | None


class Curves(NamedTuple):
    """Hold curves in the order of ``Loaded.lanes``; ``at``: the step read out and each lane's exact loss there.

    Curves reach to the newest recorded step, wherever the run stands. A lane's loss is that of each step's batch,
    before its update; ``training`` are the losses over all training rows, after the steps at which they are known:
    none where every batch is of all rows. ``test`` are those over the test rows, and ``test_at`` the last known one of
    each lane up to the step read out, or else the one stood at: none where no rows test.
    """

    lanes: tuple[Curve, ...]
    at: tuple[int, tuple[float, ...]] | None
    branches: tuple[BranchCurves, ...] = ()
    training: tuple[Curve, ...] = ()
    test: tuple[Curve, ...] = ()
    test_at: tuple[Evaluated, ...] = ()
