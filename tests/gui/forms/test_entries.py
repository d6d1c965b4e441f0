"""Layers, start and optimizers, filled in by keys and clicks."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QToolTip,
    QWidget,
)

from engine.spec import ExperimentError, Fault, check, hyper_fields, optimizer_names
from gui.forms.experiment_form import ExperimentForm
from gui.forms.fields.fields import LONGEST
from gui.forms.fields.row_list import LEAVE
from gui.forms.optimizer_entry import OptimizerEntry
from gui.look.theme import DARK, LIGHT
from gui.look.wording import fault_place
from tests.gui.faults import looks_faulty
from tests.gui.windows import PATIENCE

LEFT = Qt.MouseButton.LeftButton
ARTICLE = {
    "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
    "network": {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}], "loss": "mse"},
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
}


@pytest.fixture
def form(qtbot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(ARTICLE)
    form.resize(320, 1800)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    return form


def click(qtbot, form: ExperimentForm, name: str) -> None:
    button = form.findChild(QPushButton, name) or form.findChild(QToolButton, name) or form.findChild(QCheckBox, name)
    qtbot.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))


def type_over(qtbot, form: ExperimentForm, name: str, text: str) -> QWidget:
    field = form.findChild(QWidget, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    return field


def pick(qtbot, form: ExperimentForm, name: str, title: str) -> None:
    """Choose with the arrow keys."""
    combo = form.findChild(QComboBox, name)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.findText(title, Qt.MatchFlag.MatchStartsWith)):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText().startswith(title)


def layers(form: ExperimentForm) -> list[dict]:
    return form.raw()["network"]["layers"]


def entries(form: ExperimentForm) -> list[dict]:
    return form.raw()["optimizers"]


def test_layers_are_added_changed_moved_and_removed(qtbot, form: ExperimentForm):
    with qtbot.waitSignal(form.edited):
        click(qtbot, form, "network_add_layer")
    type_over(qtbot, form, "layer1_units", "16")
    pick(qtbot, form, "layer1_activation", "ReLU")
    click(qtbot, form, "layer1_bias")
    added = {"units": 16, "activation": "relu", "bias": False}
    assert layers(form)[0] == added
    assert form.findChild(QLabel, "network_shape").text() == "4 → 16 → 4"
    click(qtbot, form, "layer1_down")
    assert layers(form)[1] == added
    click(qtbot, form, "layer2_up")
    assert layers(form)[0] == added
    click(qtbot, form, "layer2_remove")
    assert layers(form) == [added]
    assert not form.findChild(QToolButton, "layer1_remove").isEnabled()


def test_a_layer_of_another_kind_is_added_and_filled_in(qtbot, form: ExperimentForm):
    menu = form.findChild(QToolButton, "network_add_kind").menu()
    assert menu.isEmpty(), "nobody has looked at it"
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()][:2] == ["Layer norm", "RMS norm"]
    with qtbot.waitSignal(form.edited):
        menu.actions()[0].trigger()
    assert layers(form)[0] == {"kind": "LayerNorm", "params": {}, "activation": "identity"}
    assert form.findChild(QLabel, "network_shape").text() == "4 → 4 → 4"
    type_over(qtbot, form, "layer1_eps", "0.1")
    pick(qtbot, form, "layer1_activation", "ReLU")
    assert layers(form)[0] == {"kind": "LayerNorm", "params": {"eps": 0.1}, "activation": "relu"}
    pick(qtbot, form, "layer1_kind", "Dense")
    assert layers(form)[0]["units"] == 4


def test_a_new_layer_is_a_hidden_one_before_the_output_with_the_keyboard_on_its_units(qtbot, form: ExperimentForm):
    (output,) = layers(form)
    with qtbot.waitSignal(form.edited):
        click(qtbot, form, "network_add_layer")
    assert layers(form) == [{"units": 4, "activation": "tanh", "bias": True}, output]
    units = form.findChild(QWidget, "layer1_units")
    assert QApplication.focusWidget() in (units, *units.findChildren(QWidget))


@pytest.mark.parametrize(
    ("hidden", "added"),
    [
        ({"units": 16, "activation": "relu", "bias": False}, {"units": 16, "activation": "relu", "bias": False}),
        ({"units": "4x", "activation": "relu"}, {"units": 4, "activation": "relu", "bias": True}),
        ({"units": 3, "activation": "swash"}, {"units": 3, "activation": "tanh", "bias": True}),
    ],
)
def test_a_further_layer_is_like_the_hidden_one_as_far_as_that_is_right(
    qtbot, form: ExperimentForm, hidden: dict, added: dict
):
    output = {"units": 2, "activation": "identity", "bias": True}
    form.set_raw({**form.raw(), "network": {"layers": [hidden, output], "loss": "mse"}})
    click(qtbot, form, "network_add_layer")
    assert layers(form)[1:] == [added, output]


def test_a_layer_is_added_before_the_output_of_a_network_whose_rows_are_still_being_made(qtbot, form: ExperimentForm):
    many = [{"units": number, "activation": "relu", "bias": True} for number in range(1, 41)]
    form.set_raw({**form.raw(), "network": {"layers": many, "loss": "mse"}})
    click(qtbot, form, "network_add_layer")
    assert [layer["units"] for layer in layers(form)] == [*range(1, 40), 39, 40]


def test_units_step_by_arrow_keys_and_keep_text_that_is_no_number(qtbot, form: ExperimentForm):
    units = form.findChild(QWidget, "layer1_units")
    units.setFocus()
    qtbot.keyClick(units, Qt.Key.Key_Up)
    assert layers(form)[0]["units"] == 5
    with qtbot.waitSignal(form.edited):
        type_over(qtbot, form, "layer1_units", "four")
    form.findChild(QWidget, "title").setFocus()
    assert layers(form)[0]["units"] == "four"
    assert form.findChild(QLabel, "network_shape").text() == "4 → ?"
    type_over(qtbot, form, "layer1_units", "1")
    qtbot.keyClick(units, Qt.Key.Key_Down)
    assert layers(form)[0]["units"] == 1


def test_the_shape_follows_the_columns_of_x(qtbot, form: ExperimentForm):
    click(qtbot, form, "data_add_x")
    assert form.findChild(QLabel, "network_shape").text() == "5 → 4"


def test_cross_entropy_makes_y_one_column_of_classes_and_back(qtbot, form: ExperimentForm):
    pick(qtbot, form, "network_loss", "Cross")
    assert form.raw()["data"]["y"] == [3]
    check(form.raw())
    pick(qtbot, form, "network_loss", "Mean s")
    assert form.raw()["data"]["y"] == [[3, 2, 4, 5]]


def test_a_new_seed_is_another_one(qtbot, form: ExperimentForm):
    seeds = set()
    for _ in range(3):
        click(qtbot, form, "start_new_seed")
        seeds.add(form.raw()["start"]["seed"])
    assert len(seeds) == 3
    assert all(0 <= seed < 2**32 for seed in seeds)
    check(form.raw())


def test_the_largest_seed_can_be_typed(qtbot, form: ExperimentForm):
    type_over(qtbot, form, "start_seed", str(2**32 - 1))
    assert check(form.raw()).start.seed == 2**32 - 1


def test_given_weights_are_kept_when_a_seed_is_tried(qtbot, form: ExperimentForm):
    weights = {"weights": {"layer1.weight": [[0.5] * 4] * 4}}
    form.set_raw(ARTICLE | {"start": weights})
    assert "layer1.weight" in form.findChild(QLabel, "start_given").text()
    assert not form.findChild(QWidget, "start_seed").isVisible()
    click(qtbot, form, "start_switch")
    assert form.raw()["start"] == {"seed": 0}
    assert form.findChild(QWidget, "start_seed").isVisible()
    click(qtbot, form, "start_switch")
    assert form.raw()["start"] == weights
    form.set_raw(ARTICLE)
    assert not form.findChild(QWidget, "start_switch").isVisible()


def test_batches_precision_and_shuffle(qtbot, form: ExperimentForm):
    assert not form.findChild(QWidget, "batch_seed").isEnabled()
    click(qtbot, form, "batch_shuffle")
    type_over(qtbot, form, "batch_seed", "42")
    size = type_over(qtbot, form, "batch_size", "8")
    pick(qtbot, form, "start_dtype", "float64")
    raw = form.raw()
    assert raw["batch"] == {"size": 8, "shuffle": True, "seed": 42}
    assert raw["dtype"] == "float64"
    size.selectAll()
    qtbot.keyClick(size, Qt.Key.Key_Delete)
    assert form.raw()["batch"]["size"] is None


def test_devices_are_offered_once_they_are_known(qtbot, form: ExperimentForm):
    device = form.findChild(QComboBox, "start_device")
    assert not device.isEnabled()
    form.set_devices(("cpu", "cuda"))
    assert device.isEnabled()
    pick(qtbot, form, "start_device", "NVIDIA")
    form.set_devices(("cpu",))
    assert form.raw()["device"] == "cuda", "what was chosen is not changed silently"


@pytest.mark.parametrize("name", optimizer_names())
def test_every_hyperparameter_of_the_registry_has_a_field(form: ExperimentForm, name: str):
    form.set_raw(ARTICLE | {"optimizers": [{"name": name}]})
    lr = next(field for field in hyper_fields(name) if field.path == ("lr",))
    assert form.findChild(QWidget, "optimizer1_lr").accessibleName() == f"Optimizer 1, {lr.about.title}"
    for field in hyper_fields(name):
        widget = form.findChild(QWidget, "optimizer1_" + "_".join(map(str, field.path)))
        assert widget.isVisible()
        assert field.about.help in widget.toolTip()
    assert entries(form)[0]["params"] == {}


def test_hyperparameters_take_scientific_notation_and_go_back_to_the_default(qtbot, form: ExperimentForm):
    line = type_over(qtbot, form, "optimizer1_lr", "1e-3")
    assert entries(form)[0]["params"] == {"lr": 0.001}
    line.selectAll()
    with qtbot.waitSignal(form.edited):
        qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert entries(form)[0]["params"] == {}
    assert "0.001" in line.findChild(QLineEdit).placeholderText()


@pytest.mark.parametrize(
    ("name", "start", "up", "down"),
    [
        ("lr", "0.1", ["0.2", "0.5", "1", "2"], ["0.05", "0.02", "0.01"]),
        ("lr", "", ["0.002", "0.005"], ["0.0005"]),  # from torch's default
        ("lr", "3", ["5"], ["2"]),
        ("lr", "much", ["0.002"], ["0.0005"]),
        ("betas_0", "0.9", ["0.95", "0.98", "0.99"], ["0.8", "0.5", "0.2"]),
        ("weight_decay", "0", ["0.0001"], ["0"]),
        ("eps", "1e-12", ["2e-12"], ["5e-13", "0", "0"]),
    ],
)
def test_the_arrows_lead_to_the_next_round_number(qtbot, form: ExperimentForm, name, start, up, down):
    pick(qtbot, form, "optimizer1_name", "Adam")
    field = form.findChild(QWidget, f"optimizer1_{name}")
    for steps, x, key in ((up, 0.3, Qt.Key.Key_Up), (down, 0.7, Qt.Key.Key_Down)):
        type_over(qtbot, form, f"optimizer1_{name}", start)
        if not start:
            qtbot.keyClick(field, Qt.Key.Key_Backspace)
        qtbot.mouseClick(field, LEFT, pos=QPoint(field.width() - 6, round(x * field.height())))
        seen = [field.text()]
        for _ in steps[1:]:
            qtbot.keyClick(field, key)
            seen.append(field.text())
        assert seen == steps
    assert check(form.raw())


def test_half_of_a_pair_is_completed_with_torchs_default(qtbot, form: ExperimentForm):
    pick(qtbot, form, "optimizer1_name", "Adam")
    type_over(qtbot, form, "optimizer1_betas_0", "0.5")
    assert entries(form)[0]["params"]["betas"] == [0.5, 0.999]


def test_another_name_keeps_what_both_have_and_remembers_the_rest(qtbot, form: ExperimentForm):
    type_over(qtbot, form, "optimizer1_momentum", "0.9")
    click(qtbot, form, "optimizer1_nesterov")
    pick(qtbot, form, "optimizer1_name", "Adam")
    assert entries(form)[0]["name"] == "Adam"
    assert entries(form)[0]["params"] == {"lr": 0.1}
    pick(qtbot, form, "optimizer1_name", "SGD")
    assert entries(form)[0]["params"] == {"lr": 0.1, "momentum": 0.9, "nesterov": True}


def test_entries_are_added_duplicated_moved_and_removed(qtbot, form: ExperimentForm):
    click(qtbot, form, "optimizer1_copy")
    type_over(qtbot, form, "optimizer2_lr", "0.5")
    type_over(qtbot, form, "optimizer2_label", "fast")
    assert [entry["params"]["lr"] for entry in entries(form)] == [0.1, 0.5]
    click(qtbot, form, "optimizer2_up")
    assert [entry["label"] for entry in entries(form)] == ["fast", None]
    click(qtbot, form, "optimizers_add")
    assert [entry["name"] for entry in entries(form)] == ["SGD", "SGD", "Adam"]
    assert QApplication.focusWidget() is form.findChild(QComboBox, "optimizer3_name")
    click(qtbot, form, "optimizer1_remove")
    click(qtbot, form, "optimizer2_remove")
    assert [entry["params"] for entry in entries(form)] == [{"lr": 0.1}]
    assert not form.findChild(QToolButton, "optimizer1_remove").isEnabled()


def test_a_copy_leaves_the_label_to_its_original(qtbot, form: ExperimentForm):
    type_over(qtbot, form, "optimizer1_label", "mine")
    click(qtbot, form, "optimizer1_copy")
    assert [entry["label"] for entry in entries(form)] == ["mine", None]
    check(form.raw())


def swatches(form: ExperimentForm) -> list[str]:
    found = [form.findChild(QWidget, f"optimizer{index + 1}_swatch") for index in range(len(entries(form)))]
    return [swatch.styleSheet().partition("#")[2][:6] for swatch in found]


def test_an_entry_has_its_colour_and_keeps_it(qtbot, form: ExperimentForm):
    form.set_theme(DARK)
    colors = [DARK.entry_color(place)[1:] for place in range(4)]
    assert swatches(form) == colors[:1]
    assert entries(form)[0]["color"] is None
    click(qtbot, form, "optimizer1_copy")
    click(qtbot, form, "optimizers_add")
    assert swatches(form) == colors[:3]
    click(qtbot, form, "optimizer2_up")
    assert swatches(form) == [colors[1], colors[0], colors[2]]
    click(qtbot, form, "optimizer1_remove")
    assert swatches(form) == [colors[0], colors[2]]
    click(qtbot, form, "optimizer1_copy")  # between the two: the first colour that is free
    assert swatches(form) == [colors[0], colors[1], colors[2]]
    raw = form.raw()
    assert check(raw).colors == (0, 1, 2)
    form.set_theme(LIGHT)
    form.set_raw(raw)
    assert swatches(form) == [LIGHT.entry_color(place)[1:] for place in range(3)]


def test_the_backends_that_run_are_ticked(qtbot, form: ExperimentForm):
    click(qtbot, form, "optimizer1_torch")
    assert entries(form)[0]["backends"] == ["diy"]
    click(qtbot, form, "optimizer1_diy")
    assert entries(form)[0]["backends"] == []


def test_the_title_is_typed(qtbot, form: ExperimentForm):
    with qtbot.waitSignal(form.edited):
        type_over(qtbot, form, "title", "Mine")
    assert form.raw()["title"] == "Mine"
    assert form.findChild(QLineEdit, "title").text() == "Mine"


def test_a_wheel_that_scrolls_past_changes_nothing(form: ExperimentForm):
    before = form.raw()
    form.findChild(QWidget, "title").setFocus()
    for name in ("optimizer1_name", "layer1_units", "network_loss"):
        field = form.findChild(QWidget, name)
        turn = QWheelEvent(
            QPointF(5, 5),
            QPointF(field.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, turn)
    assert form.raw() == before


# --- very many ------------------------------------------------------------------------------------


def many(count: int) -> dict:
    return ARTICLE | {"optimizers": [{"name": "SGD", "label": f"e{number}"} for number in range(count)]}


@pytest.fixture
def crowded(form: ExperimentForm) -> ExperimentForm:
    form.set_raw(many(60))
    form._optimizers._entries.make_rows()
    return form


def test_rows_that_are_too_many_are_out_of_sight_at_once_and_deleted_in_turns(crowded, qtbot):
    there = crowded._optimizers._entries
    crowded.set_raw(ARTICLE)
    assert len(entries(crowded)) == 1
    assert [row for row in there.findChildren(OptimizerEntry) if row.isVisible()] == there.rows
    assert crowded.findChild(QLineEdit, "optimizer2_label") is None
    counts = [len(there.findChildren(OptimizerEntry))]
    assert counts[0] > 50
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: counts.append(len(there.findChildren(OptimizerEntry))))
    clock.start()
    qtbot.waitUntil(lambda: counts[-1] == 1, timeout=PATIENCE)
    clock.stop()
    assert max(before - after for before, after in pairwise(counts)) <= 2 * LEAVE


def test_only_those_hear_of_their_place_that_have_another(crowded, monkeypatch):
    told = []
    set_place = OptimizerEntry.set_place
    monkeypatch.setattr(
        OptimizerEntry, "set_place", lambda row, index, count: (told.append(index), set_place(row, index, count))
    )
    crowded.findChild(QPushButton, "optimizers_add").click()
    assert sorted(told) == [59, 60]  # the last can move down now
    assert crowded.findChild(QToolButton, "optimizer60_down").isEnabled()
    assert not crowded.findChild(QToolButton, "optimizer61_down").isEnabled()


# --- very long ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["title", "optimizer1_label"])
def test_of_a_very_long_text_the_beginning_is_taken_and_that_is_said(form, qtbot, name):
    field = form.findChild(QLineEdit, name)
    QApplication.clipboard().setText("ab" * 50_000)
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "ab" * (LONGEST // 2)
    assert QToolTip.text() == "No more than 2,000 characters fit in here; the rest was left out."
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert (form.raw()["title"] or entries(form)[0]["label"]) == ("ab" * (LONGEST // 2))[:-1]


def test_a_text_that_is_longer_than_its_field_stays_whole_until_it_is_edited(form, qtbot):
    long = "Title " * 10_000
    form.set_raw(ARTICLE | {"title": long, "optimizers": [{"name": "SGD", "label": long}]})
    assert form.raw()["title"] == entries(form)[0]["label"] == long
    assert len(form.findChild(QLineEdit, "title").text()) == LONGEST
    qtbot.keyClick(form.findChild(QLineEdit, "title"), Qt.Key.Key_Delete)
    assert form.raw()["title"] == long[1:LONGEST]
    assert entries(form)[0]["label"] == long


def test_a_layer_says_how_its_weight_is_drawn(qtbot, form: ExperimentForm):
    assert not form.findChild(QComboBox, "layer1_init")  # nobody has looked
    click(qtbot, form, "layer1_init_fold")
    with qtbot.waitSignal(form.edited):
        pick(qtbot, form, "layer1_init", "constant_")
    assert layers(form)[0]["init"] == {"name": "constant_", "params": {"val": 0.0}}
    pick(qtbot, form, "layer1_init", "xavier_normal_")
    type_over(qtbot, form, "layer1_init_gain", "1.5")
    assert layers(form)[0]["init"] == {"name": "xavier_normal_", "params": {"gain": 1.5}}
    raw = form.raw()
    check(ARTICLE | {"schema": 1, "network": raw["network"]})
    click(qtbot, form, "layer1_init_fold")
    assert "xavier_normal_" in form.findChild(QToolButton, "layer1_init_fold").toolTip()
    assert layers(form)[0]["init"]["params"] == {"gain": 1.5}
    form.set_raw(ARTICLE)
    assert "init" not in layers(form)[0]
    form.set_raw(raw)
    assert form.findChild(QComboBox, "layer1_init").isVisible()  # what a file says is not folded away
    assert form.raw() == raw
    click(qtbot, form, "layer1_init_fold")
    form.show_faults([Fault(("network", "layers", 0, "init", "params", "gain"), "not_finite", {"given": "x"})])
    field = form.findChild(QWidget, "layer1_init_gain")
    assert looks_faulty(field)
    assert field.isVisible()
    pick(qtbot, form, "layer1_init", "as torch's")
    assert "init" not in layers(form)[0]


GROUPS = [{"match": "*.bias", "params": {"weight_decay": 0}}, {"match": "layer1.*", "params": {}, "name": "Adam"}]
NET = {"network": {"layers": [{"units": 4}, {"units": 4, "bias": False}], "loss": "mse"}}


def with_groups(*groups: dict) -> dict:
    return ARTICLE | NET | {"optimizers": [{"name": "SGD", "params": {"lr": 0.1}, "groups": list(groups)}]}


def test_groups_are_added_filled_in_moved_and_removed(qtbot, form: ExperimentForm):
    form.set_raw(ARTICLE | NET)
    assert "groups" not in entries(form)[0]
    click(qtbot, form, "optimizer1_groups")
    with qtbot.waitSignal(form.edited):
        click(qtbot, form, "optimizer1_groups_add")
    assert QApplication.focusWidget() is form.findChild(QLineEdit, "optimizer1_group1_match")
    note = form.findChild(QLabel, "optimizer1_group1_note")
    assert note.text() == "layer1.bias"
    type_over(qtbot, form, "optimizer1_group1_weight_decay", "0.5")
    click(qtbot, form, "optimizer1_groups_add")
    type_over(qtbot, form, "optimizer1_group2_match", "layer1.*")
    pick(qtbot, form, "optimizer1_group2_name", "Adam")
    type_over(qtbot, form, "optimizer1_group2_betas_0", "0.5")
    raw = form.raw()
    assert raw["optimizers"][0]["groups"] == [
        {"match": "*.bias", "params": {"weight_decay": 0.5}},
        {"match": "layer1.*", "name": "Adam", "params": {"betas": [0.5, 0.999]}},
    ]
    check(raw | {"schema": 1})
    assert form.findChild(QLabel, "optimizer1_group2_note").text() == "layer1.weight"
    click(qtbot, form, "optimizer1_group2_up")
    assert [group["match"] for group in entries(form)[0]["groups"]] == ["layer1.*", "*.bias"]
    assert form.findChild(QLabel, "optimizer1_group2_note").text().startswith("No weight")
    click(qtbot, form, "layer2_bias")
    assert form.findChild(QLabel, "optimizer1_group2_note").text() == "layer2.bias"
    click(qtbot, form, "optimizer1_group1_remove")
    click(qtbot, form, "optimizer1_group1_remove")
    assert "groups" not in entries(form)[0]


def test_groups_of_a_file_are_shown_and_kept(qtbot, form: ExperimentForm):
    raw = with_groups(*GROUPS)
    form.set_raw(raw)
    assert entries(form)[0]["groups"] == GROUPS
    assert form.findChild(QLineEdit, "optimizer1_group1_match").isVisible()
    click(qtbot, form, "optimizer1_copy")
    assert entries(form)[1]["groups"] == GROUPS
    click(qtbot, form, "optimizer1_fold")
    assert form.findChild(QLabel, "optimizer1_summary").text() == "lr 0.1 · *.bias, layer1.*"
    form.set_raw(ARTICLE)
    assert not form.findChild(QLineEdit, "optimizer1_group1_match")
    many = [{"name": "SGD", "groups": GROUPS}] * 12
    form.set_raw(ARTICLE | NET | {"optimizers": many})
    assert [entry["groups"] for entry in entries(form)] == [GROUPS] * 12


def test_faults_of_a_group_lead_to_their_field(qtbot, form: ExperimentForm):
    form.set_raw(with_groups({"match": "*.bias", "params": {"lr": -1}}, {"match": "*", "name": "Muon"}))
    click(qtbot, form, "optimizer1_groups")
    with pytest.raises(ExperimentError) as caught:
        check(form.raw() | {"schema": 1})
    form.show_faults(caught.value.faults)
    (fault,) = caught.value.faults
    assert fault_place(fault) == "Optimizers, entry 1, group 1, Learning rate"
    form.reveal(fault)
    assert QApplication.focusWidget() is form.findChild(QWidget, "optimizer1_group1_lr")
    assert looks_faulty(form.findChild(QWidget, "optimizer1_group1_lr"))


def test_another_optimizer_gives_its_groups_its_fields(qtbot, form: ExperimentForm):
    form.set_raw(with_groups(GROUPS[0]))
    assert form.findChild(QWidget, "optimizer1_group1_dampening")
    pick(qtbot, form, "optimizer1_name", "AdamW")
    assert form.findChild(QWidget, "optimizer1_group1_betas_0")
    assert entries(form)[0]["groups"] == [GROUPS[0]]


def test_what_a_group_leaves_out_is_shown_as_the_entry_has_it(qtbot, form: ExperimentForm):
    form.set_raw(with_groups({"match": "*.bias", "params": {"momentum": 0.5}}))
    rate = form.findChild(QWidget, "optimizer1_group1_lr").lineEdit()
    assert rate.placeholderText() == "0.1 (as above)"
    type_over(qtbot, form, "optimizer1_lr", "0.25")
    click(qtbot, form, "optimizer1_maximize")
    rate = form.findChild(QWidget, "optimizer1_group1_lr").lineEdit()
    assert rate.placeholderText() == "0.25 (as above)"
    assert "torch's default: 0.001" in form.findChild(QWidget, "optimizer1_group1_lr").toolTip()
    assert form.findChild(QCheckBox, "optimizer1_group1_maximize").isChecked()
    assert entries(form)[0]["groups"] == [{"match": "*.bias", "params": {"momentum": 0.5}}]
    type_over(qtbot, form, "optimizer1_lr", "soon")
    assert form.findChild(QWidget, "optimizer1_group1_lr").isVisible()
