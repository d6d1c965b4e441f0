"""Where training starts and how rows are dealt out: weights, precision, device, batches."""

import secrets
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec import DTYPES
from engine.spec.part import LARGEST_SEED

from .fields.fields import ChoiceBox, IntegerBox, name_field
from .fields.numbers import text_of
from .fields.part import Part, Path

MOST_ROWS = 10**9


class StartForm(Part):
    """Choose a seed for the weights, or given weights, which are kept as they are."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__("start", parent=parent)
        self._weights: dict[str, Any] | None = None
        self._weights_chosen = False
        self._has_data = True
        self._make_start()
        self._make_rest()
        self._lay_out()
        self._show_start()

    def _make_start(self) -> None:
        self._seed = IntegerBox(0, LARGEST_SEED, parent=self)
        self._new_seed = QPushButton(self.tr("New seed"), self)
        self._given = QLabel(self)
        self._given.setWordWrap(True)
        self._switch = QPushButton(self)
        tip = self.tr("Which first weights are drawn, as torch draws them: a whole number from 0 to {last}")
        tip = tip.format(last=LARGEST_SEED)
        name_field(self._seed, "start_seed", self.tr("Seed"), tip)
        name_field(self._new_seed, "start_new_seed", self.tr("New seed"), self.tr("Start from other weights"))
        name_field(self._given, "start_given", self.tr("Given weights"))
        name_field(self._switch, "start_switch", self.tr("Seed or given weights"))
        self._seed.edited.connect(self.edited)
        self._new_seed.clicked.connect(self._draw_seed)
        self._switch.clicked.connect(self._switch_start)

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
        seeded = self._weights is None or not self._weights_chosen
        return {
            "start": {"seed": self._seed.value()} if seeded else {"weights": self._weights},
            "dtype": self._dtype.value(),
            "device": self._device.value(),
            "batch": {
                "size": self._size.value(),
                "shuffle": self._shuffle.isChecked(),
                "seed": self._shuffle_seed.value(),
            },
        }

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
        self._weights_chosen = self._weights is not None
        self._seed.set_value(start.get("seed", 0))
        self._size.set_value(batch.get("size"))
        self._shuffle.setChecked(batch.get("shuffle") is True)
        self._shuffle_seed.set_value(batch.get("seed", 0))
        self._shuffle_seed.setEnabled(self._shuffle.isChecked())
        self._show_start()

    def state(self) -> dict[str, Any]:
        return {
            "start": {"seed": self._seed.value(), "weights": self._weights, "given": self._weights_chosen},
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
        self._weights, self._weights_chosen = start["weights"], start["given"]
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
        """Draw weights in the place of those given, which are of other shapes."""
        if self._weights is not None:
            self._weights_chosen = False
            self._show_start()

    def widget_at(self, path: Path) -> QWidget | None:
        match path:
            case ("start", "seed", *_):
                return self._seed
            case ("start", "weights" | "given", *_):
                return self._switch if path[1] == "given" else self._given
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

    def _switch_start(self) -> None:
        self._weights_chosen = not self._weights_chosen
        self._show_start()
        self.edited.emit()

    def _show_start(self) -> None:
        """Show a seed, unless weights are given; who switches to a seed can switch back."""
        given = self._weights is not None and self._weights_chosen
        self._form.setRowVisible(0, self._has_data and not given)
        self._form.setRowVisible(self._given, self._has_data and given)
        self._form.setRowVisible(self._switch, self._has_data and self._weights is not None)
        self._switch.setText(self.tr("Draw weights from a seed instead") if given else self.tr("Use the given weights"))
        names = ", ".join(text_of(name) for name in self._weights or ())
        self._given.setText(self.tr("Given weights: {names}").format(names=names))
