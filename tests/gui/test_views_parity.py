"""The parity strip: one line a pair, in words, symbol and colour."""

import pytest
from frames import ADAM, SGD, make_distance, make_divergence, make_frame, make_pair, make_spec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget

from gui.theme import DARK, LIGHT
from gui.views.parity_strip import ParityStrip


@pytest.fixture
def strip(qtbot) -> ParityStrip:
    made = ParityStrip()
    qtbot.addWidget(made)
    made.set_experiment(make_spec(SGD, ADAM))
    made.resize(700, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def lines(strip: ParityStrip) -> list[tuple[str, str]]:
    tree = strip.findChild(QTreeWidget)
    items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items]


def item(strip: ParityStrip, index: int = 0):
    return strip.findChild(QTreeWidget).topLevelItem(index)


def color(strip: ParityStrip, index: int = 0) -> str:
    return item(strip, index).foreground(1).color().name()


def test_before_the_first_step(strip):
    assert lines(strip) == [("SGD", "… press Run or Step to begin"), ("Adam", "… press Run or Step to begin")]
    strip.show_frame(make_frame(0, pairs=(make_pair(max_abs=None), make_pair("Adam", None))))
    assert lines(strip)[0] == ("SGD", "… nothing compared before the first step")


def test_in_lockstep(strip):
    strip.show_frame(make_frame(5, pairs=(make_pair(), make_pair("Adam", 0.0))))
    assert lines(strip) == [
        ("SGD", "✓ in lockstep, max |Δ| 3.0e−08 (2 ULP)"),
        ("Adam", "✓ in lockstep, max |Δ| 0 (2 ULP)"),
    ]
    assert color(strip) == LIGHT.ok


def test_drift(strip):
    strip.show_frame(make_frame(1200, pairs=(make_pair("Adam", 1e-4, "drift", left_at=1120),)))
    assert lines(strip)[1][1] == (
        "≈ rounding drift since step 1,120: max |Δ| 1.0e−04 (2 ULP); one step from the same state agrees"
    )
    assert color(strip, 1) == LIGHT.warning


def test_diverged_names_step_stage_tensor_index_and_both_values(strip):
    pair = make_pair("SGD", 0.25, "diverged", left_at=3, left=make_distance(0.25), divergence=make_divergence(3))
    strip.show_frame(make_frame(9, pairs=(pair,)))
    assert lines(strip)[0][1] == "✗ differs at step 3, stage gradient, layer1.weight[1, 2]: DIY 0.25, torch 0.5"
    assert color(strip) == LIGHT.error


@pytest.fixture
def differing(strip) -> ParityStrip:
    """SGD is in lockstep, Adam is not."""
    found = make_pair("Adam", 0.25, "diverged", left_at=3, left=make_distance(0.25), divergence=make_divergence(3))
    strip.show_frame(make_frame(9, pairs=(make_pair(), found)))
    return strip


def click(qtbot, strip: ParityStrip, index: int) -> None:
    tree = strip.findChild(QTreeWidget)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item(strip, index)).center())


def test_a_click_on_a_line_that_differs_leads_to_where_it_does(differing, qtbot):
    chosen: list[int] = []
    differing.divergence_chosen.connect(chosen.append)
    click(qtbot, differing, 0)
    click(qtbot, differing, 1)
    assert chosen == [1]
    assert [item(differing, index).text(2) for index in (0, 1)] == ["", "Show in Debug"]
    assert item(differing, 1).foreground(2).color().name() == LIGHT.accent


def test_enter_does_what_the_click_does(differing, qtbot):
    chosen: list[int] = []
    differing.divergence_chosen.connect(chosen.append)
    tree = differing.findChild(QTreeWidget)
    differing.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(tree, key)
    assert chosen == [1]


def test_the_pointer_tells_which_line_leads_somewhere(differing, qtbot):
    tree = differing.findChild(QTreeWidget)
    for index, shape in ((1, Qt.CursorShape.PointingHandCursor), (0, Qt.CursorShape.ArrowCursor)):
        qtbot.mouseMove(tree.viewport(), tree.visualItemRect(item(differing, index)).center())
        assert tree.viewport().cursor().shape() == shape


