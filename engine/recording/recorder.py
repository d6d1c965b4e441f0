"""Watches the textbook run: every line of it, who called whom, and what each line made.

Nothing is changed in the frames that are watched, so a step comes out the same bit for bit. Values are
kept by reference and never copied: the textbook changes no array in place, and what a variable was
bound to stays what it was. The exception are its lists and dicts, which grow: of those a shallow copy is kept; and
arrays that a file says it changes, of which there is a copy from before each change.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from operator import is_
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import numpy as np

import engine.diy
from engine.own.recorder import is_same, values_of

GROWING = (list, dict)
KEYS = (str, int)
RETURN = "return"  # what a function returns is bound to this name
IN_PLACE = "IN_PLACE"  # names in a file the variables whose arrays it changes in place

Tracer = Callable[[FrameType, str, Any], Any]
_NOTHING = object()


class RecordedCall(NamedTuple):
    """Hold a call. ``caller`` is the line that called it, an index of ``Recording.lines``."""

    code: CodeType
    caller: int | None
    arguments: dict[str, Any]


class RecordedLine(NamedTuple):
    """Hold a line. ``call`` is an index of ``Recording.calls``; ``made`` is what the line created or rebound.

    ``keys``: in a person's file the variables that something may be kept under, as they were before the line.
    """

    call: int
    line: int
    made: dict[str, Any]
    keys: Mapping[str, str | int] = {}


class Recording:
    """Record what runs inside ``with``. Recorded frames may call through others, which are left alone.

    ``own``: a person's files, recorded as well; of their values copies are kept, as they may change arrays in place.
    """

    def __init__(self, own: Collection[str] = ()) -> None:
        self.own = own
        self.calls: list[RecordedCall] = []
        self.lines: list[RecordedLine] = []
        self._under_way: list[int] = []  # the newest line of each call that has not returned yet
        self._files: dict[str, bool] = {}  # whether a file is recorded
        self._tracer_before: Any = None

    def __enter__(self) -> "Recording":
        self._tracer_before = sys.gettrace()
        sys.settrace(self._on_call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._tracer_before)

    def _on_call(self, frame: FrameType, _event: str, _: Any) -> Tracer | None:
        code = frame.f_code
        wanted = self._files.get(code.co_filename)
        if wanted is None:
            is_own = code.co_filename in self.own
            wanted = self._files[code.co_filename] = is_own or is_recorded(code.co_filename)
        if not wanted or code.co_name.startswith("<"):
            return None
        if code.co_filename in self.own:
            return self._own_call(frame)
        known = dict(frame.f_locals)
        caller = self._under_way[-1] if self._under_way else None
        self.calls.append(RecordedCall(code, caller, {name: _kept(value) for name, value in known.items()}))
        self._under_way.append(-1)
        watch = _Watch if IN_PLACE not in frame.f_globals else _CopyingWatch
        return watch(self.lines, self._under_way, len(self.calls) - 1, known)

    def _own_call(self, frame: FrameType) -> Tracer:
        known = dict(values_of(frame.f_locals))
        caller = self._under_way[-1] if self._under_way else None
        self.calls.append(RecordedCall(frame.f_code, caller, dict(known)))
        self._under_way.append(-1)
        return _OwnWatch(self.lines, self._under_way, len(self.calls) - 1, known)


class _OwnWatch:
    """The tracer of one call of a person's: numbers and arrays, also those within objects, copied as they are made."""

    def __init__(self, lines: list[RecordedLine], under_way: list[int], call: int, known: dict[str, Any]):
        self._lines, self._under_way, self._call, self._known = lines, under_way, call, known
        self._made: dict[str, Any] = {}

    def __call__(self, frame: FrameType, event: str, value: Any) -> Tracer:
        if event == "exception":
            return self
        for name, now in values_of(frame.f_locals):
            before = self._known.get(name)
            if before is None or not is_same(before, now):
                self._known[name] = self._made[name] = now
        if event == "line":
            self._made = {}
            self._under_way[-1] = len(self._lines)
            keys = {name: key for name, key in frame.f_locals.items() if type(key) in KEYS}
            self._lines.append(RecordedLine(self._call, frame.f_lineno, self._made, keys))
        else:
            self._made |= dict(values_of({RETURN: value}))
            self._under_way.pop()
        return self


