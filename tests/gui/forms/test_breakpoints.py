"""The page of breakpoints: listed in words, built by keys and clicks, checked with the experiment."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from engine.protocol import Source
from engine.spec import ExperimentError, Fault, check, load, textbook_lines
from gui.forms.breakpoints.entry import renames
from gui.forms.breakpoints.page import BreakpointsPage
from gui.forms.breakpoints.words import summary
from gui.forms.experiment_form import ExperimentForm
from gui.look.theme import DARK, LIGHT
from tests.gui.faults import faulty_fields
from tests.gui.windows import Desk, Key, Modifier, save_experiment

LEFT = Qt.MouseButton.LeftButton
LONG = "A label as long as labels may be, and that is sixty letters."
LINE = {
    **{"kind": "line", "file": "optimizers/adam.py", "line": 58},
    "text": textbook_lines("optimizers/adam.py")[57].strip(),
}
STAGE = {"kind": "stage", "stage": "update", "layer": 1}
LOSS = {"kind": "condition", "quantity": "loss", "lane": "SGD/diy", "op": ">", "value": 0.5, "hits": 5}
PARITY = {"kind": "condition", "quantity": "parity_ulp", "lane": LONG, "op": "rises", "value": 10}
NOT_FINITE = {"kind": "condition", "quantity": "grad_norm", "op": "not_finite", "enabled": False}
ALL = [LINE, STAGE, LOSS, PARITY, NOT_FINITE, {"kind": "stage", "stage": "loss"}]
EXPERIMENT: dict[str, Any] = {
    "schema": 1,
    "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
    "network": {"layers": [{"units": 2}, {"units": 4}]},
    "optimizers": [{"name": "SGD"}, {"name": "Adam", "label": LONG}, {"name": "AdamW", "backends": ["torch"]}],
}


class Seat:
    """A form with its page of breakpoints on screen, and a person at it."""

    def __init__(self, qtbot: QtBot):
        self.qtbot = qtbot
        self.form = ExperimentForm()
        self.page: BreakpointsPage = self.form.breakpoints
        qtbot.addWidget(self.form)
        qtbot.addWidget(self.page)
        self.page.setParent(None)
        self.page.resize(380, 500)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.edits = 0
        self.form.edited.connect(self._count)

    def _count(self) -> None:
        self.edits += 1

    def open(self, *breakpoints: dict[str, Any], **changes: Any) -> None:
        self.form.set_raw(EXPERIMENT | changes | {"breakpoints": list(breakpoints)})

    def find(self, name: str) -> Any:
        widget = self.page.findChild(QWidget, name)
        assert widget is not None, name
        return widget

    @property
    def tree(self) -> QTreeWidget:
        return self.find("breakpoints_list")

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key)

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), LEFT)

    def choose(self, index: int) -> None:
        """By keys, as a screen reader's user does."""
        self.tree.setFocus()
        self.press(Key.Key_Home)
        for _ in range(index):
            self.press(Key.Key_Down)

    def pick(self, name: str, title: str) -> None:
        combo: QComboBox = self.find(name)
        assert combo.isVisible()
        combo.setFocus()
        self.press(Key.Key_Home)
        for _ in range(combo.findText(title)):
            self.press(Key.Key_Down)
        assert combo.currentText() == title

    def type_into(self, name: str, text: str) -> None:
        field = self.find(name)
        assert field.isVisible()
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)

    def rows(self, column: int = 1) -> list[str]:
        items = [self.tree.topLevelItem(index) for index in range(self.tree.topLevelItemCount())]
        return [item.text(column) for item in items if item is not None]

    def checked(self) -> list[bool]:
        items = [self.tree.topLevelItem(index) for index in range(self.tree.topLevelItemCount())]
        return [item.checkState(0) == Qt.CheckState.Checked for item in items if item is not None]

    def check_form(self) -> None:
        """As the window does after an edit."""
        try:
            check(self.form.raw())
            self.form.show_faults([])
        except ExperimentError as error:
            self.form.show_faults(error.faults)

    def marked(self) -> list[str]:
        return faulty_fields(self.page)

    def shown_fields(self) -> list[str]:
        names = ("kind", "file", "line", "stage", "layer", "quantity", "lane", "op", "value", "hits")
        return [name for name in names if self.find(f"breakpoint_{name}").isVisible()]


