"""The Formula page: the line in formulas, the chain rule's table, the update's bars, and who chooses what."""

from collections.abc import Iterator
from itertools import pairwise
from math import nan

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QTabWidget, QWidget

from engine.protocol import Both, ChainRow, Explain, Explained, Path, Paths, Traced, UpdatePart
from engine.spec import layer_kinds
from gui.debug.formula.chain_table import ChainTable, at_point
from gui.debug.formula.chain_words import Symbols
from gui.debug.formula.page import FormulaPage
from gui.debug.formula.stage_sentences import part_name, part_sentence, sentence
from gui.debug.formula.update_bars import UpdateBars
from gui.look.formula import Formula
from gui.look.theme import DARK, LIGHT
from gui.look.theme_controller import ThemeController
from tests.gui.frames import ADAM, SGD, make_spec
from tests.gui.traces import event_at, traced_step

DATA = {"data": {"x": [[float(row)] * 4 for row in range(12)], "y": [[0.0] * 4] * 12}}
BACK = ("layers/linear.py", "dL_dW = dL_dz.mT @ x")


def same(value: float) -> Both:
    return Both(value, value)


def explained(
    weight: str = "layer1.weight",
    index: tuple[int, ...] = (0, 1),
    row: int = 0,
    *,
    event: int = 0,
    count: int = 1,
    **parts,
) -> Explained:
    """Of step 1. Each row adds 2 × 0.25 × 0.25 = 0.125; SGD makes −0.1 × 0.125 of it."""
    chain = tuple(
        ChainRow(number, same(2.0), same(0.25), same(0.25), same(0.125), place=number)
        for number in range(min(count, 8))
    )
    fields = {
        "rows": chain,
        "row_count": count,
        "grad": Both(0.125, 0.12500001),
        "before": same(0.5),
        "after": same(0.4875),
        "delta": same(-0.0125),
        "parts": (UpdatePart("gradient", r"-\gamma\,\frac{\partial L}{\partial w}", same(-0.0125)),),
        "formula": "",
        "numbers": ("", ""),
    }
    return Explained(Explain(1, 0, 1, event, weight, index, row), **(fields | parts))


class Look:
    """A page, and what it asked for."""

    def __init__(self, page: FormulaPage):
        self.page = page
        self.asked: list[tuple] = []
        page.explain_wanted.connect(lambda *asked: self.asked.append(asked))
        self.event = 0

    def show(self, traced: Traced | None = None, file: str = BACK[0], text: str = BACK[1], nth: int = 0) -> None:
        traced = traced or traced_step()
        self.event = event_at(traced, file, text, nth)
        self.page.show_line(traced, self.event)

    def answer(self, **parts) -> None:
        weight, index, row = self.asked[-1]
        self.page.show_explained(explained(weight, index, row, event=self.event, **parts))

    def part(self, kind: type, name: str = ""):
        return self.page.findChild(kind, name) if name else self.page.findChild(kind)

    def text(self, name: str) -> str:
        return self.part(QLabel, name).text()

    def is_seen(self, name: str) -> bool:
        return self.part(QWidget, name).isVisible()

    @property
    def table(self) -> list[list[str]]:
        """Row by row as it is copied."""
        QTest.keySequence(self.part(ChainTable), QKeySequence.StandardKey.Copy)
        return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]


@pytest.fixture
def look(qtbot) -> Iterator[Look]:
    page = FormulaPage()
    qtbot.addWidget(page)
    page.resize(700, 900)
    page.set_theme(LIGHT)
    page.set_experiment(make_spec(SGD, ADAM))
    with qtbot.waitExposed(page):
        page.show()
    yield Look(page)
    page.close()


# --- the line --------------------------------------------------------------------------------


