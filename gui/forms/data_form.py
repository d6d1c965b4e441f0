"""x and y in one grid, with buttons for its rows and columns."""

from collections.abc import Callable, Collection, Sequence
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec import Fault, Matrix
from gui.look.text_size import scaled
from gui.look.theme import Theme
from gui.look.wording import fault_text

from .cells import Block, Place
from .fields.fields import mark, name_field, tool_button
from .fields.part import Part, Path
from .grid_model import GridModel, Marks
from .grid_view import GridView
from .split_form import SplitForm
from .table import Table

if TYPE_CHECKING:
    from .row_shape import RowShape

BELOW_GRID: tuple[Path, ...] = (("data", "test"), ("data", "shape"))


class DataForm(Part):
    """Edit x and y and which rows only test. ``maker_wanted``: data are to be made by a formula."""

    reshaped = Signal()
    maker_wanted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__("data", parent=parent)
        self.model = GridModel(self)
        self.grid = GridView(self.model, self)
        tip = self.tr("Type numbers, or paste them from a spreadsheet or a CSV file; the grid grows as needed.")
        name_field(self.grid, "data_grid", self.tr("Data: inputs x and targets y"), tip)
        self._read: dict[str, tuple[Block, bool, Any]] = {}  # what ``raw`` last made of which cells
        self._data: dict[str, Any] = {}
        self._made: Table | None = None  # as it was made last
        self._row_shape: RowShape | None = None  # made when there is a layer for it
        self._counters: dict[str, tuple[QLabel, QToolButton]] = {}
        self._lay_out()
        self._split.edited.connect(self._on_split)
        self._split.rows_wanted.connect(self._choose_rows)
        self._kind = self._split.kind
        self.model.edited.connect(self._show_tested)
        self.model.edited.connect(self.edited)
        self.model.reshaped.connect(self._show_shape)
        self.model.reshaped.connect(self.reshaped)
        self._show_shape()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for name, add, remove in (
            ("row", self._add_row, self._remove_rows),
            ("x", self._add_x, self._remove_x),
            ("y", self._add_y, self._remove_y),
        ):
            count = QLabel(self)
            count.setObjectName(f"data_count_{name}")
            fewer = self._button("−", f"data_remove_{name}", self._remove_title(name), remove)
            more = self._button("+", f"data_add_{name}", self._add_title(name), add)
            # Counts of many digits may not widen the form.
            count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            count.setAlignment(Qt.AlignmentFlag.AlignVCenter | (right if self._counters else left))
            buttons.addWidget(count, 3 if self._counters else 5)
            self._counters[name] = count, fewer
            self._add_y_button = more  # y comes last
            buttons.addWidget(fewer)
            buttons.addWidget(more)
        self._split = SplitForm(self)  # after the buttons, as Tab leads on
        make = QPushButton(self.tr("Make data…"), self)
        tip = self.tr("Fill the grid by a formula: circle, moons, spiral, sine and others")
        name_field(make, "data_make", self.tr("Make data"), tip)
        make.clicked.connect(self.maker_wanted)
        self._split.head.addWidget(make)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.grid)
        column.addLayout(buttons)
        column.addWidget(self._split)
        column.addWidget(self.message)

    def _button(self, sign: str, name: str, title: str, act: Callable[[], None]) -> QToolButton:
        button = tool_button(self, sign, name, title)
        button.setAutoRaise(False)
        button.setMaximumWidth(scaled(22))
        button.clicked.connect(act)
        return button

    def _add_title(self, what: str) -> str:
        titles = {
            "row": self.tr("Add a row below the current one"),
            "x": self.tr("Add an input column"),
            "y": self.tr("Add a target column"),
        }
        return titles[what]

    def _remove_title(self, what: str) -> str:
        titles = {
            "row": self.tr("Remove the selected rows"),
            "x": self.tr("Remove the selected input columns, or the last one"),
            "y": self.tr("Remove the selected target columns, or the last one"),
        }
        return titles[what]

    def inputs(self) -> int:
        return self.model.table.inputs

    def set_classes(self, classes: bool) -> None:
        """Set whether y is one column of class numbers; further columns are kept out of sight, not lost."""
        self.model.set_classes(classes)
        self._show_shape()

    def raw(self) -> dict[str, Any]:
        """Return the data as in the experiment file, many as arrays: the very same objects until they are edited."""
        table, classes = self.model.table, self.model.has_classes
        data = {"x": self._part("x", table.x, False), "y": self._part("y", table.y, classes)}
        if (shape := self._shape()) is not None:
            data["shape"] = shape
        if (split := self._split.raw(table.chosen)) is not None:
            data["test"] = split
        if data.keys() != self._data.keys() or any(self._data[name] is not part for name, part in data.items()):
            self._data = data
        return {"data": self._data}

    def _part(self, name: str, cells: Block, classes: bool) -> Any:
        found = self._read.get(name)
        if found is None or found[0] is not cells or found[1] != classes:
            found = self._read[name] = cells, classes, cells.classes() if classes else cells.rows()
        return found[2]

    def set_raw(self, raw: dict[str, Any]) -> None:
        data = raw.get("data")
        given = data if isinstance(data, dict) else {}
        split = given.get("test")
        chosen = split.get("rows") if isinstance(split, dict) else None
        self.model.set_table(Table.of(given.get("x"), given.get("y"), chosen))
        self._split.set_raw(split)
        self._kind = self._split.kind
        self._set_row_shape(given.get("shape"))
        self._show_shape()

    def state(self) -> dict[str, Any]:
        """Return the table itself, which others share what is equal with, and what is below it."""
        table = self.model.table
        below = {"test": self._split.raw(table.chosen) if self._split.kind != "rows" else {"rows": ()}}
        return {"table": table, "classes": self.model.has_classes, **below, "shape": self._shape()}

    def set_state(self, state: dict[str, Any]) -> None:
        if state["table"] is not self.model.table:
            self.model.show_table(state["table"])
        self.model.set_classes(state["classes"])
        if state["test"] != self.state()["test"]:
            self._split.set_raw(state["test"])
            self._kind = self._split.kind
        if state["shape"] != self._shape():
            self._set_row_shape(state["shape"])
        self._show_shape()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.model.set_theme(theme)
        self.grid.set_theme(theme)

    def widget_at(self, path: Path) -> QWidget | None:
        if path[:2] == ("data", "test"):
            return self._split.widget_at(path[2:])
        if path[:2] == ("data", "shape") and self._row_shape is not None:
            return self._row_shape.field
        return self.grid if self._place(path) else None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        marks: Marks = {}
        for fault in faults:
            if place := self._place(fault.path):
                marks.setdefault(place, []).append(fault)
        self.model.set_marks(marks)
        self._show_field_faults(faults)
        self.message.show_faults(faults, within=1)

    def _show_field_faults(self, faults: Sequence[Fault]) -> None:
        """Mark the fields below the grid that are wrong."""
        messages: dict[QWidget, list[str]] = {}
        for fault in faults:
            if fault.path[:2] in BELOW_GRID and (field := self.widget_at(fault.path)) is not None:
                messages.setdefault(field, []).append(fault_text(fault))
        for field in {*self._marked, *messages}:
            mark(field, messages.get(field, []))
        self._marked = list(messages)

    def uncover(self, path: Path) -> QWidget | None:
        """Return the grid, at the cell of a path, or a field below it."""
        if path[:2] in BELOW_GRID:
            return self.widget_at(path)
        if place := self._place(path):
            self.grid.go_to(*place)
        return self.grid

    def reveal(self, fault: Fault) -> QWidget:
        if fault.path[:2] in BELOW_GRID:
            return super().reveal(fault)
        self.uncover(fault.path)
        place = self._place(fault.path)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.grid if place else self.message

    def _place(self, path: Path) -> Place | None:
        """Return the cell at a path like ("data", "y", 0, 2); class numbers have no last part."""
        match path:
            case ("data", "x", int(row), int(column)):
                place = row, column
            case ("data", "y", int(row), int(column)):
                place = row, self.inputs() + column
            case ("data", "y", int(row)) if self.model.has_classes:
                place = row, self.inputs()
            case _:
                return None
        return place if self.model.hasIndex(*place) else None

    def _show_shape(self) -> None:
        """How many rows and columns there are; one of each stays, and class numbers are one column."""
        outputs = self.model.width - self.inputs()
        for name, title, count in (
            ("row", self.tr("Rows {count}"), self.model.table.height),
            ("x", self.tr("x {count}"), self.inputs()),
            ("y", self.tr("y {count}"), outputs),
        ):
            label, fewer = self._counters[name]
            label.setText(title.format(count=count))
            fewer.setEnabled(count > 1)
        self._add_y_button.setEnabled(not self.model.has_classes)
        if self._row_shape is not None:
            self._row_shape.set_columns(self.inputs())
        self._show_tested()

    # --- the shape of a row ------------------------------------------------------------------

    def row_shape(self) -> tuple[int, ...]:
        """Return the shape of a row of x, as far as what is typed is one; else that of its columns."""
        shape, columns = self._shape() or [], self.inputs()
        fits = shape and all(isinstance(size, int) and size > 0 for size in shape) and prod(shape) == columns
        return tuple(shape) if fits else (columns,)

    def _shape(self) -> list[Any] | None:
        return None if self._row_shape is None else self._row_shape.raw()

    def _set_row_shape(self, raw: Any) -> None:
        if self._row_shape is not None or raw is not None:
            self._offer_shape().set_raw(raw)
            self._offer_shape().setVisible(raw is not None)

    def offer_shape(self, wanted: bool) -> None:
        """Show the line that shapes the rows, where a layer wants them shaped; one that is filled in stays."""
        if wanted or self._row_shape is not None:
            self._offer_shape().setVisible(wanted or self._shape() is not None)

    def _offer_shape(self) -> "RowShape":
        from .row_shape import RowShape  # which few need

        if self._row_shape is None:
            line = self._row_shape = RowShape(self)
            line.set_columns(self.inputs())
            self._column.insertWidget(self._column.indexOf(self._split), line)
            QWidget.setTabOrder(self._add_y_button, line.field)
            line.edited.connect(self.reshaped)
            line.edited.connect(self.edited)
        return self._row_shape

    # --- rows that only test -----------------------------------------------------------------

    def _on_split(self) -> None:
        """Take another way to keep rows: those drawn, or else selected, are chosen until others are."""
        before, self._kind = self._kind, self._split.kind
        if self._kind == "rows" and before == "share" and self.model.tested:
            self._choose(self.model.tested)
        elif self._kind == "rows" and not self.model.table.chosen:
            self._choose(self._selected(0))
        self._show_tested()
        self.edited.emit()

    def _choose_rows(self) -> None:
        self._choose(self._selected(0))

    def _choose(self, rows: Collection[int]) -> None:
        self.model.apply(self.model.table._replace(chosen=tuple(sorted(rows))))

    def _show_tested(self) -> None:
        """Mark the rows that test."""
        table = self.model.table
        tested = self._split.rows(table.chosen, table.height)
        self.model.set_tested(tested)
        self._split.show_rows(tested, table.height)

    # --- data that are made ------------------------------------------------------------------

    def may_replace(self) -> bool:
        """Ask whether what was typed may go; nothing typed, or what was made before, may."""
        if not self.model.is_edited or self.model.table is self._made:
            return True
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Make data"), "", parent=self)
        box.setText(self.tr("The grid holds what was typed."))
        box.setInformativeText(self.tr("Replace it? Ctrl+Z brings it back."))
        replace = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is replace

    def replace(self, x: Array, y: Array) -> None:
        """Put these numbers, rows first, in the place of what is there: one edit."""
        columns = Matrix(np.ravel(x).astype(float), np.full(len(x), x.shape[1], np.int64))
        table = Table.of(columns, y.tolist(), self.model.table.chosen)
        self.model.apply(table)
        self._made = self.model.table

    def _selected(self, part: int) -> set[int]:
        return {place[part] for place in self.grid.places()}

    def _add_row(self) -> None:
        at = max(self._selected(0), default=self.model.table.height - 1) + 1
        self.model.apply(self.model.table.with_row(at))
        self.grid.go_to(at, self.grid.currentIndex().column())

    def _remove_rows(self) -> None:
        gone = self._selected(0)
        if len(gone) == self.model.table.height:
            gone.discard(0)
        self.model.apply(self.model.table.without_rows(gone))

    def _add_x(self) -> None:
        self.model.apply(self.model.table.with_column(of_x=True))

    def _add_y(self) -> None:
        self.model.apply(self.model.table.with_column(of_x=False))

    def _remove_x(self) -> None:
        self._remove_columns(range(self.inputs()))

    def _remove_y(self) -> None:
        self._remove_columns(range(self.inputs(), self.model.width))

    def _remove_columns(self, among: range) -> None:
        gone = self._selected(1) & set(among) or {among[-1]}
        if len(gone) == len(among):
            gone.discard(among[0])
        self.model.apply(self.model.table.without_columns(gone))
