"""Data taken from files in the window: dropped, asked about, read beside it, and trained on."""

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QPushButton, QRadioButton, QTableView, QWidget

from tests.gui.windows import Modifier, Person

IRIS = "width;length;kind\n1,5;2;setosa\n1,7;2,5;virginica\n2,5;3;setosa\n3;1,25;virginica\n"


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def drop(person: Person, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Modifier.NoModifier)
    person.window.dropEvent(event)


def importer(person: Person) -> QDialog:
    person.wait(lambda: person.window.findChild(QDialog, "importer") is not None)
    return person.find(QDialog, "importer")


def look(person: Person) -> QDialog:
    """Wait until the first rows are seen."""
    dialog = importer(person)
    person.wait(dialog.findChild(QPushButton, "import_take").isEnabled)
    return dialog


def take(person: Person) -> None:
    person.click(importer(person).findChild(QPushButton, "import_take"))
    person.wait(lambda: person.window.findChild(QDialog, "importer") is None)


def grid_texts(person: Person, rows: int = 4) -> list[list[str]]:
    model = person.find(QWidget, "data_grid").model()
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(rows)]


def data_of(person: Person) -> Any:
    person.wait(lambda: person.window.session.spec is not None)
    return person.window.session.spec.data


def test_a_dropped_file_is_asked_about_and_trained_on(tiny: Person, tmp_path: Path) -> None:
    drop(tiny, write(tmp_path / "iris.csv", IRIS))
    dialog = look(tiny)
    assert dialog.findChild(QComboBox, "import_separator").currentData() == ";"
    assert dialog.findChild(QComboBox, "import_decimal").currentData() == ","
    assert dialog.findChild(QCheckBox, "import_header").isChecked()
    assert dialog.findChild(QCheckBox, "import_classes").isChecked()
    columns = dialog.findChild(QTableView, "import_columns").model()
    assert [columns.index(row, 0).data() for row in range(3)] == ["x", "x", "y"]
    dialog.findChild(QRadioButton, "import_link").click()
    take(tiny)
    tiny.wait(lambda: tiny.window.form.raw()["data"].get("file") is not None)
    raw = tiny.window.form.raw()
    assert raw["data"] == {
        "file": str(tmp_path / "iris.csv"),
        "x": ["width", "length"],
        "y": ["kind"],
        "header": True,
        "separator": ";",
        "decimal": ",",
        "classes": ["setosa", "virginica"],
        "sha256": raw["data"]["sha256"],
    }
    assert raw["network"]["loss"] == "cross_entropy"
    assert raw["network"]["layers"][-1]["units"] == 2
    assert grid_texts(tiny)[0] == ["1.5", "2", "0 setosa"]
    np.testing.assert_array_equal(data_of(tiny).x.array, [[1.5, 2], [1.7, 2.5], [2.5, 3], [3, 1.25]])


def test_a_small_table_is_copied_with_its_class_names(tiny: Person, tmp_path: Path) -> None:
    drop(tiny, write(tmp_path / "iris.csv", IRIS))
    assert look(tiny).findChild(QRadioButton, "import_copy").isChecked()
    take(tiny)
    raw = tiny.window.form.raw()["data"]
    assert raw == {
        "x": [[1.5, 2], [1.7, 2.5], [2.5, 3], [3, 1.25]],
        "y": [0, 1, 0, 1],
        "classes": ["setosa", "virginica"],
    }
    assert grid_texts(tiny)[1] == ["1.7", "2.5", "1 virginica"]
