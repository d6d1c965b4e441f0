"""Rows that only test, chosen in the form by mouse and keys: what the file has of it, and what the grid shows."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from engine.spec import ExperimentError, check
from gui.forms.data_form import DataForm
from gui.look.theme import DARK, LIGHT
from tests.gui.faults import looks_faulty

Key = Qt.Key
ROWS = 8
TABLE = {"x": [[row, -row] for row in range(ROWS)], "y": [[row] for row in range(ROWS)]}


@pytest.fixture
def form(qtbot) -> Iterator[DataForm]:
    form = DataForm()
    qtbot.addWidget(form)
    form.set_raw({"data": TABLE})
    form.resize(320, 400)
    with qtbot.waitExposed(form):
        form.show()
    yield form
    form.close()


def find(form: DataForm, kind: type[QWidget], name: str) -> Any:
    found = form.findChild(kind, name)
    assert found is not None, name
    return found


def choose(form: DataForm, kind: str) -> None:
    """Choose an entry of the box, as Qt tells of it."""
    box = find(form, QComboBox, "data_test")
    box.setCurrentIndex(box.findData(kind))
    box.activated.emit(box.currentIndex())


def type_into(qtbot, form: DataForm, name: str, text: str) -> None:
    field = find(form, QWidget, name).findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)


def select_rows(form: DataForm, *rows: int) -> None:
    selection, flag = form.grid.selectionModel(), QItemSelectionModel.SelectionFlag
    selection.clear()
    for row in rows:
        selection.select(form.model.index(row, 0), flag.Select | flag.Rows)


def split(form: DataForm) -> Any:
    return form.raw()["data"].get("test")


def marked(form: DataForm) -> list[int]:
    """The rows whose number has the mark, from 0."""
    headers = [form.model.headerData(row, Qt.Orientation.Vertical) for row in range(form.model.rowCount())]
    return [row for row, header in enumerate(headers) if header.startswith("◇")]


@pytest.mark.parametrize("given", [{"share": 0.25, "seed": 3}, {"rows": [7, 3]}, None])
def test_whichever_was_given_comes_out_again(form: DataForm, given: Any) -> None:
    form.edited.connect(lambda: pytest.fail("edited is for the person's changes"))
    form.set_raw({"data": TABLE | ({"test": given} if given else {})})
    assert split(form) == given
    assert ("test" in form.raw()["data"]) == (given is not None)
    form.set_raw({"data": TABLE})
    assert split(form) is None
    assert marked(form) == []


def test_a_share_is_typed_and_the_rows_drawn_are_marked(qtbot, form: DataForm) -> None:
    choose(form, "share")
    assert split(form) == {"share": 0.25, "seed": 0}
    assert marked(form) == [2, 4]
    type_into(qtbot, form, "data_test_share", "0.5")
    type_into(qtbot, form, "data_test_seed", "7")
    assert split(form) == {"share": 0.5, "seed": 7}
    drawn = check(raw(form)).data.rows("test").tolist()
    assert marked(form) == drawn
    assert len(drawn) == 4


def raw(form: DataForm) -> dict[str, Any]:
    network = {"layers": [{"units": 1}]}
    return {"schema": 1, "network": network, "optimizers": [{"name": "SGD"}], **form.raw()}


def test_what_is_half_typed_marks_no_row_and_loses_nothing(qtbot, form: DataForm) -> None:
    choose(form, "share")
    type_into(qtbot, form, "data_test_share", "0.x")
    assert split(form) == {"share": "0.x", "seed": 0}
    assert marked(form) == []
    again = DataForm()
    qtbot.addWidget(again)
    again.set_raw(form.raw())
    assert split(again) == {"share": "0.x", "seed": 0}


def test_the_rows_drawn_are_those_chosen_until_others_are(form: DataForm) -> None:
    choose(form, "share")
    choose(form, "rows")
    assert split(form) == {"rows": [2, 4]}
    assert find(form, QLabel, "data_test_rows").text() == "2 of 8: 3, 5"  # as the grid numbers them
    before = form.state()
    select_rows(form, 6, 1)
    find(form, QPushButton, "data_test_take").click()
    assert split(form) == {"rows": [1, 6]}
    assert marked(form) == [1, 6]
    form.set_state(before)
    assert marked(form) == [2, 4]


def test_chosen_rows_go_where_their_rows_go(form: DataForm) -> None:
    form.set_raw({"data": TABLE | {"test": {"rows": [3, 7]}}})
    before = form.state()
    form.grid.go_to(1, 0)
    find(form, QWidget, "data_remove_row").click()
    assert split(form) == {"rows": [2, 6]}
    select_rows(form, 2)
    find(form, QWidget, "data_remove_row").click()
    assert split(form) == {"rows": [5]}
    form.grid.go_to(0, 0)
    find(form, QWidget, "data_add_row").click()
    assert split(form) == {"rows": [6]}
    form.set_state(before)
    assert split(form) == {"rows": [3, 7]}
    assert marked(form) == [3, 7]


def test_the_drawn_rows_follow_the_number_of_rows(form: DataForm) -> None:
    form.set_raw({"data": TABLE | {"test": {"share": 0.5, "seed": 1}}})
    before, tested = form.state(), marked(form)
    form.grid.go_to(0, 0)
    find(form, QWidget, "data_remove_row").click()
    assert len(marked(form)) == 4  # of 7, half a row up
    form.set_state(before)
    assert marked(form) == tested


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"share": 2, "seed": 0}, "data_test_share"),
        ({"share": 0.01, "seed": 0}, "data_test_share"),
        ({"share": 0.5, "seed": -1}, "data_test_seed"),
        ({"rows": list(range(ROWS))}, "data_test_take"),
    ],
)
def test_a_fault_is_told_at_its_field(form: DataForm, given: dict[str, Any], field: str) -> None:
    form.set_raw({"data": TABLE | {"test": given}})
    with pytest.raises(ExperimentError) as raised:
        check(raw(form))
    form.show_faults(raised.value.faults)
    assert looks_faulty(find(form, QWidget, field))
    assert form.message.text()
    assert form.reveal(raised.value.faults[0]) is find(form, QWidget, field)
    form.show_faults([])
    assert not looks_faulty(find(form, QWidget, field))


def test_the_same_object_comes_out_until_something_is_edited(qtbot, form: DataForm) -> None:
    """The session reads data again only where they are others."""
    choose(form, "share")
    before = form.raw()["data"]
    assert form.raw()["data"] is before
    type_into(qtbot, form, "data_test_seed", "5")
    assert form.raw()["data"] is not before
    assert form.raw()["data"]["x"] is before["x"]


def test_test_rows_are_told_by_more_than_colour_in_both_themes(form: DataForm) -> None:
    form.set_raw({"data": TABLE | {"test": {"rows": [3]}}})
    assert "only tests" in form.model.headerData(3, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    for theme in (LIGHT, DARK):
        form.set_theme(theme)
        grounds = [form.model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) for row in (2, 3)]
        assert grounds[0] is None
        assert grounds[1] is not None
