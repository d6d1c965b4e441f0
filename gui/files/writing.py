"""Writes what is large beside all else that the window does: whole, or not at all.

The pieces are made and written in a thread; each is small, so that the window's own thread has its turn in between.
"""

import os
import secrets
import shutil
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

AT_ONCE = 1 << 16  # bytes


class Writing(QObject):
    """Write a file beside the window. ``done``: what went wrong, or None. After ``cancel`` nothing is left or comes."""

    done = Signal(object)

    _ended = Signal()

    def __init__(self, file: Path, pieces: Iterable[bytes], parent: QObject | None = None):
        super().__init__(parent)
        self._stop = threading.Event()
        self._wrong: str | None = None
        self._told = False
        self._thread = threading.Thread(target=self._write, args=(file, pieces), name="writing", daemon=True)
        self._ended.connect(self.finish)
        self._thread.start()

    def _write(self, file: Path, pieces: Iterable[bytes]) -> None:
        self._wrong = write_pieces(file, pieces, self._stop)
        self._ended.emit()

    def finish(self) -> None:
        """Wait until it is written, and tell."""
        self._thread.join()
        if not self._told:
            self._told = True
            self.done.emit(self._wrong)

    def cancel(self) -> None:
        self._told = True
        self._stop.set()
        self._thread.join()


def write_pieces(file: Path, pieces: Iterable[bytes], stop: threading.Event) -> str | None:
    """Write the whole file or leave it as it was; returns what went wrong, if anything. ``stop`` gives it up."""
    target = Path(os.path.realpath(file))
    beside = target.with_name(f"{target.name}.{secrets.token_hex(3)}")
    try:
        with beside.open("xb", buffering=AT_ONCE) as opened:
            for piece in pieces:
                if stop.is_set():
                    break
                opened.write(piece)
            opened.flush()
            os.fsync(opened.fileno())
        if stop.is_set():
            beside.unlink()
            return None
        with suppress(OSError):
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        return error.strerror or str(error)
    return None