@pytest.fixture
def seat(qtbot: QtBot) -> Seat:
    return Seat(qtbot)


def test_breakpoints_come_out_of_the_form_as_they_went_in(seat: Seat) -> None:
    seat.open(*ALL)
    assert check(seat.form.raw()) == check(EXPERIMENT | {"breakpoints": ALL})
    for index in range(len(ALL)):
        seat.choose(index)
    assert check(seat.form.raw()) == check(EXPERIMENT | {"breakpoints": ALL})
    seat.open()
    assert seat.form.raw()["breakpoints"] == []
    assert seat.edits == 0, "edited is for the person's changes"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (LINE, f"Line 58 of optimizers/adam.py: {textbook_lines('optimizers/adam.py')[57].strip()}"),
        ({"kind": "line", "file": "optimizers/adam.py", "line": 9999}, "Line 9999 of optimizers/adam.py"),
        ({"kind": "line"}, "Line … of …"),
        (STAGE, "Before the update of layer 1"),
        (STAGE | {"layer": None, "stage": "backward"}, "Before the backward pass of any layer"),
        ({"kind": "stage", "stage": "loss"}, "Before the loss"),
        (LOSS, "Loss of SGD · DIY > 0.5"),
        (LOSS | {"lane": None, "op": "<", "value": 1e-9}, "Loss of any lane < 1e−09"),
        (LOSS | {"value": "0.5x"}, "Loss of SGD · DIY > 0.5x"),
        (LOSS | {"value": None}, "Loss of SGD · DIY > …"),
        (NOT_FINITE, "Gradient norm of any lane becomes NaN or infinite"),
        (PARITY | {"lane": "SGD"}, "Parity in ULPs of SGD rises by more than a factor of 10"),
        (PARITY | {"lane": None, "quantity": "parity_abs"}, "Parity of any pair rises by more than a factor of 10"),
        (LOSS | {"op": "{x}", "quantity": "{y}", "lane": "{z}/diy"}, "{y} of {z} · DIY {x}"),
    ],
)
def test_each_is_told_in_words(qapp, raw: dict[str, Any], words: str) -> None:
    assert summary(raw) == words


def test_a_stage_is_added_by_keys_alone(seat: Seat) -> None:
    seat.open()
    seat.find("breakpoints_add_stage").setFocus()
    seat.press(Key.Key_Space)
    assert QApplication.focusWidget() is seat.find("breakpoint_stage")
    assert seat.rows() == ["Before the update of any layer"]
    seat.pick("breakpoint_stage", "Activation")
    seat.pick("breakpoint_layer", "Layer 2")
    seat.type_into("breakpoint_hits", "3")
    seat.press(Key.Key_Return)
    (made,) = check(seat.form.raw()).breakpoints
    assert made.model_dump() == {"kind": "stage", "stage": "activation", "layer": 2, "hits": 3, "enabled": True}
    assert seat.rows() == ["Before the activation of layer 2"]
    assert seat.rows(2) == ["from 3"]


def test_a_condition_is_added_with_the_mouse_and_is_valid_from_the_first_moment(seat: Seat) -> None:
    seat.open()
    seat.click("breakpoints_add_condition")
    (made,) = check(seat.form.raw()).breakpoints
    assert made.kind == "condition"
    seat.pick("breakpoint_quantity", "Parity in ULPs")
    lanes: QComboBox = seat.find("breakpoint_lane")
    assert [lanes.itemText(index) for index in range(lanes.count())] == ["Any pair", "SGD", LONG]
    seat.pick("breakpoint_lane", LONG)
    seat.pick("breakpoint_op", "is more than")
    seat.type_into("breakpoint_value", "4")
    assert seat.form.raw()["breakpoints"] == [
        {**PARITY, "op": ">", "value": 4, "enabled": True, "hits": 1},
    ]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (LINE, ["file", "line"]),
        (STAGE, ["stage", "layer"]),
        (ALL[5], ["stage"]),
        (LOSS, ["quantity", "lane", "op", "value"]),
        (NOT_FINITE, ["quantity", "lane", "op"]),
    ],
)
def test_only_fields_of_use_are_shown(seat: Seat, given: dict[str, Any], fields: list[str]) -> None:
    seat.open(given)
    assert seat.shown_fields() == ["kind", *fields, "hits"]


