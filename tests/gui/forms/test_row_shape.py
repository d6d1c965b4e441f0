"""The shape of a row of x: offered where a layer takes rows apart, shown from layer to layer, marked where wrong."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from engine.spec import ExperimentError, check
from gui.forms.experiment_form import ExperimentForm
from gui.forms.network_form import NetworkForm

FLAT: dict[str, Any] = {
    "data": {"x": [[1, 2, 3, 4, 5, 6]] * 3, "y": [[3, 2, 4]] * 3},
    "network": {"layers": [{"units": 4, "activation": "tanh"}, {"units": 3}], "loss": "mse"},
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
}
WITH_FLATTEN = {**FLAT, "network": {"layers": [{"units": 4}, {"kind": "Flatten"}, {"units": 3}], "loss": "mse"}}


@pytest.fixture
def form(qtbot: QtBot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(FLAT)
    form.resize(320, 1800)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    return form


def field(form: ExperimentForm) -> QLineEdit | None:
    found = form.findChild(QLineEdit, "data_shape")
    return found if found is not None and found.isVisible() else None


def shapes(form: ExperimentForm) -> str:
    return form.findChild(QLabel, "network_shape").text()


def add(form: ExperimentForm, title: str) -> None:
    """Add a layer by the menu of kinds."""
    menu = next(menu for menu in form.findChild(NetworkForm).findChildren(QMenu))
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == title).trigger()


def test_who_has_rows_of_numbers_is_asked_nothing(form: ExperimentForm) -> None:
    assert field(form) is None
    assert "shape" not in form.raw()["data"]


def test_a_flatten_brings_the_line_and_what_is_typed_goes_through_the_layers(
    qtbot: QtBot, form: ExperimentForm
) -> None:
    add(form, "Flatten")
    line = field(form)
    assert line is not None
    assert line.placeholderText() == "6"
    line.setFocus()
    with qtbot.waitSignal(form.edited):
        qtbot.keyClicks(line, "2, 3")
    assert form.raw()["data"]["shape"] == [2, 3]
    assert form.raw()["data"] is form.raw()["data"], "the same object until it is edited"
    assert shapes(form) == "2×3 → 2×4 → 8 → 3"
    assert check({"schema": 1, **form.raw()}).data.row_shape == (2, 3)
    line.selectAll()
    qtbot.keyClicks(line, "2x4")
    assert form.raw()["data"]["shape"] == [2, 4]
    with pytest.raises(ExperimentError) as caught:
        check({"schema": 1, **form.raw()})
    form.show_faults(caught.value.faults)
    assert "[2, 3] would fit" in line.toolTip()
    line.selectAll()
    qtbot.keyClicks(line, "two")
    assert form.raw()["data"]["shape"] == ["two"]


def test_a_file_with_a_shape_shows_it_and_one_without_takes_it_away(form: ExperimentForm) -> None:
    form.set_raw({**WITH_FLATTEN, "data": {**FLAT["data"], "shape": [3, 2]}})
    line = field(form)
    assert line is not None
    assert line.text() == "3, 2"
    assert shapes(form) == "3×2 → 3×4 → 12 → 3"
    form.set_raw(FLAT)
    assert field(form) is None
    assert "shape" not in form.raw()["data"]


def test_an_embedding_is_added_as_the_first_layer_ready_to_run(form: ExperimentForm) -> None:
    form.set_raw(WITH_FLATTEN)
    add(form, "Embedding")
    layers = form.raw()["network"]["layers"]
    assert layers[0]["kind"] == "Embedding"
    assert shapes(form) == "6 → 6×2 → 6×4 → 24 → 3"
    assert check({"schema": 1, **form.raw()})
    assert isinstance(form.findChild(QWidget, "layer1_num_embeddings"), QWidget)
