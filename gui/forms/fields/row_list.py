"""A list of like entries (layers, optimizers) that a person adds, removes and moves.

The list moves whole widgets, so that what is typed, and the focus, stay with their entry. Where there are many entries
the widgets of the first are made at once and the others' a few a turn, or the window would stand still meanwhile.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from .fields import discard, set_aside, tool_button
from .part import Part

TURN, BETWEEN = 0.01, 10  # seconds of making rows, and ms for whatever else waits
AT_ONCE = 6  # rows that are made at once
LEAVE = 4  # rows, of some forty widgets each, that are deleted in a turn
BATCH = 32  # rows that are shown at once, as all of the form is laid out again then


class ListRow(Part):
    """Hold one entry, which asks its list to move, remove or copy it."""

    move_asked = Signal(int)
    remove_asked = Signal()
    copy_asked = Signal()

    def set_place(self, index: int, count: int) -> None:
        """Set which entry this is, of how many."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab goes through them."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Return the field that has the focus in an entry that is new."""
        return self.stops()[0]

    def set_raw(self, raw: Any) -> None:
        raise NotImplementedError

    def become(self, raw: dict[str, Any]) -> None:
        """Hold this entry; what it holds already stays, letter by letter."""
        if self.raw() != raw:
            self.set_raw(raw)

    def duplicate(self) -> dict[str, Any]:
        """Return what a copy of this entry begins with."""
        return self.raw()

    def make_movers(self, name: str) -> list[QToolButton]:
        """Return the buttons that move the entry up and down and remove it."""
        up = tool_button(self, Qt.ArrowType.UpArrow, f"{name}_up", self.tr("Move up"))
        down = tool_button(self, Qt.ArrowType.DownArrow, f"{name}_down", self.tr("Move down"))
        remove = tool_button(self, "×", f"{name}_remove", self.tr("Remove"))
        up.clicked.connect(lambda: self.move_asked.emit(-1))
        down.clicked.connect(lambda: self.move_asked.emit(1))
        remove.clicked.connect(lambda: self.remove_asked.emit())
        return [up, down, remove]


class RowList(QWidget):
    """List rows, always at least one; ``after`` are the fields that Tab reaches from the last one.

    ``about_to_change``: by the person's wish rows will come, go or move. ``raw`` has what still waits for its row too.
    """

    edited = Signal()
    about_to_change = Signal()
    changed = Signal()  # rows came, went or moved, by whomever

    def __init__(
        self,
        make: Callable[[], ListRow],
        spacing: int,
        filled: Callable[[dict[str, Any]], dict[str, Any]],
        parent: QWidget | None = None,
    ):
        """Make rows by ``make``; ``filled`` returns an entry of a file as its row would have it."""
        super().__init__(parent)
        self.rows: list[ListRow] = []
        self._make, self._filled = make, filled
        self._waiting: deque[dict[str, Any]] = deque()
        self._unseen: list[ListRow] = []  # rows that are made, and shown with others
        self._turns = QTimer(self, singleShot=True, interval=BETWEEN)
        self._turns.timeout.connect(self._turn)
        self._places: dict[ListRow, tuple[int, bool, bool]] = {}  # what each row was told of its place
        self._leaving: list[ListRow] = []  # rows out of sight, to be deleted
        self._leave = QTimer(self, singleShot=True, interval=BETWEEN)
        self._leave.timeout.connect(self._delete_some)
        self._after: tuple[QWidget, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)

    def set_after(self, *widgets: QWidget) -> None:
        self._after = widgets
        self._renumber()

    def __len__(self) -> int:
        return len(self.rows) + len(self._waiting)

    def __bool__(self) -> bool:
        return True

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Return the last entries, which have no rows yet."""
        return list(self._waiting)

    def raw(self) -> list[dict[str, Any]]:
        return [*(row.raw() for row in self.rows), *(dict(entry) for entry in self._waiting)]

    def set_raw(self, entries: Any) -> None:
        listed: Sequence[Any] = entries if isinstance(entries, list | tuple) and entries else [{}]
        given = [entry if isinstance(entry, dict) else {} for entry in listed]
        self._turns.stop()
        for row in self.rows[len(given) :]:
            self._drop(row)
        count = min(max(len(self.rows), AT_ONCE), len(given))
        self._waiting = deque(self._filled(entry) for entry in given[count:])
        for _ in range(count - len(self.rows)):
            self._unseen.append(self._put(len(self.rows), seen=False))
        self._show_all()
        for row, entry in zip(self.rows, given, strict=False):
            row.set_raw(entry)
        self._renumber()
        if self._waiting:
            self._turns.start()

    def follow(self, entries: Sequence[dict[str, Any]]) -> None:
        """Become a list that was there once: rows that came, went or moved do so again, and the others stay.

        ``edited`` is not emitted.
        """
        from ..fields.differences import Move, rearranged  # which takes an undo

        if self._waiting:
            self.set_raw(list(entries))
            return
        for found in rearranged([row.raw() for row in self.rows], entries, ()):
            if isinstance(found, Move):
                self._shift(self.rows[found.at], found.to)
            else:
                self._splice(found.at, len(found.removed), found.added)
        for row, entry in zip(self.rows, entries, strict=True):
            row.become(entry)
        self._renumber()

    def _splice(self, at: int, gone: int, come: Sequence[dict[str, Any]]) -> None:
        """Have as many rows there as there are to be; those that stay get what they hold later."""
        for row in self.rows[at + len(come) : at + gone]:
            self._drop(row)
        for place in range(gone, len(come)):
            self._put(at + place).set_raw(come[place])

    def _turn(self) -> None:
        if len(self._unseen) >= BATCH or not self._waiting:
            self._show_all()
        else:
            began, first = time.perf_counter(), len(self.rows)
            while self._waiting and time.perf_counter() - began < TURN:
                self._put_next()
            self._place_from(first)
        if self._waiting or self._unseen:
            self._turns.start()

    def _show_all(self) -> None:
        self._column.setEnabled(False)  # or all would be laid out again for each that is shown
        for row in self._unseen:
            row.show()
        self._column.setEnabled(True)
        self._unseen.clear()

    def make_rows(self, count: int | None = None) -> None:
        """See to it that the first so many entries, or all, have their rows now."""
        first = len(self.rows)
        while self._waiting and (count is None or len(self.rows) < count):
            self._put_next()
        if len(self.rows) > first:
            self._place_from(first)
        self._show_all()

    def _put_next(self) -> None:
        row = self._put(len(self.rows), seen=False)
        row.set_raw(self._waiting.popleft())
        self._unseen.append(row)

    def _place_from(self, first: int) -> None:
        for index in range(first, len(self.rows)):
            self._tell_place(index)
        self._chain([self.rows[first - 1].stops()[-1], *_stops(self.rows[first:])])
        self.changed.emit()

    def add(self, entry: dict[str, Any], at: int | None = None) -> None:
        """Add a row by the user's wish, with the focus on its first field."""
        self.append(entry, at).first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def append(self, entry: dict[str, Any], at: int | None = None) -> ListRow:
        if at is None:
            self.make_rows()
        self.about_to_change.emit()
        row = self._put(len(self.rows) if at is None else at)
        row.set_raw(entry)
        self._renumber()
        return row

    def _put(self, at: int, seen: bool = True) -> ListRow:
        row = self._make()
        row.edited.connect(self.edited)
        row.move_asked.connect(lambda by: self._move(row, by))
        row.remove_asked.connect(lambda: self._remove(row))
        row.copy_asked.connect(lambda: self.add(row.duplicate(), self.rows.index(row) + 1))
        self.rows.insert(at, row)
        if not seen:
            row.hide()
        self._column.insertWidget(at, row)
        if at < len(self.rows) - 1:  # what is made last is last in Tab's order, and the others would follow it there
            QWidget.setTabOrder(_before(self.rows[at + 1].stops()[0]), row.stops()[0])
        if seen:
            row.show()
        return row

    def _move(self, row: ListRow, by: int) -> None:
        at = self.rows.index(row) + by
        self.make_rows(at + 1)
        if not 0 <= at < len(self.rows):
            return
        self.about_to_change.emit()
        self._shift(row, at)
        self._renumber()
        self.edited.emit()

    def _shift(self, row: ListRow, at: int) -> None:
        self.rows.remove(row)
        self.rows.insert(at, row)
        self._column.removeWidget(row)
        self._column.insertWidget(at, row)

    def _remove(self, row: ListRow) -> None:
        if len(self) == 1:
            return
        self.make_rows(2)
        at = self.rows.index(row)
        neighbour = self.rows[at + 1] if at + 1 < len(self.rows) else self.rows[at - 1]
        neighbour.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.about_to_change.emit()
        self._drop(row)
        self._renumber()
        self.edited.emit()

    def _drop(self, row: ListRow) -> None:
        self.rows.remove(row)
        self._unseen = [unseen for unseen in self._unseen if unseen is not row]
        self._places.pop(row, None)
        self._column.removeWidget(row)
        row.blockSignals(True)
        row.hide()
        if len(self._leaving) < BATCH:
            set_aside(row)
        self._leaving.append(row)
        self._leave.start()

    def _delete_some(self) -> None:
        for row in self._leaving[:LEAVE]:
            discard(row)
        del self._leaving[:LEAVE]
        if self._leaving:
            self._leave.start()

    def _renumber(self) -> None:
        for index in range(len(self.rows)):
            self._tell_place(index)
        self.fix_tab_order()
        self.changed.emit()

    def _tell_place(self, index: int) -> None:
        """Tell a row its place, where that, or what it can do there, is another than before."""
        row, count = self.rows[index], len(self)
        place = index, index + 1 < count, count > 1
        if self._places.get(row) != place:
            self._places[row] = place
            row.set_place(index, count)

    def fix_tab_order(self) -> None:
        """Put Tab in the order on screen: Qt goes in the order of making."""
        self._chain(_stops(self.rows))

    def _chain(self, stops: list[QWidget]) -> None:
        # Qt's order is a ring, and it leaves be what stands at the ring's start and so follows its end.
        for widget in self._after:
            QWidget.setTabOrder(stops[0], widget)
        for first, second in pairwise([*stops, *self._after]):
            QWidget.setTabOrder(first, second)


def _before(widget: QWidget) -> QWidget:
    """Return what stands before it in Tab's order, and not around it: Qt would take the last within for that."""
    before: QWidget | None = widget
    while before is not None and (before is widget or before.isAncestorOf(widget)):
        before = before.previousInFocusChain()
    return widget if before is None else before


def _stops(rows: Sequence[ListRow]) -> list[QWidget]:
    return [widget for row in rows for widget in row.stops()]
