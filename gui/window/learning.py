"""Brings the pages to learn with into the window's panel, once it is first looked at."""

from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget
from shiboken6 import isValid

from gui.learn.lessons.page import LessonsPage
from gui.learn.page import PAGES, Around, LearnPage
from gui.look.theme import Theme
from gui.views.learn.learn_panel import LearnPanel


class KeptLearning(NamedTuple):
    """Hold which page is in front, and where each stands."""

    page: int
    pages: dict[str, Any]


class Learning(QObject):
    """Make the pages, and keep them as the window is."""

    def __init__(self, panel: LearnPanel, frame: QDockWidget, around: Around, parent: QObject):
        super().__init__(parent)
        self._around, self._panel, self._frame = around, panel, frame
        self._came_from: QWidget | None = None  # where the keyboard was before it came to the panel
        self.pages: dict[str, LearnPage] = {}
        for module in PAGES:
            page: LearnPage = import_module(module).make_page(around)
            self.pages[page.name] = page
            panel.add_page(page, page.title, page.tip)

    def show_page(self, name: str) -> LearnPage:
        """Bring a page to the front, with the keyboard."""
        page = self.pages[name]
        self._frame.show()
        self._panel.show_page(page)
        return page

    def pass_keyboard(self) -> None:
        """Give the keyboard to the page in front, or where it is there, back to where it came from."""
        focus = QApplication.focusWidget()
        if focus is None or not self._panel.isAncestorOf(focus):
            self._came_from = focus
            self._frame.show()
            self._panel.pages.currentWidget().setFocus()
        elif self._came_from is not None and isValid(self._came_from) and self._came_from.isVisible():
            self._came_from.setFocus()
        else:
            self._around.tabs.currentWidget().setFocus()

    def open_lesson(self, path: Path) -> None:
        """Play a lesson of a folder."""
        page = self.show_page("lessons")
        assert isinstance(page, LessonsPage)
        page.open(path)

    def set_theme(self, theme: Theme) -> None:
        for page in self.pages.values():
            page.set_theme(theme)

    def kept(self) -> KeptLearning:
        """Return where the pages stand, for others to go on there."""
        kept = {name: page.kept() for name, page in self.pages.items()}
        return KeptLearning(self._panel.pages.currentIndex(), kept)

    def put_back(self, kept: KeptLearning) -> None:
        for name, one in kept.pages.items():
            self.pages[name].put_back(one)
        self._panel.pages.setCurrentIndex(kept.page)