def test_it_says_what_the_stage_does_and_shows_the_line_in_formulas(look, qtbot):
    traced = traced_step()
    event = event_at(traced, *BACK)
    latex = r"\frac{\partial L}{\partial W} = \left(\frac{\partial L}{\partial z}\right)^\top x"
    lines = list(traced.lines)
    lines[event] = lines[event]._replace(formula=latex)
    look.show(traced._replace(lines=tuple(lines)))
    assert "layer 1" in look.text("formula_sentence")
    formula = look.part(Formula, "line_formula")
    assert formula.latex == latex
    qtbot.waitUntil(lambda: formula.is_typeset)
    assert not look.is_seen("line_diy"), "numbers are on their way"
    look.answer(numbers=("a = 0.5 \\cdot 2 = 1", ""))
    assert look.part(Formula, "line_diy").latex == "a = 0.5 \\cdot 2 = 1"
    assert look.is_seen("line_diy")
    assert not look.is_seen("line_torch")


def test_a_line_without_a_formula_shows_its_functions(look):
    traced = traced_step()
    functions = [function._replace(formulas=(r"a = \sigma(z)",)) for function in traced.functions]
    look.show(traced._replace(functions=tuple(functions)))
    assert look.part(Formula, "line_formula").latex == r"a = \sigma(z)"


def test_at_the_steps_end_it_says_so(look):
    traced = traced_step()
    look.page.show_line(traced, len(traced.lines))
    assert "The step is over" in look.text("formula_sentence")
    assert not look.is_seen("line_formula")


@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "AdamW", "RMSprop"])
@pytest.mark.parametrize("stage", ["layer2.forward", "layer2.activation", "loss", "layer2.backward", "layer2.update"])
def test_every_stage_has_a_sentence(qapp, stage, optimizer):
    text = sentence(stage, optimizer)
    assert text.endswith(".")
    assert "{" not in text
    assert ("ayer 2" in text) == (stage != "loss")
    assert (optimizer in text) == stage.endswith("update")


@pytest.mark.parametrize("kind", ["Linear", "BatchNorm1d"])
@pytest.mark.parametrize("activation", ["softmax", "log_softmax"])
def test_an_activation_of_whole_rows_has_sentences_of_its_own(qapp, activation, kind):
    def said(stage, name):
        return sentence(f"layer2.{stage}", "SGD", False, {1: "Linear", 2: kind}, {1: "tanh", 2: name})

    for stage in ("activation", "backward"):
        text = said(stage, activation)
        assert "of its row" in text or "of the row" in text
        assert "{" not in text
        assert text != said(stage, "tanh")
    assert f"by the Jacobian of {activation}" in said("backward", activation)
    assert ("three paths" in said("backward", activation)) == (kind == "BatchNorm1d")
    assert said("forward", activation) == said("forward", "tanh")


@pytest.mark.parametrize(
    "kind",
    [
        *("gradient", "weight_decay", "momentum", "bias_correction", "scaling", "decoupled_decay", "rounding"),
        *("orthogonality", "curvature", "else"),
    ],
)
def test_every_part_has_a_name_and_a_sentence(qapp, kind):
    assert "_" not in part_name(kind)
    assert part_sentence(kind).endswith(".")


# --- who asks for what -----------------------------------------------------------------------


def test_it_asks_for_the_first_weight_and_again_with_each_line(look):
    traced = traced_step()
    look.show(traced)
    assert look.asked == [("layer1.weight", (0, 0), 0)]
    look.show(traced)
    assert len(look.asked) == 1, "the same line of the same step"
    look.show(traced, text="return None, grads")
    assert len(look.asked) == 2
    look.show(traced_step(), text="return None, grads")
    assert len(look.asked) == 3, "traced anew, under another learning rate perhaps"


def test_a_hidden_page_asks_when_it_is_shown(look):
    look.page.hide()
    look.show()
    assert look.asked == []
    look.page.show()
    assert len(look.asked) == 1


def test_the_weight_and_its_element_are_chosen_with_the_keyboard(look, qtbot):
    look.show()
    for name in ("formula_j", "formula_j", "formula_i"):
        qtbot.keyClick(look.part(QSpinBox, name), Qt.Key.Key_Up)
    assert look.asked[-1] == ("layer1.weight", (1, 2), 0)
    qtbot.keyClick(look.part(QComboBox, "formula_weight"), Qt.Key.Key_Down)
    assert look.asked[-1] == ("layer1.bias", (1,), 0)
    assert not look.is_seen("formula_j")


