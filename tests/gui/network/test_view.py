"""The network's picture, through its selectors, mouse and keys, looked at by what it draws and says."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QSpinBox, QToolTip

from engine.spec import check
from gui.look.theme import DARK, LIGHT
from gui.network.shape import Place
from gui.network.stage_light import StageLight
from gui.network.view import NetworkView
from tests.gui.pictures import SGD, PictureEngine, network_spec

Key = Qt.Key
TWO = [SGD, SGD | {"label": "Other", "params": {"lr": 0.1}}]
WIDE = [{"units": 300, "activation": "tanh"}, {"units": 2}]


class Shown:
    """The view with an engine behind it, which answers when a test says so."""

    def __init__(self, qtbot, spec=None):
        self.qtbot, self.engine = qtbot, PictureEngine(spec or network_spec())
        self.view = NetworkView()
        qtbot.addWidget(self.view)
        self.view.resize(900, 500)
        self.view.set_experiment(self.engine.run.spec)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.answer()

    def answer(self):
        self.view.show_frame(self.engine.frame(self.view.request()))

    def step(self, count=1):
        self.engine.run.advance(count)
        self.answer()

    def choose(self, name, text):
        box = self.view.findChild(QComboBox, name)
        box.setCurrentText(text)
        assert box.currentText() == text
        self.answer()

    def spot(self, place: Place) -> QPoint:
        """Where a unit, or the middle of a line or a map's cell, is in the canvas."""
        geometry = self.view.canvas.drawn
        if place.source is None:
            return geometry.node(place).center().toPoint()
        line = geometry.line(place)
        return line.pointAt(0.2).toPoint()

    def point(self, place: Place) -> str:
        self.qtbot.mouseMove(self.view.canvas, self.spot(place))
        return self.readout

    def press(self, *keys) -> str:
        for key in keys:
            self.qtbot.keyClick(self.view.canvas, key)
        return self.readout

    @property
    def readout(self) -> str:
        return self.view.findChild(QLineEdit, "network_readout").text()

    def color_at(self, at: QPoint) -> QColor:
        image = self.view.canvas.grab().toImage()
        scale = image.devicePixelRatio()
        return image.pixelColor(round(at.x() * scale), round(at.y() * scale))


@pytest.fixture
def shown(qtbot) -> Shown:
    return Shown(qtbot)


def is_warm(color: QColor) -> bool:
    """Orange rather than blue: above 0."""
    return color.red() > color.blue() + 30


def is_cold(color: QColor) -> bool:
    return color.blue() > color.red() + 30


def test_it_asks_for_what_is_seen_and_for_nothing_while_hidden(shown):
    asked = shown.view.request()
    assert (asked.entry, asked.side, asked.quantity, asked.row) == (0, "diy", "weight", 0)
    assert asked.most >= 3
    shown.view.hide()
    assert shown.view.request() is None


def test_the_selectors_ask_for_what_they_say(qtbot):
    shown = Shown(qtbot, network_spec(optimizers=TWO))
    with qtbot.waitSignal(shown.view.request_changed):
        shown.choose("network_entry", "Other")
    shown.choose("network_quantity", "Gradient")
    shown.view.findChild(QSpinBox, "network_row").setValue(1)
    asked = shown.view.request()
    assert (asked.entry, asked.quantity, asked.row) == (1, "grad", 1)
    lanes = shown.view.findChild(QComboBox, "network_side")
    assert [lanes.itemText(index) for index in range(lanes.count())] == ["DIY"], "there is no other lane"


