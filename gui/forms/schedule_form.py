"""The learning rate's schedules of an optimizer entry, with a picture of them, and how its gradients are clipped."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QPushButton, QVBoxLayout, QWidget

from engine.spec import complete
from engine.spec.model import MOST_PHASES
from gui.look.theme import Theme

from .clip_row import ClipRow
from .fields.fields import discard, name_field
from .fields.part import Path
from .one_schedule import NONE, PLATEAU, OneSchedule
from .schedule_picture import SchedulePicture, sound_entry
from .warmup_row import WarmupRow

BEHIND = "CosineAnnealingLR"  # what comes after another at first


class SchedulePanel(QWidget):
    """Edit a schedule, or several one after another.

    ``fields_gone`` carries a widget that is no more; ``made``: by the person's wish there are others.
    """

    edited = Signal()
    made = Signal()
    fields_gone = Signal(object)

    def __init__(self, index: int, parent: QWidget | None = None):
        super().__init__(parent)
        self._index, self._base = index, ("", 0.1)
        self._first = OneSchedule(self)
        self._behind: list[OneSchedule] = []
        self._warmup, self._picture, self._clip = WarmupRow(self), SchedulePicture(self), ClipRow(self)
        self._add = QPushButton(self.tr("Then another schedule"), self)
        self._lay_out()
        self._connect(self._first)
        self._add.clicked.connect(self._add_another)
        for part in (self._warmup, self._clip):
            part.edited.connect(self.edited)
        self.set_raw({})
        self.set_place(index)

    def _connect(self, one: OneSchedule) -> None:
        one.edited.connect(self._on_edited)
        one.fields_gone.connect(self.fields_gone)
        one.move_asked.connect(lambda by: self._move(one, by))
        one.remove_asked.connect(lambda: self._remove(one))

    @property
    def _every(self) -> list[OneSchedule]:
        return [self._first, *self._behind]

    def _lay_out(self) -> None:
        bottom = QFormLayout()
        bottom.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        bottom.addRow(self.tr("Clip"), self._clip)
        column, self._later = QVBoxLayout(self), QVBoxLayout()
        for layout in (column, self._later):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(5)
        column.addWidget(self._first)
        column.addWidget(self._warmup)
        column.addLayout(self._later)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._picture)
        column.addLayout(bottom)

    def set_place(self, index: int) -> None:
        """Name the fields after their entry: for tests, and for screen readers."""
        self._index = index
        number = index + 1
        prefix, owner = f"optimizer{number}_schedule", self.tr("Optimizer {number}").format(number=number)
        self._first.set_names(prefix, self.tr("Optimizer {number}, schedule").format(number=number), owner)
        for place, one in enumerate(self._behind, start=2):
            title = self.tr("Optimizer {number}, schedule {place}").format(number=number, place=place)
            one.set_names(f"{prefix}{place}", title, title)
        tip = self.tr("Where one schedule ends the next begins, from the learning rate as it is typed")
        name_field(self._add, f"{prefix}_add", f"{self._add.text()}, {owner}", tip)
        for part in (self._warmup, self._picture, self._clip):
            part.set_place(index)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab goes through them."""
        behind = [stop for one in self._behind for stop in one.stops()]
        return [*self._first.stops(), *self._warmup.stops(), *behind, self._add, *self._clip.stops()]

    def set_theme(self, theme: Theme, color: int) -> None:
        self._picture.set_theme(theme, color)

    # --- the file's structure ------------------------------------------------------------------

    def raw(self) -> dict[str, Any]:
        return {"schedule": self._schedule(), "clip": self._clip.raw()}

    def _schedule(self) -> Any:
        """Return one schedule, a list of several, or None."""
        if self._first.name == NONE:
            return None
        phases = [one.raw() for one in self._every]
        phases[0] = {**phases[0], "warmup": self._warmup.raw()}
        return phases if len(phases) > 1 else phases[0]

    def set_raw(self, raw: dict[str, Any]) -> None:
        self._show_phases(raw.get("schedule"))
        self._clip.set_raw(raw.get("clip"))

    def _show_phases(self, given: Any) -> None:
        listed = given if isinstance(given, list | tuple) else [given]
        first, *behind = [phase if isinstance(phase, dict) else {} for phase in listed] or [{}]
        while len(self._behind) < len(behind):
            self._put_another()
        while len(self._behind) > len(behind):
            self._drop_last()
        self._first.set_raw(first)
        self._warmup.set_raw(first.get("warmup"))
        for one, phase in zip(self._behind, behind, strict=True):
            one.set_raw(phase, {"warmup": phase["warmup"]} if phase.get("warmup") is not None else None)
        self._show_parts()

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path within the entry."""
        match path:
            case ("schedule", int(place), *rest) if 0 < place <= len(self._behind):
                return self._behind[place - 1].widget_at(tuple(rest))
            case ("schedule", int(), *rest) | ("schedule", *rest):
                if rest[:1] == ["warmup"]:
                    return self._warmup.widget_at(rest[1] if len(rest) > 1 else "")
                return self._first.widget_at(tuple(rest))
            case ("clip", *_):
                return self._clip.widget()
        return None

    # --- edits ---------------------------------------------------------------------------------

    def show_entry(self, raw: dict[str, Any]) -> None:
        """Take the whole entry as it is typed: the optimizer has the base rate, and may have a momentum."""
        plain = sound_entry(raw | {"schedule": None})
        self._base = str(raw["name"]), complete(plain.name, plain.params).lr if plain else 0.1
        for one in self._every:
            one.show_base(*self._base)
        self._picture.setVisible(self._first.name != NONE)
        if self._first.name != NONE:
            self._picture.show_entry(sound_entry(raw))

    def _on_edited(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _add_another(self) -> None:
        ended = self._behind[-1] if self._behind else self._first
        ended.begin_end()
        another = self._put_another()
        another.begin_with(BEHIND)
        self._show_parts()
        self.made.emit()
        another.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _put_another(self) -> OneSchedule:
        another = OneSchedule(self, is_behind=True)
        self._connect(another)
        another.show_base(*self._base)
        self._behind.append(another)
        self._later.addWidget(another)
        another.show()
        self.set_place(self._index)
        return another

    def _drop_last(self) -> None:
        gone = self._behind.pop()
        self._later.removeWidget(gone)
        self.fields_gone.emit(gone)
        discard(gone)

    def _move(self, row: OneSchedule, by: int) -> None:
        """Exchange a schedule with its neighbour; if that is the last, the end stays with the place before it."""
        at, phases = self._every.index(row), self._schedule()
        one, other = sorted((at, at + by))
        warmup = phases[0].pop("warmup")
        phases[one], phases[other] = phases[other], phases[one]
        if other == len(phases) - 1 and "steps" in phases[other]:
            phases[one]["steps"] = phases[other].pop("steps")
        phases[0]["warmup"] = warmup
        self._show_phases(phases)
        moved = self._every[at + by].movers
        button = moved[0 if by < 0 else 1]
        (button if button.isEnabled() else moved[1 if by < 0 else 0]).setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _remove(self, row: OneSchedule) -> None:
        phases = self._schedule()
        warmup = phases[0]["warmup"]
        del phases[self._every.index(row)]
        phases[-1].pop("steps", None)
        phases[0]["warmup"] = warmup
        self._show_phases(phases)
        self.made.emit()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _show_parts(self) -> None:
        """Hide what has no use now."""
        every = self._every
        for place, one in enumerate(every):
            one.set_place(place, len(every))
        name = self._first.name
        self._warmup.set_possible(name not in (NONE, PLATEAU))
        self._add.setVisible(name not in (NONE, PLATEAU) and len(every) < MOST_PHASES)
