"""A test function in the form: typed, checked, switched to and away from with nothing lost."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton, QWidget

from engine.spec import FUNCTION_NAMES, Fault, check
from gui.forms.experiment_form import ExperimentForm
from gui.forms.problem_words import FORMULAS, SPOKEN, STARTS
from gui.look.formula import Formula
from gui.look.theme import DARK
from tests.gui.faults import looks_faulty

ARTICLE: dict[str, Any] = {
    "schema": 1,
    "title": "The article's experiment",
    "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
    "network": {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}], "loss": "mse"},
    "start": {"seed": 7},
    "batch": {"size": 1, "shuffle": True, "seed": 3},
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
}
VALLEY: dict[str, Any] = {
    "schema": 1,
    "title": "The valley",
    "problem": {"function": "rosenbrock", "start": [-1.5, 2.0]},
    "dtype": "float64",
    "optimizers": [{"name": "Adam", "params": {"lr": 0.1}}],
}
BOWL = VALLEY | {"problem": {"function": "quadratic", "start": [1e-3, -20], "condition": 250}}


@pytest.fixture
def form(qtbot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(ARTICLE)
    form.show()
    return form


class Hand:
    """A person's at the form."""

    def __init__(self, qtbot, form: ExperimentForm):
        self.qtbot, self.form = qtbot, form

    def find(self, name: str, kind: type = QWidget) -> Any:
        found = self.form.findChild(kind, name)
        assert found is not None, name
        return found

    def choose(self, name: str, value: str) -> None:
        """With the keyboard, so that the box tells of it."""
        box = self.find(name, QComboBox)
        while box.currentData() != value:
            up = box.findData(value) < box.currentIndex()
            self.qtbot.keyClick(box, Qt.Key.Key_Up if up else Qt.Key.Key_Down)

    def type_into(self, name: str, text: str) -> None:
        field = self.find(name)
        field.setFocus()
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(field, text)

    def shown(self, name: str) -> bool:
        found = self.form.findChild(QWidget, name)
        return found is not None and found.isVisible()


@pytest.fixture
def hand(qtbot, form: ExperimentForm) -> Hand:
    return Hand(qtbot, form)


@pytest.mark.parametrize("raw", [VALLEY, BOWL], ids=["valley", "bowl"])
def test_a_problem_comes_out_as_it_went_in(form: ExperimentForm, raw: dict):
    form.edited.connect(lambda: pytest.fail("edited is for the person's changes"))
    form.set_raw(raw)
    assert form.raw()["data"] is None
    assert form.raw()["network"] is None
    assert check(form.raw()) == check(raw)
    form.set_raw(ARTICLE)
    assert form.raw()["problem"] is None
    assert check(form.raw()) == check(ARTICLE)


def test_the_window_begins_without_a_problems_fields(form: ExperimentForm):
    """They are made when they are needed: nothing more holds up the start."""
    assert form.findChild(QWidget, "problem_function") is None


def test_switching_back_and_forth_loses_nothing(qtbot, form: ExperimentForm, hand: Hand):
    hand.type_into("layer1_units", "4x")
    hand.type_into("start_seed", "123")
    typed = form.raw()
    with qtbot.waitSignal(form.edited):
        hand.choose("kind", "problem")
    assert check(form.raw()).problem is not None
    hand.choose("problem_function", "himmelblau")
    hand.type_into("problem_start_y", "1e")
    problem = form.raw()
    assert problem["problem"] == {"function": "himmelblau", "start": [0, "1e"]}
    hand.choose("kind", "network")
    assert form.raw() == typed
    hand.choose("kind", "problem")
    assert form.raw() == problem


def test_only_what_is_trained_is_shown(hand: Hand):
    of_network = ("data_heading", "network_heading", "start_seed", "batch_size", "batch_shuffle", "batch_seed")
    always = ("start_dtype", "start_device", "optimizer1_name", "title", "kind")
    assert all(map(hand.shown, of_network))
    assert not hand.shown("problem_heading")
    hand.choose("kind", "problem")
    assert not any(map(hand.shown, of_network))
    assert hand.shown("problem_heading")
    assert all(map(hand.shown, always))
    assert hand.find("start_heading", QToolButton).text() == "Precision and device"
    hand.choose("kind", "network")
    assert all(map(hand.shown, of_network))
    assert not hand.shown("problem_heading")
    assert hand.find("start_heading", QToolButton).text() == "Start and batches"


