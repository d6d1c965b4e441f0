"""Whether a schedule is warmed up to, over how many steps and from which share of the rate."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QVBoxLayout, QWidget

from engine.spec import WarmupSpec

from .fields.fields import name_field
from .fields.number_box import NumberBox
from .fields.numbers import number

STEPS = 100
START_FACTOR = WarmupSpec(steps=1).start_factor


class WarmupRow(QWidget):
    """Switch the warm-up, with two fields below while it is on."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._switch = QCheckBox(self.tr("Warm-up first"), self)
        self._fields = QFrame(self)
        self._steps = NumberBox(STEPS, lambda value: value >= 1, self._fields, whole=True)
        self._steps.set_placeholder(self.tr("needed"))
        self._factor = NumberBox(START_FACTOR, lambda value: 0 < value <= 1, self._fields)
        self._factor.set_placeholder(self.tr("{value} (default)").format(value=f"{START_FACTOR:g}"))
        self._filling = False
        form = QFormLayout(self._fields)
        form.setContentsMargins(20, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Steps"), self._steps)
        form.addRow(self.tr("Start factor"), self._factor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._switch)
        column.addWidget(self._fields)
        self._switch.clicked.connect(self._on_switch)
        self._steps.textChanged.connect(self._on_typed)
        self._factor.textChanged.connect(self._on_typed)

    def set_place(self, index: int) -> None:
        prefix = f"optimizer{index + 1}_warmup"
        tip = self.tr("Begin with a share of the rate, and rise in a straight line to where the schedule begins")
        name_field(self._switch, prefix, self.tr("Optimizer {number}, warm-up").format(number=index + 1), tip)
        tip = self.tr("How many steps the warm-up takes: a whole number from 1")
        title = self.tr("Optimizer {number}, warm-up steps").format(number=index + 1)
        name_field(self._steps, f"{prefix}_steps", title, tip)
        tip = self.tr("The share of the rate at first: above 0, at the most 1")
        title = self.tr("Optimizer {number}, start factor").format(number=index + 1)
        name_field(self._factor, f"{prefix}_start_factor", title, tip)

    def stops(self) -> list[QWidget]:
        return [self._switch, self._steps, self._factor]

    def raw(self) -> dict[str, Any] | None:
        if not self._switch.isChecked():
            return None
        typed = {"steps": self._steps.text().strip(), "start_factor": self._factor.text().strip()}
        raw: dict[str, Any] = {name: number(text) for name, text in typed.items() if text}
        steps = raw.get("steps")
        return raw | {"steps": int(steps)} if isinstance(steps, float) and steps.is_integer() else raw

    def set_raw(self, warmup: Any) -> None:
        given = warmup if isinstance(warmup, dict) else {}
        self._filling = True
        self._steps.set_value(given.get("steps"))
        self._factor.set_value(given.get("start_factor"))
        self._filling = False
        self._switch.setChecked(isinstance(warmup, dict))
        self._fields.setVisible(self._switch.isChecked())

    def widget_at(self, name: str | int) -> QWidget:
        return {"steps": self._steps, "start_factor": self._factor}.get(str(name), self._switch)

    def set_possible(self, possible: bool) -> None:
        """Show the row where there can be a warmup, or where one that was given can still be taken away."""
        self.setVisible(possible or self._switch.isChecked())

    def _on_switch(self) -> None:
        self._filling = True
        if self._switch.isChecked() and not self._steps.text():
            self._steps.set_value(STEPS)
        self._filling = False
        self._fields.setVisible(self._switch.isChecked())
        self.edited.emit()

    def _on_typed(self) -> None:
        if not self._filling:
            self.edited.emit()
