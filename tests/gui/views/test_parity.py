"""The parity strip: one line a pair, in words, symbol and colour."""

import re
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget

from engine.protocol import Distance, PairParity
from gui.look.theme import DARK, LIGHT
from gui.views.parity.parity_strip import ParityStrip
from gui.views.parity.parity_words import SYMBOLS, line_of
from tests.gui.frames import (
    ADAM,
    SGD,
    make_drift,
    make_frame,
    make_instability,
    make_mismatch,
    make_not_finite,
    make_pair,
    make_spec,
)


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


def said(strip: ParityStrip, pair: PairParity, index: int = 0) -> str:
    strip.show_frame(make_frame(9, pairs=(pair,)))
    return lines(strip)[index][1]


def test_in_lockstep(strip):
    strip.show_frame(make_frame(5, pairs=(make_pair(), make_pair("Adam", 0.0))))
    assert lines(strip) == [
        ("SGD", "✓ in lockstep, max |Δ| 3.0e−08 (2 ULP)"),
        ("Adam", "✓ in lockstep, every number equal"),
    ]
    assert color(strip) == LIGHT.ok


@pytest.mark.parametrize(
    ("growth", "told"),
    [("random", "growing at random"), ("steady", "growing steadily")],
)
def test_drift_is_in_lockstep_and_told_since_when_how_far_and_how(strip, growth, told):
    pair = make_pair("Adam", 1e-4, drift=make_drift(growth=growth))
    assert said(strip, pair, 1) == f"≈ in lockstep, rounding drift up to 1.0e−04 since step 1,120, {told}"
    assert color(strip, 1) == LIGHT.ok, "it is no bug"
    assert "Rounding that adds up over the steps" in item(strip, 1).toolTip(1)


def test_what_differs_is_told_with_step_stage_tensor_index_and_both_values(strip):
    told = said(strip, make_pair("SGD", 0.25, "differs"))
    assert told == "✗ differs at step 3, stage layer1.backward, layer1.weight.grad[1, 2]: DIY 0.25, torch 0.5"
    assert color(strip) == LIGHT.error


def test_a_difference_that_no_stage_has_is_told_of_the_whole_step(strip):
    found = make_mismatch()._replace(stage="not localised")
    told = said(strip, make_pair("SGD", 0.25, "differs", mismatch=found))
    assert told.startswith("✗ differs at step 3, layer1.weight.grad[1, 2]: DIY 0.25, torch 0.5; every stage by itself")
    assert item(strip).text(2) == "Show in Debug"


def test_unstable_says_what_is_lost_and_how_much(strip):
    assert said(strip, make_pair("SGD", 0.25, "unstable")) == (
        "↯ unstable at step 3, stage layer1.activation, layer1.a[0, 1]: right in exact arithmetic, "
        "but loses digits that torch keeps; DIY's error 0.12, torch's 6.0e−08"
    )
    assert color(strip) == LIGHT.error
    assert "The formula is right" in item(strip).toolTip(1)


def test_unstable_by_an_overflow_has_no_infinite_error(strip):
    found = make_instability(diy_error=float("inf"))
    told = said(strip, make_pair("SGD", float("inf"), "unstable", unstable=found))
    assert told.endswith("but comes to NaN or infinity where torch does not; torch's error 6.0e−08")


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        (("diy",), "in DIY first"),
        (("torch",), "in torch first"),
        (("diy", "torch"), "in DIY and torch at once"),
    ],
)
def test_not_finite_says_which_step_which_tensor_and_which_side_first(strip, sides, told):
    pair = make_pair("SGD", 0.0, "not_finite", not_finite=make_not_finite(1700, sides))  # NaN is 0 from NaN
    assert said(strip, pair) == f"∞ not finite from step 1,700 on, {told}: stage layer1.forward, layer1.z[0, 1]"
    assert color(strip) == LIGHT.warning
    assert "lockstep" not in item(strip).toolTip(1)
    assert "max |Δ|" not in item(strip).toolTip(1)


@pytest.mark.parametrize("verdict", ["differs", "unstable", "not_finite"])
def test_every_verdict_but_lockstep_leads_to_debug(strip, qtbot, verdict):
    chosen: list[int] = []
    strip.finding_chosen.connect(chosen.append)
    strip.show_frame(make_frame(9, pairs=(make_pair("SGD", 0.1, verdict), make_pair("Adam", drift=make_drift()))))
    for index in (0, 1):
        click(qtbot, strip, index)
    assert chosen == [0]
    assert [item(strip, index).text(2) for index in (0, 1)] == ["Show in Debug", ""]


def test_every_kind_of_line_has_a_sign_of_its_own():
    assert len(set(SYMBOLS.values())) == len(SYMBOLS) == 7


# --- numbers that a person can use ----------------------------------------------------------------


def far(max_abs: float, relative: float, ulps: float) -> Distance:
    return Distance(max_abs, relative, ulps, "layer1.weight", (0, 2), ulps)


@pytest.mark.parametrize(
    ("apart", "told"),
    [
        (far(3e-8, 5e-7, 1e6), "max |Δ| 3.0e−08 (1,000,000 ULP)"),
        (far(3e-8, 4e11, 9.191594534784689e18), "max |Δ| 3.0e−08"),  # beside 0
        (far(6.3e29, 6e-7, 5.0), "max |Δ| 5 ULP"),
        (far(6.3e29, 0.25, 2.1e6), "max |Δ| 0.25 (relative)"),
        (far(6.3e29, float("inf"), 4e18), "apart by rounding alone"),
    ],
)
def test_a_distance_is_told_in_what_says_something_of_it(strip, apart, told):
    pair = make_pair(weight=apart, grad=None, loss=None, worst=apart.max_abs)
    assert said(strip, pair) == f"✓ in lockstep, {told}"
    tip = item(strip).toolTip(1)
    assert not re.search(r"\d\.\d+e\+1\d|[\d,]{11,}", tip.replace("6.3e+29", "")), "no quintillions of ULPs"


