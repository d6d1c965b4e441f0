"""Layers inside a residual, filled in by keys and clicks."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from engine.spec import ExperimentError, check
from gui.forms.experiment_form import ExperimentForm
from gui.look.wording import fault_place
from tests.gui.chinese import HAN
from tests.gui.forms.test_entries import click, layers, pick, type_over

DENSE = {"units": 4, "activation": "tanh", "bias": True}
INNER = {"kind": "Residual", "layers": [{"units": 6, "activation": "relu", "bias": True}]}
NET = {
    "schema": 1,
    "data": {"x": [[1, 2, 3], [4, 5, 6]], "y": [[3], [2]]},
    "network": {
        "layers": [
            DENSE,
            {"kind": "Residual", "layers": [{"kind": "LayerNorm"}, {**DENSE, "units": 6}, INNER, DENSE]},
            {"units": 1, "activation": "identity", "bias": False},
        ],
        "loss": "mse",
    },
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
}


@pytest.fixture
def form(qtbot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(NET)
    form.resize(320, 1800)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    return form


def inside(form: ExperimentForm, at: int = 1) -> list[dict[str, Any]]:
    return layers(form)[at]["layers"]


def focused() -> str:
    """Return the name of the field with the keyboard; a number's field has it in the text within."""
    widget = QApplication.focusWidget()
    own = widget.objectName()
    return own if own.startswith(("layer", "network")) else widget.parent().objectName()


def choose_kind(form: ExperimentForm, name: str, title: str) -> None:
    menu = form.findChild(QToolButton, name).menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == title).trigger()


def test_what_a_file_has_inside_is_shown_and_given_back(form: ExperimentForm):
    assert check(form.raw()) == check(NET)
    assert form.findChild(QLabel, "network_shape").text() == "3 → 4 → 4 → 1"


def test_what_is_inside_speaks_chinese(chinese, qtbot):
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(NET)
    named = [widget for widget in form.findChildren(QWidget) if widget.objectName().startswith("layer2")]
    assert len(named) > 30
    assert all(HAN.search(widget.accessibleName()) for widget in named)


def test_layers_inside_are_added_changed_moved_and_removed(qtbot, form: ExperimentForm):
    with qtbot.waitSignal(form.edited):
        click(qtbot, form, "layer2_add_inside")
    assert inside(form)[-1] == DENSE, "it makes as many numbers as go in"
    assert focused() == "layer2.5_units"
    type_over(qtbot, form, "layer2.5_units", "16")
    pick(qtbot, form, "layer2.5_activation", "ReLU")
    click(qtbot, form, "layer2.5_up")
    assert [layer.get("units") for layer in inside(form)] == [None, 6, None, 16, 4]
    click(qtbot, form, "layer2.4_remove")
    assert check(form.raw()) == check(NET)
    type_over(qtbot, form, "layer2.3.1_units", "5")
    assert inside(form)[2]["layers"][0]["units"] == 5
    assert not form.findChild(QToolButton, "layer2.3.1_remove").isEnabled()


def test_a_residual_is_added_with_something_inside_that_fits(qtbot, form: ExperimentForm):
    with qtbot.waitSignal(form.edited):
        choose_kind(form, "network_add_kind", "Residual")
    assert layers(form)[2] == {"kind": "Residual", "layers": [DENSE]}
    choose_kind(form, "layer3_add_kind_inside", "Dropout")
    choose_kind(form, "layer3_add_kind_inside", "Residual")
    assert [layer.get("kind", "Linear") for layer in inside(form, 2)] == ["Linear", "Dropout", "Residual"]
    check(form.raw())
    click(qtbot, form, "layer3_up")
    assert inside(form, 2) == check(NET).model_dump(mode="json")["network"]["layers"][1]["layers"]
    click(qtbot, form, "layer2_remove")
    assert check(form.raw()) == check(NET)


def test_tab_leads_through_what_is_inside_in_the_order_on_screen(qtbot, form: ExperimentForm):
    click(qtbot, form, "layer2_add_inside")
    names = []
    form.findChild(QWidget, "layer2_remove").setFocus()
    for _ in range(60):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(focused())
    wanted = ["layer2.1_kind", "layer2.2_units", "layer2.3.1_units", "layer2.3_add_inside", "layer2.4_units"]
    wanted += ["layer2.5_units", "layer2_add_inside", "layer2_add_kind_inside", "layer3_units"]
    assert [name for name in names if name in wanted] == wanted


def test_faults_inside_are_told_at_their_fields(form: ExperimentForm):
    raw = form.raw()
    raw["network"]["layers"][1]["layers"][3]["units"] = 5
    raw["network"]["layers"][1]["layers"][2]["layers"][0]["units"] = "many"
    form.set_raw(raw)
    with pytest.raises(ExperimentError) as caught:
        check(form.raw())
    (fault,) = caught.value.faults
    assert fault_place(fault) == "Network, layer 2.3.1, units"
    form.show_faults([fault])
    form.reveal(fault)
    assert focused() == "layer2.3.1_units"
    raw["network"]["layers"][1]["layers"][2]["layers"][0]["units"] = 6
    with pytest.raises(ExperimentError) as caught:
        check(raw)
    (fault,) = caught.value.faults
    assert "set the units of layer 2.4 to 4" in str(fault)
    form.reveal(fault)
    assert focused() == "layer2.4_units"


def test_a_row_may_become_a_residual_and_a_dense_layer_again(form: ExperimentForm):
    plain = {**NET, "network": {**NET["network"], "layers": [DENSE, DENSE, {"units": 1}]}}
    for raw in (plain, NET, plain, NET):
        form.set_raw(raw)
        assert check(form.raw()) == check(raw)
    assert form.findChild(QWidget, "layer2_units").isHidden()
