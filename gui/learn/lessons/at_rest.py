"""Tells when something may have happened in the window, without asking it again and again."""

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer, Signal

PAUSE = 50  # ms between two times at which it is told, while one thing follows another


class AtRest(QObject):
    """Tell each time that the window has done what there was to do, and waits. ``came``: it has.

    Whatever changes in a window does so while it takes an event: a key, a frame of the run, a paint. So nothing is
    overlooked, whoever changed what, and where nothing happens nothing is looked at.
    """

    came = Signal()

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._is_wanted = self._is_paused = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._on_paused)

    def set_wanted(self, is_wanted: bool) -> None:
        """Set whether anybody listens."""
        if is_wanted == self._is_wanted or self._dispatcher is None:
            return
        self._is_wanted, self._is_paused = is_wanted, False
        if is_wanted:
            self._dispatcher.aboutToBlock.connect(self._on_rest)
        else:
            self._dispatcher.aboutToBlock.disconnect(self._on_rest)
            self._pause.stop()

    def _on_paused(self) -> None:
        self._is_paused = True

    def _on_rest(self) -> None:
        """Tell after a pause, of all that happened until then; the end of the pause itself is nothing that happens."""
        if self._is_paused:
            self._is_paused = False
            self.came.emit()
        elif not self._pause.isActive():
            self._pause.start()
