"""A name that reads like a label, and can be changed by a double click or F2."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from gui.look.own_sheets import wear

LONGEST = 200  # characters


class NameEdit(QLineEdit):
    """Enter, or leaving it, takes the new name over: ``renamed`` carries it. Escape leaves the old one."""

    renamed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setFrame(False)
        self.setMaxLength(LONGEST)
        self.setTextMargins(-2, 0, 0, 0)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.returnPressed.connect(lambda: self._end(self.text()))
        self._set_editing(False)

    def set_name(self, name: str) -> None:
        """Show a name; one that is being typed is not disturbed."""
        self._name = name
        if self.isReadOnly():
            self._show()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.isReadOnly():
            self._begin()
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() and event.key() == Qt.Key.Key_F2:
            self._begin()
        elif not self.isReadOnly() and event.key() == Qt.Key.Key_Escape:
            self._end(self._name)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.isReadOnly() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isReadOnly():
            self._show()

    def _begin(self) -> None:
        self._set_editing(True)
        self.setText(self._name)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def _end(self, name: str) -> None:
        if self.isReadOnly():
            return
        self._set_editing(False)
        if name != self._name:
            self.renamed.emit(name)
        self._show()

    def _set_editing(self, editing: bool) -> None:
        self.setReadOnly(not editing)
        self.setCursor(Qt.CursorShape.IBeamCursor if editing else Qt.CursorShape.ArrowCursor)
        # Without its kind named, the rule would be the tooltip's too.
        wear(self, "" if editing else "QLineEdit { background: transparent; }")

    def _show(self) -> None:
        """As much of the name as there is room for; all of it in the tip."""
        room = self.width() - 8
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room))
        self.setCursorPosition(0)
        self.setToolTip(self.tr("{name}\nDouble click or F2 to rename").format(name=self._name))
