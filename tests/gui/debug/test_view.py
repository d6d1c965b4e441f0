"""The Debug view as a whole: its keys, buttons, picture, stack, and what it says where there is nothing to follow."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.spec import LineBreakpoint, StageBreakpoint
from gui.debug.source.source_view import SourceView
from gui.debug.source.stack_view import StackView
from gui.debug.stages.stage_strip import StageStrip
from gui.debug.step.controller import DebugController
from gui.debug.view import DebugView
from gui.look.theme import DARK, LIGHT
from tests.gui.debug_sessions import FakeSession
from tests.gui.frames import ADAM, SGD
from tests.gui.traces import event_at, refused, traced_step

Key, Modifier = Qt.Key, Qt.KeyboardModifier
NETWORK, LINEAR = "network.py", "layers/linear.py"
TORCH_ONLY = {**ADAM, "backends": ["torch"]}


class Debugger:
    """The view on screen, and what a person does at it."""

    def __init__(self, qtbot: QtBot, session: FakeSession):
        self.qtbot, self.session = qtbot, session
        self.controller = DebugController(session)
        self.view = DebugView(self.controller)
        qtbot.addWidget(self.view)
        self.view.set_experiment(session.run_spec)
        self.view.resize(900, 560)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.view.activateWindow()
        self.view.take_keyboard()
        self.controller.open_next()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view.focusWidget() or self.view, key, modifier)

    def click(self, name: str) -> None:
        button = self.view.findChild(QWidget, name)
        assert button is not None, name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def text(self, name: str) -> str:
        label = self.view.findChild(QLabel, name)
        return label.text() if label.isVisible() else ""

    @property
    def frames(self) -> list[str]:
        """The call stack as it can be read."""
        buttons = self.view.findChild(StackView).findChildren(QToolButton)
        shown = [button for button in buttons if button.isVisible() and button.objectName().startswith("frame")]
        return [button.text() for button in sorted(shown, key=lambda button: button.x())]

    def at(self, text: str, occurrence: int = 0, file: str = NETWORK) -> int:
        return event_at(self.controller.traced, file, text, occurrence)


@pytest.fixture
def debugger(qtbot: QtBot) -> Iterator[Debugger]:
    """At the first line of the first step."""
    made = Debugger(qtbot, FakeSession())
    made.session.answer_trace(verdicts={"layer1.backward": "differs"})
    yield made
    made.view.close()


# --- keys and buttons ------------------------------------------------------------------------


def test_every_key_forward_and_back(debugger):
    controller = debugger.controller
    keys = [  # where from, there, back, and where each leads
        ("a = layer.activation.f(z)", (Key.Key_F10, Modifier.NoModifier), "return a, (kept, z, a)"),
        ("return a, (kept, z, a)", (Key.Key_F10, Modifier.ControlModifier), "a = layer.activation.f(z)"),
        ("da_dz = ", (Key.Key_F10, Modifier.NoModifier), "dL_dz = "),
        ("kept, z, a = cache", (Key.Key_F11, Modifier.NoModifier), "if layer.activation.back"),
        ("da_dz = ", (Key.Key_F11, Modifier.ControlModifier), "if layer.activation.back"),
        ("z, kept = ", (Key.Key_F11, Modifier.ShiftModifier), "caches.append(cache)"),
        ("z, kept = ", (Key.Key_F11, Modifier.ControlModifier | Modifier.ShiftModifier), "x, cache = layer_forw"),
        ("z, kept = ", (Key.Key_F6, Modifier.NoModifier), "a = layer.activation.f(z)"),
    ]
    for start, (key, modifier), end in keys:
        controller.go_to(debugger.at(start))
        debugger.press(key, modifier)
        assert controller.cursor == debugger.at(end), (start, key, modifier)
    debugger.press(Key.Key_F6, Modifier.ControlModifier)
    assert controller.cursor == 0


def test_the_run_is_moved_by_keys_too(debugger):
    session = debugger.session
    debugger.view.set_breakpoints([StageBreakpoint(stage="loss")])
    debugger.press(Key.Key_F5)
    assert debugger.controller.cursor == debugger.controller.traced.stages[4].first
    debugger.press(Key.Key_F5)
    assert session.sent == [("run", None, None, True)]
    session.stop(4, 3)
    session.answer_trace()
    debugger.press(Key.Key_Left, Modifier.AltModifier)
    session.answer_trace()
    assert debugger.controller.step == 3
    debugger.press(Key.Key_Right, Modifier.AltModifier)
    session.answer_trace()
    assert debugger.controller.step == 4
    debugger.press(Key.Key_F5, Modifier.ControlModifier)
    assert session.sent[-1] == ("run_back", 4)


def test_keys_sleep_while_the_view_is_hidden(debugger, qtbot):
    tabs, other = QTabWidget(), QLineEdit()
    qtbot.addWidget(tabs)
    tabs.addTab(debugger.view, "Debug")
    tabs.addTab(other, "Run")
    with qtbot.waitExposed(tabs):
        tabs.show()
    debugger.press(Key.Key_F11)
    assert debugger.controller.cursor == 1
    tabs.setCurrentWidget(other)
    qtbot.keyClick(other, Key.Key_F11)
    assert debugger.controller.cursor == 1
    debugger.view.setParent(None)


def test_tab_reaches_the_buttons_and_the_picture_of_the_stages(debugger):
    seen = []
    while (focus := debugger.view.focusWidget()) not in seen:
        seen.append(focus)
        debugger.press(Key.Key_Tab)
    assert {"source", "debugOverButton", "debugEntry", "stages"} <= {widget.objectName() for widget in seen}


def test_buttons_do_what_the_keys_do(debugger):
    debugger.click("debugIntoButton")
    assert debugger.controller.cursor == 1
    debugger.click("debugIntoBackButton")
    assert debugger.controller.cursor == 0
    back = debugger.view.findChild(QToolButton, "debugIntoBackButton")
    assert not back.isEnabled(), "there is nothing before the first line"
    assert "F11" in back.toolTip()
    assert back.accessibleName() == "Step into backwards"


def test_f9_asks_for_a_breakpoint_at_the_text_cursor(debugger, qtbot):
    debugger.controller.go_to(debugger.at("z, kept = "))
    debugger.press(Key.Key_Down)
    with qtbot.waitSignal(debugger.view.breakpoint_toggled) as toggled:
        debugger.press(Key.Key_F9)
    line = debugger.controller.traced.lines[debugger.at("z, kept = ")].line
    assert toggled.args == [NETWORK, line + 1]


def test_enter_goes_to_the_line_of_the_text_cursor(debugger):
    debugger.controller.go_to(debugger.at("z, kept = "))
    debugger.press(Key.Key_Down)
    debugger.press(Key.Key_Return)
    assert debugger.controller.cursor == debugger.at("a = layer.activation.f(z)")
    for _ in range(3):
        debugger.press(Key.Key_Down)
    debugger.press(Key.Key_Return)
    assert "does not run in this step" in debugger.text("debugSentence")


def test_keys_pressed_fast_pass_the_steps_end_once(debugger):
    debugger.controller.go_to(len(debugger.controller.traced.lines) - 1)
    for _ in range(4):
        debugger.press(Key.Key_F10)
    assert debugger.session.sent == [("run", 1, None, True)]


# --- where one is ----------------------------------------------------------------------------


def test_the_place_and_the_sentence_follow_the_cursor(debugger):
    assert debugger.text("debugPlace") == "Step 1, 0 of 106 lines run"
    assert "F10" in debugger.text("debugSentence"), "a first hint"
    debugger.controller.go_to_stage(5)
    assert debugger.text("debugSentence").startswith("Layer 2, backward: The chain rule")
    debugger.controller.go_to(106)
    assert debugger.text("debugPlace") == "Step 1, at its end"


def test_with_little_room_the_place_is_short(debugger):
    debugger.view.resize(500, 420)
    assert debugger.text("debugPlace") == "1: 0/106"


def test_the_stack_reads_outermost_first(debugger):
    debugger.controller.go_to(debugger.at("return a * (1 - a)", file="activations/sigmoid.py"))
    assert debugger.frames == ["train_step", "network.backward", "layer_backward (layer 2)", "d_sigmoid"]
    debugger.controller.go_to(debugger.at("step = g", file="optimizers/sgd.py"))
    assert debugger.frames == ["train_step", "step.update", "sgd.update (layer1.weight)"]


def test_a_click_on_a_frame_shows_its_source(debugger):
    controller = debugger.controller
    controller.go_to(debugger.at("return a * (1 - a)", file="activations/sigmoid.py"))
    debugger.click("frame2")
    source = debugger.view.findChild(SourceView)
    assert (source.file, source.current_line) == (NETWORK, controller.traced.lines[debugger.at("da_dz = ")].line)
    assert debugger.text("sourceFile") == NETWORK
    assert controller.cursor == debugger.at("return a * (1 - a)", file="activations/sigmoid.py")
    debugger.press(Key.Key_Left)
    assert source.current_line == controller.traced.lines[debugger.at("dL_da, layer_grads = ")].line, "by key"
    debugger.press(Key.Key_F10)
    assert source.current_line == controller.traced.lines[controller.cursor].line, "stepping on leaves the frame"


def test_outer_frames_without_room_are_in_a_menu(debugger):
    debugger.controller.go_to(debugger.at("return a * (1 - a)", file="activations/sigmoid.py"))
    debugger.view.add_page("Page", QLabel("a page"))
    debugger.view.resize(500, 400)
    assert debugger.frames[-1] == "d_sigmoid"
    assert len(debugger.frames) < 4
    more = debugger.view.findChild(QToolButton, "moreFrames")
    assert more.isVisible()
    more.menu().actions()[0].trigger()
    assert debugger.view.findChild(SourceView).file == "step.py"


# --- the picture of the stages ---------------------------------------------------------------


def test_a_click_on_a_stage_goes_there(debugger):
    strip = debugger.view.findChild(StageStrip)
    cell = next(cell for cell in strip.picture._cells if cell.text == "1 backward")
    debugger.qtbot.mouseClick(strip.picture, Qt.MouseButton.LeftButton, pos=cell.rect.center().toPoint())
    assert debugger.controller.traced.stages[6].name == "layer1.backward"
    assert debugger.controller.cursor == debugger.controller.traced.stages[6].first


def test_stages_are_chosen_by_keys(debugger):
    strip = debugger.view.findChild(StageStrip)
    strip.picture.setFocus()
    for _ in range(4):
        debugger.press(Key.Key_Right)
    assert debugger.controller.cursor == 0, "the arrows only choose"
    assert "loss" in strip.picture.accessibleName()
    debugger.press(Key.Key_Return)
    assert debugger.controller.cursor == debugger.controller.traced.stages[4].first
    debugger.press(Key.Key_End)
    debugger.press(Key.Key_Space)
    assert debugger.controller.cursor == debugger.controller.traced.stages[-1].first


def test_a_stage_shows_its_verdict_and_whether_it_ran(debugger):
    strip = debugger.view.findChild(StageStrip)

    def color(name: str) -> str:
        cell = next(cell for cell in strip.picture._cells if cell.text == name)
        at = QPoint(round(cell.rect.center().x()), round(cell.rect.top()) + 3)
        return strip.picture.grab().toImage().pixelColor(at).name()

    debugger.controller.go_to_stage(4)
    ran, at_hand, ahead = color("1 forward"), color("loss"), color("1 backward")
    assert (at_hand, ahead) == (LIGHT.accent, LIGHT.base)
    assert ran not in (LIGHT.accent, LIGHT.base)
    debugger.controller.go_to_stage(7)
    assert color("1 backward") not in (ran, ahead), "it differs, so it has another colour than what does not"


@pytest.mark.parametrize("layers", [1, 2, 7, 30])
def test_any_number_of_layers_has_its_place(qtbot, layers):
    strip = StageStrip()
    qtbot.addWidget(strip)
    strip.resize(620, 100)
    with qtbot.waitExposed(strip):
        strip.show()
    traced = traced_step(layers, units=2)
    for number, stage in enumerate(traced.stages):
        strip.show_event(traced, stage.first)
        rect = strip.picture.shown_rect
        assert rect is not None
        shown = rect.translated(strip.picture.x(), 0)
        assert shown.left() >= 0, stage.name
        assert shown.right() <= strip.viewport().width(), (stage.name, number)
    assert not any_overlap(strip)


@pytest.mark.parametrize("layers", [1, 7])
def test_schedule_and_clipping_have_their_places_too(qtbot, layers):
    strip = StageStrip()
    qtbot.addWidget(strip)
    strip.resize(620, 100)
    traced = traced_step(layers, units=2)
    more = [traced.stages[0]._replace(name=name) for name in ("schedule", "clip")]
    strip.show_event(traced._replace(stages=(more[0], *traced.stages[:-layers], more[1], *traced.stages[-layers:])), 0)
    assert {"schedule", "clipping", "loss"} <= {cell.text for cell in strip.picture._cells}
    assert not any_overlap(strip)


def test_a_residual_has_a_column_for_its_sum_and_one_where_both_ways_meet_again(qtbot):
    strip = StageStrip()
    qtbot.addWidget(strip)
    strip.resize(900, 100)
    there = ("layer1", "layer2.1", "layer2.2", "layer2", "layer3")
    back = ("layer3", "layer2", "layer2.2", "layer2.1", "layer2", "layer1")
    names = [f"{name}.{kind}" for name in there for kind in ("forward", "activation")]
    names += ["loss", *(f"{name}.backward" for name in back), *(f"{name}.update" for name in there)]
    traced = traced_step(2, units=2)
    strip.show_event(traced._replace(stages=tuple(traced.stages[0]._replace(name=name) for name in names)), 0)
    assert not any_overlap(strip)
    rects = [cell.rect for cell in strip.picture._cells]
    lefts = [rects[place].left() for place, name in enumerate(names) if name.endswith(".backward")]
    assert lefts == sorted(lefts, reverse=True), "on the way back one goes to the left"
    meets = rects[len(names) - len(there) - 2]
    assert rects[0].left() < meets.left() < rects[2].left()
    assert not any(rect.left() == meets.left() for rect in rects if rect is not meets)


def any_overlap(strip):
    rects = [cell.rect for cell in strip.picture._cells]
    return any(one.intersects(other) for at, one in enumerate(rects) for other in rects[:at])


# --- entries and states ----------------------------------------------------------------------


def test_another_optimizer_is_chosen_in_the_box(debugger):
    box = debugger.view.findChild(QComboBox, "debugEntry")
    assert [box.itemText(index) for index in range(box.count())] == ["SGD", "Adam"]
    box.setFocus()
    debugger.press(Key.Key_Down)
    assert debugger.session.asked[-1] == (1, 1)
    debugger.session.answer_trace()
    assert debugger.controller.traced.entry == 1
    assert box.currentText() == "Adam"


def test_torch_alone_offers_another_optimizer(qtbot):
    debugger = Debugger(qtbot, FakeSession(TORCH_ONLY, SGD))
    debugger.controller.set_entry(0)
    assert "there is no line of ours to follow" in debugger.text("debugEmpty")
    offer = debugger.view.findChild(QPushButton, "debugFollow")
    assert offer.text() == "Follow SGD instead"
    debugger.click("debugFollow")
    debugger.session.answer_trace()
    assert debugger.controller.state == "ready"
    assert debugger.text("debugEmpty") == ""


@pytest.mark.parametrize(
    ("phase", "has_run", "said"),
    [("warming", True, "Loading torch…"), ("failed", True, "The engine has stopped"), ("ready", False, "No step")],
)
def test_it_says_why_there_is_nothing_to_follow(debugger, phase, has_run, said):
    debugger.session.phase = phase
    debugger.session.run_spec = debugger.session.run_spec if has_run else None
    debugger.session.changed.emit()
    assert said in debugger.text("debugEmpty")
    assert not debugger.view.findChild(QToolButton, "debugIntoButton").isEnabled()
    assert debugger.text("debugPlace") == ""


def test_a_step_that_is_not_there(debugger):
    debugger.session.stand_at(7)
    debugger.session.traced.emit(refused("no_step", step=7))
    assert debugger.text("debugEmpty") == "There is no step 7 to follow"


def veils(debugger: Debugger) -> list[str]:
    return [veil.text for veil in debugger.view.findChildren(QWidget, "stale_veil") if veil.isVisible()]


def test_while_the_run_runs_the_step_is_marked_as_old(debugger):
    page = QLabel("a page")
    debugger.view.add_page("Page", page)
    debugger.view.add_page("Breakpoints", QLabel("more"), of_step=False)
    assert veils(debugger) == []
    debugger.session.running = True
    debugger.session.changed.emit()
    assert set(veils(debugger)) == {"Running. This is step 1"}
    assert len(veils(debugger)) == 2, "the source and the page, not the breakpoints"
    assert not debugger.view.findChild(QToolButton, "debugIntoButton").isEnabled()
    debugger.session.stand_at(1)
    assert veils(debugger) == []


def test_an_edit_marks_it_too(debugger):
    debugger.view.set_stale(True)
    assert veils(debugger) == ["From before your edit"]
    debugger.view.set_stale(False)
    assert veils(debugger) == []


def test_a_stop_says_why_until_one_goes_on(debugger):
    debugger.view.reason_words = lambda stopped: f"because of {stopped.breakpoint}"
    debugger.session.stop(2, 5, 1)
    debugger.session.answer_trace()
    assert debugger.text("debugSentence") == "because of 1"
    sentence = debugger.view.findChild(QLabel, "debugSentence")
    assert sentence.contentsRect().top() >= 3, "its frame has room around the text"
    debugger.press(Key.Key_F10)
    debugger.view.layout().activate()
    QApplication.processEvents()
    assert "because" not in debugger.text("debugSentence")
    assert sentence.contentsRect().top() == 0
    assert sentence.contentsRect().height() >= sentence.fontMetrics().height(), "nothing of it is cut off"


def test_breakpoints_are_shown_in_the_source(debugger):
    debugger.controller.go_to(debugger.at("z, kept = "))
    debugger.view.set_breakpoints([LineBreakpoint(file=NETWORK, line=37)])
    assert debugger.view.source._gutter.breakpoints == {37: True}


def test_another_experiment_leaves_nothing_behind(debugger):
    debugger.session.begin(ADAM)
    debugger.view.set_experiment(debugger.session.run_spec)
    assert debugger.text("debugEmpty") == "Recording the step…"
    assert debugger.view.source.current_line is None
    debugger.session.answer_trace()
    assert debugger.text("debugPlace") == "Step 1, 0 of 116 lines run"


def test_it_has_both_themes(debugger):
    light = debugger.view.grab().toImage()
    debugger.view.set_theme(DARK)
    assert debugger.view.grab().toImage() != light


def test_every_pages_title_is_in_sight_in_a_narrow_window(debugger, qtbot):
    for title in ("Variables", "Formula", "Values", "Breakpoints"):
        debugger.view.add_page(title, QLabel(title))
    debugger.view.resize(660, 500)
    bar = debugger.view.pages.tabBar()
    qtbot.waitUntil(lambda: debugger.view.splitter.width() < 660)
    assert bar.tabRect(bar.count() - 1).right() <= debugger.view.pages.width()


def test_a_source_that_has_changed_since_is_said_to_be_what_runs(qtbot):
    """Of the file on screen alone."""
    debugger = Debugger(qtbot, FakeSession())
    traced = traced_step(2)
    sources = tuple(source._replace(changed=source.file == NETWORK) for source in traced.sources)
    debugger.session.traced.emit(traced._replace(sources=sources))
    debugger.controller.go_to(debugger.at("z, kept = "))
    assert debugger.text("sourceChanged") == "The file has changed since it was loaded. Shown is what runs."
    debugger.controller.go_to(debugger.at("return ", file="losses/mse.py"))
    assert debugger.text("sourceChanged") == ""
    debugger.view.close()
