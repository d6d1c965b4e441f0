"""The whole window, as a person uses it: keys, clicks and menus in; what is on screen out."""

from functools import partial
from itertools import pairwise
from multiprocessing.synchronize import Event
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDockWidget, QLabel, QMessageBox, QWidget

from engine.run.lockstep import Lockstep
from engine.spec import check, load
from gui.files.documents import DEFAULT
from tests.gui.tiny_engine import held_engine
from tests.gui.windows import LANE, TINY, Desk, Key, Modifier, Person


def losses(steps: int, *changes: tuple[int, dict]) -> list[float]:
    """The true loss at every step, where each change is (after which step, the new params)."""
    run = Lockstep(check(TINY))
    found: list[float] = []
    for step in range(steps):
        for after, params in changes:
            if after == step:
                run.set_params(0, params)
        run.advance()
        found.append(float(run.losses[0]))
    return found


def test_the_first_start_shows_the_articles_experiment(desk: Desk, gate: Event) -> None:
    person = desk.start(partial(held_engine, gate))
    assert check(person.window.form.raw()) == load(DEFAULT.read_bytes())
    assert person.window.windowTitle() == "Untitled[*] – Lockstep"
    assert not person.window.isWindowModified()
    assert person.find(QWidget, "title").text() == "The article's experiment"
    assert {button.objectName() for button in person.window.findChildren(QCheckBox)} >= {
        "legend_SGD/diy",
        "legend_SGD/torch",
    }
    assert person.state == "Loading torch…"
    assert person.banners == []


def test_forms_work_while_the_engine_warms_up(desk: Desk, gate: Event) -> None:
    person = desk.start(partial(held_engine, gate))
    person.type_into("title", "Mine")
    person.press(Key.Key_F10)
    assert person.state == "Loading torch, then runs"
    assert person.find(QWidget, "title").text() == "Mine"


def test_a_run_called_off_before_the_engine_is_ready_never_begins(desk: Desk, gate: Event) -> None:
    person = desk.start(partial(held_engine, gate))
    person.press(Key.Key_Space)
    assert person.state == "Loading torch, then runs"
    person.press(Key.Key_Space)
    assert person.state == "Loading torch…"
    gate.set()
    person.wait_for_state("Ready")
    assert person.step == 0


def test_space_runs_and_pauses(tiny: Person) -> None:
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step > 100)
    assert tiny.state == "Running"
    tiny.press(Key.Key_Space)
    tiny.wait_for_state("Paused")
    assert tiny.loss == losses(tiny.step)[-1]


def test_f10_takes_one_step_and_shows_its_loss(tiny: Person) -> None:
    for step, loss in enumerate(losses(3), start=1):
        tiny.press(Key.Key_F10)
        tiny.wait_for_step(step)
        assert tiny.loss == loss


def test_reset_leads_to_exactly_the_same_start(tiny: Person) -> None:
    tiny.run_steps(5)
    first = tiny.loss
    tiny.press(Key.Key_R, Modifier.ControlModifier)
    assert tiny.step == 0
    tiny.wait_for_state("Ready")
    assert tiny.text(f"loss_{LANE}") == ""
    tiny.run_steps(5)
    assert tiny.loss == first == losses(5)[-1]


def test_space_in_a_text_field_is_typed(tiny: Person) -> None:
    field = tiny.type_into("title", "two words")
    assert field.text() == "two words"
    assert tiny.state == "Ready"


def test_a_rate_changed_in_the_middle_counts_from_the_next_step(tiny: Person) -> None:
    tiny.run_steps(3)
    tiny.type_into("optimizer1_lr", "0.5")
    tiny.run_steps(3)
    assert tiny.loss == losses(6, (3, {"lr": 0.5}))[-1]
    assert tiny.loss != losses(6)[-1]
    assert tiny.veils() == [False] * 3


def test_reset_after_a_changed_rate_begins_with_the_new_one(tiny: Person) -> None:
    tiny.run_steps(3)
    tiny.type_into("optimizer1_lr", "0.5")
    tiny.run_steps(1)
    tiny.press(Key.Key_R, Modifier.ControlModifier)
    tiny.wait_for_state("Ready")
    tiny.run_steps(4)
    assert tiny.loss == losses(4, (0, {"lr": 0.5}))[-1]


