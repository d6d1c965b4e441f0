"""The comparison, the schedules, clipping, the test functions and the report leave no English in a Chinese window."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton, QTabWidget, QToolButton, QWidget

from engine.protocol import REPORT_WORDS, Growth
from engine.spec import (
    FUNCTION_NAMES,
    ExperimentError,
    check,
    hyper_fields,
    optimizer_names,
    schedule_fields,
    schedule_names,
)
from gui.debug.formula import stage_sentences
from gui.debug.stages import stage_words
from gui.forms.experiment_form import ExperimentForm
from gui.forms.problem_words import about
from gui.look.wording import fault_sentence, hyper_help, hyper_title
from gui.views.parity.pair_words import WORDS
from gui.views.parity.parity_words import line_of
from resources.make_translations import RESOURCES
from tests.gui.chinese import ENGLISH, HAN, all_texts
from tests.gui.frames import make_distance, make_drift, make_instability, make_mismatch, make_not_finite, make_pair
from tests.gui.surfaces import PROBLEM
from tests.gui.windows import TINY, Desk, Key, Modifier, Person, save_experiment

pytestmark = pytest.mark.usefixtures("chinese")

STEP = {"name": "StepLR", "params": {"step_size": 2}, "warmup": {"steps": 3, "start_factor": 0.1}}
RACERS = [
    {"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"], "schedule": STEP, "clip": {"norm": 1.0}},
    {"name": "Adam", "backends": ["diy"], "clip": {"value": 0.5}},
]
# Greek letters and the names of persons are the same in Chinese.
NAMES = {"AMSGrad", "Alpha", "Beta 1", "Beta 2", "Epsilon", "Epsilon 1", "Epsilon 2", "Eta −", "Eta +"}
NAMES |= {"Gamma", "Lambda", "Nesterov", "Rho", *(f"Newton–Schulz {name}" for name in "abc")}


def english(widget: QWidget) -> set[str]:
    texts = all_texts(widget)
    assert any(HAN.search(text) for text in texts)
    return texts & ENGLISH


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", schedule_names())
def test_every_parameter_of_a_schedule_is_explained_in_chinese(name: str) -> None:
    for field in schedule_fields(name):
        assert all(HAN.search(line) for line in hyper_help(field).splitlines())


def test_every_hyperparameter_is_called_by_a_chinese_name_or_by_its_letter() -> None:
    fields = [*map(hyper_fields, optimizer_names()), *map(schedule_fields, schedule_names())]
    titles = {hyper_title(field) for some in fields for field in some}
    assert {title for title in titles if not HAN.search(title)} <= NAMES


def test_every_word_of_a_report_is_chinese_but_for_versions_and_the_language_itself() -> None:
    own = {key: text for key, text in REPORT_WORDS.items() if key not in WORDS}
    words = {key: QCoreApplication.translate("report", text) for key, text in own.items()} | {**WORDS}
    without_words = {"pair_distance", "pair_ulps", "parity_told"}
    assert {key for key, text in words.items() if not HAN.search(text)} == {"language", "versions"} | without_words
    assert words["language"] == "zh-CN"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_verdict_is_told_in_chinese(dtype: str) -> None:
    whole, overflow = make_mismatch()._replace(stage="not localised"), make_instability(diy_error=float("inf"))
    pairs = [
        *(make_pair(max_abs=apart) for apart in (None, 0.0, 3e-8)),
        *(make_pair(weight=make_distance(1e30, ulps)) for ulps in (7.0, 2e6, 1e18)),
        *(make_pair(drift=make_drift(growth=growth)) for growth in get_args(Growth)),
        *(make_pair(judged=8, drift=make_drift(7, 1e30, growth)) for growth in get_args(Growth)),
        *(make_pair(verdict=verdict) for verdict in ("differs", "unstable", "not_finite")),
        make_pair(verdict="differs", mismatch=whole),
        make_pair(verdict="unstable", unstable=overflow),
        *(make_pair(verdict="not_finite", not_finite=make_not_finite(3, (side,))) for side in ("diy", "torch")),
    ]
    for pair in pairs:
        line = line_of(pair, dtype)
        words = {*re.findall("[A-Za-z]{2,}", re.sub("<[^>]+>|&[a-z]+;|layer1[.a-z]*", " ", line.shown + line.tip))}
        assert words <= {"DIY", "torch", "ULP", "NaN", "SGD", "loss"}, line.shown
        assert HAN.search(line.text)


def test_every_example_has_a_chinese_title() -> None:
    for example in RESOURCES.glob("examples/*.json"):
        title = json.loads(example.read_text(encoding="utf-8"))["title"]
        assert HAN.search(QCoreApplication.translate("examples", title)), example.name


def test_every_function_stage_and_optimizer_has_its_sentence() -> None:
    stages = ["schedule", "layer1.clip", "clip"]
    kinds = ["loss", "backward", "update"]
    texts = [
        *map(about, FUNCTION_NAMES),
        *map(stage_words.title, stages),
        *(stage_words.about(stage_words.parse(stage).kind) for stage in stages),
        *(stage_words.about(kind, point=True) for kind in kinds),
        *(stage_sentences.sentence(f"point.{kind}", "Adam", point=True) for kind in kinds),
        *(stage_sentences.sentence("layer2.update", name) for name in optimizer_names()),
        *(stage_sentences.part_name(part) for part in ("orthogonality", "curvature", "else")),
        *(stage_sentences.part_sentence(part) for part in ("orthogonality", "curvature", "else")),
        stage_sentences.end_sentence(point=True),
    ]
    assert [text for text in texts if not HAN.search(text)] == []


def test_what_is_wrong_with_schedules_clipping_and_functions() -> None:
    cycle = {"name": "CyclicLR", "params": {"base_lr": 0.1, "max_lr": 1, "base_momentum": 0.9, "max_momentum": 0.8}}
    plateau = {"name": "ReduceLROnPlateau", "params": {"patience": -1}, "warmup": {"steps": 3}}
    faulty = [
        {"name": "SGD", "schedule": cycle},
        {"name": "SGD", "label": "b", "schedule": plateau},
        {"name": "SGD", "label": "c", "schedule": {"name": "StepLR"}, "clip": {"norm": 1, "value": 1}},
        {"name": "SparseAdam"},
        {"name": "LBFGS", "clip": {"norm": 0}},
    ]
    with pytest.raises(ExperimentError) as raised:
        check(TINY | {"optimizers": faulty})
    assert {fault_sentence(fault) for fault in raised.value.faults} == {
        "优化器，第 1 项，调度，最低动量：不得大于 max_momentum",
        "优化器，第 2 项，调度，耐心：必须 ≥ 0，而不是 -1",
        "优化器，第 2 项，调度，预热：不能放在 ReduceLROnPlateau 之前，因为它要看损失："
        "torch 的 SequentialLR 不允许这样",
        "优化器，第 3 项，调度，步距：缺失",
        "优化器，第 3 项，裁剪：范数和值只能填写其一",
        "优化器，第 4 项，名称：不能是 SparseAdam，它需要稀疏梯度：全连接层没有稀疏梯度，因此不提供",
        "优化器，第 5 项，裁剪，范数：必须 > 0，而不是 0",
    }


# --- the form -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", schedule_names())
def test_a_schedule_in_the_form(qtbot, name: str) -> None:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(TINY | {"optimizers": [RACERS[0] | {"schedule": {"name": name, "params": {}}}]})
    form.show()
    more = form.findChild(QToolButton, "optimizer1_more")
    assert more is not None
    assert more.text().startswith("调度与裁剪")
    clip = form.findChild(QWidget, "optimizer1_clip")
    assert clip is not None
    assert clip.accessibleName() == "优化器 1，裁剪"
    assert not english(form)


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_a_test_function_in_the_form(qtbot, name: str) -> None:
    form = ExperimentForm()
    qtbot.addWidget(form)
    problem = {"function": name, "start": [1.0, 2.0]} | ({"condition": 50} if name == "quadratic" else {})
    form.set_raw({"schema": 1, "title": "", "problem": problem, "optimizers": [{"name": "SGD"}]})
    form.show()
    assert not english(form)


# --- the whole window -----------------------------------------------------------------------------


def compare(window: Person) -> QTabWidget:
    """To the comparison, with all of its pages made."""
    window.wait(lambda: window.state == "就绪")
    window.window.resize(1500, 900)  # race and pages side by side
    window.press(Key.Key_3, Modifier.ControlModifier)
    pages = window.find(QTabWidget, "comparePages")
    assert [pages.tabText(page) for page in range(pages.count())] == ["曲面", "扫描", "学习率", "早先的运行"]
    return pages


def sweep(window: Person) -> None:
    for name, text in (("sweep_first_points", "3"), ("sweep_steps", "4")):
        window.find(QWidget, name).findChild(QLineEdit).setText(text)
    assert window.text("sweep_count").startswith("3 个配置，约需")
    window.click(window.find(QPushButton, "sweep_start"))
    window.wait(lambda: window.text("sweep_state").startswith("已完成：各 4 步"))
    assert window.text("sweep_settings") == "SGD · lr 1e−4 … 1，3 个值，对数间距 · 4 步"


def test_a_race_with_all_of_its_pages(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    pages = compare(window)
    assert not english(window.window)
    window.window.transport.steps.setValue(4)
    window.press(Key.Key_F8)
    window.wait(lambda: window.state == "已暂停" and window.text("stepCounter") == "第 4 步")
    for page in range(pages.count()):
        pages.setCurrentIndex(page)
        if pages.tabText(page) == "扫描":
            sweep(window)
        assert not english(window.window)
    actions = {action.text() for action in window.window.menus.export.actions()}
    assert {"竞速图(&R)…", "损失曲面(&S)…", "表格(&T)…", "全部内容的报告 (&HTML)…"} <= actions


def test_a_report_is_saved_in_chinese(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    compare(window)
    file = tmp_path / "report.html"
    with window.naming(file):
        window.find(QAction, "export-report").trigger()  # type: ignore[arg-type]
    window.wait(file.exists)
    page = file.read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert {text for text in REPORT_WORDS.values() if f">{text}<" in page} == set()
    assert "<h2>结果</h2>" in page


def test_a_test_function_descended(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "valley.json"
    optimizers = [{"name": name, "backends": ["diy"]} for name in ("SGD", "Adam")]
    raw = {"schema": 1, "title": "山谷", "problem": PROBLEM, "dtype": "float64", "optimizers": optimizers}
    file.write_text(check(raw).to_json(), encoding="utf-8")
    window = desk.start(file=file)
    compare(window)
    window.press(Key.Key_F10)
    window.wait(lambda: window.text("stepCounter") == "第 1 步")
    window.wait(lambda: window.text("surface_key").startswith("○ 起点"))
    assert not english(window.window)
