"""The fields of one breakpoint: choices and numbers, nothing that would be run as code."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from engine.spec import (
    KINDS,
    OPS,
    PAIR_QUANTITIES,
    PROBLEM_STAGE_KINDS,
    QUANTITIES,
    STAGE_KINDS,
    textbook_files,
)
from gui.forms.fields.fields import ChoiceBox, IntegerBox, name_field
from gui.forms.fields.numbers import number, text_of
from gui.look.own_sheets import mute

from .entry import DEFAULTS, Lanes, Values, slot, used
from .words import hint, kind_title, lane_title, layer_title, op_title, quantity_title, stage_title

TYPING_PAUSE = 700  # ms; a number half typed, 0 of 0.5, must not stop the run
MOST_LINES, MOST_HITS = 1_000_000, 1_000_000_000


class BreakpointFields(QWidget):
    """Show a breakpoint's fields. ``changed``: their values are others; ``settled``: and typing is done."""

    changed = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._values: Values = dict(DEFAULTS)
        self._layers, self._lanes = 1, Lanes()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._typing.timeout.connect(self.settled)
        self._make_choices()
        self._make_numbers()
        self._lay_out()

    def _make_choices(self) -> None:
        self._kind = ChoiceBox((), kind_title, self)
        self._file = ChoiceBox((), str, self)
        self._stage = ChoiceBox((), stage_title, self)
        self._layer = ChoiceBox((), layer_title, self)
        self._quantity = ChoiceBox((), quantity_title, self)
        self._lane = ChoiceBox((), self._lane_title, self)
        self._op = ChoiceBox((), op_title, self)
        for box in (self._kind, self._file, self._stage, self._layer, self._quantity, self._lane, self._op):
            box.edited.connect(self._on_chosen)

    def _make_numbers(self) -> None:
        self._line = IntegerBox(1, MOST_LINES, parent=self)
        self._value = QLineEdit(self)
        self._hits = IntegerBox(1, MOST_HITS, parent=self)
        self._line.edited.connect(self._on_typed)
        self._hits.edited.connect(self._on_typed)
        self._value.textEdited.connect(self._on_typed)
        for field in (self._line, self._hits, self._value):
            field.editingFinished.connect(self.settle)

    def _lay_out(self) -> None:
        self._hint = QLabel(self)
        self._hint.setObjectName("breakpoint_hint")
        mute(self._hint)
        self._hint.setWordWrap(True)
        self._fields: dict[str, Any] = {
            "kind": self._kind,
            "file": self._file,
            "line": self._line,
            "stage": self._stage,
            "layer": self._layer,
            "quantity": self._quantity,
            "lane": self._lane,
            "op": self._op,
            "value": self._value,
            "hits": self._hits,
        }
        tips = self._tips()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in self._fields.items():
            title, tip = tips[name]
            name_field(field, f"breakpoint_{name}", title, tip)
            if name == "hits":
                self._form.addRow(self._hint)
            self._form.addRow(title, field)

    def _tips(self) -> dict[str, tuple[str, str]]:
        """Title and explanation of each field."""
        return {
            "kind": (self.tr("Stop at"), self.tr("What the run stops at: a line, a stage or a condition")),
            "file": (self.tr("File"), self.tr("A file of the DIY source")),
            "line": (self.tr("Line"), self.tr("The number of the line, from 1")),
            "stage": (self.tr("Stage"), self.tr("The part of the step that the run stops before")),
            "layer": (self.tr("Layer"), self.tr("Of which layer")),
            "quantity": (self.tr("Quantity"), self.tr("What is looked at in each step")),
            "lane": (self.tr("Of"), self.tr("The lane that it is of; parity is of the two lanes of an optimizer")),
            "op": (self.tr("Stop when it"), self.tr("How it is compared. It rises compared with the step before.")),
            "value": (self.tr("Value"), self.tr("The number that it is compared with")),
            "hits": (self.tr("From hit"), self.tr("The first times are let pass: stop from this hit on")),
        }

    def field(self, name: str) -> QWidget | None:
        return self._fields.get(name)

    def first(self) -> QWidget:
        """Return the field with which a person goes on after the kind."""
        has = used(self._values)
        return self._fields[has[0]] if has else self._kind

    def set_experiment(self, layers: int, lanes: Lanes) -> None:
        """Set what there is to choose from; a test function has no layers."""
        self._layers, self._lanes = layers, lanes
        for name, field in (("stage", self._stage), ("layer", self._layer), ("lane", self._lane)):
            self._show(name, field)
        self._show_rows()

    def show_values(self, values: Values) -> None:
        """Show these and change them as the person does."""
        self._typing.stop()
        self._values = values
        for name, field in self._fields.items():
            self._show(name, field)
        self._show_rows()

    def settle(self) -> None:
        """Let what was typed count now."""
        if self._typing.isActive():
            self._typing.stop()
            self.settled.emit()

    def _show(self, name: str, field: Any) -> None:
        value = self._values[slot(self._values, name)]
        if isinstance(field, QLineEdit):
            field.setText(text_of(value))
            return
        if isinstance(field, ChoiceBox):
            value = text_of(value)
            field.clear()  # what was shown before may be no choice
            field.set_names(self._choices(name))
        field.set_value(value)

    def _choices(self, name: str) -> Sequence[str]:
        if name == "layer":
            return ["", *(str(number) for number in range(1, self._layers + 1))]
        if name == "lane":
            return ["", *(self._lanes.pairs if self._paired else self._lanes.ids)]
        stages = STAGE_KINDS if self._layers else PROBLEM_STAGE_KINDS
        return {"kind": KINDS, "file": textbook_files(), "stage": stages, "quantity": QUANTITIES, "op": OPS}[name]

    @property
    def _paired(self) -> bool:
        return self._values["quantity"] in PAIR_QUANTITIES

    def _lane_title(self, lane: str) -> str:
        if not lane:
            return self.tr("Any pair") if self._paired else self.tr("Any lane")
        return lane_title(lane, self._paired)

    def _show_rows(self) -> None:
        """Only what this kind of breakpoint has a use for."""
        has = ("kind", "hits", *used(self._values))
        if not self._layers and self._values["layer"] is None:
            has = tuple(name for name in has if name != "layer")
        for name, field in self._fields.items():
            self._form.setRowVisible(field, name in has)
        label = self._form.labelForField(self._value)
        if isinstance(label, QLabel):
            label.setText(self.tr("Factor") if self._values["op"] == "rises" else self.tr("Value"))
        self._hint.setText(hint(self._values))

    def _on_chosen(self) -> None:
        self._take_over()
        self._show("lane", self._lane)
        self._show("value", self._value)
        self._show_rows()
        self.changed.emit()
        self.settled.emit()

    def _on_typed(self) -> None:
        self._take_over()
        self.changed.emit()
        self._typing.start()

    def _take_over(self) -> None:
        """Take what the fields of this kind hold; the other quantity's lane and comparison's value stay."""
        values, before = self._values, dict(self._values)
        for name in ("kind", "file", "stage", "quantity", "op"):
            values[name] = self._fields[name].value() or ""
        values["layer"] = number(self._layer.value() or "") or None
        values["line"], values["hits"] = self._line.value(), self._hits.value()
        typed = self._value.text()
        values[slot(before, "value")] = number(typed) if typed.strip() else None
        values[slot(before, "lane")] = self._lane.value() or None
