"""Hyperparameters of an optimizer or a schedule, made from the registry: nothing here knows any by name."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from engine.spec import HyperField, hyper_fields, optimizer_names
from gui.look.wording import default_text, hyper_help, hyper_title

from .fields.fields import ChoiceBox, name_field
from .fields.number_box import NumberBox
from .fields.numbers import number, text_of
from .fields.part import Path

Given = dict[Path, Any]  # what was given or typed, by path in ``params``; the rest is torch's default

NOTHING = ""  # stands for None among the words of a choice
FIRST_WHOLE, FIRST_NUMBER = 100, 0.1  # where the arrows begin if there is no default
_BETWEEN = re.compile(r"[,;\s]+")


class FieldsForm(QWidget):
    """Hold fields of parameters. One left empty means torch's default, which is shown in grey.

    The fields themselves are made by ``build``: what is folded away can do without them.
    """

    edited = Signal()

    def __init__(self, abouts: Sequence[HyperField], parent: QWidget | None = None):
        super().__init__(parent)
        self._given: Given = {}
        self.fields: dict[Path, QWidget] = {}
        self._filling = False
        self._abouts = abouts
        self._called = ("", "")
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def build(self) -> bool:
        """Tell whether that has made fields: not if they are there already."""
        if self.fields or not self._abouts:
            return False
        for field in self._abouts:
            self.fields[field.path] = self._make(field)
        self.set_names(*self._called)
        self.set_given(self._given)
        return True

    def _make(self, field: HyperField) -> QWidget:
        if field.kind is bool:
            switch = QCheckBox(hyper_title(field), self)
            switch.clicked.connect(lambda on: self._on_edited(field, on))
            self._form.addRow(switch)
            return switch
        widget = self._choice(field) if field.kind is str else self._list(field) if field.many else self._number(field)
        self._form.addRow(hyper_title(field), widget)
        return widget

    def _choice(self, field: HyperField) -> ChoiceBox:
        def title(name: str) -> str:
            shown = name if name != NOTHING else self.tr("none")
            return self._as_default(shown) if name == (field.default or NOTHING) and not field.required else shown

        choice = ChoiceBox([NOTHING] * field.about.optional + list(field.about.choices), title, self)
        choice.edited.connect(lambda: self._on_edited(field, choice.value() if choice.value() != NOTHING else None))
        return choice

    def _list(self, field: HyperField) -> QLineEdit:
        line = QLineEdit(self)
        optional = self._as_default(default_text(field)) if field.default is None else ""
        line.setPlaceholderText(self.tr("needed: 100, 150") if field.required else optional)
        line.textEdited.connect(lambda text: self._on_edited(field, _numbers(text)))
        return line

    def _number(self, field: HyperField) -> NumberBox:
        whole = field.kind is int
        first = FIRST_WHOLE if whole else FIRST_NUMBER
        box = NumberBox(first if field.default is None else field.default, field.allows, self, whole=whole)
        box.set_placeholder(self.tr("needed") if field.required else self._as_default(default_text(field)))
        box.textChanged.connect(lambda text: self._on_edited(field, text))
        return box

    def _as_default(self, shown: str) -> str:
        return self.tr("{value} (default)").format(value=shown)

    def set_names(self, prefix: str, owner: str) -> None:
        """Name the fields after what they belong to: for tests, and for screen readers."""
        self._called = (prefix, owner)
        for field in self._abouts if self.fields else ():
            name = f"{prefix}_" + "_".join(map(str, field.path))
            name_field(self.fields[field.path], name, f"{owner}, {hyper_title(field)}", self._help(field))

    def _help(self, field: HyperField) -> str:
        return hyper_help(field)

    def field_at(self, path: Path) -> QWidget | None:
        """Return the field of a path in ``params``; one of a list is the list's."""
        return self.fields.get(path) or self.fields.get(path[:1])

    def given(self) -> Given:
        """Return what was given or typed, also what there is no field for here."""
        return dict(self._given)

    def set_params(self, params: Any) -> None:
        lists = {field.path[0] for field in self._abouts if field.many}
        self.set_given(given_of(params, lists))

    def set_given(self, given: Given) -> None:
        self._given = dict(given)
        self._filling = True
        for field in self._abouts if self.fields else ():
            self._show(field, self.fields[field.path])
        self._filling = False

    def _show(self, field: HyperField, widget: QWidget) -> None:
        value = self._given.get(field.path)
        if isinstance(widget, QCheckBox):
            widget.setChecked(value is True if field.path in self._given else bool(field.default))
        elif isinstance(widget, ChoiceBox):
            value = self._given.get(field.path, field.default)
            widget.set_value(NOTHING if value is None else value)
        elif isinstance(widget, QLineEdit) and _numbers(widget.text()) != value:
            widget.setText(", ".join(map(text_of, value)) if isinstance(value, list | tuple) else text_of(value))
        elif isinstance(widget, NumberBox) and widget.text() != text_of(value):
            widget.set_value(value)

    def params(self) -> dict[str, Any]:
        """Return keyword arguments for torch: what was given; a pair is given as a whole."""
        pairs: dict[str, list[Any]] = {}
        params: dict[str, Any] = {}
        for field in self._abouts:
            name, value = str(field.path[0]), self.value_of(field)
            if len(field.path) == 1 and field.path in self._given:
                params[name] = value
            elif len(field.path) > 1:
                pairs.setdefault(name, []).append(value)
        given = {str(path[0]) for path in self._given if len(path) > 1}
        return params | {name: values for name, values in pairs.items() if name in given}

    def value_of(self, field: HyperField) -> Any:
        """Return what a field holds, or its default."""
        value = self._given.get(field.path, field.default)
        if not isinstance(value, str) or field.kind is str:
            return value
        read = number(value)
        return int(read) if field.kind is int and isinstance(read, float) and read.is_integer() else read

    def _on_edited(self, field: HyperField, value: Any) -> None:
        if self._filling:
            return
        if value in ("", []):
            self._given.pop(field.path, None)
        else:
            self._given[field.path] = value
        self.edited.emit()


class HyperForm(FieldsForm):
    """Edit the hyperparameters of one optimizer."""

    def __init__(self, optimizer: str, entry: int, parent: QWidget | None = None):
        super().__init__(hyper_fields(optimizer) if optimizer in optimizer_names() else (), parent)
        self.optimizer = optimizer
        self.set_entry(entry)

    def set_entry(self, entry: int) -> None:
        """Name the fields by the number of the optimizer entry that they belong to."""
        self.set_names(f"optimizer{entry + 1}", self.tr("Optimizer {number}").format(number=entry + 1))


def given_of(params: Any, lists: Sequence[Any] | set[Any] = ()) -> Given:
    """Return ``params`` of the experiment file by path: pairs taken apart, but for the ``lists`` among them."""
    given: Given = {}
    for name, value in (params if isinstance(params, dict) else {}).items():
        if isinstance(value, list | tuple) and name not in lists:
            given |= {(name, index): part for index, part in enumerate(value)}
        else:
            given[(name,)] = value
    return given


def _numbers(text: str) -> list[Any]:
    """Return what is typed between commas; text that is no number stays text."""
    return [number(part) for part in _BETWEEN.split(text.strip()) if part]
