"""Which columns of a file are meant by the names and numbers in an experiment."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..check import ExperimentError
from ..data_file import Column, DataFile
from ..faults import Fault, listed, nearest, shown


class Chosen(NamedTuple):
    """Hold the places of x's and y's columns in the file, from 0, and what x's are called."""

    x: tuple[int, ...]
    y: tuple[int, ...]
    names: tuple[str, ...]


def chosen_columns(asked: DataFile, names: Sequence[str], named: bool) -> Chosen:
    """Find the columns. ``named``: the file gives them ``names``; otherwise numbers alone lead to them.

    Raises ExperimentError with a fault for each that is not there, or is chosen twice.
    """
    faults: list[Fault] = []
    y = _places("y", asked.y, names, named, faults)
    if asked.x is None:
        x = tuple(place for place in range(len(names)) if place not in y)
        if not x:
            faults.append(Fault(("data", "y"), "data_nothing_left"))
    else:
        x = _places("x", asked.x, names, named, faults)
    faults += _twice("x", asked.x or (), x, ())
    faults += _twice("y", asked.y, y, x if asked.x is not None else ())
    if asked.classes and len(asked.y) > 1:
        faults.append(Fault(("data", "classes"), "data_classes_of_one", {"count": len(asked.y)}))
    if faults:
        raise ExperimentError(faults)
    return Chosen(x, y, tuple(names[place] for place in x))


def _places(
    part: str, asked: Sequence[Column], names: Sequence[str], named: bool, faults: list[Fault]
) -> tuple[int, ...]:
    """Return the place of each column, -1 of one that is not there."""
    known = {name: place for place, name in reversed(list(enumerate(names)))} if named else {}
    doubled = {name for name in known if names.count(name) > 1} if len(known) < len(names) and named else set()
    found: list[int] = []
    for index, column in enumerate(asked):
        place = known.get(column, -1) if isinstance(column, str) else column
        if column in doubled:
            faults.append(Fault(("data", part, index), "data_column_doubled", {"given": shown(column)}))
            place = -1
        elif isinstance(column, str) and place < 0:
            faults.append(_unknown(("data", part, index), column, names, named))
        elif place >= len(names):
            faults.append(Fault(("data", part, index), "data_column_beyond", {"given": place, "count": len(names)}))
            place = -1
        found.append(place)
    return tuple(found)


def _unknown(path: tuple[str | int, ...], column: str, names: Sequence[str], named: bool) -> Fault:
    if not named:
        return Fault(path, "data_no_names", {"given": shown(column), "last": len(names) - 1})
    fields = {"given": shown(column), "known": listed(names), "nearest": nearest(column, names)}
    return Fault(path, "data_column_unknown", fields)


def _twice(part: str, asked: Sequence[Column], places: Sequence[int], others: Sequence[int]) -> Iterator[Fault]:
    before = set(others)
    for index, place in enumerate(places):
        if place >= 0 and place in before and index < len(asked):
            yield Fault(("data", part, index), "data_column_twice", {"given": shown(asked[index])})
        before.add(place)