def test_what_is_in_lockstep_again_or_found_nowhere_leads_nowhere(differing, qtbot):
    chosen: list[int] = []
    differing.divergence_chosen.connect(chosen.append)
    differing.show_frame(make_frame(2, pairs=(make_pair("SGD", 1.0, "diverged", left_at=3), make_pair("Adam"))))
    for index in (0, 1):
        click(qtbot, differing, index)
        assert item(differing, index).text(2) == ""
    assert chosen == []


def test_a_distance_without_end_is_no_error(strip):
    strip.show_frame(make_frame(9, pairs=(make_pair("SGD", float("inf"), "diverged", left_at=3),)))
    assert lines(strip)[0][1] == "✗ differs since step 3: max |Δ| ∞ (2 ULP)"


def test_an_entry_with_one_backend_has_no_pair(strip):
    strip.set_experiment(make_spec(SGD, ADAM | {"backends": ["torch"]}))
    strip.show_frame(make_frame(5, pairs=(make_pair(),)))
    assert lines(strip)[1] == ("Adam", "– no pair: only torch runs")
    assert color(strip, 1) == LIGHT.muted


def test_the_tooltip_has_every_group_and_where(strip):
    strip.show_frame(make_frame(5, pairs=(make_pair(),)))
    tip = item(strip).toolTip(1)
    for word in ("in lockstep", "Loss", "Gradients", "Weights", "3.0e−08", "6.0e−08", "layer1.weight[0, 2]"):
        assert word in tip
    assert "Optimizer state" not in tip, "SGD without momentum has none"
    strip.show_frame(make_frame(6, pairs=(make_pair(max_abs=5e-8),)))
    assert "5.0e−08" in item(strip).toolTip(0)


def test_a_label_is_no_markup(strip):
    strip.set_experiment(make_spec(SGD | {"label": "<b>mine"}))
    strip.show_frame(make_frame(5, pairs=(make_pair("<b>mine"),)))
    assert "&lt;b&gt;mine" in item(strip).toolTip(1)
    assert lines(strip)[0][0] == "<b>mine"


def test_many_entries_scroll_and_are_read_by_keys(strip, qtbot):
    strip.set_experiment(make_spec(*[SGD] * 12))
    tree = strip.findChild(QTreeWidget)
    strip.resize(700, strip.sizeHint().height())
    qtbot.waitUntil(lambda: tree.verticalScrollBar().maximum() > 0)
    strip.setFocus()
    for _ in range(12):
        qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert tree.currentItem().text(0) == "SGD 12"
    assert tree.verticalScrollBar().value() == tree.verticalScrollBar().maximum()


def test_a_long_label_leaves_the_verdict_its_room(strip):
    label = "a label of sixty characters, " + "x" * 31
    strip.set_experiment(make_spec({**SGD, "label": label}))
    assert strip.findChild(QTreeWidget).columnWidth(0) < 250
    assert item(strip).data(0, Qt.ItemDataRole.AccessibleTextRole) == label


def test_colors_follow_the_entries_and_the_theme(strip):
    strip.show_frame(make_frame(5, pairs=(make_pair(),)))
    strip.set_theme(DARK)
    assert color(strip) == DARK.ok
    swatches = [item(strip, index).icon(0).pixmap(12, 12).toImage().pixelColor(6, 6).name() for index in (0, 1)]
    assert swatches == [DARK.entry_color(0), DARK.entry_color(1)]


def test_another_learning_rate_keeps_the_lines_other_entries_do_not(strip):
    strip.show_frame(make_frame(5, pairs=(make_pair(),)))
    strip.set_experiment(make_spec({"name": "SGD", "params": {"lr": 0.5}}, ADAM))
    assert "lockstep" in lines(strip)[0][1]
    strip.set_experiment(make_spec(ADAM))
    assert lines(strip) == [("Adam", "… press Run or Step to begin")]
    strip.set_experiment(None)
    assert lines(strip) == []


def test_clear_and_stale(strip):
    strip.show_frame(make_frame(5, pairs=(make_pair(),)))
    fresh = strip.grab().toImage()
    strip.set_stale(True)
    assert strip.grab().toImage() != fresh
    strip.set_stale(False)
    assert strip.grab().toImage() == fresh
    strip.clear()
    assert "begin" in lines(strip)[0][1]
    assert "lockstep" not in item(strip).toolTip(1)
