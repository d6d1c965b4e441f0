"""The whole window with its debugger and its timeline: keys and clicks in, what is on screen out."""

import json
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QSpinBox, QTabWidget, QToolButton, QTreeWidget, QWidget

from gui.debug.source.gutter import Gutter
from gui.debug.source.source_view import SourceView
from gui.window.preferences import Preferences
from tests import mutants
from tests.engine.experiments import experiment, layer, optimizer
from tests.gui.window.test_main_window import losses
from tests.gui.windows import LANE, Desk, Key, Modifier, Person, diy_engine, save_experiment

LEFT = Qt.MouseButton.LeftButton
TORCH_IS_LOADED = 300_000  # ms: guards against what never comes


def open_debugger(person: Person) -> None:
    person.press(Key.Key_F11)
    person.wait(lambda: bool(place(person)))


def place(person: Person) -> str:
    """Which training step is shown, and where in it."""
    return person.text("debugPlace")


def wait_for_place(person: Person, words: str) -> None:
    person.wait(lambda: place(person).startswith(words))


def source(person: Person) -> SourceView:
    return person.find(SourceView, "source")


def line_at_hand(person: Person) -> str:
    """The marked line of the source."""
    line = source(person).current_line
    return "" if line is None else source(person).document().findBlockByNumber(line - 1).text().strip()


def click_gutter(person: Person, line: int) -> None:
    view = source(person)
    block = view.document().findBlockByNumber(line - 1)
    y = view.blockBoundingGeometry(block).translated(view.contentOffset()).center().y()
    person.qtbot.mouseClick(person.find(Gutter, "gutter"), LEFT, pos=QPoint(8, round(y)))


def test_a_click_in_the_gutter_stops_the_run_and_is_kept_with_the_experiment(
    desk: Desk, tiny: Person, tmp_path: Path
) -> None:
    open_debugger(tiny)
    line = (source(tiny).current_line or 0) + 1
    click_gutter(tiny, line)
    assert tiny.find(Gutter, "gutter").breakpoints == {line: True}
    tiny.press(Key.Key_1, Modifier.ControlModifier)
    assert not source(tiny).isVisible()
    tiny.press(Key.Key_F8)
    tiny.wait(lambda: source(tiny).isVisible())
    tiny.wait(lambda: source(tiny).current_line == line)
    assert (tiny.step, tiny.state) == (0, "Ready")
    assert tiny.text("debugSentence").startswith("Stopped in step 1.")
    assert tiny.banners == []  # the debugger has said it
    tiny.press(Key.Key_1, Modifier.ControlModifier)
    (told,) = tiny.banners
    assert told == tiny.text("debugSentence")
    tiny.press(Key.Key_S, Modifier.ControlModifier)
    file = tmp_path / "tiny.json"
    (kept,) = json.loads(file.read_text(encoding="utf-8"))["breakpoints"]
    assert (kept["kind"], kept["line"], kept["enabled"]) == ("line", line, True)
    desk.close()

    again = desk.start(file=file)
    again.wait_for_state("Ready")
    open_debugger(again)
    assert again.find(Gutter, "gutter").breakpoints == {line: True}
    click_gutter(again, line)
    assert again.find(Gutter, "gutter").breakpoints == {}


def test_going_on_past_the_last_line_takes_the_step(tiny: Person) -> None:
    open_debugger(tiny)
    tiny.press(Key.Key_F11, Modifier.ShiftModifier)
    wait_for_place(tiny, "Step 1, at its end")
    assert tiny.step == 0
    tiny.press(Key.Key_F10)
    wait_for_place(tiny, "Step 2")
    tiny.wait_for_step(1)
    tiny.press(Key.Key_F10, Modifier.ControlModifier)
    wait_for_place(tiny, "Step 1")
    tiny.press(Key.Key_1, Modifier.ControlModifier)
    tiny.wait(lambda: tiny.text(f"loss_{LANE}") == repr(losses(1)[0]))


def test_f10_takes_a_line_in_debug_and_a_step_in_run(tiny: Person) -> None:
    tiny.press(Key.Key_F10)
    tiny.wait_for_step(1)
    tiny.press(Key.Key_2, Modifier.ControlModifier)
    tiny.wait(lambda: bool(line_at_hand(tiny)))
    assert source(tiny).hasFocus()
    shown, line = place(tiny), line_at_hand(tiny)
    tiny.press(Key.Key_F10)
    tiny.wait(lambda: place(tiny) != shown)
    assert line_at_hand(tiny) != line
    assert tiny.step == 1
    tiny.press(Key.Key_1, Modifier.ControlModifier)
    tiny.press(Key.Key_F10)
    tiny.wait_for_step(2)


