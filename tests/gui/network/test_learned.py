"""What the network has learned, through its pages, selectors, mouse and keys, looked at by what it draws and says."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QTabBar,
    QTableView,
    QWidget,
)

from engine.spec import ExperimentSpec, check
from gui.look.numbers import short
from gui.look.theme import DARK, LIGHT
from gui.network.learned.facts import facts_of
from gui.network.learned.words import why_not
from gui.network.shape import shape_of
from gui.network.view import NetworkView
from tests.gui.pictures import SGD, PictureEngine, network_spec

Key = Qt.Key
PREDICTIONS, INPUTS, CONFUSION = 1, 2, 3  # places in the bar
CORNERS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]


def one_unit(weight: list[float], bias: float, data: dict[str, Any], loss: str = "mse", **more: Any) -> ExperimentSpec:
    """A single unit, whose answers are as plain as its weights."""
    start = {"weights": {"layer1.weight": [weight], "layer1.bias": [bias]}}
    return network_spec(data=data, network={"layers": [{"units": 1}], "loss": loss}, start=start, **more)


def sides_of_a_line(**test: Any) -> ExperimentSpec:
    """A boundary at x1 = 0.5, yes to the right, which three of the four corners agree with."""
    data = {"x": CORNERS, "y": [[0.0], [1.0], [1.0], [1.0]], **test}
    return one_unit([8.0, 0.0], -4.0, data, "bce")


def three_classes(**test: Any) -> ExperimentSpec:
    """Logits x1, x2 and 0 of four rows; one is answered wrongly."""
    data = {"x": [[2.0, 0.0], [0.0, 2.0], [-1.0, -1.0], [3.0, 0.0]], "y": [0, 1, 2, 1], **test}
    weights = {"layer1.weight": [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]], "layer1.bias": [0.0] * 3}
    network = {"layers": [{"units": 3}], "loss": "cross_entropy"}
    return network_spec(data=data, network=network, start={"weights": weights})


def straight_line(**more: Any) -> ExperimentSpec:
    """Predicts 2x + 1."""
    return one_unit([2.0], 1.0, {"x": [[0.0], [1.0], [2.0]], "y": [[1.0], [2.0], [6.0]]}, **more)


class Looking:
    """The view at a page, with an engine behind it, which answers when a test says so."""

    def __init__(self, qtbot, spec: ExperimentSpec, page: int = PREDICTIONS, width: int = 1000):
        self.qtbot, self.engine = qtbot, PictureEngine(spec)
        self.view = NetworkView()
        qtbot.addWidget(self.view)
        self.view.resize(width, 560)
        self.view.set_experiment(spec)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.turn_to(page)

    def turn_to(self, page: int) -> None:
        self.bar.setCurrentIndex(page)
        self.answer()

    def answer(self) -> None:
        QApplication.processEvents()
        self.view.show_frame(self.engine.frame(self.view.request(), self.view.learned_request()))
        QApplication.processEvents()

    def step(self, count: int = 1) -> None:
        self.engine.run.advance(count)
        self.answer()

    @property
    def bar(self) -> QTabBar:
        return self.view.findChild(QTabBar, "learned_pages")

    @property
    def pages(self) -> list[str]:
        return [self.bar.tabText(place) for place in range(self.bar.count()) if self.bar.isTabVisible(place)]

    @property
    def table(self) -> QTableView:
        return self.view.findChild(QTableView, "predictions_table")

    @property
    def titles(self) -> list[str]:
        model = self.table.model()
        return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]

    def row(self, row: int) -> list[str]:
        model = self.table.model()
        return [model.index(row, column).data() for column in range(model.columnCount())]

    def number(self, row: int) -> str:
        return self.table.model().headerData(row, Qt.Orientation.Vertical)

    def text(self, name: str) -> str:
        found = self.view.findChild(QLineEdit, name) or self.view.findChild(QLabel, name)
        return found.text()

    @property
    def page(self):
        return self.view.learned._page()

    def spot(self, x: float, y: float) -> QPoint:
        """Where a place of the plot is in its canvas."""
        canvas = self.page.canvas
        return canvas.mapFromScene(canvas.box.mapViewToScene(QPointF(x, y)))

    def color_at(self, x: float, y: float) -> QColor:
        canvas, at = self.page.canvas, self.spot(x, y)
        image = canvas.grab().toImage()
        return image.pixelColor(at * image.devicePixelRatio())

    def colors_about(self, x: float, y: float) -> list[QColor]:
        """Return the colours of the pixels next to a place, and at it."""
        canvas, at = self.page.canvas, self.spot(x, y)
        image = canvas.grab().toImage()
        places = [at + QPoint(right, down) for right in range(-2, 3) for down in range(-2, 3)]
        return [image.pixelColor(place * image.devicePixelRatio()) for place in places]


def is_warm(color: QColor) -> bool:
    return color.red() > color.blue() + 30


def is_cold(color: QColor) -> bool:
    return color.blue() > color.red() + 30


# --- predictions ---------------------------------------------------------------------------------


def test_each_row_has_its_prediction_beside_its_target(qtbot):
    looking = Looking(qtbot, straight_line())
    assert looking.titles == ["Inputs", "Target", "Prediction", "Error"]
    assert [looking.row(row) for row in range(3)] == [
        ["0", "1", "1", "0"],
        ["1", "2", "3", "1"],
        ["2", "6", "5", "−1"],
    ]
    assert looking.text("predictions_heading") == "3 rows"


def test_it_is_live_and_follows_the_run_into_its_past(qtbot):
    looking = Looking(qtbot, straight_line())
    begun = looking.row(2)
    looking.step(3)
    later = looking.row(2)
    assert later != begun
    predicted = looking.engine.run.lanes[0].lane.predict(np.array([[2.0]]))
    assert later[2] == short(float(predicted[0, 0]), 4)
    looking.engine.run.seek(0)
    looking.answer()
    assert looking.row(2) == begun


def test_several_outputs_have_the_names_of_the_datas_columns(qtbot):
    looking = Looking(qtbot, network_spec())
    assert looking.titles[1:] == ["Target y1", "Prediction y1", "Error y1", "Target y2", "Prediction y2", "Error y2"]


def test_of_classes_each_has_its_probability_and_the_answer_is_right_or_wrong(qtbot):
    looking = Looking(qtbot, three_classes())
    assert looking.titles == ["Inputs", "Class", "Answer", "✓", "p(0)", "p(1)", "p(2)"]
    assert [looking.row(row)[1:4] for row in range(4)] == [
        ["0", "0", "✓"],
        ["1", "1", "✓"],
        ["2", "2", "✓"],
        ["1", "0", "✗"],
    ]
    softmax = np.exp([3.0, 0.0, 0.0]) / np.exp([3.0, 0.0, 0.0]).sum()
    assert looking.row(3)[4:] == [short(float(share), 4) for share in softmax]
    assert looking.text("predictions_heading") == "4 rows   Accuracy: 75.0 %"


def test_of_yes_and_no_the_probability_is_the_sigmoid_of_the_output(qtbot):
    looking = Looking(qtbot, sides_of_a_line())
    assert looking.titles == ["Inputs", "Target", "Probability", "Answer", "✓"]
    assert looking.row(2) == ["1, 0", "1", short(1 / (1 + np.exp(-4.0)), 4), "1", "✓"]
    assert looking.row(1)[-1] == "✗"


def test_rows_that_only_test_are_marked_and_their_accuracy_is_told(qtbot):
    looking = Looking(qtbot, three_classes(test={"rows": [1, 3]}))
    assert [looking.number(row) for row in range(4)] == ["0", "◇ 1", "2", "◇ 3"]
    assert looking.text("predictions_heading") == (
        "4 rows, 2 of them only test ◇   Accuracy: training 100.0 %, test 50.0 %"
    )


def test_sixty_thousand_rows_are_asked_for_as_they_are_seen(qtbot):
    x = np.arange(60_000.0)[:, None]
    looking = Looking(qtbot, one_unit([2.0], 1.0, {"x": x.tolist(), "y": x.tolist()}))
    first, last = looking.view.learned_request().rows
    assert first == 0
    assert 5 < last < 60
    assert looking.row(59_999)[2:] == ["…", "…"]
    looking.table.scrollToBottom()
    first, last = looking.view.learned_request().rows
    assert last == 60_000
    assert last - first < 60
    looking.answer()
    assert looking.row(59_999)[2:] == [short(119_999.0, 4), short(60_000.0, 4)]
    looking.table.setFocus()
    qtbot.keyClick(looking.table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert looking.view.request().row == 59_999


def test_the_row_chosen_in_the_table_goes_through_the_picture_and_the_other_way_round(qtbot):
    looking = Looking(qtbot, straight_line())
    row = looking.view.findChild(QSpinBox, "network_row")
    looking.table.setFocus()
    qtbot.keyClick(looking.table, Key.Key_Down)
    assert row.value() == 1
    assert looking.view.request().row == 1
    row.setValue(2)
    assert looking.table.currentIndex().row() == 2
    looking.turn_to(INPUTS)
    looking.turn_to(PREDICTIONS)
    assert looking.table.currentIndex().row() == 2


def test_a_row_that_only_tests_goes_through_the_picture_too(qtbot):
    looking = Looking(qtbot, three_classes(test={"rows": [3]}))
    looking.view.findChild(QSpinBox, "network_row").setValue(3)
    looking.answer()
    np.testing.assert_array_equal(looking.view.canvas.content.passed.x, [3.0, 0.0])


def test_a_prediction_that_is_no_number_is_told_as_that(qtbot):
    looking = Looking(qtbot, sides_of_a_line())
    lane = looking.engine.run.lanes[0].lane
    lane.restore(lane.snapshot()._replace(weights=(np.full((1, 2), np.nan), np.zeros(1))))
    looking.engine.run.advance()
    looking.answer()
    assert looking.row(0)[2:] == ["NaN", "–", "✗"]


# --- fit and boundary ----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_boundary_has_a_colour_to_each_side(qtbot, theme):
    looking = Looking(qtbot, sides_of_a_line(), INPUTS)
    looking.view.set_theme(theme)
    assert is_cold(looking.color_at(0.1, 0.5))
    assert is_warm(looking.color_at(0.9, 0.5))
    line = looking.color_at(0.5, 0.3)
    assert line.lightness() < 100 if theme is LIGHT else line.lightness() > 150, "the line of ½ has the text's colour"


def test_the_boundary_moves_with_the_run(qtbot):
    looking = Looking(qtbot, sides_of_a_line(), INPUTS)
    assert is_cold(looking.color_at(0.1, 0.8))
    looking.step(20)
    assert is_warm(looking.color_at(0.1, 0.8)), "the corner at the upper left is yes"


def test_of_classes_the_plane_has_the_colour_of_the_one_that_is_answered(qtbot):
    looking = Looking(qtbot, three_classes(), INPUTS)
    assert is_cold(looking.color_at(2.6, 0.5)), "class 0 is blue"
    assert is_warm(looking.color_at(0.5, 1.9)), "class 1 is orange"
    sure, guessed = looking.color_at(2.9, 0.4), looking.color_at(0.4, 0.3)
    assert sure.lightness() < guessed.lightness(), "and the paler the less sure it is"
    assert "class" in looking.text("boundary_legend")


def test_points_have_the_colours_of_their_targets_and_hollow_ones_only_test(qtbot):
    looking = Looking(qtbot, sides_of_a_line(test={"rows": [3]}), INPUTS)
    assert is_warm(looking.color_at(0, 1)), "yes, though the plane says no there"
    assert is_cold(looking.color_at(0, 0))
    assert QColor(LIGHT.plot_background) in looking.colors_about(1, 1), "hollow"
    assert "hollow: only tests" in looking.text("boundary_legend")


def test_a_click_on_a_point_chooses_its_row(qtbot):
    looking = Looking(qtbot, sides_of_a_line(), INPUTS)
    qtbot.mouseClick(looking.page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=looking.spot(1, 0))
    assert looking.view.request().row == 2


@pytest.mark.parametrize("page", [INPUTS])
def test_arrow_keys_lead_over_the_plane_and_read_it_out(qtbot, page):
    looking = Looking(qtbot, sides_of_a_line(), page)
    looking.page.setFocus()
    qtbot.keyClick(looking.page, Key.Key_Right)
    before = looking.text("boundary_readout")
    assert before.startswith("x1 = ")
    assert "probability" in before
    for _ in range(4):
        qtbot.keyClick(looking.page, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    x = 1.1  # the data's extent with its margin
    assert looking.text("boundary_readout").startswith(f"x1 = {short(x)}")
    assert short(1 / (1 + np.exp(4 - 8 * x)), 4) in looking.text("boundary_readout")
    qtbot.keyClick(looking.page, Key.Key_Escape)
    assert looking.text("boundary_readout") == ""


def test_each_of_several_outputs_has_its_plane(qtbot):
    looking = Looking(qtbot, network_spec(), INPUTS)
    output = looking.view.findChild(QSpinBox, "boundary_output")
    assert output.isVisible()
    looking.page.setFocus()
    qtbot.keyClick(looking.page, Key.Key_Right)
    first = looking.text("boundary_readout")
    output.setValue(2)
    assert looking.view.learned_request().output == 1
    looking.answer()
    assert looking.text("boundary_readout").split("prediction")[0] == first.split("prediction")[0]
    assert looking.text("boundary_readout") != first


def test_of_one_input_there_is_a_fit(qtbot):
    looking = Looking(qtbot, straight_line(), INPUTS)
    assert looking.pages == ["Predictions", "Fit", "Confusion"]
    (low, high), _ = looking.page.canvas.box.viewRange()
    assert low < 0 < 2 < high
    assert is_cold(looking.color_at(0.5, 2.0)), "on the curve"
    assert looking.color_at(0.5, 4.5).lightness() > 200, "and off it"
    qtbot.mouseMove(looking.page.canvas.viewport(), looking.spot(1.5, 4))
    x, y = (float(part.split("= ")[1]) for part in looking.text("fit_readout").split("   "))
    assert y == pytest.approx(2 * x + 1, abs=0.02)
    qtbot.mouseClick(looking.page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=looking.spot(2, 6))
    assert looking.view.request().row == 2


def test_a_zoom_into_the_fit_stays_until_all_is_wanted(qtbot):
    looking = Looking(qtbot, straight_line(), INPUTS)
    whole = looking.page.canvas.box.viewRange()
    looking.page.setFocus()
    qtbot.keyClick(looking.page, Key.Key_Plus)
    zoomed = looking.page.canvas.box.viewRange()
    assert zoomed != whole
    looking.step(1)
    assert looking.page.canvas.box.viewRange() == zoomed
    qtbot.keyClick(looking.page, Key.Key_Home)
    assert looking.page.canvas.box.viewRange() != zoomed


def test_a_curve_that_flies_off_leaves_the_data_in_sight(qtbot):
    looking = Looking(qtbot, straight_line(optimizers=[SGD | {"params": {"lr": 100.0}}]), INPUTS)
    looking.step(3)
    _, (low, high) = looking.page.canvas.box.viewRange()
    assert low < 1 < 6 < high
    assert high - low < 50
    looking.step(500)
    assert "NaN" not in looking.text("fit_legend"), "not even where nothing is finite"


# --- confusion -----------------------------------------------------------------------------------


def counts(looking: Looking) -> list[list[str]]:
    model = looking.view.findChild(QTableView, "confusion_table").model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_confusion_counts_true_classes_down_and_answers_across(qtbot):
    looking = Looking(qtbot, three_classes(), CONFUSION)
    assert counts(looking) == [["1", "0", "0"], ["1", "1", "0"], ["0", "0", "1"]]
    assert looking.text("confusion_heading") == "Accuracy: 75.0 %"
    assert not looking.view.findChild(QComboBox, "confusion_use").isVisible()
    tip = looking.view.findChild(QTableView, "confusion_table").model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Class 1, answered with 0: 1"


def test_confusion_is_of_the_rows_that_train_or_of_those_that_test(qtbot):
    looking = Looking(qtbot, three_classes(test={"rows": [1, 3]}), CONFUSION)
    assert counts(looking) == [["1", "0", "0"], ["0", "0", "0"], ["0", "0", "1"]]
    looking.view.findChild(QComboBox, "confusion_use").setCurrentIndex(1)
    assert counts(looking)[0] == ["…", "…", "…"]
    looking.answer()
    assert counts(looking) == [["0", "0", "0"], ["1", "1", "0"], ["0", "0", "0"]]


def test_of_very_many_rows_the_accuracy_comes_with_the_next_frame(qtbot, monkeypatch):
    monkeypatch.setattr("engine.server.learned.MOST_AT_ONCE", 1)
    looking = Looking(qtbot, three_classes(), CONFUSION)
    assert "as soon as the run pauses" in looking.text("confusion_heading")
    looking.answer()
    assert counts(looking)[0] == ["1", "0", "0"]
    assert looking.text("confusion_heading") == "Accuracy: 75.0 %"
    with qtbot.waitSignal(looking.view.request_changed):
        looking.step()
    assert counts(looking)[0] == ["…", "…", "…"]
    looking.answer()
    assert "…" not in counts(looking)[0]


def test_classes_have_their_names_wherever_their_numbers_stand(qtbot):
    looking = Looking(qtbot, three_classes(classes=["red", "<b>", "a very long name of a class"]), CONFUSION)
    table = looking.view.findChild(QTableView, "confusion_table").model()
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [table.headerData(place, down) for place in range(2)] == ["red", "<b>"]
    assert table.headerData(1, across) == "→ <b>"
    looking.turn_to(PREDICTIONS)
    assert looking.titles[1:] == ["Class", "Answer", "✓", "p(red)", "p(<b>)", "p(a very long name)"]
    assert looking.row(3)[1:3] == ["<b>", "red"]
    looking.turn_to(INPUTS)
    assert "&nbsp;red" in looking.text("boundary_legend")
    assert "&lt;b&gt;" in looking.text("boundary_legend")


# --- difference ----------------------------------------------------------------------------------


def apart(qtbot, spec: ExperimentSpec, page: int) -> Looking:
    """Looking at what DIY and torch differ by, where in torch's place stands a lane of half DIY's weights."""
    both = [SGD | {"backends": ["diy", "torch"]}]
    looking = Looking(qtbot, check(spec.as_typed() | {"optimizers": [SGD, SGD | {"label": "Other"}]}), page)
    run = looking.engine.run
    own, other = (one.lane for one in run.lanes)
    halved = other.snapshot()
    other.restore(halved._replace(weights=tuple(weight / 2 for weight in halved.weights)))
    run.lane_of = lambda _, backend: own if backend == "diy" else other  # type: ignore[method-assign]
    looking.view.set_experiment(check(spec.as_typed() | {"optimizers": both}))
    looking.view.findChild(QComboBox, "network_side").setCurrentText("DIY − torch")
    looking.answer()
    return looking


def test_the_difference_of_predictions_is_diys_less_torchs(qtbot):
    looking = apart(qtbot, straight_line(), PREDICTIONS)
    assert looking.titles == ["Inputs", "Target", "Difference"]
    assert [looking.row(row)[2] for row in range(3)] == ["0.5", "1.5", "2.5"]


def test_where_the_answers_differ_both_are_told(qtbot):
    looking = apart(qtbot, one_unit([8.0, 0.0], 1.0, {"x": CORNERS, "y": [[0.0], [1.0]] * 2}, "bce"), PREDICTIONS)
    assert looking.titles == ["Inputs", "Target", "Difference", "Answer", "✓"]
    assert looking.text("predictions_heading").startswith("4 rows   Accuracy: DIY 50.0 %; torch 50.0 %")


def test_the_difference_over_the_plane_has_its_own_scale_around_nought(qtbot):
    looking = apart(qtbot, one_unit([2.0, 0.0], -1.0, {"x": CORNERS, "y": [[0.0]] * 4}), INPUTS)
    assert is_cold(looking.color_at(0.05, 0.5)), "x − ½ is below 0 there"
    assert is_warm(looking.color_at(0.95, 0.5))
    assert "0.6" in looking.text("boundary_legend"), "at the plane's edge"
    looking.page.setFocus()
    qtbot.keyClick(looking.page, Key.Key_Right)
    assert "DIY − torch" in looking.text("boundary_readout")


def test_the_difference_of_a_fit_is_a_curve_without_data(qtbot):
    looking = apart(qtbot, straight_line(), INPUTS)
    assert "DIY − torch" in looking.text("fit_legend")
    _, (low, high) = looking.page.canvas.box.viewRange()
    assert high < 3.5, "the range is the difference's"
    assert low > -1


def test_the_difference_of_confusion_counts_both_ways(qtbot):
    looking = apart(qtbot, sides_of_a_line(), CONFUSION)
    assert counts(looking) == [["0", "0"], ["0", "0"]]


# --- pages and room ------------------------------------------------------------------------------


def test_a_page_that_the_data_do_not_have_says_why(qtbot):
    spec = one_unit([1.0, 1.0, 1.0], 0.0, {"x": [[1.0, 2.0, 3.0]], "y": [[1.0]]})
    looking = Looking(qtbot, spec, INPUTS)
    assert looking.text("learned_note") == "A boundary needs two inputs, and a fit one: this network has 3."
    assert looking.view.learned_request() is None
    looking.turn_to(CONFUSION)
    assert looking.text("learned_note") == "A confusion matrix needs classes: here the targets are numbers."
    looking.turn_to(PREDICTIONS)
    assert looking.row(0)[2] == "6"


def test_other_data_in_another_run_have_their_pages(qtbot):
    looking = Looking(qtbot, straight_line(), INPUTS)
    looking.engine = PictureEngine(sides_of_a_line())
    looking.view.set_experiment(looking.engine.run.spec)
    assert looking.pages == ["Predictions", "Boundary", "Confusion"]
    looking.answer()
    assert is_warm(looking.color_at(0.9, 0.5))


def test_a_test_function_has_nothing_to_predict(qtbot):
    looking = Looking(qtbot, straight_line())
    problem = {"function": "rosenbrock", "start": [-1.0, 1.0]}
    looking.view.set_experiment(check({"schema": 1, "problem": problem, "optimizers": [SGD]}))
    assert "nothing to predict" in looking.text("network_note")
    assert not looking.bar.isVisible()
    assert looking.view.learned_request() is None


def test_what_nobody_sees_is_not_asked_for(qtbot):
    looking = Looking(qtbot, straight_line())
    assert looking.view.learned_request().page == "predictions"
    looking.turn_to(INPUTS)
    assert looking.view.learned_request().page == "inputs"
    looking.view.findChild(QSplitter, "network_splitter").setSizes([1, 0])
    assert looking.view.learned_request() is None
    assert looking.view.request() is not None
    looking.view.findChild(QSplitter, "network_splitter").setSizes([0, 1])
    assert looking.view.request() is None
    assert looking.view.learned_request() is not None
    looking.view.hide()
    assert looking.view.learned_request() is None


def test_what_the_window_has_is_not_sent_again(qtbot):
    looking = Looking(qtbot, straight_line())
    asked = looking.view.learned_request()
    assert asked.seen > 0
    assert looking.engine.frame(None, asked).learned is None
    looking.view.clear()
    assert looking.view.learned_request().seen == 0


def test_an_answer_of_another_page_or_lane_is_dropped(qtbot):
    looking = Looking(qtbot, network_spec(optimizers=[SGD, SGD | {"label": "Other", "params": {"lr": 5.0}}]))
    looking.engine.run.advance(3)
    late = looking.engine.frame(None, looking.view.learned_request())
    looking.view.findChild(QComboBox, "network_entry").setCurrentText("Other")
    looking.view.show_frame(late)
    assert looking.row(0)[2] == "…"
    looking.answer()
    assert looking.row(0)[2] != "…"


def test_where_there_is_little_room_a_page_takes_the_pictures_place(qtbot):
    looking = Looking(qtbot, straight_line(), width=660)
    assert looking.pages == ["Picture", "Predictions", "Fit", "Confusion"]
    lines = looking.view.findChild(QComboBox, "network_quantity")
    assert not looking.view.canvas.isVisible()
    assert not lines.isVisible()
    assert looking.table.height() > looking.view.height() / 2
    assert looking.view.request() is None
    looking.turn_to(0)
    assert looking.view.canvas.isVisible()
    assert lines.isVisible()
    assert looking.view.canvas.height() > looking.view.height() / 2
    assert looking.view.learned_request() is None
    looking.turn_to(CONFUSION)
    looking.view.resize(1000, 560)
    QApplication.processEvents()
    assert looking.pages == ["Predictions", "Fit", "Confusion"]
    assert looking.view.canvas.isVisible()
    assert looking.bar.currentIndex() == CONFUSION, "the page of before is beside the picture"


@pytest.mark.parametrize("width", [660, 1000])
@pytest.mark.parametrize(
    ("page", "name"), [(PREDICTIONS, "predictions_table"), (INPUTS, "boundary"), (CONFUSION, "confusion_table")]
)
def test_tab_leads_to_the_pages_and_into_them(qtbot, width, page, name):
    looking = Looking(qtbot, sides_of_a_line(), page, width)
    looking.view.activateWindow()
    qtbot.waitUntil(looking.view.isActiveWindow)
    looking.view.findChild(QSpinBox, "network_row").setFocus()
    names = []
    for _ in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    before = ["network_way", "network_canvas", "network_readout"] if width == 1000 else []
    behind = [name, "boundary_readout"] if page == INPUTS else [name]
    assert names[: len(before) + 1 + len(behind)] == [*before, "learned_pages", *behind]


def test_after_an_edit_it_is_marked_as_from_before(qtbot):
    looking = Looking(qtbot, straight_line())
    veils = looking.view.learned.findChildren(QWidget, "stale_veil")
    looking.view.set_stale(True)
    assert [veil.isVisible() for veil in veils] == [True]
    looking.turn_to(INPUTS)
    assert veils[0].isVisible()
    assert veils[0].geometry().contains(looking.page.geometry().center())
    looking.view.set_stale(False)
    assert not veils[0].isVisible()


def test_whole_numbers_that_stand_for_vectors_have_no_boundary() -> None:
    layers = [
        {"kind": "Embedding", "params": {"num_embeddings": 3, "embedding_dim": 2}}, {"kind": "Flatten"}, {"units": 2}
    ]  # fmt: skip
    spec = network_spec(layers, data={"x": [[0, 1], [2, 2]], "y": [[1, 0], [0, 3]]}, start={"seed": 0})
    facts = facts_of(spec)
    assert facts is not None
    assert "whole numbers that stand for vectors" in why_not("inputs", facts)
    assert why_not("predictions", facts) == ""
    shape = shape_of(spec)
    assert shape is not None
    assert [column.units for column in shape.columns] == [2, 4, 4, 2, 1]
    assert [connection.weight for connection in shape.connections] == [None, None, "layer3.weight", None]