def test_the_difference_is_offered_where_both_lanes_run(qtbot):
    spec = network_spec(optimizers=[SGD | {"backends": ["diy", "torch"]}])
    view = NetworkView()
    qtbot.addWidget(view)
    view.set_experiment(spec)
    lanes = view.findChild(QComboBox, "network_side")
    assert [lanes.itemText(index) for index in range(lanes.count())] == ["DIY", "torch", "DIY − torch"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_lines_colour_is_its_sign_and_its_width_its_size(shown, theme):
    shown.view.set_theme(theme)
    above, below = (shown.color_at(shown.spot(Place(1, 0, source))) for source in (0, 1))
    assert is_warm(above), above.name()
    assert is_cold(below), below.name()
    nought = shown.color_at(shown.spot(Place(1, 2, 1)))
    assert not is_warm(nought)
    assert not is_cold(nought)
    assert painted(shown, Place(1, 0, 0), theme) > painted(shown, Place(1, 1, 0), theme), "1 is twice 0.5"


def painted(shown: Shown, place: Place, theme) -> int:
    """How many pixels of a line are painted, across it."""
    middle, ground = shown.spot(place), QColor(theme.plot_background)
    colors = [shown.color_at(middle + QPoint(0, by)) for by in range(-6, 7)]
    return sum(abs(color.red() - ground.red()) + abs(color.blue() - ground.blue()) > 60 for color in colors)


def test_with_the_keyboard_it_has_a_frame_and_is_drawn_all_the_same(shown):
    shown.view.activateWindow()
    shown.view.take_keyboard()
    shown.qtbot.waitUntil(shown.view.canvas.hasFocus)
    assert shown.color_at(QPoint(0, 50)) == QColor(LIGHT.accent)
    assert is_warm(shown.color_at(shown.spot(Place(1, 0, 0))))


def test_a_number_that_is_not_finite_is_no_weight_of_a_colour(qtbot):
    shown = Shown(qtbot)
    lane = shown.engine.run.lanes[0].lane
    snapshot = lane.snapshot()
    broken = snapshot.weights[0].copy()
    broken[0, 0] = math.nan
    lane.restore(snapshot._replace(weights=(broken, *snapshot.weights[1:])))
    shown.answer()
    assert "NaN" in shown.point(Place(1, 0, 0))
    assert "NaN" in shown.point(Place(1, 0)), "and so are the unit's sum and output"


def test_it_is_live(shown):
    before = shown.point(Place(1, 0, 0))
    shown.step()
    assert shown.readout != before
    assert str(float(shown.engine.run.lanes[0].lane.weights()[0][0, 0])).replace("-", "−") in shown.readout


def test_a_unit_tells_the_rows_numbers_forwards_and_backwards_in_full(shown):
    x, weight, bias = np.array([0.5, -1.0]), np.array([1.0, -1.0]), 0.5
    z = float(weight @ x + bias)
    told = shown.point(Place(1, 0))
    assert told.startswith("Layer 1, unit 0")
    for text in (f"z = {z}", f"a = {math.tanh(z)!r}", "∂L/∂a = ", "∂L/∂z = ", "layer1.bias[0]   DIY 0.5"):
        assert text in told
    assert shown.point(Place(0, 1)) == "Input 1   x = −1.0"
    assert "target 1.0" in shown.point(Place(2, 0))
    assert "of row 0 alone: L = " in shown.point(Place(3, 0))


def test_another_row_goes_another_way(shown):
    before = shown.point(Place(1, 0))
    shown.view.findChild(QSpinBox, "network_row").setValue(1)
    shown.answer()
    assert shown.readout != before
    assert shown.point(Place(0, 0)) == "Input 0   x = 2.0"


def test_a_class_is_marked_at_its_output(qtbot):
    data = {"x": [[0.5, -1.0], [2.0, 0.25]], "y": [1, 0]}
    network = {"layers": [{"units": 3, "activation": "tanh"}, {"units": 2}], "loss": "cross_entropy"}
    shown = Shown(qtbot, network_spec(data=data, network=network))
    assert "not the row's class" in shown.point(Place(2, 0))
    assert "   the row's class" in shown.point(Place(2, 1))


def test_a_line_tells_its_weight_and_its_gradient_for_the_row_alone(shown):
    shown.choose("network_quantity", "Gradient")
    shown.step()
    told = shown.point(Place(1, 1, 0))
    assert told.startswith("∂L/∂layer1.weight[1, 0]   DIY ")
    assert "row 0 alone: ∂L/∂layer1.weight[1, 0] = " in told


def test_the_resting_pointer_gets_the_same_in_a_tooltip(shown):
    canvas, spot = shown.view.canvas, shown.spot(Place(2, 1, 2))
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, spot, canvas.mapToGlobal(spot)))
    assert QToolTip.text().startswith("layer2.weight[1, 2]   DIY 0.75")
    QToolTip.hideText()


