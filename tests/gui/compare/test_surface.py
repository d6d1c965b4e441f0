"""The loss surface through its controls, mouse and keys, looked at by what it asks, draws and says."""

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QProgressBar, QPushButton, QSpinBox

from engine.protocol import (
    CancelJob,
    JobFailed,
    MainPlane,
    PauseJob,
    RandomPlane,
    ResumeJob,
    StartSurface,
    SurfacePart,
    WeightPlane,
    loss_scale,
)
from engine.spec import ExperimentSpec, check
from gui.compare.entries.shown import Shown
from gui.compare.surface.canvas import SurfaceCanvas
from gui.compare.surface.scale import contour_heights, terrain
from gui.compare.surface.view import SurfaceView
from gui.look.theme import DARK, LIGHT
from gui.session.jobs import Jobs
from tests.gui.frames import ADAM, SGD, make_spec
from tests.gui.surfaces import PROBLEM, make_part, make_race

WAY, OTHER = ((-1.5, 1.0), (-1.0, 0.5), (0.5, 0.0)), ((-1.5, 1.0), (-1.5, 0.5), (-1.0, -1.0))


class Stage:
    """The view with an engine that says what the test lets it say; ``sent`` are the commands."""

    def __init__(self, qtbot, spec: ExperimentSpec):
        self.qtbot, self.sent = qtbot, []
        self.jobs, self.shown = Jobs(self.sent.append, lambda: 1), Shown()
        self.shown.set_experiment(spec)
        self.view = SurfaceView(self.jobs, self.shown)
        qtbot.addWidget(self.view)
        self.view.resize(700, 560)
        self.view.set_experiment(spec)
        with qtbot.waitExposed(self.view):
            self.view.show()

    def part(self, kind: type, name: str) -> Any:
        return self.view.findChild(kind, name)

    def press(self, name: str) -> None:
        button = self.part(QPushButton, name)
        assert button.isVisible()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(self, name: str, text: str) -> None:
        box = self.part(QComboBox, name)
        box.setCurrentText(text)
        box.activated.emit(box.currentIndex())

    def key(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view, key, modifier)

    @property
    def asked(self) -> StartSurface:
        """The newest surface asked for."""
        return [command for command in self.sent if isinstance(command, StartSurface)][-1]

    def answer(self, side: int = 101, **more: Any) -> SurfacePart:
        part = make_part(self.asked, side, **more)
        self.jobs.take(part)
        return part

    def race(self, *ways, **more) -> None:
        self.view.show_race(make_race(self.asked.job, *ways, **more))

    @property
    def canvas(self) -> SurfaceCanvas:
        return self.part(SurfaceCanvas, "surface_canvas")

    def lines(self) -> list[pg.PlotCurveItem]:
        """The paths that are drawn."""
        items = [item for item in self.canvas.plot.items if isinstance(item, pg.PlotCurveItem)]
        return [item for item in items if item.opts["shadowPen"] is not None and item.isVisible()]

    def titles(self) -> tuple[str, str]:
        return tuple(self.canvas.plot.getAxis(side).label.toPlainText().strip() for side in ("bottom", "left"))

    def text(self, name: str) -> str:
        label = self.part(QLabel, name)
        return label.text() if label.isVisible() else ""

    @property
    def readout(self) -> str:
        return self.part(QLineEdit, "surface_readout").text()

    def pixel(self, x: float, y: float) -> QPoint:
        return self.canvas.mapFromScene(self.canvas.box.mapViewToScene(QPointF(x, y)))

    def color(self, x: float, y: float) -> QColor:
        return self.canvas.grab().toImage().pixelColor(self.pixel(x, y))


@pytest.fixture
def network(qtbot) -> Stage:
    return Stage(qtbot, make_spec(SGD, ADAM))


@pytest.fixture
def drawn(network) -> Stage:
    """A whole surface over two weights."""
    network.press("surface_compute")
    network.answer()
    return network


@pytest.fixture
def problem(qtbot) -> Stage:
    return Stage(qtbot, check({"schema": 1, "problem": PROBLEM, "optimizers": [SGD, ADAM]}))


# --- what is asked of the engine ---------------------------------------------------------------------


