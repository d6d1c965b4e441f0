"""Watches the textbook run: every line of it, who called whom, and what each line made.

Nothing is changed in the frames that are watched, so a step comes out the same bit for bit. Values are
kept by reference and never copied: the textbook changes no array in place, and what a variable was
bound to stays what it was. The exception are its lists, which grow: of those a shallow copy is kept.
"""

import sys
from collections.abc import Callable
from functools import cache
from operator import is_
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

ROOTS: tuple[Path, ...] = (Path(__file__).parents[1] / "diy",)  # files below these are recorded
RETURN = "return"  # what a function returns is bound to this name

Tracer = Callable[[FrameType, str, Any], Any]
_NOTHING = object()


class RecordedCall(NamedTuple):
    """``caller`` is the line that called it, an index of ``Recording.lines``."""

    code: CodeType
    caller: int | None
    arguments: dict[str, Any]


class RecordedLine(NamedTuple):
    """``call`` is an index of ``Recording.calls``; ``made`` is what the line created or bound anew."""

    call: int
    line: int
    made: dict[str, Any]


class Recording:
    """Record what runs inside ``with``. Recorded frames may call through others, which are left alone."""

    def __init__(self) -> None:
        self.calls: list[RecordedCall] = []
        self.lines: list[RecordedLine] = []
        self._under_way: list[int] = []  # the newest line of each call that has not returned yet
        self._tracer_before: Any = None

    def __enter__(self) -> "Recording":
        self._tracer_before = sys.gettrace()
        sys.settrace(self._on_call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._tracer_before)

    def _on_call(self, frame: FrameType, event: str, _: Any) -> Tracer | None:
        code = frame.f_code
        if event != "call" or code.co_name.startswith("<") or not is_recorded(code.co_filename):
            return None
        known = {name: _kept(value) for name, value in frame.f_locals.items()}
        number = len(self.calls)
        self.calls.append(RecordedCall(code, self._under_way[-1] if self._under_way else None, dict(known)))
        self._under_way.append(-1)
        return self._lines_of(number, known)

    def _lines_of(self, number: int, known: dict[str, Any]) -> Tracer:
        """The tracer of one call; ``known`` are its variables as last seen."""
        lines, under_way = self.lines, self._under_way
        made: dict[str, Any] = {}  # of the line that ran last

        def on_event(frame: FrameType, event: str, value: Any) -> Tracer:
            nonlocal made
            if event == "exception":
                return on_event
            for name, now in frame.f_locals.items():
                before = known.get(name, _NOTHING)
                if now is not before and not _is_kept(before, now):
                    known[name] = made[name] = _kept(now)
            if event == "line":
                made = {}
                under_way[-1] = len(lines)
                lines.append(RecordedLine(number, frame.f_lineno, made))
            else:
                made[RETURN] = _kept(value)
                under_way.pop()
            return on_event

        return on_event


def _kept(value: Any) -> Any:
    return list(value) if type(value) is list else value


def _is_kept(kept: Any, now: Any) -> bool:
    """Whether a list still holds what its copy holds."""
    return type(now) is list and type(kept) is list and len(kept) == len(now) and all(map(is_, kept, now))


def is_recorded(file: str) -> bool:
    """Whether a file is of the textbook."""
    return relative(file) is not None


def relative(file: str) -> str | None:
    """The file's path below the textbook's folder, with ``/``; None where it is elsewhere."""
    return _relative(file, ROOTS)


@cache
def _relative(file: str, roots: tuple[Path, ...]) -> str | None:
    path = Path(file)
    return next((path.relative_to(root).as_posix() for root in roots if path.is_relative_to(root)), None)
