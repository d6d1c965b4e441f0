"""What is seen of the breakpoints: a list of all, and the fields of the one that is chosen. It holds none itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.forms.fields.fields import name_field, tool_button
from gui.look.theme import Theme

from .entry import Lanes, Values
from .fields import BreakpointFields
from .list import BreakpointList, Shown
from .words import hits_text, words_of

WIDE = 620  # pixels from which list and fields stand side by side


class BreakpointsPanel(QWidget):
    """Show list and fields. Signals carry what a person wants; ``changed`` and ``settled`` are the fields'."""

    add_asked = Signal(str)  # a kind
    remove_asked = Signal(int)
    switched = Signal(int, bool)
    switch_all_asked = Signal()
    opened = Signal(int)
    chosen = Signal()
    changed = Signal()
    settled = Signal()

    def __init__(self, message: QWidget, parent: QWidget | None = None):
        """``message``: the line that tells faults, which is put above the fields."""
        super().__init__(parent)
        self._all: Sequence[Values] = ()
        self._hits: Sequence[int] = ()
        self._has_layers = True
        self._list = BreakpointList(self)
        self._make_buttons()
        self._fields = BreakpointFields(self)
        self._lay_out(message)
        self._connect()

    def _make_buttons(self) -> None:
        self._add_stage = QPushButton(self.tr("+ Stage"), self)
        self._add_condition = QPushButton(self.tr("+ Condition"), self)
        self._switch_all = QPushButton(self.tr("Disable all"), self)
        title, tip = self.tr("Add a stage"), self.tr("Stop before a stage of each step, such as the optimizer's update")
        name_field(self._add_stage, "breakpoints_add_stage", title, tip)
        title, tip = self.tr("Add a condition"), self.tr("Stop when a number of the run, such as the loss, gets there")
        name_field(self._add_condition, "breakpoints_add_condition", title, tip)
        tip = self.tr("Switch all breakpoints off, or on again")
        name_field(self._switch_all, "breakpoints_switch_all", self.tr("Disable all"), tip)
        title = self.tr("Remove the chosen breakpoint (Delete)")
        self._remove_one = tool_button(self, "×", "breakpoints_remove", title)

    def _lay_out(self, message: QWidget) -> None:
        self._list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self._add_stage)
        buttons.addWidget(self._add_condition)
        buttons.addStretch(1)
        buttons.addWidget(self._switch_all)
        buttons.addWidget(self._remove_one)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self._list, 1)
        left.addLayout(buttons)
        right.addWidget(message)
        right.addWidget(self._fields)
        right.addStretch(1)
        self._panes = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._panes.setContentsMargins(6, 6, 6, 6)
        self._panes.setSpacing(8)
        self._panes.addLayout(left)
        self._panes.addLayout(right)
        self._scroll_panes()

    def _scroll_panes(self) -> None:
        content = QWidget()
        content.setLayout(self._panes)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("breakpoints_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(self._scroll)

    def _connect(self) -> None:
        self._list.chosen.connect(self._on_chosen)
        self._list.switched.connect(self.switched)
        self._list.remove_asked.connect(self.remove_asked)
        self._list.opened.connect(self.opened)
        self._add_stage.clicked.connect(lambda: self.add_asked.emit("stage"))
        self._add_condition.clicked.connect(lambda: self.add_asked.emit("condition"))
        self._switch_all.clicked.connect(self.switch_all_asked)
        self._remove_one.clicked.connect(lambda: self.remove_asked.emit(self._list.current()))
        self._fields.changed.connect(self.changed)
        self._fields.settled.connect(self.settled)

    def _on_chosen(self) -> None:
        self.show_fields()
        self.chosen.emit()

    # --- what the page shows ----------------------------------------------------------------

    @property
    def current(self) -> int:
        """Return the index of the chosen breakpoint; -1 where there is none."""
        return self._list.current()

    def choose(self, index: int) -> None:
        if 0 <= index < len(self._all):
            self._list.choose(index)

    def edit_chosen(self) -> None:
        """Take the keyboard to the chosen breakpoint's fields."""
        self._fields.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def field(self, name: str) -> QWidget | None:
        return self._list if name == "enabled" else self._fields.field(name)

    def scroll_to(self, widget: QWidget) -> None:
        self._scroll.ensureWidgetVisible(widget)

    def settle(self) -> None:
        self._fields.settle()

    def set_choices(self, layers: int, lanes: Lanes) -> None:
        """Set what there is to choose from; a test function has no ``layers``."""
        self._fields.set_experiment(layers, lanes)
        if bool(layers) != self._has_layers:
            self._has_layers = bool(layers)
            self.show_list(self._all, self._hits)

    def show_stop(self, index: int | None) -> None:
        self._list.show_stop(index)

    def show_list(self, breakpoints: Sequence[Values], hits: Sequence[int]) -> None:
        """Show the list; ``breakpoints`` go on being the page's own, with what is typed in the fields."""
        self._all, self._hits = breakpoints, hits
        counts = [*hits, *[None] * len(breakpoints)]
        self._list.show_breakpoints(
            [
                Shown(values["enabled"], words_of(values, self._has_layers), hits_text(values["hits"], count))
                for values, count in zip(breakpoints, counts, strict=False)
            ]
        )
        any_on = any(values["enabled"] for values in breakpoints)
        title = self.tr("Disable all") if any_on or not breakpoints else self.tr("Enable all")
        self._switch_all.setText(title)
        self._switch_all.setAccessibleName(title)
        self._switch_all.setEnabled(bool(breakpoints))
        self._remove_one.setEnabled(bool(breakpoints))

    def show_fields(self) -> None:
        """Show the fields of the chosen breakpoint."""
        index = self._list.current()
        self._fields.setVisible(index >= 0)
        if index >= 0:
            self._fields.show_values(self._all[index])

    def show_faults(self, texts: Mapping[int, Sequence[str]]) -> None:
        """Show what is wrong, by the breakpoint's index."""
        self._list.show_faults(texts)

    def set_theme(self, theme: Theme) -> None:
        self._list.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, sides = event.size().width() >= WIDE, QBoxLayout.Direction
        self._panes.setDirection(sides.LeftToRight if wide else sides.TopToBottom)
        self._panes.setStretch(0, 3 if wide else 1)
        self._panes.setStretch(1, 2 if wide else 0)
