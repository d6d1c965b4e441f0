"""What every part of the form offers, and the collapsible section that shows it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.spec import Fault
from gui.look.own_sheets import redden
from gui.look.theme import Theme
from gui.look.wording import fault_sentence, fault_text

from .fields import mark

Path = tuple[str | int, ...]
MESSAGES_SHOWN = 4


class MessageLine(QLabel):
    """Say what is wrong, below what it is about; gone when nothing is."""

    def __init__(self, object_name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # A word that is longer than the form is wide may not widen it.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        redden(self)
        self.hide()

    def show_faults(self, faults: Sequence[Fault], within: int) -> None:
        """Show faults; ``within``: how much of each path the place on screen says already."""
        lines = ["• " + fault_sentence(fault, within) for fault in faults[:MESSAGES_SHOWN]]
        if len(faults) > MESSAGES_SHOWN:
            lines.append(self.tr("… and {count} more").format(count=len(faults) - MESSAGES_SHOWN))
        self.setText("\n".join(lines))
        self.setVisible(bool(lines))


class Part(QWidget):
    """Edit some fields of the experiment: text in, the file's structure out, marks at what is wrong."""

    edited = Signal()

    def __init__(self, name: str, depth: int = 1, parent: QWidget | None = None):
        """``depth``: how many parts of a fault's path lead to this part."""
        super().__init__(parent)
        self.message = MessageLine(f"{name}_message")
        self._depth = depth
        self._marked: list[QWidget] = []

    def raw(self) -> dict[str, Any]:
        """Return the part's fields as in the experiment file, text that is no number as text."""
        raise NotImplementedError

    def set_raw(self, raw: dict[str, Any]) -> None:
        """Show these values; what is missing gets its default. ``edited`` is not emitted."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """Return all that the part holds, also what is not in the file at the moment: what undo has to bring back."""
        return self.raw()

    def set_state(self, state: dict[str, Any]) -> None:
        """Show what ``state`` once returned, and leave alone what is the same. ``edited`` is not emitted."""
        self.set_raw(state)

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the very field that a fault's path leads to, if it has one."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab leads through them."""
        return []

    def set_theme(self, theme: Theme) -> None:
        """Show what a palette does not reach in the theme's colours."""

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Mark the fields that are wrong and tell every fault in the message line."""
        messages: dict[QWidget, list[str]] = {}
        for fault in faults:
            if widget := self.widget_at(fault.path):
                messages.setdefault(widget, []).append(fault_text(fault))
        for widget in self._marked:
            if widget not in messages:
                mark(widget, [])
        for widget, texts in messages.items():
            mark(widget, texts)
        self._marked = list(messages)
        self.message.show_faults(faults, self._depth)

    def uncover(self, path: Path) -> QWidget | None:
        """Unfold what the field of a path is in; returns that, or what comes as near. The focus stays where it is."""
        return self.widget_at(path)

    def reveal(self, fault: Fault) -> QWidget:
        """Focus the fault's field, or come as near as there is one; returns what should be scrolled to."""
        self.uncover(fault.path)
        widget = self.widget_at(fault.path)
        if widget is None:
            return self.message
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return widget


class Section(QWidget):
    """Hold a part under a heading that folds it away; the heading counts the faults within."""

    def __init__(self, name: str, title: str, part: Part, parent: QWidget | None = None):
        super().__init__(parent)
        self.part = part
        self._title = title
        self._heading = QToolButton(self)
        self._heading.setObjectName(f"{name}_heading")
        self._heading.setText(title)
        self._heading.setCheckable(True)
        self._heading.setChecked(True)
        self._heading.setAutoRaise(True)
        self._heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = self._heading.font()
        font.setBold(True)
        self._heading.setFont(font)
        self._mark = QLabel(self)
        self._mark.setObjectName(f"{name}_mark")
        self._mark.setFont(font)
        redden(self._mark)
        self._lay_out()
        self._heading.toggled.connect(self.set_open)
        self.set_open(True)
        self.show_faults([])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.part)

    def set_title(self, title: str) -> None:
        self._title = title
        self._heading.setText(title)
        self._heading.setAccessibleName(title)

    def follow(self, before: QWidget) -> None:
        """Be the next that Tab leads to after ``before``, although made later than what comes next on screen."""
        stops = [before, self._heading, *self.part.stops()]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def set_open(self, is_open: bool) -> None:
        self._heading.setChecked(is_open)
        self._heading.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.part.setVisible(is_open)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        self.part.show_faults(faults)
        self._mark.setVisible(bool(faults))
        self._mark.setText(f"⚠ {len(faults)}")
        words = self.tr("to correct here: {count}").format(count=len(faults)) if faults else ""
        self._mark.setToolTip(words)
        self._heading.setAccessibleName(f"{self._title}, {words}" if words else self._title)

    def set_theme(self, theme: Theme) -> None:
        self.part.set_theme(theme)
