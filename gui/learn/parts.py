"""What the pages to learn with are made of: texts, lists, and the room around them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from gui.look.naming import name_field


def text_label(name: str, *, is_title: bool = False, is_plain: bool = False) -> QLabel:
    """Return a label that is read, and can be copied from. ``is_plain``: nothing in its text is taken for a tag."""
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if is_plain:
        label.setTextFormat(Qt.TextFormat.PlainText)
    if is_title:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label


def choice_list(name: str, title: str, tip: str = "") -> QListWidget:
    """Return a list whose entries take as many lines as they need."""
    made = QListWidget()
    name_field(made, name, title, tip)
    made.setWordWrap(True)
    made.setSpacing(3)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def row_of(*parts: QWidget, has_room: bool = False) -> QHBoxLayout:
    """Return parts beside each other. ``has_room``: what is left is between the first and the others."""
    row = QHBoxLayout()
    for number, part in enumerate(parts):
        row.addWidget(part)
        if has_room and not number:
            row.addStretch(1)
    return row


def column_in(page: QWidget) -> QVBoxLayout:
    """Return a column that fills a page, with the edges that they all have."""
    column = QVBoxLayout(page)
    column.setContentsMargins(6, 4, 6, 4)
    return column
