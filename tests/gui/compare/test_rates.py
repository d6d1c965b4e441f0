"""The learning rates of the entries that have a schedule, over the steps."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy import ndarray as Array
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from engine.protocol import Curve, Race
from engine.spec import ExperimentSpec, schedule_curve
from gui.compare.entries.shown import Shown
from gui.compare.rate.rate_plot import RatePlot
from gui.look.theme import DARK, LIGHT
from tests.gui.frames import make_spec
from tests.gui.races import make_race

STEP = {"name": "SGD", "params": {"lr": 0.1}, "schedule": {"name": "StepLR", "params": {"step_size": 40}}}
PLAIN = {"name": "AdamW", "params": {}}
COSINE = {"name": "Adam", "params": {}, "schedule": {"name": "CosineAnnealingLR", "params": {"T_max": 50}}, "color": 7}


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def plot(qtbot: QtBot, shown: Shown) -> Iterator[RatePlot]:
    plot = RatePlot(shown)
    qtbot.addWidget(plot)
    plot.resize(520, 300)
    show(plot, shown, make_spec(STEP, PLAIN, COSINE))
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    yield plot
    plot.close()


def show(plot: RatePlot, shown: Shown, spec: ExperimentSpec) -> None:
    shown.set_experiment(spec)
    plot.set_experiment(spec)


def race_of(spec: ExperimentSpec, steps: int) -> Race:
    rates: list[Curve | None] = []
    for entry in spec.optimizers:
        curve = schedule_curve(entry, steps)
        assert curve is not None
        rates.append(None if entry.schedule is None else Curve(np.arange(1.0, steps + 1), curve))
    return make_race()._replace(rates=tuple(rates))


def curves(plot: RatePlot) -> dict[int, Array]:
    return {entry: item.getData()[1] for entry, item in plot._items.items() if item.isVisible()}


def test_each_schedule_is_a_curve_in_its_entrys_colour(plot: RatePlot) -> None:
    spec = plot._spec
    assert spec is not None
    assert "from the first step on" in plot.picture.note.toPlainText()
    plot.show_race(race_of(spec, 100))
    assert not plot.picture.note.isVisible()
    found = curves(plot)
    assert set(found) == {0, 2}
    np.testing.assert_allclose(found[0][[0, 39, 40, 99]], [0.1, 0.1, 0.01, 0.001])
    for theme in (LIGHT, DARK):
        plot.set_theme(theme)
        assert plot._items[0].opts["pen"].color().name() == theme.entry_color(0)
        assert plot._items[2].opts["pen"].color().name() == theme.entry_color(7)
    assert set(plot.picture.ends.places()) == {1, 3}
    (left, right), (low, high) = plot.picture.box.viewRange()
    assert left <= 1
    assert right >= 100
    assert low < 0.0
    assert high > 0.1


def test_the_rates_are_read_out_at_the_newest_step_and_at_the_pointer(qtbot: QtBot, plot: RatePlot) -> None:
    assert plot._spec is not None
    plot.show_race(race_of(plot._spec, 100))
    assert plot.legend_text.startswith("Step 100: 1 SGD: 0.001 · 3 Adam: ")
    place = plot.picture.box.mapViewToScene(QPointF(25, 0.05))
    qtbot.mouseMove(plot.picture.viewport(), QPoint(round(place.x()), round(place.y())))
    qtbot.waitUntil(lambda: plot.legend_text.startswith("Step 25"))
    assert "1 SGD: 0.1 · 3 Adam: 5.314e-4" in plot.legend_text.replace("−", "-")
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.legend_text.startswith("Step 26")
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.legend_text.startswith("Step 100")


def test_a_logarithmic_scale_leaves_gaps_where_the_rate_is_0(qtbot: QtBot, plot: RatePlot) -> None:
    assert plot._spec is not None
    plot.show_race(race_of(plot._spec, 100))
    log = plot.findChild(QCheckBox, "rate_log")
    assert log is not None
    log.click()
    found = curves(plot)
    np.testing.assert_allclose(found[0][[0, 40]], [-1, -2])
    assert np.isnan(found[2][50])  # the bottom of the wave
    assert plot.legend_text.startswith("Step 100")


def test_a_zoom_stays_until_all_is_wanted(qtbot: QtBot, plot: RatePlot) -> None:
    spec = plot._spec
    assert spec is not None
    whole = plot.findChild(QPushButton, "rate_whole")
    assert whole is not None
    plot.show_race(race_of(spec, 100))
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    zoomed = plot.picture.box.viewRange()[0]
    plot.show_race(race_of(spec, 400))
    assert plot.picture.box.viewRange()[0] == zoomed
    assert whole.isEnabled()
    qtbot.mouseClick(whole, Qt.MouseButton.LeftButton)
    assert plot.picture.box.viewRange()[0][1] >= 400
    assert not whole.isEnabled()


def test_what_the_race_hides_is_hidden_here_too(plot: RatePlot, shown: Shown) -> None:
    assert plot._spec is not None
    plot.show_race(race_of(plot._spec, 10))
    shown.set_hidden(0, True)
    assert set(curves(plot)) == {2}
    shown.solo(1)
    assert curves(plot) == {}
    assert "hidden" in plot.picture.note.toPlainText()
    assert plot.legend_text == ""
    shown.show_all()
    assert set(curves(plot)) == {0, 2}


def test_without_a_schedule_it_says_where_one_is_chosen(plot: RatePlot, shown: Shown) -> None:
    show(plot, shown, make_spec(PLAIN))
    plot.show_race(race_of(make_spec(PLAIN), 10))
    assert "Schedule and clipping" in plot.picture.note.toPlainText()


def test_another_run_begins_empty_and_another_colour_changes_no_more_than_that(plot: RatePlot, shown: Shown) -> None:
    spec = make_spec(STEP, PLAIN, COSINE)
    plot.show_race(race_of(spec, 10))
    show(plot, shown, make_spec(STEP | {"color": 9}, PLAIN, COSINE))
    assert set(curves(plot)) == {0, 2}
    assert plot._items[0].opts["pen"].color().name() == LIGHT.entry_color(9)
    show(plot, shown, make_spec(COSINE, PLAIN))
    assert curves(plot) == {}
    plot.show_race(race_of(spec, 10))  # the old run's, come too late
    assert curves(plot) == {}
    plot.set_stale(True)
    assert plot.picture.veil.isVisible()


def test_alone_it_needs_nothing_to_share(qtbot: QtBot) -> None:
    plot = RatePlot()
    qtbot.addWidget(plot)
    plot.set_experiment(make_spec(STEP))
    plot.show_race(race_of(make_spec(STEP), 5))
    assert set(curves(plot)) == {0}
    plot.set_experiment(None)
    assert curves(plot) == {}


@pytest.mark.parametrize(
    ("groups", "name"),
    [
        ([{"match": "*.bias", "params": {"lr": 0.01}}], "1 SGD (of weights in no group): 0.1"),
        ([{"match": "*.bias", "params": {"lr": 0.01}}, {"match": "*"}], "1 SGD (of *): 0.1"),
        ([{"match": "*9.bias"}], "1 SGD (of weights in no group): 0.1"),
    ],
)
def test_where_groups_have_rates_of_their_own_it_says_whose_is_drawn(
    plot: RatePlot, shown: Shown, groups: list[dict[str, object]], name: str
) -> None:
    spec = make_spec(STEP | {"groups": groups}, PLAIN)
    show(plot, shown, spec)
    plot.show_race(race_of(spec, 5))
    assert plot.legend_text == f"Step 5: {name}"
