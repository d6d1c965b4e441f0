"""Asks how data are to be taken from a file, with its first rows, and reads it beside the window."""

from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.spec import DataFile, Linked, Matrix, check_part, target_of
from engine.spec.data import Data
from engine.spec.data_file import SUFFIXES
from engine.spec.tables import Preview, TableRead
from gui.files.table_reader import Refusal
from gui.files.table_reading import TableReading, reading_of_preview, reading_of_table
from gui.look.own_sheets import redden
from gui.look.text_size import scaled
from gui.look.theme import Theme
from gui.look.wording import fault_sentence

from ..fields.fields import name_field
from ..linked_data import MOST_COPIED
from ..own.door import placed
from .options import DialectOptions, TakingOptions
from .roles import ColumnsModel, RowsModel

SIZE = (880, 560)
FAULTS_SHOWN = 20
MANY = 20  # columns that are not listed one by one where they are all but y's
FULL_BATCH = 4000  # rows, above which batches are suggested
BATCH = 64
SOON = 150  # ms after which another way to read is looked at

translate = QCoreApplication.translate


class Taken(NamedTuple):
    """Hold imported data, and the experiment's ``raw`` of them; ``is_copy``: it is to hold them itself.

    ``units``: of the last layer, with the loss; None where the network is to stay. ``batch``: the batches' size, None
    where that is to stay.
    """

    raw: dict[str, Any]
    data: Data
    is_copy: bool
    loss: str
    units: int | None
    batch: int | None


def ask_for_file(parent: QWidget) -> Path | None:
    """Ask for a file of data."""
    kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    filters = translate("Importer", "Data ({kinds});;All files (*)").format(kinds=kinds)
    name, _ = QFileDialog.getOpenFileName(parent.window(), translate("Importer", "Import data"), "", filters)
    return Path(name) if name else None


