"""A button as the pages to learn with have them: found by its name, reached by Tab, not pressed from elsewhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


def named_button(name: str, title: str) -> QPushButton:
    """Return a button with an object name and a text."""
    button = QPushButton(title)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
