"""The page “Breakpoints”: all of them in a list, and the fields of the one that is chosen.

It is a part of the experiment's form, wherever in the window it is shown: what is typed here is saved, kept
as a draft and checked with the experiment, and its faults come back here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

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

from engine.spec import Fault
from gui.forms.fields import name_field, tool_button
from gui.forms.part import Part, Path
from gui.theme import LIGHT, Theme
from gui.wording import fault_text

from .breakpoint_entry import DEFAULTS, Lanes, Values, follow, raw_of, values_of
from .breakpoint_fields import BreakpointFields
from .breakpoint_list import BreakpointList, Shown
from .breakpoint_words import hits_text, words_of

WIDE = 620  # pixels from which list and fields stand side by side


class BreakpointsPage(Part):
    """``place_wanted``: the source at this file and line. ``reveal_wanted``: the page itself, for a fault on it."""

    place_wanted = Signal(str, int)
    reveal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__("breakpoints", parent=parent)
        self.setObjectName("breakpoints_page")
        self._all: list[Values] = []
        self._hits: tuple[int, ...] = ()
        self._faults: tuple[Fault, ...] = ()
        self._list = BreakpointList(self)
        self._make_buttons()
        self._fields = BreakpointFields(self)
        self._lay_out()
        self._connect()
        self.set_theme(LIGHT)
        self._show_all()

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

    def _lay_out(self) -> None:
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
        right.addWidget(self.message)
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
        self._list.chosen.connect(lambda _: self._show_fields())
        self._list.switched.connect(self._switch)
        self._list.remove_asked.connect(self._remove)
        self._list.opened.connect(self._open)
        self._add_stage.clicked.connect(lambda: self._add({"kind": "stage"}))
        self._add_condition.clicked.connect(lambda: self._add({"kind": "condition"}))
        self._switch_all.clicked.connect(self._on_switch_all)
        self._remove_one.clicked.connect(lambda: self._remove(self._list.current()))
        self._fields.changed.connect(self._show_list)
        self._fields.settled.connect(self._on_settled)

    # --- what the window asks for -----------------------------------------------------------

    def breakpoints(self) -> list[dict[str, Any]]:
        """All of them as in the experiment file, text that is no number as text."""
        return [raw_of(values) for values in self._all]

    def lines(self) -> dict[tuple[str, int], bool]:
        """Each line that has a breakpoint, and whether one there is on: the dots beside the source."""
        found: dict[tuple[str, int], bool] = {}
        for values in self._all:
            if values["kind"] == "line" and isinstance(values["line"], int):
                place = (values["file"], values["line"])
                found[place] = found.get(place, False) or values["enabled"]
        return found

    def toggle_line(self, file: str, line: int) -> None:
        """A breakpoint on this line, or none any more where there is one."""
        kept = [values for values in self._all if not _is_at(values, file, line)]
        if len(kept) == len(self._all):
            kept.append(DEFAULTS | {"kind": "line", "file": file, "line": line})
        self._all = kept
        self._rearranged()
        if kept and _is_at(kept[-1], file, line):
            self._list.choose(len(kept) - 1)

    def show_hits(self, counts: Sequence[int]) -> None:
        """How often each was hit since the run began; none, until the engine has counted."""
        if tuple(counts) != self._hits:
            self._hits = tuple(counts)
            self._show_list()

    def show_stop(self, index: int | None) -> None:
        """The run stands at this breakpoint, or at none."""
        self._list.show_stop(index)
        if index is not None and index < len(self._all):
            self._list.choose(index)

    def set_experiment(self, layers: int, lanes: Lanes) -> None:
        """What stages and conditions can be of."""
        self._fields.set_experiment(layers, lanes)

    def follow(self, names: Mapping[str, str]) -> None:
        """Optimizer entries are called otherwise now: what stops at their lanes goes on doing so."""
        for values in self._all:
            follow(values, names)
        if names:
            self._show_all()

    def settle(self) -> None:
        """Let a number that is still being typed count, before a command that it matters to."""
        self._fields.settle()

    # --- a part of the form -----------------------------------------------------------------

    def raw(self) -> dict[str, Any]:
        return {"breakpoints": self.breakpoints()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        given = raw.get("breakpoints")
        self._all = [values_of(entry) for entry in given] if isinstance(given, list | tuple) else []
        self._hits, self._faults = (), ()
        self._list.show_stop(None)
        self._show_all()
        if self._all:
            self._list.choose(0)

    def widget_at(self, path: Path) -> QWidget | None:
        """A field, which is on screen for the chosen breakpoint only."""
        match path:
            case ("breakpoints", int(index), "enabled", *_) if index < len(self._all):
                return self._list
            case ("breakpoints", int(index), str(name), *_) if index == self._list.current():
                return self._fields.field(name)
        return None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        self._faults = tuple(faults)
        self._show_marks()

    def reveal(self, fault: Fault) -> QWidget:
        self.reveal_wanted.emit()
        match fault.path:
            case ("breakpoints", int(index), *_) if index < len(self._all):
                self._list.choose(index)
        widget = super().reveal(fault)
        self._scroll.ensureWidgetVisible(widget)
        return widget

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._list.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, sides = event.size().width() >= WIDE, QBoxLayout.Direction
        self._panes.setDirection(sides.LeftToRight if wide else sides.TopToBottom)
        self._panes.setStretch(0, 3 if wide else 1)
        self._panes.setStretch(1, 2 if wide else 0)

    # --- what the person does ---------------------------------------------------------------

    def _add(self, raw: dict[str, Any]) -> None:
        self._all.append(values_of(raw))
        self._rearranged()
        self._list.choose(len(self._all) - 1)
        self._fields.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, index: int) -> None:
        if 0 <= index < len(self._all):
            del self._all[index]
            self._rearranged()

    def _switch(self, index: int, on: bool) -> None:
        self._all[index]["enabled"] = on
        self._on_edited()

    def _on_switch_all(self) -> None:
        on = not any(values["enabled"] for values in self._all)
        for values in self._all:
            values["enabled"] = on
        self._on_edited()

    def _open(self, index: int) -> None:
        """To the line in the source, or to the fields of what has no line."""
        values = self._all[index]
        if values["kind"] == "line" and isinstance(values["line"], int):
            self.place_wanted.emit(values["file"], values["line"])
        else:
            self._fields.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _rearranged(self) -> None:
        """Faults were told of other entries; new ones come with the next check."""
        self._faults = ()
        self._list.show_stop(None)
        self._on_edited()

    def _on_edited(self) -> None:
        self._hits = ()  # the engine counts anew
        self._show_all()
        self.edited.emit()

    def _on_settled(self) -> None:
        """The same, but for the fields: they show what was typed as it was typed."""
        self._hits = ()
        self._show_list()
        self.edited.emit()

    # --- showing ----------------------------------------------------------------------------

    def _show_all(self) -> None:
        self._show_list()
        self._show_fields()

    def _show_list(self) -> None:
        counts = [*self._hits, *[None] * len(self._all)]
        shown = [
            Shown(values["enabled"], words_of(values), hits_text(values["hits"], count))
            for values, count in zip(self._all, counts, strict=False)
        ]
        self._list.show_breakpoints(shown)
        any_on = any(values["enabled"] for values in self._all)
        title = self.tr("Disable all") if any_on or not self._all else self.tr("Enable all")
        self._switch_all.setText(title)
        self._switch_all.setAccessibleName(title)
        self._switch_all.setEnabled(bool(self._all))
        self._remove_one.setEnabled(bool(self._all))

    def _show_fields(self) -> None:
        index = self._list.current()
        self._fields.setVisible(index >= 0)
        if index >= 0:
            self._fields.show_values(self._all[index])
        self._show_marks()

    def _show_marks(self) -> None:
        by_index: dict[int, list[str]] = {}
        for fault in self._faults:
            match fault.path:
                case ("breakpoints", int(index), *_):
                    by_index.setdefault(index, []).append(fault_text(fault))
        self._list.show_faults(by_index)
        super().show_faults(self._faults)


def _is_at(values: Values, file: str, line: int) -> bool:
    return values["kind"] == "line" and (values["file"], values["line"]) == (file, line)
