"""Work that the engine does in the background: surfaces, sweeps, reports, verdicts on own code.

Each has a number of the window's. A job is told of by its number, not by the run's generation: a sweep goes on when the
run is begun again.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from numpy import ndarray as Array

from engine.spec import ExperimentSpec, Fault, InTurn, RowsFor, SweepPlan

from .debug import Traced
from .diagnosis import Diagnosis

ScriptForm = Literal["diy", "torch", "notebook"]
JobState = Literal["running", "paused", "cancelled", "finished"]


class PauseJob(NamedTuple):
    job: int


class ResumeJob(NamedTuple):
    job: int


class CancelJob(NamedTuple):
    """End a job: what was found so far is reported once more, as ``cancelled``."""

    job: int


class StopJob(NamedTuple):
    """End a job before its time, with what has been done by then: its answer still comes."""

    job: int


class JobFailed(NamedTuple):
    """Say why a job failed: a ``fault`` in the plan's field; None: an error of ours, whose traceback is ``detail``."""

    job: int
    fault: Fault | None
    detail: str = ""


# --- the run, for a session's file ---------------------------------------------------------------


class WriteRun(NamedTuple):
    """Write the run as it stands to ``file``, from which a session's file is made, or a run taken up again."""

    generation: int
    job: int
    file: str


class RunWritten(NamedTuple):
    """Say that a run was written: up to step ``newest``, standing after ``step``; or what went wrong."""

    job: int
    newest: int
    step: int
    wrong: str | None = None


class CheckRun(NamedTuple):
    """Look whether the run in a session's file could be taken up, before anything is done with it."""

    job: int
    file: str


class RunChecked(NamedTuple):
    """Say what is wrong with the run in a session's file: no fault, where it can be taken up."""

    job: int
    faults: tuple[Fault, ...]


# --- the loss over a plane -----------------------------------------------------------------------


class WeightPlane(NamedTuple):
    """Vary two chosen weights, each a tensor's name and an index; all others stay as they are at the origin."""

    first: tuple[str, tuple[int, ...]]
    second: tuple[str, tuple[int, ...]]


class MainPlane(NamedTuple):
    """Lay the plane in the two main directions of all entries' paths (PCA), through their mean."""


class RandomPlane(NamedTuple):
    """Lay the plane in two random directions, each filter scaled to the norm of the origin's (Li et al., 2018)."""

    seed: int = 0


Plane = WeightPlane | MainPlane | RandomPlane


class StartSurface(NamedTuple):
    """Work out the loss of the run's experiment over a plane, on all its rows, from coarse to fine.

    ``extent``: x from, x to, y from, y to, None to have it found (around the paths; a test function's own).
    ``origin``: the entry at whose newest weights the plane lies (weight and random planes), None: at the start.
    A surface begun replaces the one before.
    """

    generation: int
    job: int
    plane: Plane
    extent: tuple[float, float, float, float] | None = None
    resolution: int = 101
    origin: int | None = None


class SurfacePart(NamedTuple):
    """Hold the surface as far as it is known. ``values[i, j]`` is the loss at ``y[i]``, ``x[j]``.

    Coarser passes have fewer points; the last has ``resolution`` a side. ``done`` is the share of all work.
    ``shares``: of the paths' variance, what each main direction explains (MainPlane alone). ``start`` is where
    the run began on the plane; ``minima``: a test function's own lowest points. ``averages_of``: the label of the
    entry by whose running averages the network is evaluated; empty where it has none.
    """

    generation: int
    job: int
    plane: Plane
    x: Array
    y: Array
    values: Array
    done: float
    state: JobState
    shares: tuple[float, float] | None
    start: tuple[float, float]
    minima: tuple[tuple[float, float], ...] = ()
    averages_of: str = ""


# --- sweeps ---------------------------------------------------------------------------------------


class StartSweep(NamedTuple):
    job: int
    spec: ExperimentSpec
    plan: SweepPlan


