"""The messages of the debugger: one DIY step recorded line by line, beside torch's values of it.

A trace is sent once, with a summary of every value; moving about in it takes no further message. What is
large (a matrix) or depends on a chosen element (numbers in a formula) is asked for.
"""

from typing import Literal, NamedTuple

from .maps import Maps
from .parity import Distance

# Of a value, by the judge of pairs: ``rounding`` is no more than torch's own, ``alone`` has no twin. In a script of a
# person's, whose values are not made again from torch's: it ``departs``, or is ``unpaired``. ``hidden``: the window has
# taken it out, since somebody is to find it out himself.
StageVerdict = Literal[
    "equal", "rounding", "differs", "unstable", "not_finite", "alone", "departs", "unpaired", "hidden"
]


# --- commands, window → engine ---------------------------------------------------------------


class TraceStep(NamedTuple):
    """Record step ``step`` of optimizer entry ``entry``: a recorded step, or the next one to be taken.

    The run stays where it stands.
    """

    generation: int
    entry: int
    step: int


class LookAtValue(NamedTuple):
    """Ask for value ``value`` of the trace of ``step``, as a matrix on so many pixels, and element ``at`` of it."""

    generation: int
    entry: int
    step: int
    value: int
    pixels: tuple[int, int]
    at: tuple[int, int] | None = None


class Explain(NamedTuple):
    """Put numbers into the formulas: those of element ``index`` of weight ``weight``, at event ``event``.

    ``row``: the row of the batch whose numbers stand for all rows, from 0.
    """

    generation: int
    entry: int
    step: int
    event: int
    weight: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    row: int = 0


# --- answers, engine → window ----------------------------------------------------------------


class Source(NamedTuple):
    """Hold a file of the textbook as it was when the engine's process loaded it; ``file`` is relative to
    ``engine/diy``.

    ``changed``: the file held something else when this was told.
    """

    file: str
    text: str
    changed: bool = False


class Function(NamedTuple):
    """Locate a function in ``source``, an index of ``Traced.sources``; ``formulas`` are the LaTeX of its docstring."""

    source: int
    name: str
    first_line: int
    last_line: int
    formulas: tuple[str, ...]


class Value(NamedTuple):
    """Hold a variable's value. ``shape`` and the numbers are None for what is no array and no number.

    ``first`` are its first few elements. ``twin`` names torch's value of the same thing
    (``layer1.z``, ``layer1.weight.grad`` …), None where torch has none; the other three are of that.
    ``distance`` and ``verdict`` are of the two, None without a twin.
    """

    text: str  # what is no array and no number, in short; else empty
    dtype: str
    shape: tuple[int, ...] | None
    low: float | None
    mean: float | None
    high: float | None
    first: tuple[float, ...]
    twin: str | None
    twin_first: tuple[float, ...]
    distance: Distance | None
    verdict: StageVerdict | None


class Binding(NamedTuple):
    """Bind a name to its value, an index of ``Traced.values``. What a function returns is named ``return``."""

    name: str
    value: int


class Line(NamedTuple):
    """Hold one executed line: the event before it runs. ``made`` is what it then created or changed.

    ``call`` is an index of ``Traced.calls``, ``stage`` one of ``Traced.stages``. ``formula`` is the line in LaTeX,
    empty where it is none.
    """

    call: int
    line: int
    stage: int
    made: tuple[Binding, ...]
    formula: str


class Call(NamedTuple):
    """Hold one call of a function. ``caller`` is the event that called it, None for the outermost.

    ``layer`` is the layer's number it works on, from 1, of one inside a residual ``5.1``, and ``weight`` the weight's
    name, where it is of one.
    """

    function: int
    caller: int | None
    layer: int | str | None
    weight: str | None
    arguments: tuple[Binding, ...]


class Stage(NamedTuple):
    """Hold a stage in the order of the step, from event ``first`` to ``last``, both within it.

    Names are ``layer1.forward``, ``layer1.activation``, ``loss``, ``layer1.backward``, ``layer1.update``. ``distance``
    is the largest of its values.
    """

    name: str
    first: int
    last: int
    distance: Distance | None
    verdict: StageVerdict


