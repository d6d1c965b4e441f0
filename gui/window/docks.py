"""The window's docks: made as their table lists them, and each put at its place."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gui.session.session import Session
from gui.views import dock
from gui.views.dock import Dock

Kind = TypeVar("Kind", bound=Dock)
SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)


class Docks:
    def __init__(self, session: Session):
        made: Iterable[Dock] = (import_module(name).make_dock(session) for name in dock.DOCKS)
        self._frames = {content: QDockWidget(content.title) for content in made}

    def __iter__(self) -> Iterator[Dock]:
        """Yield what they hold, in the table's order."""
        return iter(self._frames)

    def of(self, kind: type[Kind]) -> Kind:
        """Return the content that is of this kind."""
        return next(content for content in self._frames if isinstance(content, kind))

    def frame(self, content: Dock) -> QDockWidget:
        """Return the frame around it, which is moved and closed."""
        return self._frames[content]

    @property
    def frames(self) -> list[QDockWidget]:
        return list(self._frames.values())

    def add_to(self, window: QMainWindow) -> None:
        """Put each into the window: those at one side above each other."""
        for content, frame in self._frames.items():
            frame.setParent(window)
            frame.setObjectName(f"{content.name}Dock")
            frame.setWidget(content)
            if not content.is_open:
                frame.hide()  # before it is added: a window on screen would make room for it
            window.addDockWidget(content.area, frame)
        for side in dict.fromkeys(content.area for content in self):
            beside = [frame for content, frame in self._frames.items() if content.area == side]
            for above, below in pairwise(beside):
                window.splitDockWidget(above, below, Qt.Orientation.Vertical)

    def resize_in(self, window: QMainWindow) -> None:
        """Give each the room that it has at first, in a window that has its size."""
        at_sides = [content for content in self if content.area in SIDES]
        others = [content for content in self if content.area not in SIDES]
        for contents, along in ((at_sides, Qt.Orientation.Horizontal), (others, Qt.Orientation.Vertical)):
            window.resizeDocks([*map(self.frame, contents)], [content.extent for content in contents], along)
