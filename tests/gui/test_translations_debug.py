"""The debugger, the timeline, the breakpoints and the preferences leave no English in a Chinese window."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from engine.protocol import StageVerdict, Stopped
from engine.spec import KINDS, OPS, QUANTITIES, STAGE_KINDS, ExperimentError, check, textbook_files, textbook_lines
from gui.debug.formula import stage_sentences
from gui.debug.stages import stage_words
from gui.debug.stages.stage_strip import StageStrip
from gui.debug.step.controller import DebugController
from gui.debug.values import verdict_words
from gui.debug.values.variables import VariablesPage
from gui.debug.view import DebugView
from gui.forms.breakpoints import words as breakpoint_words
from gui.look.wording import fault_sentence
from gui.window.preferences import Preferences
from gui.window.step_slider import StepSlider
from gui.window.stop_words import stop_text
from tests.gui.chinese import ENGLISH, HAN, all_texts
from tests.gui.debug_sessions import FakeSession
from tests.gui.frames import ADAM, SGD, make_spec
from tests.gui.traces import refused
from tests.gui.windows import LANE, TINY, Desk, Key, Modifier, Person, save_experiment

pytestmark = pytest.mark.usefixtures("chinese")

STOPS: list[dict[str, Any]] = [
    {"kind": "line", "file": "network.py", "line": 37},
    {"kind": "line", "file": "network.py", "line": 1, "hits": 3},
    *({"kind": "stage", "stage": stage} for stage in STAGE_KINDS),
    *({"kind": "stage", "stage": stage, "layer": 1} for stage in STAGE_KINDS if stage != "loss"),
    *({"kind": "condition", "quantity": name, "op": "<", "value": 0.5} for name in QUANTITIES),
    *({"kind": "condition", "quantity": "loss", "op": op, "value": 2} for op in OPS if op != "not_finite"),
    {"kind": "condition", "quantity": "grad_norm", "op": "not_finite", "lane": "SGD/diy"},
]


# Functions, classes and variables are called in the debugger as the source calls them.
SOURCES = [ast.parse("\n".join(textbook_lines(file))) for file in textbook_files()]
NODES = [node for source in SOURCES for node in ast.walk(source)]
CODE = {getattr(node, field, "") for node in NODES for field in ("name", "id", "arg")}


def english(widget: QWidget) -> set[str]:
    texts = all_texts(widget)
    assert any(HAN.search(text) for text in texts)
    return texts & ENGLISH - CODE


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", STOPS, ids=lambda one: "-".join(map(str, one.values())))
def test_why_a_run_has_stopped(one: dict[str, Any]) -> None:
    spec = make_spec(SGD, breakpoints=[one])
    assert HAN.search(breakpoint_words.summary(spec.breakpoints[0].model_dump()))
    measured = 0.25 if one["kind"] == "condition" else None
    text = stop_text(Stopped(1, 12, 0, 3, 0, value=measured, lane=LANE), spec)
    assert text.startswith("已在第 12 步")
    assert ("SGD · DIY 为 0.25" in text) == (measured is not None)


def test_where_a_number_that_is_not_finite_arose() -> None:
    stop = Stopped(
        1, 12, 0, 3, None, lane=LANE, tensor="layer1.weight", stage="layer1.update", file="network.py", line=7
    )
    words = "第 12 步出现了非有限的数：layer1.weight，阶段 layer1.update，network.py 第 7 行，通道 SGD · DIY。"
    assert stop_text(stop, make_spec(SGD)).startswith(words)


def test_every_choice_of_a_breakpoint() -> None:
    titles = [
        *map(breakpoint_words.kind_title, KINDS),
        *map(breakpoint_words.stage_title, STAGE_KINDS),
        *map(breakpoint_words.quantity_title, QUANTITIES),
        *map(breakpoint_words.op_title, OPS),
        *map(breakpoint_words.layer_title, ("", "2")),
        *(breakpoint_words.lane_title("", paired) for paired in (True, False)),
    ]
    assert all(map(HAN.search, titles))
    assert len(set(titles)) >= len(KINDS) + len(QUANTITIES) + len(OPS)


def test_every_stage_verdict_and_part_of_an_update() -> None:
    stages = ["layer2.forward", "layer2.activation", "loss", "layer2.backward", "layer2.update"]
    texts = [
        *map(stage_words.title, stages),
        *(stage_words.about(stage_words.parse(stage).kind) for stage in stages),
        *(stage_sentences.sentence(stage, name) for stage in stages for name in ("SGD", "Adam", "AdamW", "Other")),
        stage_sentences.end_sentence(),
        *(verdict_words.verdict_text(verdict) for verdict in get_args(StageVerdict)),
    ]
    say = (stage_sentences.part_name, stage_sentences.part_sentence)
    parts = ["gradient", "momentum", "weight_decay", "decoupled_decay", "bias_correction", "scaling", "rounding"]
    texts += [words(part) for part in (*parts, "delta") for words in say]
    assert [text for text in texts if not HAN.search(text)] == []


# --- the Debug view -------------------------------------------------------------------------------


@pytest.fixture
def debugger(qtbot: QtBot) -> Iterator[tuple[FakeSession, DebugView]]:
    session = FakeSession(SGD, {**ADAM, "backends": ["torch"]})
    controller = DebugController(session)
    view = DebugView(controller)
    qtbot.addWidget(view)
    view.set_experiment(session.run_spec)
    view.resize(900, 560)
    with qtbot.waitExposed(view):
        view.show()
    controller.open_next()
    yield session, view
    view.close()


def test_a_step_followed_from_its_beginning_to_its_end(debugger: tuple[FakeSession, DebugView]) -> None:
    session, view = debugger
    session.answer_trace(
        verdicts={"layer1.backward": "differs", "layer1.update": "unstable", "layer1.forward": "not_finite"}
    )
    controller = view.controller
    assert controller.traced is not None
    last = len(controller.traced.lines)
    for event in (0, 5, last // 2, last):
        controller.go_to(event)
        assert not english(view)
    controller.go_to_place("network.py", 1)
    assert not english(view)
    strip = view.findChild(StageStrip)
    assert strip is not None
    assert {cell.text for cell in strip.picture._cells} >= {"1 前向", "2 激活", "损失", "1 反向", "2 更新"}


def test_nothing_to_follow(debugger: tuple[FakeSession, DebugView]) -> None:
    session, view = debugger
    assert not english(view)  # the trace is awaited
    session.run(None, None)
    assert not english(view)
    session.stand_at(1)
    view.controller.set_entry(1)  # runs as torch alone
    assert not english(view)
    view.controller.set_entry(0)
    session.traced.emit(refused(step=view.controller.step))
    assert not english(view)
    for phase in ("warming", "failed"):
        session.phase = phase
        session.changed.emit()
        assert not english(view)


def test_the_variables_of_a_function(debugger: tuple[FakeSession, DebugView], qtbot: QtBot) -> None:
    session, view = debugger
    session.answer_trace()
    page = VariablesPage()
    qtbot.addWidget(page)
    traced = view.controller.traced
    assert traced is not None
    made = [binding for line in traced.lines for binding in line.made]
    page.show_variables(traced, tuple(made[:8]), ())
    assert not english(page)


# --- the whole window -----------------------------------------------------------------------------


UPDATE = {"kind": "stage", "stage": "update", "hits": 4}
RATE = {"kind": "condition", "quantity": "lr", "op": ">", "value": 5}


@pytest.fixture
def window(desk: Desk, tmp_path: Path) -> Person:
    person = desk.start(file=save_experiment(tmp_path / "tiny.json", breakpoints=[UPDATE, RATE]))
    person.wait(lambda: person.state == "就绪")
    return person


def test_a_run_stopped_by_a_breakpoint_and_followed_line_by_line(window: Person) -> None:
    window.press(Key.Key_Space)
    view: DebugView = window.window.debugging.view
    window.wait(lambda: view.controller.state == "ready" and view.controller.reason is not None)
    assert window.text("debugSentence") == "已在第 4 步停止。任一层的更新之前"
    window.press(Key.Key_1, Modifier.ControlModifier)
    window.wait(lambda: "已在第 4 步停止。任一层的更新之前" in window.banners)
    assert not english(window.window)
    window.click(window.offer("在调试视图中查看"))
    titles = [view.pages.tabText(index) for index in range(view.pages.count())]
    assert titles == ["变量", "公式", "数值", "断点"]
    for page in range(view.pages.count()):
        view.pages.setCurrentIndex(page)
        window.press(Key.Key_F10)
        assert not english(window.window)
    view.pages.setCurrentIndex(titles.index("公式"))
    window.wait(lambda: "layer1.weight[0, 0] 的变化量" in window.text("update_title"))
    assert not english(window.window)


def test_a_forked_run_its_branch_and_its_timeline(window: Person) -> None:
    window.press(Key.Key_Space)
    window.wait(lambda: window.state == "已暂停" and window.text("stepCounter") == "第 3 步")
    window.press(Key.Key_1, Modifier.ControlModifier)  # the debugger came to the front
    window.press(Key.Key_Left, Modifier.AltModifier)
    window.wait(lambda: window.text("stepCounter") == "第 2 步")
    window.type_into("optimizer1_lr", "0.2")
    told = "运行在第 2 步之后分叉；原来的后续已保留为“分支 1”。"
    window.wait(lambda: told in window.banners)
    window.press(Key.Key_F10)
    window.wait(lambda: window.text("stepCounter") == "第 3 步")
    assert window.text("branch_1_details") == "SGD lr 0.1 · 第 2–3 步"
    assert not english(window.window)
    slider = window.find(StepSlider, "timeline_slider")
    at = QPoint(round(slider.place_of(2)), slider.height() - 3)
    assert "第 2 步之后" in slider.tip_at(at)


def test_the_preferences(window: Person) -> None:
    window.window.actions_.preferences.trigger()
    dialog = window.find(Preferences, "preferences")
    assert dialog.windowTitle() == "首选项"
    assert {"跟随系统", "浅色", "深色", "用于回退的内存"} <= all_texts(dialog)
    assert not english(dialog)
    dialog.close()


def test_what_is_wrong_with_breakpoints() -> None:
    parts = [{"layer": 9, "stage": "update"}, {"layer": 1, "stage": "loss"}, {"stage": "updates"}]
    faulty = [{"kind": "stage", **part} for part in parts]
    faulty += [{**RATE, **part} for part in ({"value": None}, {"op": "not_finite"}, {"lane": "SGD/torch"}, {"hits": 0})]
    with pytest.raises(ExperimentError) as raised:
        check(TINY | {"breakpoints": faulty})
    assert {fault_sentence(fault) for fault in raised.value.faults} == {
        "断点，第 1 项，层：必须 ≥ 1 且 ≤ 1，而不是 9",
        "断点，第 2 项，层：此处不能填写 1：损失不属于任何一层",
        '断点，第 3 项，阶段："updates" 不在可选项 forward, activation, loss, backward, update 之中——是否想写 update？',
        "断点，第 4 项，值：缺失",
        "断点，第 5 项，值：此处不能填写 5.0：not_finite 不与任何数比较",
        '断点，第 6 项，通道："SGD/torch" 不在可选项 SGD/diy 之中',
        "断点，第 7 项，命中次数：必须 ≥ 1，而不是 0",
    }


def test_no_key_stands_for_two_entries_of_a_menu(window: Person) -> None:
    window.press(Key.Key_2, Modifier.ControlModifier)
    menus = [menu for menu in window.window.findChildren(QMenu) if menu.parent() is window.window.menuBar()]
    for menu in menus:
        keys = [key for action in menu.actions() for key in re.findall(r"&(.)", action.text())]
        assert len(keys) == len(set(keys)), menu.title()
    assert {"文件(&F)", "运行(&R)", "调试(&D)", "视图(&V)", "帮助(&H)"} <= {menu.title() for menu in menus}
