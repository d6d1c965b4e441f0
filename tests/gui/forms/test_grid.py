"""Data is typed, pasted and cut by keys alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QToolTip, QWidget

from engine.spec import Fault
from gui.forms.data_form import DataForm
from gui.forms.grid_model import FAULT_ROLE
from gui.look.theme import DARK
from tests.gui.faults import looks_faulty

Key = Qt.Key
TWO_ROWS = {"data": {"x": [[1, 2], [3, 4]], "y": [[5], [6]]}}


@pytest.fixture
def form(qtbot) -> Iterator[DataForm]:
    form = DataForm()
    qtbot.addWidget(form)
    form.set_raw(TWO_ROWS)
    form.resize(300, 300)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    form.grid.setFocus()
    go(form, 0, 0)
    yield form
    form.close()


def go(form: DataForm, row: int, column: int) -> None:
    form.grid.go_to(row, column)


def x(form: DataForm) -> list:
    return [list(row) for row in form.raw()["data"]["x"]]


def y(form: DataForm) -> list:
    return form.raw()["data"]["y"]


def type_in_cell(qtbot, form: DataForm, text: str) -> QLineEdit:
    """Type over the current cell, as a person does, and leave the editor open."""
    qtbot.keyClick(form.grid, text[0])
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, text[1:])
    return editor


def enter(qtbot, form: DataForm, text: str, key: Qt.Key = Key.Key_Return) -> None:
    """Type over the current cell and leave it; Qt takes the text over once the key is dealt with."""
    with qtbot.waitSignal(form.grid.itemDelegate().closeEditor):
        qtbot.keyClick(type_in_cell(qtbot, form, text), key)


def press(qtbot, form: DataForm, key: QKeySequence.StandardKey) -> None:
    qtbot.keySequence(form.grid, QKeySequence(key))


def click(qtbot, form: DataForm, name: str) -> None:
    qtbot.mouseClick(form.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_a_number_typed_over_a_cell_counts_from_the_first_key(qtbot, form: DataForm):
    with qtbot.waitSignal(form.edited):
        qtbot.keyClick(form.grid, "7")
    assert x(form) == [[7, 2], [3, 4]]


def test_enter_goes_down_and_tab_goes_right_while_typing(qtbot, form: DataForm):
    enter(qtbot, form, "7.5")
    assert (form.grid.currentIndex().row(), form.grid.currentIndex().column()) == (1, 0)
    enter(qtbot, form, "-8", Key.Key_Tab)
    assert form.grid.currentIndex().column() == 1
    assert x(form) == [[7.5, 2], [-8, 4]]


def test_invalid_text_survives_as_it_was_typed(qtbot, form: DataForm):
    enter(qtbot, form, "1,5 or so")
    assert x(form)[0] == ["1,5 or so", 2]
    assert form.model.index(0, 0).data() == "1,5 or so"


def test_a_number_is_shown_as_it_was_typed(qtbot, form: DataForm):
    enter(qtbot, form, "1.50e0")
    assert form.model.index(0, 0).data() == "1.50e0"
    assert x(form)[0][0] == 1.5


def test_escape_takes_back_what_was_typed(qtbot, form: DataForm):
    editor = type_in_cell(qtbot, form, "99")
    assert x(form)[0][0] == 99
    qtbot.keyClick(editor, Key.Key_Escape)
    assert x(form) == [[1, 2], [3, 4]]


def test_delete_and_backspace_clear_the_selection(qtbot, form: DataForm):
    press(qtbot, form, QKeySequence.StandardKey.SelectAll)
    press(qtbot, form, QKeySequence.StandardKey.Delete)
    assert (x(form), y(form)) == ([["", ""], ["", ""]], [[""], [""]])
    form.set_raw(TWO_ROWS)
    go(form, 1, 1)
    qtbot.keyClick(form.grid, Key.Key_Backspace)
    assert x(form) == [[1, 2], [3, ""]]


def test_copy_cut_and_paste_go_through_the_clipboard_as_a_spreadsheet_has_them(qtbot, form: DataForm):
    press(qtbot, form, QKeySequence.StandardKey.SelectAll)
    press(qtbot, form, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text() == "1\t2\t5\n3\t4\t6"
    press(qtbot, form, QKeySequence.StandardKey.Cut)
    assert x(form) == [["", ""], ["", ""]]
    go(form, 0, 0)
    press(qtbot, form, QKeySequence.StandardKey.Paste)
    assert (x(form), y(form)) == ([[1, 2], [3, 4]], [[5], [6]])


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_pasted_rows_make_the_grid_grow(qtbot, form: DataForm, separator: str):
    text = "\n".join(separator.join(map(str, (row, row + 0.5, 7, 8))) for row in range(4))
    QGuiApplication.clipboard().setText(text)
    with qtbot.waitSignals([form.edited, form.reshaped]):
        press(qtbot, form, QKeySequence.StandardKey.Paste)
    assert x(form) == [[row, row + 0.5, 7] for row in range(4)]
    assert y(form) == [[8]] * 4


def test_a_text_that_no_cell_could_show_is_not_pasted_and_it_says_so(qtbot, form: DataForm):
    before = form.raw()["data"]
    QGuiApplication.clipboard().setText(f"1\t{'9' * 32_768}\t3")
    press(qtbot, form, QKeySequence.StandardKey.Paste)
    assert form.raw()["data"] == before
    assert QToolTip.text() == "Nothing was pasted: a cell of 32,768 characters is no number."
    assert len(QGuiApplication.clipboard().text()) > 32_768
    QGuiApplication.clipboard().setText("9" * 32_767)
    press(qtbot, form, QKeySequence.StandardKey.Paste)
    assert form.grid.model().index(0, 0).data() == "9" * 32_767
    QToolTip.hideText()


def test_a_large_paste_is_there_in_full(qtbot, form: DataForm):
    QGuiApplication.clipboard().setText("\n".join("\t".join(["0.25"] * 10) for _ in range(5000)))
    press(qtbot, form, QKeySequence.StandardKey.Paste)
    assert x(form) == [[0.25] * 9] * 5000
    assert form.grid.height() < 300


def test_the_data_are_the_same_object_until_they_are_edited(qtbot, form: DataForm):
    before = form.raw()["data"]
    go(form, 1, 1)
    assert form.raw()["data"] is before
    enter(qtbot, form, "9")
    assert form.raw()["data"]["x"] == [[1, 2], [3, 9]]
    assert before["x"] == [[1, 2], [3, 4]]
    form.set_classes(True)
    assert form.raw()["data"]["y"] == [5, 6]
    form.set_raw(TWO_ROWS)
    assert form.raw()["data"]["x"] == [[1, 2], [3, 4]]


def test_rows_and_columns_come_and_go(qtbot, form: DataForm):
    click(qtbot, form, "data_add_row")
    assert x(form) == [[1, 2], ["", ""], [3, 4]]
    click(qtbot, form, "data_remove_row")
    assert x(form) == [[1, 2], [3, 4]]
    click(qtbot, form, "data_add_x")
    assert x(form) == [[1, 2, ""], [3, 4, ""]]
    go(form, 0, 1)
    click(qtbot, form, "data_remove_x")
    assert x(form) == [[1, ""], [3, ""]]
    click(qtbot, form, "data_add_y")
    assert y(form) == [[5, ""], [6, ""]]
    click(qtbot, form, "data_remove_y")
    assert y(form) == [[5], [6]]


def test_one_row_and_one_column_of_each_always_stay(qtbot, form: DataForm):
    for name in ("row", "x", "y"):
        for _ in range(3):
            click(qtbot, form, f"data_remove_{name}")
        assert not form.findChild(QToolButton, f"data_remove_{name}").isEnabled()
    assert len(x(form)) == len(x(form)[0]) == len(y(form)[0]) == 1


def test_buttons_work_from_the_keyboard(qtbot, form: DataForm):
    qtbot.keyClick(form.grid, Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QToolButton)
    qtbot.keyClick(focus, Key.Key_Space)
    assert len(x(form)) == 1  # Tab left the grid for the first button, which removes the row


def test_headers_tell_x_from_y(form: DataForm):
    titles = [form.model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert titles == ["x1", "x2", "y1"]
    assert form.findChild(QLabel, "data_count_x").text() == "x 2"
    backgrounds = [form.model.index(0, column).data(Qt.ItemDataRole.BackgroundRole) for column in (1, 2)]
    assert backgrounds[0] is None
    assert backgrounds[1] is not None


def test_class_numbers_are_one_column_and_the_others_come_back(form: DataForm):
    form.set_raw({"data": {"x": [[1], [2]], "y": [[0.0, 7.5], [1.0, 8.5]]}})
    form.set_classes(True)
    assert form.raw()["data"]["y"] == [0, 1]
    assert all(isinstance(value, int) for value in form.raw()["data"]["y"])
    assert form.model.columnCount() == 2
    form.set_classes(False)
    assert form.raw()["data"]["y"] == [[0, 7.5], [1, 8.5]]


def test_faults_mark_their_cells_and_say_why(form: DataForm):
    fault = Fault(("data", "x", 1, 0), "wrong_type", {"expected": "a number", "given": '"abc"'})
    target = Fault(("data", "y", 0, 0), "not_finite", {"given": "NaN"})
    form.set_theme(DARK)
    form.show_faults([fault, target])
    cell = form.model.index(1, 0)
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == 'must be a number, not "abc"'
    assert cell.data(Qt.ItemDataRole.BackgroundRole).color().name() == DARK.error_background
    assert form.model.index(0, 2).data(FAULT_ROLE)
    assert not form.model.index(0, 0).data(FAULT_ROLE)
    assert form.message.text().splitlines()[0] == '• Row 2, x1 must be a number, not "abc"'
    form.show_faults([])
    assert not cell.data(FAULT_ROLE)
    assert form.message.isHidden()


def test_the_open_editor_of_a_faulty_cell_is_marked_and_keeps_its_cursor(qtbot, form: DataForm):
    editor = type_in_cell(qtbot, form, "12x")
    editor.setCursorPosition(1)
    form.show_faults([Fault(("data", "x", 0, 0), "wrong_type", {"expected": "a number", "given": '"12x"'})])
    assert looks_faulty(editor)
    assert editor.cursorPosition() == 1
    form.show_faults([])
    assert not looks_faulty(editor)


def test_a_class_number_is_marked_in_its_cell(form: DataForm):
    form.set_classes(True)
    fields = {"given": 9, "row": 2, "classes": 3, "last": 2}
    form.show_faults([Fault(("data", "y", 1), "class_out_of_range", fields)])
    assert "class 9" in form.model.index(1, 2).data(FAULT_ROLE)


def test_another_experiment_closes_the_editor(qtbot, form: DataForm):
    editor = type_in_cell(qtbot, form, "99")
    form.set_raw({"data": {"x": [[7, 8], [9, 10]], "y": [[11], [12]]}})
    assert not editor.isVisible()
    assert x(form) == [[7, 8], [9, 10]]


def test_a_number_too_long_for_its_cell_is_read_in_its_tooltip(form: DataForm):
    form.set_raw({"data": {"x": [[0.12345678901234]], "y": [[1]]}})
    assert form.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "0.12345678901234"


def test_few_columns_are_all_in_sight(form: DataForm):
    form.set_raw({"data": {"x": [[1, 2, 3, 4]] * 150, "y": [0] * 150}})
    assert form.grid.visualRect(form.model.index(0, 4)).right() <= form.grid.viewport().width()


def test_all_columns_are_in_sight_where_their_numbers_are_short(qtbot, form: DataForm):
    """The article's four inputs and four targets."""
    form.set_raw({"data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]}})
    form.resize(260, 300)
    qtbot.waitUntil(lambda: form.width() == 260)
    grid = form.grid
    last = grid.visualRect(form.model.index(0, 7))
    assert last.right() <= grid.viewport().width()
    form.set_raw({"data": {"x": [[1.2345, 2, 3, 4]], "y": [[3, 2, 4, 5]]}})
    first = grid.visualRect(form.model.index(0, 0))
    assert first.width() >= grid.fontMetrics().horizontalAdvance("1.2345")


def paste(qtbot, form: DataForm, text: str) -> str:
    QGuiApplication.clipboard().setText(text)
    press(qtbot, form, QKeySequence.StandardKey.Paste)
    note = form.findChild(QWidget, "data_paste_note")
    return "" if note is None or note.isHidden() else note.text()


def test_a_header_and_decimal_commas_are_taken_as_they_are_meant_and_told(qtbot, form: DataForm):
    before = form.state()
    told = paste(qtbot, form, "width\tlength\tkind\n1,5\t2\t0\n-2,5e3\t,5\t1\n")
    assert (x(form), y(form)) == ([[1.5, 2], [-2500, 0.5]], [[0], [1]])
    assert told == (
        "Decimal commas were read as points. The first row was left out, as it names columns: width, length, kind. "
        "Ctrl+Z takes it back."
    )
    form.set_state(before)  # as the window's undo does
    assert (x(form), y(form)) == ([[1, 2], [3, 4]], [[5], [6]])
    assert form.findChild(QWidget, "data_paste_note").isHidden()


def test_a_table_with_fewer_columns_makes_the_grid_as_narrow(qtbot, form: DataForm):
    form.set_raw({"data": {"x": [[1, 2, 3], [4, 5, 6]], "y": [[7, 8], [9, 10]]}})
    go(form, 0, 0)
    before = form.state()
    told = paste(qtbot, form, "11\t12\n13\t14\n15\t16\n")
    assert (x(form), y(form)) == ([[11], [13], [15]], [[12], [14], [16]])
    assert told == "The grid has 1 inputs and 1 targets now, as what was pasted. Ctrl+Z takes it back."
    form.set_state(before)
    assert (x(form), y(form)) == ([[1, 2, 3], [4, 5, 6]], [[7, 8], [9, 10]])


def test_a_table_with_more_columns_makes_the_grid_wider_and_says_so(qtbot, form: DataForm):
    told = paste(qtbot, form, "1;2;3;4\n5;6;7;8\n")
    assert (x(form), y(form)) == ([[1, 2, 3], [5, 6, 7]], [[4], [8]])
    assert told.startswith("The grid has 3 inputs and 1 targets now: columns were added.")


@pytest.mark.parametrize("text", ["9", "1\t2\t3\n4\t5\t6\n", "abc", "1.5\t2,5\t3\n4\t5\t6\n", "7\n8\n"])
def test_what_is_plain_or_not_sure_is_pasted_as_it_is_and_nothing_is_told(qtbot, form: DataForm, text: str):
    assert paste(qtbot, form, text) == ""
    first = text.split("\n")[0].split("\t")[0]
    assert form.grid.model().index(0, 0).data() == first
