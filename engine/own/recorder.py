"""Own code watched line by line: what each line made or changed, copied, as own code may change its arrays in place."""

import sys
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

RETURN = "return"
MOST_EVENTS = 20_000
MOST_NUMBERS = 1 << 16
DEPTH = 2  # objects within objects


class Made(NamedTuple):
    """Hold a value that a line made: ``name`` as the code has it, ``m``, ``self.v``, ``config['m']``."""

    line: int
    name: str
    value: Array
    mark: int = 0  # of the step under way


class Recorder:
    """Record what runs of one file inside ``with``. ``mark`` is noted with each value."""

    def __init__(self, is_recorded: Callable[[str], bool]):
        self._is_recorded, self.made, self.mark = is_recorded, list[Made](), 0
        self.lines: set[int] = set()
        self._before: Any = None

    def __enter__(self) -> "Recorder":
        self._before = sys.gettrace()
        sys.settrace(self._on_call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _on_call(self, frame: FrameType, _event: str, _: Any) -> Any:
        code = frame.f_code
        if not self._is_recorded(code.co_filename) or code.co_name.startswith("<") or len(self.made) > MOST_EVENTS:
            return None
        return _Frame(self, frame)


class _Frame:
    def __init__(self, recorder: Recorder, frame: FrameType):
        self._recorder, self._line = recorder, frame.f_lineno
        self._known = dict(values_of(frame.f_locals))

    def __call__(self, frame: FrameType, event: str, value: Any) -> Any:
        if event == "exception":
            return self
        recorder = self._recorder
        for name, now in values_of(frame.f_locals):
            before = self._known.get(name)
            if before is None or not is_same(before, now):
                self._known[name] = now
                recorder.made.append(Made(self._line, name, now, recorder.mark))
        if event == "return":
            for name, now in values_of({RETURN: value}):
                recorder.made.append(Made(self._line, name, now, recorder.mark))
        self._line = frame.f_lineno
        recorder.lines.add(self._line)
        return self


def values_of(variables: Mapping[str, Any]) -> Iterator[tuple[str, Array]]:
    """Yield the numbers and arrays that variables are or hold, each copied, under their names."""
    for name, value in list(variables.items()):
        yield from _within(name, value, DEPTH)


def _within(name: str, value: Any, depth: int) -> Iterator[tuple[str, Array]]:
    """Yield the numbers that a value is or holds, each copied, under their names."""
    array = number_of(value)
    if array is not None:
        yield name, array
        if (gradient := number_of(getattr(value, "grad", None))) is not None:
            yield f"{name}.grad", gradient
    elif depth and isinstance(value, dict):
        for key, one in list(value.items())[:50]:
            yield from _within(f"{name}[{key!r}]", one, depth - 1)
    elif depth and isinstance(value, list | tuple):
        for place, one in enumerate(value[:20]):
            yield from _within(f"{name}[{place}]", one, depth - 1)
    elif depth and hasattr(value, "__dict__") and not isinstance(value, type) and not callable(value):
        for key, one in list(vars(value).items())[:50]:
            yield from _within(f"{name}.{key}", one, depth - 1)


def number_of(value: Any) -> Array | None:
    """Return a copy of a number or an array of numbers; None of anything else."""
    if isinstance(value, bool):
        return None
    if hasattr(value, "detach"):
        try:
            value = value.detach().cpu().numpy()
        except Exception:
            return None
    if isinstance(value, int | float | np.generic):
        try:
            return np.array(value, dtype=np.float64)
        except (OverflowError, ValueError, TypeError):
            return None
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.size <= MOST_NUMBERS:
        return np.array(value).view(np.ndarray)
    return None


def is_same(one: Array, other: Array) -> bool:
    """Return whether two arrays are the same bits."""
    return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
