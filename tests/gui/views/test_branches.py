"""The loss plot in time: where the run stands, the branches beside it, and the ways from there to a step."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.protocol import BranchCurves
from gui.look.theme import DARK, LIGHT
from gui.session.branch_names import BranchNames
from gui.views.loss.canvas import LossCanvas
from gui.views.loss.plot import LossPlot
from tests.gui.frames import ADAM, SGD, loss_frame, make_branch, make_spec

LEFT, NONE, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
LOSSES = np.linspace(2.0, 1.0, 50)


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_experiment(make_spec(SGD))
    with qtbot.waitExposed(made):
        made.show()
    return made


def branch(number: int = 1, start: int = 10, length: int = 30, **parts: Any) -> BranchCurves:
    losses = LOSSES[start - 1] + np.linspace(0, 3, length)
    return make_branch(number, start, losses, losses, **parts)


def canvas(plot: LossPlot) -> LossCanvas:
    return plot.findChild(LossCanvas)


def curves(plot: LossPlot) -> list[Any]:
    """DIY and torch of the run, then those of each branch."""
    return [item for item in canvas(plot).plot.items if hasattr(item, "opts") and "pen" in item.opts]


def find(plot: LossPlot, kind: type[QWidget], name: str) -> Any:
    return plot.findChild(kind, name)


def text_of(plot: LossPlot, name: str) -> str:
    return find(plot, QLabel, name).text()


def pixel_of(plot: LossPlot, step: float, loss: float) -> QPoint:
    return canvas(plot).mapFromScene(canvas(plot).box.mapViewToScene(QPointF(step, loss)))


# --- where the run stands ------------------------------------------------------------------


def test_a_line_shows_where_the_run_stands_unless_that_is_at_the_curves_end(plot: LossPlot) -> None:
    line = canvas(plot).cursor_line
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    assert not line.isVisible()
    plot.show_frame(loss_frame(LOSSES, LOSSES, step=20))
    assert line.isVisible()
    assert line.value() == 20
    assert text_of(plot, "legend_heading") == "shown, step 20"
    assert float(text_of(plot, "loss_SGD/diy")) == pytest.approx(LOSSES[19], rel=1e-6)
    plot.clear()
    assert not line.isVisible()


def test_the_whole_recorded_run_stays_in_view(plot: LossPlot) -> None:
    for step in (0, 1, 20, 50):
        plot.show_frame(loss_frame(LOSSES, LOSSES, step=step))
        left, right = canvas(plot).box.viewRange()[0]
        assert left < step < right
        assert right > 50


def test_at_the_start_no_loss_is_shown_for_there_is_none_yet(plot: LossPlot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, step=0))
    assert text_of(plot, "legend_heading") == "shown: the start"
    assert text_of(plot, "loss_SGD/diy") == ""
    assert not canvas(plot).note.isVisible()


def test_the_line_is_no_crosshair(plot: LossPlot, qtbot: QtBot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, step=20))
    qtbot.keyClick(plot, Key.Key_Right)
    qtbot.keyClick(plot, Key.Key_Right)
    assert (canvas(plot).cross.value(), canvas(plot).cursor_line.value()) == (21, 20)
    assert canvas(plot).cross.pen.color() != canvas(plot).cursor_line.pen.color()


def test_the_crosshair_reaches_what_is_recorded_beyond_the_step_shown(plot: LossPlot, qtbot: QtBot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, step=20))
    qtbot.mouseMove(canvas(plot).viewport(), pixel_of(plot, 40, 1.5))
    assert plot.request().at == 40


# --- to a step -----------------------------------------------------------------------------


def test_ctrl_and_a_click_lead_to_a_step(plot: LossPlot, qtbot: QtBot) -> None:
    sought: list[int] = []
    plot.seek_wanted.connect(sought.append)
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    for modifier in (NONE, CTRL):
        qtbot.mouseClick(canvas(plot).viewport(), LEFT, modifier, pixel_of(plot, 30, 1.5))
    assert sought == [30]
    assert plot.request().steps is None, "no zoom"


def test_enter_leads_to_the_crosshairs_step(plot: LossPlot, qtbot: QtBot) -> None:
    sought: list[int] = []
    plot.seek_wanted.connect(sought.append)
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    qtbot.keyClick(plot, Key.Key_Return)
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_Return):
        qtbot.keyClick(plot, key)
    assert sought == [49]


def test_before_the_first_step_there_is_none_to_go_to(plot: LossPlot, qtbot: QtBot) -> None:
    sought: list[int] = []
    plot.seek_wanted.connect(sought.append)
    qtbot.mouseClick(canvas(plot).viewport(), LEFT, CTRL, canvas(plot).viewport().rect().center())
    assert sought == []


def test_the_canvas_says_how(plot: LossPlot) -> None:
    assert "Ctrl+click" in canvas(plot).toolTip()


# --- branches ------------------------------------------------------------------------------


def test_a_branch_is_drawn_faded_below_the_run_from_the_fork_on(plot: LossPlot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(),)))
    diy, torch, old_diy, old_torch = curves(plot)
    for new, old in ((diy, old_diy), (torch, old_torch)):
        assert old.opts["pen"].widthF() < new.opts["pen"].widthF()
        assert old.opts["pen"].color() != new.opts["pen"].color()
        assert old.zValue() < diy.zValue()
    assert old_torch.opts["pen"].style() == Qt.PenStyle.CustomDashLine
    steps, losses = old_diy.getData()
    assert (steps[0], losses[0]) == (10, LOSSES[9]), "it leaves the run's curve where that was"
    assert steps[-1] == 39


def test_the_view_makes_room_for_a_branch_that_is_longer_and_higher(plot: LossPlot, qtbot: QtBot) -> None:
    plot.show_frame(loss_frame(LOSSES[:12], LOSSES[:12], branches=(branch(length=80),)))
    (_, right), (_, high) = canvas(plot).box.viewRange()
    assert right > 89
    assert high > 4
    find(plot, QCheckBox, "branch_1_shown").click()
    (_, right), (_, high) = canvas(plot).box.viewRange()
    assert right < 14
    assert high < 3


def test_a_hidden_branch_stays_hidden_while_frames_come(plot: LossPlot, qtbot: QtBot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(), branch(2, 20))))
    find(plot, QCheckBox, "branch_1_shown").click()
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(), branch(2, 20))))
    assert [curve.isVisible() for curve in curves(plot)] == [True, True, False, False, True, True]
    find(plot, QCheckBox, "branch_1_shown").click()
    assert all(curve.isVisible() for curve in curves(plot))


def test_the_branchs_losses_are_read_out_at_the_step_shown(plot: LossPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.request_changed):
        plot.show_frame(loss_frame(LOSSES, LOSSES, step=20, branches=(branch(),)))
    assert text_of(plot, "branch_1_diy") == ""
    assert plot.request().at == 20
    with qtbot.assertNotEmitted(plot.request_changed):
        plot.show_frame(loss_frame(LOSSES, LOSSES, step=20, at=20, branches=(branch(at=20),)))
    assert float(text_of(plot, "branch_1_diy")) == pytest.approx(LOSSES[9] + 3 * 10 / 29, rel=1e-6)
    plot.request()
    plot.show_frame(loss_frame(LOSSES, LOSSES, step=5, at=5, branches=(branch(at=5),)))
    assert text_of(plot, "branch_1_diy") == "–", "the branch began later"


def test_the_branchs_losses_are_read_out_at_the_crosshair(plot: LossPlot, qtbot: QtBot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(),)))
    qtbot.mouseMove(canvas(plot).viewport(), pixel_of(plot, 12, 1.5))
    plot.show_frame(loss_frame(LOSSES, LOSSES, at=12, branches=(branch(at=12),)))
    assert text_of(plot, "legend_heading") == "at step 12"
    assert float(text_of(plot, "branch_1_torch")) == pytest.approx(LOSSES[9] + 3 * 2 / 29, rel=1e-6)


def test_a_branch_of_a_lane_alone_has_one_curve(plot: LossPlot) -> None:
    plot.set_experiment(make_spec(SGD, ADAM | {"backends": ["torch"]}))
    of_adam = make_branch(1, 10, LOSSES[9:30], places=(2,), entry=1)
    plot.show_frame(loss_frame(LOSSES, LOSSES, LOSSES, branches=(of_adam,)))
    assert len(curves(plot)) == 4
    assert find(plot, QLabel, "branch_1_diy") is None
    assert find(plot, QLabel, "branch_1_torch") is not None


def test_the_cross_removes_a_branch_when_the_engine_has(plot: LossPlot, qtbot: QtBot) -> None:
    removed: list[int] = []
    plot.branch_removed.connect(removed.append)
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(), branch(2, 20))))
    qtbot.mouseClick(find(plot, QToolButton, "branch_2_remove"), LEFT)
    assert removed == [2]
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(),)))
    assert len(curves(plot)) == 4
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    assert len(curves(plot)) == 2
    assert not find(plot, QWidget, "branch_legend").isVisible()


def test_another_run_has_no_branches(plot: LossPlot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(),)))
    plot.clear()
    assert len(curves(plot)) == 2
    assert not find(plot, QWidget, "branch_legend").isVisible()


def test_the_branch_under_the_pointer_is_shown_in_full_color(plot: LossPlot, qtbot: QtBot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(), branch(2, 20))))
    faded = curves(plot)[3].opts["pen"].color()
    row, place = find(plot, QWidget, "branch_1"), QPointF(5, 5)
    QCoreApplication.sendEvent(row, QEnterEvent(place, place, place))
    assert curves(plot)[3].opts["pen"].color().name() == LIGHT.entry_color(0)
    assert curves(plot)[5].opts["pen"].color() == faded
    QCoreApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    assert curves(plot)[3].opts["pen"].color() == faded


def test_branches_in_the_dark(plot: LossPlot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(),)))
    light = curves(plot)[3].opts["pen"].color()
    plot.set_theme(DARK)
    assert curves(plot)[3].opts["pen"].color() != light
    assert canvas(plot).cursor_line.pen.color().name() == DARK.accent


def test_twelve_branches_are_listed_and_nothing_grows(plot: LossPlot) -> None:
    plot.show_frame(loss_frame(LOSSES, LOSSES))
    size, place = plot.minimumSizeHint(), canvas(plot).geometry()
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=tuple(branch(n, n + 2) for n in range(1, 13))))
    plot.grab()
    assert len(curves(plot)) == 26
    assert (plot.minimumSizeHint(), canvas(plot).geometry()) == (size, place)


# --- their names ---------------------------------------------------------------------------


@pytest.fixture
def named(qtbot: QtBot) -> tuple[LossPlot, BranchNames, QLineEdit]:
    names = BranchNames()
    plot = LossPlot(names=names)
    qtbot.addWidget(plot)
    plot.resize(900, 400)
    spec = make_spec({"name": "SGD", "params": {"lr": 0.01}})
    plot.set_experiment(spec)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    one = branch(params={"lr": 0.1, "momentum": 0.9})
    names.add(one.branch, spec)
    plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(one,)))
    return plot, names, find(plot, QLineEdit, "branch_1_name")


def test_a_branch_is_called_by_its_number_and_by_what_it_had(named: tuple) -> None:
    plot, _, field = named
    assert field.text() == "Branch 1"
    assert text_of(plot, "branch_1_details") == "SGD lr 0.1, momentum 0.9 · steps 10–39"


def test_a_double_click_renames_it(named: tuple, qtbot: QtBot) -> None:
    _, names, field = named
    qtbot.mouseDClick(field, LEFT)
    qtbot.keyClicks(field, "too fast")
    qtbot.keyClick(field, Key.Key_Return)
    assert names.name(branch().branch) == field.text() == "too fast"
    assert field.isReadOnly()


def test_f2_renames_it_and_escape_does_not(named: tuple, qtbot: QtBot) -> None:
    plot, names, field = named
    for key, name in ((Key.Key_Escape, "Branch 1"), (Key.Key_Tab, "mine")):
        field.setFocus()
        qtbot.keyClick(field, Key.Key_F2)
        qtbot.keyClicks(field, "mine")
        plot.show_frame(loss_frame(LOSSES, LOSSES, branches=(branch(),)))
        qtbot.keyClick(field, key)
        assert names.name(branch().branch) == name


def test_a_long_name_is_cut_off_and_told_in_full(named: tuple, qtbot: QtBot) -> None:
    _, names, field = named
    name = "a name as long as somebody can think of " * 3
    names.rename(branch().branch, name)
    assert field.text().endswith("…")
    assert name.strip() in field.toolTip()
    qtbot.mouseDClick(field, LEFT)
    assert field.text() == name.strip()
    qtbot.keyClick(field, Key.Key_Escape)
    assert names.name(branch().branch) == name.strip()
