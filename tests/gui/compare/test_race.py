"""The race's plot: what it asks for, what it draws of it, and what a person does in it."""

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
import pytest
from pyqtgraph import PlotCurveItem
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from engine.protocol import Branch, BranchCurves, Curve, Race
from gui.compare.entries.shown import Shown
from gui.compare.race.plot import RacePlot
from gui.look.theme import DARK, LIGHT
from tests.gui.faults import looks_faulty
from tests.gui.races import losses_of, make_race, make_row, race_spec

Key = Qt.Key


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[RacePlot]:
    """A race of three, each with both lanes."""
    shown = Shown()
    made = RacePlot(shown)
    qtbot.addWidget(made)
    made.resize(900, 500)
    enter(made, 3)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def enter(plot: RacePlot, count: int, **parts) -> None:
    spec = race_spec(count, **parts)
    plot._shown.set_experiment(spec)
    plot.set_experiment(spec)


def show(plot: RacePlot, race: Race, newest: int) -> None:
    plot.request(table=True, paths=False)
    plot.show_race(race, newest)


def width_of_legend(plot: RacePlot) -> int:
    QApplication.processEvents()  # the splitter gives the room in its own time
    return plot.legend.width()


def test_the_legend_is_as_wide_as_its_names_need_until_a_person_drags_it(plot):
    short = width_of_legend(plot)
    enter(plot, 1, optimizers=[{"name": "SGD", "label": "an optimizer with a long name and much to say"}])
    long = width_of_legend(plot)
    assert short < long - 20
    enter(plot, 3)
    assert width_of_legend(plot) == short
    plot.splitter.moveSplitter(plot.splitter.width() - 300, 1)
    dragged = width_of_legend(plot)
    assert dragged > long
    enter(plot, 2)
    assert width_of_legend(plot) == dragged


def test_no_name_or_loss_is_cut_in_the_narrow_legend(plot):
    show(plot, make_race(*losses_of(6, 3)), 3)
    entries = plot.legend.list
    QApplication.processEvents()
    for row in range(plot.legend.model.rowCount()):
        index = plot.legend.model.index(row, 0)
        assert entries.columnWidth(0) >= entries.sizeHintForIndex(index).width()


def drawn(plot: RacePlot) -> list[PlotCurveItem]:
    """The curves to be seen."""
    return [item for item in plot.picture.plot.items if isinstance(item, PlotCurveItem) and item.isVisible()]


def colors(plot: RacePlot) -> set[str]:
    return {item.opts["pen"].color().name() for item in drawn(plot)}


def choose(plot: RacePlot, name: str, data: str) -> None:
    box = plot.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(data))


def legend_texts(plot: RacePlot) -> list[str]:
    model = plot.legend.model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def test_every_lane_is_drawn_with_its_entrys_number_at_its_end(plot):
    show(plot, make_race(*losses_of(6, 50)), 50)
    assert len(drawn(plot)) == 6
    places = plot.picture.ends.places()
    assert sorted(places) == [1, 2, 3]
    assert places[1].y() < places[2].y() < places[3].y(), "as the curves end below each other"


def test_ends_at_one_place_stand_beside_each_other(plot):
    show(plot, make_race(*[losses_of(1, 20)[0]] * 6), 20)
    one, two, three = plot.picture.ends.places().values()
    assert not one.intersects(two)
    assert not two.intersects(three)


def test_the_loss_is_logarithmic_at_first_and_can_be_linear(plot):
    losses = losses_of(6, 50)
    show(plot, make_race(*losses), 50)
    assert drawn(plot)[0].yData[0] == pytest.approx(np.log10(losses[0][0]))
    plot.findChild(QCheckBox, "race_log").click()
    assert drawn(plot)[0].yData[0] == pytest.approx(losses[0][0])


def test_a_hidden_entry_is_not_drawn_and_leaves_the_scale_to_the_others(plot):
    losses = losses_of(6, 50)
    show(plot, make_race(losses[0] * 1e6, losses[1] * 1e6, *losses[2:]), 50)
    high = plot.picture.box.viewRange()[1][1]
    before = drawn(plot)[0]
    plot._shown.set_hidden(0, True)
    assert len(drawn(plot)) == 4
    assert plot.picture.box.viewRange()[1][1] < high - 5
    assert 1 not in plot.picture.ends.places()
    length = len(before.xData)
    show(plot, make_race(*losses_of(6, 60)), 60)
    assert len(before.xData) == length, "what is hidden costs nothing"


