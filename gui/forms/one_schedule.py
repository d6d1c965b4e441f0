"""One schedule of a learning rate: which it is, its fields, and how long it lasts where another comes after it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.spec import cycled_field, optimizer_names, schedule_fields, schedule_names

from .fields.fields import ChoiceBox, discard, name_field, tool_button
from .fields.number_box import NumberBox
from .fields.numbers import number
from .fields.part import Path
from .hyper_form import FieldsForm

NONE = "none"
PLATEAU = "ReduceLROnPlateau"
ALONE, AMONG = "alone", "among"  # others, of which torch takes none that looks at the loss
STEPS = 100  # of a schedule that another was just put behind
# What a schedule that was just chosen begins with, where torch has no default.
FIRST = {"step_size": 100, "milestones": [100, 200], "gamma": 0.99, "T_max": 100, "T_0": 100, "total_steps": 1000}


class OneSchedule(QWidget):
    """Choose a schedule and fill in its fields.

    ``fields_gone`` carries a widget that is no more: another schedule has other fields. ``move_asked`` and
    ``remove_asked`` come from the buttons that each of several has.
    """

    edited = Signal()
    fields_gone = Signal(object)
    move_asked = Signal(int)
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_behind: bool = False):
        """``is_behind``: it comes after another."""
        super().__init__(parent)
        self._optimizer, self._rate = "", 0.1
        self._begun: dict[Path, Any] = {}  # what nobody has typed
        self._kept: dict[str, Any] = {}  # of the file, what there is no field for here
        self._called = ("", "", "")
        self._offered = ALONE
        self._name = ChoiceBox(_offered(ALONE), self._title, self)
        self._params, self._made = FieldsForm((), self), NONE
        self._steps = NumberBox(STEPS, lambda value: value >= 1, self, whole=True)
        self._steps.set_placeholder(self.tr("needed"))
        self.movers = self._make_movers()
        self._is_followed, self._is_several, self._filling = False, False, False
        self._lay_out(is_behind)
        self._name.edited.connect(self._on_name)
        self._steps.textChanged.connect(self._on_steps)

    def _make_movers(self) -> list[QToolButton]:
        up = tool_button(self, Qt.ArrowType.UpArrow, "schedule_up", self.tr("Move up"))
        down = tool_button(self, Qt.ArrowType.DownArrow, "schedule_down", self.tr("Move down"))
        remove = tool_button(self, "×", "schedule_remove", self.tr("Remove"))
        up.clicked.connect(lambda: self.move_asked.emit(-1))
        down.clicked.connect(lambda: self.move_asked.emit(1))
        remove.clicked.connect(lambda: self.remove_asked.emit())
        return [up, down, remove]

    def _lay_out(self, is_behind: bool) -> None:
        self._form = top = QFormLayout()
        bottom = QFormLayout()
        for form in (top, bottom):
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._name, 1)
        for button in self.movers:
            button.setMaximumWidth(18)
            line.addWidget(button)
        top.addRow(self.tr("Then") if is_behind else self.tr("Schedule"), line)
        bottom.addRow(self.tr("Lasts (steps)"), self._steps)
        self._end = bottom
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addLayout(top)
        self._column.addWidget(self._params)
        self._column.addLayout(bottom)
        self.set_place(0, 1)

    def _title(self, name: str) -> str:
        return self.tr("none") if name == NONE else name

    def set_names(self, prefix: str, title: str, owner: str) -> None:
        """Name the fields after what they belong to: for tests, and for screen readers."""
        self._called = (prefix, title, owner)
        name_field(self._name, prefix, title, self.tr("How the learning rate changes with every step"))
        self._params.set_names(prefix, owner)
        lasts = self.tr("Lasts (steps)")
        tip = self.tr("After how many steps the next schedule begins: a whole number from 1")
        name_field(self._steps, f"{prefix}_steps", f"{title}, {lasts}", tip)
        for button, name in zip(self.movers, ("up", "down", "remove"), strict=True):
            button.setObjectName(f"{prefix}_{name}")
            button.setAccessibleName(f"{button.toolTip()}, {title}")

    def set_place(self, place: int, count: int) -> None:
        """Say which it is of how many: all but the last have an end, and several can be moved and taken away."""
        up, down, _ = self.movers
        for button in self.movers:
            button.setVisible(count > 1)
        up.setEnabled(place > 0)
        down.setEnabled(place + 1 < count)
        self._is_followed, self._is_several = place + 1 < count, count > 1
        self._end.setRowVisible(self._steps, self._is_followed)
        offered = ALONE if count == 1 else AMONG
        if offered != self._offered:
            self._offered = offered
            self._name.set_names(_offered(offered))

    def begin_end(self) -> None:
        """Give it a number of steps, unless it has one."""
        if not self._steps.text():
            self._fill_steps(STEPS)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab goes through them."""
        end = [self._steps] if self._is_followed else []
        movers = self.movers if self._is_several else []
        return [self._name, *movers, *self._params.fields.values(), *end]

    @property
    def name(self) -> str:
        return str(self._name.value())

    @property
    def has_fields(self) -> bool:
        return bool(self._params.fields)

    def show_base(self, optimizer: str, rate: float) -> None:
        """Take what the entry's optimizer is, and its own rate: what a schedule that is chosen next begins with."""
        self._optimizer, self._rate = optimizer, rate

    # --- the file's structure ------------------------------------------------------------------

    def raw(self) -> dict[str, Any]:
        raw = {"name": self.name, "params": self._params.params(), **self._kept}
        text = self._steps.text().strip()
        if not self._is_followed or not text:
            return raw
        steps = number(text)
        return raw | {"steps": int(steps) if isinstance(steps, float) and steps.is_integer() else steps}

    def set_raw(self, raw: dict[str, Any], kept: dict[str, Any] | None = None) -> None:
        """Show a schedule of the file; ``kept`` goes back to the file as it is."""
        self._kept = kept or {}
        self._name.set_value(raw.get("name") or NONE)
        self._make_params()
        self._params.set_params(raw.get("params"))
        self._fill_steps(raw.get("steps"))
        self._show_params()

    def _fill_steps(self, steps: Any) -> None:
        self._filling = True
        self._steps.set_value(steps)
        self._filling = False

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path within the schedule."""
        match path:
            case ("params", *rest):
                return self._params.field_at(tuple(rest)) or self._name
            case ("steps", *_) if self._is_followed:
                return self._steps
        return self._name

    # --- edits ---------------------------------------------------------------------------------

    def _on_steps(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _on_name(self) -> None:
        """Another schedule keeps the values that it has too; what torch wants and nobody has given gets a start."""
        given = {path: value for path, value in self._params.given().items() if self._begun.get(path) != value}
        self._kept = {}
        self._make_params()
        self._begun = self._first()
        self._params.set_given(self._begun | given)
        self._show_params()
        self.edited.emit()

    def begin_with(self, name: str) -> None:
        """Take a schedule, with what torch wants of it."""
        self._name.set_value(name)
        self._make_params()
        self._begun = self._first()
        self._params.set_given(self._begun)
        self._show_params()

    def _first(self) -> dict[Path, Any]:
        fields = schedule_fields(self.name) if self.name in schedule_names() else ()
        first: dict[str, Any] = FIRST | {"base_lr": self._rate / 10, "max_lr": self._rate}
        wanted = {str(field.path[0]) for field in fields if field.required or field.path == ("total_steps",)}
        begun: dict[Path, Any] = {(name,): value for name, value in first.items() if name in wanted}
        cycles = any(field.path == ("cycle_momentum",) for field in fields)
        if cycles and self._optimizer in optimizer_names() and cycled_field(self._optimizer) is None:
            begun["cycle_momentum",] = False
        return begun

    def _make_params(self) -> None:
        name = self.name
        if name == self._made:
            return
        self._made = name
        old, self._params = self._params, FieldsForm(schedule_fields(name) if name in schedule_names() else (), self)
        self._params.build()
        self._params.edited.connect(self.edited)
        self._column.replaceWidget(old, self._params)
        self.set_names(*self._called)
        self.fields_gone.emit(old)
        discard(old)

    def _show_params(self) -> None:
        self._params.setVisible(self.has_fields)


def _offered(where: str) -> tuple[str, ...]:
    """Return what can be chosen for a schedule alone, or among others."""
    return (NONE, *schedule_names()) if where == ALONE else tuple(name for name in schedule_names() if name != PLATEAU)
