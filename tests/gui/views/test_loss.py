"""The loss plot, through mouse and keys, looked at by what it draws and says."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGraphicsTextItem, QLabel, QPushButton, QScrollArea

from engine.protocol import Curve, Curves, Evaluated
from gui.look.theme import DARK, LIGHT
from gui.views.loss.plot import LossPlot
from tests.gui.frames import ADAM, SGD, loss_frame, make_frame, make_spec

LOSSES = np.linspace(2.0, 1.0, 50)


@pytest.fixture
def plot(qtbot) -> LossPlot:
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_experiment(make_spec(SGD))
    with qtbot.waitExposed(made):
        made.show()
    return made


def canvas(plot: LossPlot) -> pg.GraphicsView:
    return plot.findChild(pg.GraphicsView, "loss_canvas")


def box_of(plot: LossPlot) -> pg.ViewBox:
    return canvas(plot).centralWidget.vb


def curves(plot: LossPlot) -> list[pg.PlotCurveItem]:
    return [item for item in canvas(plot).centralWidget.items if isinstance(item, pg.PlotCurveItem)]


def cross(plot: LossPlot) -> pg.InfiniteLine:
    return next(item for item in canvas(plot).centralWidget.items if isinstance(item, pg.InfiniteLine))


def text_of(plot: LossPlot, name: str) -> str:
    label = plot.findChild(QLabel, name)
    return "" if label.isHidden() else label.text()


def message(plot: LossPlot) -> str:
    notes = [item for item in box_of(plot).childItems() if isinstance(item, QGraphicsTextItem) and item.isVisible()]
    return " ".join(note.toPlainText() for note in notes)


def pixel_of(plot: LossPlot, step: float, loss: float) -> QPoint:
    scene = box_of(plot).mapViewToScene(QPointF(step, loss))
    return canvas(plot).mapFromScene(scene)


def click(qtbot, plot: LossPlot, name: str, kind: type = QCheckBox) -> None:
    button = plot.findChild(kind, name)
    at = QPoint(8, button.height() // 2) if kind is QCheckBox else QPoint(5, 5)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)


def drag(qtbot, plot: LossPlot, start: QPoint, end: QPoint, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    area = canvas(plot).viewport()
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, modifier, start)
    for share in (0.2, 0.5, 1.0):
        _move_held(area, start + (end - start) * share, modifier)
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, modifier, end)


def _move_held(area, at: QPoint, modifier) -> None:
    """qtbot.mouseMove holds no button; pyqtgraph drags only with one."""
    place, left = QPointF(at), Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, area.mapToGlobal(place), Qt.MouseButton.NoButton, left, modifier)
    QCoreApplication.sendEvent(area, event)


def test_before_the_first_step_it_says_how_to_begin(plot):
    assert message(plot) == "Press Run or Step to begin"
    plot.show_frame(make_frame(0, (), curves=Curves((Curve(np.empty(0), np.empty(0)),) * 2, None)))
    assert message(plot) == "Press Run or Step to begin"
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    assert message(plot) == ""
    plot.clear()
    assert message(plot) == "Press Run or Step to begin"
    assert text_of(plot, "loss_SGD/diy") == ""


def test_without_an_experiment_there_is_nothing_to_ask_for(plot):
    assert plot.request().steps is None
    plot.set_experiment(None)
    assert plot.request() is None
    plot.set_experiment(make_spec(SGD))
    plot.hide()
    assert plot.request() is None


def test_both_lanes_are_drawn_diy_solid_below_torch_dashed_in_the_entrys_color(plot):
    plot.set_experiment(make_spec(SGD, ADAM))
    plot.show_frame(loss_frame(*(LOSSES[:9],) * 4))
    sgd, sgd_torch, _, adam_torch = curves(plot)
    assert sgd.opts["pen"].style() == Qt.PenStyle.SolidLine
    assert sgd_torch.opts["pen"].style() == Qt.PenStyle.CustomDashLine
    assert sgd_torch.opts["pen"].color().name() == LIGHT.entry_color(0)
    assert adam_torch.opts["pen"].color().name() == LIGHT.entry_color(1)
    assert sgd.opts["pen"].widthF() > sgd_torch.opts["pen"].widthF()
    assert sgd.zValue() < sgd_torch.zValue()


def test_a_color_of_an_entrys_own_goes_wherever_the_entry_is_and_takes_no_curve_away(plot):
    plot.show_frame(loss_frame(LOSSES[:9], LOSSES[:9]))
    plot.set_experiment(make_spec(SGD | {"color": 12}))
    assert curves(plot)[1].opts["pen"].color().name() == LIGHT.entry_color(12)
    assert len(curves(plot)[1].xData) == 9


def test_a_dense_curve_of_torch_keeps_its_gaps(plot, monkeypatch):
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "antialias", True)
    plot.set_experiment(make_spec(ADAM))
    many = np.linspace(2, 1, 5000)
    plot.show_frame(loss_frame(many, many))
    diy, torch = curves(plot)
    inked = np.asarray(torch.opts["connect"])
    assert 0.3 < inked.mean() < 0.7
    assert torch.opts["pen"].style() == Qt.PenStyle.SolidLine, "the pen's own dashes are slow here"
    assert diy.opts["connect"] == "all"
    assert not diy.opts["antialias"], "whatever the application's setting, this would be ten times as slow"


def test_the_view_follows_the_run(plot):
    for count in (10, 50):
        plot.show_frame(loss_frame(LOSSES[:count], LOSSES[:count]))
        (left, right), (low, high) = box_of(plot).viewRange()
        assert left < 1 < count < right < count * 1.1
        assert low < LOSSES[:count].min() < LOSSES[:count].max() < high


def test_one_step_is_to_be_seen(plot):
    before = plot.grab().toImage()
    plot.show_frame(loss_frame(LOSSES[:1], LOSSES[:1]))
    torch = curves(plot)[1]
    assert torch.opts["pen"].capStyle() == Qt.PenCapStyle.RoundCap, "a dot, not a dash of no length"
    at = pixel_of(plot, 1, LOSSES[0]) + canvas(plot).pos()
    assert plot.grab().toImage().pixelColor(at) != before.pixelColor(at)
    assert plot.grab().toImage().pixelColor(at).name() == LIGHT.entry_color(0)


def test_values_are_of_the_newest_step_in_full(plot):
    third = float(np.float32(1 / 3))
    plot.show_frame(loss_frame(np.array([1, third]), np.array([1, third])))
    assert text_of(plot, "loss_SGD/diy") == "0.33333334"
    assert text_of(plot, "legend_heading") == "newest, step 2"


def test_pointing_asks_for_a_step_and_reads_it_out(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES + 1))
    with qtbot.waitSignal(plot.request_changed):
        qtbot.mouseMove(canvas(plot).viewport(), pixel_of(plot, 20.2, 1.5))
    assert plot.request().at == 20
    assert cross(plot).isVisible()
    assert cross(plot).value() == 20
    assert text_of(plot, "legend_heading") == "newest, step 50", "until the answer is there"
    plot.show_frame(loss_frame(LOSSES, LOSSES + 1, at=20))
    assert text_of(plot, "legend_heading") == "at step 20"
    assert float(text_of(plot, "loss_SGD/torch")) == pytest.approx(LOSSES[19] + 1, rel=1e-8)
    assert text_of(plot, "loss_SGD/diy") != text_of(plot, "loss_SGD/torch")


def test_an_answer_for_another_step_is_not_read_out(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    qtbot.mouseMove(canvas(plot).viewport(), pixel_of(plot, 30, 1.5))
    plot.show_frame(loss_frame(LOSSES, LOSSES, at=20))
    assert text_of(plot, "legend_heading") == "newest, step 50"


def test_decimal_points_stand_below_each_other(plot):
    plot.show_frame(loss_frame(np.array([0.125]), np.array([0.12500012])))
    diy, torch = (plot.findChild(QLabel, f"loss_SGD/{backend}") for backend in ("diy", "torch"))
    assert (diy.text(), torch.text()) == ("0.125", "0.12500012")
    assert (diy.indent(), torch.indent()) == (5 * diy.fontMetrics().horizontalAdvance("0"), 0)
    plot.show_frame(loss_frame(np.array([float("nan")]), np.array([1e-30])))
    assert (diy.indent(), torch.indent()) == (0, 0)


def test_reading_out_moves_nothing(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    places = [canvas(plot).geometry(), plot.findChild(QCheckBox, "loss_log").geometry()]
    qtbot.mouseMove(canvas(plot).viewport(), pixel_of(plot, 30, 1.5))
    plot.show_frame(loss_frame(LOSSES * 1.2345678e-30, LOSSES, at=30))
    plot.grab()
    assert [canvas(plot).geometry(), plot.findChild(QCheckBox, "loss_log").geometry()] == places


def test_keys_move_the_crosshair(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.request().at == 50
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.request().at == 48
    for _ in range(5):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.request().at == 50
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.request().at is None
    assert not cross(plot).isVisible()


def test_a_rectangle_zooms_and_home_leads_back(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    assert plot.request().steps is None
    with qtbot.waitSignal(plot.request_changed):
        drag(qtbot, plot, pixel_of(plot, 10, 1.9), pixel_of(plot, 20, 1.6))
    assert plot.request().steps == pytest.approx((10, 20), abs=0.5)
    zoomed = box_of(plot).viewRange()
    plot.show_frame(loss_frame(np.append(LOSSES, 9), np.append(LOSSES, 9)))
    assert box_of(plot).viewRange() == zoomed, "the run goes on, the zoom stays"
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.request().steps is None
    assert box_of(plot).viewRange()[1][1] > 9


def test_shift_drags_the_view(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    left, right = box_of(plot).viewRange()[0]
    drag(qtbot, plot, pixel_of(plot, 20, 1.5), pixel_of(plot, 30, 1.5), Qt.KeyboardModifier.ShiftModifier)
    moved_left, moved_right = plot.request().steps
    assert moved_right - moved_left == pytest.approx(right - left)
    assert moved_left == pytest.approx(left - 10, abs=1)


def test_keys_zoom_and_the_button_leads_back(plot, qtbot):
    button = plot.findChild(QPushButton, "loss_whole_run")
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    assert not button.isEnabled()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.request().steps is not None
    click(qtbot, plot, "loss_whole_run", QPushButton)
    assert plot.request().steps is None
    assert not button.isEnabled()


def test_a_double_click_leads_back(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    middle = canvas(plot).viewport().rect().center()
    qtbot.mouseClick(canvas(plot).viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(canvas(plot).viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseRelease(canvas(plot).viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert plot.request().steps is None


def test_the_legend_hides_a_lane_and_the_range_forgets_it(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES * 100))
    click(qtbot, plot, "legend_SGD/torch")
    diy, torch = curves(plot)
    assert (diy.isVisible(), torch.isVisible()) == (True, False)
    assert box_of(plot).viewRange()[1][1] < 3
    click(qtbot, plot, "legend_SGD/diy")
    assert "hidden" in message(plot)
    click(qtbot, plot, "legend_SGD/torch")
    assert message(plot) == ""
    assert torch.isVisible()


def test_another_learning_rate_keeps_the_picture_other_lanes_do_not(plot, qtbot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    click(qtbot, plot, "legend_SGD/diy")
    plot.set_experiment(make_spec({"name": "SGD", "params": {"lr": 0.5}}))
    assert message(plot) == ""
    assert not curves(plot)[0].isVisible()
    plot.set_experiment(make_spec(SGD, ADAM))
    assert not any(curve.isVisible() for curve in curves(plot))
    assert message(plot) == "Press Run or Step to begin"


def test_a_frame_of_other_lanes_is_not_drawn(plot):
    plot.show_frame(loss_frame(LOSSES))
    assert message(plot) == "Press Run or Step to begin"


def test_losses_that_are_no_numbers_leave_gaps_and_a_note(plot):
    broken = LOSSES.copy()
    broken[10:20], broken[30] = np.nan, np.inf
    plot.show_frame(loss_frame(broken, LOSSES))
    plot.grab()
    assert text_of(plot, "note_SGD/diy") == "⚠ no finite number from step 11"
    assert text_of(plot, "note_SGD/torch") == ""
    assert np.isnan(curves(plot)[0].getData()[1]).sum() == 11
    assert np.isfinite(box_of(plot).viewRange()).all()
    assert box_of(plot).viewRange()[1][1] < 3


def test_a_dense_curve_with_gaps_is_drawn(plot):
    many = np.linspace(2, 1, 5000)
    many[100:3000] = np.nan
    plot.show_frame(loss_frame(many, many))
    plot.grab()
    inked = np.asarray(curves(plot)[1].opts["connect"])
    assert not inked[99:3000].any()
    assert inked[:99].any()


@pytest.mark.parametrize("losses", [np.full(5, np.nan), np.zeros(5), np.full(5, -1.0)])
def test_nothing_that_a_logarithm_can_show(plot, qtbot, losses):
    click(qtbot, plot, "loss_log")
    plot.show_frame(loss_frame(losses, losses))
    plot.grab()
    assert message(plot) == "No loss here can be drawn on this scale"


def test_logarithmic_and_back(plot, qtbot):
    losses = np.array([100.0, 1.0, 0.0, -1.0, 0.01])
    plot.show_frame(loss_frame(losses, losses))
    click(qtbot, plot, "loss_log")
    assert text_of(plot, "note_SGD/diy") == "⚠ zero or less from step 3: no logarithm"
    drawn = curves(plot)[0].getData()[1]
    np.testing.assert_allclose(drawn, [2, 0, np.nan, np.nan, -2])
    low, high = box_of(plot).viewRange()[1]
    assert low < -2 < 2 < high < 3
    click(qtbot, plot, "loss_log")
    assert text_of(plot, "note_SGD/diy") == ""
    assert curves(plot)[0].getData()[1].tolist() == losses.tolist()


def test_other_colors_in_the_dark(plot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    plot.set_theme(DARK)
    assert curves(plot)[1].opts["pen"].color().name() == DARK.entry_color(0)
    assert canvas(plot).backgroundBrush().color().name() == DARK.plot_background


def test_stale_results_are_marked(plot):
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    fresh = plot.grab().toImage()
    plot.set_stale(True)
    assert plot.findChild(object, "stale_veil").isVisible()
    assert plot.grab().toImage() != fresh
    plot.set_stale(False)
    assert plot.grab().toImage() == fresh


def test_losses_over_all_rows_are_dots_beside_the_batches_curves(plot):
    batches = tuple(Curve(np.arange(1.0, 51.0), LOSSES) for _ in range(2))
    training = tuple(Curve(np.array([0.0, 20.0, 40.0]), np.array([2.5, 1.5, np.nan])) for _ in range(2))
    plot.show_frame(make_frame(50, (1.0, 1.0), newest=50, curves=Curves(batches, None, (), training)))
    items = canvas(plot).centralWidget.items
    (dots,) = [item for item in items if isinstance(item, pg.ScatterPlotItem) and item.isVisible()]
    assert list(zip(dots.data["x"], dots.data["y"], strict=True)) == [(0.0, 2.5), (20.0, 1.5)]
    assert canvas(plot).plot.getAxis("left").labelText == "Batch, ● all"
    assert text_of(plot, "legend_heading") == "batch of step 50"
    assert box_of(plot).viewRange()[1][1] > 2.5, "the dots are in sight"
    plot.show_frame(make_frame(50, (1.0, 1.0), newest=50, curves=Curves(batches, None)))
    assert not dots.isVisible()
    assert canvas(plot).plot.getAxis("left").labelText == "Loss"


def test_of_many_lanes_all_are_drawn_and_rows_come_where_a_person_scrolls(plot, qtbot):
    entries = [{"name": "SGD", "label": f"rate {number}"} for number in range(60)]
    plot.set_experiment(make_spec(*entries))
    plot.show_frame(loss_frame(*(LOSSES,) * 120))
    qtbot.waitUntil(lambda: sum(curve.isVisible() for curve in curves(plot)) == 120)
    assert plot.findChild(QLabel, "loss_rate 59/torch") is None, "nobody sees it"
    bar = plot.findChild(QScrollArea, "loss_legend").verticalScrollBar()

    def scrolled_to_the_end() -> bool:
        bar.setValue(bar.maximum())
        return plot.findChild(QLabel, "loss_rate 59/torch") is not None

    qtbot.waitUntil(scrolled_to_the_end)
    qtbot.waitUntil(lambda: text_of(plot, "loss_rate 59/torch") != "")
    plot.set_experiment(make_spec(SGD))
    qtbot.waitUntil(lambda: not curves(plot))


# --- rows that only test -------------------------------------------------------------------------


def frame_with_tests(losses: tuple[float, float] = (0.75, 0.5), step: int = 20):
    """Both lanes of a pair, and what their test rows lost after steps 0, 10 and 20."""
    frame = loss_frame(np.linspace(2, 1, 20), np.linspace(2, 1, 20))
    tests = tuple(Curve(np.array([0.0, 10.0, 20.0]), np.array([3.0, 1.0, loss])) for loss in losses)
    at = tuple(Evaluated(step, loss) for loss in losses)
    return frame._replace(curves=frame.curves._replace(test=tests, test_at=at))


def diamonds(plot: LossPlot) -> list[pg.ScatterPlotItem]:
    items = canvas(plot).centralWidget.items
    return [
        one for one in items if isinstance(one, pg.ScatterPlotItem) and one.opts["symbol"] == "d" and one.isVisible()
    ]


def test_test_rows_have_a_curve_of_their_own_and_a_line_in_the_legend(qtbot, plot: LossPlot) -> None:
    plot.show_frame(frame_with_tests())
    (marks,) = diamonds(plot)  # of a pair one: the other's lie upon them
    assert marks.getData()[0].tolist() == [0, 10, 20]
    assert marks.getData()[1].tolist() == [3, 1, 0.75]
    assert box_of(plot).viewRange()[1][1] > 3
    assert text_of(plot, "test_SGD/diy") == "0.75"
    assert text_of(plot, "test_SGD/torch") == "0.5"
    assert "after step 20" in plot.findChild(QLabel, "test_SGD/diy").toolTip()
    assert "◇" in canvas(plot).centralWidget.getAxis("left").labelText


def test_test_curves_are_hidden_by_their_box_and_with_their_lanes(qtbot, plot: LossPlot) -> None:
    plot.show_frame(frame_with_tests())
    click(qtbot, plot, "legend_test")
    assert diamonds(plot) == []
    assert text_of(plot, "test_SGD/diy") == ""
    assert box_of(plot).viewRange()[1][1] < 3
    click(qtbot, plot, "legend_test")
    click(qtbot, plot, "legend_SGD/diy")
    assert diamonds(plot)[0].getData()[1].tolist() == [3, 1, 0.5]
    click(qtbot, plot, "legend_SGD/torch")
    assert diamonds(plot) == []


def test_without_test_rows_nothing_speaks_of_them(plot: LossPlot) -> None:
    plot.show_frame(frame_with_tests())
    plot.clear()
    plot.show_frame(loss_frame(np.linspace(2, 1, 20), np.linspace(2, 1, 20)))
    assert plot.findChild(QCheckBox, "legend_test").isHidden()
    assert text_of(plot, "test_SGD/diy") == ""
    assert canvas(plot).centralWidget.getAxis("left").labelText == "Loss"


def test_of_many_test_losses_some_have_a_mark(plot: LossPlot) -> None:
    steps = np.arange(0.0, 500.0)
    frame = frame_with_tests()
    many = tuple(Curve(steps, 1 / (steps + 1)) for _ in range(2))
    plot.show_frame(frame._replace(curves=frame.curves._replace(test=many)))
    marked = diamonds(plot)[0].getData()[0]
    assert 10 < len(marked) <= 24
    assert set(np.diff(marked)) == {32.0}