def test_a_click_chooses_a_weight_and_on_a_unit_its_bias(shown, qtbot):
    for place, element in ((Place(1, 0, 1), ("layer1.weight", (0, 1))), (Place(2, 1), ("layer2.bias", (1,)))):
        with qtbot.waitSignal(shown.view.weight_chosen) as chosen:
            qtbot.mouseClick(shown.view.canvas, Qt.MouseButton.LeftButton, pos=shown.spot(place))
        assert tuple(chosen.args) == element
        shown.view.show_chosen(*element)
        assert shown.view.canvas.chosen_place == place
    with qtbot.assertNotEmitted(shown.view.weight_chosen):
        qtbot.mouseClick(shown.view.canvas, Qt.MouseButton.LeftButton, pos=shown.spot(Place(0, 0)))


def test_keys_lead_among_units_and_through_their_weights(shown, qtbot):
    canvas = shown.view.canvas
    assert shown.press(Key.Key_Right).startswith("Input 0")
    assert shown.press(Key.Key_Right).startswith("Layer 1, unit 0")
    assert shown.press(Key.Key_Down, Key.Key_Down, Key.Key_Down).startswith("Layer 1, unit 2")
    assert shown.press(Key.Key_PageDown).startswith("layer1.weight[2, 0]")
    assert shown.press(Key.Key_PageDown).startswith("layer1.weight[2, 1]")
    with qtbot.waitSignal(shown.view.weight_chosen) as chosen:
        shown.press(Key.Key_Return)
    assert chosen.args == ["layer1.weight", (2, 1)]
    assert shown.press(Key.Key_PageDown).startswith("Layer 1, unit 2")
    assert shown.press(Key.Key_Right, Key.Key_Right).startswith("Loss")
    assert shown.press(Key.Key_Escape) == ""
    assert canvas.at is None


# --- large networks ------------------------------------------------------------------------------


def large(qtbot) -> Shown:
    return Shown(qtbot, network_spec(WIDE, start={"weights": large_weights()}))


def large_weights():
    random = np.random.default_rng(0)
    shapes = {"layer1.weight": (300, 2), "layer1.bias": (300,), "layer2.weight": (2, 300), "layer2.bias": (2,)}
    return {name: random.normal(size=shape).tolist() for name, shape in shapes.items()}


def test_a_large_layer_is_a_block_and_what_joins_it_a_map(qtbot):
    shown = large(qtbot)
    geometry = shown.view.canvas.drawn
    assert geometry.centers(1) is None
    assert geometry.lines(1) == geometry.lines(2) == []
    area = geometry.map_area(2)
    colors = {
        shown.color_at(QPointF(area.x() + across * area.width(), area.center().y() - 5).toPoint()).name()
        for across in np.linspace(0.05, 0.95, 20)
    }
    assert len(colors) > 5, "a map of many weights"
    in_block = geometry.block(1)
    colors = {
        shown.color_at(QPointF(in_block.center().x(), in_block.y() + down * in_block.height()).toPoint()).name()
        for down in np.linspace(0.05, 0.95, 20)
    }
    assert len(colors) > 5, "and of many units"


