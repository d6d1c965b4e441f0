"""A file of numbers that the experiment names, as it was chosen: whether it holds something else by now, or is gone.

Its hash is taken beside the window. What was read of it is the engine's; nothing here reads a number.
"""

import contextlib
import hashlib
import threading
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

SETTLED = 400  # ms in which whoever writes a file has written it
AT_ONCE = 20_000_000  # bytes whose hash takes no longer than the window may stand still
A_PIECE = 1 << 20

How = Literal["before", "now", "gone"]  # changed since it was chosen, or just now; or not there


class WatchedFile(QObject):
    """Watch a file. ``told`` carries how it is another one than before, a ``How``; of each state it is told once."""

    told = Signal(str)

    _found = Signal(object, object)  # of a thread

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._path: Path | None = None
        self._known: str | None = None  # what it held when it was chosen
        self._read: str | None = None  # what it held when it was last read, or told of
        self.newest: str | None = None  # what it holds; None where that is not known, or nothing is there
        self._asked = object()
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED)
        self._watcher.fileChanged.connect(lambda _: self._settling.start())
        self._watcher.directoryChanged.connect(lambda _: self._settling.start())
        self._settling.timeout.connect(self._look)
        self._found.connect(self._on_found)

    def watch(self, path: Path | None, known: str | None) -> None:
        """Watch a file that held ``known`` when it was chosen, by its hash; None: no file, or that is not known."""
        if (path, known) == (self._path, self._known):
            return
        other = path != self._path
        self._path, self._known = path, known
        if other:
            self._unwatch()
            self._read = self.newest = None
            self._settling.stop()
            self._asked = object()
            if path is not None:
                self._watch()
                self._look()

    def take(self) -> str | None:
        """Take what the file holds now for what it is to hold; return its hash."""
        self._known = self._read = self.newest
        return self.newest

    def _watch(self) -> None:
        """Watch the folder, too: who writes a file often puts another in its place."""
        assert self._path is not None
        there = [str(path) for path in (self._path, self._path.parent) if path.exists()]
        if there:
            self._watcher.addPaths(there)

    def _unwatch(self) -> None:
        if there := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(there)

    def _look(self) -> None:
        """Find in a thread what the file holds."""
        asked = self._asked = object()
        path = self._path

        def find() -> None:
            found = None if path is None else hash_of(path)
            with contextlib.suppress(RuntimeError):  # the form may be gone meanwhile
                self._found.emit(asked, found)

        threading.Thread(target=find, name="hash", daemon=True).start()

    def _on_found(self, asked: object, found: str | None) -> None:
        if asked is not self._asked or self._path is None:
            return
        before, self.newest = self.newest, found
        if str(self._path) not in self._watcher.files() and found is not None:
            self._watcher.addPath(str(self._path))
        if found is None:
            if before is not None or (self._known is not None and self._read is None):
                self._read = self._read or self._known
                self.told.emit("gone")
        elif self._read is None:
            self._read = found
            if self._known is not None and found != self._known:
                self.told.emit("before")
        elif found not in (self._read, before):
            self.told.emit("now")


def hash_of(path: Path) -> str | None:
    """Return the SHA-256 of what a file holds; None where it cannot be read."""
    digest = hashlib.sha256()
    with contextlib.suppress(OSError), path.open("rb") as opened:
        while piece := opened.read(A_PIECE):
            digest.update(piece)
        return digest.hexdigest()
    return None


def quick_hash_of(path: Path) -> dict[str, str]:
    """Return what the experiment keeps of a file that is chosen: its hash, where that takes no time."""
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size <= AT_ONCE and (found := hash_of(path)) is not None:
            return {"sha256": found}
    return {}
