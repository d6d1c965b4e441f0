"""The messages of a run: loading, stepping, time travel and the frames that show it."""

from typing import Any, Literal, NamedTuple

from numpy import ndarray as Array

from engine.spec import Breakpoint, ExperimentSpec, Fault

Quantity = str  # "grad", "weight", or the symbol of an optimizer state entry: "m", "v", "b" …
Verdict = Literal["lockstep", "drift", "diverged"]
HISTORY_BUDGET = 256_000_000  # bytes of checkpoints and losses, unless the preferences say otherwise


# --- commands, window → engine ---------------------------------------------------------------


class Change(NamedTuple):
    """For every step after ``step``, optimizer entry ``entry`` has these (all of its) ``params``."""

    step: int
    entry: int
    params: dict[str, Any]


class Load(NamedTuple):
    """Begin a run of this experiment at step 0; make the ``changes`` when their steps are reached.

    Reset is a Load of what the forms hold. With the changes of an earlier run, that run is repeated.
    ``budget``: bytes that the run's history may take.
    """

    generation: int
    spec: ExperimentSpec
    changes: tuple[Change, ...] = ()
    budget: int = HISTORY_BUDGET


class Run(NamedTuple):
    """Take ``steps`` more steps (None: without end) at ``rate`` steps a second (None: flat out).

    Where the run stands before its newest step, recorded steps are taken again first, the same bit for
    bit. A breakpoint in the very first step does not stop a run that was stopped there just before; with ``over``,
    none does, as its lines have been gone through.
    """

    generation: int
    steps: int | None = None
    rate: float | None = None
    over: bool = False


class Seek(NamedTuple):
    """Stand after the recorded step ``step`` (0: at the start; beyond the newest: there), paused."""

    generation: int
    step: int


class RunBack(NamedTuple):
    """Go back to the last step before ``step`` that a breakpoint stops in; to the start where none does."""

    generation: int
    step: int


class SetBreakpoints(NamedTuple):
    """All breakpoints from now on, in the experiment's order; their hits are counted anew."""

    generation: int
    breakpoints: tuple[Breakpoint, ...]


class SetBudget(NamedTuple):
    """The history may take so many bytes from now on."""

    generation: int
    budget: int


class RemoveBranch(NamedTuple):
    """Forget a branch."""

    generation: int
    branch: int


class SetRate(NamedTuple):
    """Change the pace of a run under way; one that is paused stays paused."""

    generation: int
    rate: float | None


class Pause(NamedTuple):
    generation: int


class SetParams(NamedTuple):
    """From the next step on, optimizer entry ``entry`` has these (all of its) ``params``.

    Before the newest step this forks the run: what was recorded after it becomes a branch.
    """

    generation: int
    entry: int
    params: dict[str, Any]


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
    """``curves`` or ``maps`` is None when it is not on screen."""

    generation: int
    curves: CurveRequest | None
    maps: MapRequest | None


# --- answers, engine → window ----------------------------------------------------------------


class Ready(NamedTuple):
    """torch is loaded and the engine answers. ``devices``: where torch lanes may live here."""

    torch_version: str
    devices: tuple[str, ...]


class Loaded(NamedTuple):
    """The run stands at step 0. ``lanes``: ``<label>/<backend>``, in the experiment's order."""

    generation: int
    lanes: tuple[str, ...]


class Refused(NamedTuple):
    """The experiment cannot run here."""

    generation: int
    faults: tuple[Fault, ...]


class Failed(NamedTuple):
    """The engine met an error of its own; ``detail`` is its traceback. The run is gone."""

    generation: int
    detail: str


class Beat(NamedTuple):
    """The engine's process is alive, though a long step may keep it from answering."""


class Changed(NamedTuple):
    """A change asked for by ``SetParams`` was made, and after which step."""

    generation: int
    change: Change


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


class Stopped(NamedTuple):
    """The run stopped before the update of ``step`` was taken: it stands at ``step`` - 1.

    ``entry`` is the optimizer entry to look into, ``event`` the place in its trace of ``step`` (an index of
    ``Traced.lines``), None where the entry has no DIY lane. ``breakpoint`` is the index of the
    breakpoint that was hit; None: a number that is not finite arose in ``tensor`` at ``stage``, in
    ``file`` at ``line`` (None in a torch lane). ``lane`` is the lane's id (a pair's label for parity)
    and ``value`` what was measured, None for lines and stages.
    """

    generation: int
    step: int
    entry: int
    event: int | None
    breakpoint: int | None
    lane: str | None = None
    value: float | None = None
    tensor: str | None = None
    stage: str | None = None
    file: str | None = None
    line: int | None = None


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
