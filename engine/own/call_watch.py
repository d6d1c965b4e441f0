"""Limits of own code that runs in the command's own process: how long a call may take, and how much it may print.

A timer looks now and then whether the call under way is the one that it saw before; a call itself costs next to
nothing. In C the timer cannot be heard: there faulthandler ends the process in the end, with the line.
"""

import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from types import FrameType, TracebackType
from typing import Any, Self

from .limits import MOST_OUTPUT, Counted, Limits
from .unusable import Unusable, line_in

TICK = 0.25  # seconds between two looks
GRACE = 5.0  # seconds for code that catches everything, its end too
DEAF = 30.0  # seconds without a look, in C: torch's own longest call is far shorter
STOPPED = 2  # exit status


class CallWatch:
    """Watch the calls of own code: entered around each, it swallows what is printed.

    ``open`` begins the timer, which only a process's main thread can; without it calls are not timed.
    """

    def __init__(self, limits: Limits):
        self._limits = limits
        self._file = ""
        self._calls, self._inside = 0, False
        self._seen, self._since, self._told = -1, 0.0, False
        self._sink: Any = Counted(self._flooded)
        self._out: Any = None
        self._error: Any = None

    def of(self, file: str) -> Callable[[], Self]:
        """Return what is called for a context around each call of a file's code."""

        def entered() -> Self:
            self._file = file
            return self

        return entered

    def __enter__(self) -> None:
        self._calls += 1
        self._out, self._error = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self._sink
        self._inside = True

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._inside = False
        sys.stdout, sys.stderr = self._out, self._error

    def open(self) -> Self:
        """Begin to time."""
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._look)
            signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
        return self

    def close(self) -> None:
        """End to time."""
        _open.clear()
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            faulthandler.cancel_dump_traceback_later()

    def _look(self, _: int, frame: FrameType | None) -> None:
        if sys.__stderr__ is not None:
            faulthandler.dump_traceback_later(DEAF, exit=True, file=sys.__stderr__)
        now = time.monotonic()
        if not self._inside or self._calls != self._seen:
            self._seen, self._since = self._calls if self._inside else -1, now
            return
        if now - self._since > self._limits.seconds + GRACE:
            line = line_in(frame, self._file)
            print(f"{self._file}: {self._endless()}, line {line}", file=self._error, flush=True)
            os._exit(STOPPED)
        if now - self._since > self._limits.seconds:
            raise Unusable(self._endless(), line_in(frame, self._file))

    def _endless(self) -> str:
        return f"no end: a call took more than {self._limits.seconds:g} s"

    def _flooded(self) -> None:
        words = f"it prints without end: more than {MOST_OUTPUT:,} characters"
        raise Unusable(words, line_in(sys._getframe(1), self._file))


_open: list[CallWatch] = []  # at most one


def watch_calls(limits: Limits) -> CallWatch:
    """Have calls of own code in this process watched from now on, until the watch is closed."""
    watch = CallWatch(limits).open()
    _open[:] = [watch]
    return watch


def guard_of(file: str) -> Callable[[], Any]:
    """Return what makes the context of each call of a file's code: the watch's where calls are watched."""
    return _open[0].of(file) if _open else nullcontext
