"""A test function and where the optimizers start on it."""

from decimal import Decimal
from math import isfinite
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.spec import FUNCTION_NAMES, ProblemSpec
from gui.look.formula import Formula
from gui.look.own_sheets import mute
from gui.look.theme import Theme

from .fields.fields import ChoiceBox, name_field
from .fields.number_box import NumberBox
from .fields.numbers import number
from .fields.part import Part, Path
from .problem_words import FORMULAS, SPOKEN, STARTS, about

CONDITION: float = ProblemSpec.model_fields["condition"].default
LEAST, MOST = 1.0, 1e12  # of the condition number
STEP = Decimal("0.1")  # of a coordinate, with an arrow


class CoordinateBox(NumberBox):
    """Take a coordinate. Its arrows go in tenths: coordinates are places, and no factors as rates are."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(0.0, isfinite, parent)

    def stepBy(self, steps: int) -> None:
        value = number(self.text())
        known = value if not isinstance(value, str) and isfinite(value) else 0
        self.set_value(float(Decimal(repr(known)) + steps * STEP))


class ProblemForm(Part):
    """Edit a test function. A start that was only proposed follows the function; one that was typed stays."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__("problem", parent=parent)
        self._function = ChoiceBox(FUNCTION_NAMES, parent=self)
        self._formula = Formula(1.15)
        self._about = QLabel(self)
        self._about.setWordWrap(True)
        mute(self._about)
        self._start = (CoordinateBox(self), CoordinateBox(self))
        self._condition = NumberBox(CONDITION, lambda value: LEAST <= value <= MOST, self)
        self._proposed = STARTS[FUNCTION_NAMES[0]]
        self._name_fields()
        self._lay_out()
        self._function.edited.connect(self._on_function)
        for box in (*self._start, self._condition):
            box.textChanged.connect(lambda _: self.edited.emit())
        self.set_raw({})

    def _name_fields(self) -> None:
        tip = self.tr("What the optimizers go down: a function of two numbers, x and y")
        name_field(self._function, "problem_function", self.tr("Function"), tip)
        self._formula.setObjectName("problem_formula")
        self._about.setObjectName("problem_about")
        for box, coordinate in zip(self._start, "xy", strict=True):
            title = self.tr("Start, {coordinate}").format(coordinate=coordinate)
            tip = self.tr("Where every lane begins: the {coordinate} of the point").format(coordinate=coordinate)
            name_field(box, f"problem_start_{coordinate}", title, tip)
        tip = self.tr("κ: how many times as curved the bowl is along y as along x. From 1 to 1e12; 1 is round.")
        name_field(self._condition, "problem_condition", self.tr("Condition number"), tip)

    def _lay_out(self) -> None:
        start = QHBoxLayout()
        for box, coordinate in zip(self._start, "xy", strict=True):
            label = QLabel(coordinate, self)
            label.setBuddy(box)
            start.addWidget(label)
            start.addWidget(box, 1)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(self.tr("Function"), self._function)
        self._form.addRow(self.tr("Start"), start)
        self._form.addRow(self.tr("Condition number"), self._condition)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
        column.addWidget(self._formula)
        column.addWidget(self._about)
        column.addWidget(self.message)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab leads through them."""
        return [self._function, *self._start, self._condition]

    def raw(self) -> dict[str, Any]:
        function = self._function.value()
        start = [number(box.text()) for box in self._start]
        condition = {"condition": number(self._condition.text())} if function == "quadratic" else {}
        return {"problem": {"function": function, "start": start, **condition}}

    def set_raw(self, raw: dict[str, Any]) -> None:
        problem = raw.get("problem")
        given = problem if isinstance(problem, dict) else {}
        self._function.set_value(given.get("function", FUNCTION_NAMES[0]))
        start = given.get("start")
        self._show_function()
        both = start if isinstance(start, list | tuple) and len(start) == len(self._start) else self._proposed
        for box, value in zip(self._start, both, strict=True):
            _show(box, value)
        _show(self._condition, given.get("condition", CONDITION))

    def set_state(self, state: dict[str, Any]) -> None:
        if state["problem"] != self.raw()["problem"]:
            self.set_raw(state)

    def widget_at(self, path: Path) -> QWidget | None:
        match path:
            case ("problem", "function", *_):
                return self._function
            case ("problem", "start", int(place), *_) if place < len(self._start):
                return self._start[place]
            case ("problem", "start", *_):
                return self._start[0]
            case ("problem", "condition", *_):
                return self._condition
        return None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._formula.set_theme(theme)

    def _on_function(self) -> None:
        typed = tuple(number(box.text()) for box in self._start)
        was_proposed = typed == self._proposed
        self._show_function()
        if was_proposed:
            for box, value in zip(self._start, self._proposed, strict=True):
                _show(box, value)
        self.edited.emit()

    def _show_function(self) -> None:
        function = str(self._function.value())
        self._proposed = STARTS.get(function, STARTS[FUNCTION_NAMES[0]])
        self._formula.set_formula(FORMULAS.get(function, ""), SPOKEN.get(function, ""))
        self._about.setText(about(function))
        self._form.setRowVisible(self._condition, function == "quadratic")


def _show(box: NumberBox, value: Any) -> None:
    """Nobody has typed it."""
    with QSignalBlocker(box):
        box.set_value(value)
