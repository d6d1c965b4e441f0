"""The experiment file's shape: frozen pydantic models, extra fields refused, torch's defaults.

What one field can say about itself is checked here; what needs two of them, in ``check``.
"""

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, PlainSerializer, Strict, Tag, model_validator

from .arrays import Edited, Matrix, NonEmpty, Number, Numbers
from .breakpoints import Breakpoint, ConditionBreakpoint, LineBreakpoint, StageBreakpoint
from .code import MOST_FILES, CodeName, CodeSpec, OwnCode
from .data import Data
from .data_file import DataFile
from .inits import InitSpec
from .layers import MOST_LAYERS, AnyLayer, KindSpec, LinearSpec, ResidualSpec
from .log import LogSpec
from .own_parts import ActivationSpec, AnyLoss, LossSpec, OwnActivation, OwnLoss
from .part import Part, Seed
from .split import RowsSplit, ShareSplit
from .start import FileStart, GivenStart, SeedStart, Start

DtypeName = Literal["float32", "float64"]
DeviceName = Literal["cpu", "cuda", "mps"]
BackendName = Literal["diy", "torch"]
FunctionName = Literal["rosenbrock", "beale", "himmelblau", "saddle", "quadratic"]

DTYPES: tuple[str, ...] = get_args(DtypeName)
DEVICES: tuple[str, ...] = get_args(DeviceName)
BACKENDS: tuple[str, ...] = get_args(BackendName)
FUNCTION_NAMES: tuple[str, ...] = get_args(FunctionName)

SCHEMA = 1
COLORS = 16  # of the palette; more entries begin it again
A_PIECE = 4000  # numbers that are written at once
MOST_OPTIMIZERS = 256  # each is a row of fields in the window
MOST_GROUPS = 32  # of parameters, in an entry
MOST_PHASES = 32  # of a chain of schedules


class NetworkSpec(Part):
    layers: Annotated[tuple[AnyLayer, ...], *NonEmpty, Field(max_length=MOST_LAYERS)]
    loss: AnyLoss = "mse"


class Batch(Part):
    """Divide rows into batches. ``size`` None is all rows at once; a last batch of fewer rows is a step of its own."""

    size: Annotated[int, Field(ge=1)] | None = None
    shuffle: bool = False
    seed: Seed = 0


class ProblemSpec(Part):
    """Train a function of two numbers in place of data and network. ``condition`` is the quadratic's."""

    function: FunctionName
    start: Annotated[tuple[Number, ...], Strict(False), Field(min_length=2, max_length=2)]
    condition: Annotated[float, Field(ge=1, le=1e12)] = 10.0


class WarmupSpec(Part):
    """Warm up by torch's ``LinearLR`` from ``start_factor`` to 1 over ``steps`` steps, before the schedule."""

    steps: Annotated[int, Field(ge=1, le=10**12)]
    start_factor: Annotated[float, Field(ge=1e-100, le=1)] = 1 / 3


class ScheduleSpec(Part):
    """Schedule the rate by ``torch.optim.lr_scheduler``'s class ``name`` with arguments ``params``, step by step.

    ``steps``: how many it takes, where another comes after it.
    """

    name: str
    params: dict[str, Any] = Field(default_factory=dict)
    steps: Annotated[Annotated[int, Field(ge=1, le=10**12)] | None, Field(exclude_if=lambda steps: steps is None)] = (
        None
    )
    warmup: WarmupSpec | None = None


def _one_or_chain(schedule: Any) -> str:
    return "#chain" if isinstance(schedule, list | tuple) else "#one"


Chained = Annotated[tuple[ScheduleSpec, ...], *NonEmpty, Field(max_length=MOST_PHASES)]
AnySchedule = Annotated[
    Annotated[ScheduleSpec, Tag("#one")] | Annotated[Chained, Tag("#chain")], Discriminator(_one_or_chain)
]


class ClipSpec(Part):
    """Clip gradients before the update: all together scaled to a ``norm`` at most, or each number within ±``value``."""

    norm: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    value: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


