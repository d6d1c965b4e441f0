"""Commands of a run, and its answers: loading, stepping, seeking, stops."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from engine.spec import Breakpoint, ExperimentSpec, Fault

from .curves import Branch
from .debug import Source
from .jobs import CodeVerdict

HISTORY_BUDGET = 256_000_000  # bytes of checkpoints and losses, unless the preferences say otherwise


# --- commands, window → engine ---------------------------------------------------------------


class Change(NamedTuple):
    """Say that for every step after ``step``, optimizer entry ``entry`` has these (all of its) ``params``.

    ``code``: other texts that files of own code have from then on, by their names in the experiment.
    """

    step: int
    entry: int
    params: dict[str, Any]
    code: tuple[tuple[str, str], ...] = ()


def params_after(start: Sequence[dict[str, Any]], changes: Iterable[Change], step: int | None) -> list[dict[str, Any]]:
    """Return the hyperparameters of each optimizer entry in force for the steps after ``step``; None: after all.

    ``start`` are those that the run began with, ``changes`` in the order in which they count: of two at one step the
    later does.
    """
    params = list(start)
    for change in changes:
        if step is None or change.step <= step:
            params[change.entry] = change.params
    return params


def code_after(changes: Iterable[Change], step: int | None) -> dict[str, str]:
    """Return the texts of own code that were changed and are in force for the steps after ``step``; None: after all."""
    return dict(one for change in changes if step is None or change.step <= step for one in change.code)


class Future(NamedTuple):
    """Describe a branch of an earlier run, to be had again: all ``changes`` of the run that had it as its future."""

    branch: Branch
    changes: tuple[Change, ...]


class Load(NamedTuple):
    """Begin a run of this experiment at step 0; make the ``changes`` when their steps are reached.

    Reset is a Load of what the forms hold. With the changes of an earlier run, that run is repeated; its ``futures``
    are taken once more beside it, and come back as its branches.
    ``budget``: bytes that the run's history may take. ``agreed``: the person agreed to have its own code run.
    ``past``: a session's file, or a folder, from which the run is taken up as it stood there; where it is ``known``, as
    it was by ``changes`` and ``futures``, which may be newer. ``keep``: a folder in which the run is written down while
    it goes on.
    """

    generation: int
    spec: ExperimentSpec
    changes: tuple[Change, ...] = ()
    budget: int = HISTORY_BUDGET
    futures: tuple[Future, ...] = ()
    agreed: bool = False
    past: str | None = None
    keep: str | None = None
    known: bool = False


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
    """Set all breakpoints from now on, in the experiment's order; their hits are counted again."""

    generation: int
    breakpoints: tuple[Breakpoint, ...]


class SetBudget(NamedTuple):
    """Let the history take so many bytes from now on."""

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
    """Give optimizer entry ``entry`` these ``params`` (all of its) from the next step on.

    Before the newest step this forks the run: what was recorded after it becomes a branch.
    """

    generation: int
    entry: int
    params: dict[str, Any]


class SetCode(NamedTuple):
    """Have the run go on with other own code: that of ``spec``, which differs from the run's in its texts alone.

    Before the newest step this forks the run: what was recorded after it becomes branches, with the code that it had.
    """

    generation: int
    spec: ExperimentSpec


class NoteEnd(NamedTuple):
    """Have what the engine's process dies of be written down, as own code may be what ends it.

    In the folder ``notes`` (of a kind that processes share) holds four numbers of eight bytes each: how many calls of
    own code were begun, 1 while one goes on, how often the engine's timer was heard, and 1 where it ends by itself.
    ``files`` lists the files of own code, one a line; ``log`` takes what faulthandler has to say, and that a call had
    no end (``Timeout``).
    """

    folder: str


# --- answers, engine → window ----------------------------------------------------------------


class Ready(NamedTuple):
    """Say that torch is loaded and the engine answers. ``devices``: where torch lanes may live here.

    ``textbook``: all its files, as they run.
    """

    torch_version: str
    devices: tuple[str, ...]
    textbook: tuple[Source, ...] = ()


class TakenUp(NamedTuple):
    """Say what was taken up of an earlier run: it stood after ``step`` of ``newest``, with these changes and branches.

    ``again``: how many steps are taken once more until it stands there, and about how many ``seconds`` that takes:
    what own code remembers is no data, and comes about again only step by step.
    """

    step: int
    newest: int
    changes: tuple[Change, ...]
    futures: tuple[Future, ...]
    again: int = 0
    seconds: float = 0.0


class Loaded(NamedTuple):
    """Say that the run stands at step 0. ``lanes``: ``<label>/<backend>``, in the experiment's order.

    ``code``: what each use of own code is, and ``notes`` what else is to be told of it. ``taken_up``: what was taken up
    of an earlier run; the run is on its way to where that stood.
    """

    generation: int
    lanes: tuple[str, ...]
    code: tuple[CodeVerdict, ...] = ()
    notes: tuple[str, ...] = ()
    taken_up: TakenUp | None = None


class Kept(NamedTuple):
    """Say that the run is written down up to step ``newest``, where its Load has asked for it."""

    generation: int
    newest: int


class Refused(NamedTuple):
    """Say that the experiment cannot run here."""

    generation: int
    faults: tuple[Fault, ...]


class StepFailed(NamedTuple):
    """Say which step failed: ``backend`` raised in step ``step`` of the entry ``label``; what, in a line."""

    label: str
    backend: str
    step: int
    detail: str


class Failed(NamedTuple):
    """Say that the engine met an error; ``detail`` is its traceback. The run is gone.

    ``at``: the step in which a lane raised it; None of an error of the engine's own.
    """

    generation: int
    detail: str
    at: StepFailed | None = None


class Heartbeat(NamedTuple):
    """Say that the engine's process is alive, though a long step may keep it from answering."""


class Changed(NamedTuple):
    """Say that a change asked for by ``SetParams`` was made, and after which step."""

    generation: int
    change: Change


class Stopped(NamedTuple):
    """Say that the run stopped before the update of ``step`` was taken: it stands at ``step`` - 1.

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


class CodeRefused(NamedTuple):
    """Say why the run cannot go on with the code of a SetCode; it stands where it stood.

    No faults: it runs that very code already, and goes on.
    """

    generation: int
    faults: tuple[Fault, ...]


class CodeStopped(NamedTuple):
    """Say that own code raised in a step: the run stands before it, and nothing is lost. ``line`` is the person's."""

    generation: int
    at: StepFailed
    line: int | None
    files: tuple[str, ...] = ()
