"""The table as a value: typed text stays, blocks make it grow, nothing changes in place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.forms.fields.numbers import number, text_of
from gui.forms.table import EMPTY, Table, block_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        (" 4.5 ", 4.5),
        ("1e-3", 0.001),
        ("−2", -2),
        (".5", 0.5),
        ("5.", 5.0),
        ("1E5", 1e5),
        ("inf", float("inf")),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float):
    assert number(text) == value
    assert isinstance(number(text), type(value))


@pytest.mark.parametrize("text", ["", "abc", "1_000", "0,5", "1 2", "--1", "٣", "1e", "0x10", "9" * 5000 + "x"])
def test_text_that_is_no_number_stays(text: str):
    assert number(text) == text


@given(st.one_of(st.integers(-(10**17), 10**17), st.floats(allow_nan=False)))
def test_a_number_survives_its_text(value: float):
    assert number(text_of(value)) == value


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1\t2\n3\t4\n", [["1", "2"], ["3", "4"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1, 2\n\n3, 4", [["1", "2"], ["3", "4"]]),
        ('"1";"2"\n3;4', [["1", "2"], ["3", "4"]]),
        ("1,5;2\t3", [["1,5;2", "3"]]),
        ("1\n\n3", [["1"], [""], ["3"]]),
        ("1 2\n3 4", [["1", "2"], ["3", "4"]]),
        ("7", [["7"]]),
        ("\n", []),
        ("", []),
    ],
)
def test_clipboard_text_becomes_cells(text: str, block: list):
    assert block_of(text) == block


def test_a_block_beginning_in_x_grows_x_and_ends_in_y():
    grown = EMPTY.with_block(0, 0, [["1", "2", "3"], ["4", "5", "6"]], shown=2)
    assert grown.x.rows() == [[1, 2], [4, 5]]
    assert grown.y.rows() == [[3], [6]]


def test_a_block_beginning_in_y_grows_y():
    grown = Table.of([[1, 2]], [[3]]).with_block(0, 2, [["7", "8"]], shown=3)
    assert grown.x.rows() == [[1, 2]]
    assert grown.y.rows() == [[7, 8]]


def test_ragged_lines_leave_the_cells_beside_them():
    table = Table.of([[1, 2], [3, 4]], [[5], [6]]).with_block(0, 0, [["9"], ["8", "7"]], shown=3)
    assert table.x.rows() == [[9, 2], [8, 7]]


def test_gaps_in_what_was_given_become_empty_cells():
    table = Table.of([[1, 2], [3]], [4])
    assert table.x.rows() == [[1, 2], [3, ""]]
    assert table.y.rows() == [[4], [""]]


def test_classes_are_the_whole_numbers_on_screen():
    assert Table.of([[1], [2]], [[1.0, 5], ["2.0", 5]]).y.classes() == [1, 2.0]


@given(st.integers(0, 3), st.integers(0, 3), st.integers(1, 4), st.integers(1, 4))
def test_pasting_never_moves_the_line_between_x_and_y_into_the_wrong_place(row, column, height, width):
    before = Table.of([[1, 2]], [[3, 4]])
    after = before.with_block(row, column, [["9"] * width] * height, before.width)
    assert after.height == max(1, row + height)
    assert after.width == max(4, column + width)
    assert (after.inputs if column >= 2 else after.outputs) == 2
    assert before == Table.of([[1, 2]], [[3, 4]])