class GroupSpec(Part):
    """Describe a group of an entry's weights: those whose name ``match`` fits, as ``fnmatch`` has it.

    ``params`` are arguments of ``torch.optim``'s class ``name``, or where that is None of the entry's class.
    """

    match: Annotated[str, Field(min_length=1, max_length=200)]
    name: Annotated[str | None, Field(exclude_if=lambda name: name is None)] = None
    params: dict[str, Any] = Field(default_factory=dict)


NAMELESS = ""  # the name of an entry of own code that torch has none of: null in the file
Name = Annotated[
    str,
    BeforeValidator(lambda given: NAMELESS if given is None else given),
    PlainSerializer(lambda name: name or None, return_type=str | None),
]


class OptimizerSpec(Part):
    """Describe an entry: ``params`` are arguments of ``torch.optim``'s class ``name``; ``check`` refuses others.

    ``code`` names own code that the DIY lane runs in place of the textbook: a file of the experiment's ``code``, or one
    thing in it. Where torch has nothing of the kind ``name`` is NAMELESS, and it has no other lane; or one that runs
    the own code that ``reference`` names, in the place of torch's. ``log`` names numbers of somebody's own program,
    which stand in DIY's place. ``schedule`` is one, or several one after another.
    ``color`` is the entry's place in the palette, where it is not the first that is free.
    """

    name: Name
    code: Annotated[CodeName | None, Field(exclude_if=lambda code: code is None)] = None
    reference: Annotated[CodeName | None, Field(exclude_if=lambda code: code is None)] = None
    log: Annotated[LogSpec | None, Field(exclude_if=lambda log: log is None)] = None
    params: dict[str, Any] = Field(default_factory=dict)
    groups: Annotated[
        Annotated[tuple[GroupSpec, ...], *NonEmpty, Field(max_length=MOST_GROUPS)] | None,
        Field(exclude_if=lambda groups: groups is None),
    ] = None
    backends: Annotated[tuple[BackendName, ...], *NonEmpty] = ("diy", "torch")
    label: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    schedule: AnySchedule | None = None
    clip: ClipSpec | None = None
    color: Annotated[int, Field(ge=0, lt=COLORS)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, given: Any) -> Any:
        """Give an entry that torch has nothing of the one side that it can have."""
        if not isinstance(given, dict) or "backends" in given or given.get("name", "") is not None:
            return given
        return given if given.get("reference") is not None else {**given, "backends": ("diy",)}

    @property
    def phases(self) -> tuple[ScheduleSpec, ...]:
        """Return the schedules that come one after another: none, one, or those of a chain."""
        if self.schedule is None:
            return ()
        return (self.schedule,) if isinstance(self.schedule, ScheduleSpec) else self.schedule

    @property
    def reference_entry(self) -> "OptimizerSpec":
        """Return the entry of the other lane, where that runs a reference."""
        return self.model_copy(update={"code": self.reference, "reference": None})

    @property
    def other(self) -> str:
        """Return what the other lane is called: torch, or the file that it runs in torch's place."""
        return self.reference or "torch"

    def own_side(self, backend: str) -> str:
        """Return what runs in the place of a backend of ours: ``log`` in DIY's, where there is one."""
        return "log" if backend == "diy" and self.log is not None else backend

    @property
    def title(self) -> str:
        """Return what the entry is called that has no label: torch's name, or its own code's."""
        return self.name or OwnCode.of(self.code or "").label