class Importer(QDialog):
    """Ask, and read. ``taken`` carries what came of it; after Cancel all is as it was."""

    taken = Signal(object)

    def __init__(self, file: Path, folder: Path | None, loss: str, link: dict[str, Any] | None, parent: QWidget):
        """``folder``: to which the path is to be relative; ``link``: how the same file was read before."""
        super().__init__(parent)
        self.setObjectName("importer")
        self.setWindowTitle(self.tr("Import data: {file}").format(file=file.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._file, self._folder, self._loss, self._link = file, folder, loss, link
        self._preview: Preview | None = None
        self._reading: TableReading | None = None
        self._takes = False  # whether what is read are the data, and not their first rows
        self._columns = ColumnsModel(self)
        self._rows = RowsModel(self._columns, self)
        self._dialect, self._options = DialectOptions(self), TakingOptions(self)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._look)
        self._make_views()
        self._lay_out()
        self._dialect.edited.connect(self._soon.start)
        self._columns.changed.connect(self._show_choices)
        self._options.edited.connect(self._show_choices)
        self.finished.connect(lambda _: self._stop())
        if link is not None:
            self._dialect.take(link)
            self._options.take(link)
        self._show_choices()
        QTimer.singleShot(0, self, self._look)

    # --- making ----------------------------------------------------------------------------------

    def _make_views(self) -> None:
        self._list = QTableView(self)
        name_field(self._list, "import_columns", self.tr("Columns"), self.tr("What each column of the file is"))
        self._list.setModel(self._columns)
        self._list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._list.verticalHeader().hide()
        self._list.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._list.horizontalHeader().setStretchLastSection(True)
        self._list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._list.setColumnWidth(0, scaled(40))
        self._list.setTabKeyNavigation(False)
        self._table = QTableView(self)
        name_field(self._table, "import_rows", self.tr("The first rows"), self.tr("The file's first rows"))
        self._table.setModel(self._rows)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._table.horizontalHeader().setDefaultSectionSize(scaled(86))
        self._table.setTabKeyNavigation(False)
        self._about = QLabel(self)
        self._about.setObjectName("import_about")
        self._about.setWordWrap(True)
        self._message = QLabel(self)
        self._message.setObjectName("import_message")
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        redden(self._message)
        self._message.hide()
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        name_field(self._bar, "import_progress", self.tr("How far the file is read"))
        self._bar.hide()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(self)
        self._take = buttons.addButton(self.tr("&Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        name_field(self._take, "import_take", self.tr("Import"))
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("import_cancel")
        self._take.setDefault(True)
        buttons.accepted.connect(self._on_take)
        buttons.rejected.connect(self.reject)
        left = QVBoxLayout()
        left.addWidget(self._dialect)
        left.addWidget(self._list, 1)
        left.addLayout(self._kind_buttons())
        right = QVBoxLayout()
        right.addWidget(self._about)
        right.addWidget(self._table, 1)
        right.addWidget(self._options)
        beside = QHBoxLayout()
        beside.addLayout(left, 2)
        beside.addLayout(right, 5)
        column = QVBoxLayout(self)
        column.addLayout(beside, 1)
        column.addWidget(self._message)
        column.addWidget(self._bar)
        column.addWidget(buttons)
        self.resize(scaled(SIZE[0]), scaled(SIZE[1]))

    def _kind_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for title, name, kind, tip in (
            (self.tr("Inputs x"), "import_as_x", "x", self.tr("Take the selected columns as inputs")),
            (self.tr("Targets y"), "import_as_y", "y", self.tr("Take the selected columns as targets")),
            (self.tr("Leave out"), "import_as_none", "", self.tr("Do without the selected columns")),
        ):
            button = QPushButton(title, self)
            name_field(button, name, title, tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, kind=kind: self._set_kind(kind))
            row.addWidget(button)
        return row

    def set_theme(self, theme: Theme) -> None:
        self._rows.set_theme(theme)

    def _set_kind(self, kind: Any) -> None:
        chosen = self._list.selectionModel().selectedRows() or [self._list.currentIndex()]
        self._columns.set_kind([index.row() for index in chosen if index.isValid()], kind)

    # --- the first rows --------------------------------------------------------------------------

    def _look(self) -> None:
        """Look into the file, as it is to be read."""
        self._stop()
        asked = DataFile(file=str(self._file), y=(0,), **self._dialect.asked())
        self._begin(reading_of_preview(self._file, asked, self), takes=False)
        self._about.setText(self.tr("Looking into {file}…").format(file=self._file.name))

    def _begin(self, reading: TableReading, *, takes: bool) -> None:
        self._reading, self._takes = reading, takes
        reading.progress.connect(lambda share: self._bar.setValue(round(1000 * share)))
        reading.done.connect(self._on_done)
        self._bar.setValue(0)
        self._bar.setVisible(takes)
        self._show_choices()

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading.deleteLater()
            self._reading = None
        self._bar.hide()

    def _on_done(self, came: Preview | TableRead | Refusal) -> None:
        takes = self._takes
        self._stop()
        self._say("")
        if isinstance(came, Refusal):
            self._refuse(came)
            if not takes:
                self._show_preview(None)
        elif isinstance(came, Preview):
            self._show_preview(came)
        else:
            self._finish(came)
        self._show_choices()

    def _show_preview(self, preview: Preview | None) -> None:
        self._preview = preview
        self._rows.show_rows(preview)
        if preview is None:
            self._about.setText("")
            return
        is_first = not self._columns.rowCount()
        self._columns.show_columns(preview)
        if is_first and self._link is not None:
            self._columns.take(*self._linked_places(preview))
        elif is_first:
            self._options.suggest(preview, self._columns.places("y"))
        self._dialect.show_found(preview.dialect)
        text = self.tr("{file}: {columns} columns, {size}. The first rows:")
        kilobytes = f"{max(preview.size // 1000, 1):,} kB"
        self._about.setText(text.format(file=self._file.name, columns=f"{len(preview.names):,}", size=kilobytes))

    def _linked_places(self, preview: Preview) -> tuple[list[int], list[int]]:
        assert self._link is not None
        places: dict[Any, int] = {name: place for place, name in enumerate(preview.names)}
        x, y = (
            [places[one] if one in places else int(one) for one in self._link.get(part) or ()] for part in ("x", "y")
        )
        return x or [place for place in range(len(preview.names)) if place not in y], y

    # --- what is chosen --------------------------------------------------------------------------

    def _show_choices(self) -> None:
        """Offer what can be done with what is chosen."""
        y = self._columns.places("y")
        ready = self._preview is not None and bool(y) and bool(self._columns.places("x"))
        self._options.show_targets(len(y), self._preview.size if self._preview is not None else 0)
        busy = self._reading is not None
        self._take.setEnabled(ready and not busy)
        for part in (self._list, self._options, self._dialect):
            part.setEnabled(not (busy and self._takes))

    def _raw(self) -> dict[str, Any]:
        assert self._preview is not None
        names, x, y = self._preview.names, self._columns.places("x"), self._columns.places("y")
        by_name = self._preview.dialect is None or self._preview.dialect.header
        by_name = by_name and len(set(names)) == len(names) and all(names)
        if self._file.suffix.lower() == ".npy":
            by_name = False
        chosen = {"x": x, "y": y}
        columns = {part: [names[at] if by_name else at for at in places] for part, places in chosen.items()}
        if len(x) > MANY and len(x) + len(y) == len(names):
            del columns["x"]
        settled = {} if self._preview.dialect is None else self._dialect.settled(self._preview.dialect)
        return {"file": placed(self._file, self._folder), **columns, **settled, **self._options.raw()}

    def _on_take(self) -> None:
        if self._preview is None or self._reading is not None:
            return
        self._say("")
        raw = self._raw()
        if faults := check_part("data", Linked(raw, ()))[1]:
            self._refuse(Refusal(tuple(faults), len(faults)))
            return
        self._begin(reading_of_table(self._file, DataFile.model_validate(raw), self), takes=True)

    def _finish(self, read: TableRead) -> None:
        data, raw = read.data, self._raw() | {"sha256": read.sha256}
        if data.classes is not None:
            raw["classes"] = list(data.classes)
        fits, rows = self._options.fits, len(data.x)
        is_copy = self._options.is_copy and data.x.values.size <= MOST_COPIED
        loss, units = self._end_of(data)
        batch = BATCH if fits and rows > FULL_BATCH else None
        self.taken.emit(Taken(raw, data, is_copy, loss, units if fits else None, batch))
        self.accept()

    def _end_of(self, data: Data) -> tuple[str, int]:
        """Return the loss and the last layer's units that suit the targets."""
        if data.has_classes:
            loss = self._loss if target_of(self._loss) == "classes" else "cross_entropy"
            return loss, max(len(data.classes or ()), 2)
        loss = self._loss if target_of(self._loss) == "numbers" else "mse"
        return loss, data.y.columns if isinstance(data.y, Matrix) else 1

    # --- what is said ----------------------------------------------------------------------------

    def _refuse(self, refusal: Refusal) -> None:
        lines = ["• " + fault_sentence(fault, 1) for fault in refusal.faults[:FAULTS_SHOWN]]
        if refusal.number > len(lines):
            lines.append(self.tr("… and {count} more").format(count=f"{refusal.number - len(lines):,}"))
        self._say("\n".join(lines))

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def reject(self) -> None:
        """Give up the reading where one is under way, else close."""
        if self._reading is not None and self._takes:
            self._stop()
            self._show_choices()
        else:
            super().reject()
