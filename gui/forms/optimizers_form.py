"""The list of optimizer entries: each a name, its lanes and its hyperparameters."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.spec import BACKENDS, Fault, optimizer_names
from gui.theme import LIGHT, Theme
from gui.wording import choice_title

from .fields import ChoiceBox, copy_icon, discard, name_field, tool_button
from .hyper_form import HyperForm, given_of
from .part import Part, Path
from .row_list import ListRow, RowList

SWATCH = 14


class OptimizerEntry(ListRow):
    """One entry, with the colour that its curves have."""

    def __init__(self, theme: Theme = LIGHT, parent: QWidget | None = None):
        super().__init__("optimizer", depth=2, parent=parent)
        self._index, self._theme = 0, theme
        self._order = list(BACKENDS)
        self._swatch = QFrame(self)
        self._swatch.setFixedSize(SWATCH, SWATCH)
        self._name = ChoiceBox(optimizer_names(), str, self)
        self._copy = tool_button(self, "", "optimizer_copy", self.tr("Duplicate"))
        self._movers = self.make_movers("optimizer")
        self._label = QLineEdit(self)
        self._runs = QFrame(self)
        self._backends = {name: QCheckBox(choice_title(name), self._runs) for name in BACKENDS}
        self._hyper = HyperForm(self._name.value(), 0, self)
        self._lay_out()
        self._name.edited.connect(self._on_name)
        self._copy.clicked.connect(lambda: self.copy_asked.emit())
        self._label.textEdited.connect(lambda _: self.edited.emit())
        for box in self._backends.values():
            box.clicked.connect(lambda: self.edited.emit())
        self._hyper.edited.connect(self.edited)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._swatch)
        head.addSpacing(4)
        head.addWidget(self._name, 1)
        for button in (self._copy, *self._movers):
            head.addWidget(button)
        runs = QHBoxLayout(self._runs)
        runs.setContentsMargins(0, 0, 0, 0)
        for box in self._backends.values():
            runs.addWidget(box)
        runs.addStretch(1)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Label"), self._label)
        form.addRow(self.tr("Runs as"), self._runs)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addLayout(head)
        self._column.addLayout(form)
        self._column.addWidget(self._hyper)
        self._column.addWidget(self.message)

    def set_place(self, index: int, count: int) -> None:
        self._index = index
        number = index + 1
        prefix = f"optimizer{number}"
        title = self.tr("Optimizer {number}").format(number=number)
        self._swatch.setObjectName(f"{prefix}_swatch")
        self.message.setObjectName(f"{prefix}_message")
        self._runs.setObjectName(f"{prefix}_backends")
        name_field(self._name, f"{prefix}_name", title, self.tr("Which rule turns gradients into steps"))
        tip = self.tr("A name for its curves, where the optimizer's own is not enough")
        name_field(self._label, f"{prefix}_label", self.tr("Optimizer {number}, label").format(number=number), tip)
        for name, box in self._backends.items():
            tip = self.tr("Train it in plain NumPy") if name == "diy" else self.tr("Train it with PyTorch")
            name_field(box, f"{prefix}_{name}", f"{title}, {choice_title(name)}", tip)
        for button, name in zip((self._copy, *self._movers), ("copy", "up", "down", "remove"), strict=True):
            button.setObjectName(f"{prefix}_{name}")
            button.setAccessibleName(f"{button.toolTip()}, {title}")
        self._movers[0].setEnabled(index > 0)
        self._movers[1].setEnabled(index + 1 < count)
        self._movers[2].setEnabled(count > 1)
        self._hyper.set_entry(index)
        self.set_theme(self._theme)

    def stops(self) -> list[QWidget]:
        fields = self._hyper.fields.values()
        return [self._name, self._copy, *self._movers, self._label, *self._backends.values(), *fields]

    def raw(self) -> dict[str, Any]:
        return {
            "name": self._name.value(),
            "params": self._hyper.params(),
            "backends": [name for name in self._order if self._backends[name].isChecked()],
            "label": self._label.text() or None,
        }

    def show_params(self, params: dict[str, Any], keep: Collection[str]) -> None:
        """What is in force where the run stands; what is being typed in ``keep`` stays, letter by letter."""
        shown = {path: value for path, value in given_of(params).items() if path[0] not in keep}
        typed = {path: value for path, value in self._hyper.given().items() if path[0] in keep}
        self._hyper.set_given(shown | typed)

    def duplicate(self) -> dict[str, Any]:
        return self.raw() | {"label": None}  # a label names one entry alone

    def set_raw(self, raw: Any) -> None:
        self._name.set_value(raw.get("name") or optimizer_names()[0])
        backends = raw.get("backends", BACKENDS)
        # The file's order is kept: it is the order of the lanes.
        chosen = [name for name in backends if name in BACKENDS] if isinstance(backends, list | tuple) else []
        self._order = list(dict.fromkeys([*chosen, *BACKENDS]))
        for name, box in self._backends.items():
            box.setChecked(name in chosen)
        label = raw.get("label")
        self._label.setText(label if isinstance(label, str) else "")
        self._make_hyper(given_of(raw.get("params")))

    def widget_at(self, path: Path) -> QWidget | None:
        match path[2:]:
            case ("name", *_):
                return self._name
            case ("label", *_):
                return self._label
            case ("backends", *_):
                return self._runs
            case ("params", *rest):
                return self._hyper.fields.get(tuple(rest))
        return None

    def reveal(self, fault: Fault) -> QWidget:
        widget = super().reveal(fault)
        if widget is self._runs:  # not by a focus proxy: Tab would come back to it from the list's end, forever
            self._backends[BACKENDS[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        return widget

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        color = theme.entry_color(self._index)
        self._swatch.setStyleSheet(f"background-color: {color}; border-radius: 3px;")
        self._copy.setIcon(copy_icon(theme.text))
        self._runs.setStyleSheet(f'QFrame[fault="true"] {{ border: 1px solid {theme.error}; }}')

    def _on_name(self) -> None:
        """Another optimizer keeps the values that it has too, and gives the others back on return."""
        self._make_hyper(self._hyper.given())
        self.edited.emit()

    def _make_hyper(self, given: dict[Path, Any]) -> None:
        name = str(self._name.value())
        self._label.setPlaceholderText(name)
        if name == self._hyper.optimizer:
            self._hyper.set_given(given)
            return
        old, self._hyper = self._hyper, HyperForm(name, self._index, self)
        self._hyper.set_given(given)
        self._hyper.edited.connect(self.edited)
        self._column.replaceWidget(old, self._hyper)
        self._marked = [widget for widget in self._marked if not old.isAncestorOf(widget)]
        self._hyper.show()
        discard(old)


class OptimizersForm(Part):
    def __init__(self, parent: QWidget | None = None):
        super().__init__("optimizers", parent=parent)
        self._theme = LIGHT
        self._entries = RowList(self._make, spacing=14, parent=self)
        self._add = QPushButton(self.tr("Add optimizer"), self)
        tip = self.tr("Another optimizer that trains from the same start on the same batches")
        name_field(self._add, "optimizers_add", self.tr("Add optimizer"), tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._entries)
        column.addWidget(self._add)
        column.addWidget(self.message)
        self._entries.edited.connect(self.edited)
        self._add.clicked.connect(self._add_entry)
        self._entries.set_raw([])
        self._entries.set_after(self._add)

    def _make(self) -> OptimizerEntry:
        entry = OptimizerEntry(self._theme)
        # Another optimizer has other fields, and Tab must find them in their place.
        entry.edited.connect(lambda: self._entries.fix_tab_order())
        return entry

    def _add_entry(self) -> None:
        """Most likely wanted: an optimizer that is not in the list yet."""
        taken = {entry["name"] for entry in self._entries.raw()}
        self._entries.add({"name": next((name for name in optimizer_names() if name not in taken), None)})

    def raw(self) -> dict[str, Any]:
        return {"optimizers": self._entries.raw()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        self._entries.set_raw(raw.get("optimizers"))

    def show_params(self, entry: int, params: dict[str, Any], keep: Collection[str] = ()) -> None:
        """Other hyperparameters in an entry, but for those to ``keep`` as typed; ``edited`` is not emitted."""
        row = self._entries.rows[entry]
        assert isinstance(row, OptimizerEntry)
        row.show_params(params, keep)

    def widget_at(self, path: Path) -> QWidget | None:
        entry = self._entry(path)
        return entry.widget_at(path) if entry else None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        for entry in self._entries.rows:
            entry.set_theme(theme)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Each entry tells its own faults; only what is about no entry is told below the list."""
        for entry in self._entries.rows:
            entry.show_faults([fault for fault in faults if self._entry(fault.path) is entry])
        self.message.show_faults([fault for fault in faults if self._entry(fault.path) is None], within=1)

    def reveal(self, fault: Fault) -> QWidget:
        entry = self._entry(fault.path)
        return entry.reveal(fault) if entry else super().reveal(fault)

    def _entry(self, path: Path) -> ListRow | None:
        match path:
            case ("optimizers", int(index), *_) if index < len(self._entries.rows):
                return self._entries.rows[index]
        return None
