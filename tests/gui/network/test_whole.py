"""The Network tab in the window: live, and one weight chosen in all views."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QTabBar, QTableView

from gui.network.canvas import NetworkCanvas
from gui.network.learned.boundary import BoundaryPage
from gui.network.shape import Place
from gui.network.stage_light import StageLight
from tests.gui.windows import Person

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def looking(tiny: Person) -> Person:
    """At the picture, which has its numbers."""
    look(tiny)
    tiny.wait(lambda: canvas(tiny).content is not None)
    return tiny


def look(person: Person) -> None:
    """Come to the view, which is made over some turns when that is the first time."""
    person.press(Key.Key_4, CTRL)
    person.wait(lambda: person.window.findChild(NetworkCanvas, "network_canvas") is not None)


def canvas(person: Person) -> NetworkCanvas:
    return person.find(NetworkCanvas, "network_canvas")


def readout(person: Person) -> str:
    return person.find(QLineEdit, "network_readout").text()


def test_nothing_of_it_is_there_before_somebody_looks(tiny):
    assert tiny.window.findChild(NetworkCanvas, "network_canvas") is None


def test_it_shows_the_run_from_where_it_stands_and_goes_on_with_it(tiny):
    tiny.run_steps(3)
    look(tiny)
    assert canvas(tiny).hasFocus()
    tiny.press(Key.Key_Right)
    tiny.press(Key.Key_Right)
    tiny.press(Key.Key_PageDown)
    tiny.wait(lambda: readout(tiny).startswith("layer1.weight[0, 0]   DIY "))
    before = readout(tiny)
    tiny.run_steps(2)
    tiny.wait(lambda: readout(tiny) != before)
    tiny.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    tiny.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    tiny.wait(lambda: readout(tiny) == before)  # the step of then has the numbers of then


def test_a_click_chooses_the_weight_everywhere(looking):
    spot = canvas(looking).drawn.line(Place(1, 0, 1)).pointAt(0.3).toPoint()
    looking.qtbot.mouseClick(canvas(looking), Qt.MouseButton.LeftButton, pos=spot)
    looking.press(Key.Key_1, CTRL)
    asked = looking.window.maps.request()
    assert (asked.tensor, asked.at) == ("layer1.weight", (0, 1))
    looking.press(Key.Key_F11)
    looking.wait(lambda: looking.window.debugging.controller.state == "ready")
    assert looking.find(QComboBox, "formula_weight").currentText() == "layer1.weight"
    assert looking.find(QSpinBox, "formula_j").value() == 1


def test_what_is_chosen_in_the_formula_is_marked_in_the_picture(looking):
    looking.window.debugging.show_breakpoints()
    looking.find(QSpinBox, "formula_j").setValue(1)
    assert canvas(looking).chosen_place == Place(1, 0, 1)
    assert looking.window.maps._triple.at == (0, 1)


def test_the_picture_lights_what_the_debuggers_line_works_on(looking):
    looking.press(Key.Key_F11)
    controller = looking.window.debugging.controller
    looking.wait(lambda: controller.state == "ready")
    seen = []
    for _ in range(4):
        looking.press(Key.Key_F6)
        seen.append(canvas(looking).light)
    assert StageLight(1, "activation") in seen
    assert StageLight(None, "loss") in seen
    assert StageLight(1, "backward") in seen
    assert StageLight(1, "update") in seen
    looking.press(Key.Key_4, CTRL)
    looking.run_steps(5)
    looking.wait(lambda: canvas(looking).light is None)  # the run has gone on without it


def test_beside_the_source_it_is_small_and_only_where_there_is_room(looking):
    looking.window.resize(1400, 1000)
    looking.press(Key.Key_F11)
    looking.wait(lambda: looking.window.debugging.controller.state == "ready")
    small = looking.find(NetworkCanvas, "network_small")
    looking.wait(lambda: small.isVisible() and small.content is not None)
    source = looking.window.debugging.view.source
    width = source.width()
    looking.press(Key.Key_F6)
    assert small.light is not None
    looking.window.resize(1024, 700)
    looking.wait(lambda: not small.isVisible())
    assert source.width() > 0
    assert width > 0


def told(person: Person, row: int, column: int) -> str:
    model = person.find(QTableView, "predictions_table").model()
    return model.index(row, column).data()


def test_predictions_are_live_and_those_of_then_in_the_past(tiny):
    tiny.window.resize(1400, 900)
    tiny.press(Key.Key_4, CTRL)
    tiny.run_steps(2)
    tiny.wait(lambda: told(tiny, 1, 2) not in ("…", ""))
    before = told(tiny, 1, 2)
    tiny.run_steps(20)
    tiny.wait(lambda: told(tiny, 1, 2) != before)
    for _ in range(20):
        tiny.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    tiny.wait(lambda: told(tiny, 1, 2) == before)  # the step of then has the predictions of then


def test_the_pages_are_made_when_they_are_first_looked_at(tiny):
    tiny.window.resize(1400, 900)
    tiny.press(Key.Key_4, CTRL)
    tiny.wait(lambda: "…" not in told(tiny, 0, 2))
    assert tiny.window.findChild(BoundaryPage, "boundary") is None
    tiny.find(QTabBar, "learned_pages").setFocus()
    tiny.press(Key.Key_Right)
    page = tiny.find(BoundaryPage, "boundary")
    tiny.wait(lambda: page.isVisible() and tiny.find(QLabel, "boundary_legend").text() != "")
    tiny.press(Key.Key_1, CTRL)
    assert tiny.window.session.requests()[4] is None


def test_at_the_smallest_window_what_is_looked_at_has_half_of_the_centre(looking):
    looking.window.resize(1024, 700)
    bar = looking.find(QTabBar, "learned_pages")
    looking.wait(lambda: bar.isTabVisible(0))
    centre = looking.window.central_tabs
    looking.wait(lambda: canvas(looking).height() * canvas(looking).width() > centre.height() * centre.width() / 2)
    bar.setFocus()
    looking.press(Key.Key_Right)
    table = looking.find(QTableView, "predictions_table")
    looking.wait(lambda: table.height() * table.width() > centre.height() * centre.width() / 2)
    assert not canvas(looking).isVisible()
    looking.press(Key.Key_1, CTRL)
    looking.press(Key.Key_4, CTRL)
    assert bar.hasFocus()