def test_the_newest_losses_are_copied_for_a_spreadsheet(tiny: Person) -> None:
    QApplication.clipboard().setText("before")
    tiny.press(Key.Key_C, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert QApplication.clipboard().text() == "before"  # there is nothing to copy yet
    tiny.run_steps(4)
    tiny.press(Key.Key_C, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert QApplication.clipboard().text() == f"step\t{LANE}\n4\t{losses(4)[-1]!r}\n"


def test_every_action_is_in_a_menu_with_its_own_key(tiny: Person) -> None:
    entries = [action for menu in tiny.window.menuBar().actions() for action in menu.menu().actions()]
    with_keys = tiny.window.actions_.with_keys()
    assert [action.text() for action in with_keys if action not in entries] == []
    keys = sorted(action.shortcut().toString() for action in with_keys)
    assert [one for one, other in pairwise(keys) if one == other] == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [("Keyboard shortcuts", "F10"), ("Keyboard shortcuts", "Step out backwards"), ("About Lockstep", "torch none")],
)
def test_help_is_told_in_a_box_that_blocks_nothing(tiny: Person, entry: str, words: str) -> None:
    tiny.choose("Help", entry)
    box = tiny.find(QMessageBox, "")
    assert words in box.text()
    tiny.click(box.button(QMessageBox.StandardButton.Close))


def test_tab_leads_from_the_forms_to_the_plot_and_back(tiny: Person) -> None:
    tiny.find(QWidget, "title").setFocus()
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) not in seen:
        seen.append(focus)
        tiny.press(Key.Key_Tab)
    names = {widget.objectName() for widget in seen}
    wanted = {"title", "data_grid", "optimizers_add", "runSteps", "pace", "loss_log", "loss_plot", "parity_lines"}
    wanted |= {"map_entry", "triple_map"}
    assert wanted <= names
    nameless = [widget for widget in seen if not (widget.accessibleName() or getattr(widget, "text", str)())]
    assert [widget.objectName() or type(widget).__name__ for widget in nameless] == []


def test_tab_leads_to_a_button_though_the_mouse_is_held(tiny: Person) -> None:
    lines = tiny.find(QWidget, "parity_lines").viewport()
    tiny.qtbot.mousePress(lines, Qt.MouseButton.LeftButton)
    tiny.find(QWidget, "kind").setFocus()
    tiny.press(Key.Key_Tab)
    reached = QApplication.focusWidget().objectName()
    tiny.qtbot.mouseRelease(lines, Qt.MouseButton.LeftButton)
    assert reached == "data_heading"


def test_docks_are_closed_and_come_back_by_the_menu(tiny: Person) -> None:
    docks = [dock for dock in tiny.window.findChildren(QDockWidget) if dock.isVisible()]
    assert len(docks) == 3
    for dock in docks:
        tiny.choose("View", dock.windowTitle())
    assert not any(dock.isVisible() for dock in docks)
    tiny.run_steps(2)
    assert tiny.loss == losses(2)[-1]
    tiny.choose("View", "Default layout")
    assert all(dock.isVisible() for dock in docks)


def test_the_window_fits_a_small_screen(tiny: Person) -> None:
    tiny.window.resize(1024, 700)
    tiny.qtbot.waitUntil(lambda: tiny.window.width() == 1024)
    assert tiny.window.minimumSizeHint().width() <= 1024
    assert tiny.window.minimumSizeHint().height() <= 700
    bar = tiny.window.transport
    bar.keep_readings_still()
    assert all(
        bar.rect().contains(label.geometry()) for label in bar.findChildren(QLabel) if label.parentWidget() is bar
    )


def test_closing_ends_the_engine(tiny: Person) -> None:
    engine = psutil.Process(tiny.window.client.pid)
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: tiny.step > 10)
    tiny.press(Key.Key_Q, Modifier.ControlModifier)
    assert not tiny.window.isVisible()
    assert not engine.is_running()


def test_dark_reaches_every_part(tiny: Person) -> None:
    tiny.choose("View", "Theme", "Dark")
    dark = tiny.window.palette().window().color()
    assert dark.lightness() < 80
    canvas = tiny.find(QWidget, "loss_canvas")
    assert canvas.grab().toImage().pixelColor(3, 3).lightness() < 80


def test_a_file_that_is_not_there_is_told_and_the_default_shown(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=tmp_path / "missing.json")
    assert len(person.banners) == 1
    assert "missing.json" in person.banners[0]
    assert person.find(QWidget, "title").text() == "The article's experiment"
