"""Data that a file holds: which file, how far it is read, what is in it; and what can be done about it."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from engine.spec import DataFile, Fault, Linked
from engine.spec.data import Data
from engine.spec.tables import TableRead
from gui.files.table_reader import Refusal
from gui.files.table_reading import TableReading, reading_of_table
from gui.look.own_sheets import mute

from .fields.fields import name_field
from .own.door import placed

SETTLED = 400  # ms in which whoever writes a file has written it
MOST_COPIED = 100_000  # numbers that the experiment holds itself
COLUMNS_TOLD = 30
BESIDES = ("test", "shape")  # fields of other parts of the form


class LinkedData(QWidget):
    """Hold the link. ``came``: data or faults are there, or they are not any more; ``edited``: it says something else.

    ``changed`` carries the file's name and whether it was changed just now; else it was before the experiment was
    opened. ``options_wanted`` carries the file that is to be looked into, ``let_go``: data are typed instead.
    """

    came = Signal()
    edited = Signal()
    changed = Signal(str, bool)
    options_wanted = Signal(object)
    find_wanted = Signal()
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("data_link")
        self.folder: Path | None = None  # that the path is relative to
        self._raw: dict[str, Any] | None = None  # without what is said of test rows and shape
        self._test: Any = None
        self._found: Data | tuple[Fault, ...] | None = None
        self._sha256: str | None = None
        self._told: Linked | None = None
        self._reading: TableReading | None = None
        self._stamp: tuple[int, int] | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED)
        self._watcher.fileChanged.connect(lambda _: self._settling.start())
        self._settling.timeout.connect(self._look)
        self._lay_out()

    def _lay_out(self) -> None:
        self._name, self._about = QLabel(self), QLabel(self)
        self._name.setObjectName("data_file")
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setWordWrap(True)
        self._about.setObjectName("data_file_about")
        mute(self._about)
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        name_field(self._bar, "data_progress", self.tr("How far the file is read"))
        self._cancel = self._button(self.tr("Cancel"), "data_cancel", self.tr("Stop reading the file"), self.cancel)
        self._again = self._button(
            self.tr("Read again"), "data_again", self.tr("Read what the file holds now"), self.read_again
        )
        self._find = self._button(
            self.tr("Find…"), "data_find", self.tr("Say where the file is"), self.find_wanted.emit
        )
        self._options = self._button(
            self.tr("Columns…"), "data_options", self.tr("Choose columns and how the file is read"), self._want_options
        )
        self._let_go = self._button(
            self.tr("Let go"), "data_let_go", self.tr("Type data instead; a small table is copied into the grid"),
            self.let_go.emit,
        )  # fmt: skip
        reading, buttons = QHBoxLayout(), QHBoxLayout()
        for part in (self._bar, self._cancel):
            reading.addWidget(part)
        for part in (self._options, self._again, self._find, self._let_go):
            buttons.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._name)
        column.addWidget(self._about)
        column.addLayout(reading)
        column.addLayout(buttons)

    def _button(self, text: str, name: str, tip: str, act: Any) -> QPushButton:
        button = QPushButton(text, self)
        name_field(button, name, text.rstrip("…"), tip)
        button.clicked.connect(lambda: act())
        return button

    # --- what the experiment has ---------------------------------------------------------------

    @property
    def data(self) -> Data | None:
        """Return the data, where they were read without a fault."""
        return self._found if isinstance(self._found, Data) else None

    @property
    def is_linked(self) -> bool:
        return self._raw is not None

    @property
    def path(self) -> Path | None:
        """Return where the file lies."""
        file = (self._raw or {}).get("file")
        return (self.folder or Path()) / file if isinstance(file, str) else None

    def raw_for_import(self) -> dict[str, Any]:
        """Return how the file is read, with test rows, to be chosen otherwise."""
        return (self._raw or {}) | ({} if self._test is None else {"test": self._test})

    def raw(self, test: Any, shape: Any) -> Linked:
        """Return the experiment's data: the very same object until they are edited or read."""
        wanted = dict(self._raw or {})
        wanted |= {} if shape is None else {"shape": shape}
        wanted |= {} if test is None else {"test": test}
        if self._told is None or dict(self._told) != wanted or self._told.found is not self._found:
            self._told = Linked(wanted, self._found)
        return self._told

    def set_raw(self, raw: Mapping[str, Any]) -> None:
        """Take another link, with what was read of it, or to be read."""
        self.cancel()
        self._raw = {name: value for name, value in raw.items() if name not in BESIDES}
        self._test = raw.get("test")
        self._found = raw.found if isinstance(raw, Linked) and isinstance(raw.found, Data) else None
        self._sha256 = None
        if self._found is None:
            self.read()
        else:
            self._watch()
        self._show()

    def clear(self) -> None:
        """Have no link any more."""
        self.stop()
        self._raw = self._found = self._told = None

    def stop(self) -> None:
        """Stop reading the file and watching it."""
        self.cancel()
        self._settling.stop()
        self._unwatch()

    def set_test(self, test: Any) -> None:
        """Take other test rows: x that is standardised by the others is to be read again."""
        before, self._test = self._test, test
        if self._raw is not None and self._raw.get("standardize") and before != test:
            self.read()

    def move_to(self, folder: Path | None) -> None:
        """Have the path be relative to where the experiment is going to lie."""
        path, self.folder = self.path, folder
        if self._raw is not None and path is not None:
            self._raw = self._raw | {"file": placed(path, folder)}
            self._show()

    def found_at(self, path: Path) -> None:
        """Read another file in the place of one that is not there."""
        if self._raw is not None:
            self._raw = self._raw | {"file": placed(path, self.folder)}
            self.read()
            self.edited.emit()

    def take_as_it_is(self) -> None:
        """Keep the hash of what the file holds now."""
        if self._raw is not None and self._sha256 is not None:
            self._raw = self._raw | {"sha256": self._sha256}
            self.edited.emit()

    # --- reading -------------------------------------------------------------------------------

    def read(self) -> None:
        """Begin to read the file; what was read before is of no use by then."""
        self.cancel()
        self._found = None
        path, asked = self.path, self._asked()
        if asked is None or path is None:
            self._found = ()  # the checks say what is wrong with the link itself
            self._show()
            return
        self._stamp = _stamp_of(path)
        reading = self._reading = reading_of_table(path, asked, self)
        reading.progress.connect(self._on_progress)
        reading.done.connect(self._on_done)
        self._bar.setValue(0)
        self._show()

    def read_again(self) -> None:
        """Read what the file holds now, which the person knows to be something else."""
        if self._raw is not None:
            self._raw = {name: value for name, value in self._raw.items() if name != "sha256"}
        self.read()
        self.edited.emit()

    def cancel(self) -> None:
        """Give up what is being read."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading.deleteLater()
            self._reading = None
            self._show()

    def _asked(self) -> DataFile | None:
        test = {} if self._test is None else {"test": self._test}
        try:
            return DataFile.model_validate((self._raw or {}) | test)
        except ValidationError:
            return None

    def _on_progress(self, share: float) -> None:
        self._bar.setValue(round(1000 * share))

    def _on_done(self, read: TableRead | Refusal) -> None:
        if self._reading is not None:
            self._reading.deleteLater()
            self._reading = None
        if isinstance(read, Refusal):
            self._found = read.faults
        else:
            self._found, self._sha256 = read.data, read.sha256
            self._tell_hash(read.sha256)
        self._watch()
        self._show()
        self.came.emit()

    def _tell_hash(self, sha256: str) -> None:
        assert self._raw is not None
        if self._raw.get("sha256") is None:
            return
        if self._raw["sha256"] != sha256:
            self.changed.emit(Path(str(self._raw["file"])).name, False)

    # --- a file that is changed meanwhile --------------------------------------------------------

    def _watch(self) -> None:
        self._unwatch()
        if self.path is not None:
            self._stamp = self._stamp or _stamp_of(self.path)
            self._watcher.addPath(str(self.path))

    def _unwatch(self) -> None:
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())

    def _look(self) -> None:
        """See whether the file holds something else by now."""
        path = self.path
        if path is None or self._reading is not None:
            return
        there = _stamp_of(path)
        self._watcher.addPath(str(path))
        if there is not None and there != self._stamp:
            self._stamp = there
            self.changed.emit(path.name, True)

    # --- what is said ------------------------------------------------------------------------------

    def _want_options(self) -> None:
        self.options_wanted.emit(self.path)

    def _show(self) -> None:
        path, data, reads = self.path, self.data, self._reading is not None
        self._name.setText("" if path is None else path.name)
        self._name.setToolTip("" if path is None else str(path))
        self._bar.setVisible(reads)
        self._cancel.setVisible(reads)
        self._again.setVisible(not reads)
        self._find.setVisible(not reads and path is not None and not path.is_file())
        self._let_go.setVisible(not reads)
        self._options.setEnabled(not reads)
        self._about.setText(self._about_text(data, reads))
        self._about.setToolTip("" if data is None else columns_text(data))

    def _about_text(self, data: Data | None, reads: bool) -> str:
        if reads:
            return self.tr("is being read…")
        if data is None:
            return self.tr("is not read: {reason}").format(
                reason=self.tr("see below") if self._found else self.tr("the reading was stopped")
            )
        text = self.tr("{rows} rows, {inputs} inputs; only read here").format(
            rows=f"{len(data.x):,}", inputs=f"{data.x.columns:,}"
        )
        if data.source is not None and data.source.standard is not None:
            text += self.tr("; x standardised by the rows that train")
        return text


def columns_text(data: Data) -> str:
    """List x's columns, with the numbers by which they are standardised, and the classes."""
    source = data.source
    if source is None:
        return ""
    lines = list(source.columns[:COLUMNS_TOLD])
    if source.standard is not None:
        numbers = zip(lines, source.standard.mean, source.standard.deviation, strict=False)
        lines = [f"{name}: (x − {mean:.6g}) / {deviation:.6g}" for name, mean, deviation in numbers]
    more = ["…"] if len(source.columns) > COLUMNS_TOLD else []
    classes = ", ".join(f"{number} {name}" for number, name in enumerate((data.classes or ())[:COLUMNS_TOLD]))
    return "\n".join([*lines, *more, *([classes] if classes else [])])


def _stamp_of(path: Path) -> tuple[int, int] | None:
    with contextlib.suppress(OSError):
        there = path.stat()
        return there.st_mtime_ns, there.st_size
    return None