class ExperimentSpec(Part):
    """Hold all that a person fills in. Make one with ``check`` or ``load``, which report every fault."""

    schema_: Literal[1] = Field(default=SCHEMA, alias="schema")
    title: Annotated[str, Field(max_length=200)] = ""
    data: Data | None = None
    network: NetworkSpec | None = None
    problem: ProblemSpec | None = None
    start: Start = SeedStart()
    dtype: DtypeName = "float32"
    device: DeviceName = "cpu"
    batch: Batch = Batch()
    optimizers: Annotated[tuple[OptimizerSpec, ...], *NonEmpty, Field(max_length=MOST_OPTIMIZERS)]
    breakpoints: Annotated[tuple[Breakpoint, ...], Strict(False), Field(max_length=1000)] = ()
    code: Annotated[
        dict[CodeName, CodeSpec] | None, Field(max_length=MOST_FILES, exclude_if=lambda code: code is None)
    ] = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Return a label for each optimizer entry: its own, or its name, numbered where names meet."""
        return labels_of((entry.title, entry.label) for entry in self.optimizers)

    def side(self, entry: int, backend: str) -> str:
        """Return what an entry's lane on a backend is called: the backend, or what stands in its place.

        That is ``reference`` in torch's, ``log`` in DIY's.
        """
        one = self.optimizers[entry]
        return "reference" if backend == "torch" and one.reference is not None else one.own_side(backend)

    def lane_id(self, entry: int, backend: str) -> str:
        """Return the name of an entry's lane on a backend."""
        return lane_id(self.labels[entry], self.side(entry, backend))

    @property
    def colors(self) -> tuple[int, ...]:
        """Return each entry's index in the palette: its own, or the first that no other has."""
        return colors_of(entry.color for entry in self.optimizers)

    def with_params(self, params: Sequence[Mapping[str, Any]]) -> "ExperimentSpec":
        """Return the experiment with these hyperparameters, a mapping an optimizer entry; itself where it has them."""
        entries = tuple(
            entry if entry.params == own else entry.model_copy(update={"params": dict(own)})
            for entry, own in zip(self.optimizers, params, strict=True)
        )
        same = all(new is old for new, old in zip(entries, self.optimizers, strict=True))
        return self if same else self.model_copy(update={"optimizers": entries})

    def beside(self, folder: Path) -> "ExperimentSpec":
        """Return the experiment with whole paths of the files of numbers that it names, as seen from ``folder``."""
        start = self.start.beside(folder) if isinstance(self.start, FileStart) else self.start
        entries = tuple(
            entry if entry.log is None else entry.model_copy(update={"log": entry.log.beside(folder)})
            for entry in self.optimizers
        )
        has_log = any(entry.log is not None for entry in entries)
        if start is self.start and not has_log:
            return self
        return self.model_copy(update={"start": start, **({"optimizers": entries} if has_log else {})})

    def by_names(self) -> "ExperimentSpec":
        """Return the experiment with files of weights and logs by their names alone, and without what was read of them.

        It is the same wherever they lie.
        """
        start = self.start.read_from or self.start if isinstance(self.start, GivenStart) else self.start
        start = start.named() if isinstance(start, FileStart) else start
        entries = tuple(
            entry if entry.log is None else entry.model_copy(update={"log": entry.log.named()})
            for entry in self.optimizers
        )
        return self.model_copy(update={"start": start, "optimizers": entries})

    def without_logs(self) -> "ExperimentSpec":
        """Return the experiment with the textbook in the place of each log: what else might be, no log tells."""
        if all(entry.log is None for entry in self.optimizers):
            return self
        entries = tuple(entry.model_copy(update={"log": None}) for entry in self.optimizers)
        return self.model_copy(update={"optimizers": entries})

    def with_texts(self, texts: Mapping[str, str]) -> "ExperimentSpec":
        """Return the experiment with these texts of the own code that it follows, by the files' names in it."""
        files = self.code or {}
        changed = {name: text for name, text in texts.items() if name in files and files[name].text != text}
        read = {name: files[name].model_copy(update={"text": text}) for name, text in changed.items()}
        return self.model_copy(update={"code": {**files, **read}}) if read else self

    def as_typed(self, keep: int | None = None) -> dict[str, Any]:
        """Return the experiment file's structure; more than ``keep`` numbers in a place stay an array, ``Numbers``."""
        heavy = keep is not None and self._heavy(keep)
        light = self.model_copy(update=dict.fromkeys(heavy)) if heavy else self
        raw = light.model_dump(mode="json", by_alias=True, warnings=False)  # a part may lack for the moment
        for name in heavy or ():
            part = getattr(self, name)
            numbers = part.weights if isinstance(part, GivenStart) else {"x": part.x, "y": part.y}
            found = {
                key: value if len(value.values) > (keep or 0) else value.tolist() for key, value in numbers.items()
            }
            raw[name] = {"weights": found} if isinstance(part, GivenStart) else found | _beside_rows(part)
        return raw

    def _heavy(self, keep: int) -> list[str]:
        """List the parts that have more numbers than that in one place."""
        data = [] if self.data is None or self.data.source is not None else [self.data.x, self.data.y]
        weights = list(self.start.weights.values()) if isinstance(self.start, GivenStart) else []
        found = {"data": data, "start": weights}
        return [name for name, numbers in found.items() if any(len(one.values) > keep for one in numbers)]

    def to_json(self) -> str:
        """Return the experiment file, laid out for people: one row of data a line."""
        return layout(self.model_dump(mode="json", by_alias=True, exclude_none=False))


