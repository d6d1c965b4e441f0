"""Reads an experiment's file for the window: a small one at once, a large one in a process of its own.

To parse and check a large file takes seconds, and in the window's process nothing else could be done meanwhile, in
whichever thread: Python's and pydantic's readers keep the interpreter to themselves.
"""

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import receive_message
from engine.spec import Fault

from .reader import Read, Unread, read_for

Target = Callable[[Connection, Path], None]
SMALL = 3_000  # bytes; a file of so many entries as fit is checked in 40 ms on a slow machine


class Reading(QObject):
    """Read a file beside the window. ``done`` carries a Read or an Unread; after ``cancel`` nothing comes.

    ``target`` is what the process does in place of ``read_for``; ``done`` carries what it sends.
    """

    done = Signal(object)

    _arrived = Signal(object)

    def __init__(self, file: Path, parent: QObject | None = None, target: Target | None = None):
        super().__init__(parent)
        self.file = file
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=target or read_for, args=(theirs, file), name="reader", daemon=True)
        self._theirs = theirs
        self._started = threading.Event()
        self._cancelled = False
        self._thread = threading.Thread(target=self._wait, name="reading", daemon=True)
        self._arrived.connect(self._on_arrived)
        self._thread.start()

    def _wait(self) -> None:
        """Start the process, which takes tens of milliseconds, and receive what it has read."""
        with contextlib.suppress(OSError):
            self._process.start()
        self._theirs.close()
        self._started.set()
        read = _received(self._connection)
        self._connection.close()
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()  # here, as a large process takes its time to go
        with contextlib.suppress(RuntimeError):  # the window may have been closed meanwhile
            self._arrived.emit(read)

    def cancel(self) -> None:
        """End the process, whatever it does. Its thread ends with it."""
        self._cancelled = True
        self._started.wait()
        if self._process.pid is not None:
            self._process.kill()

    def _on_arrived(self, read: object) -> None:
        if not self._cancelled:
            self._cancelled = True
            self.done.emit(read)


class AtOnce(QObject):
    """Hold what was read of a small file; ``done`` carries it in a turn of its own, as to show it takes one, too."""

    done = Signal(object)

    def __init__(self, file: Path, read: Read | Unread, parent: QObject | None = None):
        super().__init__(parent)
        self.file = file
        QTimer.singleShot(0, self, lambda: self.done.emit(read))

    def cancel(self) -> None:
        self.blockSignals(True)


def _received(connection: Any) -> object:
    try:
        return receive_message(connection)
    except (EOFError, OSError):
        return Unread((Fault((), "not_readable", {"detail": "the process that read it has ended"}),), 1)


def is_small(file: Path) -> bool:
    """Tell whether a file is small; so is what is no file, and need not be read to be refused."""
    try:
        return file.stat().st_size <= SMALL
    except OSError:
        return True
