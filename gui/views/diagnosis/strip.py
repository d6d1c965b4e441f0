"""A line below the run's plot: what keeps the training from going well, one thing at a time."""

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.protocol import Words
from gui.look.naming import name_field
from gui.look.notes import named
from gui.look.own_sheets import set_level

Button = TypeVar("Button", QPushButton, QToolButton)


class DiagnosisStrip(QFrame):
    """Say one diagnosis. ``Why?`` unfolds the reason and what helps, ``Show`` leads to where it is to be seen.

    ``show_wanted``, ``next_wanted`` and ``dismissed`` carry nothing: they are about the one that is shown. ``changed``:
    another is, or none, or its reason is unfolded or folded.
    """

    changed = Signal()

    show_wanted = Signal()
    next_wanted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("diagnosis")
        set_level(self, "info")
        self._what, self._more = named(QLabel(), "diagnosis_what"), named(QLabel(), "diagnosis_more")
        for label in (self._what, self._more):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self._why = self._button(QPushButton(self.tr("Why?")), "diagnosis_why", self.tr("The reason, and what helps"))
        self._why.setCheckable(True)
        self._why.toggled.connect(self._more.setVisible)
        self._why.toggled.connect(lambda _: self.changed.emit())
        self._show = self._button(
            QPushButton(self.tr("Show")), "diagnosis_show", self.tr("Go to where it is to be seen")
        )
        self._show.clicked.connect(self.show_wanted)
        self._next = self._button(QToolButton(), "diagnosis_next", self.tr("What else there is to say"))
        self._next.clicked.connect(self.next_wanted)
        cross = self._button(QToolButton(), "diagnosis_dismiss", self.tr("Say this no more of this experiment"))
        cross.setText("✕")
        cross.clicked.connect(self.dismissed)
        row = QHBoxLayout()
        row.addWidget(self._what, 1)
        for button in (self._why, self._show, self._next, cross):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 4, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._more)
        self._more.hide()

    @property
    def is_open(self) -> bool:
        """Return whether the reason is unfolded."""
        return not self.isHidden() and self._why.isChecked()

    def _button(self, button: Button, name: str, tip: str) -> Button:
        name_field(button, name, tip, tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if isinstance(button, QToolButton):
            button.setAutoRaise(True)
        return button

    def show_words(self, words: Words, place: int, count: int, *, leads_on: bool) -> None:
        """Show the diagnosis that is ``place`` (from 1) of ``count``. ``leads_on``: there is something to go to."""
        changed = words.what != self._what.text()
        self._what.setText(words.what)
        self._more.setText(self.tr("Why: {why}.\nWhat helps: {helps}.").format(why=words.why, helps=words.helps))
        if changed:
            self._why.setChecked(False)
        self._show.setVisible(leads_on)
        self._next.setVisible(count > 1)
        self._next.setText(self.tr("{place} of {count} ▸").format(place=place, count=count))
        self.setAccessibleName(words.what)
        self.show()
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.changed.emit()
