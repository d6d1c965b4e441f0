"""Draw arguments by what their fields say of themselves: ordinary numbers, and those at the edge of what is allowed."""

import math
from typing import Any

import numpy as np

from engine.spec import HyperField

Raw = dict[str, Any]
Draw = np.random.Generator

EDGES = (0.0, 5e-324, 1e-300, 1e-45, 1e-12, 1e-3, 0.1, 0.5, 0.9, 0.999, 1.0, 2.0, 1e6, 1e12, 1e38, 1e300)
COUNTS = (1, 2, 3, 5, 10, 17, 50, 10**9)
FEW = {"max_iter": (1, 3, 6), "max_eval": (2, 5, 20), "history_size": (1, 2, 5, 100), "ns_steps": (0, 1, 3, 5)}


def params_of(draw: Draw, fields: tuple[HyperField, ...], chance: float) -> Raw:
    """Draw those that must be given, and of the others some."""
    names = dict.fromkeys(str(field.path[0]) for field in fields)
    given: Raw = {}
    for name in names:
        parts = [field for field in fields if field.path[0] == name]
        if not parts[0].required and not by_chance(draw, chance):
            continue
        if parts[0].many:
            given[name] = sorted(_value(draw, parts[0]) for _ in range(draw.integers(0, 4)))
        elif len(parts[0].path) == 1:
            given[name] = _value(draw, parts[0])
        else:
            given[name] = [_value(draw, part) for part in parts]
    return given


def _value(draw: Draw, field: HyperField) -> Any:
    if field.kind is bool:
        return by_chance(draw, 0.5)
    if field.kind is str:
        return one_of(draw, (*field.about.choices, *([None] if field.about.optional else [])))
    name = str(field.path[-1])
    if field.kind is int:
        return one_of(draw, [count for count in FEW.get(name, COUNTS) if field.allows(count)])
    if by_chance(draw, 0.25):
        return one_of(draw, [number for number in EDGES if field.allows(number)])
    return _usual(draw, field)


def _usual(draw: Draw, field: HyperField) -> float:
    """Draw a number near the default, or within the range where there is none that is not 0."""
    default = field.default if isinstance(field.default, int | float) and field.default else 0.1
    for _ in range(20):
        number = float(default * 10 ** draw.uniform(-1, 0.7))
        if math.isfinite(field.about.high) and by_chance(draw, 0.5):
            number = float(draw.uniform(max(field.about.low, -1), field.about.high))
        if field.allows(number):
            return number
    return float(default)


def by_chance(draw: Draw, chance: float) -> bool:
    return bool(draw.random() < chance)


def one_of(draw: Draw, choices: Any) -> Any:
    return choices[int(draw.integers(len(choices)))]
