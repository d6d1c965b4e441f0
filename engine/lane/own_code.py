"""Own code as an experiment's entry has it: opened, and handed the hyperparameters that both sides have.

What its settings stand for among torch's is found out once, before a run, and kept by its text (``bind``).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine.kept_source import keep_text
from engine.layer_names import owner_of
from engine.own.call_watch import guard_of
from engine.own.live_optimizer import SHAPES, LiveOptimizer, Place
from engine.own.live_textbook import LiveTextbook
from engine.own.optimizers import Described, OwnOptimizer
from engine.own.session import Session, Wanted
from engine.own.source import Source
from engine.own.trust import check_trusted
from engine.spec import ExperimentSpec, OptimizerSpec, OwnCode, code_of, complete, shapes_of, text_of_code

DOES_NOT_REPEAT = "it does not repeat itself"


class Bound(NamedTuple):
    """Say what own settings stand for: ``paths`` by their own names, ``betas.0`` …; ``counts_from``: the first step.

    ``repeats``: it comes to the same where it is asked the same.
    """

    paths: Mapping[str, str]
    counts_from: int = 1
    repeats: bool = True


_bound: dict[tuple[str, str, str], Bound] = {}  # by code, its text, and torch's name


def bind(spec: ExperimentSpec, entry: OptimizerSpec, bound: Bound) -> None:
    """Keep what the settings of an entry's code stand for."""
    _bound[_key(spec, entry)] = bound


def bindings() -> dict[tuple[str, str, str], Bound]:
    """Return all that was bound in this process."""
    return dict(_bound)


def adopt(bindings: Mapping[tuple[str, str, str], Bound]) -> None:
    """Bind what was found out in another process."""
    _bound.update(bindings)


def _key(spec: ExperimentSpec, entry: OptimizerSpec) -> tuple[str, str, str]:
    assert entry.code is not None
    return entry.code, text_of_code(spec, entry.code), entry.name


def source_of(spec: ExperimentSpec, code: str) -> Source:
    """Return the source that a use of own code stands in."""
    return Source(Path(OwnCode.of(code).file), text_of_code(spec, code))


def texts_that_run(spec: ExperimentSpec) -> dict[str, str]:
    """Return what runs of each file of own code; of a notebook the code of its cells."""
    return {source.file: source.text for source in (source_of(spec, code) for code in code_of(spec))}


class OwnEntry:
    """Open the code of an optimizer entry, a module of its own each time. Raises NotTrusted and Unusable."""

    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec):
        assert entry.code is not None
        source = source_of(spec, entry.code)
        check_trusted(source)
        self.guard = guard_of(source.file)
        code = OwnCode.of(entry.code)
        session = Session(source, Wanted(code.name, "optimizer", dict(code.told)), self.guard)
        self.found: Described = session.prepare(SHAPES)
        self.own: OwnOptimizer = session.own
        self.source, self.subject = source, session.subject
        self.form, self.thing, self.file = session.subject.form, session.subject.forward, source.file
        self.text, self.given = source.text, source.given
        self.keep()
        self._bound, self._name = _bound.get(_key(spec, entry), Bound({})), entry.name
        self.places = places_of(spec)

    def keep(self) -> None:
        """Have this be what its file holds for whoever looks at what runs."""
        keep_text(self.file, self.text)

    @property
    def counts_from(self) -> int:
        return self._bound.counts_from

    @property
    def repeats(self) -> bool:
        return self._bound.repeats

    def live(self) -> LiveOptimizer | LiveTextbook:
        """Return the optimizer, to be started."""
        if self.form == "textbook":
            names = self.thing if isinstance(self.thing, Mapping) else vars(self.thing)
            return LiveTextbook(self.own, names, self.text, self.guard)
        return LiveOptimizer(self.own, self.text, self.places, self.guard)

    def reaches(self, path: Sequence[str | int]) -> bool:
        """Return whether a hyperparameter of torch's is handed to the code, or is a number of its own inside."""
        paths = [
            self._bound.paths[one.name] for one in self.found.settings if one.settable and one.name in self._bound.paths
        ]
        return any(one in (str(path[0]), ".".join(map(str, path))) for one in paths)

    def settings(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is handed in, by the code's own names, where the entry has these ``params``."""
        return self.settings_in(complete(self._name, dict(params))._asdict() if self._name else params)

    def settings_in(self, hyper: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is handed in where these hyperparameters, all by torch's names, are in force."""
        found: dict[str, Any] = {}
        for one in self.found.settings:
            path = self._bound.paths.get(one.name)
            if one.settable:
                found[one.name] = one.value if path is None else value_at(hyper, path, one.value)
        return found


def value_at(hyper: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """Return a hyperparameter by its path, ``betas.0`` …; ``default`` where there is none."""
    name, _, place = path.partition(".")
    value = hyper.get(name, default)
    return value[int(place)] if place and isinstance(value, tuple | list) else value


def places_of(spec: ExperimentSpec) -> list[Place]:
    """Return where each of the experiment's parameters belongs."""
    names = list(shapes_of(spec))
    layers = list(dict.fromkeys(owner_of(name) for name in names))
    return [Place(layers.index(owner_of(name)), name.endswith("bias")) for name in names]