def test_a_networks_surface_waits_for_the_person_and_is_of_the_first_two_weights(network):
    network.view.show_race(make_race(steps=1))
    assert network.sent == []
    assert "Press Compute" in network.canvas.note.toPlainText()
    network.press("surface_compute")
    assert network.asked == StartSurface(1, 1, WeightPlane(("layer1.weight", (0, 0)), ("layer1.weight", (0, 1))))


def test_once_there_are_paths_their_main_directions_are_suggested_but_not_against_a_choice(network, qtbot):
    network.view.show_race(make_race(steps=3))
    network.press("surface_compute")
    assert network.asked.plane == MainPlane()
    other = Stage(qtbot, make_spec(SGD))
    other.choose("surface_plane", "two weights")
    other.view.show_race(make_race(steps=3))
    other.press("surface_compute")
    assert isinstance(other.asked.plane, WeightPlane)


def test_weights_origin_and_seed_are_chosen(network):
    network.choose("surface_second_weight", "layer1.bias")
    network.part(QSpinBox, "surface_second_i").setValue(2)
    network.part(QSpinBox, "surface_first_j").setValue(3)
    network.part(QComboBox, "surface_origin").setCurrentText("Adam")
    network.press("surface_compute")
    assert network.asked.plane == WeightPlane(("layer1.weight", (0, 3)), ("layer1.bias", (2,)))
    assert network.asked.origin == 1
    network.choose("surface_plane", "random directions")
    network.part(QSpinBox, "surface_seed").setValue(5)
    network.press("surface_compute")
    assert network.asked.plane == RandomPlane(5)
    network.choose("surface_plane", "main directions")
    assert not network.part(QComboBox, "surface_origin").isVisible(), "they have an origin of their own"
    network.press("surface_compute")
    assert network.asked.origin is None


def test_one_weight_twice_spans_no_plane(network):
    network.part(QSpinBox, "surface_second_j").setValue(0)
    assert not network.part(QPushButton, "surface_compute").isEnabled()


def test_a_test_functions_surface_comes_by_itself_when_it_is_seen(problem):
    problem.view.hide()
    problem.view.show_race(make_race(steps=1))
    assert problem.sent == []
    problem.view.show()
    problem.view.show_race(make_race(steps=1))
    problem.view.show_race(make_race(steps=2))
    assert len(problem.sent) == 1
    assert not problem.part(QComboBox, "surface_plane").isVisible(), "it has one plane alone"
    problem.answer(minima=((1.0, 1.0),))
    assert problem.titles() == ("x", "y")
    assert "minimum" in problem.text("surface_key")


def test_progress_pause_and_cancel(network):
    network.press("surface_compute")
    job = network.asked.job
    network.answer(11)
    assert network.part(QProgressBar, "surface_progress").value() == 12
    network.press("surface_pause")
    network.answer(11, state="paused")
    network.press("surface_pause")
    network.answer(11, state="running", done=0.2)
    assert network.part(QProgressBar, "surface_progress").value() == 200
    network.press("surface_cancel")
    network.answer(11, state="cancelled")
    assert network.sent[1:] == [PauseJob(job), ResumeJob(job), CancelJob(job)]
    assert not network.part(QProgressBar, "surface_progress").isVisible()
    assert network.canvas.part.values.shape == (11, 11), "what was worked out stays"


def test_a_full_bar_is_never_painted_beside_what_is_not_drawn_yet(network):
    network.press("surface_compute")
    bar = network.part(QProgressBar, "surface_progress")
    seen: list[int] = []
    bar.valueChanged.connect(seen.append)
    network.answer(11)
    network.answer(21, state="finished", done=1.0)
    assert seen == [12]
    network.press("surface_compute")
    assert (bar.isVisible(), bar.value()) == (True, 0)


def test_another_surface_takes_the_place_of_one_under_way(network):
    network.press("surface_compute")
    late = network.asked
    network.press("surface_compute")
    assert CancelJob(late.job) in network.sent
    network.jobs.take(make_part(late))
    assert network.canvas.part is None
    network.answer(11)
    assert network.canvas.part.job == network.asked.job


