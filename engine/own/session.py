"""What may be asked of own code, in the process that it runs in: what it holds, how it is called, what it answers."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from .functions import OwnFunction
from .kind_forms import KindProbe
from .kind_layers import OwnKindLayer
from .layers import OwnLayer
from .libraries import load_libraries
from .optimizers import Described, OptimizerProbe, OwnOptimizer
from .recorder import Made, Recorder
from .roundings import Change, changed, changes, helpers
from .source import Source
from .subjects import Subject, of_thing, subjects_of
from .unusable import NOTHING, SEVERAL, Unusable, from_error

Guard = Callable[[], Any]


class Wanted(NamedTuple):
    """Say which part of a file is to be judged, and what was told about it."""

    name: str | None = None
    kind: str | None = None
    told: Mapping[str, str] = {}


class Choice(NamedTuple):
    """Name one of the things that a file holds, and what it was recognised as; ``line`` is its first."""

    name: str
    kind: str
    form: str
    line: int


class Session:
    """Serve questions about one thing of a user's. ``guard`` is entered around every call of its code."""

    def __init__(self, source: Source, wanted: Wanted, guard: Guard, thing: Any = None):
        self.source, self._wanted, self._guard = source, wanted, guard
        self._module: ModuleType | None = None
        self._choices: list[Choice] = []
        if thing is not None:
            self._subject = of_thing(thing, wanted.kind, wanted.told)
        else:
            self._module = self._executed()
            found = subjects_of(source, self._module, wanted.kind, wanted.told)
            self._choices = [Choice(one.name, one.kind, one.form, one.first) for one in found]
            self._subject = self._chosen(found)
        self._own: Any = None
        self._samples: Sequence[Any] = ()
        self._changes: list[Change] = []

    def _executed(self) -> ModuleType:
        load_libraries(self.source)
        try:
            with self._guard():
                return self.source.executed()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise from_error(error, self.source.file) from None

    def _chosen(self, found: Sequence[Subject]) -> Subject:
        name = self._wanted.name
        if name:
            return self._named(name, found)
        if not found:
            what = self._wanted.kind or "optimizer, activation, loss or layer"
            raise Unusable(f"no {what} of a known form is found in it", code=NOTHING)
        if len(found) > 1:
            names = ", ".join(one.name for one in found)
            words = f"holds several: {names}; choose one: {self.source.path.name}::{found[0].name}"
            raise Unusable(words, code=SEVERAL, fields={"choices": self._choices})
        return found[0]

    def _named(self, name: str, found: Sequence[Subject]) -> Subject:
        for subject in found:
            if subject.name == name:
                return subject
        thing = getattr(self._module, name, None)
        if thing is None or not callable(thing):
            known = ", ".join(one.name for one in found) or "nothing of a known form"
            words = f"there is no {name} in it; it holds {known}"
            raise Unusable(words, code=SEVERAL, fields={"choices": self._choices, "name": name})
        return of_thing(thing, self._wanted.kind, self._wanted.told)

    @property
    def own(self) -> Any:
        """Return what calls it, once that is prepared."""
        return self._own

    @property
    def subject(self) -> Subject:
        return self._subject

    def names(self) -> tuple[str, str]:
        """Return the kind and the name of what was found."""
        return self._subject.kind, self._subject.name

    def choices(self) -> list[Choice]:
        """List what the file holds of the kind that is wanted."""
        return self._choices

    def prepare(self, samples: Sequence[Any] = ()) -> Described | Any:
        """Find out how it is called: an optimizer with parameters of some shapes, all else with sample inputs."""
        self._samples = samples
        try:
            self._own, found = self._prepared(self._module, self._subject)
        except Unusable:
            if self.source.hole is None:
                raise
            words = "something is still to be written where ... stands"  # whatever it came to otherwise
            raise Unusable(words, self.source.hole) from None
        return found

    def _prepared(self, module: ModuleType | None, subject: Subject) -> tuple[Any, Any]:
        if subject.kind == "layer":
            return self._prepared_layer(module, subject)
        kind = OwnOptimizer if subject.kind == "optimizer" else OwnFunction
        own = kind(self.source, module, subject, self._wanted.told, self._guard)
        return own, own.prepare(self._samples)

    def _prepared_layer(self, module: ModuleType | None, subject: Subject) -> tuple[Any, Any]:
        """Take the first kind of layer that it can be called as, in the order of the samples.

        Where it is none, what failed first is raised.
        """
        failed: Unusable | None = None
        for of_kind, samples in groupby(self._samples, lambda sample: isinstance(sample, KindProbe)):
            kind = OwnKindLayer if of_kind else OwnLayer
            own = kind(self.source, module, subject, self._wanted.told, self._guard)
            try:
                return own, own.prepare([*samples])
            except Unusable as error:
                failed = failed or error
        assert failed is not None
        raise failed

    def roundings(self) -> list[tuple[int, str]]:
        """List the lines and ids of operations that may be rounded otherwise; none where the file is not read again."""
        if self._module is None:
            return []
        self._changes = changes(self.source.tree, self._subject.first, self._subject.last)
        return [(change.line, change.id) for change in self._changes]

    def rounded(self, number: int, probes: Sequence[Any]) -> list[Any]:
        """Run probes with one of these operations changed. Raises Unusable where it cannot be."""
        try:
            with self._guard():
                module = self.source.executed(changed(self.source.tree, self._changes[number]), helpers())
            subjects = subjects_of(self.source, module, self._wanted.kind, self._wanted.told)
            subject = next(one for one in subjects if one.name == self._subject.name)
            own, _ = self._prepared(module, subject)
            return [own.run(probe) for probe in probes]
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise from_error(error, self.source.file) from None

    def run(self, probe: Any) -> Any:
        return self._own.run(probe)

    def recorded(self, probe: OptimizerProbe | Any) -> tuple[Any, list[Made]]:
        """Run a probe and tell what each line made."""
        recorder = Recorder(lambda file: file == self.source.file)
        self._own.on_step = lambda number: setattr(recorder, "mark", number)
        try:
            with recorder:
                answer = self._own.run(probe)
        finally:
            self._own.on_step = None
        return answer, recorder.made


def open_file(path: Path, wanted: Wanted, guard: Guard) -> Session:
    return Session(Source(path), wanted, guard)