def _beside_rows(data: Data) -> dict[str, Any]:
    """Return what the file says of the test rows, of a row's shape and of the classes' names, if anything."""
    split = {} if data.test is None else {"test": data.test.model_dump(mode="json")}
    named = split if data.classes is None else {"classes": list(data.classes), **split}
    return named if data.shape is None else {"shape": list(data.shape), **named}


def labels_of(entries: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """Return what entries of these names and labels are called: ``ExperimentSpec.labels``."""
    named = list(entries)
    taken = {label for _, label in named}
    labels: list[str] = []
    tried: dict[str, int] = {}  # the last number of each name
    for name, own in named:
        label, number = own or name, tried.get(name, 1)
        while own is None and label in taken:
            number += 1
            label = f"{name} {number}"
        if own is None:
            tried[name] = number
        taken.add(label)
        labels.append(label)
    return tuple(labels)


def lane_id(label: str, backend: str) -> str:
    """Return the name of an entry's lane, ``<label>/<backend>``: no label has a slash."""
    return f"{label}/{backend}"


def colors_of(given: Iterable[int | None]) -> tuple[int, ...]:
    """Return the palette's places of entries that were given these: ``ExperimentSpec.colors``."""
    own = list(given)
    free = iter([place for place in range(COLORS) if place not in own])
    count = itertools.count()
    return tuple(next(free, next(count) % COLORS) if place is None else place for place in own)


def layout(value: Any) -> str:
    """Write JSON with lists of numbers on one line each and everything else indented by two."""
    return "".join(laid_out(value))


def laid_out(value: Any, indent: int = 0) -> Iterator[str]:
    """Yield ``layout`` piece by piece; none is longer than a row of numbers, or a few thousand class numbers."""
    inner, pad = " " * (indent + 2), " " * indent
    if isinstance(value, dict) and value:
        yield "{"
        for number, (key, item) in enumerate(value.items()):
            yield f"{',' if number else ''}\n{inner}{json.dumps(key)}: "
            yield from laid_out(item, indent + 2)
        yield f"\n{pad}}}"
    elif isinstance(value, Matrix) or (isinstance(value, Edited) and value.is_matrix):
        rows = (list(row) for row in value) if isinstance(value, Matrix) else map(value.row, range(len(value.base)))
        yield from _listed(rows, indent)
    elif isinstance(value, Numbers | Edited):
        yield from _in_a_line(value.tolist())
    elif isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value):
        yield from _listed(value, indent)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _listed(items: Iterable[Any], indent: int) -> Iterator[str]:
    """Yield an item a line."""
    between = "[\n"
    for item in items:
        yield between + " " * (indent + 2)
        yield from laid_out(item, indent + 2)
        between = ",\n"
    yield "\n" + " " * indent + "]"


def _in_a_line(items: list[Any]) -> Iterator[str]:
    for start in range(0, len(items), A_PIECE):
        inside = json.dumps(items[start : start + A_PIECE], ensure_ascii=False)[1:-1]
        yield ("[" if start == 0 else ", ") + inside
    yield "]"


PARTS = (
    *(
        ExperimentSpec,
        Data,
        DataFile,
        ShareSplit,
        RowsSplit,
        NetworkSpec,
        LinearSpec,
        KindSpec,
        ResidualSpec,
        InitSpec,
        ProblemSpec,
        SeedStart,
        GivenStart,
        FileStart,
        LogSpec,
        Batch,
    ),
    *(OptimizerSpec, GroupSpec, ScheduleSpec, WarmupSpec, ClipSpec, CodeSpec),
    *(ActivationSpec, LossSpec, OwnActivation, OwnLoss),
    *(LineBreakpoint, StageBreakpoint, ConditionBreakpoint),
)
