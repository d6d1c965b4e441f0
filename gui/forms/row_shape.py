"""The shape of a row of x: a line of the data form that those see who have a layer for it."""

import re
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from .fields.fields import name_field
from .fields.numbers import number, text_of

_BETWEEN = re.compile(r"[,;\s×x*]+")


class RowShape(QWidget):
    """Edit ``data.shape``; empty is one axis, of all the columns."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.field = QLineEdit(self)
        self._raw: list[Any] | None = None
        tip = self.tr(
            "What a row of x stands for, its numbers one after another: 3, 8 is three times eight. Empty: a plain list."
        )
        name_field(self.field, "data_shape", self.tr("Shape of a row of x"), tip)
        label = QLabel(self.tr("Shape of a row"), self)
        label.setBuddy(self.field)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(label)
        line.addWidget(self.field, 1)
        self.field.textEdited.connect(lambda _: self.edited.emit())

    def raw(self) -> list[Any] | None:
        """Return the shape as in the experiment file, what is no number as text; None of a plain list.

        It is the same object until it is edited.
        """
        shape = shape_in(self.field.text())
        if shape != self._raw:
            self._raw = shape
        return self._raw

    def set_raw(self, raw: Any) -> None:
        """Show what the experiment file says; ``edited`` is not emitted."""
        if shape_in(self.field.text()) != raw:
            with QSignalBlocker(self.field):
                self.field.setText(", ".join(map(text_of, raw)) if isinstance(raw, list | tuple) else text_of(raw))

    def set_columns(self, columns: int) -> None:
        """Say what a row is where nothing is typed."""
        self.field.setPlaceholderText(str(columns))


def shape_in(text: str) -> list[Any] | None:
    """Return the shape that a text says, as far as it says one; None where it is empty."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    return [number(part) for part in parts] or None
