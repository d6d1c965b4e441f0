"""Residuals in the network's picture: their layers as columns, the skip as a line, numbers and names in place."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from gui.look.theme import LIGHT
from gui.network.shape import Place, Skip, shape_of
from gui.network.stage_light import StageLight
from gui.network.view import NetworkView
from gui.network.words import column_title
from tests.gui.network.test_view import Shown
from tests.gui.pictures import network_spec

INNER = {"kind": "Residual", "layers": [{"units": 5, "activation": "tanh"}]}
NET = [
    {"units": 3, "activation": "tanh"},
    {"kind": "Residual", "layers": [{"units": 5, "activation": "relu"}, INNER, {"units": 3}]},
    {"units": 2},
]


@pytest.fixture
def shown(qtbot) -> Shown:
    return Shown(qtbot, network_spec(NET, start={"seed": 3}))


def test_layers_inside_stand_before_the_column_in_which_they_are_added():
    shape = shape_of(network_spec(NET, start={"seed": 3}))
    assert shape is not None
    names = ["inputs", "layer1", "layer2.1", "layer2.2.1", "layer2.2", "layer2.3", "layer2", "layer3", "loss"]
    assert [column.name for column in shape.columns] == names
    assert shape.skips == (Skip(2, 4, 1), Skip(1, 6, 0))
    assert shape.place_of("layer2.2.1.weight", (4, 1)) == Place(3, 4, 1)
    assert shape.element_at(Place(5, 2)) == ("layer2.3.bias", (2,))
    assert shape.element_at(Place(6, 2)) is None
    assert column_title(shape, 3) == "Layer 2.2.1"


def test_every_column_has_the_numbers_of_its_layer(shown):
    passed = shown.view.canvas.content.passed
    a = [passed.x, *(layer.a for layer in passed.layers)]
    np.testing.assert_allclose(a[4], a[2] + a[3], rtol=1e-12)
    np.testing.assert_allclose(a[6], a[1] + a[5], rtol=1e-12)
    assert f"{a[6][1]:.6g}"[:6] in shown.point(Place(6, 1)).replace("−", "-")


def test_the_gradients_of_a_row_alone_go_through_the_skip(shown):
    """What comes back to the residual's input is what came past the inside and what came through it."""
    layers = shown.view.canvas.content.passed.layers
    weights = dict(zip(shown.engine.run.names, shown.engine.run.lanes[0].lane.weights(), strict=True))
    through = layers[1].dL_dz @ weights["layer2.1.weight"]
    np.testing.assert_allclose(layers[0].dL_da, layers[5].dL_dz + through, rtol=1e-12)


def test_a_skip_is_drawn_from_its_input_to_its_sum(shown):
    canvas, theme = shown.view.canvas, LIGHT
    outer = next(skip for skip in canvas.shape.skips if skip.depth == 0)
    down, left, right, up = canvas.drawn.skip(outer)
    assert down.x() == left.x() > canvas.drawn.x[1]
    assert right.x() == up.x() < canvas.drawn.x[6]
    inner = canvas.drawn.skip(canvas.shape.skips[0])
    assert inner[1].y() < left.y(), "it stands above the one that it is inside of"
    across = QPoint(round((left.x() + right.x()) / 2), round(left.y()))
    below = [shown.color_at(across + QPoint(0, by)) for by in (-1, 0, 1)]
    assert any(color != QColor(theme.plot_background) for color in below)


@pytest.mark.parametrize(("light", "column"), [(StageLight("2.2.1", "activation"), 3), (StageLight(2, "forward"), 6)])
def test_a_stage_inside_lights_its_own_column(shown, light, column):
    canvas = shown.view.canvas
    spot = QPoint(round(canvas.drawn.area_of(column).left() + 2), round(canvas.drawn.top + 1))
    ground = shown.color_at(spot)
    shown.view.set_light(light)
    assert shown.color_at(spot) != ground


def test_a_network_without_residuals_keeps_all_its_height(qtbot):
    plain, skipping = (NetworkView() for _ in range(2))
    heights = []
    for view, layers in ((plain, [NET[0], NET[2]]), (skipping, NET)):
        qtbot.addWidget(view)
        view.resize(900, 500)
        view.set_experiment(network_spec(layers, start={"seed": 3}))
        with qtbot.waitExposed(view):
            view.show()
        heights.append(view.canvas.drawn.height)
    assert heights[0] > heights[1]
