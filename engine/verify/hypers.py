"""From the code's own hyperparameters to torch's: what each may stand for, and what torch has for the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import Any, NamedTuple

from engine.own.roles import MEANINGS
from engine.own.settings import Setting
from engine.spec import HyperField, complete, hyper_fields

MOST = 24  # assignments that are tried
Paths = dict[str, str]  # a setting's own name: torch's name, ``betas.0`` …


class Assignment(NamedTuple):
    """Say what the code's settings stand for in a reference; ``fixed`` are numbers taken from the code's text."""

    paths: Paths
    fixed: tuple[tuple[str, float], ...] = ()

    def switched(self, flags: Iterable[str]) -> "Assignment":
        """Return the assignment with switches on that the code has no word for."""
        free = [flag for flag in flags if flag not in self.paths.values()]
        return self._replace(fixed=(*self.fixed, *((flag, True) for flag in free)))

    def hyper(self, optimizer: str, settings: Sequence[Setting], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return torch's keyword arguments where own code has ``given``. Raises ValueError for what torch refuses."""
        values = {one.name: given.get(one.name, one.value) for one in settings}
        params: dict[str, Any] = {}
        for name, path in self.paths.items():
            _put(params, optimizer, path, values[name])
        for path, value in self.fixed:
            _put(params, optimizer, path, value)
        hyper = complete(optimizer, params)._asdict()
        for one in hyper_fields(optimizer):
            value = _at(hyper, one.path)
            if isinstance(value, int | float) and not isinstance(value, bool) and not one.allows(value):
                raise ValueError(f"torch takes no {'.'.join(map(str, one.path))} of {value}")
        return hyper


def assignments(optimizer: str, settings: Sequence[Setting]) -> list[Assignment]:
    """List what the settings may stand for, the usual first."""
    known = [_path(one) for one in hyper_fields(optimizer)]
    for name in {path.partition(".")[0] for path in known if "." in path}:
        known.append(name)
    return [Assignment(paths) for paths in islice(_chosen(settings, known, {}), MOST)]


def with_literals(optimizer: str, assigned: Assignment, numbers: Iterable[float], most: int) -> Iterator[Assignment]:
    """Yield the assignment with numbers of the code's text in place of torch's defaults: one, or as many as two."""
    free = [one for one in hyper_fields(optimizer) if one.kind is float and _is_free(one, assigned)]
    values = [value for value in dict.fromkeys(numbers) if value not in (0, 1, 2)]
    single = [(_path(one), value) for one in free for value in values if one.allows(value) and value != one.default]
    yield from (Assignment(assigned.paths, (*assigned.fixed, one)) for one in single)
    for one, other in combinations(single, 2) if most > 1 else ():
        if one[0] != other[0]:
            yield Assignment(assigned.paths, (*assigned.fixed, one, other))


def _is_free(one: HyperField, assigned: Assignment) -> bool:
    path = _path(one)
    return path not in assigned.paths.values() and path.partition(".")[0] not in assigned.paths.values()


def _chosen(settings: Sequence[Setting], known: Sequence[str], so_far: Paths) -> Iterator[Paths]:
    if not settings:
        yield dict(so_far)
        return
    first, rest = settings[0], settings[1:]
    taken = set(so_far.values())
    fitting = [path for path in MEANINGS.get(first.role, ()) if path in known and path not in taken]
    fitting += [first.name] * (not fitting and first.name in known and first.name not in taken)
    for path in fitting:
        yield from _chosen(rest, known, {**so_far, first.name: path})
    if not fitting or first.role in ("decay", "alpha", "gamma", "beta", "rho"):
        yield from _chosen(rest, known, so_far)


def _path(one: HyperField) -> str:
    return ".".join(str(part) for part in one.path)


def _put(params: dict[str, Any], optimizer: str, path: str, value: Any) -> None:
    name, _, place = path.partition(".")
    if not place:
        params[name] = tuple(value) if isinstance(value, list) else value
        return
    current = list(params.get(name) or complete(optimizer, {})._asdict()[name])
    current[int(place)] = value
    params[name] = tuple(current)


def _at(hyper: Mapping[str, Any], path: Sequence[str | int]) -> Any:
    value: Any = hyper
    for part in path:
        value = value[part]
    return value