def test_in_a_map_and_in_a_block_single_elements_are_told_of_and_chosen(qtbot):
    shown = large(qtbot)
    geometry, canvas = shown.view.canvas.drawn, shown.view.canvas
    area = geometry.map_area(2)
    spot = QPointF(area.x() + area.width() / 2, area.y() + area.height() * 0.75).toPoint()
    qtbot.mouseMove(canvas, spot)
    assert shown.readout.startswith("layer2.weight[1, 1")
    assert "the largest of those that are drawn here as one" in shown.readout
    with qtbot.waitSignal(shown.view.weight_chosen) as chosen:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    weight, (unit, source) = chosen.args
    assert (weight, unit) == ("layer2.weight", 1)
    assert 140 < source < 160
    assert shown.point(Place(1, 150)).startswith("Layer 1, unit 150   z = ")


def test_a_deep_network_keeps_its_columns_apart(qtbot):
    layers = [{"units": 3, "activation": "tanh"} for _ in range(40)] + [{"units": 2}]
    random = np.random.default_rng(0)
    shapes = {"layer1.weight": (3, 2)} | {f"layer{layer}.weight": (3, 3) for layer in range(2, 41)}
    weights = {name: random.normal(size=shape).tolist() for name, shape in shapes.items()}
    weights |= {f"layer{layer}.bias": [0.0] * 3 for layer in range(1, 41)}
    weights |= {"layer41.weight": random.normal(size=(2, 3)).tolist(), "layer41.bias": [0.0, 0.0]}
    shown = Shown(qtbot, network_spec(layers, start={"weights": weights}))
    assert shown.view.canvas.drawn.apart >= 60
    assert shown.view.canvas.width() > shown.view.width()
    assert shown.point(Place(3, 1)).startswith("Layer 3, unit 1")


# --- responses -----------------------------------------------------------------------------------


def test_each_unit_shows_its_response_over_the_plane(shown):
    """Unit 1's is tanh(x/2 + y/4 − 1/2): below 0 at the lower left, above at the upper right."""
    area = shown.view.canvas.drawn.node(Place(1, 1))
    lower, upper = (
        shown.color_at(QPointF(area.x() + share * area.width(), area.bottom() - share * area.height()).toPoint())
        for share in (0.3, 0.85)
    )
    assert is_cold(lower), lower.name()
    assert is_warm(upper), upper.name()


def test_responses_stay_until_newer_ones_come_and_are_asked_for_anew_in_another_run(shown):
    seen = shown.view.request().responses
    assert seen > 0
    shown.step()
    assert shown.view.request().responses > seen
    shown.view.set_experiment(shown.engine.run.spec)
    assert shown.view.request().responses == 0


# --- the rest --------------------------------------------------------------------------------------


def test_a_test_function_has_nothing_to_draw_and_the_tab_says_so(qtbot):
    problem = {"function": "rosenbrock", "start": [-1.0, 1.0]}
    shown = Shown(qtbot)
    shown.view.set_experiment(check({"schema": 1, "problem": problem, "optimizers": [SGD]}))
    note = shown.view.findChild(QLabel, "network_note")
    assert note.isVisible()
    assert "nothing to draw" in note.text()
    assert shown.view.request() is None
    shown.view.set_experiment(shown.engine.run.spec)
    assert not note.isVisible()


def test_a_frame_of_another_selection_is_dropped(shown):
    late = shown.engine.frame(shown.view.request())
    shown.view.findChild(QComboBox, "network_quantity").setCurrentText("Gradient")
    shown.view.show_frame(late)
    assert shown.view.canvas.content is None


def test_what_a_line_works_on_is_lit(shown):
    canvas, theme = shown.view.canvas, LIGHT
    spot = QPoint(round(canvas.drawn.area_before(2).center().x()), canvas.height() - 14)
    ground = shown.color_at(spot)
    shown.view.set_light(StageLight(2, "backward"))
    assert shown.color_at(spot) != ground
    shown.view.set_light(StageLight(1, "forward"))
    assert shown.color_at(spot) == ground == QColor(theme.plot_background)
    shown.view.set_light(StageLight(None, "clip"))
    assert shown.color_at(spot) != ground
    for light in (None, StageLight(None, "schedule"), StageLight(9, "backward")):
        shown.view.set_light(light)
        assert shown.color_at(spot) == ground
