"""Own code in the engine's process, watched from without: what neither Python nor the engine can stop or tell.

A loop in C hears no timer, and a crash tells nobody. Here the calls are seen that do not end, the line is asked for
that one stands in, and what the process has left is read once it is gone. Times are counted in looks.
"""

import mmap
import os
import re
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import NoteEnd

LOOK = 250  # ms between two looks
SECONDS = 5  # that a call may take
ENDLESS = SECONDS * 1000 // LOOK  # looks that meet one call
DEAF = 1000 // LOOK  # looks without a sign of the engine's own timer, which is heard between two lines of Python
ASKED = 8  # looks, at most, until the line is known
FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+)', re.MULTILINE)
CRASH = re.compile(r"^Fatal Python error: (.*)$", re.MULTILINE)

How = Literal["endless", "crashed", "ended"]


class CodeEnd(NamedTuple):
    """Say how own code ended the engine's process; ``line`` is None where that is not known, ``detail`` a crash's."""

    how: How
    file: str
    line: int | None
    detail: str = ""


class CodeWatch(QObject):
    """Watch the calls of own code in a process. ``endless`` tells that one goes on for too long, and where is known."""

    endless = Signal()

    def __init__(self, pid: Callable[[], int | None], parent: QObject | None = None):
        super().__init__(parent)
        self._pid = pid  # asked when it is needed: a process is begun beside the window
        self._folder = tempfile.TemporaryDirectory(prefix="lockstep-watch-", ignore_cleanup_errors=True)
        self._file = Path(self._folder.name) / "notes"
        self._file.write_bytes(bytes(64))
        with self._file.open("r+b") as shared:
            self._notes = mmap.mmap(shared.fileno(), 64)
        self._seen, self._calls, self._looks, self._asked = (0, 0), 0, 0, 0
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def command(self) -> NoteEnd:
        """Return what has the process note its calls here."""
        return NoteEnd(self._folder.name)

    @property
    def is_inside(self) -> bool:
        """Return whether a call goes on, or went on when the process ended."""
        return bool(self._number(1))

    def _number(self, place: int) -> int:
        return int.from_bytes(self._notes[8 * place : 8 * place + 8], "little")

    def _look(self) -> None:
        before, self._seen = self._seen, (self._number(0), self._number(2))
        self._calls = self._calls + 1 if self.is_inside and self._seen[0] == before[0] else 0
        self._looks = self._looks + 1 if self._seen[1] == before[1] else 0
        if self._asked or (self._calls > ENDLESS and self._looks > DEAF):
            self._ask()

    def _ask(self) -> None:
        """Have the process write down where it stands, and wait until it has: faulthandler does within C too."""
        self._asked += 1
        if self._asked == 1:
            pid = self._pid()
            if pid is not None:
                with suppress(OSError, AttributeError):  # not every system has such a signal
                    os.kill(pid, signal.SIGUSR1)
        elif self._log or self._asked > ASKED:
            self._timer.stop()
            self.endless.emit()

    @property
    def _log(self) -> str:
        with suppress(OSError):
            return (Path(self._folder.name) / "log").read_text(encoding="utf-8", errors="replace")
        return ""

    @property
    def end(self) -> CodeEnd | None:
        """Return how own code has ended the process; None where it was not in a call of its."""
        if not self.is_inside:
            return None
        log = self._log
        crash = CRASH.search(log)
        how: How = "endless" if self._asked or "Timeout (" in log else "crashed" if crash else "ended"
        file, line = self._place(log)
        return CodeEnd(how, file, line, crash[1] if crash else "")

    def _place(self, log: str) -> tuple[str, int | None]:
        """Return the newest call in a file of own code: it stands first in what faulthandler writes."""
        files = [""]
        with suppress(OSError):
            files = (Path(self._folder.name) / "files").read_text(encoding="utf-8").splitlines() or files
        known = {file.encode("ascii", "backslashreplace").decode(): file for file in files}
        for found in FRAME.finditer(log):
            for name in (found["file"], found["file"].replace("\\\\", "\\")):
                if name in known or name in files:
                    return known.get(name, name), int(found["line"])
        return (files[0] if len({*files}) == 1 else ""), None

    def close(self) -> None:
        """Look no more, and leave nothing behind."""
        self._timer.stop()
        self._notes.close()
        self._folder.cleanup()
