"""The heatmaps, through selectors, mouse and keys, looked at by what they draw and say."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from engine.protocol import Reading
from gui.look.colormaps import LEVELS
from gui.look.theme import DARK, LIGHT
from gui.views.maps.heatmap import ColorBar, Heatmap
from gui.views.maps.heatmaps import HeatmapPanel
from tests.gui.frames import ADAM, SGD, make_frame, make_maps, make_spec

W = np.arange(-8.0, 8.0).reshape(4, 4) / 8
EPS = float(np.finfo(np.float32).eps)


@pytest.fixture
def panel(qtbot) -> HeatmapPanel:
    made = HeatmapPanel()
    qtbot.addWidget(made)
    made.resize(1000, 420)
    made.set_experiment(make_spec(SGD, ADAM))
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(panel: HeatmapPanel, diy=W, torch=W, step: int = 5, **parts) -> None:
    panel.show_frame(make_frame(step, maps=make_maps(panel.request(), diy, torch, **parts)))


def canvas(panel: HeatmapPanel) -> pg.GraphicsLayoutWidget:
    return panel.findChild(pg.GraphicsLayoutWidget, "map_canvas")


def parts_of(panel: HeatmapPanel, kind: type) -> list:
    """From left to right."""
    return sorted((item for item in canvas(panel).ci.items if isinstance(item, kind)), key=lambda item: item.x())


def triple(panel: HeatmapPanel) -> QWidget:
    """What has the keys."""
    return panel.findChild(QWidget, "triple_map")


def maps(panel: HeatmapPanel) -> list[Heatmap]:
    return parts_of(panel, Heatmap)


def notes(panel: HeatmapPanel) -> list[str]:
    return [heatmap.note.toPlainText() if heatmap.note.isVisible() else "" for heatmap in maps(panel)]


def choose(qtbot, panel: HeatmapPanel, name: str, text: str) -> None:
    box = panel.findChild(QComboBox, name)
    box.setFocus()
    for _ in range(box.count()):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    for _ in range(box.findText(text)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == text


def readout(panel: HeatmapPanel) -> str:
    return panel.findChild(QLineEdit, "map_readout").text()


def point(qtbot, panel: HeatmapPanel, which: int, row: int, column: int) -> None:
    scene = maps(panel)[which].box.mapViewToScene(QPointF(column, row))
    qtbot.mouseMove(canvas(panel).viewport(), canvas(panel).mapFromScene(scene))


def test_it_asks_for_the_gradient_of_the_first_tensor(panel):
    asked = panel.request()
    assert (asked.entry, asked.tensor, asked.quantity, asked.at) == (0, "layer1.weight", "grad", None)
    assert min(asked.pixels) > 100
    panel.hide()
    assert panel.request() is None


def test_before_the_first_frame_it_says_how_to_begin(panel):
    assert notes(panel) == ["Press Run or Step to begin"] * 3
    panel.set_experiment(None)
    assert panel.request() is None


def test_the_selectors_ask_for_what_they_say(panel, qtbot):
    choose(qtbot, panel, "map_tensor", "layer1.bias")
    with qtbot.waitSignal(panel.request_changed):
        choose(qtbot, panel, "map_entry", "Adam")
    choose(qtbot, panel, "map_quantity", "v (exp_avg_sq)")
    asked = panel.request()
    assert (asked.entry, asked.tensor, asked.quantity) == (1, "layer1.bias", "v")


def test_each_optimizer_offers_its_own_state(panel, qtbot):
    box = panel.findChild(QComboBox, "map_quantity")
    offered = [box.itemText(index) for index in range(box.count())]
    assert offered == ["Gradient", "Weight", "Effective step size", "b (momentum_buffer)"]
    choose(qtbot, panel, "map_quantity", "Weight")
    choose(qtbot, panel, "map_entry", "Adam")
    assert box.findText("m (exp_avg)") > 0
    assert box.currentText() == "Weight", "what both have stays chosen"


def test_three_maps_row_major_with_one_scale_for_both_lanes(panel):
    show(panel, W, W * 2)
    diy, torch, delta = (heatmap.image.image for heatmap in maps(panel))
    assert diy[0, 0] < diy[0, 1] < diy[1, 0]
    assert torch.min() == 0
    assert diy.min() == pytest.approx(LEVELS / 4, abs=1), "half of the common scale"
    assert delta.max() == LEVELS - 1, "the difference has a scale of its own"
    common, own = (bar.labels for bar in parts_of(panel, ColorBar))
    assert (common[0], common[2], common[-1]) == ("−2", "0", "2")
    assert own[-1] == "1"


def test_step_sizes_are_told_from_the_plain_rate_by_powers_of_ten(panel, qtbot):
    choose(qtbot, panel, "map_quantity", "Effective step size")
    triple(panel).setFocus()
    qtbot.keyClick(triple(panel), Qt.Key.Key_Right)
    sizes = np.array([[0.1, 1.0, 10.0, 0.01], [-0.1, 0.0, np.nan, np.nan]])
    show(panel, sizes, sizes, rate=0.1)
    image, middle = maps(panel)[0].image.image, LEVELS // 2
    np.testing.assert_allclose(image[0], [middle, 1.5 * middle, 2 * middle, middle / 2], atol=1)
    assert (image[1] == LEVELS).all(), "what is not above 0 has no place beside a rate"
    own, difference = (bar.labels for bar in parts_of(panel, ColorBar))
    assert (own[0], own[2], own[-1]) == ("0.001", "0.1", "10")
    assert difference == ["0"]
    assert panel.findChild(QLabel, "map_block").text() == "plain rate 0.1"
    assert readout(panel).startswith("step size · layer1.weight[0, 0]   DIY 0.1")
    choose(qtbot, panel, "map_quantity", "Weight")
    show(panel)
    assert parts_of(panel, ColorBar)[0].labels[2] == "0"


def test_the_images_cover_the_matrix_cell_by_cell(panel):
    tall = np.zeros((4, 4))
    show(panel, tall, tall)
    first = maps(panel)[0]
    assert first.image.mapRectToParent(first.image.boundingRect()).getRect() == (-0.5, -0.5, 4, 4)
    assert first.box.yInverted(), "row 0 is at the top"


def test_numbers_are_written_where_they_fit(panel, qtbot):
    show(panel)
    texts = maps(panel)[0].numbers.texts()
    assert (len(texts), texts[0, 0], texts[3, 3]) == (16, "−1", "0.875")
    large = make_spec(SGD, units=256, data={"x": [[0.0] * 256], "y": [[0.0] * 256]})
    panel.set_experiment(large)
    many = np.zeros((256, 256))
    show(panel, many, many)
    assert maps(panel)[0].numbers.texts() == {}
    triple(panel).setFocus()
    for _ in range(20):
        qtbot.keyClick(triple(panel), Qt.Key.Key_Plus)
    assert set(maps(panel)[0].numbers.texts().values()) == {"0"}, "close up they fit again"


def test_what_is_not_finite_is_hatched_and_named(panel):
    broken = W.copy()
    broken[1, 2], broken[0, 0] = np.nan, np.inf
    show(panel, broken, W)
    texts = maps(panel)[0].numbers.texts()
    assert (texts[1, 2], texts[0, 0]) == ("NaN", "∞")
    seen = panel.grab().toImage()
    assert len(_colors(seen, panel, 0, 1, 2)) > 1, "a pattern, no plain colour"
    assert len(_colors(seen, panel, 1, 1, 2)) == 1


def _colors(seen, panel: HeatmapPanel, which: int, row: int, column: int) -> set[str]:
    """Those in the upper left part of a cell, away from its number and its edge."""
    scene = maps(panel)[which].box.mapViewToScene(QPointF(column - 0.3, row - 0.3))
    at = canvas(panel).mapTo(panel, canvas(panel).mapFromScene(scene))
    return {seen.pixelColor(at + QPoint(x, y)).name() for x in range(9) for y in range(9)}


def test_pointing_frames_the_cell_in_all_maps_and_reads_it_in_full(panel, qtbot):
    show(panel, W + EPS, W)
    with qtbot.waitSignal(panel.request_changed):
        point(qtbot, panel, 2, 1, 3)
    assert panel.request().at == (1, 3)
    assert [heatmap.numbers.pointed for heatmap in maps(panel)] == [(1, 3)] * 3
    assert readout(panel).startswith("∂L/∂layer1.weight[1, 3]   DIY −0.12499988   torch −0.125"), "of what is drawn"
    show(panel, W + EPS, W)
    diy, delta = str(np.float32(-0.125 + EPS)), str(np.float32(EPS))
    read = f"∂L/∂layer1.weight[1, 3]   DIY {diy}   torch -0.125   Δ {delta}   1 ULP"
    assert readout(panel) == read.replace("-", "−")


def test_the_frame_around_the_cell_is_to_be_seen(panel, qtbot):
    show(panel)
    before = panel.grab().toImage()
    point(qtbot, panel, 0, 2, 2)
    assert panel.grab().toImage() != before


def test_reading_out_moves_nothing(panel, qtbot):
    show(panel)
    place = canvas(panel).geometry()
    point(qtbot, panel, 0, 2, 2)
    show(panel, W * 1.23456789e-30, W)
    panel.grab()
    assert canvas(panel).geometry() == place


def test_arrow_keys_move_the_cell_within_the_matrix(panel, qtbot):
    show(panel)
    triple(panel).setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(triple(panel), key)
    assert panel.request().at == (0, 1)
    for _ in range(9):
        qtbot.keyClick(triple(panel), Qt.Key.Key_Right)
    assert panel.request().at == (0, 3)
    qtbot.keyClick(triple(panel), Qt.Key.Key_Escape)
    assert panel.request().at is None
    assert readout(panel) == ""


def test_a_click_brings_the_keys_to_the_maps(panel, qtbot):
    show(panel)
    panel.findChild(QComboBox, "map_entry").setFocus()
    qtbot.mouseClick(canvas(panel).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 150))
    assert triple(panel).hasFocus()


def test_zooming_one_map_zooms_all_and_back(panel, qtbot):
    show(panel)
    whole = maps(panel)[0].box.viewRange()
    qtbot.keyClick(triple(panel), Qt.Key.Key_Plus)
    ranges = [heatmap.box.viewRange() for heatmap in maps(panel)]
    assert ranges[0] != whole
    for others in ranges[1:]:
        np.testing.assert_allclose(others, ranges[0])
    qtbot.mouseClick(panel.findChild(QPushButton, "map_whole"), Qt.MouseButton.LeftButton)
    for heatmap in maps(panel):
        np.testing.assert_allclose(heatmap.box.viewRange(), whole)
    qtbot.keyClick(triple(panel), Qt.Key.Key_Plus)
    qtbot.keyClick(triple(panel), Qt.Key.Key_Home)
    np.testing.assert_allclose(maps(panel)[2].box.viewRange(), whole)


def test_close_up_no_number_is_cut_off(panel, qtbot):
    """Without its last digit, 1.5e-10 would read 1.5e-1."""
    values = np.full((4, 4), 1.4999e-10)
    show(panel, values, values)
    numbers = maps(panel)[0].numbers
    assert len(numbers.texts()) == 16
    box = maps(panel)[0].box
    box.setRange(xRange=(-0.5, 2.6), yRange=(-0.5, 3.5), padding=0)
    assert {column for _, column in numbers.texts()} == {0, 1, 2}, "a tenth of the last column is to be seen"


def test_a_new_frame_keeps_the_zoom(panel, qtbot):
    show(panel)
    qtbot.keyClick(triple(panel), Qt.Key.Key_Plus)
    zoomed = maps(panel)[0].box.viewRange()
    show(panel, W * 3, W)
    assert maps(panel)[0].box.viewRange() == zoomed


def test_the_difference_in_ulps_has_its_own_scale(panel, qtbot):
    show(panel, W + 4 * EPS, W)
    choose(qtbot, panel, "map_unit", "ULPs")
    assert set(maps(panel)[2].numbers.texts().values()) == {"4"}
    bar = parts_of(panel, ColorBar)[1]
    assert bar.labels[-1] == "4"
    assert "ULPs" in bar.titleLabel.text
    choose(qtbot, panel, "map_unit", "absolute")
    assert bar.labels[-1] == "4.8e−7"


def test_one_element_beside_0_does_not_pale_all_others_in_ulps(panel, qtbot):
    far = np.where(np.eye(4) > 0, 9.19e18, 4.0)
    show(panel, W, W, ulps=far, ulps_scale=9.19e18)
    choose(qtbot, panel, "map_unit", "ULPs")
    assert parts_of(panel, ColorBar)[1].labels[-1] == "1e6"
    assert "9.19" not in " ".join(maps(panel)[2].numbers.texts().values())


@pytest.mark.parametrize(("backend", "missing"), [("diy", 1), ("torch", 0)])
def test_a_lane_that_does_not_run_says_so(panel, backend, missing):
    panel.set_experiment(make_spec(SGD | {"backends": [backend]}))
    show(panel, *((W, None) if backend == "diy" else (None, W)))
    said = notes(panel)
    assert said[missing] == ("DIY", "torch")[missing] + " does not run with this optimizer"
    assert said[1 - missing] == ""
    assert said[2] == "Nothing to compare with"


def test_what_is_not_there_yet_is_said_in_words(panel, qtbot):
    show(panel, None, None, step=0, shape=(0, 0))
    assert notes(panel) == ["Gradient: none before the first step"] * 3
    choose(qtbot, panel, "map_quantity", "b (momentum_buffer)")
    show(panel, None, None, step=7, shape=(0, 0))
    assert notes(panel) == ["b (momentum_buffer): not used with these settings"] * 3


def test_another_selections_frame_is_not_drawn(panel, qtbot):
    show(panel)
    late = panel.request()
    choose(qtbot, panel, "map_quantity", "Weight")
    assert [heatmap.values for heatmap in maps(panel)] == [None] * 3, "the gradient is gone at once"
    panel.show_frame(make_frame(6, maps=make_maps(late, W, W)))
    assert [heatmap.values for heatmap in maps(panel)] == [None] * 3
    show(panel)
    assert maps(panel)[0].values is not None


def test_a_bias_is_one_row_with_one_index(panel, qtbot):
    choose(qtbot, panel, "map_tensor", "layer1.bias")
    show(panel, W[:1], W[:1])
    point(qtbot, panel, 0, 0, 2)
    show(panel, W[:1], W[:1])
    assert readout(panel).startswith("∂L/∂layer1.bias[2]   DIY −0.75")


def test_pooled_maps_say_what_a_cell_stands_for(panel, qtbot):
    large = make_spec(SGD, units=10, data={"x": [[0.0] * 8], "y": [[0.0] * 10]})
    panel.set_experiment(large)
    pooled = np.ones((4, 4))
    show(panel, pooled, pooled, shape=(10, 8), block=(3, 2))
    assert panel.findChild(QLabel, "map_block").text() == "1 cell = 3×2 weights"
    point(qtbot, panel, 0, 7, 5)
    assert panel.request().at == (7, 5), "the weight itself, not its cell"
    cell = "largest in its cell:   DIY 1.0   torch 1.0   Δ 0.0   0 ULP"
    assert readout(panel) == f"∂L/∂layer1.weight[7, 5] …   {cell}"
    reading = Reading(7, 5, 0.25, 0.5, -0.25, -9.0)
    show(panel, pooled, pooled, shape=(10, 8), block=(3, 2), reading=reading)
    assert readout(panel) == f"∂L/∂layer1.weight[7, 5]   DIY 0.25   torch 0.5   Δ −0.25   −9 ULP   {cell}"
    qtbot.keyClick(triple(panel), Qt.Key.Key_Up)
    assert readout(panel) == f"∂L/∂layer1.weight[6, 5] …   {cell}", "another weight, the same cell"
    show(panel, W, W)
    assert panel.findChild(QLabel, "map_block").text() == ""


def test_another_learning_rate_keeps_the_picture_another_network_does_not(panel):
    show(panel)
    panel.set_experiment(make_spec({"name": "SGD", "params": {"lr": 0.5}}, ADAM))
    assert maps(panel)[0].values is not None
    panel.set_experiment(make_spec(SGD, ADAM, units=5))
    assert maps(panel)[0].values is None


def test_a_cell_outside_a_smaller_matrix_is_forgotten(panel, qtbot):
    show(panel)
    point(qtbot, panel, 0, 3, 3)
    panel.set_experiment(make_spec(SGD, units=2))
    assert panel.request().at is None


def test_other_colors_in_the_dark(panel):
    show(panel, np.zeros((4, 4)), np.zeros((4, 4)))
    panel.set_theme(DARK)
    cell = _colors(panel.grab().toImage(), panel, 0, 1, 1)
    panel.set_theme(LIGHT)
    assert (cell, _colors(panel.grab().toImage(), panel, 0, 1, 1)) == ({"#1b1f24"}, {"#ffffff"})


def test_clear_and_stale(panel):
    show(panel)
    fresh = panel.grab().toImage()
    panel.set_stale(True)
    assert panel.grab().toImage() != fresh
    panel.set_stale(False)
    assert panel.grab().toImage() == fresh
    panel.clear()
    assert notes(panel) == ["Press Run or Step to begin"] * 3


def test_what_has_a_shape_of_its_own_is_drawn_and_pointed_at_in_it(panel, qtbot):
    """Adafactor keeps a number a row; LBFGS rows of all weights, perhaps not as many on both sides."""
    panel.set_experiment(make_spec({"name": "Adafactor"}, ADAM))
    choose(qtbot, panel, "map_quantity", "R (row_var)")
    show(panel, W[:, :1], W[:, :1], shape=(4, 1))
    assert maps(panel)[0].matrix_shape == (4, 1)
    point(qtbot, panel, 0, 2, 0)
    assert readout(panel).startswith("R · layer1.weight[2, 0]   DIY 0.0")
    qtbot.keyClick(triple(panel), Qt.Key.Key_Right)
    assert panel.request().at == (2, 0), "there is one column only"
    long = np.arange(18.0).reshape(6, 3)
    show(panel, long, long[:5], shape=(6, 3), delta=None, ulps=None, reading=None)
    assert notes(panel)[2] == "Both lanes have kept unlike numbers of rows"
    for _ in range(3):
        qtbot.keyClick(triple(panel), Qt.Key.Key_Down)
    assert readout(panel) == "R · layer1.weight[5, 0]   DIY 15.0", "torch has no such row"