def test_what_cannot_be_worked_out_is_told_and_not_tried_again_and_again(problem):
    problem.view.show_race(make_race())
    problem.jobs.take(JobFailed(problem.asked.job, None, "a traceback"))
    problem.view.show_race(make_race())
    assert len(problem.sent) == 1
    assert "could not be worked out" in problem.canvas.note.toPlainText()


def test_an_engine_that_is_gone_leaves_what_was_drawn(network):
    network.press("surface_compute")
    network.answer(51)
    network.jobs.lost.emit()
    assert not network.part(QProgressBar, "surface_progress").isVisible()
    assert network.canvas.part is not None


# --- what is drawn -----------------------------------------------------------------------------------


def test_it_gets_finer_and_keeps_zoom_and_crosshair(network):
    network.press("surface_compute")
    network.answer(11)
    network.key(Qt.Key.Key_Right)
    network.key(Qt.Key.Key_Right)
    before = network.readout
    network.key(Qt.Key.Key_Plus)
    zoomed = network.canvas.box.viewRange()
    network.answer(101)
    assert network.canvas.part.values.shape == (101, 101)
    assert network.canvas.box.viewRange() == zoomed
    assert network.readout == before


def test_low_is_light_high_is_dark_and_lines_lie_between(drawn):
    assert drawn.color(0.05, 0.05).lightness() > drawn.color(1.9, 1.9).lightness()
    contours = next(item for item in drawn.canvas.plot.items if isinstance(item, pg.PlotCurveItem))
    x, y = contours.getData()
    heights = 0.01 + x**2 + 4 * y**2
    levels = np.unique(np.round(heights[np.isfinite(heights)], 1))
    assert {1.0, 2.0, 5.0, 10.0} <= set(levels), "lines at round losses"


def test_the_colors_have_the_losses_beside_them(drawn):
    labels = drawn.canvas.bar.labels
    assert {"0.1", "1"} <= set(labels)
    problemless = drawn.canvas.part
    drawn.answer(51, values=problemless.values[::2, ::2] - 10)
    assert "−5" in drawn.canvas.bar.labels, "below 0 there is no logarithm"


def test_what_is_not_finite_is_hatched_and_a_flat_surface_is_said_to_be(drawn):
    values = drawn.canvas.part.values[::2, ::2].copy()
    drawn.canvas.show_cross(None)
    plain = {drawn.color(1 + step / 50, 1.5).name() for step in range(12)}
    values[30:, 30:] = np.nan
    drawn.answer(51, values=values)
    hatched = {drawn.color(1 + step / 50, 1.5).name() for step in range(12)}
    assert LIGHT.muted in hatched - plain
    drawn.answer(21, values=np.full((21, 21), np.inf), state="finished")
    assert drawn.text("surface_note") == "The loss is not finite anywhere here"
    drawn.answer(101, values=np.full((101, 101), 0.25))
    assert drawn.text("surface_note") == "The loss is 0.25 everywhere here"
    assert drawn.canvas.bar.labels == ["0.25"]


def test_axes_are_named_in_words(drawn):
    assert drawn.titles() == ("layer1.weight[0, 0]", "layer1.weight[0, 1]")
    drawn.choose("surface_plane", "main directions")
    drawn.press("surface_compute")
    drawn.answer(shares=(0.9984, 0.001))
    assert drawn.titles() == ("main direction 1 (>99 %)", "main direction 2 (<1 %)")
    assert drawn.text("surface_shares") == "explains >99 % + <1 % of the paths' variance"


def test_every_entrys_path_in_its_color_with_its_number_until_it_is_hidden(drawn):
    drawn.race(WAY, OTHER)
    colors = {line.opts["pen"].color().name() for line in drawn.lines()}
    assert colors == {LIGHT.entry_color(0), LIGHT.entry_color(1)}
    assert set(drawn.canvas.marks.numbers()) == {1, 2}
    x, y = drawn.lines()[0].getData()
    assert list(zip(x, y, strict=True)) == list(WAY)
    drawn.shown.set_hidden(0, True)
    assert [line.opts["pen"].color().name() for line in drawn.lines()] == [LIGHT.entry_color(1)]
    drawn.shown.show_all()
    assert len(drawn.lines()) == 2


def test_paths_of_another_surface_are_not_drawn_on_this_one(drawn):
    drawn.view.show_race(make_race(drawn.asked.job + 1, WAY))
    assert drawn.lines() == []


