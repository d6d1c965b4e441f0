"""Names of classes and their numbers: as an experiment lists them, or all that there are, in order."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy import ndarray as Array

from ..check import ExperimentError
from ..data_file import LONGEST_NAME, MOST_CLASSES, DataFile
from ..faults import Fault, listed, nearest, shown
from .numerals import parsed

PATH = ("data", "y", 0)


def numbered(labels: Sequence[str], lines: Sequence[int], asked: DataFile) -> tuple[Array, tuple[str, ...]]:
    """Return each label's class number, and the classes' names.

    Raises ExperimentError where a label is none of those listed, or there are too many.
    """
    found = dict.fromkeys(labels)
    names = asked.classes if isinstance(asked.classes, tuple) else in_order(found)
    places = {name: place for place, name in enumerate(names)}
    if unknown := {label for label in found if label not in places}:
        raise ExperimentError(_unknown(labels, lines, unknown, names))
    if too_long := next((label for label in found if len(label) > LONGEST_NAME), None):
        line = lines[labels.index(too_long)]
        raise ExperimentError([Fault(PATH, "data_name_too_long", {"line": line, "limit": LONGEST_NAME})])
    if len(names) > MOST_CLASSES:
        few = ", ".join(shown(name) for name in islice(names, 3))
        raise ExperimentError([Fault(PATH, "data_too_many_classes", {"count": f"{len(names):,}", "given": few})])
    return np.fromiter((places[label] for label in labels), np.int64, len(labels)), names


def in_order(found: dict[str, None]) -> tuple[str, ...]:
    """Return names in order: of numbers the smaller first."""
    numbers = {name: parsed(name) for name in found}
    if all(number is not None for number in numbers.values()):
        return tuple(sorted(found, key=lambda name: (numbers[name] or 0.0, name)))
    return tuple(sorted(found))


def labels_of(y: Array) -> list[str]:
    """Return a label a row of an array: whole numbers without a point."""
    if y.dtype.kind == "S":
        return [label.decode("utf-8", "replace") for label in y[:, 0].tolist()]
    if y.dtype.kind == "f" and np.array_equal(y[:, 0], np.floor(y[:, 0])):
        return [str(int(value)) for value in y[:, 0].tolist()]
    return [str(int(value)) if isinstance(value, bool) else str(value).strip() for value in y[:, 0].tolist()]


def _unknown(labels: Sequence[str], lines: Sequence[int], unknown: set[str], names: Sequence[str]) -> list[Fault]:
    told = {
        label: {"given": shown(label), "known": listed(names), "nearest": nearest(label, names)} for label in unknown
    }
    return [
        Fault(PATH, "data_class_unknown", {"line": line, **told[label]})
        for label, line in zip(labels, lines, strict=True)
        if label in unknown
    ]
