"""A line across the window that says what happened and offers what can be done about it.

It takes no focus and blocks nothing; a newer message of the same kind takes the older one's place.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.naming import name_field

Offer = tuple[str, Callable[[], None]]


class Banner(QFrame):
    """One message, its offers as buttons, and a cross. ``left``: it is about to go, and can't have the keyboard."""

    left = Signal()

    def __init__(self, level: str, text: str, offers: Sequence[Offer], parent: QWidget):
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("level", level)
        self.label = QLabel(text)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 4)
        row.addWidget(self.label, 1)
        for title, action in offers:
            button = QPushButton(title)
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
        row.addWidget(cross)


class Banners(QWidget):
    """The messages that stand now, one of each kind. ``left`` before one of them goes."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("banners")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._standing: dict[str, Banner] = {}

    def show_message(self, kind: str, level: str, text: str, offers: Sequence[Offer] = ()) -> None:
        """``level`` is ``info``, ``warning`` or ``error``."""
        self.dismiss(kind)
        banner = Banner(level, text, offers, self)
        banner.setAccessibleName(text)
        banner.left.connect(self.left)
        self._standing[kind] = banner
        banner.destroyed.connect(lambda: self._forget(kind, banner))
        self._column.addWidget(banner)

    def dismiss(self, kind: str) -> None:
        banner = self._standing.pop(kind, None)
        if banner is not None:
            if banner.isAncestorOf(QApplication.focusWidget()):
                self.left.emit()
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def text(self, kind: str) -> str:
        """What the message of this kind says; nothing where none stands."""
        return self._standing[kind].label.text() if kind in self._standing else ""

    def _forget(self, kind: str, banner: Banner) -> None:
        if self._standing.get(kind) is banner:
            del self._standing[kind]
