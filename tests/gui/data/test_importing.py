"""Data taken from files in the window: dropped, asked about, read beside it, and trained on."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QTableView,
    QWidget,
)

from tests.gui.tiny_engine import TINY
from tests.gui.windows import Desk, Key, Modifier, Person

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
        "file": "iris.csv",  # beside the experiment
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
    assert grid_texts(tiny)[0] == ["1.5", "2", "setosa"]
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


def columns(dialog: QDialog) -> list[str]:
    model = dialog.findChild(QTableView, "import_columns").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_what_was_found_out_can_be_chosen_otherwise(tiny: Person, tmp_path: Path) -> None:
    drop(tiny, write(tmp_path / "numbers.csv", "1,2,7\n3,4,8\n5,6,9\n"))
    dialog = look(tiny)
    listed = dialog.findChild(QTableView, "import_columns")
    for row, name in ((0, "import_as_y"), (2, "import_as_none")):
        listed.selectRow(row)
        tiny.click(dialog.findChild(QPushButton, name))
    assert columns(dialog) == ["y", "x", "–"]
    dialog.findChild(QCheckBox, "import_standardize").click()
    dialog.findChild(QCheckBox, "import_test").click()
    dialog.findChild(QRadioButton, "import_link").click()
    take(tiny)
    raw = tiny.window.form.raw()["data"]
    assert (raw["x"], raw["y"], raw["standardize"], raw["test"]) == ([1], [0], True, {"share": 0.25, "seed": 0})
    x, _ = data_of(tiny).arrays("float64")
    np.testing.assert_allclose([x.mean(), x.std()], [0, 1], atol=1e-12)
    about = tiny.text("data_file_about")
    assert about == "3 rows, 1 inputs; only read here; x standardised by the rows that train"
    assert "(x − " in tiny.find(QLabel, "data_file_about").toolTip()


def test_another_separator_shows_other_columns(tiny: Person, tmp_path: Path) -> None:
    drop(tiny, write(tmp_path / "numbers.csv", "1,2;7\n3,4;8\n"))
    dialog = look(tiny)
    assert len(columns(dialog)) == 2
    box = dialog.findChild(QComboBox, "import_separator")
    box.setCurrentIndex(box.findData(","))
    box.activated.emit(box.currentIndex())
    tiny.wait(
        lambda: (
            len(columns(dialog)) == 2
            and dialog.findChild(QTableView, "import_rows").model().index(0, 1).data() == "2;7"
        )
    )


def test_faults_are_told_in_the_dialog_and_nothing_is_taken(tiny: Person, tmp_path: Path) -> None:
    rows = "".join(f"{row},{'x' if row > 200 else row}\n" for row in range(230))
    before = tiny.window.form.raw()
    drop(tiny, write(tmp_path / "faulty.csv", "a,b\n" + rows))
    dialog = look(tiny)
    tiny.click(dialog.findChild(QPushButton, "import_take"))
    message = dialog.findChild(QLabel, "import_message")
    tiny.wait(lambda: message.isVisible())
    lines = message.text().splitlines()
    assert len(lines) == 21
    assert "line 203, column b" in lines[0]
    assert lines[-1] == "… and 9 more"
    dialog.reject()
    assert tiny.window.form.raw() == before


def save_linked(folder: Path, **data: Any) -> Path:
    """An experiment whose data are in a file beside it."""
    content = TINY | {"data": {"file": "data.csv", "x": ["a", "b"], "y": ["c"], **data}}
    (folder / "linked.json").write_text(json.dumps(content), encoding="utf-8")
    return folder / "linked.json"


def open_linked(person: Person, file: Path) -> None:
    with person.naming(file):
        person.press(Key.Key_O, Modifier.ControlModifier)


def test_an_experiment_is_opened_with_its_file_and_trained(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n")
    open_linked(tiny, save_linked(tmp_path))
    tiny.wait(lambda: tiny.window.session.spec is not None and tiny.window.session.spec.data is not None)
    tiny.wait(lambda: grid_texts(tiny, 2) == [["1", "2", "0.5"], ["3", "4", "0.25"]])
    assert not tiny.window.isWindowModified()
    tiny.wait_for_state("Ready")
    tiny.run_steps(2)
    saved = json.loads((tmp_path / "linked.json").read_text())["data"]
    tiny.type_into("title", "Again")
    tiny.press(Key.Key_S, Modifier.ControlModifier)
    assert json.loads((tmp_path / "linked.json").read_text())["data"] == saved


def test_a_file_that_is_gone_is_told_at_its_field_and_can_be_found(tiny: Person, tmp_path: Path) -> None:
    open_linked(tiny, save_linked(tmp_path))
    tiny.wait(lambda: bool(tiny.window.session.faults))
    tiny.wait(lambda: "No such file" in tiny.text("data_message"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write(elsewhere / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n")
    with tiny.naming(elsewhere / "data.csv"):
        tiny.click(tiny.find(QPushButton, "data_find"))
    tiny.wait(lambda: not tiny.window.session.faults)
    assert tiny.window.form.raw()["data"]["file"] == "elsewhere/data.csv"


def test_a_file_that_has_changed_since_is_told_and_trained_on_as_it_is(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n")
    open_linked(tiny, save_linked(tmp_path, sha256="0" * 64))
    said = "data.csv has changed since the experiment was made. It trains on what the file holds now."
    tiny.wait(lambda: said in tiny.banners)
    tiny.click(tiny.offer("Keep it so"))
    assert tiny.window.form.raw()["data"]["sha256"] != "0" * 64
    tiny.wait(tiny.window.isWindowModified)


def test_a_file_that_changes_meanwhile_is_told_and_read_again_when_asked(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n")
    open_linked(tiny, save_linked(tmp_path))
    tiny.wait(lambda: grid_texts(tiny, 1) == [["1", "2", "0.5"]])
    write(tmp_path / "data.csv", "a,b,c\n9,2,0.5\n3,4,0.25\n5,5,5\n")
    tiny.wait(lambda: any(text.startswith("data.csv was changed just now") for text in tiny.banners))
    assert grid_texts(tiny, 1) == [["1", "2", "0.5"]]
    tiny.click(tiny.offer("Read it again"))
    tiny.wait(lambda: grid_texts(tiny, 3)[2] == ["5", "5", "5"])


def test_another_split_standardises_anew(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n7,7,1\n9,1,1\n")
    open_linked(tiny, save_linked(tmp_path, standardize=True))
    tiny.wait(lambda: tiny.window.session.spec is not None and tiny.window.session.spec.data is not None)
    tiny.wait(lambda: len(data_of(tiny).x) == 4)
    box = tiny.find(QComboBox, "data_test")
    box.setCurrentIndex(1)
    box.edited.emit()
    tiny.wait(lambda: tiny.window.session.spec is not None and data_of(tiny).test is not None)
    x, _ = data_of(tiny).arrays("float64")
    assert len(x) == 3
    np.testing.assert_allclose(x.mean(axis=0), 0, atol=1e-12)


def test_rows_chosen_to_test_are_those_of_the_file(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n7,7,1\n")
    open_linked(tiny, save_linked(tmp_path, test={"rows": [1]}))
    tiny.wait(lambda: grid_texts(tiny, 1) == [["1", "2", "0.5"]])
    assert not tiny.window.isWindowModified()
    np.testing.assert_array_equal(data_of(tiny).rows("test"), [1])
    tiny.find(QTableView, "data_grid").go_to(2, 0)
    tiny.click(tiny.find(QPushButton, "data_test_take"))
    assert tiny.window.form.raw()["data"]["test"] == {"rows": [2]}
    tiny.wait(lambda: data_of(tiny).rows("test").tolist() == [2])


def test_large_data_are_mapped_by_window_and_engine_and_never_listed(tiny: Person, tmp_path: Path) -> None:
    numbers = np.random.default_rng(0).random((60_000, 3))
    np.savetxt(tmp_path / "data.csv", numbers, "%.6f", ",", header="a,b,c", comments="")
    open_linked(tiny, save_linked(tmp_path))
    tiny.wait(lambda: tiny.window.session.spec is not None and tiny.window.session.spec.data is not None)
    tiny.wait(lambda: len(data_of(tiny).x) == 60_000)
    assert data_of(tiny).x.is_mapped
    model = tiny.find(QWidget, "data_grid").model()
    assert model.table.x.numbers.base is not None
    assert model.index(59_999, 0).data() == f"{float(f'{numbers[-1, 0]:.6f}')!r}"
    tiny.wait_for_state("Ready")
    tiny.run_steps(1)


def test_reading_is_given_up_by_cancel(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n" + "1,2,3\n" * 400_000)
    open_linked(tiny, save_linked(tmp_path))
    tiny.wait(lambda: tiny.find(QPushButton, "data_cancel").isVisible() if tiny.window.form.data_link else False)
    tiny.click(tiny.find(QPushButton, "data_cancel"))
    tiny.wait(lambda: "the reading was stopped" in tiny.text("data_file_about"))
    tiny.click(tiny.find(QPushButton, "data_again"))
    tiny.wait(lambda: tiny.text("data_file_about").startswith("400,000 rows"))


def test_a_link_is_let_go_of_and_typed_over(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n")
    open_linked(tiny, save_linked(tmp_path))
    tiny.wait(lambda: grid_texts(tiny, 1) == [["1", "2", "0.5"]])
    tiny.click(tiny.find(QPushButton, "data_let_go"))
    assert tiny.window.form.raw()["data"] == {"x": [[1, 2], [3, 4]], "y": [[0.5], [0.25]]}
    grid = tiny.find(QTableView, "data_grid")
    grid.setFocus()
    tiny.qtbot.keyClicks(grid, "8")
    tiny.press(Key.Key_Return)
    assert grid_texts(tiny, 1)[0][0] == "8"


def test_the_draft_of_a_link_is_read_again_at_the_next_start(desk: Desk, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n")
    person = desk.start(file=save_linked(tmp_path))
    person.wait(lambda: grid_texts(person, 1) == [["1", "2", "0.5"]])
    person.type_into("title", "Kept")
    person.window.close()
    person = desk.start()
    person.wait(lambda: grid_texts(person, 1) == [["1", "2", "0.5"]])
    assert person.find(QWidget, "title").text() == "Kept"


def test_arrays_of_numpy_are_taken_by_their_names(tiny: Person, tmp_path: Path) -> None:
    np.savez(tmp_path / "digits.npz", images=np.arange(24.0).reshape(4, 3, 2), labels=np.array([0, 1, 2, 1]))
    drop(tiny, tmp_path / "digits.npz")
    dialog = look(tiny)
    assert columns(dialog) == ["x", "y"]
    assert not dialog.findChild(QComboBox, "import_separator").isVisible()
    dialog.findChild(QCheckBox, "import_classes").click()
    dialog.findChild(QRadioButton, "import_link").click()
    take(tiny)
    raw = tiny.window.form.raw()["data"]
    assert (raw["x"], raw["y"], raw["classes"]) == (["images"], ["labels"], ["0", "1", "2"])
    assert data_of(tiny).x.tolist() == np.arange(24.0).reshape(4, 6).tolist()


def test_the_columns_of_a_link_can_be_chosen_otherwise(tiny: Person, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "a,b,c\n1,2,0.5\n3,4,0.25\n")
    open_linked(tiny, save_linked(tmp_path))
    tiny.wait(lambda: grid_texts(tiny, 1) == [["1", "2", "0.5"]])
    tiny.click(tiny.find(QPushButton, "data_options"))
    dialog = look(tiny)
    assert columns(dialog) == ["x", "x", "y"]
    dialog.findChild(QTableView, "import_columns").selectRow(0)
    tiny.click(dialog.findChild(QPushButton, "import_as_none"))
    take(tiny)
    assert tiny.window.form.raw()["data"]["x"] == ["b"]
    assert grid_texts(tiny, 2) == [["2", "0.5"], ["4", "0.25"]]
