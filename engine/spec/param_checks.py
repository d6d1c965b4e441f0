"""Keyword arguments of an optimizer or a schedule against the fields that it has."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from .faults import Fault, Path, shown, unknown_name
from .hyperparameters import HyperField

LARGEST_WHOLE = 10**12  # steps beyond it nobody takes, and all floats hold it exactly
MOST_VALUES = 1000  # of a list


def params_faults(path: Path, params: dict[str, Any], fields: Sequence[HyperField]) -> Iterator[Fault]:
    """Find arguments that are not known, not given though they must be, or not what they may be."""
    by_name: dict[str, list[HyperField]] = {}
    for field in fields:
        by_name.setdefault(str(field.path[0]), []).append(field)
    for name, given in params.items():
        yield from _param_faults((*path, name), given, by_name.get(name), list(by_name))
    for name, parts in by_name.items():
        if parts[0].required and name not in params:
            yield Fault((*path, name), "missing")


def nameless_faults(path: Path, params: dict[str, Any]) -> Iterator[Fault]:
    """Find arguments that no code of a person's takes: what is no number, no switch, and no list of numbers."""
    for name, given in params.items():
        parts = given if isinstance(given, (list, tuple)) and given else [given]
        if not all(isinstance(part, int | float) and abs(part) <= sys.float_info.max for part in parts):
            yield Fault((*path, name), "wrong_type", {"expected": "a number", "given": shown(given)})


def _param_faults(path: Path, given: Any, fields: list[HyperField] | None, known: list[str]) -> Iterator[Fault]:
    if fields is None:
        yield unknown_name(path, path[-1], known)
    elif fields[0].many:
        yield from _list_faults(path, given, fields[0])
    elif len(fields[0].path) == 1:
        yield from value_faults(path, given, fields[0])
    elif not isinstance(given, (list, tuple)) or len(given) != len(fields):
        yield Fault(path, "wrong_type", {"expected": f"a list of {len(fields)} numbers", "given": shown(given)})
    else:
        for index, (part, field) in enumerate(zip(given, fields, strict=True)):
            yield from value_faults((*path, index), part, field)


def _list_faults(path: Path, given: Any, field: HyperField) -> Iterator[Fault]:
    if given is None and field.default is None and not field.required:
        return
    if not isinstance(given, (list, tuple)):
        yield Fault(path, "wrong_type", {"expected": "a list", "given": shown(given)})
    elif len(given) > MOST_VALUES:
        yield Fault(path, "too_many", {"count": len(given), "limit": MOST_VALUES})
    else:
        for index, part in enumerate(given):
            yield from value_faults((*path, index), part, field)


def value_faults(path: Path, given: Any, field: HyperField) -> Iterator[Fault]:
    """Check one hyperparameter's value against its kind and range."""
    if given is None and field.about.optional:
        return
    if field.kind in (bool, str):
        yield from _word_faults(path, given, field)
        return
    numbers = int if field.kind is int else (int, float)
    if not isinstance(given, numbers) or isinstance(given, bool):
        expected = "a whole number" if field.kind is int else "a number"
        yield Fault(path, "wrong_type", {"expected": expected, "given": shown(given)})
    elif not abs(given) <= sys.float_info.max:  # a whole number may be larger than any float
        yield Fault(path, "not_finite", {"given": shown(given)})
    elif not field.allows(given):
        yield Fault(path, "out_of_range", {"accepted": field.accepted, "given": shown(given)})
    elif field.kind is int and given > LARGEST_WHOLE:
        yield Fault(path, "out_of_range", {"accepted": f"≤ {LARGEST_WHOLE}", "given": shown(given)})


def _word_faults(path: Path, given: Any, field: HyperField) -> Iterator[Fault]:
    if not isinstance(given, field.kind):
        expected = "true or false" if field.kind is bool else "text"
        yield Fault(path, "wrong_type", {"expected": expected, "given": shown(given)})
    elif field.kind is str and given not in field.about.choices:
        yield unknown_name(path, given, field.about.choices)
