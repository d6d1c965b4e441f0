"""What own code may take: seconds a call, memory, output. Each limit that is reached tells the person's line.

This is no sandbox: it stops mistakes, not malice.
"""

import faulthandler
import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from .unusable import line_in

MEGABYTE = 1 << 20
MOST_OUTPUT = 1 << 20  # characters
FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+)', re.MULTILINE)


class Limits(NamedTuple):
    """Bound own code: ``seconds`` a call; ``memory`` in MB, beyond what Python and its libraries take."""

    seconds: float = 5.0
    memory: int = 2048


def limit_memory(limits: Limits) -> None:
    """Bound the process's address space, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        most = used + limits.memory * MEGABYTE
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


@contextmanager
def limited_memory(limits: Limits) -> Iterator[None]:
    """Bound the process's address space for a while, where the system can."""
    before = None
    with suppress(ImportError, ValueError, OSError):
        import resource

        before = resource.getrlimit(resource.RLIMIT_AS)
    limit_memory(limits)
    try:
        yield
    finally:
        if before is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_AS, before)


class Watch:
    """End the process on a call that takes too long, with the stack written to ``log``, and on a flood of output.

    faulthandler's own thread does it, which needs no word of Python's: a loop in C ends as well.
    """

    def __init__(self, log: Path, file: str, limits: Limits):
        self._stream = log.open("w", encoding="utf-8")
        self._file, self._limits, self._depth = file, limits, 0
        faulthandler.enable(self._stream, all_threads=False)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        faulthandler.dump_traceback_later(self._limits.seconds, exit=True, file=self._stream)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    def quiet(self) -> None:
        """Swallow what is printed, up to a flood; what C code prints, too."""
        sys.stdout = sys.stderr = Counted(self._flooded)  # type: ignore[assignment]
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  # as long as the process

    def _flooded(self) -> None:
        line = line_in(sys._getframe(1), self._file)
        self._stream.write(f"flood {line or 0}\n")
        self._stream.flush()
        os._exit(1)


class Counted(io.TextIOBase):
    """Swallow what is printed, and call ``flooded`` once it is too much."""

    def __init__(self, flooded: Callable[[], Any]):
        self._left, self._flooded = MOST_OUTPUT, flooded

    def write(self, text: str) -> int:
        self._left -= len(text)
        if self._left < 0:
            self._flooded()
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False


def told(log: str, file: str, limits: Limits) -> tuple[str, int | None] | None:
    """Return what a dead process left, in words, and the user's line; None where it left nothing."""
    flood = re.search(r"^flood (\d+)$", log, re.MULTILINE)
    if flood:
        return f"it prints without end: more than {MOST_OUTPUT:,} characters", int(flood[1]) or None
    lines = [int(found["line"]) for found in FRAME.finditer(log) if found["file"] == file]
    line = lines[0] if lines else None  # the newest call stands first
    if log.startswith("Timeout") or "Timeout (" in log:
        return f"no end: a call took more than {limits.seconds:g} s", line
    crash = re.search(r"^Fatal Python error: (.*)$", log, re.MULTILINE)
    return (f"it crashed Python: {crash[1]}", line) if crash else None