def test_no_element_beyond_the_weight_can_be_chosen(look, qtbot):
    look.show()
    look.page.choose("layer1.weight", 3, 3)
    assert look.asked[-1] == ("layer1.weight", (3, 3), 0)
    look.page.set_experiment(make_spec(SGD, units=2))
    look.show(text="return None, grads")
    assert look.asked[-1] == ("layer1.weight", (1, 3), 0)


def test_a_cell_of_the_maps_chooses_its_weight(look):
    look.show()
    look.page.choose("layer1.bias", 0, 2)
    assert look.asked == [("layer1.weight", (0, 0), 0), ("layer1.bias", (2,), 0)]
    look.page.choose("layer1.bias", 0, 2)
    assert len(look.asked) == 2
    look.page.choose("layer9.weight", 0, 2)
    assert look.asked[-1][0] == "layer1.bias", "no such weight"


def test_an_answer_to_an_earlier_question_is_dropped(look):
    look.show()
    late = explained(index=(0, 0), event=look.event)
    look.page.choose("layer1.weight", 2, 2)
    look.page.show_explained(late)
    assert not look.is_seen("chain_table")
    look.answer()
    assert look.is_seen("chain_table")
    assert "layer1.weight[2, 2]" in look.text("chain_title")


# --- the chain -------------------------------------------------------------------------------


def test_the_chain_rule_says_why_the_gradient_is_what_it_is(look):
    look.show()
    look.page.choose("layer1.weight", 0, 1)
    look.answer()
    assert "Why ∂L/∂layer1.weight[0, 1] is 0.125" in look.text("chain_title")
    assert look.part(Formula, "chain_formula").latex == (
        r"\frac{\partial L}{\partial w_{0,1}} = \sum_{\mathrm{rows}} \frac{\partial L}{\partial a_{0}} \cdot "
        r"\frac{\partial a_{0}}{\partial z_{0}} \cdot \frac{\partial z_{0}}{\partial w_{0,1}}"
    )
    assert look.table == [
        ["row 0", "DIY", "2.0", "0.25", "0.25", "0.125"],
        ["row 0", "torch", "2.0", "0.25", "0.25", "0.125"],
        ["Σ  ∂L/∂layer1.weight[0, 1]", "DIY", "", "", "", "0.125"],
        ["Σ  ∂L/∂layer1.weight[0, 1]", "torch", "", "", "", "0.12500001"],
    ]
    assert "equal within rounding, 1.0e−08 apart" in look.text("chain_verdict")


def test_in_a_deeper_network_symbols_tell_their_layer(look):
    layers = [{"units": 4, "activation": "tanh"}, {"units": 4, "activation": "identity"}]
    look.page.set_experiment(make_spec(SGD, network={"layers": layers}))
    look.show(traced_step(2))
    look.page.choose("layer2.weight", 1, 3)
    look.answer()
    assert r"\frac{\partial z^{(2)}_{1}}{\partial w^{(2)}_{1,3}}" in look.part(Formula, "chain_formula").latex


def test_more_rows_than_shown_are_counted(look):
    look.page.set_experiment(make_spec(SGD, **DATA))
    look.show()
    look.answer(count=12)
    table = look.part(ChainTable)
    assert (table.rowCount(), table.item(8, 0).text()) == (10, "… rows not shown: 4")


def test_a_clicked_row_is_the_one_whose_numbers_are_put_in(look, qtbot):
    look.page.set_experiment(make_spec(SGD, **DATA))
    look.show()
    look.answer(count=12)
    table = look.part(ChainTable)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(table.item(5, 2)).center())
    assert look.asked[-1] == ("layer1.weight", (0, 0), 5)
    assert look.part(QSpinBox, "formula_row").value() == 5
    look.answer(count=12)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [5]


def test_a_batch_of_one_row_offers_no_choice_of_rows(look):
    look.show()
    look.answer()
    assert not look.is_seen("formula_row")


