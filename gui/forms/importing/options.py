"""The fields of an import: how a text file is written, and what becomes of what is taken."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QGridLayout, QRadioButton, QWidget

from engine.spec import DECIMALS, ENCODINGS, SEPARATORS
from engine.spec.tables import Dialect, Preview

from ..fields.fields import name_field
from ..fields.number_box import NumberBox
from ..fields.numbers import number
from ..split_form import SHARE

SMALL, LARGE = 20_000, 1_000_000  # bytes: below, a copy is suggested; above, there is none
translate = QCoreApplication.translate


def separator_title(separator: str) -> str:
    titles = {
        ",": translate("Importer", "comma ,"),
        ";": translate("Importer", "semicolon ;"),
        "\t": translate("Importer", "tab"),
        "|": translate("Importer", "bar |"),
        " ": translate("Importer", "blanks"),
    }
    return titles[separator]


def decimal_title(decimal: str) -> str:
    return translate("Importer", "point 1.5") if decimal == "." else translate("Importer", "comma 1,5")


class DialectOptions(QWidget):
    """Edit separator, decimal mark, encoding and header; what nobody has chosen is found out. ``edited``: chosen."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._chosen: dict[str, Any] = {}
        self._header = QCheckBox(self.tr("The first row names the columns"), self)
        name_field(self._header, "import_header", self.tr("Header"), self.tr("Whether the first row is no data"))
        self._boxes: dict[str, QComboBox] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self._header)
        for name, title, values, titles in (
            ("separator", self.tr("Separator"), SEPARATORS, separator_title),
            ("decimal", self.tr("Decimal mark"), DECIMALS, decimal_title),
            ("encoding", self.tr("Encoding"), ENCODINGS, str),
        ):
            box = self._boxes[name] = QComboBox(self)
            for value in values:
                box.addItem(titles(value), value)
            name_field(box, f"import_{name}", title, title)
            form.addRow(title, box)
            box.activated.connect(lambda _, name=name, box=box: self._choose(name, box.currentData()))
        self._header.clicked.connect(lambda on: self._choose("header", on))

    def _choose(self, name: str, value: Any) -> None:
        self._chosen[name] = value
        self.edited.emit()

    def asked(self) -> dict[str, Any]:
        """Return what a person has chosen."""
        return dict(self._chosen)

    def take(self, link: dict[str, Any]) -> None:
        """Take what was chosen at another time."""
        self._chosen = {name: link[name] for name in ("header", *self._boxes) if link.get(name) is not None}

    def show_found(self, dialect: Dialect | None) -> None:
        """Show how the file is read; NumPy's own needs none of this."""
        self.setVisible(dialect is not None)
        if dialect is not None:
            self._header.setChecked(dialect.header)
            for name, box in self._boxes.items():
                box.setCurrentIndex(box.findData(getattr(dialect, name)))

    def settled(self, dialect: Dialect) -> dict[str, Any]:
        """Return all of it as the experiment has it."""
        found = {"header": dialect.header, "separator": dialect.separator, "decimal": dialect.decimal}
        return found if dialect.encoding == "utf-8" else {**found, "encoding": dialect.encoding}


class TakingOptions(QWidget):
    """Edit what becomes of the columns that are taken. ``edited``: a person changed something."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._classes = self._box(
            "classes", self.tr("y names classes"), self.tr("Cells of y are names, or numbers that stand for classes")
        )
        self._standard = self._box(
            "standardize",
            self.tr("Standardise x"),
            self.tr("Each column less its mean, divided by its standard deviation, of the rows that train"),
        )
        self._tests = self._box("test", self.tr("Share of test rows"), self.tr("Keep rows that train nothing"))
        self._share = NumberBox(SHARE, lambda value: 0 < value < 1, self)
        name_field(self._share, "import_share", self.tr("Share"), self.tr("Above 0, below 1"))
        self._share.set_value(SHARE)
        self._share.setEnabled(False)
        self._tests.toggled.connect(self._share.setEnabled)
        self._fits = self._box(
            "fits", self.tr("Fit loss, last layer and batches"), self.tr("So that it can be trained at once")
        )
        self._fits.setChecked(True)
        self._link, self._copy = (
            QRadioButton(self.tr("Read from the file"), self),
            QRadioButton(self.tr("Copy into the experiment"), self),
        )
        tip = self.tr("The experiment names the file, and holds none of its numbers")
        name_field(self._link, "import_link", self.tr("Read from the file"), tip)
        tip = self.tr("For small tables: the numbers stand in the experiment, and can be typed over")
        name_field(self._copy, "import_copy", self.tr("Copy into the experiment"), tip)
        self._link.setChecked(True)
        self._share.textChanged.connect(lambda _: self.edited.emit())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, part in enumerate(
            (self._classes, self._standard, self._tests, self._share, self._link, self._copy, self._fits)
        ):
            grid.addWidget(part, place // 2, place % 2)

    def _box(self, name: str, title: str, tip: str) -> QCheckBox:
        box = QCheckBox(title, self)
        name_field(box, f"import_{name}", title, tip)
        box.clicked.connect(lambda: self.edited.emit())
        return box

    def suggest(self, preview: Preview, targets: list[int]) -> None:
        """Offer what suits a file's first rows."""
        self._classes.setChecked(bool(targets) and targets[0] in preview.words)
        self._copy.setChecked(preview.size <= SMALL)

    def take(self, link: dict[str, Any]) -> None:
        """Take what was chosen at another time."""
        self._classes.setChecked(bool(link.get("classes")))
        self._standard.setChecked(bool(link.get("standardize")))
        test = link.get("test")
        share = test.get("share") if isinstance(test, dict) else None
        self._tests.setChecked(share is not None)
        if share is not None:
            self._share.set_value(share)

    def show_targets(self, count: int, size: int) -> None:
        """Offer what goes with so many columns of y, and a file of so many bytes."""
        self._classes.setEnabled(count == 1)
        if count != 1:
            self._classes.setChecked(False)
        self._copy.setEnabled(size <= LARGE)
        if size > LARGE:
            self._link.setChecked(True)

    @property
    def is_copy(self) -> bool:
        return self._copy.isChecked()

    @property
    def fits(self) -> bool:
        return self._fits.isChecked()

    def raw(self) -> dict[str, Any]:
        """Return what of it stands in the experiment."""
        found: dict[str, Any] = {}
        if self._classes.isChecked():
            found["classes"] = True
        if self._standard.isChecked():
            found["standardize"] = True
        if self._tests.isChecked():
            found["test"] = {"share": number(self._share.text()), "seed": 0}
        return found
