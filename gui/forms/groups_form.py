"""Groups of parameters of an optimizer entry: which weights each has, and what moves these."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec import HyperField, check_part, hyper_fields, optimizer_names
from engine.spec.groups import group_index
from engine.spec.model import MOST_GROUPS, GroupSpec
from gui.look.own_sheets import mute

from .fields.fields import ChoiceBox, TextBox, discard, name_field, tool_button
from .fields.part import Path
from .hyper_form import FieldsForm

SAME = "same"  # as the entry's own optimizer
FIRST_MATCH = "*.bias"
Weights = Callable[[], Sequence[str]]


class InheritedFields(FieldsForm):
    """Hold fields whose default is what the entry itself has."""

    def __init__(self, optimizer: str, params: dict[str, Any], parent: QWidget | None = None):
        self._torchs = {field.path: field for field in hyper_fields(optimizer)}
        own = FieldsForm(tuple(self._torchs.values()))
        own.set_params(params)
        inherited = (field._replace(default=own.value_of(field)) for field in self._torchs.values())
        super().__init__(tuple(inherited), parent)

    def _as_default(self, shown: str) -> str:
        return self.tr("{value} (as above)").format(value=shown)

    def _help(self, field: HyperField) -> str:
        return super()._help(self._torchs[field.path])


class GroupRow(QWidget):
    """Edit a group: a pattern of names, an optimizer if it is another, and hyperparameters."""

    edited = Signal()
    fields_gone = Signal(object)
    move_asked = Signal(int)
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._own: tuple[str, dict[str, Any]] = "", {}
        self._made: Any = None  # what its fields are made of
        self._called = ("", "")
        self._match = TextBox(self)
        self._name = ChoiceBox((SAME, *optimizer_names()), self._title, self)
        self._params = FieldsForm((), self)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        mute(self._note)
        self.movers = [
            tool_button(self, Qt.ArrowType.UpArrow, "group_up", self.tr("Move up")),
            tool_button(self, Qt.ArrowType.DownArrow, "group_down", self.tr("Move down")),
            tool_button(self, "×", "group_remove", self.tr("Remove")),
        ]
        self._lay_out()
        self._match.textEdited.connect(lambda _: self.edited.emit())
        self._name.edited.connect(self._on_name)
        for button, by in zip(self.movers[:2], (-1, 1), strict=True):
            button.clicked.connect(lambda _=False, by=by: self.move_asked.emit(by))
        self.movers[2].clicked.connect(lambda: self.remove_asked.emit())

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._match, 1)
        for button in self.movers:
            button.setMaximumWidth(18)
            line.addWidget(button)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Weights"), line)
        form.addRow(self._note)
        form.addRow(self.tr("Moved by"), self._name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 0, 0, 4)
        self._column.setSpacing(5)
        self._column.addLayout(form)
        self._column.addWidget(self._params)

    def _title(self, name: str) -> str:
        return self.tr("the same optimizer") if name == SAME else name

    def set_place(self, entry: int, place: int, count: int) -> None:
        """Name the fields after their entry and their place, both counted from 0."""
        prefix = f"optimizer{entry + 1}_group{place + 1}"
        owner = self.tr("Optimizer {number}, group {place}").format(number=entry + 1, place=place + 1)
        self._called = (prefix, owner)
        weights, moved_by = self.tr("Weights"), self.tr("Moved by")
        tip = self.tr("Names of weights, * for anything: *.bias, layer1.*; the first group that fits has a weight")
        name_field(self._match, f"{prefix}_match", f"{owner}, {weights}", tip)
        tip = self.tr("Another optimizer moves these weights as an object of its own")
        name_field(self._name, f"{prefix}_name", f"{owner}, {moved_by}", tip)
        self._note.setObjectName(f"{prefix}_note")
        self._params.set_names(prefix, owner)
        for button, name in zip(self.movers, ("up", "down", "remove"), strict=True):
            button.setObjectName(f"{prefix}_{name}")
            button.setAccessibleName(f"{button.toolTip()}, {owner}")
        self.movers[0].setEnabled(place > 0)
        self.movers[1].setEnabled(place + 1 < count)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab goes through them."""
        return [self._match, *self.movers, self._name, *self._params.fields.values()]

    @property
    def match(self) -> str:
        return self._match.value()

    def raw(self) -> dict[str, Any]:
        raw = {"match": self.match, "params": self._params.params()}
        return raw if self._name.value() == SAME else {**raw, "name": self._name.value()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        match = raw.get("match", "")
        self._match.set_value(match if isinstance(match, str) else "")
        self._name.set_value(raw.get("name") or SAME)
        self._make_params()
        self._params.set_params(raw.get("params"))

    def show_own(self, optimizer: str, params: dict[str, Any]) -> None:
        """Take which optimizer the entry has, and its hyperparameters: a group without another has these."""
        self._own = optimizer, params
        self._make_params()

    def show_weights(self, names: Sequence[str]) -> None:
        """Say which weights it has."""
        none = self.tr("No weight: none has such a name, or earlier groups have them all.")
        self._note.setText(", ".join(names) if names else none)

    def widget_at(self, path: Path) -> QWidget:
        """Return the field of a path within the group."""
        match path:
            case ("params", *rest):
                return self._params.field_at(tuple(rest)) or self._name
            case ("name", *_):
                return self._name
        return self._match

    def _on_name(self) -> None:
        self._make_params()
        self.edited.emit()

    def _make_params(self) -> None:
        """Make the fields of another optimizer, or with other defaults; what is given is kept."""
        is_own = self._name.value() == SAME
        wanted = self._own if is_own else (str(self._name.value()), None)
        if wanted == self._made:
            return
        (name, params), given = wanted, self._params.given()
        self._made = wanted
        if name in optimizer_names() and params is not None:
            made: FieldsForm = InheritedFields(name, params, self)
        else:
            made = FieldsForm(hyper_fields(name) if name in optimizer_names() else (), self)
        old, self._params = self._params, made
        self._params.set_given(given)
        self._params.build()
        self._params.edited.connect(self.edited)
        self._params.set_names(*self._called)
        self._column.replaceWidget(old, self._params)
        self._params.show()
        self.fields_gone.emit(old)
        discard(old)


class GroupsPanel(QWidget):
    """List the groups. ``made``: by the person's wish there are other fields; ``fields_gone`` carries old ones."""

    edited = Signal()
    made = Signal()
    fields_gone = Signal(object)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._index = 0
        self._own: tuple[str, dict[str, Any]] = "", {}
        self._rows: list[GroupRow] = []
        self._weights: Sequence[str] = ()
        self._add = QPushButton(self.tr("Add group"), self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.clicked.connect(self._add_group)

    def set_place(self, index: int) -> None:
        self._index = index
        owner = self.tr("Optimizer {number}").format(number=index + 1)
        tip = self.tr("Give some of the weights other hyperparameters, or another optimizer")
        name_field(self._add, f"optimizer{index + 1}_groups_add", f"{self._add.text()}, {owner}", tip)
        for place, row in enumerate(self._rows):
            row.set_place(index, place, len(self._rows))

    def stops(self) -> list[QWidget]:
        return [*(stop for row in self._rows for stop in row.stops()), self._add]

    def raw(self) -> list[dict[str, Any]]:
        return [row.raw() for row in self._rows]

    def set_raw(self, groups: Sequence[Any]) -> None:
        while len(self._rows) > len(groups):
            self._drop(self._rows[-1])
        while len(self._rows) < len(groups):
            self._put()
        for row, group in zip(self._rows, groups, strict=True):
            row.set_raw(group if isinstance(group, dict) else {})
        self._settle()

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path within ``groups``."""
        match path:
            case (int(place), *rest) if place < len(self._rows):
                return self._rows[place].widget_at(tuple(rest))
        return self._add

    def show_entry(self, optimizer: str, params: dict[str, Any], weights: Sequence[str]) -> None:
        """Take which optimizer and hyperparameters the entry has, and which weights there are."""
        self._own, self._weights = (optimizer, params), weights
        for row in self._rows:
            row.show_own(*self._own)
        self._show_weights()

    def _show_weights(self) -> None:
        specs = [GroupSpec.model_construct(match=row.match) for row in self._rows]
        owners = {weight: group_index(specs, weight) for weight in self._weights}
        for place, row in enumerate(self._rows):
            row.show_weights([weight for weight, owner in owners.items() if owner == place])

    def _add_group(self) -> None:
        row = self._put()
        row.set_raw({"match": FIRST_MATCH if len(self._rows) == 1 else ""})
        self._settle()
        self.made.emit()
        row.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()

    def _put(self) -> GroupRow:
        row = GroupRow(self)
        row.show_own(*self._own)
        row.edited.connect(self._on_edited)
        row.fields_gone.connect(self.fields_gone)
        row.move_asked.connect(lambda by: self._move(row, by))
        row.remove_asked.connect(lambda: self._remove(row))
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        row.show()
        return row

    def _drop(self, row: GroupRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        self.fields_gone.emit(row)
        discard(row)

    def _move(self, row: GroupRow, by: int) -> None:
        at = self._rows.index(row)
        self._rows.insert(at + by, self._rows.pop(at))
        self._column.removeWidget(row)
        self._column.insertWidget(at + by, row)
        self._settle()
        self.made.emit()
        self._on_edited()

    def _remove(self, row: GroupRow) -> None:
        self._drop(row)
        self._settle()
        self.made.emit()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()

    def _settle(self) -> None:
        self.set_place(self._index)
        self._add.setEnabled(len(self._rows) < MOST_GROUPS)
        self._show_weights()

    def _on_edited(self) -> None:
        self._show_weights()
        self.edited.emit()


def weights_in(network: Any) -> tuple[str, ...]:
    """Return torch's names of the weights of a network as it is typed; none while something is wrong with it."""
    from engine.spec.sizes import weight_shapes

    found, _ = check_part("network", network)
    return () if found is None else tuple(weight_shapes(found, (1,)))