def test_all_of_the_table_is_in_sight_when_narrow(look, qtbot):
    look.show()
    look.page.resize(380, 700)
    look.answer()
    table = look.part(ChainTable)
    qtbot.waitUntil(lambda: table.width() < 380)
    assert look.page.widget().width() <= look.page.viewport().width(), "nothing is cut off at the right"
    assert table.columnViewportPosition(4) + table.columnWidth(4) <= table.viewport().width() + 1


def test_the_chosen_row_is_tinted_only_so_that_its_digits_are_read(qtbot, qapp):
    """In the window pages are made before they have a place."""
    themes = ThemeController(qapp, "light")
    tabs, look = QTabWidget(), Look(FormulaPage())
    qtbot.addWidget(tabs)
    look.page.set_experiment(make_spec(SGD))
    tabs.addTab(look.page, "Formula")
    with qtbot.waitExposed(tabs):
        tabs.show()
    look.show()
    look.answer()
    table = look.part(ChainTable)
    rect = table.visualItemRect(table.item(0, 1))
    color = table.viewport().grab().toImage().pixelColor(rect.left() + 1, rect.top() + 2)
    themes.deleteLater()
    assert table.item(0, 1).isSelected()
    assert color.name() != LIGHT.base
    assert color.lightness() > 200


def test_numbers_in_full_are_folded_where_they_have_no_room(look, qtbot):
    look.page.set_experiment(make_spec(SGD, dtype="float64"))
    look.show()
    third = same(1 / 3)
    look.answer(before=third, after=third, delta=third)
    abreast = look.part(QLabel, "update_sum").sizeHint().height()
    look.page.resize(320, 700)
    qtbot.waitUntil(lambda: look.page.widget().width() <= look.page.viewport().width())
    label = look.part(QLabel, "update_sum")
    assert label.sizeHint().height() > abreast, "in lines below each other"
    assert label.text().count("0.3333333333333333") == 6


def test_without_torchs_lane_there_is_one_side(look):
    look.show()
    alone = Both(0.125, None)
    rows = (ChainRow(0, alone, alone, alone, alone),)
    look.answer(rows=rows, grad=alone, before=alone, after=alone, delta=alone, parts=())
    look.page.grab()
    assert look.text("chain_verdict") == ""
    assert "torch" not in look.text("update_sum")


def test_a_row_of_several_places_has_a_line_for_each_and_rows_without_a_share_are_not_missed(look):
    look.show()
    rows = tuple(ChainRow(7, same(1.0), same(1.0), same(1.0), same(1.0), None, 1, (at,)) for at in (0, 2))
    look.answer(rows=rows, count=8, sharing=3)
    table = look.part(ChainTable)
    assert [table.item(line, 0).text() for line in range(3)] == ["row 7 at 0", "row 7 at 2", "… rows not shown: 2"]
    assert not table.item(0, 1).isSelected()  # the row asked for, 0, has no share


# --- the update ------------------------------------------------------------------------------

MOMENTUM = (
    UpdatePart("gradient", r"-\gamma\,g", same(-0.02)),
    UpdatePart("momentum", r"-\gamma\,\mu\,b", same(0.01)),
    UpdatePart("rounding", r"\Delta w - \sum", same(1e-9)),
)
DELTA = same(-0.02 + 0.01 + 1e-9)


def test_the_parts_are_a_waterfall_that_ends_at_the_change(look):
    look.show()
    look.answer(parts=MOMENTUM, delta=DELTA)
    bars = look.part(UpdateBars).bars
    assert [bar.kind for bar in bars] == ["gradient", "momentum", "rounding", "delta"]
    for before, after in pairwise(bars[:-1]):
        assert after.diy[0] == before.diy[1], "each begins where the last one ended"
    assert bars[-1].diy == (0.0, pytest.approx(bars[-2].diy[1]))
    assert bars[-1].torch == bars[-1].diy


