"""A button as the pages to learn with have them: found by its name, and pressed by Enter once Tab has led to it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

KEYPAD = Qt.KeyboardModifier.KeypadModifier


class NamedButton(QPushButton):
    """Take Enter as a click.

    Space belongs to the run where it was no Tab that led to the button, and the page is reached by keys of its own.
    """

    def __init__(self, name: str, title: str):
        super().__init__(title)
        self.setObjectName(name)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            self.click()
        else:
            super().keyPressEvent(event)
