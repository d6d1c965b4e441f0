"""What the window asks to see of a run, and the frame that shows it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from numpy import ndarray as Array

from .parity import PairParity

if TYPE_CHECKING:
    from .race import Race, RaceRequest

Quantity = str  # "grad", "weight", "step_size" (effective), or the symbol of a state entry: "m", "v", "b" …


# --- what is asked for, window → engine --------------------------------------------------------


class CurveRequest(NamedTuple):
    """``pixels``: the plot's width. ``steps``: the visible range, None for all. ``at``: a step to read out."""

    pixels: int
    steps: tuple[float, float] | None = None
    at: int | None = None


class MapRequest(NamedTuple):
    """Which matrix the heatmaps show, on how many pixels, and the (row, column) to read out."""

    entry: int
    tensor: str
    quantity: Quantity
    pixels: tuple[int, int]
    at: tuple[int, int] | None = None


class FrameRequest(NamedTuple):
    """``curves``, ``maps`` or ``race`` is None when it is not on screen."""

    generation: int
    curves: CurveRequest | None
    maps: MapRequest | None
    race: "RaceRequest | None" = None


# --- what is shown, engine → window ------------------------------------------------------------


class Curve(NamedTuple):
    """A lane's loss, thinned to the plot's width with each pixel column's minimum and maximum kept."""

    steps: Array
    losses: Array


class Branch(NamedTuple):
    """An abandoned future of the run: what followed step ``start`` before a change was made there.

    It lasted to step ``end``. ``entry`` is the optimizer entry that was changed, ``params`` what it had in
    the branch (at its start), ``lanes`` the places in ``Loaded.lanes`` of the entry's lanes, whose losses are kept.
    """

    number: int  # 1, 2, 3 … over the run; never given twice
    start: int
    end: int
    entry: int
    params: dict[str, Any]
    lanes: tuple[int, ...]


class BranchCurves(NamedTuple):
    """The losses of a branch's lanes from its start on, and at the step read out (None: not in the branch)."""

    branch: Branch
    curves: tuple[Curve, ...]
    at: tuple[float, ...] | None


class Curves(NamedTuple):
    """``lanes`` in the order of ``Loaded.lanes``; ``at``: the step read out and each lane's exact loss there.

    Curves reach to the newest recorded step, wherever the run stands.
    """

    lanes: tuple[Curve, ...]
    at: tuple[int, tuple[float, ...]] | None
    branches: tuple[BranchCurves, ...] = ()


class Reading(NamedTuple):
    """One element of the matrices shown. None where a lane is not there; ``delta`` is diy - torch."""

    row: int
    column: int
    diy: float | None
    torch: float | None
    delta: float | None
    ulps: float | None


class Maps(NamedTuple):
    """A matrix of both lanes of a pair and their difference, pooled where larger than its pixels.

    ``shape`` is the matrix's own, ``block`` how many rows and columns of it one cell stands for; a
    cell shows its block's element that is largest in magnitude. A bias is a matrix of one row.
    ``scale`` is the largest finite magnitude in both lanes, ``delta_scale`` and ``ulps_scale`` that
    of the difference. Arrays are None where a lane is not there or has no such state yet, the difference's also
    where the two are of unlike shapes; ``shape`` then holds both.
    The quantity ``step_size`` is what the newest update took from each weight, divided by its gradient (NaN
    where that is 0); ``rate`` is then the learning rate in force.
    """

    request: MapRequest
    shape: tuple[int, int]
    block: tuple[int, int]
    diy: Array | None
    torch: Array | None
    delta: Array | None
    ulps: Array | None
    scale: float
    delta_scale: float
    ulps_scale: float
    reading: Reading | None
    rate: float | None = None


class Frame(NamedTuple):
    """What the window needs for one redraw. ``step`` 0 is the start, before any step.

    ``step`` is where the run stands: losses, maps and parity are of it. ``newest`` is the last recorded
    step, and ``branches`` what became of other futures. ``hits``: how often each breakpoint has been met.
    ``judging``: steps up to this one are still to be judged, so that another frame may tell more of the pairs.
    """

    generation: int
    step: int
    running: bool
    steps_per_second: float
    losses: tuple[float, ...]  # of each lane at the newest step, before its update
    curves: Curves | None
    maps: Maps | None
    pairs: tuple[PairParity, ...]
    newest: int = 0
    branches: tuple[Branch, ...] = ()
    hits: tuple[int, ...] = ()
    race: "Race | None" = None
    judging: bool = False
