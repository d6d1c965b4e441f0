"""A list of like entries (layers, optimizers) that a person adds, removes and moves.

The list moves whole widgets, so that what is typed, and the focus, stay with their entry.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from .fields import discard, tool_button
from .part import Part


class ListRow(Part):
    """One entry; it asks its list to move, remove or copy it."""

    move_asked = Signal(int)
    remove_asked = Signal()
    copy_asked = Signal()

    def set_place(self, index: int, count: int) -> None:
        """Which entry this is, of how many."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """The fields in the order in which Tab goes through them."""
        raise NotImplementedError

    def set_raw(self, raw: Any) -> None:
        raise NotImplementedError

    def duplicate(self) -> dict[str, Any]:
        """What a copy of this entry begins with."""
        return self.raw()

    def make_movers(self, name: str) -> list[QToolButton]:
        """The buttons that move the entry up and down and remove it."""
        up = tool_button(self, Qt.ArrowType.UpArrow, f"{name}_up", self.tr("Move up"))
        down = tool_button(self, Qt.ArrowType.DownArrow, f"{name}_down", self.tr("Move down"))
        remove = tool_button(self, "×", f"{name}_remove", self.tr("Remove"))
        up.clicked.connect(lambda: self.move_asked.emit(-1))
        down.clicked.connect(lambda: self.move_asked.emit(1))
        remove.clicked.connect(lambda: self.remove_asked.emit())
        return [up, down, remove]


class RowList(QWidget):
    """At least one row, always; ``after`` are the fields that Tab reaches from the last one.

    ``about_to_change``: by the person's wish rows will come, go or move.
    """

    edited = Signal()
    about_to_change = Signal()
    changed = Signal()  # rows came, went or moved, by whomever

    def __init__(self, make: Callable[[], ListRow], spacing: int, parent: QWidget | None = None):
        super().__init__(parent)
        self.rows: list[ListRow] = []
        self._make = make
        self._after: tuple[QWidget, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)

    def set_after(self, *widgets: QWidget) -> None:
        self._after = widgets
        self._renumber()

    def raw(self) -> list[dict[str, Any]]:
        return [row.raw() for row in self.rows]

    def set_raw(self, entries: Any) -> None:
        given: Sequence[Any] = entries if isinstance(entries, list | tuple) and entries else [{}]
        for row in self.rows[len(given) :]:
            self._drop(row)
        self._column.setEnabled(False)  # or all would be laid out again for each that is shown
        for _ in range(len(given) - len(self.rows)):
            self._put(len(self.rows))
        self._column.setEnabled(True)
        for row, entry in zip(self.rows, given, strict=True):
            row.set_raw(entry if isinstance(entry, dict) else {})
        self._renumber()

    def add(self, entry: dict[str, Any], at: int | None = None) -> None:
        """A new row by the person's wish, with the focus on its first field."""
        self.append(entry, at).stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def append(self, entry: dict[str, Any], at: int | None = None) -> ListRow:
        self.about_to_change.emit()
        row = self._put(len(self.rows) if at is None else at)
        row.set_raw(entry)
        self._renumber()
        return row

    def _put(self, at: int) -> ListRow:
        row = self._make()
        row.edited.connect(self.edited)
        row.move_asked.connect(lambda by: self._move(row, by))
        row.remove_asked.connect(lambda: self._remove(row))
        row.copy_asked.connect(lambda: self.add(row.duplicate(), self.rows.index(row) + 1))
        self.rows.insert(at, row)
        self._column.insertWidget(at, row)
        row.show()
        return row

    def _move(self, row: ListRow, by: int) -> None:
        at = self.rows.index(row) + by
        if not 0 <= at < len(self.rows):
            return
        self.about_to_change.emit()
        self.rows.remove(row)
        self.rows.insert(at, row)
        self._column.removeWidget(row)
        self._column.insertWidget(at, row)
        self._renumber()
        self.edited.emit()

    def _remove(self, row: ListRow) -> None:
        if len(self.rows) == 1:
            return
        at = self.rows.index(row)
        neighbour = self.rows[at + 1] if at + 1 < len(self.rows) else self.rows[at - 1]
        neighbour.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.about_to_change.emit()
        self._drop(row)
        self._renumber()
        self.edited.emit()

    def _drop(self, row: ListRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        discard(row)

    def _renumber(self) -> None:
        for index, row in enumerate(self.rows):
            row.set_place(index, len(self.rows))
        self.fix_tab_order()
        self.changed.emit()

    def fix_tab_order(self) -> None:
        """Qt goes in the order of making; here it must be the order on screen."""
        stops = [widget for row in self.rows for widget in row.stops()]
        # Qt's order is a ring, and it leaves be what stands at the ring's start and so follows its end.
        for widget in self._after:
            QWidget.setTabOrder(stops[0], widget)
        stops += self._after
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
