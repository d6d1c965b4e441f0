"""The hyperparameters of one optimizer, made from the registry: nothing here knows any by name."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from engine.spec import HyperField, hyper_fields, optimizer_names
from gui.wording import hyper_help, hyper_title

from .fields import name_field
from .number_box import NumberBox
from .numbers import number, text_of
from .part import Path

Given = dict[Path, Any]  # what was given or typed, by path in ``params``; the rest is torch's default


class HyperForm(QWidget):
    """A field left empty means torch's default, which is shown in grey."""

    edited = Signal()

    def __init__(self, optimizer: str, entry: int, parent: QWidget | None = None):
        super().__init__(parent)
        self.optimizer = optimizer
        self._given: Given = {}
        self.fields: dict[Path, QWidget] = {}
        self._filling = False
        self._abouts = hyper_fields(optimizer) if optimizer in optimizer_names() else ()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in self._abouts:
            self._add(field)
        self.set_entry(entry)

    def _add(self, field: HyperField) -> None:
        title = hyper_title(field)
        if field.kind is bool:
            switch = QCheckBox(title, self)
            switch.clicked.connect(lambda on: self._on_edited(field.path, on))
            self._form.addRow(switch)
            self.fields[field.path] = switch
            return
        box = NumberBox(field.default, field.allows, self)
        box.set_placeholder(self.tr("{value} (default)").format(value=text_of(field.default)))
        box.textChanged.connect(lambda text: self._on_edited(field.path, text))
        self._form.addRow(title, box)
        self.fields[field.path] = box

    def set_entry(self, entry: int) -> None:
        """Number the fields' names by the optimizer entry that they belong to."""
        owner = self.tr("Optimizer {number}").format(number=entry + 1)
        for field in self._abouts:
            name = f"optimizer{entry + 1}_" + "_".join(map(str, field.path))
            name_field(self.fields[field.path], name, f"{owner}, {hyper_title(field)}", hyper_help(field))

    def given(self) -> Given:
        """What was given or typed, also what this optimizer has no field for."""
        return dict(self._given)

    def set_given(self, given: Given) -> None:
        self._given = dict(given)
        self._filling = True
        for field in self._abouts:
            widget, value = self.fields[field.path], given.get(field.path)
            if isinstance(widget, QCheckBox):
                widget.setChecked(value is True if field.path in given else bool(field.default))
            elif isinstance(widget, NumberBox) and widget.text() != text_of(value):
                widget.set_value(value)
        self._filling = False

    def params(self) -> dict[str, Any]:
        """Keyword arguments for torch: what was given; a pair is given as a whole."""
        pairs: dict[str, list[Any]] = {}
        params: dict[str, Any] = {}
        for field in self._abouts:
            name, value = str(field.path[0]), self._value(field)
            if len(field.path) == 1 and field.path in self._given:
                params[name] = value
            elif len(field.path) > 1:
                pairs.setdefault(name, []).append(value)
        given = {str(path[0]) for path in self._given if len(path) > 1}
        return params | {name: values for name, values in pairs.items() if name in given}

    def _value(self, field: HyperField) -> Any:
        value = self._given.get(field.path, field.default)
        return number(value) if isinstance(value, str) else value

    def _on_edited(self, path: Path, value: Any) -> None:
        if self._filling:
            return
        if value == "":
            self._given.pop(path, None)
        else:
            self._given[path] = value
        self.edited.emit()


def given_of(params: Any) -> Given:
    """``params`` of the experiment file by path: lists taken apart."""
    given: Given = {}
    for name, value in (params if isinstance(params, dict) else {}).items():
        if isinstance(value, list | tuple):
            given |= {(name, index): part for index, part in enumerate(value)}
        else:
            given[(name,)] = value
    return given
