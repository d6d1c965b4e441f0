"""Which settings of two experiments differ: where, and what stands there then and now."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.spec import ExperimentSpec, Matrix, Numbers, complete

Path = tuple[str | int, ...]
UNSEEN = ("schema", "breakpoints", "optimizers")  # what says nothing of the numbers, and what is told by label
OF_LOOKS = ("color", "label", "params")
A_LINE = 60  # letters of a value; of longer ones there is so much
OTHERS = "{value}, others"


class Differing(NamedTuple):
    """Hold a setting that differs: its path, of an entry's within that (``label``; else None), and what stands there.

    An entry that one of the two lacks has the path of none, and True where it is there.
    """

    path: Path
    label: str | None
    then: Any
    now: Any


def differing(
    then: ExperimentSpec, now: ExperimentSpec, linked: Mapping[str, Any] | None = None
) -> Iterator[Differing]:
    """Yield all settings that differ and that a run's numbers may depend on, entries paired by their labels.

    ``linked``: what ``then`` says of data in a file, where those were not read.
    """
    then, now = then.by_names(), now.by_names()
    old, new = (_but(spec.as_typed(keep=0), UNSEEN) for spec in (then, now))
    _even_hashes(old.get("start"), new.get("start"))
    if linked is not None:
        old["data"], new["data"] = _links(dict(linked), new.get("data"))
    yield from _found((), old, new, None)
    before, after = (dict(zip(spec.labels, range(len(spec.labels)), strict=True)) for spec in (then, now))
    for label, place in after.items():
        if label in before:
            yield from _of_entry(label, place, then.optimizers[before[label]], now.optimizers[place])
    yield from (Differing((), label, True, None) for label in before if label not in after)
    yield from (Differing((), label, None, True) for label in after if label not in before)


def _even_hashes(then: Any, now: Any) -> None:
    """Leave a file's hash out where only one of the two knows it."""
    if isinstance(then, dict) and isinstance(now, dict) and ("sha256" in then) != ("sha256" in now):
        then.pop("sha256", None)
        now.pop("sha256", None)


def _links(then: dict[str, Any], now: Any) -> tuple[Any, Any]:
    """Return both links without the file's place, where both files held the same."""
    if isinstance(now, dict) and then.get("sha256") is not None and then["sha256"] == now.get("sha256"):
        return _but(then, ("file",)), _but(now, ("file",))
    return then, now


def _of_entry(label: str, place: int, then: Any, now: Any) -> Iterator[Differing]:
    path = ("optimizers", place)
    old, new = (_but(entry.model_dump(mode="json", by_alias=True, warnings=False), OF_LOOKS) for entry in (then, now))
    _even_hashes(old.get("log"), new.get("log"))
    yield from _found(path, old, new, label)
    if then.name == now.name and then.name:
        olds, news = (complete(entry.name, dict(entry.params))._asdict() for entry in (then, now))
    else:
        olds, news = dict(then.params), dict(now.params)
    if then.code is not None and now.code is not None:  # what one leaves out its code has for itself
        olds, news = (
            {name: one[name] for name in one if name in then.params and name in now.params} for one in (olds, news)
        )
    for name in [*olds, *(name for name in news if name not in olds)]:
        yield from _found((*path, "params", name), olds.get(name), news.get(name), label, leaf=True)


def _but(raw: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name not in names}


def _found(path: Path, then: Any, now: Any, label: str | None, *, leaf: bool = False) -> Iterator[Differing]:
    """Yield what differs below ``path``: down to single values, but to no single number of an array."""
    if _equal(then, now):
        return
    if not leaf and isinstance(then, dict) and isinstance(now, dict):
        for name in [*then, *(name for name in now if name not in then)]:
            yield from _found((*path, name), then.get(name), now.get(name), label)
    elif not leaf and _is_list_of_parts(then) and _is_list_of_parts(now) and len(then) == len(now):
        for place, (old, new) in enumerate(zip(then, now, strict=True)):
            yield from _found((*path, place), old, new, label)
    else:
        yield Differing(path, label, then, now)


def _is_list_of_parts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _equal(then: Any, now: Any) -> bool:
    if isinstance(then, Numbers) or isinstance(now, Numbers):
        return type(then) is type(now) and np.array_equal(then.values, now.values)
    if isinstance(then, dict) and isinstance(now, dict):
        return then.keys() == now.keys() and all(_equal(then[name], now[name]) for name in then)
    return (type(then) is type(now) and then == now) or (_is_number(then) and _is_number(now) and then == now)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def size_of(value: Numbers) -> str:
    """Say how many numbers there are, of a matrix in rows and columns."""
    count, columns = len(value.values), value.columns if isinstance(value, Matrix) else 1
    return f"{count // columns:,} × {columns:,}" if columns > 1 else f"{count:,}"


def in_a_line(value: Any) -> Any:
    """Return a value as text where it has parts; a number or a word as it is."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def cut(text: str) -> str:
    """Return as much of a text as a line of a table has room for."""
    return text if len(text) <= A_LINE else text[: A_LINE - 1] + "…"
