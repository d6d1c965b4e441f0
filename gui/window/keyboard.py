"""Whose Space is: a text's that is being typed, a button's that Tab has led to; else it runs and pauses.

A click never leaves the keyboard on a button: who has clicked Reset means Space for the run.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from .undoing import is_undone_here

BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
TAB = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
UNDO = (Qt.Key.Key_Z, Qt.Key.Key_Y)


class Keyboard(QObject):
    """Watch the one widget that has the focus. ``resting`` has the keyboard where nothing else should."""

    def __init__(self, resting: QWidget, parent: QObject):
        super().__init__(parent)
        self._resting = resting
        self._watched: QWidget | None = None
        self._tabs = False  # whether the key that it got last was Tab
        self._left_by = Qt.FocusReason.OtherFocusReason
        self._by_tab = False  # whether that has led to what has the focus now
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def rest(self, done_with: QWidget | None = None) -> None:
        """Take the keyboard from a text, as a click elsewhere would, and from all of ``done_with``."""
        focus = QApplication.focusWidget()
        leaves = done_with is not None and focus is not None and done_with.isAncestorOf(focus)
        if focus is None or leaves or is_typed_in(focus):
            self._resting.setFocus()

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        reason, tabs = self._left_by, self._tabs
        self._left_by, self._tabs = Qt.FocusReason.OtherFocusReason, False
        if new is None or new is self._watched or not self._is_ours(new):
            return  # what has it now is elsewhere, and gives it back
        self._watch(new)
        self._by_tab = tabs and reason in BY_TAB
        clicked = reason == Qt.FocusReason.MouseFocusReason or bool(QGuiApplication.mouseButtons())
        if clicked and not self._by_tab and isinstance(new, QAbstractButton):
            self._give_back(new, old)

    def _is_ours(self, widget: QWidget) -> bool:
        """Dialogs and the lists that combo boxes open have keys of their own."""
        return widget.window() is self._resting.window() or isinstance(widget.window(), QDockWidget)

    def _watch(self, widget: QWidget) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = widget
        widget.installEventFilter(self)

    def _give_back(self, button: QAbstractButton, old: QWidget | None) -> None:
        """Let a button be clicked without having the keyboard, from now on too."""
        by_tab = button.focusPolicy() & Qt.FocusPolicy.TabFocus.value
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if by_tab else Qt.FocusPolicy.NoFocus)
        keeps = old is not None and old.isVisible() and not isinstance(old, QAbstractButton)
        (old if old is not None and keeps else self._resting).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._left_by = event.reason()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._tabs = event.key() in TAB
            return self._is_left_to_window(event, watched) or self._is_settled(event, watched)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._is_left_to_window(event, watched)  # which has nothing to undo
        return False

    def _is_left_to_window(self, event: QKeyEvent, watched: QObject) -> bool:
        """Keep a field of the experiment from undoing by itself: the window does, in the order of all that was done."""
        control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        if event.key() not in UNDO or event.modifiers() & (control | alt) != control:  # both are AltGr: a letter
            return False
        if not isinstance(watched, QWidget) or not is_typed_in(watched) or not is_undone_here(watched):
            return False
        event.ignore()
        return True

    def _is_settled(self, event: QKeyEvent, watched: QObject) -> bool:
        """Keep Space for what it belongs to, before the window's shortcut has it."""
        if event.key() != Qt.Key.Key_Space or event.modifiers() or not isinstance(watched, QWidget):
            return False
        if is_typed_in(watched):
            return False
        event.setAccepted(self._by_tab and uses_space(watched))
        return True


def is_typed_in(widget: QWidget) -> bool:
    """Tell whether keys that are letters go into a text there."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox):
        return not widget.isReadOnly()
    return isinstance(widget, QComboBox) and widget.isEditable()


def uses_space(widget: QWidget) -> bool:
    """Tell whether Space presses, opens or ticks something there."""
    return isinstance(widget, QAbstractButton | QAbstractItemView | QComboBox) or bool(widget.property("usesSpace"))
