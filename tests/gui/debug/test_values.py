"""The Values page: a value of the trace in three maps, a number in large, an element chosen by a click."""

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from engine.protocol import LookAtValue, MapRequest, Value, ValueMaps
from gui.debug.values.value_maps import ValueMapsPage
from gui.look.theme import DARK, LIGHT
from gui.views.maps.heatmap import Heatmap
from tests.gui.frames import make_distance, make_maps

W = np.arange(-4.0, 4.0).reshape(2, 4) / 8
EPS = float(np.finfo(np.float32).eps)


def make_value(matrix=W, twin: str | None = "layer1.weight.grad", **parts) -> Value:
    array = np.asarray(matrix)
    first = tuple(array.ravel()[:6].tolist())
    fields = {
        "text": "",
        "dtype": "float32",
        "shape": array.shape,
        "low": 0.0,
        "mean": 0.0,
        "high": 0.0,
        "first": first,
        "twin": twin,
        "twin_first": first if twin else (),
        "distance": make_distance(EPS, 1.0) if twin else None,
        "verdict": "rounding" if twin else None,
    }
    return Value(**(fields | parts))


class Look:
    """A page and what it asked for; answers when told to."""

    def __init__(self, page: ValueMapsPage):
        self.page = page
        self.asked: list[tuple] = []
        page.wanted.connect(lambda *asked: self.asked.append(asked))

    def show(self, value: Value, number: int = 7, title: str = "dL_dW") -> None:
        self.page.show_value(title, number, value)

    def answer(self, diy=W, torch=W, which: int = -1) -> None:
        number, pixels, at = self.asked[which]
        maps = make_maps(MapRequest(0, "", "weight", pixels, at), diy, torch)
        self.page.show_maps(ValueMaps(LookAtValue(1, 0, 1, number, pixels, at), maps))

    @property
    def maps(self) -> list[Heatmap]:
        return sorted((item for item in self.canvas.ci.items if isinstance(item, Heatmap)), key=lambda item: item.x())

    @property
    def canvas(self) -> pg.GraphicsLayoutWidget:
        return self.page.findChild(pg.GraphicsLayoutWidget, "map_canvas")

    @property
    def readout(self) -> str:
        return self.page.findChild(QLineEdit, "map_readout").text()

    def text(self, name: str) -> str:
        return self.page.findChild(QLabel, name).text()

    def click(self, qtbot, row: int, column: int, which: int = 0) -> None:
        spot = self.canvas.mapFromScene(self.maps[which].box.mapViewToScene(QPointF(column, row)))
        qtbot.mouseMove(self.canvas.viewport(), spot)
        qtbot.mouseClick(self.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)


@pytest.fixture
def look(qtbot) -> Iterator[Look]:
    page = ValueMapsPage()
    qtbot.addWidget(page)
    page.resize(900, 340)
    page.set_theme(LIGHT)
    with qtbot.waitExposed(page):
        page.show()
    yield Look(page)
    page.close()


def test_a_matrix_is_asked_for_and_shown_in_three_maps(look):
    look.show(make_value())
    number, pixels, at = look.asked[-1]
    assert (number, at) == (7, None)
    assert min(pixels) > 100
    look.answer(W + EPS, W)
    diy, torch, delta = (heatmap.values for heatmap in look.maps)
    np.testing.assert_array_equal(diy, W + EPS)
    np.testing.assert_array_equal(torch, W)
    np.testing.assert_array_equal(delta, (W + EPS) - W)
    assert "equal within rounding" in look.text("value_title")


def test_it_is_asked_for_once(look):
    look.show(make_value())
    look.answer()
    count = len(look.asked)
    look.page.hide()
    look.page.show()
    value = make_value()
    look.show(value)
    look.answer()
    look.show(value)
    assert len(look.asked) == count + 1, "stepping through lines that leave it alone asks for nothing"
    assert look.maps[0].values is not None


def test_an_answer_about_another_value_is_not_drawn(look):
    look.show(make_value(), number=7)
    look.show(make_value(W[:1]), number=8)
    look.answer(which=0)
    assert [heatmap.values for heatmap in look.maps] == [None] * 3


