"""What was found of own code, without a word about it: the verdict, and the departure, place, rounding or failure."""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from engine.own.session import Choice
from engine.protocol import Departure, Recording

Verdict = Literal["identical", "rounding", "convention", "mistake", "unstable", "different", "unusable"]
RIGHT = ("identical", "rounding")
SCHEMA = 1
INTERRUPTED = 130


@dataclass(frozen=True)
class Named:
    """Name a known departure: ``ids`` where two at once. ``line`` is the user's, None where no line was found."""

    id: str
    line: int | None
    words: str
    ids: tuple[str, ...] = ()
    does: str = ""
    torch_does: str = ""
    edit: str = ""
    departure: Departure | None = None

    def as_json(self) -> dict[str, Any]:
        told = {"id": self.id, "line": self.line, "words": self.words}
        return told | {"ids": list(self.ids)} if len(self.ids) > 1 else told


@dataclass(frozen=True)
class First:
    """Locate where the two first differ; ``step`` counts from 1 and is 1 of what has no steps."""

    step: int
    stage: str
    tensor: str
    index: tuple[int, ...]
    own: float
    reference: float
    line: int | None = None

    def as_json(self) -> dict[str, Any]:
        told = dict(vars(self)) | {"index": list(self.index)}
        return {name: _finite(value) for name, value in told.items()}


@dataclass(frozen=True)
class Rounding:
    """Name the rounding that alone makes the bits differ: ``fused``, ``reciprocal``, ``order`` or ``double``."""

    line: int | None
    id: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "id": self.id}


@dataclass(frozen=True)
class Failure:
    """Say why own code is unusable. ``shown`` is its own traceback; ``code`` is that of ``Unusable``, with its
    ``fields``, ``asked`` where a pair was asked for wrongly, ``no_pairs`` where nothing belongs together.
    """

    line: int | None
    words: str
    shown: str = ""
    code: str = "raised"
    fields: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "words": self.words}


class Remark(NamedTuple):
    """Hold what is to be said beside a verdict on a script: a code, which ``script_words`` words, and its fields."""

    code: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Row:
    """Hold a step as the table of the first steps has it."""

    step: int
    own: float
    reference: float


@dataclass(frozen=True)
class Counterpart:
    """Hold a value that a line made, or the element ``index`` of it, and the reference's in its place."""

    line: int
    name: str
    index: tuple[int, ...]
    own: float
    reference: float

    @property
    def departs(self) -> bool:
        """Return whether the two are more than rounding apart."""
        return not np.isclose(self.own, self.reference, rtol=1e-9, atol=0.0, equal_nan=True)


@dataclass(frozen=True)
class Findings:
    """Hold all that was found. True where the code is right: identical, rounding, or an accepted convention.

    ``notes`` are sentences about it; ``source`` the person's lines; ``table`` the first steps of an optimizer. Of a
    script, ``stopped`` is the line in which it was stopped, ``remarks`` are its notes, and ``recording`` is the run, if
    it was asked for; of a notebook, ``places`` are cell and line of each line. ``counterparts`` are what the lines up
    to the one that departs made, in the step that departs first. ``choices`` are all that the file holds of the kind.
    """

    file: str
    kind: str | None
    name: str | None
    form: str | None
    against: str | None
    params: dict[str, Any] = field(default_factory=dict)
    steps: int = 0
    dtype: str = "float64"
    verdict: Verdict = "unusable"
    named: Named | None = None
    first: First | None = None
    rounding: Rounding | None = None
    pairs: tuple[dict[str, Any], ...] = ()
    error: Failure | None = None
    accepted: bool = False
    notes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    table: tuple[Row, ...] = ()
    stopped: int | None = None
    places: tuple[tuple[int, int] | None, ...] = ()
    remarks: tuple[Remark, ...] = ()
    recording: Recording | None = None
    counterparts: tuple[Counterpart, ...] = ()
    choices: tuple[Choice, ...] = ()

    def __bool__(self) -> bool:
        return self.verdict in RIGHT or self.accepted

    @property
    def exit_status(self) -> int:
        if self.stopped is not None:
            return INTERRUPTED
        if self.verdict == "unusable":
            return 2
        return 0 if self else 1

    @property
    def line(self) -> int | None:
        """Return the user's line that the verdict is about."""
        for part in (self.error, self.named, self.first, self.rounding):
            if part is not None and part.line is not None:
                return part.line
        return None

    def as_json(self) -> dict[str, Any]:
        """Return the record as the command's ``--json`` prints it, schema 1."""
        parts = {name: getattr(self, name) for name in ("named", "first", "rounding")}
        return {
            "schema": SCHEMA, "file": self.file, "kind": self.kind, "name": self.name, "form": self.form,
            "against": self.against, "params": {name: _plain(value) for name, value in self.params.items()},
            "steps": self.steps, "dtype": self.dtype, "verdict": self.verdict,
            **{name: None if part is None else part.as_json() for name, part in parts.items()},
            "pairs": [*self.pairs], "error": None if self.error is None else self.error.as_json(),
        }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return _finite(value.item() if isinstance(value, np.generic) else value)


def _finite(value: Any) -> Any:
    """JSON has no word for what is not finite: as the other files of Lockstep, its name."""
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value
