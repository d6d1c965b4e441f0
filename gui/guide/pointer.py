"""Points at a widget: an outline on top of it, which takes no clicks."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QTabBar, QTabWidget, QWidget
from shiboken6 import isValid

from gui.look.theme import LIGHT, Theme

WIDTH, ROUND, TINT = 3, 4, 36  # pixels of the line and of its corners, and how opaque the colour within is, of 255
MARGIN = 6  # pixels that are to be in sight around what is pointed at
LOW = 48  # pixels of height up to which it is tinted: of what is larger the colours say something themselves


class Target:
    """Find where a widget can be reached: itself, or the tab that leads to the page that it is on."""

    def __init__(self, widget: QWidget):
        self.widget, self.tab = _reachable(widget)

    @property
    def rect(self) -> QRect:
        """Return the place within the widget."""
        if isinstance(self.widget, QTabBar):
            return self.widget.tabRect(self.tab)
        return self.widget.rect()


def _reachable(widget: QWidget) -> tuple[QWidget, int]:
    """Return the widget, or the bar and the tab of the outermost page that is not in front."""
    found, part = (widget, -1), widget
    while (parent := part.parentWidget()) is not None:
        pages = parent.parentWidget()  # between a page and its QTabWidget is a stack
        if isinstance(pages, QTabWidget) and 0 <= (page := pages.indexOf(part)) != pages.currentIndex():
            found = (pages.tabBar(), page)
        part = parent
    return found


class Outline(QWidget):
    """Frame its parent, or a part of that, for as long as it is there."""

    def __init__(self, target: Target, theme: Theme):
        super().__init__(target.widget)
        self.setObjectName("guide_outline")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target, self._theme = target, theme
        self._scrolls = False  # whether it is the outline itself that moves what is around it
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._scroll)
        self._scrolled = list(_scrolled_around(target.widget))
        contents = [within for part in self._scrolled if (within := part.widget()) is not None]
        for part in (target.widget, *self._scrolled, *contents):  # which grow where faults are told, say
            part.installEventFilter(self)
        self._come_into_sight()
        self._fit()
        self.show()
        self.raise_()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def _fit(self) -> None:
        self.setGeometry(self._target.rect)

    def _come_into_sight(self) -> None:
        """Scroll what is around it, once all that was changed has found its room."""
        if not self._scrolls:  # what is larger than its room would go to and fro for ever
            self._soon.start()

    def _scroll(self) -> None:
        """All of it, by its corners: of a table Qt would only bring the current line into sight."""
        self._scrolls = True
        for part in self._scrolled:
            if isValid(part) and (within := part.widget()) is not None:
                rect = QRect(self._target.widget.mapTo(within, QPoint(0, 0)), self._target.widget.size())
                for corner in (rect.bottomRight(), rect.topLeft()):
                    part.ensureVisible(corner.x(), corner.y(), MARGIN, MARGIN)
        self._scrolls = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest):
            self._fit()
            self._come_into_sight()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        color = QColor(self._theme.warning)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, WIDTH))
        color.setAlpha(TINT if self.height() <= LOW else 0)
        painter.setBrush(color)
        inset = (WIDTH + 1) // 2
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), ROUND, ROUND)
        painter.end()


class Pointer(QObject):
    """Point at one widget at a time."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._theme = LIGHT
        self._outline: Outline | None = None
        self._at: tuple[QWidget, int] | None = None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._outline is not None and isValid(self._outline):
            self._outline.set_theme(theme)

    def point_at(self, widget: QWidget | None) -> None:
        """Point at a widget, or at the tab that leads to it; None: at nothing."""
        target = Target(widget) if widget is not None else None
        at = (target.widget, target.tab) if target is not None else None
        is_there = self._outline is not None and isValid(self._outline)
        if at == self._at and is_there == (at is not None):
            return
        if is_there and self._outline is not None:
            self._outline.hide()
            self._outline.deleteLater()
        self._at, self._outline = at, None
        if target is not None:
            self._outline = Outline(target, self._theme)


def _scrolled_around(widget: QWidget) -> Iterator[QScrollArea]:
    """Yield what scrolls the widget, the innermost first."""
    part = widget.parentWidget()
    while part is not None:
        if isinstance(part, QScrollArea):
            yield part
        part = part.parentWidget()
