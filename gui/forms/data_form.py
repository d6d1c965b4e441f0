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

from engine.spec import Fault, Matrix, is_linked
from gui.look.own_sheets import mute
from gui.look.text_size import scaled
from gui.look.theme import Theme
from gui.look.wording import fault_text

from .cells import Block, Place
from .fields.fields import mark, name_field, tool_button
from .fields.part import Part, Path
from .grid_model import GridModel, Marks
from .grid_view import GridView
from .split_form import SplitForm
from .table import EMPTY, Table

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from engine.spec import Linked
    from engine.spec.data import Data

    from .linked_data import LinkedData
    from .row_shape import RowShape

BELOW_GRID: tuple[Path, ...] = (("data", "test"), ("data", "shape"))


class DataForm(Part):
    """Edit x and y and which rows only test. ``maker_wanted``: data are to be made by a formula.

    ``import_wanted`` carries the file that they are to be taken from, None where that is to be chosen;
    ``find_wanted``: it is to be said where a file is; ``file_changed`` carries a file's name, and whether that is news.
    ``classes_named``: the classes may be called otherwise.
    """

    reshaped = Signal()
    maker_wanted = Signal()
    import_wanted = Signal(object)
    find_wanted = Signal()
    file_changed = Signal(str, bool)

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
        self._link: LinkedData | None = None  # made when a file is named
        self._folder: FilePath | None = None  # that a file's path is relative to
        self._awaited: tuple[int, ...] | None = None  # rows that test, of a file that is still to be read
        self._paste_note: QLabel | None = None  # made when there is something to tell of a paste
        self._class_names: list[Any] | None = None  # as in the experiment file
        self._counters: dict[str, tuple[QLabel, QToolButton, QToolButton]] = {}
        self._lay_out()
        self.grid.pasted.connect(self._tell_pasted)
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
            self._counters[name] = count, fewer, more
            self._add_y_button = more  # y comes last
            buttons.addWidget(fewer)
            buttons.addWidget(more)
        take = QPushButton(self.tr("Import…"), self)
        tip = self.tr("Take data from a file: CSV, TSV, npy or npz. It may be dropped on the window, too.")
        name_field(take, "data_import", self.tr("Import data"), tip)
        take.clicked.connect(lambda: self.import_wanted.emit(None))
        make = self._make_button = QPushButton(self.tr("Make data…"), self)
        tip = self.tr("Fill the grid by a formula: circle, moons, spiral, sine and others")
        name_field(make, "data_make", self.tr("Make data"), tip)
        make.clicked.connect(self.maker_wanted)
        self._split = SplitForm(self)  # after the buttons, as Tab leads on
        fillers = QHBoxLayout()
        fillers.setSpacing(4)
        fillers.addWidget(take, 1)
        fillers.addWidget(make, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.grid)
        column.addLayout(buttons)
        column.addLayout(fillers)
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
        if self._link is not None and self._link.is_linked:
            data = self._link.data
            classes = data is not None and data.has_classes
        self.model.set_classes(classes)
        self._show_shape()

    def raw(self) -> dict[str, Any]:
        """Return the data as in the experiment file, many as arrays: the very same objects until they are edited."""
        table, classes = self.model.table, self.model.has_classes
        if (linked := self._linked_raw()) is not None:
            return {"data": linked}
        data = {"x": self._part("x", table.x, False), "y": self._part("y", table.y, classes)}
        if (shape := self._shape()) is not None:
            data["shape"] = shape
        if self._class_names is not None and classes:
            data["classes"] = self._class_names
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
        if is_linked(given):
            self._set_linked(given, chosen)
        else:
            self._unlink()
            self._set_class_names(given.get("classes"))
            self.model.set_table(Table.of(given.get("x"), given.get("y"), chosen))
        self._split.set_raw(split)
        self._kind = self._split.kind
        self._set_row_shape(given.get("shape"))
        self._show_shape()

    def state(self) -> dict[str, Any]:
        """Return the table itself, which others share what is equal with, and what is below it; or what names a file.

        What a file holds is no part of it: that is nothing that is typed.
        """
        linked = self._linked_raw()
        table = EMPTY if linked is not None else self.model.table
        test = self._split.raw(self._chosen) if self._split.kind != "rows" else {"rows": ()}
        names = None if self._class_names is None or linked is not None else tuple(self._class_names)
        about = {"classes": self.model.has_classes, "names": names, "linked": (linked,)}
        return {"table": table, **about, "test": test, "shape": self._shape()}

    def set_state(self, state: dict[str, Any]) -> None:
        (linked,) = state["linked"]
        if linked is not None:
            if linked != self._linked_raw():
                test = linked.get("test")
                self._set_linked(linked, test.get("rows") if isinstance(test, dict) else None)
        else:
            self._unlink()
            self._set_class_names(None if state["names"] is None else list(state["names"]))
            if state["table"] is not self.model.table:
                self.model.show_table(state["table"])
                self._tell_pasted("")
            self.model.set_classes(state["classes"])
        if state["test"] != self.state()["test"]:
            self._split.set_raw(state["test"])
            self._kind = self._split.kind
        if state["shape"] != self._shape():
            self._set_row_shape(state["shape"])
        self._show_shape()

    def _linked_raw(self) -> "Linked | None":
        """Return what names a file; None where data are typed."""
        if self._link is None or not self._link.is_linked:
            return None
        return self._link.raw(self._split.raw(self._chosen), self._shape())

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.model.set_theme(theme)
        self.grid.set_theme(theme)

    def widget_at(self, path: Path) -> QWidget | None:
        if path[:2] == ("data", "test"):
            return self._split.widget_at(path[2:])
        if path[:2] == ("data", "shape") and self._row_shape is not None:
            return self._row_shape.field
        if self._link is not None and self._link.is_linked:
            return self._link
        return self.grid if self._place(path) else None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        marks: Marks = {}
        linked = self._link is not None and self._link.is_linked
        for fault in faults:
            if not linked and (place := self._place(fault.path)):
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
        if fault.path[:2] in BELOW_GRID or (self._link is not None and self._link.is_linked):
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
            label, fewer, more = self._counters[name]
            label.setText(title.format(count=f"{count:,}"))
            fewer.setEnabled(count > 1 and not self.model.read_only)
            more.setEnabled(not self.model.read_only)
        self._add_y_button.setEnabled(not self.model.has_classes and not self.model.read_only)
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
            QWidget.setTabOrder(self._make_button, line.field)
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
        if self._link is not None:
            self._link.set_test(self._split.raw(self._chosen))
        self.edited.emit()

    def _choose_rows(self) -> None:
        self._choose(self._selected(0))

    def _choose(self, rows: Collection[int]) -> None:
        if self.model.read_only:  # nothing is typed there, but any row may test
            table = self.model.table
            self.model.show_table(table._replace(chosen=tuple(sorted(rows))))
            if self._link is not None:
                self._link.set_test(self._split.raw(self._chosen))
            self.model.edited.emit()
            return
        self.model.apply(self.model.table._replace(chosen=tuple(sorted(rows))))

    def _show_tested(self) -> None:
        """Mark the rows that test."""
        table = self.model.table
        tested = self._split.rows(table.chosen, table.height)
        self.model.set_tested(tested)
        self._split.show_rows(tested, table.height)

    def _tell_pasted(self, text: str) -> None:
        """Say below the grid what became of a paste; the next one, or the next edit, takes it away."""
        if self._paste_note is None and text:
            note = self._paste_note = QLabel(self)
            note.setObjectName("data_paste_note")
            mute(note)
            note.setWordWrap(True)
            note.setTextFormat(Qt.TextFormat.PlainText)
            self._column.insertWidget(self._column.indexOf(self.grid) + 1, note)
            self.model.edited.connect(lambda: self._tell_pasted(""))
        if self._paste_note is not None:
            self._paste_note.setText(text)
            self._paste_note.setVisible(bool(text))

    # --- data that a file holds --------------------------------------------------------------

    @property
    def link(self) -> "LinkedData | None":
        """Return the link to a file; None where there never was one."""
        return self._link

    @property
    def folder(self) -> "FilePath | None":
        """Return what a file's path is relative to."""
        return self._folder

    def set_folder(self, folder: "FilePath | None") -> None:
        """Say what a file's path is relative to."""
        self._folder = folder
        if self._link is not None:
            self._link.folder = folder

    def move_to(self, folder: "FilePath | None") -> None:
        """Have a file's path be relative to where the experiment is going to lie."""
        self._folder = folder
        if self._link is not None:
            self._link.move_to(folder)

    @property
    def _chosen(self) -> tuple[int, ...]:
        """Return the rows that were chosen to test; those of a file that is still to be read, too."""
        return self.model.table.chosen if self._awaited is None else self._awaited

    def _set_linked(self, raw: dict[str, Any], chosen: Any = None) -> None:
        link = self._made_link()
        link.folder = self._folder
        self._awaited = tuple(chosen) if isinstance(chosen, list | tuple) else ()
        link.set_raw(raw)
        self._show_linked()

    def _made_link(self) -> "LinkedData":
        if self._link is None:
            from .linked_data import LinkedData  # which most experiments need none of

            link = self._link = LinkedData(self)
            self._column.insertWidget(0, link)
            link.came.connect(self._on_came)
            link.edited.connect(self.edited)
            link.changed.connect(self.file_changed)
            link.options_wanted.connect(self.import_wanted)
            link.find_wanted.connect(self.find_wanted)
            link.let_go.connect(self._let_go)
        return self._link

    def _on_came(self) -> None:
        self._show_linked()
        self.reshaped.emit()
        self.edited.emit()

    def _show_linked(self) -> None:
        """Show what was read: the grid draws those rows that are in sight, and copies none."""
        assert self._link is not None
        data = self._link.data
        self._link.setVisible(True)
        self.grid.setVisible(data is not None)
        self.model.set_read_only(True)
        self._set_class_names(None if data is None or data.classes is None else list(data.classes))
        self.model.set_columns(data.source.columns if data is not None and data.source is not None else ())
        chosen = self._chosen
        self._awaited = chosen if data is None else None
        self.model.set_classes(data is not None and data.has_classes)
        self.model.set_table(EMPTY if data is None else Table.of(data.x, data.y, chosen))

    def _unlink(self) -> None:
        self._awaited = None
        if self._link is not None and self._link.is_linked:
            self._link.clear()
            self._link.setVisible(False)
        self.grid.setVisible(True)
        self.model.set_read_only(False)
        self.model.set_columns(())

    def _let_go(self) -> None:
        """Type data in the place of a file's: a small table is there to begin with."""
        from .linked_data import MOST_COPIED

        data = self._link.data if self._link is not None else None
        self._unlink()
        if data is not None and data.x.values.size <= MOST_COPIED:
            x = Matrix(data.x.as_type("float64").reshape(-1), data.x.widths)
            self.model.set_table(Table.of(x, data.y, self.model.table.chosen))
        else:
            self._set_class_names(None)
            self.model.set_table(EMPTY)
        self.edited.emit()

    def take(self, raw: dict[str, Any]) -> None:
        """Take a link that was made, with its data."""
        self._set_linked(raw, (raw.get("test") or {}).get("rows"))
        self._split.set_raw(raw.get("test"))
        self._kind = self._split.kind
        self._set_row_shape(raw.get("shape"))
        self._show_shape()

    def take_copy(self, data: "Data") -> None:
        """Put data into the grid: one change, to be undone as one where the grid was typed before."""
        self._unlink()
        self._set_class_names(None if data.classes is None else list(data.classes))
        self.model.apply(Table.of(data.x, data.y, None))
        split = None if data.test is None else data.test.model_dump(mode="json")
        self._split.set_raw(split)
        self._kind = self._split.kind
        self._show_shape()

    def _set_class_names(self, names: Any) -> None:
        self._class_names = names if isinstance(names, list) else None
        self.model.set_class_names(tuple(map(str, self._class_names or ())))

    # --- data that are made ------------------------------------------------------------------

    def may_replace(self) -> bool:
        """Ask whether what was typed may go; nothing typed, or what was made before, may."""
        if self.model.read_only or not self.model.is_edited or self.model.table is self._made:
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
        self._unlink()
        self._set_class_names(None)
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
