"""Data made by a formula: what comes into the grid, what is asked before, and what becomes of the network."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QMessageBox, QPushButton, QWidget

from engine.spec import check
from engine.spec.data_makers import MAKERS, make_data
from gui.forms.data_form import DataForm
from gui.forms.data_maker import DataMaker
from gui.forms.experiment_form import ExperimentForm
from gui.look.theme import DARK
from tests.gui.faults import looks_faulty

ARTICLE: dict[str, Any] = {
    "schema": 1,
    "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
    "network": {
        "layers": [{"units": 4, "activation": "sigmoid"}, {"units": 4, "activation": "sigmoid"}],
        "loss": "mse",
    },
    "optimizers": [{"name": "SGD"}],
}


@pytest.fixture
def form(qtbot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(ARTICLE)
    return form


def find(parent: QWidget, kind: type[QWidget], name: str) -> Any:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def maker_of(form: ExperimentForm) -> DataMaker:
    """The dialog, opened as a person does."""
    find(form, QPushButton, "data_make").click()
    return find(form, DataMaker, "data_maker")


def choose(maker: DataMaker, name: str, value: str) -> None:
    box = find(maker, QComboBox, name)
    place = box.findData(value)
    assert place >= 0, value
    box.setCurrentIndex(place)
    box.activated.emit(place)


def type_into(qtbot, maker: DataMaker, name: str, text: str) -> None:
    field = find(maker, QWidget, name).findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)


def make(maker: DataMaker) -> None:
    find(maker, QPushButton, "maker_make").click()


def data(form: ExperimentForm) -> dict[str, Any]:
    return form.raw()["data"]


def answer(title: str) -> list[str]:
    """Press the button of that title in the question that is asked next; what was asked is told."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            next(button for button in box.buttons() if button.text().replace("&", "") == title).click()

    QTimer.singleShot(0, press)
    return asked


@pytest.mark.parametrize("name", MAKERS)
def test_what_is_made_can_be_trained_at_once(qtbot, form: ExperimentForm, name: str) -> None:
    maker = maker_of(form)
    choose(maker, "maker_kind", name)
    type_into(qtbot, maker, "maker_rows", "30")
    type_into(qtbot, maker, "maker_noise", "0.25")
    type_into(qtbot, maker, "maker_seed", "4")
    make(maker)
    spec = check(form.raw())
    expected = make_data(name, 30, 0.25, 4)
    np.testing.assert_array_equal(spec.data.x.array, expected.x)
    np.testing.assert_array_equal(spec.data.y.array, expected.y)
    assert spec.network.loss == ("cross_entropy" if MAKERS[name].target == "classes" else "mse")
    assert [layer.activation for layer in spec.network.layers] == ["sigmoid", "identity"]


def test_classes_may_be_for_binary_cross_entropy(form: ExperimentForm) -> None:
    maker = maker_of(form)
    choose(maker, "maker_loss", "bce")
    make(maker)
    spec = check(form.raw())
    assert (spec.network.loss, spec.network.layers[-1].units) == ("bce", 1)
    assert set(spec.data.y.values.tolist()) == {0.0, 1.0}


def test_the_networks_own_loss_is_proposed_where_it_suits(form: ExperimentForm) -> None:
    form.set_raw(ARTICLE | {"network": ARTICLE["network"] | {"loss": "huber"}})
    maker = maker_of(form)
    choose(maker, "maker_kind", "sine")
    make(maker)
    assert check(form.raw()).network.loss == "huber"


def test_the_network_stays_as_it_is_where_that_is_wanted(form: ExperimentForm) -> None:
    before = form.raw()["network"]
    maker = maker_of(form)
    choose(maker, "maker_kind", "plane")
    find(maker, QCheckBox, "maker_fits").click()
    make(maker)
    assert form.raw()["network"] == before
    assert len(data(form)["x"]) == 200


def test_it_is_told_as_one_edit_that_makes_data(form: ExperimentForm) -> None:
    told: list[tuple[str, bool]] = []
    before = form.state()
    form.edited.connect(lambda: told.append((form.act, form.state()["table"] is before["table"])))
    maker = maker_of(form)
    choose(maker, "maker_kind", "sine")
    make(maker)
    assert set(told) == {("make", False)}
    form.set_state(before)
    assert form.state() == before


def test_what_was_typed_goes_only_if_a_person_says_so(qtbot, form: ExperimentForm) -> None:
    (own,) = form.findChildren(DataForm)
    own.model.setData(own.model.index(0, 0), "7")
    typed = data(form)
    maker = maker_of(form)
    asked = answer("Cancel")
    make(maker)
    assert asked == ["The grid holds what was typed."]
    assert data(form) == typed
    asked = answer("Replace")
    make(maker)
    assert len(asked) == 1
    assert len(data(form)["x"]) == 200
    make(maker)  # what was made is not what was typed
    choose(maker, "maker_kind", "spiral")
    make(maker)
    assert data(form)["x"] == make_data("spiral", 200, MAKERS["spiral"].noise, 0).x.tolist()


def test_what_is_no_number_is_marked_and_makes_nothing(qtbot, form: ExperimentForm) -> None:
    maker = maker_of(form)
    for name, text in (("maker_rows", "0"), ("maker_noise", "-1"), ("maker_seed", "x")):
        before = find(maker, QWidget, name).findChild(QLineEdit).text()
        type_into(qtbot, maker, name, text)
        assert looks_faulty(find(maker, QWidget, name))
        assert not find(maker, QPushButton, "maker_make").isEnabled()
        type_into(qtbot, maker, name, before)
        assert find(maker, QPushButton, "maker_make").isEnabled()


def test_making_is_told_as_an_edit_and_test_rows_stay_a_share(form: ExperimentForm) -> None:
    form.set_raw(
        ARTICLE | {"data": {"x": [[1, 2, 3, 4]] * 4, "y": [[3, 2, 4, 5]] * 4, "test": {"share": 0.5, "seed": 2}}}
    )
    told: list[bool] = []
    form.edited.connect(lambda: told.append(True))
    make(maker_of(form))
    assert told
    spec = check(form.raw())
    assert spec.data.test_count == 100


def test_every_kind_is_drawn(qtbot, form: ExperimentForm) -> None:
    form.set_theme(DARK)
    maker = maker_of(form)
    pictures = []
    for name in MAKERS:
        choose(maker, "maker_kind", name)
        pictures.append(find(maker, QWidget, "maker_preview").grab().toImage())
    assert all(one != other for one, other in pairwise(pictures))
