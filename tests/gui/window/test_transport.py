"""The bar on top: how many steps, how fast, and what it shows of the run."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from gui.files.settings import Settings
from tests.gui.windows import Desk, Key, Modifier, Person


def pace_shown(person: Person) -> str:
    slider = person.window.transport.pace
    labels = [label for label in person.window.transport.findChildren(QLabel) if label.x() > slider.x()]
    return min(labels, key=lambda label: label.x()).text()


def test_f8_runs_as_many_steps_as_the_box_says(tiny: Person) -> None:
    tiny.type_into("runSteps", "1234")
    tiny.press(Key.Key_F8)
    tiny.wait_for_step(1234)
    tiny.press(Key.Key_F8)
    tiny.wait_for_step(2468)


def test_the_buttons_do_what_the_keys_do(tiny: Person) -> None:
    buttons = {button.text(): button for button in tiny.window.transport.findChildren(QToolButton)}
    tiny.click(buttons["Step"])
    tiny.wait_for_step(1)
    tiny.click(buttons["Run steps"])
    tiny.wait_for_step(101)
    tiny.click(buttons["Reset"])
    tiny.wait_for_step(0)
    run = buttons["Run"]
    before = run.geometry()
    tiny.click(run)
    tiny.wait(lambda: tiny.step > 10)
    assert run.text() == "Pause"
    assert run.geometry() == before
    tiny.click(run)
    tiny.wait_for_state("Paused")


def test_the_buttons_are_named_for_screen_readers_as_they_stand(tiny: Person) -> None:
    names = {"resetButton": "Reset", "stepButton": "Step", "runButton": "Run", "runStepsButton": "Run steps"}
    names |= {"lookIntoButton": "Step into"}
    for name, spoken in names.items():
        assert tiny.find(QToolButton, name).accessibleName() == spoken
    tiny.click(tiny.find(QToolButton, "runButton"))
    tiny.wait_for_state("Running")
    assert tiny.find(QToolButton, "runButton").accessibleName() == "Pause"
    tiny.wait(lambda: tiny.text("stepCounter") != "Step 0")
    tiny.press(Key.Key_Space)
    tiny.wait_for_state("Paused")


def test_step_into_follows_the_next_step_in_debug(tiny: Person) -> None:
    tiny.click(tiny.find(QToolButton, "lookIntoButton"))
    assert tiny.window.central_tabs.is_debugging
    tiny.wait(lambda: tiny.text("debugPlace").startswith("Step 1,"))


MAIN_BUTTONS = ("resetButton", "stepButton", "lookIntoButton", "runButton", "runStepsButton")


def main_buttons_in_sight(person: Person) -> list[str]:
    person.window.resize(1024, 700)
    QApplication.processEvents()
    return [name for name in MAIN_BUTTONS if person.find(QToolButton, name).isVisible()]


def test_a_small_window_shows_what_moves_the_run(tiny: Person) -> None:
    assert main_buttons_in_sight(tiny) == [*MAIN_BUTTONS]


@pytest.mark.usefixtures("chinese")
def test_a_small_window_shows_it_in_chinese_too(desk: Desk) -> None:
    assert main_buttons_in_sight(desk.start()) == [*MAIN_BUTTONS]


def test_the_slider_goes_from_a_step_a_second_to_flat_out(tiny: Person) -> None:
    assert pace_shown(tiny) == "as fast as possible"
    slider = tiny.find(QWidget, "pace")
    slider.setFocus()
    tiny.press(Key.Key_Home)
    assert pace_shown(tiny) == "1 a second"
    tiny.press(Key.Key_Period, Modifier.ControlModifier)
    assert pace_shown(tiny) == "2 a second"
    tiny.press(Key.Key_Comma, Modifier.ControlModifier)
    assert pace_shown(tiny) == "1 a second"


def test_a_slow_run_goes_slowly_and_faster_at_once_when_asked(tiny: Person) -> None:
    tiny.find(QWidget, "pace").setFocus()
    tiny.press(Key.Key_Home)
    tiny.window.centralWidget().setFocus()
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step == 1)
    assert tiny.state == "Running"  # flat out it would have gone past 1 before that was seen
    tiny.find(QWidget, "pace").setFocus()
    tiny.press(Key.Key_End)
    tiny.wait(lambda: tiny.step > 1000)
    assert float(tiny.text("stepsPerSecond").removesuffix(" steps/s").replace(",", "")) > 0


def test_step_pauses_a_run(tiny: Person) -> None:
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step > 0)
    tiny.press(Key.Key_F10)
    tiny.wait_for_state("Paused")


def test_the_pace_returns_on_the_next_start(desk: Desk) -> None:
    first = desk.start()
    first.find(QWidget, "pace").setFocus()
    first.press(Key.Key_Home)
    assert Settings().pace == 1  # at once: the window need not be closed for it
    first.window.close()
    second = desk.start()
    assert pace_shown(second) == "1 a second"
    second.find(QWidget, "pace").setFocus()
    second.press(Key.Key_End)
    second.window.close()
    assert pace_shown(desk.start()) == "as fast as possible"


def test_a_first_start_runs_ten_steps_a_second(desk: Desk) -> None:
    QSettings().remove("steps_per_second")
    person = desk.start()
    assert pace_shown(person) == "10 a second"
    person.window.close()
    assert not QSettings().contains("steps_per_second")  # nobody has chosen it


@pytest.mark.parametrize(
    ("kept", "shown"),
    [(30.0, "20 a second"), (0.001, "1 a second"), (1e300, "2,000 a second"), (5e-324, "1 a second")],
)
def test_a_pace_that_the_slider_does_not_have_becomes_the_nearest(desk: Desk, kept: float, shown: str) -> None:
    Settings().pace = kept
    assert pace_shown(desk.start()) == shown


def test_a_screen_reader_reads_what_the_labels_say(tiny: Person) -> None:
    tiny.press(Key.Key_F10)
    tiny.wait_for_step(1)
    counter = QAccessible.queryAccessibleInterface(tiny.find(QLabel, "stepCounter"))
    assert counter.text(QAccessible.Text.Name) == "Step 1"
    state = QAccessible.queryAccessibleInterface(tiny.find(QLabel, "runState"))
    assert state.text(QAccessible.Text.Name) == "Paused"
    assert state.text(QAccessible.Text.Description) == "State"
