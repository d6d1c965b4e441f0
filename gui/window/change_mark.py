"""Shows for a moment what an undo has changed, wherever in the window it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget
from shiboken6 import isValid

from gui.look.theme import Theme

if TYPE_CHECKING:
    from gui.guide.pointer import Outline

SHOWN = 1500  # ms


class ChangeMark(QObject):
    """Frame one field at a time; ``experiment`` is the dock that most of them are in."""

    def __init__(self, experiment: QDockWidget, theme: Callable[[], Theme], parent: QObject):
        super().__init__(parent)
        self._experiment, self._theme = experiment, theme
        self._outline: Outline | None = None
        self._over = QTimer(self, singleShot=True, interval=SHOWN)
        self._over.timeout.connect(self._end)

    def show(self, field: QWidget | None) -> None:
        """Scroll to a field and frame it; None takes the frame away."""
        self._end()
        if field is None:
            return
        from gui.guide.pointer import Outline, Target  # which few need

        if self._experiment.isAncestorOf(field):
            self._experiment.show()
            self._experiment.raise_()
        outline = self._outline = Outline(Target(field), self._theme())
        outline.setObjectName("changed_outline")
        self._over.start()

    def _end(self) -> None:
        self._over.stop()
        if self._outline is not None and isValid(self._outline):
            self._outline.hide()
            self._outline.deleteLater()
        self._outline = None
