"""The learning rate's schedule of an optimizer entry, with a picture of it, and how its gradients are clipped."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from engine.spec import complete, cycled_field, optimizer_names, schedule_fields, schedule_names
from gui.look.theme import Theme

from .clip_row import ClipRow
from .fields.fields import ChoiceBox, discard, name_field
from .fields.part import Path
from .hyper_form import FieldsForm
from .schedule_picture import SchedulePicture, sound_entry
from .warmup_row import WarmupRow

NONE = "none"
PLATEAU = "ReduceLROnPlateau"
# What a schedule that was just chosen begins with, where torch has no default.
FIRST = {"step_size": 100, "milestones": [100, 200], "gamma": 0.99, "T_max": 100, "T_0": 100, "total_steps": 1000}


class SchedulePanel(QWidget):
    """Edit a schedule. ``fields_gone`` carries a widget that is no more: another schedule has other fields."""

    edited = Signal()
    fields_gone = Signal(object)

    def __init__(self, index: int, parent: QWidget | None = None):
        super().__init__(parent)
        self._index = index
        self._optimizer, self._rate = "", 0.1
        self._begun: dict[Path, Any] = {}  # what nobody has typed
        self._name = ChoiceBox((NONE, *schedule_names()), self._title, self)
        self._params, self._made = FieldsForm((), self), NONE
        self._warmup, self._picture, self._clip = WarmupRow(self), SchedulePicture(self), ClipRow(self)
        self._lay_out()
        self._name.edited.connect(self._on_name)
        for part in (self._params, self._warmup, self._clip):
            part.edited.connect(self.edited)
        self.set_raw({})
        self.set_place(index)

    def _lay_out(self) -> None:
        top, bottom = QFormLayout(), QFormLayout()
        for form in (top, bottom):
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        top.addRow(self.tr("Schedule"), self._name)
        bottom.addRow(self.tr("Clip"), self._clip)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addLayout(top)
        for widget in (self._params, self._warmup, self._picture):
            self._column.addWidget(widget)
        self._column.addLayout(bottom)

    def _title(self, name: str) -> str:
        return self.tr("none") if name == NONE else name

    def set_place(self, index: int) -> None:
        """Name the fields after their entry: for tests, and for screen readers."""
        self._index = index
        prefix, owner = f"optimizer{index + 1}_schedule", self.tr("Optimizer {number}").format(number=index + 1)
        title = self.tr("Optimizer {number}, schedule").format(number=index + 1)
        name_field(self._name, prefix, title, self.tr("How the learning rate changes with every step"))
        self._params.set_names(prefix, owner)
        for part in (self._warmup, self._picture, self._clip):
            part.set_place(index)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab goes through them."""
        return [self._name, *self._params.fields.values(), *self._warmup.stops(), *self._clip.stops()]

    def set_theme(self, theme: Theme, color: int) -> None:
        self._picture.set_theme(theme, color)

    # --- the file's structure ------------------------------------------------------------------

    def raw(self) -> dict[str, Any]:
        name = self._name.value()
        schedule = {"name": name, "params": self._params.params(), "warmup": self._warmup.raw()}
        return {"schedule": None if name == NONE else schedule, "clip": self._clip.raw()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        given = raw.get("schedule")
        schedule = given if isinstance(given, dict) else {}
        self._name.set_value(schedule.get("name") or NONE)
        self._make_params()
        self._params.set_params(schedule.get("params"))
        self._warmup.set_raw(schedule.get("warmup"))
        self._clip.set_raw(raw.get("clip"))
        self._show_parts()

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path within the entry."""
        match path:
            case ("schedule", "params", *rest):
                return self._params.field_at(tuple(rest)) or self._name
            case ("schedule", "warmup", *rest):
                return self._warmup.widget_at(rest[0] if rest else "")
            case ("schedule", *_):
                return self._name
            case ("clip", *_):
                return self._clip.widget()
        return None

    # --- edits ---------------------------------------------------------------------------------

    def show_entry(self, raw: dict[str, Any]) -> None:
        """Take the whole entry as it is typed: the optimizer has the base rate, and may have a momentum."""
        self._optimizer = str(raw["name"])
        plain = sound_entry(raw | {"schedule": None})
        self._rate = complete(plain.name, plain.params).lr if plain else 0.1
        self._picture.setVisible(self._name.value() != NONE)
        if self._name.value() != NONE:
            self._picture.show_entry(sound_entry(raw))

    def _on_name(self) -> None:
        """Another schedule keeps the values that it has too; what torch wants and nobody has given gets a start."""
        given = {path: value for path, value in self._params.given().items() if self._begun.get(path) != value}
        self._make_params()
        self._begun = self._first()
        self._params.set_given(self._begun | given)
        self._show_parts()
        self.edited.emit()

    def _first(self) -> dict[Path, Any]:
        fields = schedule_fields(self._name.value()) if self._name.value() in schedule_names() else ()
        first: dict[str, Any] = FIRST | {"base_lr": self._rate / 10, "max_lr": self._rate}
        wanted = {str(field.path[0]) for field in fields if field.required or field.path == ("total_steps",)}
        begun: dict[Path, Any] = {(name,): value for name, value in first.items() if name in wanted}
        cycles = any(field.path == ("cycle_momentum",) for field in fields)
        if cycles and self._optimizer in optimizer_names() and cycled_field(self._optimizer) is None:
            begun["cycle_momentum",] = False
        return begun

    def _make_params(self) -> None:
        name = self._name.value()
        if name == self._made:
            return
        self._made = name
        old, self._params = self._params, FieldsForm(schedule_fields(name) if name in schedule_names() else (), self)
        self._params.build()
        self._params.edited.connect(self.edited)
        self._column.replaceWidget(old, self._params)
        self.set_place(self._index)
        self.fields_gone.emit(old)
        discard(old)

    def _show_parts(self) -> None:
        """Hide what has no use now."""
        name = self._name.value()
        self._params.setVisible(bool(self._params.fields))
        self._warmup.set_possible(name not in (NONE, PLATEAU))
