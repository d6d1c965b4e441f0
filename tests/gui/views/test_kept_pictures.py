"""What the heatmaps keep of an earlier picture is never stale: they look as ones do that were just made."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import DARK
from gui.views.maps.heatmaps import HeatmapPanel
from tests.gui.frames import SGD, make_frame, make_maps, make_spec

FIRST = np.arange(-8.0, 8.0).reshape(4, 4) / 8


def shown(qtbot: QtBot, values: np.ndarray) -> HeatmapPanel:
    panel = HeatmapPanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 420)
    panel.set_experiment(make_spec(SGD))
    with qtbot.waitExposed(panel):
        panel.show()
    show(panel, values)
    return panel


def show(panel: HeatmapPanel, values: np.ndarray) -> None:
    request = panel.request()
    assert request is not None
    panel.show_frame(make_frame(5, maps=make_maps(request, values, values)))


def picture(panel: HeatmapPanel) -> QImage:
    for _ in range(3):
        QApplication.processEvents()
    return panel.grab().toImage()


def other_values(panel: HeatmapPanel) -> None:
    show(panel, -FIRST)


def same_values_twice(panel: HeatmapPanel) -> None:
    show(panel, -FIRST)
    picture(panel)
    show(panel, FIRST)


def another_size(panel: HeatmapPanel) -> None:
    panel.resize(700, 300)


def another_theme(panel: HeatmapPanel) -> None:
    panel.set_theme(DARK)


CHANGES: tuple[Callable[[HeatmapPanel], None], ...] = (other_values, another_size, another_theme, same_values_twice)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_looks_as_if_nothing_was_painted_before_it(qtbot: QtBot, change: Callable[[HeatmapPanel], None]):
    painted, fresh = shown(qtbot, FIRST), shown(qtbot, FIRST)
    before = picture(painted)
    for panel in (painted, fresh):
        change(panel)
    assert picture(painted) == picture(fresh)
    assert (picture(painted) == before) == (change is same_values_twice)


def test_hidden_and_changed_it_comes_back_with_what_is_true_now(qtbot: QtBot):
    painted = shown(qtbot, FIRST)
    picture(painted)
    request = painted.request()
    assert request is not None
    painted.hide()
    painted.show_frame(make_frame(5, maps=make_maps(request, -FIRST, -FIRST)))
    painted.show()
    assert picture(painted) == picture(shown(qtbot, -FIRST))
