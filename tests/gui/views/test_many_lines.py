"""Hundreds of lanes: lines are made a few a turn, drawn thin, and thinned out, so that no turn of the loop is long."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pyqtgraph import PlotCurveItem, ScatterPlotItem
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from engine.protocol import Curve, Frame
from gui.compare.entries import entry_marks
from gui.compare.entries.shown import Shown
from gui.compare.race.plot import POINTS, RacePlot
from gui.look.quick_curve import QuickCurve
from gui.views.loss.curves import MOST_POINTS, THICKET
from gui.views.loss.line_maker import A_TURN
from gui.views.loss.plot import LossPlot
from tests.gui.frames import SGD, loss_frame, make_spec
from tests.gui.races import losses_of, make_race
from tests.gui.windows import PATIENCE

MANY = 100  # entries, two lanes each
SPEC = make_spec(*(SGD | {"label": f"e{number}"} for number in range(MANY)))


@pytest.fixture
def race(qtbot: QtBot) -> Iterator[RacePlot]:
    shown = Shown()
    plot = RacePlot(shown)
    qtbot.addWidget(plot)
    plot.resize(900, 500)
    shown.set_experiment(SPEC)
    plot.set_experiment(SPEC)
    with qtbot.waitExposed(plot):
        plot.show()
    yield plot
    plot.close()


@pytest.fixture
def loss(qtbot: QtBot) -> LossPlot:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(900, 400)
    plot.set_experiment(SPEC)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def lines(plot: RacePlot | LossPlot) -> list[PlotCurveItem]:
    """Those to be seen."""
    return [item for item in plot.picture.plot.items if isinstance(item, PlotCurveItem) and item.isVisible()]


def widths(plot: RacePlot | LossPlot) -> set[float]:
    return {line.opts["pen"].widthF() for line in lines(plot)}


def frame(steps: int = 20) -> Frame:
    return loss_frame(*losses_of(2 * MANY, steps))


def test_lines_are_made_a_few_a_turn_and_the_others_are_not_drawn_again(
    loss: LossPlot, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[QuickCurve] = []
    set_data = QuickCurve.setData

    def note(line: QuickCurve, *data: Any, **options: Any) -> None:
        drawn.extend([line] if data or options else [])  # it begins without
        set_data(line, *data, **options)

    monkeypatch.setattr(QuickCurve, "setData", note)
    counts: list[int] = [0]
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: counts.append(len(lines(loss))))
    loss.show_frame(frame())
    clock.start()
    qtbot.waitUntil(lambda: len(lines(loss)) == 2 * MANY, timeout=PATIENCE)
    clock.stop()
    assert max(np.diff(counts)) <= 2 * A_TURN  # a frame's, and those of the turn
    assert len(drawn) == len(set(drawn)) == 2 * MANY, "each is drawn once"


def test_what_waits_for_its_line_is_forgotten_with_the_run(loss: LossPlot, qtbot: QtBot) -> None:
    loss.show_frame(frame())
    loss.clear()
    loss.set_experiment(make_spec(SGD))
    loss.show_frame(loss_frame(*losses_of(2, 5)))
    qtbot.waitUntil(lambda: len(lines(loss)) == 2, timeout=PATIENCE)


@pytest.mark.parametrize("name", ["race", "loss"])
def test_many_entries_have_lines_of_a_pixel_and_few_have_their_usual_ones(
    name: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    plot = request.getfixturevalue(name)
    if isinstance(plot, RacePlot):
        plot.request(table=True, paths=False)
        plot.show_race(make_race(*losses_of(2 * MANY, 20)), 20)
    else:
        plot.show_frame(frame())
    qtbot.waitUntil(lambda: len(lines(plot)) == 2 * MANY, timeout=PATIENCE)
    assert widths(plot) == {1.0}
    assert not any(line.opts["antialias"] for line in lines(plot))
    if isinstance(plot, RacePlot):
        plot._shown.solo(3)
        assert widths(plot) == {5.0, 2.0}
        assert all(line.opts["antialias"] for line in lines(plot))


def test_all_curves_together_have_no_more_points_than_a_frame_may_cost(race: RacePlot, loss: LossPlot) -> None:
    asked = race.request(table=True, paths=False)
    assert asked is not None
    assert asked.pixels * 2 * 2 * MANY <= POINTS
    told = loss.request()
    assert told is not None
    assert told.pixels * 2 * 2 * MANY <= MOST_POINTS
    loss.set_experiment(make_spec(SGD))
    alone = loss.request()
    assert alone is not None
    assert alone.pixels == round(loss.picture.box.width()), "a pair is thinned by the plot's width alone"


def test_the_losses_over_all_rows_of_many_entries_have_no_dots(loss: LossPlot, qtbot: QtBot) -> None:
    made = frame()
    assert made.curves is not None
    training = tuple(Curve(curve.steps[::5], curve.losses[::5]) for curve in made.curves.lanes)
    loss.show_frame(made._replace(curves=made.curves._replace(training=training)))
    qtbot.waitUntil(lambda: len(lines(loss)) == 3 * MANY, timeout=PATIENCE)
    assert MANY > THICKET
    assert not [item for item in loss.picture.plot.items if isinstance(item, ScatterPlotItem) and item.isVisible()]


def test_the_numbers_at_the_ends_are_painted_once(
    race: RacePlot, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    race.request(table=True, paths=False)
    race.show_race(make_race(*losses_of(2 * MANY, 20)), 20)
    race.picture.viewport().repaint()
    assert len(race.picture.ends.places()) == MANY
    monkeypatch.setattr(entry_marks, "draw_edged", None)  # they are there already
    race.picture.viewport().repaint()
