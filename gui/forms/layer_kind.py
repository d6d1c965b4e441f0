"""The kind of a layer that is not dense, and its parameters."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.spec import layer_fields, layer_kinds

from .fields.fields import ChoiceBox, discard, name_field
from .fields.part import Path
from .hyper_form import FieldsForm

DENSE, RESIDUAL = "Linear", "Residual"  # which is made and unmade with all that is inside it


class LayerKind(QWidget):
    """Hold the fields of a layer's kind; ``box``, which chooses the kind, is for its row to place."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._number: int | str = 1
        self._made = DENSE
        self.box = ChoiceBox(tuple(kind for kind in layer_kinds() if kind != RESIDUAL), parent=parent)
        self.box.offer_own()
        self._params = FieldsForm((), self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._params)
        self.box.edited.connect(self._on_kind)

    def set_number(self, number: int | str) -> None:
        """Name the fields after layer ``number``, counted from 1."""
        self._number = number
        owner = self.tr("Layer {number}").format(number=number)
        title = self.tr("Layer {number}, kind").format(number=number)
        name_field(self.box, f"layer{number}_kind", title, self.tr("What the layer makes of its inputs"))
        self._params.set_names(f"layer{number}", owner)

    def value(self) -> str:
        return str(self.box.value())

    def stops(self) -> list[QWidget]:
        return [self.box, *self._params.fields.values()]

    def raw(self) -> dict[str, Any]:
        """Return kind and parameters as in the file."""
        return {"kind": self.value(), "params": self._params.params()}

    def set_raw(self, layer: dict[str, Any]) -> None:
        self.box.set_value(layer.get("kind", DENSE))
        self._make_params()
        self._params.set_params(layer.get("params", {}))

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path in a layer."""
        match path:
            case ("kind", *_):
                return self.box
            case ("params", *rest):
                return self._params.field_at(tuple(rest))
        return None

    def _on_kind(self) -> None:
        self._make_params()
        self.edited.emit()

    def _make_params(self) -> None:
        kind = self.value()
        if kind == self._made:
            return
        self._made = kind
        old, self._params = self._params, FieldsForm(layer_fields(kind) if kind in layer_kinds() else (), self)
        self._params.build()
        self._params.edited.connect(self.edited)
        self._column.replaceWidget(old, self._params)
        self.set_number(self._number)
        discard(old)
