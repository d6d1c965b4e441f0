"""Limits of own code that runs in the command's own process: how long a call may take, and how much it may print.

A timer looks now and then whether the call under way is the one that it saw before; a call itself costs next to
nothing. In C the timer cannot be heard: there a parent that shares the notes ends the process, with the line.
"""

import faulthandler
import mmap
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self, TextIO

from .limits import MOST_OUTPUT, Counted, Limits
from .unusable import Unusable, line_in

TICK = 0.25  # seconds between two looks
GRACE = 5.0  # seconds for code that catches everything, its end too
STOPPED = 2  # exit status
CALLS, INSIDE, LOOKS, FINISHED = range(4)  # places of the notes


class Notes:
    """Hold what is noted of calls, in memory that a parent may share: how many were begun, whether one goes on."""

    def __init__(self, memory: memoryview):
        self.memory = memory

    @property
    def calls(self) -> int:
        return self.memory[CALLS]

    @property
    def is_inside(self) -> bool:
        return bool(self.memory[INSIDE])

    @property
    def looks(self) -> int:
        """Return how often the timer was heard."""
        return self.memory[LOOKS]

    @property
    def is_finished(self) -> bool:
        """Return whether the process has done its work, or told why not."""
        return bool(self.memory[FINISHED])

    def finished(self) -> None:
        self.memory[FINISHED] = 1


def new_notes() -> Notes:
    """Return empty notes, which a process that is forked from this one shares."""
    return Notes(memoryview(mmap.mmap(-1, 64)).cast("Q"))


def notes_in(file: Path) -> Notes:
    """Return the notes in a file of 64 bytes, which every process shares that opens it."""
    with file.open("r+b") as shared:
        return Notes(memoryview(mmap.mmap(shared.fileno(), 64)).cast("Q"))


class _Shared:
    """What a parent knows of this process: its notes, and the file that lists those that own code stands in."""

    def __init__(self) -> None:
        self.notes: Notes | None = None
        self.files: Path | None = None
        self.named: set[str] = set()
        self.parent = 0
        self.log: TextIO | None = None


_shared = _Shared()


def share(notes: Notes, files: Path, parent: int) -> None:
    """Have calls noted for the process ``parent``, and the names of own code's files written to ``files``."""
    _shared.notes, _shared.files, _shared.parent = notes, files, parent
    _shared.named.clear()


def leave_word(folder: Path) -> None:
    """Have calls noted, and what ends this process written down, in a folder that another process reads.

    faulthandler does so within C too: where it crashes, and whenever the other process asks by a signal.
    """
    share(notes_in(folder / "notes"), folder / "files", 0)
    _shared.log = (folder / "log").open("w", encoding="utf-8")  # as long as the process
    faulthandler.enable(_shared.log, all_threads=True)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, _shared.log, all_threads=True)


class CallWatch:
    """Watch the calls of own code: entered around each, it swallows what is printed.

    ``open`` begins the timer, which only a process's main thread can; without it calls are not timed.
    """

    def __init__(self, limits: Limits):
        self._limits = limits
        self._file = ""
        self._notes = _shared.notes or new_notes()
        self._memory = self._notes.memory
        self._seen, self._looks = -1, 0
        self._sink: Any = Counted(self._flooded)
        self._out: Any = None
        self._error: Any = None

    def of(self, file: str) -> Callable[[], Self]:
        """Return what is called for a context around each call of a file's code."""
        if _shared.files is not None and file not in _shared.named:
            _shared.named.add(file)
            with _shared.files.open("a", encoding="utf-8") as names:
                names.write(f"{file}\n")

        def entered() -> Self:
            self._file = file
            return self

        return entered

    def __enter__(self) -> None:
        self._memory[CALLS] += 1
        self._out, self._error = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self._sink
        self._memory[INSIDE] = 1

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._memory[INSIDE] = 0
        sys.stdout, sys.stderr = self._out, self._error

    def open(self) -> Self:
        """Begin to time."""
        if _can_time():
            signal.signal(signal.SIGALRM, self._look)
            signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
        return self

    def close(self) -> None:
        """End to time."""
        _open.clear()
        if _can_time():
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def _look(self, _: int, frame: FrameType | None) -> None:
        """Count the looks that meet one call: a clock would count too while the whole command is paused."""
        if _shared.parent and os.getppid() != _shared.parent:
            os._exit(STOPPED)  # nobody waits for it any more
        notes = self._notes
        self._memory[LOOKS] += 1
        if not notes.is_inside or notes.calls != self._seen:
            self._seen, self._looks = notes.calls if notes.is_inside else -1, 0
            return
        self._looks += 1
        if self._looks * TICK > self._limits.seconds + GRACE:
            line = line_in(frame, self._file)
            print(f"{self._file}: {self._endless()}, line {line}", file=self._error, flush=True)
            if _shared.log is not None:
                print(f'Timeout (own code)\n  File "{self._file}", line {line}', file=_shared.log, flush=True)
            notes.finished()
            os._exit(STOPPED)
        if self._looks * TICK > self._limits.seconds:
            raise Unusable(self._endless(), line_in(frame, self._file))

    def _endless(self) -> str:
        return f"no end: a call took more than {self._limits.seconds:g} s"

    def _flooded(self) -> None:
        words = f"it prints without end: more than {MOST_OUTPUT:,} characters"
        raise Unusable(words, line_in(sys._getframe(1), self._file))


def _can_time() -> bool:
    """Return whether this system and this thread have a timer."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


_open: list[CallWatch] = []  # at most one


def watch_calls(limits: Limits) -> CallWatch:
    """Have calls of own code in this process watched from now on, until the watch is closed."""
    watch = CallWatch(limits).open()
    _open[:] = [watch]
    return watch


def guard_of(file: str) -> Callable[[], Any]:
    """Return what makes the context of each call of a file's code: the watch's where calls are watched."""
    return _open[0].of(file) if _open else nullcontext