def test_lanes_of_pairs_can_be_chosen(plot):
    show(plot, make_race(*losses_of(6, 50)), 50)
    choose(plot, "race_sides", "torch")
    assert len(drawn(plot)) == 3


def test_smoothing_asks_for_the_running_mean_and_keeps_the_losses_faintly_behind(plot):
    plot.findChild(QSlider, "race_smoothing").setValue(10)
    request = plot.request(table=True, paths=False)
    assert request.smoothing == pytest.approx(0.9)
    plot._shown.solo(0)
    losses = losses_of(6, 80, noise=0.3)
    show(plot, make_race(*losses, smoothing=0.9), 80)
    behind = [item for item in drawn(plot) if item.opts["pen"].widthF() == 1]
    assert len(behind) == 1, "once for both lanes of a pair, which have the same"
    assert np.allclose(behind[0].yData, np.log10(losses[0]))
    main = [item for item in drawn(plot) if item not in behind]
    assert all(np.ptp(item.yData) < np.ptp(behind[0].yData) for item in main)
    assert all(item.zValue() > behind[0].zValue() for item in main)


def test_an_answer_about_another_axis_is_passed_over(plot):
    choose(plot, "race_axis", "seconds")
    assert plot.request(table=True, paths=False).axis == "seconds"
    show(plot, make_race(*losses_of(6, 50)), 50)
    assert not any(len(item.xData if item.xData is not None else []) for item in drawn(plot))
    show(plot, make_race(*losses_of(6, 50), axis="seconds"), 50)
    assert plot.picture.box.viewRange()[0][1] < 0.01


def test_zooming_asks_for_what_is_seen_and_home_leads_back(plot, qtbot):
    show(plot, make_race(*losses_of(6, 500)), 500)
    assert plot.request(table=True, paths=False).span is None
    plot.picture.box.zoom(0.5)
    low, high = plot.request(table=True, paths=False).span
    assert 50 < low < high < 450
    assert plot.findChild(QPushButton, "race_whole").isEnabled()
    qtbot.keyClick(plot, Key.Key_Home)
    assert plot.request(table=True, paths=False).span is None


def test_a_growing_race_stays_in_sight(plot):
    for count in (10, 200):
        show(plot, make_race(*losses_of(6, count)), count)
        left, right = plot.picture.box.viewRange()[0]
        assert left < 1
        assert count < right < count * 1.3


def test_the_crosshair_reads_out_where_the_keyboard_leads_it(plot, qtbot):
    losses = losses_of(6, 50)
    show(plot, make_race(*losses), 50)
    assert plot.findChild(QLabel, "race_heading").text() == "after step 50"
    for _ in range(3):
        qtbot.keyClick(plot, Key.Key_Left)
    asked = plot.request(table=True, paths=False).at
    assert asked == 48
    plot.show_race(make_race(*losses, at=asked), 50)
    assert plot.findChild(QLabel, "race_heading").text() == "at step 48"
    assert float(legend_texts(plot)[0]) == pytest.approx(losses[0][47], rel=1e-3)
    qtbot.keyClick(plot, Key.Key_Escape)
    assert plot.request(table=True, paths=False).at is None


def test_where_each_step_sees_a_part_of_the_rows_the_plot_says_which_loss_is_which(plot, qtbot):
    losses = losses_of(6, 50)
    show(plot, make_race(*losses, every=10), 50)
    assert plot.picture.plot.getAxis("left").labelText == "Batch, ● all"
    dots = [item for item in plot.picture.plot.items if isinstance(item, pg.ScatterPlotItem) and len(item.data) == 5]
    assert len(dots) == 3, "one of each pair"
    np.testing.assert_array_equal(dots[0].data["x"], [10, 20, 30, 40, 50])
    np.testing.assert_allclose(dots[0].data["y"], np.log10(losses[0][9::10] / 2))
    qtbot.keyClick(plot, Key.Key_Left)
    asked = plot.request(table=True, paths=False).at
    plot.show_race(make_race(*losses, every=10, at=asked), 50)
    assert plot.findChild(QLabel, "race_heading").text() == f"batch of step {asked:.0f}"
    plot._shown.solo(0)
    assert sum(dot.isVisible() for dot in dots) == 1
    show(plot, make_race(*losses), 50)
    assert plot.picture.plot.getAxis("left").labelText == "Loss"
    assert not any(dot.isVisible() for dot in dots)


