"""Where training starts and how rows are dealt out: weights, precision, device, batches."""

import secrets
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec import DTYPES
from engine.spec.part import LARGEST_SEED

from .fields.fields import ChoiceBox, IntegerBox, name_field
from .fields.numbers import text_of
from .fields.part import Part, Path
from .files_named import OF_WEIGHTS

if TYPE_CHECKING:
    from .file_start import FileStart

MOST_ROWS = 10**9
FILE_ROW = 2  # behind the seed and the given weights


class StartForm(Part):
    """Choose a seed for the weights, a file that has them, or given weights, which are kept as they are.

    A file that is dropped here is taken.
    """

    file_news = Signal(object)  # a FileNews

    def __init__(self, parent: QWidget | None = None):
        super().__init__("start", parent=parent)
        self._weights: dict[str, Any] | None = None
        self._chosen = "seed"  # or "weights", or "file"
        self._has_data = True
        self.placed: Callable[[FilePath], str] = str  # names a file as the experiment does
        self.located: Callable[[str], FilePath] = FilePath  # returns where it lies
        self.setAcceptDrops(True)
        self._make_start()
        self._make_rest()
        self._lay_out()
        self._show_start()

    def _make_start(self) -> None:
        self._seed = IntegerBox(0, LARGEST_SEED, parent=self)
        self._new_seed = QPushButton(self.tr("New seed"), self)
        self._given = QLabel(self)
        self._given.setWordWrap(True)
        self._file: FileStart | None = None  # made when one is chosen first
        self._from_file = QPushButton(self.tr("From a file…"), self)
        self._switch = QPushButton(self)
        tip = self.tr("Which first weights are drawn, as torch draws them: a whole number from 0 to {last}")
        tip = tip.format(last=LARGEST_SEED)
        name_field(self._seed, "start_seed", self.tr("Seed"), tip)
        name_field(self._new_seed, "start_new_seed", self.tr("New seed"), self.tr("Start from other weights"))
        tips = self.tr(
            "Start from weights in an .npz, a .safetensors or a state_dict of torch’s; it may be dropped here"
        )
        name_field(self._from_file, "start_from_file", self.tr("From a file…"), tips)
        name_field(self._given, "start_given", self.tr("Given weights"))
        name_field(self._switch, "start_switch", self.tr("Seed or given weights"))
        self._seed.edited.connect(self.edited)
        self._new_seed.clicked.connect(self._draw_seed)
        self._switch.clicked.connect(self._switch_start)
        self._from_file.clicked.connect(self._choose_file)

    def _make_rest(self) -> None:
        self._dtype = ChoiceBox(DTYPES, parent=self)
        self._device = ChoiceBox(("cpu",), parent=self)
        self._size = IntegerBox(1, MOST_ROWS, empty=self.tr("all rows"), parent=self)
        self._shuffle = QCheckBox(self.tr("Shuffle the rows each epoch"), self)
        self._shuffle_seed = IntegerBox(0, LARGEST_SEED, parent=self)
        tips = self.tr("How many digits every number has: about 7 or about 16")
        name_field(self._dtype, "start_dtype", self.tr("Precision"), tips)
        tips = self.tr("Where the torch lanes compute. The DIY lanes are NumPy on the CPU.")
        name_field(self._device, "start_device", self.tr("Device"), tips)
        tips = self.tr("Rows per step. Leave empty to use all rows in each step.")
        name_field(self._size, "batch_size", self.tr("Batch size"), tips)
        tips = self.tr("Deal the rows out in another order each time through the data")
        name_field(self._shuffle, "batch_shuffle", self.tr("Shuffle"), tips)
        tips = self.tr("Which orders are drawn: a whole number from 0 to {last}").format(last=LARGEST_SEED)
        name_field(self._shuffle_seed, "batch_seed", self.tr("Shuffle seed"), tips)
        for field in (self._dtype, self._device, self._size, self._shuffle_seed):
            field.edited.connect(self.edited)
        self._shuffle.clicked.connect(self._on_shuffle)

    def _lay_out(self) -> None:
        seed = QHBoxLayout()
        seed.addWidget(self._seed, 1)
        seed.addWidget(self._new_seed)
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Seed"), seed)
        form.addRow(self._given)
        form.addRow(self._from_file)
        form.addRow(self._switch)
        form.addRow(self.tr("Precision"), self._dtype)
        form.addRow(self.tr("Device"), self._device)
        form.addRow(self.tr("Batch size"), self._size)
        form.addRow(self._shuffle)
        form.addRow(self.tr("Shuffle seed"), self._shuffle_seed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.message)
        self.set_devices(("cpu",))

    def set_has_data(self, has_data: bool) -> None:
        """Offer all, or precision and device alone: a test function has its own start, and no rows to deal out."""
        self._has_data = has_data
        for field in (self._size, self._shuffle, self._shuffle_seed):
            self._form.setRowVisible(field, has_data)
        self._show_start()

    def set_devices(self, devices: tuple[str, ...]) -> None:
        self._device.set_names(devices)
        self._device.setEnabled(self._device.count() > 1)

    def raw(self) -> dict[str, Any]:
        if not self._has_data:
            return {"dtype": self._dtype.value(), "device": self._device.value()}
        return {
            "start": self._raw_start(),
            "dtype": self._dtype.value(),
            "device": self._device.value(),
            "batch": {
                "size": self._size.value(),
                "shuffle": self._shuffle.isChecked(),
                "seed": self._shuffle_seed.value(),
            },
        }

    def _raw_start(self) -> dict[str, Any]:
        if self._chosen == "file" and self._file is not None:
            return self._file.raw()
        return {"weights": self._weights} if self._chosen == "weights" else {"seed": self._seed.value()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        """Fill the form in. What a test function has no place for stays as it was typed."""
        self._dtype.set_value(raw.get("dtype", DTYPES[0]))
        self._device.set_value(raw.get("device", "cpu"))
        self._device.setEnabled(self._device.count() > 1)
        if self._has_data:
            self._set_raw_of_network(raw)

    def _set_raw_of_network(self, raw: dict[str, Any]) -> None:
        start, batch = (part if isinstance(part, dict) else {} for part in (raw.get("start"), raw.get("batch")))
        weights = start.get("weights")
        self._weights = weights if isinstance(weights, dict) else None
        self._chosen = "file" if "file" in start else "seed" if self._weights is None else "weights"
        if "file" in start or self._file is not None:
            self._file_form().set_raw(start if "file" in start else {})
        self._seed.set_value(start.get("seed", 0))
        self._size.set_value(batch.get("size"))
        self._shuffle.setChecked(batch.get("shuffle") is True)
        self._shuffle_seed.set_value(batch.get("seed", 0))
        self._shuffle_seed.setEnabled(self._shuffle.isChecked())
        self._show_start()

    def state(self) -> dict[str, Any]:
        file = None if self._file is None or not self._file.file else self._file.raw()
        return {
            "start": {"seed": self._seed.value(), "weights": self._weights, "given": self._chosen, "file": file},
            "dtype": self._dtype.value(),
            "device": self._device.value(),
            "batch": {
                "size": self._size.value(),
                "shuffle": self._shuffle.isChecked(),
                "seed": self._shuffle_seed.value(),
            },
        }

    def set_state(self, state: dict[str, Any]) -> None:
        start, batch = state["start"], state["batch"]
        self._weights, self._chosen = start["weights"], start["given"]
        if self._file is not None or start["file"] is not None:
            self._file_form().become(start["file"] or {})
        for field, value in (
            *((self._seed, start["seed"]), (self._dtype, state["dtype"]), (self._device, state["device"])),
            *((self._size, batch["size"]), (self._shuffle_seed, batch["seed"])),
        ):
            if field.value() != value:
                field.set_value(value)
        self._shuffle.setChecked(batch["shuffle"])
        self._shuffle_seed.setEnabled(batch["shuffle"])
        self._show_start()

    def set_batch(self, size: int) -> None:
        """Have rows dealt out in shuffled batches of that size, unless there are batches already."""
        if self._size.value() is None:
            self._size.set_value(size)
            self._shuffle.setChecked(True)
            self._shuffle_seed.setEnabled(True)

    def take_seed(self) -> None:
        """Draw weights in the place of those given, or of a file's, which are of other shapes."""
        self._chosen = "seed"
        self._show_start()

    def widget_at(self, path: Path) -> QWidget | None:
        match path:
            case ("start", "seed", *_):
                return self._seed
            case ("start", "weights" | "given", *_):
                return self._switch if path[1] == "given" else self._given
            case ("start", "file", "by" | "lane" as name):  # of a state
                return self._file.widget_at(name) if self._file is not None else self._from_file
            case ("start", "file" | "by" | "lane" | "sha256" as name, *_):
                return self._file.widget_at(name) if self._file is not None else self._from_file
            case ("dtype" | "device" as name, *_):
                return self._dtype if name == "dtype" else self._device
            case ("batch", "size" | "shuffle" | "seed" as name, *_):
                return {"size": self._size, "shuffle": self._shuffle, "seed": self._shuffle_seed}[name]
        return None

    def _draw_seed(self) -> None:
        self._seed.set_value(secrets.randbelow(LARGEST_SEED + 1))
        self.edited.emit()

    def _on_shuffle(self) -> None:
        self._shuffle_seed.setEnabled(self._shuffle.isChecked())
        self.edited.emit()

    # --- a file -------------------------------------------------------------------------------

    def _file_form(self) -> "FileStart":
        if self._file is None:
            from .file_start import FileStart  # which few need

            self._file = FileStart(self, lambda file: self.placed(file), lambda file: self.located(file))
            self._file.edited.connect(self.edited)
            self._file.news.connect(self.file_news)
            self._form.insertRow(FILE_ROW, self._file)
            for first, second in pairwise([self._new_seed, *self._file.stops(), self._from_file]):
                QWidget.setTabOrder(first, second)
        return self._file

    def move_files(self, moved: Callable[[str], str]) -> None:
        """Name the file otherwise, as the experiment is going to lie elsewhere."""
        if self._file is not None:
            self._file.rename(moved)

    def take_file(self, file: FilePath) -> None:
        """Start from the weights in a file."""
        self._file_form().take(file)
        self._chosen = "file"
        self._show_start()
        self.edited.emit()

    def _choose_file(self) -> None:
        if (file := self._file_form().ask()) is not None:
            self.take_file(file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._has_data and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._has_data and (file := _dropped(event)) is not None:
            event.acceptProposedAction()
            self.take_file(file)

    def _switch_start(self) -> None:
        other = "weights" if self._weights is not None else "file"
        self._chosen = other if self._chosen == "seed" else "seed"
        self._show_start()
        self.edited.emit()

    def _show_start(self) -> None:
        """Show a seed, unless weights are given; who switches to a seed can switch back."""
        shown, has_other = self._chosen, self._weights is not None or (self._file is not None and bool(self._file.file))
        self._form.setRowVisible(0, self._has_data and shown == "seed")
        self._form.setRowVisible(self._given, self._has_data and shown == "weights")
        if self._file is not None:
            self._form.setRowVisible(self._file, self._has_data and shown == "file")
            self._file.watch(self._has_data and shown == "file")
        self._form.setRowVisible(self._from_file, self._has_data)
        self._form.setRowVisible(self._switch, self._has_data and (shown != "seed" or has_other))
        back = self.tr("Use the given weights") if self._weights is not None else self.tr("Use the weights in the file")
        self._switch.setText(self.tr("Draw weights from a seed instead") if shown != "seed" else back)
        self._from_file.setText(self.tr("Another file…") if shown == "file" else self.tr("From a file…"))
        names = ", ".join(text_of(name) for name in self._weights or ())
        self._given.setText(self.tr("Given weights: {names}").format(names=names))


def _dropped(event: QDropEvent) -> FilePath | None:
    """Return the file that is dragged here, if it may hold weights."""
    files = [FilePath(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() in OF_WEIGHTS else None
