"""The panel at the right that teaches: closed unless it is wanted, and made when it is first looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from gui.session.session import Session

from ..dock import Dock

if TYPE_CHECKING:
    from .glossary_page import GlossaryPage


class LearnPanel(Dock):
    """Hold pages to learn with, the glossary last. ``wanted``: it is looked at for the first time."""

    name, area, extent, is_open = "learn", Qt.DockWidgetArea.RightDockWidgetArea, 320, False
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("learn_panel")
        self._glossary: GlossaryPage | None = None
        self._pages: QTabWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def title(self) -> str:
        return QCoreApplication.translate("MainWindow", "Learn")

    @property
    def pages(self) -> QTabWidget:
        """Return the pages' tabs, made with what they hold."""
        if self._pages is None:
            pages = self._pages = QTabWidget()
            pages.setObjectName("learn_pages")
            pages.setDocumentMode(True)
            pages.tabBar().setAccessibleName(self.title)
            self._column.addWidget(pages)
            self.setFocusProxy(pages)
            self.wanted.emit()
            title = QCoreApplication.translate("MainWindow", "Glossary")
            pages.addTab(self._make_glossary(), title)
            pages.show()  # a layout would show it a turn later
        return self._pages

    def add_page(self, page: QWidget, title: str, tip: str = "") -> None:
        """Add a page behind those that are there."""
        pages = self.pages
        pages.setTabToolTip(pages.addTab(page, title), tip)

    def _make_glossary(self) -> "GlossaryPage":
        from .glossary_page import GlossaryPage  # few look at it, and those later

        self._glossary = GlossaryPage()
        return self._glossary

    @property
    def glossary(self) -> "GlossaryPage":
        _ = self.pages
        assert self._glossary is not None
        return self._glossary

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front, with the keyboard."""
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def show_term(self, key: str | None) -> None:
        """Show the glossary at a term, or all of it."""
        self.show_page(self.glossary)
        if key is not None:
            self.glossary.show_term(key)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def showEvent(self, event: QShowEvent) -> None:
        _ = self.pages
        super().showEvent(event)


def make_dock(_: Session) -> Dock:
    return LearnPanel()