def test_many_points_in_one_pixel_are_drawn_as_one(drawn):
    still = [(-1.5, 1.0)] + [(0.5 + step * 1e-6, 0.0) for step in range(400)]
    drawn.race(still)
    assert len(drawn.lines()[0].getData()[0]) < 5
    drawn.canvas.box.setRange(xRange=(0.5, 0.5004), yRange=(-1e-4, 1e-4), padding=0)
    assert len(drawn.lines()[0].getData()[0]) > 100, "and as many as there are, from near"


def test_a_path_that_ends_in_no_number_is_drawn_as_far_as_it_goes(drawn):
    drawn.race([*WAY, (1e300, -1e200), (float("nan"), float("nan"))], [*OTHER, (1e150, 0.0)])
    drawn.canvas.grab()
    assert drawn.canvas.marks.numbers() == [], "where they are now is not in sight"
    assert len(drawn.lines()) == 2
    assert drawn.text("surface_note") == ""


def test_a_path_that_leaves_is_told_of(drawn):
    drawn.race(WAY, OTHER)
    assert drawn.text("surface_note") == ""
    drawn.race(WAY, (*OTHER, (-5.0, 0.0)))
    assert drawn.text("surface_note") == "Adam has left the surface: recompute"
    drawn.shown.set_hidden(1, True)
    assert drawn.text("surface_note") == ""


def test_it_says_how_a_network_is_evaluated_that_trains_otherwise(network):
    dropping = [{"units": 2}, {"kind": "Dropout"}, {"units": 1}]
    for layers, averages_of, told in (
        (dropping, "", "Evaluated with nothing dropped"),
        (dropping, "Adam", "Evaluated by the running averages of Adam as they are, with nothing dropped"),
        ([{"units": 1}], "Adam", "Evaluated by the running averages of Adam as they are"),
        ([{"units": 1}], "", "☆ lowest loss of a path"),
    ):
        data = {"x": [[0, 1], [1, 2]], "y": [[1], [0]]}
        raw = {"schema": 1, "data": data, "network": {"layers": layers}, "optimizers": [SGD, ADAM]}
        network.view.set_experiment(check(raw))
        network.press("surface_compute")
        network.answer(averages_of=averages_of)
        assert network.text("surface_key").endswith(told)


def test_a_path_that_never_was_there_has_not_left(drawn):
    drawn.race(((9.0, 9.0), (10.0, 9.0)))
    assert drawn.text("surface_note") == ""


# --- what a person does in it ------------------------------------------------------------------------


