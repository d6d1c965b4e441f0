"""The layers inside a residual: indented rows in its own row, added, removed and moved as all layers are."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec import layer_module
from gui.look.text_size import scaled

from .fields.fields import name_field
from .fields.part import Path
from .fields.row_list import ListRow, RowList
from .kind_menu import KindMenu

RESIDUAL = "Residual"
INDENT = 10.0


class ResidualPart(QWidget):
    """Hold the rows. ``changed``: some came, went or moved, by whomever."""

    edited = Signal()
    changed = Signal()

    def __init__(
        self, make: Callable[[], ListRow], filled: Callable[[dict[str, Any]], dict[str, Any]], parent: QWidget
    ):
        """Make rows by ``make``; ``filled`` returns a layer of a file as its row would have it."""
        super().__init__(parent)
        self._make, self._filled, self._inputs, self._number = make, filled, 1, ""
        self.title = QLabel(self.tr("Residual: x + f(x)"), parent)
        self.title.setToolTip(self.tr("Adds its input to what the layers below, which are inside it, make of that"))
        self.rows = RowList(self._make_row, 3, filled, self)
        self._add = QPushButton(self.tr("Add layer inside"), self)
        self._kinds = KindMenu(self)
        self._lay_out()
        self.rows.set_raw([])
        self.rows.edited.connect(self.edited)
        self.rows.changed.connect(self.changed)
        self._add.clicked.connect(lambda: self._append({"units": self._inputs, "activation": "tanh", "bias": True}))
        self._kinds.chosen.connect(lambda kind: self._append(new_layer(kind, self._inputs)))
        self.rows.set_after(self._add, self._kinds)

    def _make_row(self) -> ListRow:
        row = self._make()
        row.set_within(self._number)  # type: ignore[attr-defined]
        return row

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(round(scaled(INDENT)), 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.rows)
        foot = QHBoxLayout()
        foot.setSpacing(3)
        foot.addWidget(self._add)
        foot.addWidget(self._kinds)
        foot.addStretch(1)
        column.addLayout(foot)

    def set_number(self, number: str) -> None:
        """Name the fields after a layer: ``5``, or ``5.1`` of one that is inside another residual itself."""
        self._number = number
        owner = self.tr("Layer {number}").format(number=number)
        name_field(
            self._add,
            f"layer{number}_add_inside",
            f"{self._add.text()}, {owner}",
            self.tr("Add a layer inside the residual, behind the others: it must make as many numbers as go in"),
        )
        another = self.tr("Add another kind of layer")
        self._kinds.set_name(f"layer{number}_add_kind_inside", f"{another}, {owner}")
        for row in self.rows.rows:
            row.set_within(number)  # type: ignore[attr-defined]

    def set_inputs(self, inputs: int) -> None:
        """Take how many numbers go into the residual, which its last layer must make again."""
        self._inputs = inputs

    def _append(self, layer: dict[str, Any]) -> None:
        self.rows.add(self._filled(layer))

    def stops(self) -> list[QWidget]:
        return [*(stop for row in self.rows.rows for stop in row.stops()), self._add, self._kinds]

    def raw(self) -> dict[str, Any]:
        return {"kind": RESIDUAL, "layers": self.rows.raw()}

    def set_raw(self, layer: dict[str, Any]) -> None:
        self.rows.set_raw(layer.get("layers"))
        self.set_number(self._number)

    def row_of(self, path: Path) -> ListRow | None:
        """Return the row that a fault's path leads to, ``("layers", 0, "units")``; None where it leads to none."""
        match path:
            case ("layers", int(index), *_):
                self.rows.make_rows(index + 1)
                return self.rows.rows[index] if index < len(self.rows.rows) else None
        return None


def new_layer(kind: str, inputs: int) -> dict[str, Any]:
    """Return what a new layer of a kind begins with; a residual with something inside that fits."""
    if kind == RESIDUAL:
        return {"kind": kind, "layers": [{"units": inputs, "activation": "tanh", "bias": True}]}
    return {"kind": kind, "params": dict(getattr(layer_module(kind), "NEW", {}))}
