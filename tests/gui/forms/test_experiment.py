"""The form as a whole: what goes in comes out, and every fault finds its field."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QToolButton, QWidget

from engine.spec import DTYPES, ExperimentError, Fault, activation_names, check, load
from gui.forms.experiment_form import ExperimentForm
from gui.look.theme import DARK
from tests.drawing import examples
from tests.gui.faults import faulty_fields

EXAMPLES = sorted((Path(__file__).parents[3] / "resources" / "examples").glob("*.json"))
ARTICLE: dict[str, Any] = {
    "schema": 1,
    "title": "The article's experiment",
    "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
    "network": {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}], "loss": "mse"},
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy", "torch"]}],
}
CLASSES = ARTICLE | {
    "data": {"x": [[0.5, 1], [2, -3.25e-7], [5, 6]], "y": [0, 2, 1]},
    "network": {"layers": [{"units": 8, "activation": "tanh"}, {"units": 3}], "loss": "cross_entropy"},
    "batch": {"size": 2, "shuffle": True, "seed": 7},
    "dtype": "float64",
}
GIVEN = ARTICLE | {"start": {"weights": {"layer1.weight": [[0.1, -0.2, 0.3, -0.4]] * 4}}, "device": "cuda"}
DRAWN = CLASSES | {"data": CLASSES["data"] | {"test": {"share": 0.4, "seed": 9}}}
CHOSEN = CLASSES | {"data": CLASSES["data"] | {"test": {"rows": [2, 0]}}}
ALL_OPTIMIZERS = ARTICLE | {
    "start": {"seed": 2**32 - 1},
    "optimizers": [
        {
            "name": "Adam",
            "params": {"betas": [0.8, 0.99], "amsgrad": True},
            "label": "Adam, slow",
            "backends": ["torch"],
        },
        {"name": "AdamW", "params": {}, "backends": ["torch", "diy"]},
        {"name": "SGD", "params": {"lr": 1, "momentum": 0.9, "nesterov": True, "maximize": False}},
    ],
}


@pytest.fixture
def form(qtbot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(ARTICLE)
    return form


@pytest.mark.parametrize(
    "raw",
    [ARTICLE, CLASSES, DRAWN, CHOSEN, GIVEN, ALL_OPTIMIZERS],
    ids=["article", "classes", "drawn", "chosen", "given", "all"],
)
def test_an_experiment_comes_out_as_it_went_in(form: ExperimentForm, raw: dict):
    form.edited.connect(lambda: pytest.fail("edited is for the person's changes"))
    form.set_raw(raw)
    assert check(form.raw()) == check(raw)
    form.set_raw(ARTICLE)
    assert check(form.raw()) == check(ARTICLE)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_come_out_as_they_went_in(form: ExperimentForm, path: Path):
    spec = load(path.read_bytes())
    form.set_raw(json.loads(spec.to_json()))
    assert check(form.raw()) == spec


numbers = st.floats(-3e38, 3e38)  # what float32 holds too
layers = st.fixed_dictionaries(
    {"units": st.integers(1, 20), "activation": st.sampled_from(activation_names()), "bias": st.booleans()}
)
schedules = st.sampled_from(
    [
        None,
        {"name": "StepLR", "params": {"step_size": 30}},
        {"name": "MultiStepLR", "params": {"milestones": [3, 1], "gamma": 0.5}, "warmup": {"steps": 7}},
        {"name": "OneCycleLR", "params": {"max_lr": 1, "total_steps": 90, "anneal_strategy": "linear"}},
        {"name": "CyclicLR", "params": {"base_lr": 0, "max_lr": 1, "step_size_down": None, "cycle_momentum": False}},
        {"name": "LinearLR", "params": {}, "warmup": {"steps": 1, "start_factor": 0.5}},
        {"name": "ReduceLROnPlateau", "params": {"mode": "max", "threshold_mode": "abs"}},
    ]
)
entries = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["SGD", "Adam", "AdamW", "NAdam", "RMSprop"]),  # whose momentum can be cycled
        "schedule": schedules,
        "clip": st.sampled_from([None, {"norm": 1}, {"value": 0.5}]),
        "color": st.none() | st.integers(0, 15),
        "params": st.fixed_dictionaries({}, optional={"lr": st.floats(0, 10), "maximize": st.booleans()}),
        "backends": st.sampled_from([["diy"], ["torch"], ["diy", "torch"], ["torch", "diy"]]),
    }
)


@st.composite
def experiments(draw: st.DrawFn) -> dict[str, Any]:
    rows, inputs, network = (
        draw(st.integers(1, 4)),
        draw(st.integers(1, 4)),
        draw(st.lists(layers, min_size=1, max_size=3)),
    )
    units = network[-1]["units"]
    return {
        "schema": 1,
        "title": draw(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=30)),
        "data": {
            "x": draw(st.lists(st.lists(numbers, min_size=inputs, max_size=inputs), min_size=rows, max_size=rows)),
            "y": draw(st.lists(st.lists(numbers, min_size=units, max_size=units), min_size=rows, max_size=rows)),
        },
        "network": {"layers": network, "loss": "mse"},
        "start": {"seed": draw(st.integers(0, 2**32 - 1))},
        "dtype": draw(st.sampled_from(DTYPES)),
        "batch": {"size": draw(st.none() | st.integers(1, 9)), "shuffle": draw(st.booleans())},
        "optimizers": draw(st.lists(entries, min_size=1, max_size=3)),
    }


@examples(8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(experiments())
def test_any_experiment_comes_out_as_it_went_in(form: ExperimentForm, raw: dict):
    form.set_raw(raw)
    assert check(form.raw()) == check(raw)


def test_half_typed_text_survives_a_save_and_its_return(qtbot, form: ExperimentForm):
    for name in ("layer1_units", "start_seed", "batch_size"):
        field = form.findChild(QWidget, name)
        field.setFocus()
        qtbot.keyClicks(field, "?")
    for name in ("optimizer1_lr", "optimizer1_momentum"):
        qtbot.keyClicks(form.findChild(QWidget, name), "e-")
    typed = form.raw()
    assert typed["optimizers"][0]["params"] == {"lr": "0.1e-", "momentum": "e-"}
    assert "?" in typed["network"]["layers"][0]["units"]
    form.set_raw(ARTICLE)
    form.set_raw(typed)
    assert form.raw() == typed


def change(**parts: Any) -> Callable[[dict], None]:
    return lambda raw: raw.update(parts)


def with_entry(**entry: Any) -> Callable[[dict], None]:
    return change(optimizers=[ARTICLE["optimizers"][0], {"name": "Adam", "label": "second"} | entry])


FAULTY = [
    (change(title="t" * 300), ["title"]),
    (change(network={"layers": [{"units": 0}, {"units": 4}]}), ["layer1_units"]),
    (
        change(network={"layers": [{"units": 4}, {"units": "x", "activation": "swish"}]}),
        ["layer2_units", "layer2_activation"],
    ),
    (change(network={"layers": [{"units": 4}], "loss": "hinge"}), ["network_loss"]),
    (change(start={"seed": -1}), ["start_seed"]),
    (change(start={"seed": "x"}, dtype="float16"), ["start_seed", "start_dtype"]),
    (change(start={"weights": {"layer1.weight": [[1]]}}), ["start_given"]),
    (change(device="tpu"), ["start_device"]),
    (change(batch={"size": 0, "shuffle": True, "seed": 2**32}), ["batch_size", "batch_seed"]),
    (with_entry(params={"lr": -1}), ["optimizer2_lr"]),
    (with_entry(params={"betas": [0.9, 1.0]}), ["optimizer2_betas_1"]),
    (with_entry(params={"eps": "tiny"}), ["optimizer2_eps"]),
    (with_entry(name="SGD", params={"nesterov": True}), ["optimizer2_nesterov"]),
    (with_entry(backends=[]), ["optimizer2_backends"]),
    (with_entry(label="a/b"), ["optimizer2_label"]),
    (with_entry(name="Adm"), ["optimizer2_name"]),
]


@pytest.mark.parametrize(("spoil", "names"), FAULTY, ids=[names[0] for _, names in FAULTY])
def test_each_fault_marks_its_very_field(form: ExperimentForm, spoil: Callable[[dict], None], names: list[str]):
    raw = dict(ARTICLE)
    spoil(raw)
    form.set_raw(raw)
    with pytest.raises(ExperimentError) as caught:
        check(form.raw())
    form.show_faults(caught.value.faults)
    assert marked(form) == sorted(names)
    for name in names:
        assert form.findChild(QWidget, name).accessibleDescription() in form.findChild(QWidget, name).toolTip()
    form.show_faults([])
    assert marked(form) == []


def marked(form: ExperimentForm) -> list[str]:
    return faulty_fields(form)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("network", "layers"), "network_message"),
        (("network", "surprise"), "network_message"),
        (("data", "y"), "data_message"),
        (("data", "x", 99, 0), "data_message"),
        (("start", "surprise"), "start_message"),
        (("batch",), "start_message"),
        (("optimizers",), "optimizers_message"),
        (("optimizers", 0, "params", "beta"), "optimizer1_message"),
        (("surprise",), "experiment_message"),
        ((), "experiment_message"),
    ],
)
def test_a_fault_without_a_field_is_told_as_near_as_can_be(form: ExperimentForm, path: tuple, name: str):
    form.show_faults([Fault(path, "missing")])
    assert marked(form) == []
    told = [label for label in form.findChildren(QLabel) if "is missing" in label.text()]
    assert [label.objectName() for label in told] == [name]


def test_headings_count_the_faults_below_them(form: ExperimentForm):
    form.show_faults([Fault(("data", "y"), "needs_rows", {"loss": "mse"}), Fault(("data", "x", 0, 0), "missing")])
    assert form.findChild(QLabel, "data_mark").text() == "⚠ 2"
    assert "2" in form.findChild(QToolButton, "data_heading").accessibleName()
    assert form.findChild(QLabel, "network_mark").isHidden()
    form.show_faults([])
    assert form.findChild(QLabel, "data_mark").isHidden()


def test_many_faults_are_told_in_few_lines(form: ExperimentForm):
    form.show_faults([Fault(("data", "x", 0, 0), "missing")] * 1000)
    lines = form.findChild(QLabel, "data_message").text().splitlines()
    assert len(lines) < 10
    assert "996" in lines[-1]


def test_revealing_a_fault_opens_its_section_and_focuses_the_field(qtbot, form: ExperimentForm):
    form.resize(300, 400)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    qtbot.mouseClick(form.findChild(QToolButton, "optimizers_heading"), Qt.MouseButton.LeftButton)
    field = form.findChild(QWidget, "optimizer1_weight_decay")
    assert not field.isVisible()
    form.reveal(Fault(("optimizers", 0, "params", "weight_decay"), "missing"))
    assert QApplication.focusWidget() is field
    assert not field.visibleRegion().isEmpty()
    form.reveal(Fault(("data", "y", 0, 2), "missing"))
    grid = form.findChild(QWidget, "data_grid")
    assert QApplication.focusWidget() is grid
    assert grid.currentIndex().column() == 6
    form.reveal(Fault((), "missing"))


def test_the_form_never_scrolls_sideways(qtbot, form: ExperimentForm):
    wide = [[0.125] * 12] * 5000
    layers = [{"units": 1_000_000, "activation": "leaky_relu"}] * 3
    form.set_raw(ALL_OPTIMIZERS | {"data": {"x": wide, "y": wide}, "network": {"layers": layers}, "title": "T" * 200})
    form.show_faults([Fault(("optimizers", 0, "label"), "same_label", {"given": "W" * 200})])
    form.set_theme(DARK)
    form.resize(300, 600)
    with qtbot.waitExposed(form):
        form.show()
    scroll = form.findChild(QScrollArea, "experiment_scroll")
    assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()


def tab_through(qtbot, form: ExperimentForm) -> list[QWidget]:
    form.findChild(QLineEdit, "title").setFocus()
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) not in seen:
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    return seen


def test_every_field_is_named_and_reached_by_tab_in_the_order_on_screen(qtbot, form: ExperimentForm):
    form.set_raw(ALL_OPTIMIZERS)
    form.resize(300, 2500)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    for name in ("network_add_layer", "layer2_up", "optimizer1_copy", "optimizer2_down", "optimizer1_remove"):
        button = form.findChild(QWidget, name)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()  # the layout
    seen = tab_through(qtbot, form)
    assert all(widget.accessibleName() for widget in seen)
    wanted = {"title", "data_grid", "layer2_bias", "network_loss", "start_seed", "optimizer2_betas_1", "optimizers_add"}
    assert wanted <= {widget.objectName() for widget in seen}
    tops = [widget.mapTo(form, widget.rect().center()).y() for widget in seen]
    wrong = [seen[at].objectName() for at in range(1, len(seen)) if tops[at] < tops[at - 1] - 12]
    assert not wrong, "Tab goes back up to these"
