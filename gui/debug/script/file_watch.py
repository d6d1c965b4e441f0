"""A file watched while it is looked at: somebody saves it in an editor of his own."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from gui.files.documents import Stamp, stamp_of

SETTLES = 200  # ms: an editor may write in several goes, or put another file in the place of the one before


class FileWatch(QObject):
    """Watch one file. ``changed``: it is there and is another than it was when last noted."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._file: Path | None = None
        self._stamp: Stamp | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self, singleShot=True, interval=SETTLES)
        self._settling.timeout.connect(self._look)
        self._watcher.fileChanged.connect(lambda _: self._settling.start())
        self._watcher.directoryChanged.connect(lambda _: self._settling.start())

    def watch(self, file: Path | None) -> None:
        """Watch another file, or none; as it is now it is known."""
        for paths in (self._watcher.files(), self._watcher.directories()):
            if paths:
                self._watcher.removePaths(paths)
        self._settling.stop()
        self._file = file
        if file is not None and file.parent.is_dir():
            self._watcher.addPath(str(file.parent))
        self.note()

    def note(self) -> None:
        """Take the file as it is now for known."""
        self._stamp = stamp_of(self._file)
        self._hold()

    def _hold(self) -> None:
        """Watch the file itself too: to write into it changes no folder."""
        if self._file is not None and self._file.exists() and str(self._file) not in self._watcher.files():
            self._watcher.addPath(str(self._file))

    def _look(self) -> None:
        now = stamp_of(self._file)
        self._hold()
        if now is not None and now != self._stamp:
            self.changed.emit()