def test_the_bar_pointed_at_is_explained_with_every_digit(look, qtbot):
    look.show()
    look.answer(parts=MOMENTUM, delta=DELTA)
    bars = look.part(UpdateBars)
    assert "plain descent" in look.text("update_part")
    look.page.ensureWidgetVisible(bars)
    qtbot.mouseMove(bars, QPoint(200, round(bars.height() * 0.4)))
    assert "momentum" in look.text("update_part")
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert "1e−09" in look.text("update_part")
    assert "rounding" in bars.accessibleDescription()
    for _ in range(5):
        qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.at == 3


def test_before_and_after_stand_below_the_bars(look):
    look.show()
    look.answer()
    text = look.text("update_sum")
    for number in ("0.5", "−0.0125", "0.4875", "DIY", "torch"):
        assert number in text


@pytest.mark.parametrize("broken", [nan, float("inf")])
def test_what_is_not_finite_is_said_and_drawn_nowhere(look, broken):
    look.show()
    parts = (MOMENTUM[0]._replace(value=Both(broken, -0.02)), *MOMENTUM[1:])
    look.answer(parts=parts, delta=Both(broken, DELTA.torch), grad=Both(broken, 0.2))
    look.page.grab()
    bars = look.part(UpdateBars).bars
    assert {bar.diy for bar in bars} == {None}
    assert all(bar.torch for bar in bars)
    assert "not finite" in look.text("chain_verdict")
    assert "not finite" in look.text("update_sum")


def test_all_parts_of_nothing(look):
    look.show()
    look.answer(parts=(UpdatePart("gradient", "", same(0.0)),), delta=same(0.0), grad=same(0.0))
    look.page.grab()
    assert "equal bit for bit" in look.text("chain_verdict")


def test_clear_and_the_dark(look):
    look.show()
    look.answer(parts=MOMENTUM, delta=DELTA)
    light = look.page.grab().toImage()
    look.page.set_theme(DARK)
    assert look.page.grab().toImage() != light
    look.page.clear()
    assert not look.is_seen("chain_table")
    assert not look.is_seen("formula_line")


def test_numbers_without_a_point_stand_by_where_it_would_be():
    assert [at_point(text) for text in ("8e−6", "−12.5", "0.001", "3", "NaN")] == [
        ("8", "e−6"),
        ("−12", ".5"),
        ("0", ".001"),
        ("3", ""),
        ("", "NaN"),
    ]


def test_paths_that_add_up_are_shown_with_both_sides(look):
    parts = (
        Path("direct", Both(0.5, 0.5)),
        Path("through_mean", Both(-0.2, -0.2)),
        Path("through_variance", same(0.1)),
    )
    look.show()
    look.answer(paths=Paths("layer2", (2, 1), 7, parts, Both(0.4, 0.40000001)))
    assert "∂L/∂x[7, 1] of layer 2" in look.text("paths_title")
    plain = QTextDocumentFragment.fromHtml(look.text("paths_table")).toPlainText()
    for shown in ("direct", "through the mean", "through the variance", "DIY", "torch", "− 0.2", "+ 0.1", "= 0.4"):
        assert shown in plain, plain
    look.answer()
    assert not look.is_seen("formula_paths")


def test_a_weight_that_scales_has_what_it_scales_in_its_chain_rule():
    symbols = Symbols("layer2.weight", (1,), 3, factor=r"\hat{x}")
    assert symbols.headings[2].endswith(r"= \hat{x}_{1}")
    assert Symbols("layer2.bias", (1,), 3, factor=r"\hat{x}").headings[2].endswith("= 1")


@pytest.mark.parametrize("kind", [kind for kind in layer_kinds() if kind != "Linear"])
@pytest.mark.parametrize("stage", ["forward", "backward"])
def test_every_kind_has_sentences_of_its_own(qapp, kind, stage):
    text = sentence(f"layer2.{stage}", "SGD", False, {1: "Linear", 2: kind})
    assert "ayer 2" in text
    assert "{" not in text
    assert text not in (sentence(f"layer2.{stage}", "SGD"), f"Layer 2 makes z of its inputs, as {kind} does.")
