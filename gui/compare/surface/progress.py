"""How far a surface is, with the buttons that hold it up and call it off."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from gui.look.notes import named

from .work import SurfaceWork

FULL = 1000


class SurfaceProgress(QWidget):
    def __init__(self, work: SurfaceWork) -> None:
        super().__init__()
        self._work = work
        self._bar = named(QProgressBar(), "surface_progress", self.tr("How much of the surface is worked out"))
        self._bar.setMaximum(FULL)
        self._bar.setMinimumWidth(40)
        self._pause = named(QPushButton(), "surface_pause")
        self._pause.clicked.connect(self._on_pause)
        self._cancel = named(QPushButton(self.tr("Cancel")), "surface_cancel")
        self._cancel.setToolTip(self.tr("Leave it at what is worked out by now"))
        self._cancel.clicked.connect(work.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._pause)
        layout.addWidget(self._cancel)
        work.changed.connect(self._show)
        self._show()

    def _on_pause(self) -> None:
        if self._work.state == "paused":
            self._work.resume()
        else:
            self._work.pause()

    def _show(self) -> None:
        if self._work.running:  # a bar is painted at once: full, it would stand beside what isn't drawn yet
            self._bar.setValue(round(self._work.done * FULL))
        self._pause.setText(self.tr("Resume") if self._work.state == "paused" else self.tr("Pause"))