class SweepPart(NamedTuple):
    """Say how far a sweep has come: after ``step`` steps, arrays shaped (axis 1, axis 2 or 1, seeds or 1).

    ``losses`` are those of the weights reached, ``best`` the lowest on the way, ``diverged`` marks those whose loss is
    no number or beyond what it began with by far. ``seconds``: of compute so far. ``test`` are the losses of the
    weights reached over the test rows; None where there are none. ``in_turn``: why the settings are trained one after
    another; None where they are trained together.
    """

    job: int
    plan: SweepPlan
    step: int
    losses: Array
    best: Array
    diverged: Array
    seconds: float
    state: JobState
    test: Array | None = None
    in_turn: InTurn | None = None


# --- reports --------------------------------------------------------------------------------------


class MakeReport(NamedTuple):
    """Ask for the comparison as one HTML page: settings, table, curves, and newest surface and sweep, if any.

    ``words``: texts of the page in the person's language, by the keys of ``engine.report``'s own; ``colors``: of each
    entry, ``#rrggbb``.
    """

    generation: int
    job: int
    words: dict[str, str]
    colors: tuple[str, ...]
    hidden: tuple[str, ...] = ()  # ids of lanes that are not shown
    sweep: SweepPart | None = None
    target: float | None = None
    sweep_spec: ExperimentSpec | None = None  # whose entry was swept; None: the run's
    target_of: RowsFor = "training"
    sweep_by: RowsFor = "training"  # whose losses the sweep's picture shows


class Report(NamedTuple):
    job: int
    html: str


# --- curves ---------------------------------------------------------------------------------------


class MakeCurves(NamedTuple):
    """Ask for all numbers of the run's curves. ``smoothing``: the share that running means keep, 0: there are none."""

    generation: int
    job: int
    smoothing: float = 0.0


class Column(NamedTuple):
    """Hold a curve's number at each step, from 1; ``known`` tells where there is one, None: at each."""

    name: str
    values: Array
    known: Array | None = None


class CurveColumns(NamedTuple):
    """Answer MakeCurves: columns that are equally long, the first ``step``."""

    job: int
    columns: tuple[Column, ...]


# --- scripts --------------------------------------------------------------------------------------


class MakeScript(NamedTuple):
    """Ask for an entry's training so far as a program of its own: by hand, by torch, or a notebook of both."""

    generation: int
    job: int
    entry: int
    form: ScriptForm


class Script(NamedTuple):
    job: int
    text: str


# --- weights --------------------------------------------------------------------------------------

WeightFormat = Literal["npz", "safetensors", "torch"]


class PackWeights(NamedTuple):
    """Ask for the weights of the run's lane of number ``lane``, where it stands, as a file's content."""

    generation: int
    job: int
    lane: int
    format: WeightFormat


class PackedWeights(NamedTuple):
    """Answer PackWeights; ``step`` is the one after which they are."""

    job: int
    step: int
    content: bytes


# --- diagnoses ------------------------------------------------------------------------------------


class StartDiagnosis(NamedTuple):
    """Ask what keeps the run at hand from going well; one that is asked for takes the place of the one before."""

    generation: int
    job: int


class Diagnosed(NamedTuple):
    """Tell what was found when the run stood after ``step``, the gravest of each entry first."""

    job: int
    step: int
    found: tuple[Diagnosis, ...]


# --- a file of a person's own -------------------------------------------------------------------


class StartVerify(NamedTuple):
    """Ask for what ``verify`` says of ``file``, in a process of its own. ``run``: else its text alone is wanted.

    ``pairs`` are own values and torch's, as ``--pair`` has them; torch's is ``none`` of what is not to be paired.
    ``name`` is what is meant where the file holds several, and ``told`` what arguments are, theirs and ours.
    """

    job: int
    file: str
    run: bool = True
    pairs: tuple[tuple[str, str], ...] = ()
    name: str | None = None
    told: tuple[tuple[str, str], ...] = ()


class OwnChoice(NamedTuple):
    """Name a function or class of a file, what it was recognised as, in which form, and its first line."""

    name: str
    kind: str
    form: str
    line: int


class Doubt(NamedTuple):
    """Ask what ``arguments`` of the function or class ``about`` are, which is of this ``kind``."""

    arguments: tuple[str, ...]
    about: str
    kind: str


class Departure(NamedTuple):
    """Describe a known departure in the words of ``engine.variants``: of two at once, those of each in turn.

    ``edit`` is the smallest that makes it torch's.
    """

    ids: tuple[str, ...]
    does: tuple[str, ...]
    torch_does: tuple[str, ...]
    edit: tuple[str, ...]


