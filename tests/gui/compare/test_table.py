"""The race's table: sorted while it runs, copied in full."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.compare.entries.shown import Shown
from gui.compare.race.table import RaceTable
from gui.look.theme import LIGHT
from tests.gui.frames import make_distance, make_drift, make_pair, make_spec
from tests.gui.races import entries, losses_of, make_race, make_row, race_spec

Order, Role = Qt.SortOrder, Qt.ItemDataRole


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[RaceTable]:
    shown = Shown()
    made = RaceTable(shown)
    qtbot.addWidget(made)
    shown.set_experiment(race_spec(3, dtype="float64"))
    made.set_experiment(race_spec(3, dtype="float64"))
    made.resize(900, 120)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def show(table: RaceTable, *finals: float, pairs=(), **parts) -> None:
    rows = [make_row(np.array([1.0, 0.5]), **({"final": final} | parts)) for final in finals]
    table.show_race(make_race(*losses_of(len(finals), 2), rows=rows), tuple(pairs))


def column(table: RaceTable, title: str) -> int:
    titles = [table.model.headerData(place, Qt.Orientation.Horizontal) for place in range(table.model.columnCount())]
    return titles.index(title)


def texts(table: RaceTable, title: str) -> list[str]:
    place = column(table, title)
    return [table.model.index(row, place).data() for row in range(table.model.rowCount())]


def sort(table: RaceTable, title: str, order: Qt.SortOrder = Order.AscendingOrder) -> None:
    table.table.sortByColumn(column(table, title), order)


def test_a_row_a_lane_with_all_digits_at_the_right(table):
    show(table, 1 / 3, *[0.5] * 5)
    assert texts(table, "Lane")[:3] == ["SGD · DIY", "SGD · torch", "Adam · DIY"]
    assert texts(table, "Final loss")[0] == "0.3333333333333333"
    alignment = table.model.index(0, 1).data(Role.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight


def test_numbers_sort_as_numbers_with_no_number_last_both_ways(table):
    show(table, 9.0, 10.0, np.nan, 0.001, np.inf, 2e-5)
    sort(table, "Final loss")
    assert texts(table, "Final loss") == ["2e-05", "0.001", "9.0", "10.0", "∞", "NaN"]
    sort(table, "Final loss", Order.DescendingOrder)
    assert texts(table, "Final loss") == ["∞", "10.0", "9.0", "0.001", "2e-05", "NaN"]


def test_what_is_unknown_comes_last_too(table):
    rows = [make_row(np.ones(2), target_step=step) for step in (None, 7, None, 3, 40, 5)]
    table.show_race(make_race(*losses_of(6, 2), rows=rows), ())
    sort(table, "Steps to target", Order.DescendingOrder)
    assert texts(table, "Steps to target") == ["40", "7", "5", "3", "–", "–"]


def test_selection_and_scroll_stay_with_the_lane_while_the_order_changes(table):
    show(table, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    sort(table, "Final loss")
    table.table.selectRow(0)
    bar = table.table.verticalScrollBar()
    bar.setValue(1)
    show(table, 9.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    assert [index.row() for index in table.table.selectionModel().selectedRows()] == [5]
    assert table.model.index(5, 0).data() == "SGD · DIY"
    assert bar.value() == 1


def test_not_sorted_it_stands_as_the_legend_does(table):
    show(table, *[0.5] * 6)
    table.model._shown.move(2, 0)
    assert texts(table, "Lane")[0] == "AdamW · DIY"


def test_lanes_that_are_not_shown_have_no_row(table):
    show(table, *[0.5] * 6)
    table.model._shown.set_hidden(1, True)
    table.model._shown.set_sides("torch")
    assert texts(table, "Lane") == ["SGD · torch", "AdamW · torch"]


def test_parity_is_of_the_pair_with_the_whole_of_it_in_its_tip(table):
    pairs = [make_pair("SGD", 3e-8), make_pair("Adam", 0.5, "differs")]
    show(table, *[0.5] * 6, pairs=pairs)
    assert texts(table, "Parity, max |Δ|") == [*["✓ 3.0e−08"] * 2, *["✗ 0.5"] * 2, *["–"] * 2]
    tip = table.model.index(2, column(table, "Parity, max |Δ|")).data(Role.ToolTipRole)
    assert "differs at step 3" in tip


@pytest.mark.parametrize(
    ("pair", "text", "color"),
    [
        (make_pair(), "✓ 3.0e−08", LIGHT.ok),
        (make_pair(max_abs=1e-4, drift=make_drift()), "≈ 1.0e−04", LIGHT.ok),
        (make_pair(max_abs=0.5, verdict="differs"), "✗ 0.5", LIGHT.error),
        (make_pair(max_abs=1e-3, verdict="unstable"), "↯ 1.0e−03", LIGHT.error),
        (make_pair(max_abs=0.0, verdict="not_finite"), "∞", LIGHT.warning),
        (make_pair(weight=make_distance(6.3e29, 7.0)), "✓ 7 ULP", LIGHT.ok),
        (make_pair(weight=make_distance(6.3e29, 9e18)), "✓", LIGHT.ok),
        (make_pair(max_abs=None), "…", LIGHT.muted),
    ],
)
def test_every_verdict_has_its_sign_colour_and_a_number_that_says_something(table, pair, text, color):
    show(table, *[0.5] * 6, pairs=[pair])
    cell = table.model.index(0, column(table, "Parity, max |Δ|"))
    assert (cell.data(), cell.data(Role.ForegroundRole).name()) == (text, color)


def test_what_is_not_finite_is_sorted_as_no_number(table):
    show(table, *[0.5] * 6, pairs=[make_pair("SGD", 0.0, "not_finite"), make_pair("Adam", 3e-8)])
    for order in Order:
        sort(table, "Parity, max |Δ|", order)
        assert texts(table, "Lane")[0].startswith("Adam ")


def test_losses_and_parity_are_in_sight_beside_open_plots(table):
    show(table, *[0.5] * 6, pairs=[make_pair("SGD", 3e-8)])
    view, place = table.table, column(table, "Parity, max |Δ|")
    assert view.columnViewportPosition(place) + view.columnWidth(place) < 700


def test_the_copy_is_what_a_spreadsheet_takes(table, qtbot):
    show(table, 1 / 3, np.nan, *[0.5] * 4, pairs=[make_pair("SGD", 3e-8)])
    table.table.setFocus()
    qtbot.keyClick(table.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    heading, first, second = (line.split("\t") for line in lines[:3])
    assert len(lines) == 7
    assert len(heading) == len(first) == len(second)
    named = dict(zip(heading, first, strict=True))
    assert (named["Lane"], float(named["Final loss"])) == ("SGD/diy", 1 / 3)
    assert (named["Steps to target"], named["Evaluations"], named["Verdict"]) == ("", "2", "lockstep")
    assert second[heading.index("Final loss")] == "nan"


@pytest.mark.parametrize(
    ("pair", "verdict", "drift"),
    [
        (make_pair(drift=make_drift(1120)), "lockstep", "1120"),
        (make_pair(max_abs=0.0, verdict="not_finite"), "not_finite", ""),
        (make_pair(max_abs=None), "", ""),
    ],
)
def test_the_copy_has_the_verdict_as_report_json_names_it(table, pair, verdict, drift):
    show(table, *[0.5] * 6, pairs=[pair])
    heading, first = table.model.as_table()[:2]
    named = dict(zip(heading, first, strict=True))
    assert (named["Verdict"], named["Drift since step"]) == (verdict, drift)
    assert named["Parity, max |Δ|"] == (repr(3e-8) if verdict == "lockstep" else "")


def test_before_the_first_step_and_after_a_reset_nothing_is_known(table):
    assert texts(table, "Final loss") == ["–"] * 6
    show(table, *[0.5] * 6)
    table.clear()
    assert texts(table, "Evaluations") == ["–"] * 6


def test_every_column_says_what_it_is(table):
    horizontal = Qt.Orientation.Horizontal
    tips = [table.model.headerData(place, horizontal, Role.ToolTipRole) for place in range(table.model.columnCount())]
    assert all(len(tip) > 30 for tip in tips)


def with_test(count: int, test: object = None) -> object:
    data = {"x": [[1, 2, 3, 4]] * 4, "y": [[0, 1, 2, 3]] * 4, "test": {"rows": [1]} if test is None else test}
    return race_spec(count, data=data)


def test_rows_that_only_test_bring_a_column(table: RaceTable) -> None:
    def titles() -> list[str]:
        return [table.model.headerData(place, Qt.Orientation.Horizontal) for place in range(table.model.columnCount())]

    before = titles()
    assert "Test loss" not in before
    sort(table, "Best loss")
    table.set_experiment(with_test(3))
    assert titles() == [*before[:3], "Test loss", *before[3:]]
    assert table.table.horizontalHeader().sortIndicatorSection() == -1  # the columns are others
    show(table, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, test=0.125)
    assert set(texts(table, "Test loss")) == {"0.125"}
    table.copy()
    head, first, *_ = QGuiApplication.clipboard().text().split("\n")
    assert first.split("\t")[head.split("\t").index("Test loss")] == "0.125"
    table.set_experiment(race_spec(3))
    assert titles() == before


def test_classes_bring_accuracies(table: RaceTable) -> None:
    network = {"layers": [{"units": 4, "bias": False}], "loss": "cross_entropy"}
    data = {"x": [[1, 2, 3, 4]] * 4, "y": [0, 1, 2, 3]}
    spec = make_spec(*entries(3), data=data, network=network)
    table.set_experiment(spec)
    assert texts(table, "Accuracy") == ["–"] * 6
    with pytest.raises(ValueError, match="Test accuracy"):
        column(table, "Test accuracy")
    tested = make_spec(*entries(3), data=data | {"test": {"rows": [2]}}, network=network)
    table.set_experiment(tested)
    show(table, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, accuracy=0.5, test_accuracy=1.0)
    assert texts(table, "Accuracy") == ["50.0 %"] * 6
    assert texts(table, "Test accuracy") == ["100.0 %"] * 6
