"""The Variables page: each variable beside torch's, chosen, copied and marked."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from engine.protocol import Binding, Traced, Value
from gui.debug.step.cursor import variables_at
from gui.debug.values.variables import VariablesPage
from gui.debug.values.verdict_words import verdict_text
from gui.look.theme import DARK, LIGHT
from tests.gui.traces import event_at, traced_step

Role = Qt.ItemDataRole


@pytest.fixture
def page(qtbot) -> VariablesPage:
    made = VariablesPage()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_theme(LIGHT)
    with qtbot.waitExposed(made):
        made.show()
    return made


@dataclass
class Seen:
    """The table as it is read: cells by variable and heading."""

    page: VariablesPage

    @property
    def table(self) -> QTableView:
        return self.page.findChild(QTableView, "variables")

    @property
    def names(self) -> list[str]:
        model = self.table.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def at(self, name: str, heading: str, role: Role = Role.DisplayRole) -> object:
        return self.index(name, heading).data(role)

    def index(self, name: str, heading: str = "Name"):
        model = self.table.model()
        headings = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
        return model.index(self.names.index(name), headings.index(heading))

    def click(self, name: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        spot = self.table.visualRect(self.index(name)).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, keys, QPoint(spot))


def show(page: VariablesPage, text: str, file: str = "network.py", traced: Traced | None = None, nth: int = 0) -> Seen:
    """The page at the line of the step that holds ``text``."""
    traced = traced or traced_step()
    event = event_at(traced, file, text, nth)
    bindings, fresh = variables_at(traced, event)
    page.show_variables(traced, bindings, fresh)
    return Seen(page)


def test_a_variable_is_shown_beside_torchs(page):
    seen = show(
        page, "return None, grads", "layers/linear.py", traced=traced_step(verdicts={"layer1.backward": "differs"})
    )
    assert seen.names == ["dL_dz", "x", "params", "name", "hyper", "wants_dL_dx", "W", "b", "dL_dW", "grads"]
    assert (seen.at("dL_dW", "Shape"), seen.at("dL_dW", "Type")) == ("4×4", "float64")
    assert seen.at("dL_dW", "DIY").endswith(", …")
    assert seen.at("dL_dW", "DIY") != seen.at("dL_dW", "torch")
    assert (seen.at("dL_dW", "Δ"), seen.at("dL_dW", "ULPs")) == ("✗ 0.1", "–")
    assert "More than 1,000,000 ULPs" in seen.at("dL_dW", "ULPs", Role.ToolTipRole)
    low, mean, high = (float(seen.at("dL_dW", heading).replace("−", "-")) for heading in ("Min", "Mean", "Max"))
    assert low < mean < high


def test_the_verdict_is_a_sign_a_colour_and_words(page):
    signs = {"equal": "=", "rounding": "✓", "differs": "✗", "unstable": "↯", "not_finite": "∞"}
    for verdict, sign in signs.items():
        seen = show(page, "return z, x", "layers/linear.py", traced=traced_step(verdicts={"layer1.forward": verdict}))
        assert seen.at("z", "Δ").startswith(sign)
        assert seen.at("z", "Δ", Role.ForegroundRole).color().name() != LIGHT.text
        tip = seen.at("z", "Δ", Role.ToolTipRole)
        assert tip.startswith(verdict_text(verdict))
        assert sign not in seen.at("z", "Δ", Role.AccessibleTextRole)
    assert (seen.at("z", "Δ"), seen.at("z", "ULPs")) == ("∞", ""), "NaN is not 0 from NaN"


def test_what_torch_has_not_is_said_and_explained(page):
    seen = show(page, "return layer.kind.backward")
    assert (seen.at("da_dz", "torch"), seen.at("da_dz", "Δ")) == ("torch has none", "")
    assert "no number to lay beside" in seen.at("da_dz", "torch", Role.ToolTipRole)
    assert seen.at("da_dz", "torch", Role.ForegroundRole).color().name() == LIGHT.muted
    assert seen.at("layer", "torch") == "", "what is no number is not torch's to have"


def test_what_the_last_line_made_stands_out(page):
    seen = show(page, "return layer.kind.backward")
    assert [name for name in seen.names if seen.at(name, "Name", Role.BackgroundRole)] == ["dL_dz"]
    assert seen.at("dL_dz", "Name", Role.FontRole).bold()
    assert seen.at("dL_dz", "Name", Role.AccessibleTextRole) == "dL_dz, just made"


def test_a_number_is_written_once(page):
    seen = show(page, "m_hat = m", "optimizers/adam.py", traced_step(optimizer="Adam"))
    assert [seen.at("beta2", heading) for heading in ("DIY", "Shape", "Min", "Max")] == ["0.999", "", "", ""]
    assert seen.at("t", "DIY") == "1"
    assert seen.at("amsgrad", "DIY") == "False"


def test_a_click_or_enter_chooses_the_value(page, qtbot):
    traced = traced_step()
    seen = show(page, "return layer.kind.backward", traced=traced)
    with qtbot.waitSignal(page.value_chosen) as chosen:
        seen.click("z")
    assert chosen.args[0] == "z"
    assert traced.values[chosen.args[1]].twin == "layer1.z"
    qtbot.keyClick(seen.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.value_chosen) as chosen:
        qtbot.keyClick(seen.table, Qt.Key.Key_Return)
    assert chosen.args[0] == "a"


def test_selected_rows_are_copied_with_every_digit(page, qtbot):
    traced = traced_step()
    seen = show(page, "return layer.kind.backward", traced=traced)
    chosen: list[str] = []
    page.value_chosen.connect(lambda name, _: chosen.append(name))
    seen.click("z")
    seen.click("da_dz", Qt.KeyboardModifier.ControlModifier)
    assert chosen == ["z"], "adding a row to the selection looks at nothing"
    QTest.keySequence(seen.table, QKeySequence.StandardKey.Copy)
    heading, z, da_dz = QGuiApplication.clipboard().text().splitlines()
    assert heading.split("\t") == ["Name", "DIY", "torch", "Δ", "ULPs", "Shape", "Type", "Min", "Mean", "Max"]
    first = next(value for value in traced.values if value.twin == "layer1.z").first[0]
    assert z.split("\t")[1].startswith(repr(first))
    assert da_dz.split("\t")[2] == "torch has none"


def test_stepping_on_keeps_the_selection_and_the_widths(page):
    seen = show(page, "da_dz = layer.activation.df")
    seen.click("z")
    widths = [seen.table.columnWidth(column) for column in range(10)]
    seen = show(page, "da_dz = layer.activation.df", traced=traced_step(step=2))
    assert [index.data() for index in seen.table.selectionModel().selectedRows()] == ["z"]
    assert [seen.table.columnWidth(column) for column in range(10)] >= widths


def test_no_column_moves_while_a_step_is_followed(page):
    """From the first line on there is room for the longest name and distance that are to come."""
    traced = traced_step()
    page.resize(380, 300)
    headers = []
    for event in range(len(traced.lines)):
        variables = variables_at(traced, event)
        page.show_variables(traced, variables.bindings, variables.fresh)
        headers.append([Seen(page).table.columnViewportPosition(column) for column in range(4)])
    assert headers == [headers[0]] * len(headers)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 123456789.0])
def test_numbers_that_are_none_are_named(page, number):
    value = Value("", "float32", (2, 2), number, number, number, (number,), "layer1.z", (1.0,), None, "differs")
    traced = traced_step()._replace(values=(value,))
    page.show_variables(traced, (Binding("a_very_long_name_of_a_weight_that_goes_on", 0),), {"z"})
    seen = Seen(page)
    (name,) = seen.names
    assert seen.at(name, "Min") == {"nan": "NaN", "inf": "∞"}.get(str(number), "1.235e8")


def test_name_both_sides_and_distance_are_in_sight_when_narrow(page, qtbot):
    seen = show(page, "return layer.kind.backward")
    page.resize(320, 300)
    qtbot.waitUntil(lambda: page.width() == 320)
    assert seen.table.visualRect(seen.index("z", "Δ")).right() <= seen.table.viewport().width()


def test_nothing_to_show(page):
    show(page, "return layer.kind.backward")
    page.show_variables(None, (), set())
    assert Seen(page).names == []


def test_other_colors_in_the_dark(page):
    seen = show(page, "return layer.kind.backward")
    page.set_theme(DARK)
    assert seen.at("z", "Name", Role.ForegroundRole).color().name() == DARK.text


def test_where_a_list_does_not_fit_it_ends_between_two_numbers(qtbot, page):
    """``0.102…`` would be another number."""
    seen = show(page, "z, kept = ")
    index = seen.index("x", "DIY")
    page.resize(300, 400)
    qtbot.waitUntil(lambda: page.width() == 300)
    option = QStyleOptionViewItem()
    option.initFrom(seen.table)
    option.rect = seen.table.visualRect(index)
    delegate = seen.table.itemDelegate()
    delegate.initStyleOption(option, index)
    first = str(index.data()).split(", ")[0].replace("−", "-")
    shown = option.text.removesuffix(", …").replace("−", "-")
    assert option.text.endswith(", …")
    assert float(shown) == pytest.approx(float(first), rel=0.02)
    assert seen.table.fontMetrics().horizontalAdvance(option.text) < option.rect.width()