def test_the_numbers_are_of_where_the_run_stands_and_the_plot_shows_where(plot):
    losses = losses_of(6, 50)
    rows = [make_row(own[:20]) for own in losses]
    show(plot, make_race(*losses, step=20, rows=rows), 50)
    assert plot.findChild(QLabel, "race_heading").text() == "after step 20"
    assert float(legend_texts(plot)[0]) == pytest.approx(losses[0][19], rel=1e-3)
    assert (plot.picture.cursor_line.isVisible(), plot.picture.cursor_line.value()) == (True, 20)
    show(plot, make_race(*losses), 50)
    assert not plot.picture.cursor_line.isVisible()


def test_over_seconds_every_lane_is_marked_where_it_stands(plot):
    choose(plot, "race_axis", "seconds")
    losses = losses_of(6, 50)
    show(plot, make_race(*losses, axis="seconds", step=20), 50)
    assert not plot.picture.cursor_line.isVisible(), "there is no one place for all"
    found = plot.picture.standing.data
    np.testing.assert_allclose(found["x"], [20e-4] * 6)
    np.testing.assert_allclose(found["y"], np.log10([own[19] for own in losses]))
    show(plot, make_race(*losses, axis="seconds"), 50)
    assert len(plot.picture.standing.data) == 0


def test_old_futures_are_offered_where_there_are_some_and_drawn_when_wanted(plot, qtbot):
    losses = losses_of(6, 50)
    switch = plot.findChild(QCheckBox, "race_futures")
    show(plot, make_race(*losses), 50)
    assert switch.isHidden()
    plot.set_futures(1)
    assert not plot.request(table=True, paths=False).branches
    with qtbot.waitSignal(plot.request_changed):
        switch.click()
    assert plot.request(table=True, paths=False).branches
    branch = Branch(1, 10, 40, 0, {}, (0, 1))
    curve = Curve(np.arange(10.0, 41.0), np.full(31, 0.5))
    show(plot, make_race(*losses, branches=(BranchCurves(branch, (curve, curve), None),)), 50)
    assert len(drawn_curves(plot, 31)) == 2
    plot._shown.solo(1)
    assert len(drawn_curves(plot, 31)) == 0, "its entry is hidden"
    choose(plot, "race_axis", "seconds")
    assert not plot.request(table=True, paths=False).branches, "they are known over steps alone"


def drawn_curves(plot, points):
    """Those of so many points that are to be seen."""
    curves = (item for item in plot.picture.plot.items if isinstance(item, pg.PlotCurveItem) and item.isVisible())
    return [curve for curve in curves if curve.xData is not None and len(curve.xData) == points]


def test_before_a_lanes_first_loss_nothing_is_read_out(plot, qtbot):
    choose(plot, "race_axis", "seconds")
    race = make_race(*losses_of(6, 50), axis="seconds", at=0.00001)
    show(plot, race, 50)
    plot.picture.scene().sigMouseMoved.emit(plot.picture.box.mapViewToScene(QPointF(0.0002, 0)))
    plot.request(table=True, paths=False)
    plot.show_race(race, 50)
    assert set(legend_texts(plot)) == {""}


def test_a_target_is_set_in_the_middle_and_typed_and_dragged(plot, qtbot):
    show(plot, make_race(*losses_of(6, 50)), 50)
    plot.findChild(QCheckBox, "race_aims").click()
    target = plot.request(table=True, paths=False).target
    low, high = plot.picture.box.viewRange()[1]
    assert low < np.log10(target) < high
    field = plot.findChild(QLineEdit, "race_target")
    field.selectAll()
    qtbot.keyClicks(field, "0.5")
    assert plot.request(table=True, paths=False).target == 0.5
    assert plot.picture.target.value() == pytest.approx(np.log10(0.5))
    plot.picture.target.setValue(-1.0)
    plot.picture.target.sigDragged.emit(plot.picture.target)
    assert plot.request(table=True, paths=False).target == pytest.approx(0.1)
    assert field.text() == "0.1"


