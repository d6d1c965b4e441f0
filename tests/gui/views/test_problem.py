"""A test function's run as the window shows it: its point in the heatmaps, its step in the debugger, its words."""

from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from engine.explain import explain
from engine.protocol import Explain, Stopped
from engine.spec import FUNCTION_NAMES, POINT, ExperimentSpec, check
from engine.trace.message import Told, tell
from gui.debug.formula.page import FormulaPage
from gui.debug.formula.stage_sentences import sentence
from gui.debug.stages import stage_words
from gui.debug.stages.stage_strip import StageStrip
from gui.forms.breakpoints.words import summary
from gui.look.formula import Formula
from gui.look.numbers import place
from gui.views.maps.heatmaps import HeatmapPanel
from gui.window.stop_words import stop_text
from tests.engine.experiments import optimizer, raw_problem
from tests.engine.explaining import recorded
from tests.gui.frames import make_frame, make_maps, make_spec

STEP = 2


def spec_of(function: str = "rosenbrock", **changes) -> ExperimentSpec:
    return check(raw_problem(function, optimizers=[optimizer("Adam", lr=0.1)], dtype="float64", **changes))


@cache
def told_of(function: str) -> Told:
    return tell(recorded(spec_of(function), STEP), 1, STEP)


# --- the heatmaps --------------------------------------------------------------------------------


@pytest.fixture
def panel(qtbot) -> HeatmapPanel:
    made = HeatmapPanel()
    qtbot.addWidget(made)
    made.resize(1000, 420)
    made.set_experiment(spec_of())
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_point_is_a_matrix_of_one_row(panel: HeatmapPanel):
    request = panel.request()
    assert request is not None
    assert request.tensor == POINT
    assert panel.findChild(QComboBox, "map_tensor").currentText() == "Point (x, y)"
    hint = panel.findChild(QLineEdit).placeholderText()
    assert hint.startswith("On the left x, on the right y.")


def test_a_cell_is_read_by_its_coordinate(qtbot, panel: HeatmapPanel):
    def show() -> None:
        w = np.array([[-48.0, 7.5]])
        panel.show_frame(make_frame(5, maps=make_maps(panel.request(), w, w)))

    show()
    for _ in range(2):
        qtbot.keyClick(panel.findChild(QWidget, "triple_map"), Qt.Key.Key_Right)
    show()
    assert panel.findChild(QLineEdit).text().startswith("∂L/∂y   DIY 7.5")


def test_a_network_has_its_own_hint_again(panel: HeatmapPanel):
    panel.set_experiment(make_spec())
    assert panel.findChild(QLineEdit).placeholderText().startswith("Rows are units")
    assert panel.findChild(QComboBox, "map_tensor").currentText() == "layer1.weight"


def test_a_coordinate_is_called_by_its_name():
    assert [place(POINT, (0, 0)), place(POINT, (0, 1))] == ["x", "y"]
    assert place(f"{POINT}.grad", (0, 1)) == "point.weight.grad[0, 1]"
    assert place("layer1.weight", (0, 1)) == "layer1.weight[0, 1]"


# --- the debugger --------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot) -> FormulaPage:
    page = FormulaPage()
    qtbot.addWidget(page)
    page.set_experiment(spec_of())
    page.resize(460, 800)
    page.show()
    return page


def visible(page: FormulaPage, name: str) -> bool:
    return page.findChild(QWidget, name).isVisible()


def answer(page: FormulaPage, function: str, asked: tuple) -> None:
    told = told_of(function)
    weight, index, row = asked
    page.show_explained(explain(told.trace, Explain(1, 0, STEP, 8, weight, index, row)))


@pytest.mark.parametrize("function", FUNCTION_NAMES)
def test_the_slope_of_a_coordinate_is_explained(page: FormulaPage, function: str):
    asked: list[tuple] = []
    page.explain_wanted.connect(lambda *question: asked.append(question))
    page.set_experiment(spec_of(function))
    page.show_line(told_of(function).traced, 8)
    assert asked == [(POINT, (0, 0), 0)]
    answer(page, function, asked[-1])
    formula = page.findChild(Formula, "chain_formula")
    value, slope = formula.latex.split(r" \\ ")
    assert value.startswith("L = ")
    assert slope.startswith(r"\frac{\partial L}{\partial x} = ")
    assert page.findChild(QLabel, "chain_title").text().startswith("<b>Why ∂L/∂x is ")
    assert not visible(page, "chain_table")
    assert visible(page, "update_part")

    page.findChild(QComboBox, "formula_coordinate").setCurrentText("y")
    assert asked[-1] == (POINT, (0, 1), 0)
    answer(page, function, asked[-1])
    assert formula.latex.split(r" \\ ")[1].startswith(r"\frac{\partial L}{\partial y} = ")
    assert "change of y" in page.findChild(QLabel, "update_title").text()


def test_a_coordinate_is_chosen_by_its_name_and_a_weight_by_numbers(page: FormulaPage):
    names = ("formula_i", "formula_j", "formula_row", "formula_coordinate")
    page.choose(POINT, 0, 1)
    assert page.findChild(QComboBox, "formula_weight").currentText() == "Point (x, y)"
    assert page.findChild(QComboBox, "formula_coordinate").currentText() == "y"
    assert [visible(page, name) for name in names] == [False, False, False, True]
    page.set_experiment(make_spec())
    assert [visible(page, name) for name in names] == [True, True, False, False]
    assert isinstance(page.findChild(QWidget, "formula_i"), QSpinBox)


def test_a_points_stages_stand_below_each_other(qtbot):
    strip = StageStrip()
    qtbot.addWidget(strip)
    strip.resize(600, 120)
    strip.show()
    strip.show_event(told_of("saddle").traced, 0)
    cells = strip.picture._cells
    assert [cell.text for cell in cells] == ["loss", "backward", "update"]
    assert len({cell.rect.x() for cell in cells}) == 1
    tops = [cell.rect.top() for cell in cells]
    assert tops == sorted({*tops})


def test_stages_have_words_of_their_own():
    stages = told_of("saddle").traced.stages
    assert [stage_words.title(stage.name) for stage in stages] == ["loss", "backward", "update"]
    assert stage_words.of_point(stages)
    for stage in stages:
        kind = stage_words.parse(stage.name).kind
        texts = [stage_words.about(kind, point=True), sentence(stage.name, "Adam", point=True)]
        for text in (*texts, stage_words.tip(stage, point=True)):
            assert text
            assert "layer" not in text.lower()
            assert "weight" not in text


def test_breakpoints_and_stops_speak_of_no_layers():
    texts = [summary({"kind": "stage", "stage": stage}, has_layers=False) for stage in ("loss", "backward", "update")]
    assert texts == ["Before the function's value", "Before the gradient", "Before the update"]
    assert summary({"kind": "stage", "stage": "update", "layer": 2}, has_layers=False).endswith(
        "layer 2"
    )  # to be mended
    spec = spec_of(breakpoints=[{"kind": "stage", "stage": "update"}])
    assert stop_text(Stopped(1, 4, 0, 8, 0), spec) == "Stopped in step 4. Before the update"