class OwnText(NamedTuple):
    """Hold a file's text as it runs: of a notebook its cells of code, ``places`` cell and line of each line, from 1.

    ``is_script``: it is run from its first line to its last, and not taken for a function or a class.
    """

    text: str
    places: tuple[tuple[int, int] | None, ...] = ()
    is_script: bool = True


class ValueArrays(NamedTuple):
    """Hold a recorded value as matrices of one shape: own, torch's, and how many ULPs they are apart."""

    own: Array | None
    torch: Array | None
    ulps: Array | None


class Recording(NamedTuple):
    """Hold a script's run, line by line. ``arrays`` are by a value's number; of large ones there are none.

    ``pair_events``: of each pair in the record the event that made its own value, None where that is left out.
    ``gaps``: events that stand for lines which are left out, and for how many.
    """

    traced: Traced
    arrays: dict[int, ValueArrays]
    pair_events: tuple[int | None, ...]
    gaps: dict[int, int]


class Verified(NamedTuple):
    """Tell how far it has come; ``line`` runs just now. At the end ``record`` is what the command's ``--json`` has.

    ``remarks`` are codes and fields of what is to be said beside it, ``shown`` is the person's own traceback, and
    ``stopped`` the line in which he has stopped it. ``named`` is the known departure that it is, ``notes`` are
    further sentences of ``engine.verify``, and ``choices`` all that the file holds, where it is no script.
    """

    job: int
    state: JobState
    seconds: float = 0.0
    line: int | None = None
    text: OwnText | None = None
    record: dict[str, Any] | None = None
    recording: Recording | None = None
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()
    shown: str = ""
    stopped: int | None = None
    named: Departure | None = None
    notes: tuple[str, ...] = ()
    choices: tuple[OwnChoice, ...] = ()


# --- own code --------------------------------------------------------------------------------------


class CodeUse(NamedTuple):
    """Name a use of own code: ``code`` as the experiment has it, what it is of, and torch's name, None for none.

    ``kind``: ``optimizer``, ``activation``, ``loss`` or ``layer``; ``params`` are the experiment's.
    """

    code: str
    kind: str
    against: str | None
    params: Mapping[str, Any] = {}


class Beside(NamedTuple):
    """Hold a value that a line of own code made, and the reference's in its place, in digits: the same where both are
    one but for rounding.
    """

    line: int
    name: str
    own: str
    reference: str


class CodeVerdict(NamedTuple):
    """Say what own code is: ``headline`` in a line and ``words`` in full, as ``verify`` prints them.

    ``verdict`` is the record's; ``line`` the person's that it is about, None for none. ``named`` is the known departure
    that it is; ``error`` says why it cannot be judged, and ``doubt`` asks where that is what would
    help. ``beside``: what was made up to that line, in the order in which it was made. ``choices``: all that the file
    holds of this kind; ``notes`` are further sentences of ``engine.verify``.
    """

    use: CodeUse
    verdict: str
    headline: str
    words: str
    line: int | None
    named: Departure | None = None
    error: str = ""
    beside: tuple[Beside, ...] = ()
    choices: tuple[OwnChoice, ...] = ()
    doubt: Doubt | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        return self.verdict in ("identical", "rounding")


class CheckCode(NamedTuple):
    """Ask what own code is, of this ``text``; one that is asked for takes the place of the one before."""

    job: int
    text: str
    use: CodeUse


class CodeChecked(NamedTuple):
    """Answer CheckCode."""

    job: int
    text: str
    verdict: CodeVerdict


StartJob = (
    StartSurface
    | StartSweep
    | MakeReport
    | MakeCurves
    | MakeScript
    | WriteRun
    | PackWeights
    | CheckRun
    | StartDiagnosis
    | StartVerify
    | CheckCode
)
JobCommand = StartJob | PauseJob | ResumeJob | CancelJob | StopJob
JobAnswer = (
    SurfacePart
    | SweepPart
    | Report
    | CurveColumns
    | Script
    | RunWritten
    | PackedWeights
    | RunChecked
    | Diagnosed
    | Verified
    | CodeChecked
    | JobFailed
)
