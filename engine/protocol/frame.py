"""What the window asks to see of a run, and the frame that shows it."""

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from numpy import ndarray as Array

if TYPE_CHECKING:
    from .race import Race, RaceRequest

Quantity = str  # "grad", "weight", "step_size" (effective), or the symbol of a state entry: "m", "v", "b" …
Verdict = Literal["lockstep", "drift", "diverged"]


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
    of the difference. Arrays are None where a lane is not there or has no such state yet.
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


class Distance(NamedTuple):
    """How far the lanes of a pair are apart, over a group of tensors, at one step, and where.

    The three maxima may come from different elements; ``tensor[index]`` is where ``max_abs`` is, and
    ``ulps`` the distance of that element in ULPs. Beside a 0 a tiny number is millions of ULPs away, so
    ``max_ulps`` is of use where numbers are alike in size, and ``ulps`` where they are not.
    NaN in one lane alone is an infinite distance; in both, none.
    """

    max_abs: float
    max_rel: float
    max_ulps: float
    tensor: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    ulps: float


class Divergence(NamedTuple):
    """The first element in which one step from the same state comes out different."""

    step: int
    stage: str
    tensor: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    diy: float
    torch: float


class PairParity(NamedTuple):
    """``verdict``: ``drift`` is rounding that piled up, ``diverged`` a step that differs from the same state.

    ``left_at`` is the step at which the pair first left the dtype's tolerance, with the largest
    excess at ``left`` (a Distance of that step); both None while in tolerance. The distances
    are of the newest step, None before the first. ``worst`` is the largest max_abs of the run.
    """

    label: str
    loss: Distance | None
    grad: Distance | None
    weight: Distance | None
    state: Distance | None
    worst: float
    verdict: Verdict
    left_at: int | None
    left: Distance | None
    divergence: Divergence | None

    @property
    def farthest(self) -> Distance | None:
        """The group that is farthest apart at the newest step; None before the first."""
        groups = [group for group in (self.loss, self.grad, self.weight, self.state) if group is not None]
        return max(groups, key=lambda group: (group.max_abs, group.ulps), default=None)


class Frame(NamedTuple):
    """What the window needs for one redraw. ``step`` 0 is the start, before any step.

    ``step`` is where the run stands: losses, maps and parity are of it. ``newest`` is the last recorded
    step, and ``branches`` what became of other futures. ``hits``: how often each breakpoint has been met.
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