class _Watch:
    """The tracer of one call. An object, not a closure: that would refer to itself, and arrays would be let go of
    by the garbage collector alone.
    """

    __slots__ = ("_call", "_growing", "_known", "_lines", "_made", "_under_way")

    def __init__(self, lines: list[RecordedLine], under_way: list[int], call: int, known: dict[str, Any]):
        """``known`` are the call's variables as last seen."""
        self._lines, self._under_way, self._call, self._known = lines, under_way, call, known
        self._growing = {name: value.copy() for name, value in known.items() if type(value) in GROWING}
        self._made: dict[str, Any] = {}  # of the line that ran last

    def __call__(self, frame: FrameType, event: str, value: Any) -> Tracer:
        if event == "exception":
            return self
        self._look(frame.f_locals)
        if event == "line":
            self._made = {}
            self._under_way[-1] = len(self._lines)
            self._lines.append(RecordedLine(self._call, frame.f_lineno, self._made))
        else:
            self._made[RETURN] = _kept(value)
            self._under_way.pop()
        return self

    def _look(self, variables: Mapping[str, Any]) -> None:
        """Take what is new since the last look as made by the line that ran last."""
        known, growing = self._known, self._growing
        for name, now in variables.items():
            if known.get(name, _NOTHING) is not now:
                known[name] = self._made[name] = now
                if type(now) in GROWING:
                    self._made[name] = growing[name] = now.copy()
        for name, before in growing.items():
            if not _holds(known[name], before):
                self._made[name] = growing[name] = known[name].copy()


class _CopyingWatch(_Watch):
    """The tracer of one call in a file that says which arrays it changes in place.

    What such a variable held before a change is a copy; the array itself is what it holds after the last one.
    """

    __slots__ = ("_before", "_bound")

    def __init__(self, lines: list[RecordedLine], under_way: list[int], call: int, known: dict[str, Any]):
        super().__init__(lines, under_way, call, known)
        self._before: dict[str, Any] = {}  # what each variable held at the last look
        self._bound: dict[str, dict[str, Any]] = {}  # where that is noted down

    def __call__(self, frame: FrameType, event: str, value: Any) -> Tracer:
        made = self._made
        for name in frame.f_globals[IN_PLACE]:
            now = frame.f_locals.get(name)
            if now is not None and self._known.get(name, _NOTHING) is now and not _is_alike(self._before[name], now):
                self._bound[name][name] = self._before[name]
                made[name] = now
            if now is not None and (name not in self._before or not _is_alike(self._before[name], now)):
                self._before[name], self._bound[name] = now.copy(), made
        return super().__call__(frame, event, value)


def _is_alike(one: Any, other: Any) -> bool:
    return one.shape == other.shape and np.array_equal(one, other, equal_nan=True)


def _kept(value: Any) -> Any:
    return value.copy() if type(value) in GROWING else value


def _holds(value: Any, before: list[Any] | dict[Any, Any]) -> bool:
    """Whether a list or dict holds what it held before; true of a variable that is none any more."""
    if type(value) is not type(before):
        return type(value) not in GROWING
    if len(value) != len(before):
        return False
    return all(map(is_, _parts(value), _parts(before)))


def _parts(value: list[Any] | dict[Any, Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def is_recorded(file: str) -> bool:
    """Tell whether a file is of the textbook."""
    return relative(file) is not None


def relative(file: str) -> str | None:
    """Return the file's path below the textbook's folder, with ``/``; None where it is elsewhere."""
    return _relative(file, tuple(engine.diy.__path__))


@cache
def _relative(file: str, folders: tuple[str, ...]) -> str | None:
    path = Path(file)
    return next((path.relative_to(folder).as_posix() for folder in folders if path.is_relative_to(folder)), None)