def test_alt_left_shows_the_same_place_a_step_before(tiny: Person) -> None:
    tiny.run_steps(4)
    open_debugger(tiny)
    wait_for_place(tiny, "Step 5")
    for _ in range(3):
        tiny.press(Key.Key_F10)
    line = line_at_hand(tiny)
    for step in (4, 3):
        tiny.press(Key.Key_Left, Modifier.AltModifier)
        wait_for_place(tiny, f"Step {step}")
        tiny.wait_for_step(step)
        assert line_at_hand(tiny) == line
    tiny.press(Key.Key_1, Modifier.ControlModifier)
    tiny.press(Key.Key_Left, Modifier.AltModifier)
    tiny.wait_for_step(2)
    tiny.wait(lambda: tiny.text(f"loss_{LANE}") == repr(losses(2)[-1]))


def test_another_rate_in_the_past_forks_and_the_old_future_stays(tiny: Person) -> None:
    tiny.run_steps(6)
    tiny.press(Key.Key_Home, Modifier.AltModifier)
    tiny.wait_for_step(0)
    for step in (1, 2):
        tiny.press(Key.Key_Right, Modifier.AltModifier)
        tiny.wait_for_step(step)
    tiny.type_into("optimizer1_lr", "0.5")
    tiny.run_steps(4)
    tiny.wait(lambda: tiny.window.findChild(QLabel, "branch_1_diy") is not None)
    tiny.wait(lambda: tiny.text("branch_1_diy") == repr(losses(6)[-1]))
    assert tiny.loss == losses(6, (2, {"lr": 0.5}))[-1]
    assert "Branch 1" in tiny.banners[0]
    tiny.click(tiny.find(QToolButton, "branch_1_remove"))
    tiny.wait(lambda: not tiny.find(QWidget, "branch_legend").isVisible())


def test_what_is_just_being_typed_counts_before_the_debugger_moves(tiny: Person) -> None:
    """Here: from which hit on a breakpoint stops."""
    open_debugger(tiny)
    pages = tiny.find(QTabWidget, "debugPages")
    tiny.qtbot.mouseClick(pages.tabBar(), LEFT, pos=pages.tabBar().tabRect(3).center())
    tiny.click(tiny.find(QWidget, "breakpoints_add_stage"))
    tiny.type_into("breakpoint_hits", "3")
    tiny.press(Key.Key_F5)
    wait_for_place(tiny, "Step 3")
    tiny.wait_for_step(2)


def budgets_told(file: Path, connection: Connection) -> None:
    """An engine that writes down what its runs' histories may take."""
    from engine.run.lockstep import Lockstep

    def told(run: Lockstep, budget: int, set_budget=Lockstep.set_budget) -> None:
        set_budget(run, budget)
        file.write_text(str(budget), encoding="utf-8")

    Lockstep.set_budget = told
    diy_engine(connection)


def test_the_budget_in_the_preferences_reaches_the_engine(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "budget.txt"
    person = desk.start(partial(budgets_told, file), save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    person.press(Key.Key_P, Modifier.ControlModifier | Modifier.ShiftModifier)
    dialog = person.find(Preferences, "preferences")
    field = dialog.findChild(QSpinBox, "preferences_budget")
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, "77")
    person.click(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close))
    person.wait(lambda: file.exists() and file.read_text(encoding="utf-8") == "77000000")


def test_a_click_on_a_difference_leads_to_the_mistaken_line(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mistake.json"
    spec = experiment([layer(3, "sigmoid"), layer(3, "tanh")], inputs=3, optimizers=[optimizer("SGD", lr=0.1)])
    file.write_text(spec.to_json(), encoding="utf-8")
    person = desk.start(mutants.engine_with("missing_factor_2"), file)
    person.qtbot.waitUntil(lambda: person.state == "Ready", timeout=TORCH_IS_LOADED)
    person.run_steps(3)
    lines = person.find(QTreeWidget, "parity_lines")
    item = lines.topLevelItem(0)
    assert item is not None
    person.wait(lambda: "differs" in item.text(1))
    person.qtbot.mouseClick(lines.viewport(), LEFT, pos=lines.visualItemRect(item).center())
    wait_for_place(person, "Step 1")
    assert line_at_hand(person).endswith("# mistake")
    person.wait_for_step(1)
