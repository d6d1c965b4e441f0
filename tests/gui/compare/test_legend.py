"""The race's legend: hide, show alone, move, by mouse and keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.compare.entries.shown import Shown
from gui.compare.race.legend import RaceLegend
from tests.gui.races import race_spec

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def legend(qtbot: QtBot) -> Iterator[RaceLegend]:
    shown = Shown()
    made = RaceLegend(shown)
    qtbot.addWidget(made)
    shown.set_experiment(race_spec(4))
    made.set_experiment(race_spec(4))
    made.resize(220, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.list.setFocus()
    yield made
    made.close()


def names(legend: RaceLegend) -> list[str]:
    return [legend.model.index(row, 0).data() for row in range(legend.model.rowCount())]


def ticked(legend: RaceLegend) -> list[str]:
    role = Qt.ItemDataRole.CheckStateRole
    rows = [legend.model.index(row, 0) for row in range(legend.model.rowCount())]
    return [row.data() for row in rows if Qt.CheckState(row.data(role)) == Qt.CheckState.Checked]


def at_hand(legend: RaceLegend) -> str:
    return legend.list.currentIndex().siblingAtColumn(0).data()


def test_space_hides_the_entry_at_hand_and_shows_it_again(legend, qtbot):
    qtbot.keyClick(legend.list, Key.Key_Down)
    qtbot.keyClick(legend.list, Key.Key_Space)
    assert ticked(legend) == ["SGD", "AdamW", "Adamax"]
    qtbot.keyClick(legend.list, Key.Key_Space)
    assert ticked(legend) == names(legend)


def test_alt_click_shows_an_entry_alone(legend, qtbot):
    place = legend.list.visualRect(legend.model.index(2, 0)).center()
    qtbot.mouseClick(legend.list.viewport(), Qt.MouseButton.LeftButton, Modifier.AltModifier, place)
    assert ticked(legend) == ["AdamW"]
    button = legend.findChild(QToolButton, "race_solo_button")
    assert button.isChecked()
    button.click()
    assert ticked(legend) == names(legend)


def test_enter_shows_alone_and_the_button_shows_all(legend, qtbot):
    qtbot.keyClick(legend.list, Key.Key_Return)
    assert ticked(legend) == ["SGD"]
    legend.findChild(QToolButton, "race_all_button").click()
    assert ticked(legend) == names(legend)
    assert not legend.findChild(QToolButton, "race_all_button").isEnabled()


def test_alt_and_arrows_move_the_entry_which_stays_at_hand(legend, qtbot):
    for _ in range(2):
        qtbot.keyClick(legend.list, Key.Key_Down, Modifier.AltModifier)
    assert names(legend) == ["Adam", "AdamW", "SGD", "Adamax"]
    assert at_hand(legend) == "SGD"
    legend.findChild(QToolButton, "race_up_button").click()
    assert names(legend) == ["Adam", "SGD", "AdamW", "Adamax"]


def test_an_entry_at_an_end_goes_no_farther(legend, qtbot):
    up, down = (legend.findChild(QToolButton, f"race_{way}_button") for way in ("up", "down"))
    assert (up.isEnabled(), down.isEnabled()) == (False, True)
    qtbot.keyClick(legend.list, Key.Key_Up, Modifier.AltModifier)
    assert names(legend)[0] == "SGD"
    qtbot.keyClick(legend.list, Key.Key_End)
    assert (up.isEnabled(), down.isEnabled()) == (True, False)


@pytest.mark.parametrize(
    ("dragged", "row", "order"),
    [(0, 3, "Adam AdamW SGD Adamax"), (3, 0, "Adamax SGD Adam AdamW"), (1, 4, "SGD AdamW Adamax Adam")],
)
def test_dropped_between_others_it_stands_there(legend, dragged, row, order):
    model = legend.model
    data = model.mimeData([model.index(dragged, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert names(legend) == order.split()


def test_losses_are_short_and_the_tip_has_them_in_full(legend):
    legend.show_losses("newest", {"SGD/diy": 0.123456789, "SGD/torch": 0.12345679})
    cell = legend.model.index(0, 1)
    assert cell.data() == "0.1235"
    assert "SGD/torch: 0.12345679" in cell.data(Qt.ItemDataRole.ToolTipRole)
