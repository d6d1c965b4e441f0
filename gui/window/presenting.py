"""Presents code and formula to a class: large, with the rest away, until it is left again.

What is away stays as it is: forms, heatmaps, parity and timeline come back as they were.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar

from gui.files.settings import LAYOUT_VERSION, Settings
from gui.look.text_size import ZOOMS
from gui.views.learn.learn_panel import LearnPanel

from .appearance import Appearance

LARGE = 150  # percent, at least, that it is shown in
AWAY = ("timeline",)  # toolbars


class Before(NamedTuple):
    """Hold how the window was."""

    layout: QByteArray
    zoom: int
    full: bool


class Presenting(QObject):
    """Put the rest away, and bring it back. ``show`` brings code and formula to the front."""

    def __init__(self, settings: Settings, appearance: Appearance, show: Callable[[], None], window: QMainWindow):
        super().__init__(appearance)  # which lasts as long as the window
        self._settings, self._appearance, self._show, self._window = settings, appearance, show, window
        self._before: Before | None = None

    @property
    def is_on(self) -> bool:
        return self._before is not None

    def toggle(self) -> None:
        """Begin to present, or leave off."""
        self.leave() if self.is_on else self.begin()

    def begin(self) -> None:
        """Show code and formula, large, on the whole screen."""
        window = self._window
        self._before = Before(window.saveState(LAYOUT_VERSION), self._settings.zoom, window.isFullScreen())
        self._show()
        self.put_away()
        self._appearance.set_full_screen(True)
        larger = max(self._settings.zoom, min(zoom for zoom in ZOOMS if zoom >= LARGE))
        self._appearance.set_zoom(larger)

    def leave(self) -> None:
        """Bring all back as it was."""
        before, self._before = self._before, None
        if before is not None:
            self._window.restoreState(before.layout, LAYOUT_VERSION)
            self._appearance.set_full_screen(before.full)
            self._appearance.set_zoom(before.zoom)

    def forget(self) -> None:
        """Let the next start be as it was before: the window is about to close."""
        if self._before is not None:
            self._settings.zoom = self._before.zoom

    @property
    def layout(self) -> QByteArray:
        """Return the layout that the next start is to have: never the one that presents."""
        return self._before.layout if self._before is not None else self._window.saveState(LAYOUT_VERSION)

    def put_away(self) -> None:
        """Hide what is no code and no formula; the panel to learn with stays, as it leads."""
        for dock in self._window.findChildren(QDockWidget):
            if not isinstance(dock.widget(), LearnPanel):
                dock.hide()
        for bar in self._window.findChildren(QToolBar):
            if bar.objectName() in AWAY:
                bar.hide()
