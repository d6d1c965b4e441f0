"""The sweep's page: what it asks the engine for, what it shows of the answers, and the way from a point to an entry."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QProgressBar, QPushButton, QWidget

from engine.protocol import (
    CancelJob,
    Command,
    JobFailed,
    PauseJob,
    ResumeJob,
    StartSweep,
    SweepPart,
)
from engine.spec import Fault, InTurn, check
from gui.compare.sweep.page import SweepPage
from gui.look.theme import DARK, LIGHT
from gui.session.jobs import Jobs
from tests.gui.faults import looks_faulty
from tests.gui.frames import ADAM, SGD, make_spec

Key = Qt.Key
MOMENTUM = {"name": "SGD", "params": {"lr": 0.1, "momentum": 0.5}, "label": "heavy"}


class Look:
    """A page, and the engine played by the test."""

    def __init__(self, qtbot: Any, page: SweepPage, jobs: Jobs, sent: list[Command]):
        self.qtbot, self.page, self.jobs, self.sent = qtbot, page, jobs, sent
        self.wanted: list[dict[str, Any]] = []
        page.entry_wanted.connect(self.wanted.append)

    def find(self, kind: type[QWidget], name: str) -> Any:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        label = self.find(QLabel, name)
        return label.text() if label.isVisible() else ""

    def type_into(self, name: str, text: str) -> None:
        self.find(QWidget, name).findChild(QLineEdit).setText(text)

    def choose(self, name: str, title: str) -> None:
        box = self.find(QComboBox, name)
        place = next(place for place in range(box.count()) if title in box.itemText(place))
        box.setCurrentIndex(place)
        box.activated.emit(place)

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def can(self, name: str) -> bool:
        return self.find(QPushButton, name).isEnabled()

    @property
    def asked(self) -> StartSweep:
        return next(command for command in reversed(self.sent) if isinstance(command, StartSweep))

    def small(self, values: int = 5, steps: int = 10) -> None:
        """A sweep of few values is begun."""
        self.type_into("sweep_first_points", str(values))
        self.type_into("sweep_steps", str(steps))
        self.click("sweep_start")

    def answer(self, losses: Any, *, step: int | None = None, state: str = "finished", **parts: Any) -> SweepPart:
        """Play the engine: losses by (axis 1, axis 2, seeds); what is NaN diverged."""
        asked = self.asked
        losses = np.asarray(losses, float)
        losses = losses.reshape(losses.shape + (1,) * (3 - losses.ndim))
        fields = {"best": losses, "diverged": ~np.isfinite(losses), "seconds": 0.5}
        step = asked.plan.steps if step is None else step
        part = SweepPart(asked.job, asked.plan, step, losses, state=state, **(fields | parts))  # type: ignore[arg-type]
        self.jobs.take(part)
        return part

    def scene_of(self, x: float, y: float) -> Any:
        """The pixel of the view that a place on the axes has."""
        view = self.page.picture
        return view.mapFromScene(view.box.mapViewToScene(QPointF(x, y)))

    def click_at(self, x: float, y: float) -> None:
        viewport = self.page.picture.viewport()
        self.qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=self.scene_of(x, y))


@pytest.fixture
def look(qtbot) -> Iterator[Look]:
    sent: list[Command] = []
    jobs = Jobs(sent.append, lambda: 1)
    page = SweepPage(jobs)
    qtbot.addWidget(page)
    page.resize(420, 640)
    page.set_theme(LIGHT)
    page.set_experiment(make_spec(SGD, ADAM, MOMENTUM))
    with qtbot.waitExposed(page):
        page.show()
    yield Look(qtbot, page, jobs, sent)
    page.close()


# --- what is asked for ---------------------------------------------------------------------------


def test_the_rate_is_swept_over_decades_unless_told_otherwise(look: Look) -> None:
    assert "64 configurations, about" in look.text("sweep_count")
    look.click("sweep_start")
    plan = look.asked.plan
    (axis,) = plan.axes
    assert (plan.entry, plan.seeds, plan.steps) == (0, (), 500)
    assert (axis.path, axis.log, axis.values[0], axis.values[-1], len(axis.values)) == (("lr",), True, 1e-4, 1.0, 64)


def test_entry_two_hyperparameters_seeds_and_steps_are_chosen(look: Look) -> None:
    look.choose("sweep_entry", "Adam")
    look.choose("sweep_first_param", "Epsilon")
    look.type_into("sweep_first_from", "1e-8")
    look.type_into("sweep_first_to", "1")
    look.type_into("sweep_first_points", "9")
    look.choose("sweep_second_param", "Beta 2")
    look.type_into("sweep_second_points", "4")
    look.type_into("sweep_seeds", "3")
    look.type_into("sweep_steps", "70")
    assert "108 configurations" in look.text("sweep_count")
    look.click("sweep_start")
    plan = look.asked.plan
    first, second = plan.axes
    assert (plan.entry, plan.seeds, plan.steps) == (1, (0, 1, 2), 70)
    assert first.values == pytest.approx([10.0**power for power in range(-8, 1)])
    assert (second.path, second.log, len(second.values)) == (("betas", 1), False, 4)


def offered(box: QComboBox) -> list[str]:
    """As torch calls them."""
    return [box.itemText(place).rpartition("(")[2].rstrip(")") for place in range(box.count())]


def test_what_the_first_varies_is_not_offered_to_the_second(look: Look) -> None:
    second = look.find(QComboBox, "sweep_second_param")
    look.choose("sweep_second_param", "momentum")
    look.type_into("sweep_second_to", "0.5")
    assert offered(second)[1:] == ["momentum", "dampening", "weight_decay"]
    look.choose("sweep_first_param", "weight_decay")
    assert offered(second)[1:] == ["lr", "momentum", "dampening"]
    look.click("sweep_start")
    assert [axis.path for axis in look.asked.plan.axes] == [("weight_decay",), ("momentum",)]
    assert look.asked.plan.axes[1].values[-1] == 0.5, "what was typed stays"
    look.choose("sweep_first_param", "momentum")
    look.click("sweep_start")
    assert [axis.path for axis in look.asked.plan.axes] == [("momentum",)]


def test_only_numbers_can_be_varied(look: Look) -> None:
    box = look.find(QComboBox, "sweep_first_param")
    titles = [box.itemText(place) for place in range(box.count())]
    assert any("Momentum" in title for title in titles)
    assert not any("Nesterov" in title or "Maximize" in title for title in titles)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("sweep_first_from", "abc", "must be a number"),
        ("sweep_first_from", "0", "must be > 0"),
        ("sweep_first_to", "inf", "finite number"),
        ("sweep_first_points", "1e3", "a whole number"),
        ("sweep_first_points", "70000", "≤ 65,536"),
        ("sweep_seeds", "0", "≥ 1"),
        ("sweep_steps", "", "a whole number"),
    ],
)
def test_what_is_wrong_is_told_and_marked_and_cannot_be_begun(look: Look, field: str, text: str, told: str) -> None:
    look.type_into(field, text)
    assert told in look.text("sweep_message")
    assert looks_faulty(look.find(QWidget, field))
    assert not look.can("sweep_start")
    look.type_into(field, "2")
    assert look.text("sweep_message") == ""
    assert not looks_faulty(look.find(QWidget, field))
    assert look.can("sweep_start")


def test_the_end_that_is_out_of_range_is_marked_though_both_are_turned_around(look: Look) -> None:
    look.choose("sweep_first_param", "Momentum")
    look.type_into("sweep_first_to", "-3")
    assert "Momentum (momentum) must be ≥ 0" in look.text("sweep_message")
    assert looks_faulty(look.find(QWidget, "sweep_first_to"))
    assert not looks_faulty(look.find(QWidget, "sweep_first_from"))


def test_a_test_function_has_no_seeds(look: Look) -> None:
    raw = {"schema": 1, "problem": {"function": "rosenbrock", "start": [-1.5, 2.0]}, "optimizers": [SGD]}
    look.type_into("sweep_seeds", "3")
    look.page.set_experiment(check(raw))
    assert not look.find(QWidget, "sweep_seeds").isEnabled()
    look.click("sweep_start")
    assert look.asked.plan.seeds == ()


def test_without_an_experiment_nothing_can_be_begun(look: Look) -> None:
    look.page.set_experiment(None)
    assert not look.can("sweep_start")
    assert "faulty entries" in look.page.picture.note.toPlainText()


# --- its course ----------------------------------------------------------------------------------


def test_progress_pause_resume_and_the_end(look: Look) -> None:
    look.small(steps=10)
    assert "64" not in look.text("sweep_settings")
    assert "5 values" in look.text("sweep_settings")
    look.answer([3, 2, 1, 2, 3], step=4, state="running")
    progress = look.find(QProgressBar, "sweep_progress")
    assert (progress.value(), progress.maximum(), progress.isVisible()) == (4, 10, True)
    look.click("sweep_pause")
    assert look.sent[-1] == PauseJob(look.asked.job)
    look.answer([3, 2, 1, 2, 3], step=5, state="paused")
    assert "Paused at step 5 of 10" in look.text("sweep_state")
    assert look.find(QPushButton, "sweep_pause").text() == "Resume"
    look.click("sweep_pause")
    assert look.sent[-1] == ResumeJob(look.asked.job)
    look.answer([3, 2, 0.5, 2, np.nan])
    assert "Finished" in look.text("sweep_state")
    assert "1 of 5 diverged" in look.text("sweep_state")
    assert not progress.isVisible()
    assert (look.can("sweep_pause"), look.can("sweep_cancel"), look.can("sweep_start")) == (False, False, True)


def test_what_was_found_before_a_cancel_stays(look: Look) -> None:
    look.small(steps=10)
    part = look.answer([3, 2, 1, 2, 3], step=4, state="running")
    look.click("sweep_cancel")
    assert look.sent[-1] == CancelJob(look.asked.job)
    assert "Cancelled at step 4 of 10" in look.text("sweep_state")
    look.answer([2, 1, 0.5, 1, 2], step=6, state="cancelled")
    assert "Cancelled at step 6 of 10" in look.text("sweep_state")
    assert look.page.sweep_part is not None
    assert look.page.sweep_part.step == 6
    assert "loss 0.5" in look.text("sweep_readout")
    rows = list(look.page.csv_rows())
    assert rows[0] == ["lr", "seed", "steps", "final_loss", "best_loss", "diverged"]
    assert rows[1] == [part.plan.axes[0].values[0], "", 6, 2.0, 2.0, "false"]


def test_a_part_of_an_earlier_sweep_is_dropped(look: Look) -> None:
    look.small()
    first = look.answer([3, 2, 1, 2, 3], step=4, state="running")
    look.click("sweep_start")
    assert CancelJob(first.job) in look.sent
    look.jobs.take(first._replace(state="cancelled"))
    assert look.page.sweep_part is None
    look.answer([5, 4, 3, 4, 5])
    assert look.page.sweep_part is not None
    assert look.page.sweep_part.job == first.job + 1


def test_an_engine_that_is_gone_leaves_what_it_had_told(look: Look) -> None:
    look.small(steps=10)
    look.answer([3, 2, 1, 2, 3], step=4, state="running")
    look.jobs.lost.emit()
    assert "The engine stopped at step 4 of 10" in look.text("sweep_state")
    assert "loss 1" in look.text("sweep_readout")
    assert look.can("sweep_start")
    look.small()
    look.jobs.lost.emit()
    assert "before the sweep had told anything" in look.text("sweep_state")


def test_a_sweep_that_cannot_be_done_says_why(look: Look) -> None:
    look.small()
    fault = Fault(("axes",), "too_large", {"needed": "9 TB", "available": "1 GB"})
    look.jobs.take(JobFailed(look.asked.job, fault))
    assert "would need about 9 TB" in look.text("sweep_state")
    look.small()
    look.jobs.take(JobFailed(look.asked.job, None, "Traceback"))
    assert "error of the program's own" in look.text("sweep_state")
    assert look.find(QLabel, "sweep_state").toolTip() == "Traceback"


def test_past_the_end_of_a_plan_it_says_what_torch_would_have_done(look: Look) -> None:
    """While it goes on, when the engine is lost, and no longer once another begins."""
    cycle = {"name": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 7}}
    look.page.set_experiment(make_spec(SGD | {"params": {"momentum": 0.9}, "schedule": cycle}, ADAM))
    look.small(steps=9)
    losses = [4, 3, 2, 1, 5]
    look.answer(losses, step=7, state="running")
    assert look.text("sweep_note") == ""
    look.answer(losses, step=8, state="running")
    assert "in step 8 torch would have raised ValueError" in look.text("sweep_note")
    look.jobs.lost.emit()
    assert "torch would have raised" in look.text("sweep_note")
    look.small(steps=9)
    assert look.text("sweep_note") == ""
    look.answer(losses)
    assert "torch would have raised" in look.text("sweep_note")
    look.choose("sweep_entry", "Adam")
    look.small(steps=9)
    look.answer(losses)
    assert look.text("sweep_note") == ""


GROUPED = SGD | {"groups": [{"match": "*.bias", "params": {"lr": 0.01}}]}


def test_why_settings_are_trained_one_after_another_is_told_before_and_with_the_picture(look: Look) -> None:
    look.page.set_experiment(make_spec(GROUPED, ADAM))
    assert "one after another: groups of weights" in look.text("sweep_count")
    look.small(steps=3)
    look.answer([4, 3, 2, 1, 5], in_turn=InTurn("groups"))
    assert look.text("sweep_settings").endswith("one after another: groups of weights have rules of their own")
    look.choose("sweep_entry", "Adam")
    assert "one after another" not in look.text("sweep_count")
    look.small(steps=3)
    look.answer([4, 3, 2, 1, 5])
    assert "one after another" not in look.text("sweep_settings")


# --- edits ---------------------------------------------------------------------------------------


def veiled(look: Look) -> bool:
    return look.page.picture.veil.isVisible()


def test_a_picture_of_another_experiment_is_marked(look: Look) -> None:
    look.small()
    look.answer([3, 2, 1, 2, 3])
    other_rate = {"name": "SGD", "params": {"lr": 0.3}}
    look.page.set_experiment(make_spec(ADAM, other_rate))
    assert not veiled(look), "the rate is what it varies, and the order of entries changes nothing"
    look.page.set_experiment(make_spec({"name": "SGD", "params": {"lr": 0.1, "momentum": 0.9}}))
    assert veiled(look)
    assert look.text("sweep_settings") != ""
    look.page.set_experiment(make_spec(SGD, units=3))
    assert veiled(look)
    look.small()
    assert not veiled(look)
    look.answer([3, 2, 1, 2, 3])
    assert not veiled(look)


def test_an_edit_that_waits_marks_what_was_before_it_alone(look: Look) -> None:
    look.page.set_stale(True)
    assert not veiled(look)
    look.small()
    look.answer([3, 2, 1, 2, 3])
    assert not veiled(look)
    look.page.set_stale(True)
    assert veiled(look)
    look.page.set_stale(False)
    assert not veiled(look)


def test_an_edit_that_the_sweep_is_not_of_marks_nothing(look: Look) -> None:
    """As a point that is made an entry, which waits for Reset."""
    look.small()
    look.answer([3, 2, 1, 2, 3])
    look.page.set_typed(make_spec(SGD, ADAM, MOMENTUM, {"name": "SGD", "params": {"lr": 0.01}, "label": "found"}))
    look.page.set_stale(True)
    assert not veiled(look)
    look.page.set_typed(make_spec({"name": "SGD", "params": {"lr": 0.1, "momentum": 0.9}}, ADAM, MOMENTUM))
    look.page.set_stale(True)
    assert veiled(look)
    look.page.set_typed(make_spec(SGD, ADAM, MOMENTUM, units=3))
    assert veiled(look)
    look.page.set_typed(None)
    assert veiled(look), "what is faulty may be anything"


def test_the_entry_chosen_stays_while_others_come_and_go(look: Look) -> None:
    look.choose("sweep_entry", "heavy")
    look.page.set_experiment(make_spec(MOMENTUM, ADAM))
    assert look.find(QComboBox, "sweep_entry").currentText() == "heavy"
    look.click("sweep_start")
    assert look.asked.plan.entry == 0


# --- from a point to an entry --------------------------------------------------------------------


def test_the_button_takes_the_lowest_point(look: Look) -> None:
    look.choose("sweep_entry", "heavy")
    look.small()
    look.answer([3, 2, 1, 2, np.nan])
    assert look.find(QPushButton, "sweep_add").text() == "Add as entry: lr 0.01"
    look.click("sweep_add")
    (entry,) = look.wanted
    assert entry["name"] == "SGD"
    assert entry["label"] is None
    assert entry["params"] == {"lr": pytest.approx(0.01), "momentum": 0.5}


def test_a_click_on_a_point_wants_it_and_one_beside_it_does_not(look: Look) -> None:
    look.small()
    look.answer([3, 2, 1, 2, 3])
    look.click_at(-2.5, np.log10(1.2))
    assert look.wanted == []
    look.click_at(-1, np.log10(2))
    assert [entry["params"]["lr"] for entry in look.wanted] == [pytest.approx(0.1)]
    assert look.text("sweep_readout").startswith("lr 0.1: loss 2")


def test_the_keyboard_points_reads_out_and_chooses(look: Look) -> None:
    look.small()
    look.answer([3, 2, 1, 2, np.nan])
    plot = look.find(QWidget, "sweep_plot")
    plot.setFocus()
    assert "Lowest: lr 0.01: loss 1" in look.text("sweep_readout")
    look.qtbot.keyClick(plot, Key.Key_Left)
    assert look.text("sweep_readout") == "lr 0.001: loss 2"
    for _ in range(5):
        look.qtbot.keyClick(plot, Key.Key_Right)
    assert look.text("sweep_readout") == "lr 1: diverged"
    look.qtbot.keyClick(plot, Key.Key_Return)
    assert [entry["params"]["lr"] for entry in look.wanted] == [1.0]
    look.qtbot.keyClick(plot, Key.Key_Escape)
    assert look.text("sweep_readout").startswith("Lowest")


def map_of(look: Look) -> None:
    """2 rates by 3 momenta, the lowest at (1, 2), one diverged."""
    look.choose("sweep_second_param", "Momentum")
    look.type_into("sweep_second_points", "3")
    look.small(values=2)
    look.answer([[4, 3, np.nan], [3, 2, 1]])


def test_a_cell_of_a_map_is_clicked_to_make_it_an_entry(look: Look) -> None:
    map_of(look)
    assert "lr 1, momentum 0.99: loss 1" in look.text("sweep_readout")
    look.click_at(-4, 0.495)
    (entry,) = look.wanted
    assert entry["params"] == {"lr": pytest.approx(1e-4), "momentum": pytest.approx(0.495)}
    plot = look.find(QWidget, "sweep_plot")
    look.qtbot.keyClick(plot, Key.Key_Up)
    assert look.text("sweep_readout") == "lr 1e−4, momentum 0.99: diverged"


# --- what is drawn -------------------------------------------------------------------------------


def drawn_line(look: Look) -> tuple[Any, Any]:
    return look.page.picture._line.getData()


def test_the_median_is_drawn_with_all_seeds_around_it(look: Look) -> None:
    look.type_into("sweep_seeds", "3")
    look.small()
    losses = np.array([[1, 2, 9], [2, 2, 2], [1, np.nan, 3], [np.nan] * 3, [4, 5, 6]])[:, None, :]
    look.answer(losses)
    x, y = drawn_line(look)
    np.testing.assert_allclose(x, [-4, -3, -2, -1, 0])
    np.testing.assert_allclose(y, np.log10([2, 2, 2, np.nan, 5]))
    lost, _ = look.page.picture._lost.getData()
    np.testing.assert_allclose(lost, [-2, -1])
    band = look.page.picture._band.path().boundingRect()
    assert (band.top(), band.bottom()) == (0.0, pytest.approx(np.log10(9)))
    plot = look.find(QWidget, "sweep_plot")
    look.qtbot.keyClick(plot, Key.Key_Right)
    look.qtbot.keyClick(plot, Key.Key_Right)
    assert look.text("sweep_readout") == "lr 0.01: loss 2 (median; 1 … 3), 1 of 3 seeds diverged"


def test_the_lowest_on_the_way_and_a_linear_scale(look: Look) -> None:
    look.small()
    look.answer([4, 3, 2, 3, 4], best=np.array([1.0, 2, 2, 2, 3]).reshape(5, 1, 1))
    look.choose("sweep_which", "Lowest on the way")
    np.testing.assert_allclose(drawn_line(look)[1], np.log10([1, 2, 2, 2, 3]))
    look.find(QCheckBox, "sweep_log").click()
    np.testing.assert_allclose(drawn_line(look)[1], [1, 2, 2, 2, 3])


def test_losses_at_and_below_zero_are_drawn_on_a_linear_scale(look: Look) -> None:
    look.small()
    look.answer([4, 3, -2, 0, 4])
    np.testing.assert_allclose(drawn_line(look)[1], [4, 3, -2, 0, 4])


def test_the_brightest_colour_is_the_lowest_loss_and_what_diverged_has_none(look: Look) -> None:
    map_of(look)
    image = look.page.picture._image.image
    assert image.shape == (3, 2)
    assert image[2, 0] == 255
    assert image[2, 1] == 254
    assert image[0, 0] == 0
    assert look.page.picture._hatching.isVisible()


def test_of_many_values_no_dip_and_no_divergence_is_lost(look: Look) -> None:
    look.small(values=5000)
    losses = np.full(5000, 2.0)
    losses[2345], losses[17] = 0.5, np.nan
    look.answer(losses)
    x, y = drawn_line(look)
    assert len(x) <= 1000
    assert y.min() == pytest.approx(np.log10(0.5))
    assert len(look.page.picture._lost.getData()[0]) == 1
    assert "loss 0.5" in look.text("sweep_readout")


def test_where_everything_diverged_it_says_so(look: Look) -> None:
    look.small()
    look.answer([np.nan] * 5)
    assert "Everything diverged" in look.page.picture.note.toPlainText()
    assert not look.can("sweep_add")
    look.small()
    look.answer([3, 2, 1, 2, 3])
    assert look.page.picture.note.toPlainText() == ""


def test_it_is_drawn_in_light_and_dark_and_through_a_change(look: Look) -> None:
    map_of(look)
    for theme in (DARK, LIGHT):
        look.page.set_theme(theme)
        picture = look.page.grab().toImage()
        assert picture.pixelColor(2, 2).isValid()
    look.choose("sweep_second_param", "nothing else")
    look.small()
    look.answer([3, 2, 1, 2, 3])
    assert not look.page.picture._image.isVisible()
    assert not look.page.picture.bar.isVisible()


def test_zoom_stays_over_parts_and_home_leaves_it(look: Look) -> None:
    look.small(steps=10)
    look.answer([3, 2, 1, 2, 3], step=4, state="running")
    plot, box = look.find(QWidget, "sweep_plot"), look.page.picture.box
    whole = box.viewRange()
    look.qtbot.keyClick(plot, Key.Key_Plus)
    zoomed = box.viewRange()
    assert zoomed != whole
    look.answer([3, 2, 1, 2, 3], step=6, state="running")
    assert box.viewRange() == zoomed
    assert look.can("sweep_whole")
    look.qtbot.keyClick(plot, Key.Key_Home)
    assert box.viewRange() == whole
    assert not look.can("sweep_whole")


def test_the_loss_over_test_rows_is_among_those_to_draw_where_there_is_one(look: Look) -> None:
    look.small()
    look.answer([5, 4, 3, 2, 1], test=np.array([1.0, 2, 3, 4, 5]).reshape(5, 1, 1))
    which = look.find(QComboBox, "sweep_which")
    assert [which.itemText(place) for place in range(which.count())] == ["Final loss", "Lowest on the way", "Test loss"]
    assert look.text("sweep_readout").startswith("Lowest: lr 1:")
    look.choose("sweep_which", "Test loss")
    assert look.text("sweep_readout").startswith("Lowest: lr 1e−4: loss 1")
    assert look.page.sweep_by == "test"
    look.small()
    look.answer([5, 4, 3, 2, 1])
    assert which.count() == 2
    assert look.text("sweep_readout").startswith("Lowest: lr 1:")
    assert look.page.sweep_by == "training"
