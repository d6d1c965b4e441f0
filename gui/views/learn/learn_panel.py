"""The panel at the right that teaches: closed unless it is wanted, and made when it is first looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.session.session import Session

from ..dock import Dock

if TYPE_CHECKING:
    from .glossary_page import GlossaryPage


class LearnPanel(Dock):
    """Hold the glossary."""

    name, area, extent, is_open = "learn", Qt.DockWidgetArea.RightDockWidgetArea, 320, False

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("learn_panel")
        self._glossary: GlossaryPage | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def title(self) -> str:
        return QCoreApplication.translate("MainWindow", "Learn")

    @property
    def glossary(self) -> "GlossaryPage":
        if self._glossary is None:
            from .glossary_page import GlossaryPage  # few look at it, and those later

            self._glossary = GlossaryPage()
            self._column.addWidget(self._glossary)
            self._glossary.show()
            self.setFocusProxy(self._glossary)
        return self._glossary

    def show_term(self, key: str | None) -> None:
        """Show the glossary at a term, or all of it."""
        if key is not None:
            self.glossary.show_term(key)
        self.glossary.setFocus()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def showEvent(self, event: QShowEvent) -> None:
        _ = self.glossary
        super().showEvent(event)


def make_dock(_: Session) -> Dock:
    return LearnPanel()
