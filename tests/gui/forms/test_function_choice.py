"""An activation's and a loss's parameters in the form: folded away, and there only where the function has any."""

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget

from engine.spec import Fault, check
from gui.forms.experiment_form import ExperimentForm
from tests.gui.faults import looks_faulty

LEAKY = {"name": "leaky_relu", "params": {"negative_slope": 0.25}}
RAW: dict[str, Any] = {
    "schema": 1,
    "data": {"x": [[1, 2], [3, 4]], "y": [0, 1]},
    "network": {
        "layers": [
            {"units": 4, "activation": LEAKY, "bias": True},
            {"units": 2, "activation": "identity", "bias": True},
        ],
        "loss": {"name": "cross_entropy", "params": {"weight": [1.0, 2.5], "label_smoothing": 0.1}},
    },
    "optimizers": [{"name": "SGD"}],
}


@pytest.fixture
def form(qtbot) -> ExperimentForm:
    made = ExperimentForm()
    qtbot.addWidget(made)
    made.set_raw(json.loads(json.dumps(RAW)))
    return made


def choose(form: ExperimentForm, name: str, value: str) -> None:
    box = form.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def more(form: ExperimentForm, name: str) -> QToolButton:
    return form.findChild(QToolButton, f"{name}_more")


def test_what_was_given_is_shown_and_given_back(form: ExperimentForm) -> None:
    assert form.raw()["network"] == RAW["network"]
    assert form.findChild(QWidget, "layer1_activation_negative_slope").text() == "0.25"
    assert form.findChild(QLineEdit, "network_loss_weight").text() == "1, 2.5"
    check(form.raw())


def test_a_function_without_parameters_has_no_fold_and_is_a_name(form: ExperimentForm) -> None:
    assert not more(form, "layer1_activation").isHidden()
    choose(form, "layer1_activation", "tanh")
    assert more(form, "layer1_activation").isHidden()
    assert form.raw()["network"]["layers"][0]["activation"] == "tanh"
    assert form.findChild(QWidget, "layer1_activation_negative_slope") is None


def test_what_is_typed_goes_into_the_file_and_what_is_taken_out_leaves_it(qtbot, form: ExperimentForm) -> None:
    choose(form, "layer2_activation", "hardtanh")
    assert form.raw()["network"]["layers"][1]["activation"] == "hardtanh"
    more(form, "layer2_activation").click()
    field = form.findChild(QWidget, "layer2_activation_min_val")
    qtbot.keyClicks(field, "-0.5")
    assert form.raw()["network"]["layers"][1]["activation"] == {"name": "hardtanh", "params": {"min_val": -0.5}}
    field.lineEdit().selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert form.raw()["network"]["layers"][1]["activation"] == "hardtanh"


def test_another_loss_has_its_own_parameters(qtbot, form: ExperimentForm) -> None:
    choose(form, "network_loss", "huber")
    assert form.raw()["network"]["loss"] == "huber"
    qtbot.keyClicks(form.findChild(QWidget, "network_loss_delta"), "0.5")
    assert form.raw()["network"]["loss"] == {"name": "huber", "params": {"delta": 0.5}}


def test_a_fault_marks_and_opens_the_parameters_field(form: ExperimentForm) -> None:
    path = ("network", "layers", 0, "activation", "params", "negative_slope")
    more(form, "layer1_activation").click()
    fault = Fault(path, "wrong_type", {"expected": "a number", "given": '"x"'})
    form.show_faults([fault])
    field = form.findChild(QWidget, "layer1_activation_negative_slope")
    assert looks_faulty(field)
    assert field.parentWidget().parentWidget().isHidden()
    form.reveal(fault)
    assert not field.parentWidget().parentWidget().isHidden()


def test_shares_of_each_class_stay_rows_while_the_losss_parameters_are_edited(qtbot, form: ExperimentForm) -> None:
    shares = [[0.25, 0.75], [1, 0]]
    form.set_raw({**json.loads(json.dumps(RAW)), "data": {"x": RAW["data"]["x"], "y": shares}})
    assert check(form.raw()).data.y.array.tolist() == shares
    field = form.findChild(QWidget, "network_loss_label_smoothing")
    field.lineEdit().selectAll()
    qtbot.keyClicks(field, "0.5")
    assert check(form.raw()).data.y.array.tolist() == shares