class Traced(NamedTuple):
    """Hold a step, line by line. ``lines`` are in the order in which they ran.

    ``refused`` is a code where there is nothing to trace (then all else is empty): ``no_diy_lane``, ``no_step``,
    ``no_way_back``, ``log_ended``. ``is_log``: in DIY's place are the numbers of somebody's own program, as far as it
    has logged them; the lines are the textbook's.
    """

    generation: int
    entry: int
    step: int
    sources: tuple[Source, ...]
    functions: tuple[Function, ...]
    calls: tuple[Call, ...]
    lines: tuple[Line, ...]
    values: tuple[Value, ...]
    stages: tuple[Stage, ...]
    refused: str | None = None
    is_log: bool = False

    @property
    def hides(self) -> bool:
        """Return whether how both sides compare was taken out of it."""
        return any(stage.verdict == "hidden" for stage in self.stages)


class ValueMaps(NamedTuple):
    """Answer ``LookAtValue``; ``maps`` is None where the value is no array."""

    request: LookAtValue
    maps: Maps | None

    @property
    def generation(self) -> int:
        return self.request.generation


class Both(NamedTuple):
    """Hold a number on both sides; None where a side has none."""

    diy: float | None
    torch: float | None


class ChainRow(NamedTuple):
    r"""Hold a row's :math:`\partial L/\partial a \cdot \partial a/\partial z \cdot \partial z/\partial w`.

    ``output``: where each output depends on all z of its row, the one whose way it is; else None. ``place``: the row's
    in the batch, from 0; ``position``: where in the row, if that has several places, from 0.
    """

    row: int  # of the data, from 0
    dL_da: Both
    da_dz: Both
    dz_dw: Both
    product: Both
    output: int | None = None
    place: int = 0
    position: tuple[int, ...] = ()


class Path(NamedTuple):
    """Hold what reaches a number of a layer's input on one path; ``kind`` is the variable of the layer's file."""

    kind: str
    value: Both


class Paths(NamedTuple):
    r"""Hold the paths of :math:`\partial L/\partial x` that add up to ``total``, of one number of a layer's input.

    ``index``: the number's row in the batch, from 0, and its place in that; ``row`` is that row in the data.
    """

    layer: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    row: int
    parts: tuple[Path, ...]
    total: Both


class UpdatePart(NamedTuple):
    """Hold one part of the weight's change; ``formula`` is its LaTeX.

    ``kind``: ``gradient``, ``clipping``, ``weight_decay``, ``momentum``, ``bias_correction``, ``scaling``,
    ``orthogonality``, ``curvature``, ``decoupled_decay``, ``rounding``; ``else`` where no more is known.
    """

    kind: str
    formula: str
    value: Both


class Explained(NamedTuple):
    """Explain a weight's gradient, layer by layer, and what the optimizer made of it.

    ``rows``: the batch's first rows, of ``row_count`` in all, or several ways through each; ``grad`` is the sum over
    all rows. ``sharing``: how many of them have a share in it; None: all. ``parts`` add up to ``delta``, the weight's
    change, exactly. ``numbers``: the event's line in LaTeX with each side's numbers, empty
    where it is no formula or that side has none. ``paths``: of the number that enters or leaves the weight's unit,
    where a layer there sends it back on several.
    """

    request: Explain
    rows: tuple[ChainRow, ...]
    row_count: int
    grad: Both
    before: Both
    after: Both
    delta: Both
    parts: tuple[UpdatePart, ...]
    formula: str
    numbers: tuple[str, str]
    paths: Paths | None = None
    sharing: int | None = None

    @property
    def generation(self) -> int:
        return self.request.generation

    @classmethod
    def nothing(cls, request: Explain) -> "Explained":
        """Return the answer where there is no such step, weight or element (any more)."""
        none = Both(None, None)
        return cls(request, (), 0, none, none, none, none, (), "", ("", ""))
