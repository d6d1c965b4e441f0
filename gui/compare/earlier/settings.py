"""Which settings of two experiments differ: where, in the words of the forms, then and now."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from PySide6.QtCore import QCoreApplication

from engine.spec import ExperimentSpec, Fault, Matrix, Numbers, complete
from gui.look.wording import fault_place
from gui.session.param_words import text as value_text

translate = QCoreApplication.translate
Path = tuple[str | int, ...]
UNSEEN = ("schema", "breakpoints", "optimizers")  # what says nothing of the numbers, and what is told by label
OF_LOOKS = ("color", "label", "params")
A_LINE = 60  # letters of a value; of longer ones there is so much
MISSING = "–"


class Difference(NamedTuple):
    """Hold a setting that differs: its place, and what stands there."""

    place: str
    then: str
    now: str


def differences(then: ExperimentSpec, now: ExperimentSpec) -> list[Difference]:
    """List all settings that differ and that a run's numbers may depend on, entries paired by their labels."""
    old, new = (_but(spec.as_typed(keep=0), UNSEEN) for spec in (then, now))
    found = list(_found((), old, new, 0, ""))
    before, after = (dict(zip(spec.labels, range(len(spec.labels)), strict=True)) for spec in (then, now))
    for label, place in after.items():
        if label in before:
            found += _of_entry(label, place, then.optimizers[before[label]], now.optimizers[place])
    there, entry = translate("earlier", "there"), translate("earlier", "Optimizer {label}")
    found += [Difference(entry.format(label=label), there, MISSING) for label in before if label not in after]
    return found + [Difference(entry.format(label=label), MISSING, there) for label in after if label not in before]


def _of_entry(label: str, place: int, then: Any, now: Any) -> Iterator[Difference]:
    path = ("optimizers", place)
    old, new = (_but(entry.model_dump(mode="json", by_alias=True, warnings=False), OF_LOOKS) for entry in (then, now))
    yield from _found(path, old, new, 2, f"{label}: ")
    if then.name == now.name and then.name:
        olds, news = (complete(entry.name, dict(entry.params))._asdict() for entry in (then, now))
    else:
        olds, news = dict(then.params), dict(now.params)
    for name in [*olds, *(name for name in news if name not in olds)]:
        yield from _found((*path, "params", name), olds.get(name), news.get(name), 2, f"{label}: ", leaf=True)


def _but(raw: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name not in names}


def _found(path: Path, then: Any, now: Any, within: int, before: str, *, leaf: bool = False) -> Iterator[Difference]:
    """Yield what differs below ``path``: down to single values, but to no single number of an array."""
    if _equal(then, now):
        return
    if not leaf and isinstance(then, dict) and isinstance(now, dict):
        for name in [*then, *(name for name in now if name not in then)]:
            yield from _found((*path, name), then.get(name), now.get(name), within, before)
    elif not leaf and _is_list_of_parts(then) and _is_list_of_parts(now) and len(then) == len(now):
        for place, (old, new) in enumerate(zip(then, now, strict=True)):
            yield from _found((*path, place), old, new, within, before)
    else:
        place = before + fault_place(Fault(path, "", {}), within)
        yield Difference(place[:1].upper() + place[1:] if not before else place, *_texts(then, now))


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


def _texts(then: Any, now: Any) -> tuple[str, str]:
    """Write both; of what reads the same, that the second is another."""
    old, new = _text(then), _text(now)
    return old, translate("earlier", "{value}, others").format(value=new) if old == new else new


def _text(value: Any) -> str:
    """Write a value; of what is no single one, how much there is."""
    if value is None:
        return MISSING
    if isinstance(value, Numbers):
        count, columns = len(value.values), value.columns if isinstance(value, Matrix) else 1
        size = f"{count // columns:,} × {columns:,}" if columns > 1 else f"{count:,}"
        return translate("earlier", "{size} numbers").format(size=size)
    if isinstance(value, str) and "\n" in value:
        return translate("earlier", "{count} lines").format(count=value.count("\n") + 1)
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    written = value_text(value)
    return written if len(written) <= A_LINE else written[: A_LINE - 1] + "…"