def test_the_loss_under_the_mouse_is_that_of_the_nearest_point(drawn, qtbot):
    qtbot.mouseMove(drawn.canvas.viewport(), drawn.pixel(0.52, -0.99))
    assert drawn.readout == "loss 4.2804   layer1.weight[0, 0] 0.52   layer1.weight[0, 1] −1"
    assert drawn.canvas.point_at(QPointF(2, 2)) is None, "beside the surface"
    QApplication.sendEvent(drawn.canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert drawn.readout == ""


def test_the_crosshair_goes_by_keys(drawn):
    drawn.key(Qt.Key.Key_Right)
    assert drawn.readout.startswith("loss 0.01 "), "from the middle"
    drawn.key(Qt.Key.Key_Right)
    drawn.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert drawn.readout == "loss 0.6516   layer1.weight[0, 0] 0.04   layer1.weight[0, 1] 0.4"
    drawn.key(Qt.Key.Key_Escape)
    assert drawn.readout == ""


def test_a_zoom_can_be_worked_out_by_itself_and_left(drawn):
    compute, whole = (drawn.part(QPushButton, f"surface_{name}") for name in ("compute", "whole"))
    assert compute.text() == "Re&compute"
    assert not whole.isEnabled()
    drawn.key(Qt.Key.Key_Plus)
    assert compute.text() == "&Compute this part"
    drawn.press("surface_compute")
    np.testing.assert_allclose(drawn.asked.extent, (-1.6, 1.6, -1.6, 1.6))
    drawn.answer()
    drawn.key(Qt.Key.Key_Minus)
    drawn.press("surface_whole")
    np.testing.assert_allclose(drawn.canvas.box.viewRange(), [[-2, 2]] * 2)
    assert not whole.isEnabled()
    drawn.key(Qt.Key.Key_Plus)
    drawn.key(Qt.Key.Key_Home)
    np.testing.assert_allclose(drawn.canvas.box.viewRange(), [[-2, 2]] * 2)


def test_another_plane_is_not_computed_over_the_zoom_of_this_one(drawn):
    drawn.key(Qt.Key.Key_Plus)
    drawn.choose("surface_plane", "random directions")
    drawn.press("surface_compute")
    assert drawn.asked.extent is None


# --- over the life of an experiment ------------------------------------------------------------------


def test_paths_are_wanted_while_they_can_be_seen(drawn, qtbot):
    assert drawn.view.wants_paths
    with qtbot.waitSignal(drawn.view.request_changed):
        drawn.view.hide()
    assert not drawn.view.wants_paths
    assert not Stage(qtbot, make_spec(SGD)).view.wants_paths, "there is no surface for them"


def test_other_optimizers_keep_the_surface_another_loss_drops_it(drawn):
    three = make_spec(SGD, ADAM, ADAM | {"label": "third"})
    drawn.shown.set_experiment(three)
    drawn.view.set_experiment(three)
    assert drawn.canvas.part is not None
    drawn.race(WAY, OTHER, WAY)
    assert len(drawn.lines()) == 3
    drawn.view.set_experiment(make_spec(SGD, units=3))
    assert drawn.canvas.part is None
    assert drawn.lines() == []


def test_a_new_run_is_asked_for_the_same_surface_if_it_has_it(drawn):
    first = drawn.asked
    drawn.race(WAY)
    drawn.view.clear()
    assert drawn.canvas.part is not None
    assert drawn.lines() == []
    drawn.view.show_race(make_race())
    assert drawn.asked == StartSurface(1, 2, first.plane, (-2, 2, -2, 2))


def test_a_new_run_has_other_main_directions(network):
    network.choose("surface_plane", "main directions")
    network.press("surface_compute")
    network.answer(shares=(0.9, 0.1))
    network.view.clear()
    network.view.show_race(make_race())
    assert network.canvas.part is None
    assert len(network.sent) == 1


def test_stale_themes_and_small(drawn):
    drawn.race(WAY, OTHER)
    fresh = drawn.view.grab().toImage()
    drawn.view.set_stale(True)
    assert drawn.view.grab().toImage() != fresh
    drawn.view.set_stale(False)
    assert drawn.view.grab().toImage() == fresh
    drawn.view.set_theme(DARK)
    assert drawn.color(0.05, 0.3).lightness() < 80
    assert {line.opts["pen"].color().name() for line in drawn.lines()} == {DARK.entry_color(0), DARK.entry_color(1)}
    drawn.view.resize(420, 320)
    assert drawn.view.width() == 420
    assert drawn.canvas.height() > 120


# --- scale -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("low", [1e-12, 1e-3, 0.5, 0.9999])
def test_lines_are_few_and_within_the_scale(low):
    scale = loss_scale(np.linspace(low, 1, 1000))
    heights = contour_heights(scale)
    assert 3 <= len(heights) <= 15
    assert all(scale.low < height < scale.high for height in heights)
    assert heights == sorted(heights)


def test_one_loss_of_nothing_does_not_darken_all_others():
    losses = np.linspace(1, 100, 400)
    losses[7], losses[8] = 0, 1e-30
    scale = loss_scale(losses)
    assert scale.log
    assert scale.low > -1.5
    assert np.isfinite(scale.heights(losses)).all()


@pytest.mark.parametrize("dark", [False, True])
def test_colors_go_evenly_from_the_plots_background(dark):
    table = terrain(dark)[:-1, :3].astype(float)
    lightness = ((table / 255) ** 2.2 @ [0.2126, 0.7152, 0.0722]) ** (1 / 3)
    steps = np.diff(lightness) * (1 if dark else -1)
    assert (steps > -0.004).all(), "rounding to whole colours apart"
    assert np.ptp(lightness) > 0.2
    background = QColor((DARK if dark else LIGHT).plot_background)
    assert np.abs(table[0] - background.getRgb()[:3]).max() < 16
