"""What tests, screen readers and a resting pointer find at a widget."""

import re

from PySide6.QtWidgets import QLabel, QWidget


def name_field(widget: QWidget, object_name: str, title: str, tip: str = "") -> None:
    """Name a widget for tests, call it ``title`` for screen readers, and explain it in its tooltip."""
    widget.setObjectName(object_name)
    call(widget, title)
    widget.setToolTip(tip)


def call(widget: QWidget, title: str) -> None:
    """Set what screen readers call a widget. Of a label they read the text, which a name would take the place of."""
    if isinstance(widget, QLabel):
        widget.setAccessibleDescription(title)
    else:
        widget.setAccessibleName(title)


def plain_text(text: str) -> str:
    """Return a menu's text without the mark of its key: ``Open…`` of ``&Open…``, ``打开…`` of ``打开(&O)…``."""
    return re.sub(r"\(&.\)|&", "", text)
