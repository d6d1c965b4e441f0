"""A command that runs a person's code works in a child of the process that was started, which watches it.

What Python cannot end within a process, it ends from without: a loop in C, a crash, code that ends its process. It is
told as what Python can: with the person's line, and exit status 2. Whether a call goes on is seen in memory that both
share; times are counted in looks, so that a pause of the whole command (Ctrl+Z) makes no call longer.
"""

import faulthandler
import os
import select
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from engine.own import call_watch
from engine.own.call_watch import TICK, Notes, new_notes
from engine.own.limits import FRAME, Limits, told

LIMITS = Limits()
ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")
DEAF = 1.0  # seconds without a look of its own, in C
UNUSABLE, SOFTWARE_ERROR, KILLED = 2, 70, 128
ASKED = 40  # looks, at most, for the line that it stands in


def can_part() -> bool:
    """Return whether this system lets a process go on as two, and nothing is loaded yet that would not outlive it."""
    return hasattr(os, "fork") and hasattr(signal, "setitimer") and "torch" not in sys.modules


def worked_apart(name: str, work: Callable[[], int]) -> int:
    """Do ``work`` in a child, which ends with it, and return its exit status; ``name`` begins what is told of it."""
    with tempfile.TemporaryDirectory(prefix="lockstep-watch-", ignore_cleanup_errors=True) as folder:
        log, notes = Path(folder) / "log", new_notes()
        log.touch()
        alive, ours = os.pipe()  # closed by the child's end
        sys.stdout.flush()
        parent, child = os.getpid(), os.fork()
        if child:
            os.close(ours)
            return _watched(child, alive, notes, log, name)
        os.close(alive)
        _share(notes, log, parent)
        return _work(work, notes)


def _work(work: Callable[[], int], notes: Notes) -> NoReturn:
    """Do the child's work and end it at once: the folder is the parent's to clean up."""
    try:
        status = work()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    notes.finished()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever read it may have gone
            stream.flush()
    os._exit(status)


def _share(notes: Notes, log: Path, parent: int) -> None:
    """Have all calls noted where the parent sees them, and the line that they stand in told when it asks."""
    call_watch.share(notes, log.with_name("files"), parent)
    stream = log.open("w", encoding="utf-8")
    _kept.append(stream)  # as long as the process
    faulthandler.enable(stream, all_threads=True)
    faulthandler.register(signal.SIGUSR1, stream, all_threads=True)


_kept: list[object] = []


def _watched(child: int, alive: int, notes: Notes, log: Path, name: str) -> int:
    """Return the child's exit status, or that of code which cannot be used, once that is told."""
    with _passed_on(child):
        status, is_endless = _ended(child, alive, notes, log)
    if not is_endless and notes.is_finished:
        return status
    words, line = _found(log, status, is_endless)
    if words is None or not notes.is_inside:
        _print(log)
        return status if status >= 0 else KILLED - status
    at = f", line {line}" if line else ""
    print(f"{name}: {words}{at}", file=sys.stderr)
    return UNUSABLE


def _ended(child: int, alive: int, notes: Notes, log: Path) -> tuple[int, bool]:
    """Wait until the child has ended, or a call of its code does not; whether that was ended."""
    seen, calls, looks = (0, 0), 0, 0  # of a call, and of the watch within
    while True:
        readable, _, _ = select.select([alive], [], [], TICK)
        ended, found = os.waitpid(child, 0 if readable else os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(found), False
        before, seen = seen, (notes.calls, notes.looks)
        calls = calls + 1 if notes.is_inside and seen[0] == before[0] else 0
        looks = looks + 1 if seen[1] == before[1] else 0
        if calls * TICK > LIMITS.seconds and looks * TICK > DEAF:
            _ask(child, log)
            os.kill(child, signal.SIGKILL)
            _, found = os.waitpid(child, 0)
            return os.waitstatus_to_exitcode(found), True


def _ask(child: int, log: Path) -> None:
    """Have the child write down where it stands, which faulthandler does within C too."""
    os.kill(child, signal.SIGUSR1)
    for _ in range(ASKED):
        if log.stat().st_size:
            break
        select.select([], [], [], TICK / 10)


def _found(log: Path, status: int, is_endless: bool) -> tuple[str | None, int | None]:
    """Return what ended the child, in words, and the person's line; None where that was not his code."""
    text = log.read_text(encoding="utf-8", errors="replace")
    with suppress(OSError):
        for file in log.with_name("files").read_text(encoding="utf-8").splitlines():
            crash = told(text, file, LIMITS)
            if crash is not None:
                return crash
            lines = [int(one["line"]) for one in FRAME.finditer(text) if one["file"] == file]
            if is_endless and lines:
                return f"no end: a call took more than {LIMITS.seconds:g} s", lines[0]
    if is_endless:
        return f"no end: a call took more than {LIMITS.seconds:g} s", None
    how = f"signal {-status}" if status < 0 else f"exit status {status}"
    return f"the code ended its process ({how})", None


def _print(log: Path) -> None:
    print(log.read_text(encoding="utf-8", errors="replace"), end="", file=sys.stderr)


@contextmanager
def _passed_on(child: int) -> Iterator[None]:
    """Pass on what is to end the command, but for Ctrl+C, which reaches both; the child decides."""
    kinds = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]
    caught = [kind for kind in kinds if signal.getsignal(kind) != signal.SIG_IGN]
    before = [signal.signal(kind, lambda number, _: _pass(child, number)) for kind in caught]
    try:
        yield
    finally:
        for kind, handler in zip(caught, before, strict=True):
            signal.signal(kind, handler)


def _pass(child: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, number)
