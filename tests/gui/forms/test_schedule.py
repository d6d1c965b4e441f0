"""Schedules, warm-up, clipping and folded entries, filled in by keys and clicks."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from engine.spec import ExperimentError, Fault, check, optimizer_names, schedule_fields, schedule_names
from gui.forms.experiment_form import ExperimentForm
from gui.forms.fields.number_box import counted
from gui.forms.rate_curve import RateCurve
from gui.look.theme import DARK, LIGHT
from gui.look.wording import fault_place, hyper_help
from tests.drawing import in_turn
from tests.gui.faults import looks_faulty

LEFT = Qt.MouseButton.LeftButton
ARTICLE = {
    "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
    "network": {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}], "loss": "mse"},
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
}


@pytest.fixture
def form(qtbot: QtBot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(ARTICLE)
    form.resize(320, 1800)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    return form


def scheduled(name: str = "SGD", **more: Any) -> dict[str, Any]:
    return ARTICLE | {"optimizers": [{"name": name, "params": {"lr": 0.1}} | more]}


def find(form: ExperimentForm, name: str) -> Any:
    return form.findChild(QWidget, name)


def click(qtbot: QtBot, form: ExperimentForm, name: str) -> None:
    button = find(form, name)
    assert button.isVisible()
    qtbot.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))


def type_over(qtbot: QtBot, form: ExperimentForm, name: str, text: str) -> None:
    field = find(form, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)


def pick(qtbot: QtBot, form: ExperimentForm, name: str, title: str) -> None:
    """Choose with the arrow keys."""
    combo = form.findChild(QComboBox, name)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.findText(title, Qt.MatchFlag.MatchStartsWith)):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText().startswith(title)


def entry(form: ExperimentForm, index: int = 0) -> dict[str, Any]:
    return form.raw()["optimizers"][index]


def faults_of(form: ExperimentForm) -> list[Fault]:
    with pytest.raises(ExperimentError) as caught:
        check(form.raw())
    form.show_faults(caught.value.faults)
    return list(caught.value.faults)


def test_who_needs_none_sees_a_line_only(form: ExperimentForm) -> None:
    assert find(form, "optimizer1_schedule") is None
    assert find(form, "optimizer1_more").text() == "Schedule and clipping"
    assert (entry(form)["schedule"], entry(form)["clip"]) == (None, None)


@pytest.mark.parametrize(("name", "optimizer"), in_turn(schedule_names(), ["SGD", "Adagrad"]))
def test_a_schedule_that_is_chosen_is_right_at_once(
    qtbot: QtBot, form: ExperimentForm, name: str, optimizer: str
) -> None:
    form.set_raw(scheduled(optimizer))
    click(qtbot, form, "optimizer1_more")
    with qtbot.waitSignal(form.edited):
        pick(qtbot, form, "optimizer1_schedule", name)
    spec = check(form.raw())
    assert [phase.name for phase in spec.optimizers[0].phases] == [name]
    for field in schedule_fields(name):
        widget = find(form, "optimizer1_schedule_" + "_".join(map(str, field.path)))
        assert widget.isVisible()
        assert hyper_help(field) == widget.toolTip()
    curve = find(form, "optimizer1_schedule_curve")
    assert curve.isVisible() == (name != "ReduceLROnPlateau")
    assert find(form, "optimizer1_warmup").isVisible() == (name != "ReduceLROnPlateau")
    pick(qtbot, form, "optimizer1_schedule", "none")
    assert entry(form)["schedule"] is None
    assert not curve.isVisible()


def test_parameters_are_typed_switched_and_picked(qtbot: QtBot, form: ExperimentForm) -> None:
    click(qtbot, form, "optimizer1_more")
    pick(qtbot, form, "optimizer1_schedule", "CyclicLR")
    type_over(qtbot, form, "optimizer1_schedule_base_lr", "1e-3")
    type_over(qtbot, form, "optimizer1_schedule_step_size_up", "1e3")
    pick(qtbot, form, "optimizer1_schedule_mode", "exp_range")
    click(qtbot, form, "optimizer1_schedule_cycle_momentum")
    params = {"base_lr": 0.001, "max_lr": 0.1, "step_size_up": 1000, "mode": "exp_range", "cycle_momentum": False}
    assert entry(form)["schedule"] == {"name": "CyclicLR", "params": params, "warmup": None}
    assert "none" in find(form, "optimizer1_schedule_step_size_down").lineEdit().placeholderText()
    check(form.raw())


def test_milestones_are_typed_with_commas(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "MultiStepLR", "params": {"milestones": [30, 80]}}))
    assert find(form, "optimizer1_schedule_milestones").text() == "30, 80"
    type_over(qtbot, form, "optimizer1_schedule_milestones", "10, 200; 300 ")
    assert entry(form)["schedule"]["params"] == {"milestones": [10, 200, 300]}
    type_over(qtbot, form, "optimizer1_schedule_milestones", "10, soon")
    (fault,) = faults_of(form)
    assert fault.path[-2:] == ("milestones", 1)
    assert looks_faulty(find(form, "optimizer1_schedule_milestones"))
    type_over(qtbot, form, "optimizer1_schedule_milestones", "")
    assert [fault.code for fault in faults_of(form)] == ["missing"]


def test_another_schedule_keeps_what_both_have(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "StepLR", "params": {"step_size": 30, "gamma": 0.7}}))
    pick(qtbot, form, "optimizer1_schedule", "ExponentialLR")
    assert entry(form)["schedule"]["params"] == {"gamma": 0.7}
    pick(qtbot, form, "optimizer1_schedule", "StepLR")
    assert entry(form)["schedule"]["params"] == {"step_size": 30, "gamma": 0.7}


def test_a_warmup_is_switched_on_and_typed(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "LinearLR", "params": {}}))
    assert not find(form, "optimizer1_warmup_steps").isVisible()
    click(qtbot, form, "optimizer1_warmup")
    assert entry(form)["schedule"]["warmup"] == {"steps": 100}
    type_over(qtbot, form, "optimizer1_warmup_steps", "2e1")
    type_over(qtbot, form, "optimizer1_warmup_start_factor", "0")
    (fault,) = faults_of(form)
    assert fault_place(fault) == "Optimizers, entry 1, schedule, warm-up, start factor"
    assert looks_faulty(find(form, "optimizer1_warmup_start_factor"))
    type_over(qtbot, form, "optimizer1_warmup_start_factor", "0.5")
    check(form.raw())
    assert entry(form)["schedule"]["warmup"] == {"steps": 20, "start_factor": 0.5}
    click(qtbot, form, "optimizer1_warmup")
    assert entry(form)["schedule"]["warmup"] is None


def test_a_warmup_that_cannot_be_is_told_and_can_be_taken_away(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "ReduceLROnPlateau", "params": {}, "warmup": {"steps": 5}}))
    (fault,) = faults_of(form)
    form.reveal(fault)
    assert QApplication.focusWidget() is find(form, "optimizer1_warmup")
    click(qtbot, form, "optimizer1_warmup")
    check(form.raw())


def test_clipping_is_chosen_and_typed(qtbot: QtBot, form: ExperimentForm) -> None:
    click(qtbot, form, "optimizer1_more")
    assert not find(form, "optimizer1_clip_limit").isVisible()
    pick(qtbot, form, "optimizer1_clip", "norm")
    assert entry(form)["clip"] == {"norm": 1}
    type_over(qtbot, form, "optimizer1_clip_limit", "0.25")
    pick(qtbot, form, "optimizer1_clip", "each value")
    assert entry(form)["clip"] == {"value": 0.25}
    type_over(qtbot, form, "optimizer1_clip_limit", "")
    (fault,) = faults_of(form)
    assert looks_faulty(find(form, "optimizer1_clip_limit"))
    assert fault_place(fault) == "Optimizers, entry 1, clipping"
    pick(qtbot, form, "optimizer1_clip", "none")
    assert check(form.raw()).optimizers[0].clip is None


def test_faults_lead_to_their_field_however_deep_it_is_folded(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "StepLR", "params": {"step_size": 0}}))
    click(qtbot, form, "optimizer1_more")
    click(qtbot, form, "optimizer1_fold")
    assert not find(form, "optimizer1_lr").isVisible()
    assert find(form, "optimizer1_summary").text() == "lr 0.1 · StepLR"
    (fault,) = faults_of(form)
    assert fault_place(fault) == "Optimizers, entry 1, schedule, Step size"
    assert "Step size" in find(form, "optimizer1_message").text()
    form.reveal(fault)
    assert find(form, "optimizer1_schedule_step_size").isVisible()
    assert find(form, "optimizer1_schedule_step_size").hasFocus()


def test_the_curve_follows_what_is_typed(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "LinearLR", "params": {"start_factor": 0.5, "total_iters": 40}}))
    curve = form.findChild(RateCurve, "optimizer1_schedule_curve")
    assert curve is not None
    assert curve.summary == "Steps 1 to 51: from 0.05 to 0.1, at the most 0.1"
    type_over(qtbot, form, "optimizer1_lr", "0.2")
    assert "from 0.1 to 0.2" in curve.accessibleDescription()
    type_over(qtbot, form, "optimizer1_schedule_total_iters", "0")
    assert not curve.isVisible()
    assert "once what is marked is right" in find(form, "optimizer1_schedule_note").text()
    type_over(qtbot, form, "optimizer1_schedule_total_iters", "400")
    assert "Steps 1 to 501" in curve.summary
    middle = QPoint(curve.width() // 2, curve.height() // 2)
    QApplication.sendEvent(curve, QHelpEvent(QEvent.Type.ToolTip, middle, curve.mapToGlobal(middle)))
    assert QToolTip.text().startswith("Step 25")
    QToolTip.hideText()


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("OneCycleLR", {"max_lr": 1, "total_steps": 9}, "plays no part"),
        ("CyclicLR", {"base_lr": 0, "max_lr": 1}, "plays no part"),
        ("ReduceLROnPlateau", {}, "nobody can tell beforehand"),
        ("StepLR", {"step_size": 3}, ""),
    ],
)
def test_what_a_person_must_know_of_a_schedule_is_said(
    form: ExperimentForm, name: str, params: dict[str, Any], words: str
) -> None:
    form.set_raw(scheduled(schedule={"name": name, "params": params}))
    note = find(form, "optimizer1_schedule_note")
    assert words in note.text()
    assert note.isVisible() == bool(words)


def test_the_curve_has_its_entrys_colour(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_theme(DARK)
    raw = scheduled(schedule={"name": "ConstantLR", "params": {"total_iters": 50}}, color=3)
    form.set_raw(raw)
    for theme in (DARK, LIGHT):
        form.set_theme(theme)
        image = find(form, "optimizer1_schedule_curve").grab().toImage()
        wanted = theme.entry_color(3)
        colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(image.height())}
        assert wanted in colors
    assert check(form.raw()).colors == (3,)


def test_many_entries_begin_folded_and_say_what_they_are(qtbot: QtBot, form: ExperimentForm) -> None:
    every = [{"name": name, "params": {"lr": 0.5}, "label": f"my {name}"} for name in optimizer_names()]
    every[1] |= {"clip": {"norm": 1}, "schedule": {"name": "LinearLR"}}
    form.set_raw(ARTICLE | {"optimizers": every})
    assert find(form, "optimizer2_lr") is None
    assert check(form.raw()).optimizers[1].params == {"lr": 0.5}
    summary = form.findChild(QLabel, "optimizer2_summary")
    assert summary.text() == f"my {every[1]['name']} · lr 0.5 · LinearLR · clipped"
    click(qtbot, form, "optimizer2_fold")
    assert find(form, "optimizer2_lr").isVisible()
    assert find(form, "optimizer2_schedule").isVisible()
    assert not summary.isVisible()
    click(qtbot, form, "optimizers_add")
    assert find(form, f"optimizer{len(every) + 1}_lr").isVisible(), "a new one is to be filled in"
    form.set_raw(ARTICLE)
    assert find(form, "optimizer1_lr").isVisible()
    assert form.findChild(QToolButton, "optimizer1_fold").toolTip() == "Fold its fields away"


def test_a_folded_entrys_fields_are_marked_once_they_are_there(qtbot: QtBot, form: ExperimentForm) -> None:
    every: list[dict[str, Any]] = [{"name": "Adam", "params": {}} for _ in range(6)]
    every[3] = {"name": "SGD", "params": {"lr": -1}, "schedule": {"name": "StepLR", "params": {"step_size": 0}}}
    form.set_raw(ARTICLE | {"optimizers": every})
    faults = faults_of(form)
    assert "Learning rate" in find(form, "optimizer4_message").text()
    click(qtbot, form, "optimizer4_fold")
    assert looks_faulty(find(form, "optimizer4_lr"))
    assert looks_faulty(find(form, "optimizer4_schedule_step_size"))
    form.reveal(faults[1])
    assert find(form, "optimizer4_schedule_step_size").hasFocus()
    type_over(qtbot, form, "optimizer4_lr", "0.1")
    form.show_faults([faults[1]])
    assert not looks_faulty(find(form, "optimizer4_lr"))


def test_tab_leads_through_the_fields_of_a_schedule(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "StepLR", "params": {"step_size": 3}, "warmup": {"steps": 3}}))
    find(form, "optimizer1_more").setFocus()
    seen = []
    for _ in range(9):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().objectName())
    assert seen == [
        "optimizer1_schedule",
        "optimizer1_schedule_step_size",
        "optimizer1_schedule_gamma",
        "optimizer1_warmup",
        "optimizer1_warmup_steps",
        "optimizer1_warmup_start_factor",
        "optimizer1_schedule_add",
        "optimizer1_clip",
        "optimizers_add",
    ]


# --- one after another ----------------------------------------------------------------------------

CHAIN = [
    {"name": "LinearLR", "params": {"total_iters": 10}, "steps": 10, "warmup": None},
    {"name": "ConstantLR", "params": {"factor": 1}, "steps": 30},
    {"name": "CosineAnnealingLR", "params": {"T_max": 60}},
]


def names_of(form: ExperimentForm) -> list[tuple[str, Any]]:
    return [(phase["name"], phase.get("steps")) for phase in entry(form)["schedule"]]


def test_another_schedule_is_put_behind_and_is_right_at_once(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "StepLR", "params": {"step_size": 3}}))
    assert not find(form, "optimizer1_schedule_steps").isVisible()
    with qtbot.waitSignal(form.edited):
        click(qtbot, form, "optimizer1_schedule_add")
    assert QApplication.focusWidget() is find(form, "optimizer1_schedule2")
    assert names_of(form) == [("StepLR", 100), ("CosineAnnealingLR", None)]
    type_over(qtbot, form, "optimizer1_schedule_steps", "1e1")
    pick(qtbot, form, "optimizer1_schedule2", "ExponentialLR")
    type_over(qtbot, form, "optimizer1_schedule2_gamma", "0.5")
    spec = check(form.raw())
    assert [phase.name for phase in spec.optimizers[0].phases] == ["StepLR", "ExponentialLR"]
    assert names_of(form) == [("StepLR", 10), ("ExponentialLR", None)]
    curve = form.findChild(RateCurve, "optimizer1_schedule_curve")
    assert curve is not None
    assert "Steps 1 to 17" in curve.summary
    assert not find(form, "optimizer1_schedule2_steps").isVisible()
    assert find(form, "optimizer1_schedule2").findText("ReduceLROnPlateau") < 0


def test_tab_leads_through_a_chain(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "ExponentialLR", "params": {"gamma": 0.9}}))
    click(qtbot, form, "optimizer1_schedule_add")
    find(form, "optimizer1_schedule_gamma").setFocus()
    seen = []
    for _ in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().objectName().removeprefix("optimizer1_"))
    assert seen == [
        "schedule_steps",
        "warmup",
        "schedule2",
        "schedule2_up",
        "schedule2_remove",
        "schedule2_T_max",
        "schedule2_eta_min",
        "schedule_add",
    ]


def test_a_chain_is_shown_and_kept_moved_and_taken_away(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule=CHAIN))
    assert entry(form)["schedule"] == CHAIN
    check(form.raw())
    click(qtbot, form, "optimizer1_schedule3_up")
    assert names_of(form) == [("LinearLR", 10), ("CosineAnnealingLR", 30), ("ConstantLR", None)]
    assert QApplication.focusWidget() is find(form, "optimizer1_schedule2_up")
    click(qtbot, form, "optimizer1_schedule2_up")
    assert QApplication.focusWidget() is find(form, "optimizer1_schedule_down")
    assert names_of(form) == [("CosineAnnealingLR", 30), ("LinearLR", 10), ("ConstantLR", None)]
    check(form.raw())
    click(qtbot, form, "optimizer1_schedule2_down")
    assert names_of(form) == [("CosineAnnealingLR", 30), ("ConstantLR", 10), ("LinearLR", None)]
    click(qtbot, form, "optimizer1_schedule3_remove")
    assert names_of(form) == [("CosineAnnealingLR", 30), ("ConstantLR", None)]
    assert find(form, "optimizer1_schedule").findText("none") < 0, "who passes it by would lose what is typed"
    click(qtbot, form, "optimizer1_schedule_remove")
    assert entry(form)["schedule"] == {"name": "ConstantLR", "params": {"factor": 1}, "warmup": None}
    assert not find(form, "optimizer1_schedule_remove").isVisible()
    assert find(form, "optimizer1_schedule2") is None
    check(form.raw())


def test_faults_of_a_chain_lead_to_their_field(qtbot: QtBot, form: ExperimentForm) -> None:
    wrong = [{**CHAIN[0], "steps": 0}, {"name": "ConstantLR", "params": {"factor": 2}}, {"name": "ReduceLROnPlateau"}]
    form.set_raw(scheduled(schedule=wrong))
    click(qtbot, form, "optimizer1_fold")
    assert find(form, "optimizer1_summary").text() == "lr 0.1 · LinearLR → ConstantLR → ReduceLROnPlateau"
    wrong[0]["steps"] = 5
    form.set_raw(scheduled(schedule=wrong))
    faults = {fault_place(fault): fault for fault in faults_of(form)}
    place = "Optimizers, entry 1, schedule"
    assert list(faults) == [f"{place} 2, Factor", f"{place} 2, steps", f"{place} 3, name"]
    for fault, field in zip(faults.values(), ("schedule2_factor", "schedule2_steps", "schedule3"), strict=True):
        form.reveal(fault)
        assert QApplication.focusWidget() is find(form, f"optimizer1_{field}")
        assert looks_faulty(find(form, f"optimizer1_{field}"))


def test_a_warmup_in_a_chain_is_the_firsts(qtbot: QtBot, form: ExperimentForm) -> None:
    late = [CHAIN[0], {**CHAIN[1], "warmup": {"steps": 3}}, CHAIN[2]]
    form.set_raw(scheduled(schedule=late))
    assert entry(form)["schedule"] == late
    (fault,) = faults_of(form)
    assert "before the first" in find(form, "optimizer1_message").text()
    form.reveal(fault)
    assert QApplication.focusWidget() is find(form, "optimizer1_schedule2")
    pick(qtbot, form, "optimizer1_schedule2", "StepLR")
    click(qtbot, form, "optimizer1_warmup")
    spec = check(form.raw())
    assert spec.optimizers[0].phases[0].warmup is not None


@pytest.mark.parametrize(
    ("first", "words"), [("OneCycleLR", "first rate"), ("CyclicLR", "lowest rate"), ("StepLR", "")]
)
def test_what_torchs_schedules_do_to_each_other_is_said(
    qtbot: QtBot, form: ExperimentForm, first: str, words: str
) -> None:
    click(qtbot, form, "optimizer1_more")
    pick(qtbot, form, "optimizer1_schedule", first)
    click(qtbot, form, "optimizer1_schedule_add")
    note = find(form, "optimizer1_schedule_note")
    assert words in note.text()
    assert note.isVisible() == bool(words)


def test_an_entry_is_added_from_outside(qtbot: QtBot, form: ExperimentForm) -> None:
    find(form, "title").setFocus()
    with qtbot.waitSignal(form.edited):
        form.add_optimizer({"name": "Adam", "params": {"lr": 0.03, "betas": [0.5, 0.9]}, "label": "best"})
    assert find(form, "title").hasFocus()
    added = check(form.raw()).optimizers[1]
    assert (added.name, added.params, added.label) == ("Adam", {"lr": 0.03, "betas": [0.5, 0.9]}, "best")
    assert check(form.raw()).colors == (0, 1)


def test_a_copy_has_the_schedule_too(qtbot: QtBot, form: ExperimentForm) -> None:
    schedule = {"name": "StepLR", "params": {"step_size": 3}, "warmup": None}
    form.set_raw(scheduled(schedule=schedule, clip={"value": 2}, label="mine"))
    click(qtbot, form, "optimizer1_copy")
    assert entry(form, 1)["schedule"] == schedule
    assert entry(form, 1)["clip"] == {"value": 2}
    assert [one.color for one in check(form.raw()).optimizers] == [0, None]


@pytest.mark.parametrize(
    ("value", "up", "expected"),
    [(1, True, 2), (9, True, 10), (10, True, 20), (10, False, 9), (0, False, -1), (100, False, 50)],
)
def test_whole_numbers_are_counted_up_to_ten(value: int, up: bool, expected: int) -> None:
    assert counted(value, up=up) == expected


def test_arrows_change_whole_numbers_within_their_range(qtbot: QtBot, form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "StepLR", "params": {"step_size": 2}}))
    field = find(form, "optimizer1_schedule_step_size")
    field.setFocus()
    for key, text in ((Qt.Key.Key_Down, "1"), (Qt.Key.Key_Down, "1"), (Qt.Key.Key_Up, "2")):
        qtbot.keyClick(field, key)
        assert field.text() == text


def test_switches_show_torchs_defaults(form: ExperimentForm) -> None:
    form.set_raw(scheduled(schedule={"name": "OneCycleLR", "params": {"max_lr": 1, "total_steps": 9}}))
    assert form.findChild(QCheckBox, "optimizer1_schedule_cycle_momentum").isChecked()
    assert not form.findChild(QCheckBox, "optimizer1_schedule_three_phase").isChecked()
    assert form.findChild(QComboBox, "optimizer1_schedule_anneal_strategy").currentText() == "cos (default)"
