"""Muted texts, warnings, errors, framed messages and fields at fault: what a single widget looks like beyond the style.

The application has no style sheet: Qt would look up its rules for every widget that is made, moved or shown. What the
palette has is taken from there; the few widgets that need more have a sheet of their own, while they need it.
"""

from functools import cache
from string import Template
from typing import Literal
from weakref import WeakKeyDictionary

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from shiboken6 import isValid

from .theme import DARK, LIGHT, Theme

Severity = Literal["", "muted", "warning", "error"]
Level = Literal["info", "guide", "warning", "error"]

# ``$name`` is a colour of the theme. Combo and spin boxes and buttons get no border: with one, Qt would no longer draw
# their arrows natively. A tooltip is a label too, and a window: it has not the colours of the widget that it is of.
SEVERITIES = """
QLabel[severity="warning"]:!window {
    color: $warning; background-color: $warning_background;
    border: 1px solid $warning; border-radius: 3px; padding: 2px 6px;
}
QLabel[severity="error"]:!window {
    color: $error; background-color: $error_background;
    border: 1px solid $error; border-radius: 3px; padding: 2px 6px;
}
"""
LEVELS = """
QFrame[level] { border-radius: 3px; border: 1px solid $accent; background-color: $base; }
QFrame[level="guide"] { border-left: 4px solid $warning; }
QFrame[level="warning"] { border-color: $warning; background-color: $warning_background; }
QFrame[level="error"] { border-color: $error; background-color: $error_background; }
"""
FAULT = """
QLineEdit[fault="true"], QAbstractItemView[fault="true"], QPlainTextEdit[fault="true"], QTextEdit[fault="true"] {
    border: 1px solid $error; background-color: $error_background; color: $text;
}
QLineEdit[fault="true"] { padding: 2px 0; }
QComboBox[fault="true"], QAbstractSpinBox[fault="true"], QAbstractButton[fault="true"],
QAbstractSpinBox[fault="true"] QLineEdit, QComboBox[fault="true"] QLineEdit {
    background-color: $error_background; color: $error;
}
QCheckBox[fault="true"]::indicator:unchecked { border: 1px solid $error; border-radius: 2px; background-color: $base; }
QLabel[fault="true"] { border: none; background-color: transparent; color: $error; }
.QFrame[fault="true"] { border: 1px solid $error; }
"""

_worn: WeakKeyDictionary[QWidget, str] = WeakKeyDictionary()


def mute(label: QLabel) -> None:
    """Write a label in the colour of what matters less."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def redden(label: QLabel) -> None:
    """Write a label in the colour of errors, on the ground that it has."""
    label.setForegroundRole(QPalette.ColorRole.BrightText)


def set_severity(label: QLabel, severity: Severity) -> None:
    """Write a label muted, or framed as a warning or an error; plainly where ``severity`` is empty."""
    framed = severity if severity in ("warning", "error") else ""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText if severity == "muted" else QPalette.ColorRole.NoRole)
    if (label.property("severity") or "") != framed:
        label.setProperty("severity", framed)
        wear(label, SEVERITIES if framed else "")
        if not framed:
            label.setFrameShape(QFrame.Shape.NoFrame)  # a style sheet gives it a shape, and takes none away


def set_level(frame: QFrame, level: Level) -> None:
    """Frame a message of the window in the colours of its level."""
    frame.setProperty("level", level)
    wear(frame, LEVELS)


def is_faulty(field: QWidget) -> bool:
    return bool(field.property("fault"))


def set_faulty(field: QWidget, faulty: bool) -> None:
    """Show a field in the colours of a fault, or as ever."""
    if is_faulty(field) != faulty:
        field.setProperty("fault", faulty)
        wear(field, FAULT if faulty else "")


def follow(theme: Theme) -> None:
    """Show all that stands in a sheet of its own in the theme's colours."""
    for widget, sheet in list(_worn.items()):
        if isValid(widget):
            widget.setStyleSheet(_in_colors(sheet, theme))


def wear(widget: QWidget, sheet: str) -> None:
    """Give a widget a style sheet of its own, or none any more; one that is not set anew keeps a former palette."""
    if sheet:
        _worn[widget] = sheet
        widget.setStyleSheet(_in_colors(sheet, _theme_at_hand()))
    else:
        _worn.pop(widget, None)
        widget.setStyleSheet("")


@cache
def _in_colors(sheet: str, theme: Theme) -> str:
    return Template(sheet).substitute(theme._asdict())


def _theme_at_hand() -> Theme:
    """Return the theme that the application is dressed in."""
    window = QApplication.palette().color(QPalette.ColorRole.Window).name()
    return DARK if window == DARK.window else LIGHT