def test_a_number_counts_when_it_is_typed_to_its_end(seat: Seat) -> None:
    seat.open(LOSS)
    seat.type_into("breakpoint_value", "0.25")
    assert seat.form.raw()["breakpoints"][0]["value"] == 0.25
    assert seat.edits == 0, "0 of 0.25 would stop the run"
    seat.press(Key.Key_Return)
    assert seat.edits == 1
    seat.type_into("breakpoint_value", "7")
    seat.tree.setFocus()
    assert seat.edits == 2
    seat.type_into("breakpoint_hits", "8")
    seat.page.settle()
    assert seat.edits == 3
    seat.type_into("breakpoint_value", "9")
    seat.qtbot.waitUntil(lambda: seat.edits == 4)


def test_what_another_choice_has_no_use_for_is_there_on_return(seat: Seat) -> None:
    seat.open(LOSS)
    seat.pick("breakpoint_op", "becomes NaN or infinite")
    assert check(seat.form.raw()).breakpoints[0].model_dump()["value"] is None
    seat.pick("breakpoint_op", "rises by more than a factor of")
    seat.type_into("breakpoint_value", "3e")
    seat.pick("breakpoint_quantity", "Parity")
    assert seat.form.raw()["breakpoints"][0]["lane"] is None
    seat.pick("breakpoint_kind", "A stage")
    assert check(seat.form.raw()).breakpoints[0].kind == "stage"
    seat.pick("breakpoint_kind", "A condition")
    assert seat.find("breakpoint_value").text() == "3e"
    seat.pick("breakpoint_quantity", "Loss")
    seat.pick("breakpoint_op", "is more than")
    assert seat.form.raw()["breakpoints"] == [LOSS | {"enabled": True}]


def test_half_typed_values_survive_a_save_and_their_return(seat: Seat) -> None:
    seat.open(LOSS, LINE)
    seat.type_into("breakpoint_value", "0.5x")
    seat.type_into("breakpoint_hits", "")
    seat.press(Key.Key_Delete)
    seat.choose(1)
    seat.type_into("breakpoint_line", "5e")
    typed = seat.form.raw()
    assert [typed["breakpoints"][0][name] for name in ("value", "hits")] == ["0.5x", ""]
    assert typed["breakpoints"][1]["line"] == "5e"
    seat.open()
    seat.form.set_raw(typed)
    assert seat.form.raw() == typed
    assert seat.find("breakpoint_value").text() == "0.5x"


def test_the_lists_own_keys(seat: Seat) -> None:
    seat.open(*ALL)
    wanted: list[tuple[str, int]] = []
    seat.page.place_wanted.connect(lambda file, line: wanted.append((file, line)))
    seat.choose(0)
    seat.press(Key.Key_Return)
    assert wanted == [("optimizers/adam.py", 58)]
    seat.press(Key.Key_Space)
    assert seat.checked() == [False, True, True, True, False, True]
    assert seat.page.lines() == {("optimizers/adam.py", 58): False}
    seat.press(Key.Key_Space)
    assert check(seat.form.raw()).breakpoints[0].enabled
    seat.choose(2)
    seat.press(Key.Key_Delete)
    assert len(seat.rows()) == 5
    assert QApplication.focusWidget() is seat.tree
    assert seat.tree.currentItem().text(1).startswith("Parity")
    assert seat.find("breakpoint_quantity").currentText() == "Parity in ULPs"
    seat.press(Key.Key_Return)  # it has no line to go to
    assert QApplication.focusWidget() is seat.find("breakpoint_quantity")
    assert wanted == [("optimizers/adam.py", 58)]
    assert seat.edits == 3
    seat.tree.setFocus()
    for _ in range(9):
        seat.press(Key.Key_Delete)
    assert seat.form.raw()["breakpoints"] == []
    assert seat.shown_fields() == []


