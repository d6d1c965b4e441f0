"""Text and plots as large as is wanted, at once, and the full screen: by keys, and kept for the next start."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget

from engine.protocol import HISTORY_BUDGET
from gui.debug.source.source_view import SourceView
from gui.files.settings import Settings
from gui.look.formula import Formula
from gui.look.text_size import ZOOMS, zoom_beside
from gui.window.transport import PACES
from tests.gui.windows import Desk, Key, Modifier, Person

CTRL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


@pytest.fixture(autouse=True)
def usual_size_after(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    yield
    qapp.setFont(before)


def zoom(person: Person, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    """Press a key that makes the window once more."""
    former = person.window.form
    person.press(key, modifier)
    person.wait(lambda: person.window.form is not former)
    person.wait(person.window.isActiveWindow)


def sizes(person: Person) -> dict[str, float]:
    """Heights of what is read in one place and another, in pixels."""
    window, axis, debugging = person.window, person.window.loss.picture.up, person.window.debugging
    return {
        "menus": window.menuBar().fontMetrics().height(),
        "fields": person.find(QWidget, "optimizer1_lr").fontMetrics().height(),
        "losses": person.find(QWidget, "loss_SGD/diy").fontMetrics().height(),
        "code": person.find(SourceView, "source").fontMetrics().height(),
        "formulas": debugging.formula.findChildren(Formula)[0]._size(),
        "axes": axis.label.boundingRect().height(),  # pyright: ignore[reportOptionalMemberAccess]
        "stages": debugging.view.strip.picture.wanted_height,
    }


def pen_width(person: Person) -> float:
    """How broad the first curve is drawn."""
    curve = person.window.loss._drawing._curves[0]._item
    return 0.0 if curve is None else curve.opts["pen"].widthF()


def test_keys_make_text_code_formulas_and_plots_larger_together_and_back(tiny: Person) -> None:
    tiny.run_steps(3)
    tiny.press(Key.Key_F11)
    tiny.wait(lambda: tiny.window.debugging.controller.traced is not None)
    usual = sizes(tiny)
    width = pen_width(tiny)
    for key in (Key.Key_Plus, Key.Key_Equal, Key.Key_Plus, Key.Key_Plus, Key.Key_Plus):
        zoom(tiny, key)
    assert Settings().zoom == 200
    large = sizes(tiny)
    for name, size in usual.items():
        assert 1.6 <= large[name] / size <= 2.3, name
    tiny.press(Key.Key_1, CTRL)  # curves are drawn where they are seen
    tiny.wait(lambda: pen_width(tiny) > 1.3 * width)
    assert tiny.step == 3
    zoom(tiny, Key.Key_Minus)
    assert Settings().zoom == 175
    zoom(tiny, Key.Key_0)
    tiny.press(Key.Key_2, CTRL)
    tiny.wait(lambda: tiny.window.debugging.controller.traced is not None)
    assert sizes(tiny) == usual


def test_a_larger_window_while_a_step_is_being_recorded_leaves_the_run_where_it_stands(tiny: Person) -> None:
    tiny.run_steps(3)
    tiny.press(Key.Key_F11)
    for _ in range(3):
        zoom(tiny, Key.Key_Plus)
    tiny.wait(lambda: tiny.window.debugging.controller.traced is not None)
    tiny.wait_for_state("Paused")
    assert tiny.step == 3


def test_the_zoom_ends_at_both_ends(tiny: Person) -> None:
    tiny.window.appearance.set_zoom(ZOOMS[-2])
    zoom(tiny, Key.Key_Plus)
    assert not tiny.window.actions_.zoom_in.isEnabled()
    assert tiny.window.actions_.zoom_out.isEnabled()
    assert [zoom_beside(ZOOMS[0], -1), zoom_beside(ZOOMS[-1], 1), zoom_beside(100, 0)] == [70, 250, 100]


def test_the_preferred_size_is_shown_at_once_and_kept(desk: Desk, tiny: Person, qapp: QApplication) -> None:
    usual = sizes(tiny)
    tiny.press(Key.Key_P, CTRL | SHIFT)
    box = tiny.find(QSpinBox, "preferences_points")
    assert box.text() == "As the system"
    points, former = qapp.font().pointSizeF(), tiny.window.form
    box.setFocus()
    box.selectAll()
    tiny.qtbot.keyClicks(box, str(round(1.5 * points)))
    tiny.qtbot.keyClick(box, Key.Key_Escape)
    tiny.wait(lambda: tiny.window.form is not former)
    assert tiny.window.findChild(QSpinBox, "preferences_points") is None, "they were closed"
    tiny.window.activateWindow()
    tiny.wait(tiny.window.isActiveWindow)
    assert sizes(tiny)["code"] > 1.3 * usual["code"]
    assert Settings().text_points == round(1.5 * points)
    zoom(tiny, Key.Key_Plus)  # of the size that is preferred
    assert qapp.font().pointSizeF() == pytest.approx(1.1 * round(1.5 * points))


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("zoom", "7", lambda: Settings().zoom == 100),
        ("zoom", "big", lambda: Settings().zoom == 100),
        ("text_points", "500", lambda: Settings().text_points is None),
        ("text_points", "-3", lambda: Settings().text_points is None),
        ("text_points", "", lambda: Settings().text_points is None),
    ],
)
def test_settings_that_make_no_sense_are_not_taken(key: str, value: str, read: Callable[[], bool]) -> None:
    Settings()._store.setValue(key, value)
    assert read()
    assert Settings().history_budget == HISTORY_BUDGET


def test_what_is_typed_stays_through_a_zoom_with_the_keyboard_in_its_field(tiny: Person) -> None:
    tiny.type_into("optimizer1_lr", "0.0x")
    zoom(tiny, Key.Key_Plus)
    field = tiny.find(QWidget, "optimizer1_lr")
    assert field.text() == "0.0x"
    assert field.hasFocus()


def test_the_full_screen_is_left_by_esc_that_nothing_else_wants(tiny: Person) -> None:
    window = tiny.window
    tiny.press(Key.Key_F, CTRL | SHIFT)
    tiny.wait(window.isFullScreen)
    assert window.actions_.full_screen.isChecked()
    tiny.press(Key.Key_P, CTRL | SHIFT)
    tiny.qtbot.keyClick(tiny.find(QComboBox, "preferences_theme"), Key.Key_Escape)
    assert window.isFullScreen(), "Esc was the dialog's"
    window.activateWindow()
    tiny.wait(window.isActiveWindow)
    tiny.type_into("title", "Full")
    tiny.press(Key.Key_Escape)
    tiny.wait(lambda: not window.isFullScreen())
    assert not window.actions_.full_screen.isChecked()
    tiny.press(Key.Key_F, CTRL | SHIFT)
    tiny.press(Key.Key_F, CTRL | SHIFT)
    assert not window.isFullScreen()


def test_the_speed_chosen_in_the_preferences_is_the_toolbars(tiny: Person) -> None:
    tiny.press(Key.Key_P, CTRL | SHIFT)
    box = tiny.find(QComboBox, "preferences_pace")
    box.setFocus()
    tiny.qtbot.keyClick(box, Key.Key_Home)
    assert (Settings().pace, tiny.window.transport.rate) == (PACES[0], PACES[0])
    tiny.qtbot.keyClick(box, Key.Key_End)
    assert (Settings().pace, tiny.window.transport.rate) == (None, None)
    tiny.qtbot.keyClick(box, Key.Key_Escape)


def test_every_key_is_one_actions_alone(tiny: Person) -> None:
    window = tiny.window
    taken = [key.toString() for action in window.actions_.with_keys() for key in action.shortcuts()]
    assert len(taken) == len(set(taken))
    assert {"Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0", "Ctrl+Shift+F"} <= set(taken)
    debugger = {key.toString() for action in window.debugging.view.actions_.all for key in action.shortcuts()}
    lent = {"F10", "F11", "Alt+Left", "Alt+Right"}  # the debugger's while it is in front
    assert not (debugger - lent) & set(taken)
