"""Single fields as the forms use them, and the marks at fields that are wrong.

No field refuses what is typed and none changes because the wheel scrolled past it.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QToolButton, QToolTip, QWidget

from gui.look.naming import name_field
from gui.look.own_sheets import set_faulty
from gui.look.text_size import fit_letters, scaled
from gui.look.wording import choice_title

from .numbers import number, text_of

LONGEST = 2_000  # characters of a text; ten times what any may have, so that one too long is seen to be
_PLAIN_TIP = "plain_tooltip"


def mark(widget: QWidget, messages: Sequence[str]) -> None:
    """Mark a field as wrong and say why in its tooltip; without messages, take the mark away."""
    plain = widget.property(_PLAIN_TIP)
    if plain is None:
        plain = widget.toolTip()
        widget.setProperty(_PLAIN_TIP, plain)
    widget.setToolTip("\n".join([*messages, plain]).strip())
    widget.setAccessibleDescription("\n".join(messages))
    if not messages:
        widget.setProperty(_PLAIN_TIP, None)
    set_faulty(widget, bool(messages))


class TextBox(QLineEdit):
    """Take a line of text. Of a very long one, which would hold up the window, it takes the beginning, and says so.

    What the experiment has is kept whole, even if it is longer, until it is edited.
    """

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._whole: str | None = None  # what was set, where it is longer than what is shown
        self.setMaxLength(LONGEST)
        self.textEdited.connect(self._on_edited)
        self.inputRejected.connect(self._tell)

    def value(self) -> str:
        return self.text() if self._whole is None else self._whole

    def set_value(self, text: str) -> None:
        self._whole = text if len(text) > LONGEST else None
        self.setText(text[:LONGEST])
        self.setCursorPosition(0)

    def _on_edited(self) -> None:
        self._whole = None

    def _tell(self) -> None:
        text = self.tr("No more than {length} characters fit in here; the rest was left out.")
        below = self.rect().bottomLeft()
        QToolTip.showText(self.mapToGlobal(below), text.format(length=f"{LONGEST:,}"), self)


class IntegerBox(QAbstractSpinBox):
    """Take a whole number with arrows that, unlike QSpinBox, keeps text that is none, and reaches 2³² − 1.

    With ``empty``, a field left empty means something (None), which is shown in grey.
    """

    edited = Signal()

    def __init__(self, low: int, high: int, empty: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._low, self._high, self._optional = low, high, bool(empty)
        self.lineEdit().setPlaceholderText(empty)
        self.lineEdit().textEdited.connect(lambda _: self.edited.emit())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fit_letters(self).setMinimumWidth(scaled(56))

    def value(self) -> float | str | None:
        text = self.lineEdit().text()
        return None if self._optional and not text.strip() else number(text)

    def set_value(self, value: Any) -> None:
        self.lineEdit().setText(text_of(value))
        self.lineEdit().setCursorPosition(0)  # a long number shows its beginning

    def stepBy(self, steps: int) -> None:
        value = self.value()
        if isinstance(value, int):
            self._step_to(value + steps)
        else:
            self._step_to(self._low)

    def _step_to(self, value: int) -> None:
        below = self._optional and value < self._low
        self.set_value(None if below else min(max(value, self._low), self._high))
        self.edited.emit()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        return QAbstractSpinBox.StepEnabledFlag.StepUpEnabled | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


OWN = "\0own"  # the item that is no name


class ChoiceBox(QComboBox):
    """Choose one of some names, shown by their titles; a name that is not among them is kept and shown too.

    ``own_wanted``: the last item was chosen, which begins own code; the name chosen stays.
    """

    edited = Signal()
    own_wanted = Signal()

    def __init__(self, names: Sequence[str], title: Callable[[str], str] = choice_title, parent: QWidget | None = None):
        super().__init__(parent)
        self._title = title
        self._offers_own, self._chosen = False, 0
        self._is_passed = False  # whether a key passes over the items, with none of them to be seen
        self.set_names(names)
        self.activated.connect(self._on_activated)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)

    def offer_own(self) -> None:
        """Offer last to write own code in the place of what is chosen."""
        self._offers_own = True
        self.addItem(self.tr("Write my own…"), OWN)

    def _on_activated(self, index: int) -> None:
        if self.itemData(index) == OWN:
            self.setCurrentIndex(self._chosen)
            if not self._is_passed:
                self.own_wanted.emit()
        else:
            self._chosen = index
            self.edited.emit()

    def set_names(self, names: Sequence[str]) -> None:
        """Offer these names instead, and keep the one chosen."""
        chosen = self.value()
        self.clear()
        for name in names:
            self.addItem(self._title(name), name)
        if self._offers_own:
            self.offer_own()
        if chosen is not None:
            self.set_value(chosen)

    def add_refused(self, name: str, title: str, reason: str) -> None:
        """Show a name last that cannot be chosen, and why not."""
        self.addItem(title, name)
        item = cast(QStandardItemModel, self.model()).item(self.count() - 1)
        item.setEnabled(False)
        item.setToolTip(reason)

    def showPopup(self) -> None:
        """Open it as wide as the longest title, though the box may be narrow."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0))
        super().showPopup()

    def value(self) -> Any:
        return self.currentData()

    def set_value(self, name: Any) -> None:
        if isinstance(name, int):
            name = str(name)  # one that is larger than Qt's integers would be an error
        index = self.findData(name)
        if index < 0:
            self.addItem(self._title(str(name)), name)
            index = self.count() - 1
        self._chosen = index
        self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_passed = True
        super().keyPressEvent(event)
        self._is_passed = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._is_passed = True
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
        self._is_passed = False


def discard(widget: QWidget) -> None:
    """Delete a widget once its events are done; until then, nothing finds it by name any more."""
    set_aside(widget)
    widget.deleteLater()


def set_aside(widget: QWidget) -> None:
    """Take a widget that is to be deleted out of sight, where nothing finds it by name any more."""
    for part in (widget, *widget.findChildren(QWidget)):
        part.setObjectName("")
    widget.hide()


def copy_icon(color: str) -> QIcon:
    """Draw two sheets, one over the other; large, so that it stays sharp when the screen is scaled."""
    image = QPixmap(64, 64)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setPen(QPen(QColor(color), 5))
    painter.drawPolyline([QPoint(14, 46), QPoint(8, 46), QPoint(8, 8), QPoint(42, 8), QPoint(42, 14)])
    painter.drawRect(20, 20, 36, 38)
    painter.end()
    return QIcon(image)


def tool_button(parent: QWidget, face: str | Qt.ArrowType, object_name: str, title: str) -> QToolButton:
    """Return a small button with a sign or an arrow on it, reached by Tab like every other field."""
    button = QToolButton(parent)
    if isinstance(face, str):
        button.setText(face)
    else:
        button.setArrowType(face)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    name_field(button, object_name, title, title)
    return button
