"""Over what shows a step that is not the newest, or not of what is typed."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from gui.look.notes import StaleVeil


class Veil(StaleVeil):
    """Dim a view of a step that is not at hand. ``bare``: without saying why, beside one that does."""

    def __init__(self, below: QWidget, *, bare: bool = False):
        super().__init__(below)
        self._bare = bare
        self._text: str | None = None

    @property
    def text(self) -> str:
        return super().text if self._text is None else self._text

    def say(self, text: str | None) -> None:
        """Say ``text``, or nothing where it is empty; None: that what is shown is from before an edit."""
        self._text = text
        self.set_stale(text != "")
        self.update()

    def paintEvent(self, event: QEvent) -> None:
        if not self._bare:
            super().paintEvent(event)
            return
        fill = QColor(self._theme.window)
        fill.setAlphaF(0.6)
        QPainter(self).fillRect(self.rect(), fill)