def test_a_click_ticks_and_a_double_click_goes_there(seat: Seat) -> None:
    seat.open(STAGE, LINE)
    view = seat.tree
    item = view.topLevelItem(1)
    cell = view.visualRect(view.indexFromItem(item, 0))
    seat.qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(cell.left() + 10, cell.center().y()))
    assert seat.checked() == [True, False]
    assert seat.edits == 1
    words = view.visualRect(view.indexFromItem(item, 1)).center()
    with seat.qtbot.waitSignal(seat.page.place_wanted) as wanted:
        seat.qtbot.mouseClick(view.viewport(), LEFT, pos=words)
        seat.qtbot.mouseDClick(view.viewport(), LEFT, pos=words)
    assert wanted.args == ["optimizers/adam.py", 58]


def test_a_line_is_toggled_from_the_gutter(seat: Seat) -> None:
    seat.open(STAGE)
    seat.tree.setFocus()
    seat.page.toggle_line("network.py", 12)
    text = textbook_lines("network.py")[11].strip()
    place = {"file": "network.py", "line": 12, "text": text}
    assert seat.page.breakpoints()[1] == {"kind": "line", **place, "enabled": True, "hits": 1}
    assert seat.tree.currentItem().text(1).startswith("Line 12 of network.py")
    assert QApplication.focusWidget() is seat.tree
    assert seat.page.lines() == {("network.py", 12): True}
    assert seat.edits == 1
    seat.page.toggle_line("network.py", 12)
    assert [found["kind"] for found in seat.page.breakpoints()] == ["stage"]
    assert seat.page.lines() == {}
    assert seat.edits == 2


def test_all_are_disabled_and_enabled_again(seat: Seat) -> None:
    seat.open()
    assert not seat.find("breakpoints_switch_all").isEnabled()
    seat.open(*ALL)
    seat.click("breakpoints_switch_all")
    assert not any(seat.checked())
    assert not any(found.enabled for found in check(seat.form.raw()).breakpoints)
    assert seat.find("breakpoints_switch_all").text() == "Enable all"
    seat.click("breakpoints_switch_all")
    assert all(seat.checked())
    assert seat.edits == 2


def test_hits_are_shown_until_the_breakpoints_change(seat: Seat) -> None:
    seat.open(STAGE, LOSS)
    assert seat.rows(2) == ["", "from 5"]
    seat.page.show_hits((1234, 3))
    assert seat.rows(2) == ["1,234", "3 of 5"]
    seat.page.show_hits((1235,))
    assert seat.rows(2) == ["1,235", "from 5"]
    seat.choose(0)
    seat.press(Key.Key_Space)
    assert seat.rows(2) == ["", "from 5"]


def test_the_breakpoint_at_which_the_run_stands_is_shown(seat: Seat) -> None:
    seat.open(STAGE, LOSS)
    seat.page.show_stop(1)
    assert seat.rows()[1] == "▶ Loss of SGD · DIY > 0.5"
    assert seat.tree.indexOfTopLevelItem(seat.tree.currentItem()) == 1
    seat.page.show_stop(None)
    assert seat.rows()[1] == "Loss of SGD · DIY > 0.5"


def test_where_many_are_only_those_that_look_different_are_shown_anew(seat: Seat) -> None:
    """Every line that is told anew has the list measure others: with a thousand, that took twenty seconds."""
    seat.open(*ALL)
    told: list[int] = []
    seat.tree.model().dataChanged.connect(lambda first, last, _: told.extend(range(first.row(), last.row() + 1)))
    seat.page.show_stop(1)
    assert set(told) == {1}
    told.clear()
    seat.page.show_stop(4)
    assert set(told) == {1, 4}
    told.clear()
    seat.page.show_stop(4)
    assert told == []


