"""A line across the window that says what happened and offers what can be done about it.

It takes no focus and blocks nothing; a newer message of the same kind takes the older one's place.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from .naming import call, name_field, plain_text
from .own_sheets import Level, set_level

READING, READING_EACH, AGAIN = 8000, 60, 2000  # ms: at the least, for each letter, and until another look
FOLDED = 40  # letters of a message that was read

Action = Callable[[], object]
Offer = tuple[str, Action]


class Banner(QFrame):
    """Show one message, its offers as buttons, and a cross. ``left``: it is about to go, and can't have the
    keyboard.

    ``was_read``: it has stood in the window at hand for as long as reading it takes, and nobody is at it.
    """

    left = Signal()
    was_read = Signal()

    def __init__(
        self, level: Level, text: str, offers: Sequence[Offer], parent: QWidget, declined: Action | None = None
    ):
        super().__init__(parent)
        self.setObjectName("banner")
        set_level(self, level)
        self.label = QLabel(text)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 4)
        row.addWidget(self.label, 1)
        for title, action in offers:
            button = QPushButton(title)
            call(button, plain_text(title))
            button.clicked.connect(self.left)
            button.clicked.connect(self.deleteLater)
            button.clicked.connect(action)
            row.addWidget(button)
        cross = QToolButton()
        cross.setText("✕")
        cross.setAutoRaise(True)
        name_field(cross, "dismiss", self.tr("Dismiss"), self.tr("Dismiss"))
        cross.clicked.connect(self.left)
        cross.clicked.connect(self.deleteLater)
        if declined is not None:
            cross.clicked.connect(lambda: declined())
        row.addWidget(cross)
        self._reading = QTimer(self, singleShot=True, interval=READING + READING_EACH * len(text))
        self._reading.timeout.connect(self._look_away)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reading.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reading.stop()

    @property
    def has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _look_away(self) -> None:
        """Somebody who is elsewhere, or just at it, has not read it yet."""
        if not self.isActiveWindow() or self.underMouse() or self.has_keyboard:
            self._reading.start(AGAIN)
        else:
            self.was_read.emit()


class Banners(QWidget):
    """Keep the messages that stand, one of each kind; the newest has a row of the window until it was read.

    One that offers nothing goes then; others are ``folded``: a button, to be put where there is room, shows them again.
    ``left`` before a message goes; ``standing_changed``: others may have a row of the window now.
    """

    left = Signal()
    standing_changed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("banners")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._standing: dict[str, Banner] = {}
        self.folded = FoldedMessages(self)
        self.folded.clicked.connect(self._unfold)

    def show_message(
        self, kind: str, level: Level, text: str, offers: Sequence[Offer] = (), declined: Action | None = None
    ) -> None:
        """Show a message. ``level``: ``info``, ``warning`` or ``error``; ``declined`` is done when it is waved away."""
        self.dismiss(kind)
        banner = Banner(level, text, offers, self, declined)
        banner.setAccessibleName(text)
        banner.left.connect(self.left)
        banner.was_read.connect(lambda: self._on_read(kind, bool(offers)))
        banner.destroyed.connect(lambda: self._forget(kind, banner))
        for before in self._standing.values():
            self._fold(before)
        self._standing[kind] = banner
        self._column.addWidget(banner)
        banner.show()
        self._show_folded()

    def dismiss(self, kind: str) -> None:
        banner = self._standing.pop(kind, None)
        if banner is not None:
            self._fold(banner)
            self._column.removeWidget(banner)
            banner.deleteLater()
            self._show_folded()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of the messages that stand, the oldest first."""
        return tuple(self._standing)

    def text(self, kind: str) -> str:
        """Return what the message of this kind says; nothing where none stands."""
        return self._standing[kind].label.text() if kind in self._standing else ""

    @property
    def is_standing(self) -> bool:
        """Return whether any message has a row of the window."""
        return any(not banner.isHidden() for banner in self._standing.values())

    def _on_read(self, kind: str, offers: bool) -> None:
        if not offers:
            self.dismiss(kind)
        elif kind in self._standing:
            self._fold(self._standing[kind])
            self._show_folded()

    def _fold(self, banner: "Banner") -> None:
        if banner.has_keyboard:
            self.left.emit()
        banner.hide()

    def _unfold(self) -> None:
        """All of them: a person wants to know what there is."""
        for banner in self._standing.values():
            banner.show()
        self._show_folded()

    def _show_folded(self) -> None:
        self.folded.show_messages([banner.label.text() for banner in self._standing.values() if banner.isHidden()])
        self.standing_changed.emit()

    def _forget(self, kind: str, banner: "Banner") -> None:
        if self._standing.get(kind) is banner:
            del self._standing[kind]
            if isValid(self):
                self._show_folded()


class FoldedMessages(QToolButton):
    """Say in a few words what stands, and how much more; nothing is to be seen where nothing stands."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        name_field(self, "folded_messages", self.tr("Messages"))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_messages(self, texts: Sequence[str]) -> None:
        """Show the messages from the oldest to the newest, which is named."""
        if not texts:
            self.hide()
            return
        room = self.fontMetrics().averageCharWidth() * FOLDED
        words = self.fontMetrics().elidedText(texts[-1], Qt.TextElideMode.ElideRight, room)
        more = f" (+{len(texts) - 1})" if len(texts) > 1 else ""
        self.setText(f"⚠ {words}{more}".replace("&", "&&"))
        self.setToolTip("\n\n".join(texts))
        self.setAccessibleName(self.tr("Messages: {texts}").format(texts=" ".join(texts)))
        self.show()
