"""The line that says which station stands, and what to do or what there was to see."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui.look.naming import name_field
from gui.look.own_sheets import set_level


class GuideStrip(QFrame):
    """Say one thing. ``shown``: the person wants it done for them; ``next``: on to what follows; ``closed``: no more.

    ``left``: it is about to go, and cannot have the keyboard.
    """

    shown = Signal()
    next = Signal()
    closed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("guide")
        set_level(self, "guide")
        self._label = QLabel()
        self._label.setObjectName("guide_text")
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._show = self._button("guide_show", self.tr("Show me"), self.tr("Do it for me"))
        self._next = self._button("guide_next", "", self.tr("On to what comes next"))
        self._cross = self._button(
            "guide_close", self.tr("Close"), self.tr("Close these first steps for good; Help has them")
        )
        self._cross.setText("✕")
        self._cross.setAutoRaise(True)
        self._show.clicked.connect(self.shown)
        self._next.clicked.connect(self.next)
        self._cross.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.addWidget(self._label, 1)
        for button in (self._show, self._next, self._cross):
            row.addWidget(button)
        self.hide()

    def _button(self, name: str, title: str, tip: str) -> QToolButton:
        button = QToolButton()
        name_field(button, name, title, tip)
        button.setText(title)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def say(self, title: str, text: str, button: str, *, offers_to_show: bool = False) -> None:
        """Say a text under a title; ``button`` is what leads on."""
        self._label.setText(f"<b>{escape(title)}</b>&ensp;{escape(text)}")
        self.setAccessibleName(f"{title}: {text}")
        self._next.setText(button)
        self._next.setAccessibleName(button)
        if not offers_to_show:
            self._let_go(self._show)
        self._show.setVisible(offers_to_show)

    def set_aside(self, is_aside: bool) -> None:
        """Give its place to something else for a while, or take it again."""
        if is_aside:
            self._let_go(self)
        self.setVisible(not is_aside)

    def _let_go(self, part: QWidget) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and (focus is part or part.isAncestorOf(focus)):
            self.left.emit()
