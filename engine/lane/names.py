"""The names of a step's values, under which both backends give them: a weight before the step, a state entry …"""

from collections.abc import Iterator, Sequence
from typing import Any

from .lane import Snapshot

BEFORE = ".before"  # ends the name of a weight or state entry as it was before the step


def state_before(names: Sequence[str], snapshot: Snapshot) -> Iterator[tuple[str, Any]]:
    """Name what a lane begins a step with: weights, state entries and buffers, as far as they are there, by name.

    ``layer1.weight.before``, ``layer1.weight.m.before`` …
    """
    for name, weight, state in zip(names, snapshot.weights, snapshot.states, strict=True):
        yield f"{name}{BEFORE}", weight
        yield from ((f"{name}.{symbol}{BEFORE}", value) for symbol, value in state.items() if value is not None)
    yield from ((f"{name}{BEFORE}", value) for name, value in snapshot.buffers.items())


def is_given(name: str) -> bool:
    """Tell whether a named value is what a step begins with, and not what comes out of it."""
    return name.endswith(BEFORE) or name in ("x", "y")
