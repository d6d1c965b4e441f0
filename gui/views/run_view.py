"""What a view of the run is to the window: told of the experiment, of every frame, and of edits that wait."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from engine.protocol import Frame
from engine.spec import ExperimentSpec
from gui.look.theme import Theme


class RunView(QWidget):
    """Show a run: the plot in the middle, or what a dock holds. Everything has a default that shows nothing.

    ``request_changed``: the next frame should carry something else, if only as the view has come into sight.
    """

    request_changed = Signal()

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Show another experiment, or the same with other colours."""

    def show_frame(self, frame: Frame) -> None:
        """Show the run where it stands; a frame carries what was asked for."""

    def clear(self) -> None:
        """Go back to before the first step."""

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""

    def set_stale(self, stale: bool) -> None:
        """Mark what is shown as from before an edit."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.request_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()
