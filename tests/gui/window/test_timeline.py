"""The timeline, through mouse and keys, and by what it shows of a run."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from gui.look.theme import DARK, LIGHT
from gui.window.step_slider import Mark, StepSlider
from gui.window.timeline import Timeline
from tests.gui.frames import make_frame

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(900, 40)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def sought(timeline: Timeline) -> list[int]:
    steps: list[int] = []
    timeline.seek_wanted.connect(steps.append)
    return steps


def find(timeline: Timeline, name: str) -> Any:
    return timeline.findChild(object, f"timeline_{name}")


def show(timeline: Timeline, step: int, newest: int, **parts: Any) -> None:
    timeline.show_frame(make_frame(step, newest=newest, **parts))


def shown(timeline: Timeline) -> tuple[int, int, str]:
    """The step by the slider, by the field, and of how many."""
    return find(timeline, "slider").value(), find(timeline, "step").value(), find(timeline, "newest_label").text()


def at(slider: StepSlider, step: int) -> QPoint:
    return QPoint(round(slider.place_of(step)), slider.height() // 2)


def drag(qtbot: QtBot, slider: StepSlider, *steps: int) -> None:
    qtbot.mousePress(slider, LEFT, pos=at(slider, steps[0]))
    for step in steps[1:]:
        qtbot.mouseMove(slider, at(slider, step))
    qtbot.mouseRelease(slider, LEFT, pos=at(slider, steps[-1]))


def test_without_a_run_nothing_can_be_done(timeline: Timeline) -> None:
    assert shown(timeline) == (0, 0, "of 0")
    parts = [find(timeline, name) for name in ("first", "back", "slider", "forward", "newest", "step")]
    assert [part.isEnabled() for part in parts] == [False] * 6


def test_it_follows_a_run_and_asks_for_nothing(timeline: Timeline, sought: list[int]) -> None:
    for step in (1, 50, 1_000_000):
        show(timeline, step, step, running=True)
        assert shown(timeline) == (step, step, f"of {step:,}")
    show(timeline, 4, 4)
    assert shown(timeline) == (4, 4, "of 4"), "a fork has made the run shorter"
    assert sought == []


def test_the_buttons_lead_to_both_ends_and_by_one_step(timeline: Timeline, sought: list[int], qtbot: QtBot) -> None:
    show(timeline, 100, 100)
    for name in ("back", "back", "forward", "first", "newest"):
        qtbot.mouseClick(find(timeline, name), LEFT)
    assert sought == [99, 98, 99, 0, 100]


def test_a_button_that_leads_nowhere_is_off_and_keeps_the_keyboard_near(timeline: Timeline, qtbot: QtBot) -> None:
    show(timeline, 1, 100)
    find(timeline, "back").setFocus()
    qtbot.keyClick(find(timeline, "back"), Key.Key_Space)
    assert QApplication.focusWidget() is find(timeline, "slider")
    assert not find(timeline, "first").isEnabled()
    assert not find(timeline, "back").isEnabled()
    qtbot.keyClick(find(timeline, "slider"), Key.Key_End)
    assert not find(timeline, "forward").isEnabled()
    assert find(timeline, "back").isEnabled()


def test_a_drag_asks_for_every_step_that_it_comes_to(timeline: Timeline, sought: list[int], qtbot: QtBot) -> None:
    show(timeline, 100, 100)
    drag(qtbot, find(timeline, "slider"), 80, 60, 20, 21)
    assert sought == [80, 60, 20, 21]
    assert shown(timeline) == (21, 21, "of 100")


def test_a_frame_on_the_way_does_not_move_the_handle_from_under_the_pointer(
    timeline: Timeline, sought: list[int], qtbot: QtBot
) -> None:
    show(timeline, 100, 100)
    slider = find(timeline, "slider")
    qtbot.mousePress(slider, LEFT, pos=at(slider, 40))
    timeline.show_frame(make_frame(80, newest=100), target=40)
    assert shown(timeline) == (40, 40, "of 100")
    qtbot.mouseMove(slider, at(slider, 30))
    qtbot.mouseRelease(slider, LEFT, pos=at(slider, 30))
    timeline.show_frame(make_frame(30, newest=100))
    assert sought == [40, 30]
    assert shown(timeline) == (30, 30, "of 100")


def test_a_press_of_another_button_moves_nothing(timeline: Timeline, sought: list[int], qtbot: QtBot) -> None:
    show(timeline, 100, 100)
    slider = find(timeline, "slider")
    qtbot.mousePress(slider, Qt.MouseButton.RightButton, pos=at(slider, 10))
    qtbot.mouseMove(slider, at(slider, 20))
    assert sought == []


def test_keys_move_by_a_step_by_a_hundredth_of_the_run_and_to_its_ends(
    timeline: Timeline, sought: list[int], qtbot: QtBot
) -> None:
    show(timeline, 5_000_000, 10_000_000)
    slider = find(timeline, "slider")
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_PageDown, Key.Key_PageUp, Key.Key_Home, Key.Key_End):
        qtbot.keyClick(slider, key)
    assert sought == [5_000_001, 5_000_000, 4_999_999, 4_899_999, 4_999_999, 0, 10_000_000]


def test_a_step_that_is_typed_is_gone_to_when_it_is_finished(
    timeline: Timeline, sought: list[int], qtbot: QtBot
) -> None:
    show(timeline, 100, 1000)
    field: QSpinBox = find(timeline, "step")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "25")
    timeline.show_frame(make_frame(100, newest=1000))
    assert field.text() == "25", "a frame takes away nothing that is being typed"
    assert sought == []
    qtbot.keyClick(field, Key.Key_Return)
    assert sought == [25]
    timeline.show_frame(make_frame(30, newest=1000))
    assert field.text() == "30"


def test_both_ends_of_the_slider_are_the_runs(timeline: Timeline) -> None:
    show(timeline, 0, 10_000_000)
    slider: StepSlider = find(timeline, "slider")
    assert slider.step_at(-50) == 0
    assert slider.step_at(slider.width() + 50) == 10_000_000
    for step in (0, 2_500_000, 10_000_000):
        assert slider.step_at(slider.place_of(step)) == pytest.approx(step, abs=10_000_000 / 500)


def test_marks_tell_what_happened_and_elsewhere_the_pointer_its_step(timeline: Timeline) -> None:
    show(timeline, 30, 100)
    slider: StepSlider = find(timeline, "slider")
    before = slider.grab().toImage()
    timeline.set_marks(
        [Mark(4, "change", "SGD lr 0.1 → 0.01", 0), Mark(4, "fork", "Branch 1", 0), Mark(57, "stop", "!")]
    )
    assert slider.grab().toImage() != before
    assert slider.tip_at(at(slider, 4)) == "SGD lr 0.1 → 0.01\nBranch 1"
    assert slider.tip_at(at(slider, 57)) == "!"
    assert slider.tip_at(at(slider, 80)) == "Step 80"
    timeline.clear()
    show(timeline, 30, 100)
    assert slider.grab().toImage() == before


def test_marks_have_the_colors_of_their_entries_in_both_themes(timeline: Timeline) -> None:
    show(timeline, 100, 100)
    slider: StepSlider = find(timeline, "slider")
    timeline.set_marks([Mark(50, "stop", "")])
    place = QPoint(round(slider.place_of(50)), slider.height() - 5)
    assert slider.grab().toImage().pixelColor(place).name() == LIGHT.error
    timeline.set_theme(DARK)
    assert slider.grab().toImage().pixelColor(place).name() == DARK.error


def test_everything_is_named_for_screen_readers(timeline: Timeline) -> None:
    for part in (*timeline.findChildren(QToolButton), find(timeline, "slider"), find(timeline, "step")):
        if part.objectName().startswith("timeline"):
            assert part.accessibleName(), part.objectName()
            assert part.toolTip(), part.objectName()
    assert all(label.text() for label in timeline.findChildren(QLabel))
