"""Choosing an optimizer: what is not offered says so, and what suits no biases is told where it was chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from engine.spec import ExperimentError, check, optimizer_names
from gui.forms.experiment_form import ExperimentForm
from gui.forms.fields.fields import OWN
from tests.gui.faults import looks_faulty

NETWORK = {"layers": [{"units": 2, "bias": True}, {"units": 1, "bias": True}], "loss": "mse"}
RAW = {"data": {"x": [[1, 2]], "y": [[3]]}, "network": NETWORK, "optimizers": [{"name": "SGD", "params": {}}]}


@pytest.fixture
def form(qtbot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(RAW)
    form.resize(320, 1400)
    with qtbot.waitExposed(form):
        form.show()
    return form


def choice(form: ExperimentForm) -> QComboBox:
    box = form.findChild(QComboBox, "optimizer1_name")
    assert box is not None
    return box


def told(form: ExperimentForm) -> str:
    with pytest.raises(ExperimentError) as caught:
        check(form.raw())
    form.show_faults(caught.value.faults)
    label = form.findChild(QLabel, "optimizer1_message")
    assert label is not None
    return label.text()


def test_sparse_adam_stands_last_and_says_why_it_cannot_be_had(qtbot, form: ExperimentForm):
    box = choice(form)
    last = box.count() - 2
    assert [box.itemData(place) for place in range(box.count())] == [*optimizer_names(), "SparseAdam", OWN]
    assert box.itemText(last) == "SparseAdam – needs sparse gradients: not offered"
    assert box.itemData(last, Qt.ItemDataRole.ToolTipRole).startswith("It needs sparse gradients")
    box.setFocus()
    for _ in range(box.count() + 3):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert form.raw()["optimizers"][0]["name"] == optimizer_names()[-1]


def test_the_list_is_as_wide_as_its_longest_title(qtbot, form: ExperimentForm):
    box = choice(form)
    box.showPopup()
    assert box.view().width() >= box.view().sizeHintForColumn(0)
    box.hidePopup()


def test_a_file_that_asks_for_sparse_adam_is_answered_at_the_entry(form: ExperimentForm):
    form.set_raw({**RAW, "optimizers": [{"name": "SparseAdam", "params": {}}]})
    assert choice(form).currentText().startswith("SparseAdam")
    assert "needs sparse gradients" in told(form)
    assert looks_faulty(choice(form))


def test_muon_beside_biases_is_told_where_it_was_chosen(form: ExperimentForm):
    form.set_raw({**RAW, "optimizers": [{"name": "Muon", "params": {}}]})
    assert "layer1.bias, layer2.bias" in told(form)
    assert looks_faulty(choice(form))
    layers = [{**layer, "bias": False} for layer in NETWORK["layers"]]
    form.set_raw({**RAW, "network": {**NETWORK, "layers": layers}, "optimizers": [{"name": "Muon", "params": {}}]})
    assert check(form.raw()).optimizers[0].name == "Muon"


def test_clipping_beside_lbfgs_is_told_at_its_field(form: ExperimentForm):
    form.set_raw({**RAW, "optimizers": [{"name": "LBFGS", "params": {}, "clip": {"norm": 1.0}}]})
    assert "LBFGS compares losses" in told(form)
