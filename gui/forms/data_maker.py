"""Data by a formula: which, how many rows, how much noise, which seed, with a picture of what would be made."""

from typing import NamedTuple

from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from engine.spec import loss_names, target_of
from engine.spec.data_makers import MAKERS, MOST_MADE, MOST_NOISE, MadeData, make_data
from engine.spec.part import LARGEST_SEED
from gui.look.own_sheets import mute
from gui.look.theme import Theme
from gui.look.wording import choice_title

from .data_preview import DataPreview
from .fields.fields import ChoiceBox, IntegerBox, mark, name_field
from .fields.number_box import NumberBox
from .fields.numbers import number

ROWS = 200
LONGEST = 20  # letters of a kind of data, about
FOR_CLASSES = ("cross_entropy", "bce")
UNITS = {"cross_entropy": 2}  # of the last layer; one for every other loss

translate = QCoreApplication.translate


class Wanted(NamedTuple):
    """Hold data to be put into the grid, and the loss that they are for.

    ``units``: of the last layer, which is to fit; None where the network is to stay as it is.
    """

    x: Array
    y: Array
    loss: str
    units: int | None


def maker_title(name: str) -> str:
    """Return what a person calls the data of a maker."""
    titles = {
        "circle": translate("DataMaker", "Circle (2 classes)"),
        "exclusive_or": translate("DataMaker", "Exclusive or (2 classes)"),
        "two_moons": translate("DataMaker", "Two moons (2 classes)"),
        "spiral": translate("DataMaker", "Spiral (2 classes)"),
        "gaussians": translate("DataMaker", "Gaussians (2 classes)"),
        "sine": translate("DataMaker", "Sine (a number)"),
        "plane": translate("DataMaker", "Plane (a number)"),
    }
    return titles.get(name, name)


class DataMaker(QDialog):
    """Ask what is to be made. ``made`` carries it as ``Wanted``; the dialog stays, to make something else."""

    made = Signal(object)

    def __init__(self, loss: str, theme: Theme, parent: QWidget | None = None):
        """``loss``: the network's, which stays where the targets suit it."""
        super().__init__(parent)
        self._loss = loss
        self.setObjectName("data_maker")
        self.setWindowTitle(self.tr("Make data"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._preview = DataPreview(theme)
        self._make_fields()
        self._lay_out()
        self._on_kind()

    def _make_fields(self) -> None:
        self._kind = ChoiceBox(tuple(MAKERS), maker_title, self)
        name_field(self._kind, "maker_kind", self.tr("Data"), self.tr("The formula that the rows follow"))
        self._kind.setMinimumContentsLength(LONGEST)
        self._rows = IntegerBox(1, MOST_MADE, parent=self)
        self._rows.set_value(ROWS)
        tip = self.tr("How many rows are made: from 1 to {last}").format(last=f"{MOST_MADE:,}")
        name_field(self._rows, "maker_rows", self.tr("Rows"), tip)
        self._noise = NumberBox(0.1, lambda value: 0 <= value <= MOST_NOISE, self)
        tip = self.tr("How far rows lie off the formula: the standard deviation of what is added to each number")
        name_field(self._noise, "maker_noise", self.tr("Noise"), tip)
        self._seed = IntegerBox(0, LARGEST_SEED, parent=self)
        self._seed.set_value(0)
        tip = self.tr("Which rows are drawn: the same seed makes the same rows")
        name_field(self._seed, "maker_seed", self.tr("Seed"), tip)
        self._for = ChoiceBox((), choice_title, self)
        tip = self.tr("The loss that the targets are made for: class numbers, or 0 and 1, or numbers to come near to")
        name_field(self._for, "maker_loss", self.tr("For the loss"), tip)
        self._fits = QCheckBox(self)
        self._fits.setChecked(True)
        name_field(
            self._fits, "maker_fits", self.tr("Fit the network's end"), self.tr("So that it can be trained at once")
        )
        self._kind.edited.connect(self._on_kind)
        self._for.edited.connect(self._show)
        self._seed.edited.connect(self._show)
        self._rows.edited.connect(self._show)
        self._noise.textChanged.connect(self._show)

    def _lay_out(self) -> None:
        form = QFormLayout()
        for title, field in (
            (self.tr("Data"), self._kind),
            (self.tr("Rows"), self._rows),
            (self.tr("Noise"), self._noise),
            (self.tr("Seed"), self._seed),
            (self.tr("For the loss"), self._for),
        ):
            form.addRow(title, field)
        beside = QHBoxLayout()
        beside.addLayout(form, 1)
        beside.addWidget(self._preview)
        note = QLabel(self.tr("What is made replaces the data in the grid; Ctrl+Z brings them back."))
        mute(note)
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._make = buttons.addButton(self.tr("&Make"), QDialogButtonBox.ButtonRole.ApplyRole)
        name_field(self._make, "maker_make", self.tr("Make the data"))
        self._make.setDefault(True)
        self._make.clicked.connect(self._on_make)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        for part in (self._fits, note, buttons):
            if part is self._fits:
                column.addLayout(beside)
            column.addWidget(part)

    # --- what is chosen ----------------------------------------------------------------------

    def _on_kind(self) -> None:
        """Offer the noise and the losses that suit the maker; the network's own loss first."""
        maker = MAKERS[self._kind.value()]
        self._noise.set_value(maker.noise)
        losses = FOR_CLASSES
        if maker.target == "numbers":
            losses = tuple(name for name in loss_names() if target_of(name) == "numbers")
        self._for.clear()
        self._for.set_names(losses)
        self._for.set_value(self._loss if self._loss in losses else losses[0])
        self._show()

    def _settings(self) -> tuple[int, float, int] | None:
        """Return rows, noise and seed; None where one is not sound, which is then marked."""
        rows, noise, seed = self._rows.value(), number(self._noise.text()), self._seed.value()
        sound = {
            self._rows: isinstance(rows, int) and 1 <= rows <= MOST_MADE,
            self._noise: isinstance(noise, int | float) and 0 <= noise <= MOST_NOISE,
            self._seed: isinstance(seed, int) and 0 <= seed <= LARGEST_SEED,
        }
        for field, is_sound in sound.items():
            mark(field, [] if is_sound else [self.tr("This is not among what is accepted.")])
        if not all(sound.values()):
            return None
        return int(rows), float(noise), int(seed)  # type: ignore[arg-type]

    def _made(self) -> MadeData | None:
        settings = self._settings()
        return None if settings is None else make_data(self._kind.value(), *settings)

    def _show(self) -> None:
        made, loss = self._made(), str(self._for.value())
        self._preview.show_data(made)
        self._make.setEnabled(made is not None)
        units = UNITS.get(loss, 1)
        text = self.tr("Fit the network's end: {loss}, last layer {units}, identity")
        self._fits.setText(text.format(loss=choice_title(loss), units=units))

    def _on_make(self) -> None:
        made, loss = self._made(), str(self._for.value())
        if made is None:
            return
        y = made.y[:, None].astype(float) if loss == "bce" else made.y
        self.made.emit(Wanted(made.x, y, loss, UNITS.get(loss, 1) if self._fits.isChecked() else None))