def test_pointing_reads_out_what_the_variable_holds(look, qtbot):
    look.show(make_value())
    look.answer()
    spot = look.canvas.mapFromScene(look.maps[1].box.mapViewToScene(QPointF(2, 1)))
    qtbot.mouseMove(look.canvas.viewport(), spot)
    assert look.readout == "dL_dW[1, 2]   DIY 0.25   torch 0.25   Δ 0.0   0 ULP", "of what is drawn"
    look.answer(W + EPS, W)
    assert look.readout.startswith("dL_dW[1, 2]   DIY 0.25000012   torch 0.25   Δ ")


def test_a_clicked_cell_of_a_gradient_chooses_that_weight(look, qtbot):
    look.show(make_value())
    look.answer()
    with qtbot.waitSignal(look.page.element_chosen) as chosen:
        look.click(qtbot, 1, 3, which=2)
    assert chosen.args == [1, 3]
    assert look.page.weight == "layer1.weight"


def test_so_does_enter_on_the_cell_that_the_arrow_keys_reach(look, qtbot):
    look.show(make_value(twin="layer2.bias.v", matrix=W[0]))
    look.answer(W[:1], W[:1])
    triple = look.canvas.parentWidget()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(triple, key)
    with qtbot.waitSignal(look.page.element_chosen) as chosen:
        qtbot.keyClick(triple, Qt.Key.Key_Return)
    assert chosen.args == [0, 1]
    assert look.page.weight == "layer2.bias"
    assert look.readout.startswith("dL_dW[1]"), "a vector has one index"


def test_what_has_no_weights_shape_chooses_none(look, qtbot):
    look.show(make_value(twin="layer1.z"))
    look.answer()
    with qtbot.assertNotEmitted(look.page.element_chosen):
        look.click(qtbot, 1, 3)


def test_without_torchs_side_it_says_so(look):
    look.show(make_value(twin=None))
    look.answer(W, None)
    notes = [heatmap.note.toPlainText() for heatmap in look.maps]
    assert notes == ["", "torch has none", "Nothing to compare with"]


def test_the_difference_in_ulps(look, qtbot):
    look.show(make_value())
    look.answer(W + 4 * EPS, W)
    qtbot.keyClick(look.page.findChild(QComboBox, "value_unit"), Qt.Key.Key_Down)
    assert set(look.maps[2].numbers.texts().values()) == {"4"}


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_a_number_is_shown_in_large_with_every_digit(look, shape):
    look.show(make_value(np.full(shape, 0.1), "loss", twin_first=(0.25,)))
    assert look.asked == []
    assert "0.1</td>" in look.text("value_text")
    assert "0.25</td>" in look.text("value_text")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (make_value((), None, shape=None, text="Pass(x, z, a)", dtype="Pass"), "Pass(x, z, a)"),
        (make_value(np.zeros((0, 3)), None), "an array without elements"),
        (make_value(np.array(np.nan), None, dtype="float"), "NaN"),
    ],
)
def test_what_is_no_array_is_said(look, value, said):
    look.show(value)
    assert said in look.text("value_text")


def test_before_a_choice_it_says_what_to_do(look):
    assert "Choose a variable" in look.text("value_text")
    look.show(make_value(np.array(1.0), "loss"))
    look.page.clear()
    assert "Choose a variable" in look.text("value_text")


def test_other_colors_in_the_dark(look):
    look.show(make_value(np.array(1.0), "loss"))
    look.page.set_theme(DARK)
    assert DARK.ok in look.text("value_title")


def test_maps_whose_cells_are_too_narrow_for_numbers_stand_below_each_other(look, qtbot):
    """Where each cell has the width for its number then."""
    square = np.arange(16, dtype=np.float32).reshape(4, 4) / 7 - 1
    look.page.resize(400, 440)
    look.show(make_value(square))
    look.answer(square + EPS, square)
    qtbot.waitUntil(lambda: len({heatmap.y() for heatmap in look.maps}) == 3)
    assert [len(heatmap.numbers.texts()) for heatmap in look.maps] == [16] * 3
    look.page.resize(900, 300)
    qtbot.waitUntil(lambda: len({heatmap.y() for heatmap in look.maps}) == 1)
    assert [len(heatmap.numbers.texts()) for heatmap in look.maps] == [16] * 3