def test_faults_are_told_in_the_list_the_message_and_at_their_fields(seat: Seat) -> None:
    seat.open(STAGE, LOSS | {"value": "0.5x", "hits": 0}, STAGE | {"layer": 7})
    seat.check_form()
    assert seat.marked() == []
    assert [row.startswith("⚠") for row in seat.rows()] == [False, True, True]
    message = seat.find("breakpoints_message").text()
    assert 'Entry 2, value must be a number, not "0.5x"' in message
    assert "Entry 3, layer must be ≥ 1 and ≤ 2, not 7" in message
    seat.choose(1)
    assert seat.marked() == ["breakpoint_hits", "breakpoint_value"]
    assert "must be a number" in seat.find("breakpoint_value").toolTip()
    seat.choose(2)
    assert seat.marked() == ["breakpoint_layer"]
    assert seat.find("breakpoint_layer").currentText() == "Layer 7"
    seat.pick("breakpoint_layer", "Layer 1")
    seat.choose(1)
    seat.type_into("breakpoint_value", "0.5")
    seat.type_into("breakpoint_hits", "1")
    seat.check_form()
    assert seat.marked() == []
    assert not seat.find("breakpoints_message").isVisible()
    assert not any(row.startswith("⚠") for row in seat.rows())


def test_a_fault_is_revealed_wherever_the_page_is(seat: Seat) -> None:
    seat.open(STAGE, LOSS | {"value": None})
    with seat.qtbot.waitSignal(seat.page.reveal_wanted):
        seat.form.reveal(Fault(("breakpoints", 1, "value"), "missing"))
    assert QApplication.focusWidget() is seat.find("breakpoint_value")
    for path in (("breakpoints",), ("breakpoints", 99, "value"), ("breakpoints", 0, "colour")):
        seat.form.reveal(Fault(path, "missing"))
        seat.form.show_faults([Fault(path, "missing")])
        assert seat.marked() == []
        assert "is missing" in seat.find("breakpoints_message").text()


def test_an_unknown_lane_is_shown_and_refused_until_another_is_chosen(seat: Seat) -> None:
    seat.open(LOSS | {"lane": "RMSprop/diy"})
    seat.check_form()
    assert seat.marked() == ["breakpoint_lane"]
    assert seat.find("breakpoint_lane").currentText() == "RMSprop · DIY"
    seat.pick("breakpoint_lane", "AdamW · torch")
    seat.check_form()
    assert seat.marked() == []
    assert seat.form.raw()["breakpoints"][0]["lane"] == "AdamW/torch"


def test_breakpoints_follow_an_optimizer_to_its_new_label(seat: Seat) -> None:
    seat.open(LOSS, LOSS | {"quantity": "parity_abs", "lane": "SGD"}, PARITY)
    label: QLineEdit = seat.form.findChild(QLineEdit, "optimizer1_label")
    seat.qtbot.keyClicks(label, "AdamW")  # for a moment the name of another
    assert check(seat.form.raw()).breakpoints[0].model_dump()["lane"] == "AdamW/diy"
    seat.qtbot.keyClicks(label, "/slow")
    seat.qtbot.keyClick(label, Key.Key_Home)
    for _ in range(6):
        seat.qtbot.keyClick(label, Key.Key_Delete)
    lanes = [found.model_dump()["lane"] for found in check(seat.form.raw()).breakpoints]
    assert lanes == ["slow/diy", "slow", LONG]
    assert seat.rows()[0] == "Loss of slow · DIY > 0.5"
    assert seat.find("breakpoint_lane").currentText() == "slow · DIY"


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (("a", "b"), ("a", "c"), {"b": "c"}),
        (("SGD", "AdamW"), ("AdamW", "AdamW 2"), {"SGD": "AdamW", "AdamW": "AdamW 2"}),
        (("a", "b"), ("b", "b"), None),
        (("a", "b"), ("b", "a"), {}),
        (("a", "b"), ("a",), {}),
        (("a",), ("a", "b"), {}),
    ],
)
def test_a_rename_is_told_from_a_move(before: tuple[str, ...], after: tuple[str, ...], names: dict | None) -> None:
    assert renames(before, after) == names