def test_in_float64_a_million_ulps_are_a_small_share(strip):
    strip.set_experiment(make_spec(SGD, dtype="float64"))
    pair = make_pair(weight=far(2.0, float("inf"), 1e9), grad=None, loss=None)
    assert said(strip, pair) == "✓ in lockstep, max |Δ| 2.2e−07 (relative)"


@pytest.mark.parametrize(
    ("apart", "told"),
    [
        (far(6.3e29, 0.002, 20_000.0), "20,000 ULP"),
        (far(6.3e29, 0.5, 4e6), "0.48 (relative)"),
        (far(6.3e29, float("inf"), 2.1e9), "as much as the numbers themselves"),
        (far(3e-8, 1e-7, 2.0), "3.0e−08 (2 ULP)"),  # small again
    ],
)
def test_drift_of_exploded_numbers_is_told_beside_them(strip, apart, told):
    pair = make_pair(weight=apart, grad=None, loss=None, drift=make_drift(12, 6.3e29))
    assert said(strip, pair) == f"≈ in lockstep, rounding drift since step 12, by now {told}, growing at random"


def test_the_tip_says_what_was_judged_and_what_was_screened(strip):
    assert "Not judged yet; every step is screened." in tip_of(strip, make_pair())
    assert "Last judged at step 1,024; the steps between" in tip_of(strip, make_pair(judged=1024))
    assert "judged" not in tip_of(strip, make_pair("SGD", 0.1, "differs", judged=3)), "there is nothing left to judge"


def tip_of(strip: ParityStrip, pair: PairParity) -> str:
    strip.show_frame(make_frame(9, pairs=(pair,)))
    return item(strip).toolTip(1)


# --- leading to Debug ---------------------------------------------------------------------------


@pytest.fixture
def differing(strip) -> ParityStrip:
    """SGD is in lockstep, Adam is not."""
    found = make_pair("Adam", 0.25, "differs")
    strip.show_frame(make_frame(9, pairs=(make_pair(), found)))
    return strip


def click(qtbot, strip: ParityStrip, index: int) -> None:
    tree = strip.findChild(QTreeWidget)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item(strip, index)).center())


def test_a_click_on_a_line_that_differs_leads_to_where_it_does(differing, qtbot):
    chosen: list[int] = []
    differing.finding_chosen.connect(chosen.append)
    click(qtbot, differing, 0)
    click(qtbot, differing, 1)
    assert chosen == [1]
    assert [item(differing, index).text(2) for index in (0, 1)] == ["", "Show in Debug"]
    assert item(differing, 1).foreground(2).color().name() == LIGHT.accent


def test_enter_does_what_the_click_does(differing, qtbot):
    chosen: list[int] = []
    differing.finding_chosen.connect(chosen.append)
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


def test_what_is_in_lockstep_again_leads_nowhere(differing, qtbot):
    chosen: list[int] = []
    differing.finding_chosen.connect(chosen.append)
    differing.show_frame(make_frame(2, pairs=(make_pair(), make_pair("Adam"))))
    for index in (0, 1):
        click(qtbot, differing, index)
        assert item(differing, index).text(2) == ""
    assert chosen == []


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


def test_past_the_end_of_a_plan_it_says_what_torch_would_have_done(strip, qtbot):
    """At the step that the run stands at: of a pair, and of an entry alone."""
    cycle = {"name": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 7}}
    alone = {"name": "Adam", "backends": ["diy"], "schedule": cycle}
    pair = SGD | {"params": {"momentum": 0.9}, "schedule": cycle}
    strip.set_experiment(make_spec(pair, alone, SGD | {"label": "own"}))

    def told(step: int) -> list[bool]:
        strip.show_frame(make_frame(step, pairs=(make_pair(), make_pair("own"))))
        said = "⚠ past the end of OneCycleLR's plan: in step 8 torch would have raised ValueError"
        return [said in line for _, line in lines(strip)]

    past, within = [True, True, False], [False] * 3
    assert [told(step) for step in (7, 8, 500, 7)] == [within, past, past, within]
    told(9)
    assert lines(strip)[0][1].startswith("✓ in lockstep")
    assert "the last rate is kept" in item(strip, 1).toolTip(1)
    strip.clear()
    assert not any("plan" in line for _, line in lines(strip))


@pytest.mark.parametrize(
    ("parts", "kind", "told"),
    [
        ({"judged": 6}, "lockstep", "in lockstep since step 6, after the change of code"),
        (
            {"judged": 6, "inherits": True},
            "lockstep",
            "in lockstep since step 6, after the change of code, but for the state that the code before left to it",
        ),
        ({"judged": 0}, "waiting", "its code was changed after step 5, and what runs since is not judged yet"),
        ({"verdict": "differs"}, "differs", "differs at step 3, stage layer1.backward"),
    ],
)
def test_a_verdict_after_a_change_of_code_is_of_that_alone_and_the_one_before_is_told(
    parts: dict[str, Any], kind: str, told: str
) -> None:
    line = line_of(make_pair(since=5, before=make_mismatch(2), **parts), "float32")
    assert (line.kind, line.text.startswith(told)) == (kind, True)
    assert "Before the change of code: differs at step 2, stage layer1.backward" in line.before
    assert line.before in line.tip
    assert ("Every number of every step" in line.tip) is False
