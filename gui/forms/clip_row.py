"""How an optimizer entry's gradients are clipped."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .fields.fields import ChoiceBox, name_field
from .fields.number_box import NumberBox
from .fields.numbers import number

NONE = "none"
KINDS = ("norm", "value")


class ClipRow(QWidget):
    """Choose whether and how to clip from a list, with the limit beside it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._kind = ChoiceBox((NONE, *KINDS), self._title, self)
        self._limit = NumberBox(1.0, lambda value: value > 0, self)
        self._filling = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._kind, 3)
        line.addWidget(self._limit, 2)
        self._kind.edited.connect(self._on_kind)
        self._limit.textChanged.connect(self._on_limit)

    def _title(self, name: str) -> str:
        titles = {NONE: self.tr("none"), "norm": self.tr("norm of all"), "value": self.tr("each value")}
        return titles.get(name, name)

    def set_place(self, index: int) -> None:
        prefix = f"optimizer{index + 1}_clip"
        tip = self.tr("Make large gradients smaller before each update: all together, or number by number")
        name_field(self._kind, prefix, self.tr("Optimizer {number}, clip").format(number=index + 1), tip)
        tip = self.tr("The largest norm, or number, that the gradient may have: above 0")
        title = self.tr("Optimizer {number}, clip limit").format(number=index + 1)
        name_field(self._limit, f"{prefix}_limit", title, tip)

    def stops(self) -> list[QWidget]:
        return [self._kind, self._limit]

    def raw(self) -> dict[str, Any] | None:
        kind = self._kind.value()
        if kind == NONE:
            return None
        return {kind: number(self._limit.text()) if self._limit.text().strip() else None}

    def set_raw(self, clip: Any) -> None:
        given = clip if isinstance(clip, dict) else {}
        kind = next((name for name in KINDS if given.get(name) is not None), NONE if clip is None else KINDS[0])
        self._kind.set_value(kind)
        self._show_limit(given.get(kind))

    def widget(self) -> QWidget:
        """Return where a fault is shown."""
        return self._kind if self._kind.value() == NONE else self._limit

    def _on_kind(self) -> None:
        self._show_limit(self._limit.text() or 1)
        self.edited.emit()

    def _on_limit(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _show_limit(self, value: Any) -> None:
        self._filling = True
        self._limit.set_value(value)
        self._filling = False
        self._limit.setVisible(self._kind.value() != NONE)