def test_another_experiment_of_a_network_has_its_own_data(form: ExperimentForm, hand: Hand):
    form.set_raw(VALLEY)
    hand.choose("kind", "network")
    assert form.raw()["data"] == ARTICLE["data"]  # what was there before the valley was opened
    form.set_raw(VALLEY)
    form.set_raw(ARTICLE | {"data": {"x": [[9]], "y": [[1, 2, 3, 4]]}})
    assert form.raw()["data"]["x"] == [[9]]


@pytest.mark.parametrize("function", FUNCTION_NAMES)
def test_each_function_says_what_it_is(form: ExperimentForm, hand: Hand, function: str):
    form.set_raw(VALLEY)
    hand.choose("problem_function", function)
    formula = hand.find("problem_formula", Formula)
    assert formula.latex == FORMULAS[function]
    assert formula.accessibleName() == SPOKEN[function]
    assert hand.find("problem_about", QLabel).text()
    assert hand.shown("problem_condition") == (function == "quadratic")
    assert check(form.raw()).problem == check(VALLEY | {"problem": form.raw()["problem"]}).problem


def test_a_start_that_was_proposed_follows_the_function_and_one_that_was_typed_stays(form: ExperimentForm, hand: Hand):
    form.set_raw(VALLEY)
    hand.choose("problem_function", "beale")
    assert tuple(form.raw()["problem"]["start"]) == STARTS["beale"]
    hand.type_into("problem_start_x", "-2.25")
    hand.choose("problem_function", "saddle")
    assert form.raw()["problem"]["start"] == [-2.25, STARTS["beale"][1]]


def test_arrows_move_a_coordinate_by_a_tenth(qtbot, form: ExperimentForm, hand: Hand):
    form.set_raw(VALLEY)
    field = hand.find("problem_start_x")
    with qtbot.waitSignal(form.edited):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert form.raw()["problem"]["start"] == [-1.4, 2.0]
    for _ in range(15):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert form.raw()["problem"]["start"][0] == 0.1
    hand.type_into("problem_start_x", "?")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert form.raw()["problem"]["start"][0] == -0.1


def test_a_condition_is_kept_while_another_function_is_looked_at(form: ExperimentForm, hand: Hand):
    form.set_raw(BOWL)
    hand.choose("problem_function", "saddle")
    assert "condition" not in form.raw()["problem"]
    hand.choose("problem_function", "quadratic")
    assert form.raw()["problem"]["condition"] == 250


FAULTS = [
    (("problem", "start", 0), "problem_start_x", "Start x must be"),
    (("problem", "start", 1), "problem_start_y", "Start y must be"),
    (("problem", "start"), "problem_start_x", "Start x, y must be"),
    (("problem", "function"), "problem_function", "Function must be"),
    (("problem", "condition"), "problem_condition", "Condition number must be"),
    (("dtype",), "start_dtype", "Precision must be"),
]


@pytest.mark.parametrize(("path", "name", "words"), FAULTS)
def test_a_fault_finds_its_field(form: ExperimentForm, hand: Hand, path: tuple, name: str, words: str):
    form.set_raw(BOWL)
    form.set_theme(DARK)
    fault = Fault(path, "out_of_range", {"accepted": "≥ 1", "given": "0"})
    form.show_faults([fault])
    assert looks_faulty(hand.find(name))
    message = "start_message" if path == ("dtype",) else "problem_message"
    assert words in hand.find(message, QLabel).text()
    form.reveal(fault)
    assert hand.find(name).hasFocus()
    form.show_faults([])
    assert not looks_faulty(hand.find(name))
    assert not hand.shown(message)


def test_tab_leads_through_a_problem_before_the_optimizers(qtbot, form: ExperimentForm, hand: Hand):
    form.set_raw(BOWL)
    hand.find("kind").setFocus()
    names = []
    for _ in range(7):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        names.append(form.focusWidget().objectName())
    fields = ["problem_function", "problem_start_x", "problem_start_y", "problem_condition"]
    assert names[:5] == ["problem_heading", *fields]
    assert names[5:] == ["start_heading", "start_dtype"]


def test_breakpoints_know_that_there_are_no_layers(qtbot, form: ExperimentForm, hand: Hand):
    page = form.breakpoints
    page.setParent(None)  # as in the debugger, away from the form
    qtbot.addWidget(page)
    page.show()
    hand.choose("kind", "problem")
    page.findChild(QPushButton, "breakpoints_add_stage").click()
    stage, layer = (page.findChild(QComboBox, f"breakpoint_{name}") for name in ("stage", "layer"))
    assert [stage.itemData(row) for row in range(stage.count())] == ["loss", "backward", "update"]
    assert not layer.isVisible()
    assert check(form.raw()).breakpoints
    hand.choose("kind", "network")
    assert stage.count() == 5
    qtbot.waitUntil(layer.isVisible)