def test_what_the_network_no_longer_has_is_not_offered(seat: Seat) -> None:
    seat.open(STAGE)
    layers: QComboBox = seat.find("breakpoint_layer")
    assert layers.count() == 3
    seat.qtbot.mouseClick(seat.form.findChild(QPushButton, "network_add_layer"), LEFT)
    assert [layers.itemText(index) for index in range(layers.count())] == ["Any layer", "Layer 1", "Layer 2", "Layer 3"]
    seat.open(STAGE, network={"layers": [{"units": 4}]})
    assert layers.count() == 2


STRANGE: list[Any] = [
    5,
    {"a": 1},
    [None, 5, "x", [], {}],
    [{"kind": ["line"], "line": {}, "hits": None, "enabled": 3}],
    [{"kind": "condition", "quantity": [], "lane": 7, "op": {}, "value": [1], "hits": 2**70}],
    [{"kind": "stage", "stage": 3, "layer": "x" * 10_000}],
]


@pytest.mark.parametrize("given", STRANGE, ids=[str(case)[:40] for case in STRANGE])
def test_a_strange_draft_is_shown_as_far_as_it_goes(seat: Seat, given: Any) -> None:
    seat.form.set_raw(EXPERIMENT | {"breakpoints": given})
    for index in range(len(seat.rows())):
        seat.choose(index)
    seat.check_form()
    typed = seat.form.raw()
    seat.form.set_raw(typed)
    assert seat.form.raw() == typed


@pytest.mark.parametrize(("theme", "width"), [(LIGHT, 320), (DARK, 380), (DARK, 900)])
def test_the_page_never_scrolls_sideways(seat: Seat, theme: Any, width: int) -> None:
    seat.open(PARITY | {"lane": "x" * 70}, LINE | {"file": "y" * 200})
    seat.check_form()
    seat.form.set_theme(theme)
    seat.page.resize(width, 260)
    QApplication.processEvents()
    for index in (0, 1):
        seat.choose(index)
        QApplication.processEvents()
        scroll: QScrollArea = seat.find("breakpoints_scroll")
        assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()


def test_everything_is_named_and_reached_by_tab_in_the_order_on_screen(seat: Seat) -> None:
    seat.open(*ALL)
    seat.choose(2)
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) not in seen:
        seen.append(focus)
        seat.press(Key.Key_Tab)
    assert [widget.objectName().removeprefix("breakpoints_").removeprefix("breakpoint_") for widget in seen] == [
        *("list", "add_stage", "add_condition", "switch_all", "remove"),
        *("kind", "quantity", "lane", "op", "value", "hits"),
    ]
    assert all(widget.accessibleName() and widget.toolTip() for widget in seen)
    spoken = seat.tree.currentItem().data(1, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "3, Loss of SGD · DIY > 0.5, on"


def test_breakpoints_are_saved_with_the_experiment_and_return_on_the_next_start(desk: Desk, tmp_path: Path) -> None:
    given = [{"kind": "stage", "stage": "update", "layer": 1, "enabled": False}]
    file = save_experiment(tmp_path / "mine.json", breakpoints=given)
    first = desk.start(file=file)
    page = first.window.form.breakpoints
    assert [(one["stage"], one["enabled"]) for one in page.breakpoints()] == [("update", False)]
    page.toggle_line("step.py", 3)
    first.wait(first.window.isWindowModified)
    first.press(Key.Key_S, Modifier.ControlModifier)
    assert [found.kind for found in load(file.read_bytes()).breakpoints] == ["stage", "line"]
    page.toggle_line("step.py", 4)
    first.window.close()
    second = desk.start()
    assert second.window.form.breakpoints.lines() == {("step.py", 3): True, ("step.py", 4): True}
    assert second.window.isWindowModified()
    assert not second.find(QLabel, "breakpoints_message").isVisible()


def test_a_line_is_told_as_the_engine_has_loaded_it(seat: Seat) -> None:
    seat.open(LINE)
    own = seat.rows()
    try:
        seat.page.set_textbook([Source("optimizers/adam.py", "\n" * 57 + "    m = another(line)\n")])
        assert seat.rows() == ["Line 58 of optimizers/adam.py: m = another(line)"]
    finally:
        seat.page.set_textbook([])
    assert seat.rows() == own
