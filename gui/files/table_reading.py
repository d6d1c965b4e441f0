"""Has a file of data read beside the window, by a process of its own, which lays large arrays down to be mapped."""

import atexit
import contextlib
import itertools
import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal

from engine.protocol import receive_message
from engine.spec import Fault

from .table_reader import Refusal, preview_for, read_table_for

ENDED = Refusal((Fault(("data", "file"), "not_readable", {"detail": "the process that read it has ended"}),), 1)
_numbers = itertools.count()


class TableReading(QObject):
    """Do a part of the reading. ``progress`` carries the share that is done, ``done`` what came of it.

    After ``cancel`` nothing comes.
    """

    progress = Signal(float)
    done = Signal(object)

    _came = Signal(object)

    def __init__(self, target: Callable[..., None], arguments: tuple[Any, ...], parent: QObject | None = None):
        super().__init__(parent)
        context = multiprocessing.get_context("spawn")
        self._connection, self._theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=target, args=(self._theirs, *arguments), name="reader", daemon=True)
        self._started, self._cancelled = threading.Event(), False
        self._came.connect(self._on_came)
        self._thread = threading.Thread(target=self._wait, name="table reading", daemon=True)
        self._thread.start()

    def _wait(self) -> None:
        """Start the process, which takes its time, and receive what it sends."""
        with contextlib.suppress(OSError):
            self._process.start()
        self._theirs.close()
        self._started.set()
        while isinstance(message := self._next(), float):
            self._tell(message)
        self._connection.close()
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()
        self._tell(message)

    def _next(self) -> object:
        try:
            return receive_message(self._connection)
        except (EOFError, OSError):
            return ENDED

    def _tell(self, message: object) -> None:
        with contextlib.suppress(RuntimeError):  # the window may have been closed meanwhile
            self._came.emit(message)

    def cancel(self) -> None:
        """End the process, whatever it does. Its thread ends with it."""
        self._cancelled = True
        self._started.wait()
        if self._process.pid is not None:
            self._process.kill()

    def _on_came(self, message: object) -> None:
        if self._cancelled:
            return
        if isinstance(message, float):
            self.progress.emit(message)
        else:
            self._cancelled = True
            self.done.emit(message)


def reading_of_table(file: Path, asked: Any, parent: QObject) -> TableReading:
    """Begin to read data. ``done`` carries a TableRead or a Refusal."""
    folder = _folder() / str(next(_numbers))
    with contextlib.suppress(OSError):  # which is told where something is to be kept there
        folder.mkdir(parents=True, exist_ok=True)
    return TableReading(read_table_for, (file, asked, folder), parent)


def reading_of_preview(file: Path, asked: Any, parent: QObject) -> TableReading:
    """Begin to look into a file. ``done`` carries a Preview or a Refusal."""
    return TableReading(preview_for, (file, asked), parent)


def _folder() -> Path:
    """Return where this process keeps arrays: not where temporary files are, which may be memory."""
    return _own_folder(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))


@cache
def _own_folder(base: str) -> Path:
    """Clear what processes have left that are gone; this one's goes with it."""
    import psutil  # when it matters

    folder = Path(base) / "tables"
    for left in folder.glob("*") if folder.is_dir() else ():
        if left.name.isdigit() and not psutil.pid_exists(int(left.name)):
            shutil.rmtree(left, ignore_errors=True)
    own = folder / str(os.getpid())
    shutil.rmtree(own, ignore_errors=True)
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    return own
