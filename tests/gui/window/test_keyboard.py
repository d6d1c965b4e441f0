"""Space runs and pauses, but for what Tab has led to and a text that is typed; clicks leave no button the keyboard."""

from functools import partial
from multiprocessing.synchronize import Event

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton, QToolButton, QWidget

from tests.gui.tiny_engine import held_engine
from tests.gui.windows import Desk, Key, Person


def tab_to(person: Person, name: str) -> QWidget:
    widget = person.find(QWidget, name)
    for _ in range(200):
        if QApplication.focusWidget() is widget:
            return widget
        person.press(Key.Key_Tab)
    raise AssertionError(f"Tab never came to {name}")


def click(person: Person, widget: QWidget) -> None:
    """As the mouse does it: through the window, which moves the keyboard's focus too."""
    handle = person.window.windowHandle()
    place = widget.mapTo(person.window, QPoint(min(12, widget.width() // 2), widget.height() // 2))
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def focused(name: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.objectName() == name


def test_after_reset_and_run_space_pauses(tiny: Person) -> None:
    tiny.run_steps(3)
    tiny.find(QCheckBox, "batch_shuffle").click()
    title = tiny.find(QWidget, "title")
    click(tiny, title)
    assert focused("title")
    tiny.press(Key.Key_F10)
    click(tiny, tiny.offer("Reset and step"))
    tiny.wait_for_step(1)
    assert not isinstance(QApplication.focusWidget(), QToolButton | QPushButton)
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step > 20)
    tiny.press(Key.Key_Space)
    tiny.wait_for_state("Paused")
    assert tiny.step > 20


def test_a_clicked_box_is_ticked_and_space_runs(tiny: Person) -> None:
    box = tiny.find(QCheckBox, "loss_log")
    before = box.isChecked()
    click(tiny, box)
    assert box.isChecked() is not before
    assert QApplication.focusWidget() is not box
    tiny.press(Key.Key_Space)
    assert box.isChecked() is not before
    tiny.wait(lambda: tiny.step > 0)


def test_a_click_on_a_button_leaves_the_keyboard_where_it_was(tiny: Person) -> None:
    grid = tiny.find(QWidget, "data_grid")
    grid.setFocus()
    click(tiny, tiny.find(QToolButton, "data_add_row"))
    assert focused("data_grid")


def test_running_ends_typing(tiny: Person) -> None:
    field = tiny.type_into("title", "Mine")
    click(tiny, tiny.find(QToolButton, "runStepsButton"))
    tiny.wait_for_step(100)
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step > 100)
    assert field.text() == "Mine"


def test_what_tab_has_led_to_is_pressed_as_often_as_space_is(tiny: Person) -> None:
    tab_to(tiny, "stepButton")
    for step in (1, 2, 3):
        tiny.press(Key.Key_Space)
        tiny.wait_for_step(step)
    assert focused("stepButton")


def test_a_list_that_a_click_has_led_to_lets_space_run(tiny: Person) -> None:
    choice = tiny.find(QComboBox, "layer1_activation")
    choice.setFocus(Qt.FocusReason.MouseFocusReason)
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step > 0)
    assert not choice.view().isVisible()


def test_space_runs_where_a_value_is_only_read(tiny: Person) -> None:
    tiny.find(QWidget, "map_readout").setFocus()
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step > 0)


def test_a_dismissed_message_gives_the_keyboard_back(tiny: Person) -> None:
    tiny.run_steps(3)
    tiny.find(QCheckBox, "batch_shuffle").click()
    tiny.press(Key.Key_F10)
    cross = tiny.find(QToolButton, "dismiss")
    cross.setFocus(Qt.FocusReason.TabFocusReason)
    tiny.dismiss_banner()
    tiny.wait(lambda: not tiny.banners)
    assert not isinstance(QApplication.focusWidget(), QToolButton | QPushButton)


def test_space_while_the_engine_warms_up_runs_as_soon_as_it_is_ready(desk: Desk, gate: Event) -> None:
    """Wherever the person has gone meanwhile."""
    for key in (Key.Key_1, Key.Key_2, Key.Key_3):
        gate.clear()
        person = desk.start(partial(held_engine, gate))
        person.press(key, Qt.KeyboardModifier.ControlModifier)
        person.press(Key.Key_Space)
        assert person.state == "Loading torch, then runs"
        gate.set()
        person.wait(lambda person=person: person.step > 0)
        person.window.close()