@pytest.mark.parametrize("typed", ["much", "nan", "1e999"])
def test_a_target_that_is_no_number_is_marked_and_not_aimed_at(plot, qtbot, typed):
    plot.findChild(QCheckBox, "race_aims").click()
    field = plot.findChild(QLineEdit, "race_target")
    field.clear()
    qtbot.keyClicks(field, typed)
    assert plot.request(table=True, paths=False).target is None
    assert looks_faulty(field)
    field.clear()
    assert not looks_faulty(field)


def test_a_race_that_diverges_draws_what_it_can(plot):
    losses = [np.array([1.0, 10.0, np.inf, np.nan]), *losses_of(5, 4)]
    show(plot, make_race(*losses), 4)
    assert np.isfinite(plot.picture.box.viewRange()).all()
    assert legend_texts(plot)[0] == "NaN"


def test_colors_are_the_experiments_in_either_theme(plot):
    enter(plot, 3, optimizers=[{"name": "SGD", "color": 7, "backends": ["torch"]}])
    show(plot, make_race(*losses_of(1, 5)), 5)
    assert colors(plot) == {LIGHT.entry_color(7)}
    plot.set_theme(DARK)
    assert colors(plot) == {DARK.entry_color(7)}


def test_many_curves_ask_for_fewer_points_each(plot):
    few = plot.request(table=True, paths=False).pixels
    enter(plot, 14)
    many = plot.request(table=True, paths=False).pixels
    assert many < few
    plot._shown.solo(0)
    assert plot.request(table=True, paths=False).pixels >= few


def test_the_same_lanes_with_another_rate_keep_their_curves(plot):
    show(plot, make_race(*losses_of(6, 50)), 50)
    names = [entry.name for entry in race_spec(3).optimizers]
    enter(plot, 3, optimizers=[{"name": name, "params": {"lr": 0.5}} for name in names])
    assert len(drawn(plot)[0].xData) == 50
    plot.clear()
    assert not any(len(item.xData) for item in drawn(plot))


def test_without_experiment_nothing_is_asked_for(plot):
    plot._shown.set_experiment(None)
    plot.set_experiment(None)
    assert plot.request(table=True, paths=False) is None


@pytest.mark.parametrize("log", [True, False])
def test_an_entry_that_explodes_leaves_the_others_their_room(plot, log):
    calm = losses_of(4, 100)
    explodes = 3.0 * 1.5 ** np.arange(100)
    plot.findChild(QCheckBox, "race_log").setChecked(log)
    show(plot, make_race(*calm, explodes, explodes), 100)
    low, high = plot.picture.box.viewRange()[1]
    losses = np.log10(calm) if log else np.array(calm)
    assert low < losses.min()
    assert losses.max() < high
    assert np.ptp(losses) > 0.5 * (high - low)
    assert set(plot.picture.ends.places()) == {1, 2, 3}, "its number stands where it has left"


def test_where_all_explode_all_of_it_is_shown(plot):
    explodes = 3.0 * 1.5 ** np.arange(100)
    show(plot, make_race(*[explodes] * 6), 100)
    assert plot.picture.box.viewRange()[1][1] > np.log10(explodes[-1])


def test_the_axis_title_covers_no_label_however_long_those_are(plot):
    losses = 1.0097 + 1e-6 * np.arange(50)
    plot.findChild(QCheckBox, "race_log").setChecked(False)
    show(plot, make_race(*[losses] * 6), 50)
    axis = plot.picture.plot.getAxis("left")
    for _ in range(3):  # what is drawn tells how wide the labels are
        plot.grab()
        QApplication.processEvents()
    texts = axis.tickStrings([1.00971, 1.00972], 1, 1e-5)
    widest = max(map(plot.fontMetrics().horizontalAdvance, texts))
    assert axis.width() >= widest + 0.7 * axis.label.boundingRect().height()
