"""What may be asked of own code, in the process that it runs in: what it holds, how it is called, what it answers."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from .functions import OwnFunction
from .layers import OwnLayer
from .optimizers import Described, OptimizerProbe, OwnOptimizer
from .recorder import Made, Recorder
from .source import Source
from .subjects import Subject, of_thing, subjects_of
from .unusable import Unusable, from_error

Guard = Callable[[], Any]


class Wanted(NamedTuple):
    """Which part of a file is to be judged, and what was told about it."""

    name: str | None = None
    kind: str | None = None
    told: Mapping[str, str] = {}


class Session:
    """One thing of a person's. ``guard`` is entered around every call of its code."""

    def __init__(self, source: Source, wanted: Wanted, guard: Guard, thing: Any = None):
        self.source, self._wanted, self._guard = source, wanted, guard
        self._module: ModuleType | None = None
        if thing is not None:
            self._subject = of_thing(thing, wanted.kind, wanted.told)
        else:
            self._module = self._executed()
            self._subject = self._chosen(subjects_of(source, self._module, wanted.kind, wanted.told))
        self._own: Any = None

    def _executed(self) -> ModuleType:
        _ = self.source.tree
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
            raise Unusable(f"no {what} of a known form is found in it", code="form")
        if len(found) > 1:
            names = ", ".join(one.name for one in found)
            raise Unusable(f"holds several: {names}; choose one: {self.source.path.name}::{found[0].name}", code="form")
        return found[0]

    def _named(self, name: str, found: Sequence[Subject]) -> Subject:
        for subject in found:
            if subject.name == name:
                return subject
        thing = getattr(self._module, name, None)
        if thing is None or not callable(thing):
            known = ", ".join(one.name for one in found) or "nothing of a known form"
            raise Unusable(f"there is no {name} in it; it holds {known}", code="form")
        return of_thing(thing, self._wanted.kind, self._wanted.told)

    @property
    def subject(self) -> Subject:
        return self._subject

    def names(self) -> tuple[str, str]:
        """The kind and the name of what was found."""
        return self._subject.kind, self._subject.name

    def prepare(self, samples: Sequence[Any] = ()) -> Described | Any:
        """Find out how it is called: an optimizer with parameters of some shapes, all else with sample inputs."""
        subject, told = self._subject, self._wanted.told
        if subject.kind == "optimizer":
            self._own = OwnOptimizer(self.source, self._module, subject, told, self._guard)
            return self._own.prepare(samples)
        make = OwnLayer if subject.kind == "layer" else OwnFunction
        self._own = make(self.source, self._module, subject, told, self._guard)
        return self._own.prepare(samples)

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
