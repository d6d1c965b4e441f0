"""How a layer's weight is drawn, behind a button of its row: few layers say so themselves."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QToolButton, QVBoxLayout, QWidget

from engine.spec import init_fields, init_names

from .fields.fields import ChoiceBox, discard, name_field, tool_button
from .fields.part import Path
from .hyper_form import FieldsForm

USUAL = "usual"  # as torch's layer draws it by itself
FIRST = {"val": 0.0}  # what a function that was just chosen begins with, where torch has no default


class InitFold(QWidget):
    """Choose a function of ``torch.nn.init`` and its arguments.

    ``button``, for the row to place, opens the fields. They are made when they are first to be seen.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._number: int | str = 1
        self._raw: dict[str, Any] | None = None
        self._panel: InitPanel | None = None
        self.button = tool_button(parent or self, Qt.ArrowType.RightArrow, "layer_init_fold", "")
        self.button.setMaximumWidth(12)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 0, 0, 0)
        self.button.clicked.connect(lambda: self.set_open(self.isHidden()))
        self.hide()
        self._tell()

    def set_number(self, number: int | str) -> None:
        """Name the fields after layer ``number``, counted from 1."""
        self._number = number
        if self._panel is not None:
            self._panel.set_number(number)
        self._tell()

    def set_open(self, is_open: bool) -> None:
        if is_open:
            self._made_panel()
        self.setVisible(is_open)
        self._tell()

    def _made_panel(self) -> "InitPanel":
        if self._panel is None:
            self._panel = InitPanel(self)
            self._panel.set_number(self._number)
            self._panel.set_raw(self._raw)
            self._panel.edited.connect(self._on_edited)
            self._column.addWidget(self._panel)
        return self._panel

    def raw(self) -> dict[str, Any] | None:
        return self._raw if self._panel is None else self._panel.raw()

    def set_raw(self, raw: Any) -> None:
        self._raw = raw if isinstance(raw, dict) else None
        if self._panel is not None:
            self._panel.set_raw(self._raw)
        self.set_open(self._raw is not None)

    def stops(self) -> list[QWidget]:
        return [self.button, *(self._panel.stops() if self._panel is not None else ())]

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path in ``init``."""
        self.set_open(True)
        return self._made_panel().widget_at(path)

    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Say in the button what is folded away."""
        button: QToolButton = self.button
        button.setArrowType(Qt.ArrowType.RightArrow if self.isHidden() else Qt.ArrowType.DownArrow)
        raw = self.raw()
        drawn = str(raw["name"]) if raw else self.tr("as torch's layer draws it")
        tip = self.tr("First weights: {how}").format(how=drawn)
        owner = self.tr("Layer {number}").format(number=self._number)
        name_field(button, f"layer{self._number}_init_fold", f"{owner}, {tip}", tip)


class InitPanel(QWidget):
    edited = Signal()

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self._number: int | str = 1
        self._made = USUAL
        self._name = ChoiceBox((USUAL, *init_names()), self._title, self)
        self._params = FieldsForm((), self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        top = QFormLayout()
        top.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        top.addRow(self.tr("First weights"), self._name)
        self._column.addLayout(top)
        self._column.addWidget(self._params)
        self._name.edited.connect(self._on_name)

    def _title(self, name: str) -> str:
        return self.tr("as torch's layer draws it") if name == USUAL else name

    def set_number(self, number: int | str) -> None:
        self._number = number
        prefix, owner = f"layer{number}_init", self.tr("Layer {number}, first weights").format(number=number)
        tip = self.tr("A function of torch.nn.init that draws the weight from the seed, once all layers are drawn")
        name_field(self._name, prefix, owner, tip)
        self._params.set_names(prefix, owner)

    def stops(self) -> list[QWidget]:
        return [self._name, *self._params.fields.values()]

    def raw(self) -> dict[str, Any] | None:
        name = self._name.value()
        return None if name == USUAL else {"name": name, "params": self._params.params()}

    def set_raw(self, raw: dict[str, Any] | None) -> None:
        given = raw or {}
        self._name.set_value(given.get("name") or USUAL)
        self._make_params()
        self._params.set_params(given.get("params"))

    def widget_at(self, path: Path) -> QWidget | None:
        found = self._params.field_at(path[1:]) if path[:1] == ("params",) else None
        return found or self._name

    def _on_name(self) -> None:
        """Another function keeps the values that it has too."""
        given = self._params.given()
        self._make_params()
        wanted = {(name,): value for name, value in FIRST.items() if (name,) in self._params.fields}
        self._params.set_given(wanted | given)
        self.edited.emit()

    def _make_params(self) -> None:
        name = str(self._name.value())
        if name == self._made:
            return
        self._made = name
        old, self._params = self._params, FieldsForm(init_fields(name) if name in init_names() else (), self)
        self._params.build()
        self._params.setVisible(bool(self._params.fields))
        self._params.edited.connect(self.edited)
        self._column.replaceWidget(old, self._params)
        self.set_number(self._number)
        discard(old)
