"""The source view: where the step stands, what its lines made, and breakpoints by mouse and key."""

from collections.abc import Iterable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette, QTextCursor
from pytestqt.qtbot import QtBot

from engine.protocol import Traced
from engine.spec import LineBreakpoint
from engine.spec.breakable_lines import breakable_lines, nearest_breakable
from gui.debug.source.gutter import Gutter
from gui.debug.source.source_view import SourceView
from gui.debug.source.syntax import LONG, spans_of, spans_of_typed
from gui.debug.source.writing import WrittenFile
from gui.look.theme import DARK, LIGHT
from tests.gui.traces import event_at, traced_step

NETWORK, LINEAR = "network.py", "layers/linear.py"


@pytest.fixture(scope="module")
def traced() -> Traced:
    return traced_step(2, bias=True, verdicts={"layer1.backward": "differs", "layer2.backward": "not_finite"})


@pytest.fixture
def view(qtbot: QtBot) -> SourceView:
    made = SourceView()
    qtbot.addWidget(made)
    made.resize(700, 420)
    with qtbot.waitExposed(made):
        made.show()
    return made


def number(traced: Traced, text: str, file: str = NETWORK) -> int:
    return traced.lines[event_at(traced, file, text)].line


def middle_of(view: SourceView, line: int) -> QPoint:
    """A line's place in the gutter."""
    rect = dict(view._lines_on_screen())[line]
    return QPoint(8, round(rect.center().y()))


def background(view: SourceView, line: int) -> QColor:
    """Right of the code."""
    rect = dict(view._lines_on_screen())[line]
    return view.viewport().grab().toImage().pixelColor(view.viewport().width() - 2, round(rect.center().y()))


def test_it_shows_the_file_and_marks_the_line(view, traced):
    view.show_event(traced, event_at(traced, NETWORK, "z, kept = "))
    assert view.file == NETWORK
    assert "def layer_forward" in view.toPlainText()
    line = number(traced, "z, kept = ")
    assert view.current_line == view.cursor_line == line
    assert background(view, line) != background(view, line - 1)
    assert NETWORK in view.accessibleName()


def test_the_margin_has_what_this_call_made_so_far(view, traced):
    at = event_at(traced, NETWORK, "return layer.kind.backward", 1)
    view.show_event(traced, at)
    assert view.values_at(number(traced, "dL_dz = dL_da * da_dz"))[0].startswith("dL_dz 2×4 ")
    assert view.values_at(number(traced, "dL_dz = dL_da * da_dz"))[0].endswith(" ✗")
    assert view.values_at(number(traced, "da_dz = "))[0].endswith(" –"), "torch's slope is not in this trace"
    view.show_event(traced, event_at(traced, NETWORK, "dL_dz = dL_da * da_dz", 1))
    assert view.values_at(number(traced, "return layer.kind.backward")) == [], "not run yet"
    assert view.values_at(number(traced, "z, kept = ")) == [], "of another call"


def test_the_line_at_hand_says_what_it_is_going_to_make(view, traced):
    at = event_at(traced, LINEAR, "dL_dW = dL_dz.mT @ x", 1)
    view.show_event(traced, at)
    assert view.values_at(view.current_line)[0].startswith("dL_dW 4×4 ")
    view.show_event(traced, at, is_caller=True)
    assert view.values_at(view.current_line) == [], "a line that waits for its call has made nothing"


def test_a_returned_value_is_an_arrow(view, traced):
    view.show_event(traced, event_at(traced, "activations/sigmoid.py", "return a * (1 - a)"))
    assert view.values_at(view.current_line)[0].startswith("→ 2×4 ")


def test_with_less_room_the_margin_says_less_and_keeps_the_mark(view, traced):
    view.show_event(traced, event_at(traced, NETWORK, "return layer.kind.backward", 1))
    texts = view.values_at(number(traced, "dL_dz = dL_da * da_dz"))
    assert [len(text) for text in texts] == sorted((len(text) for text in texts), reverse=True)
    assert texts[-1] == "✗"
    several = view.values_at(number(traced, "kept, z, a = cache"))
    assert several[-2:] == ["kept, z, a ✗", "✗"]


def test_the_mark_is_drawn_in_the_verdicts_colour(view, traced):
    def colors(event: int) -> set[str]:
        view.show_event(traced, event)
        image = view.viewport().grab().toImage()
        rect = dict(view._lines_on_screen())[number(traced, "dL_dz = dL_da * da_dz")]
        xs, ys = range(250, image.width()), range(round(rect.top()), round(rect.bottom()))
        return {image.pixelColor(x, y).name() for x in xs for y in ys}

    assert LIGHT.warning in colors(event_at(traced, NETWORK, "return layer.kind.backward", 0))
    assert LIGHT.error in colors(event_at(traced, NETWORK, "return layer.kind.backward", 1))
    view.set_theme(DARK)
    palette = view.palette()
    palette.setColor(QPalette.ColorRole.Base, DARK.base)
    view.setPalette(palette)
    assert DARK.error in colors(event_at(traced, NETWORK, "return layer.kind.backward", 1))


def test_the_line_stays_in_view_from_function_to_function(view, traced):
    view.resize(500, 160)
    for event in range(len(traced.lines)):
        view.show_event(traced, event)
        lines = dict(view._lines_on_screen())
        assert lines[view.current_line].bottom() <= view.viewport().height() + 1, view.file


def test_within_a_function_the_text_does_not_jump(view, traced):
    view.show_event(traced, event_at(traced, NETWORK, "z, kept = "))
    before = view.verticalScrollBar().value()
    view.show_event(traced, event_at(traced, NETWORK, "a = layer.activation.f(z)"))
    assert view.verticalScrollBar().value() == before


def test_other_functions_are_dimmed(view, traced):
    def darkest(line: int) -> int:
        image = view.viewport().grab().toImage()
        rect = dict(view._lines_on_screen())[line]
        return min(
            image.pixelColor(x, y).lightness() for x in range(200) for y in range(int(rect.top()), int(rect.bottom()))
        )

    forward = number(traced, "caches: list[Cache] = []")
    view.show_event(traced, event_at(traced, NETWORK, "caches: list[Cache] = []"))
    lit = darkest(forward)
    view.show_event(traced, event_at(traced, NETWORK, "z, kept = "))
    assert darkest(forward) > lit + 30


# --- breakpoints -----------------------------------------------------------------------------


def test_a_click_in_the_gutter_asks_for_a_breakpoint(view, traced, qtbot):
    view.show_event(traced, event_at(traced, NETWORK, "z, kept = "))
    line = number(traced, "a = layer.activation.f(z)")
    gutter = view.findChild(Gutter)
    with qtbot.waitSignal(view.breakpoint_toggled) as toggled:
        qtbot.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=middle_of(view, line))
    assert toggled.args == [NETWORK, line]


def test_breakpoints_are_filled_or_hollow_dots(view, traced):
    view.show_event(traced, event_at(traced, NETWORK, "z, kept = "))
    line = number(traced, "a = layer.activation.f(z)")
    gutter = view.findChild(Gutter)

    def dot() -> list[str]:
        at = middle_of(view, line)
        image = gutter.grab().toImage()
        return [image.pixelColor(10 + off, at.y()).name() for off in (0, 5)]

    assert LIGHT.error not in dot()
    view.set_breakpoints([LineBreakpoint(file=NETWORK, line=line)])
    assert dot()[0] == LIGHT.error
    view.set_breakpoints([LineBreakpoint(file=NETWORK, line=line, enabled=False)])
    middle, edge = dot()
    assert middle == LIGHT.alternate
    assert edge != LIGHT.alternate
    view.set_breakpoints([LineBreakpoint(file="losses/mse.py", line=line)])
    assert LIGHT.error not in dot(), "of another file"


def test_between_statements_a_breakpoint_falls_on_the_next(view, traced, qtbot):
    view.show_event(traced, event_at(traced, NETWORK, "z, kept = "))
    first = number(traced, "z, kept = ")
    said: list[str] = []
    view.said.connect(said.append)
    with qtbot.waitSignal(view.breakpoint_toggled) as toggled:
        view.toggle_breakpoint(first - 1)  # its docstring
    assert toggled.args == [NETWORK, first]
    assert said == [f"Line {first - 1} never runs: the breakpoint is at line {first}."]
    view.set_breakpoints([LineBreakpoint(file=NETWORK, line=first)])
    with qtbot.assertNotEmitted(view.breakpoint_toggled):  # that one is not meant
        view.toggle_breakpoint(first - 1)
    with qtbot.assertNotEmitted(view.breakpoint_toggled):
        view.toggle_breakpoint(view.blockCount())
    assert said[-1] == f"Line {view.blockCount()} never runs, nor does any below it."


def test_one_where_nothing_runs_any_more_can_still_be_taken_away(view, traced, qtbot):
    view.show_event(traced, 0)
    view.set_breakpoints([LineBreakpoint(file=view.file, line=1)])
    with qtbot.waitSignal(view.breakpoint_toggled) as toggled:
        view.toggle_breakpoint(1)
    assert toggled.args == [view.file, 1]


def test_statements_of_functions_can_be_stopped_at():
    text = 'X = 1\n\n\ndef f(a):\n    """Doc."""\n    if a:\n        return (\n            1\n        )\n    return 2\n'
    assert breakable_lines(text) == (6, 7, 10)
    assert [nearest_breakable(text, line) for line in (1, 6, 8, 11)] == [6, 6, 10, None]
    assert breakable_lines("def (") == ()


# --- keys and tips ---------------------------------------------------------------------------


def test_the_arrows_move_the_text_cursor_and_enter_runs_there(view, traced, qtbot):
    view.show_event(traced, event_at(traced, NETWORK, "z, kept = "))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    line = number(traced, "z, kept = ")
    assert (view.cursor_line, view.current_line) == (line + 2, line)
    with qtbot.waitSignal(view.run_to) as wanted:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wanted.args == [NETWORK, line + 2]


def test_typing_changes_nothing(view, traced, qtbot):
    view.show_event(traced, 0)
    before = view.toPlainText()
    qtbot.keyClicks(view, "abc")
    assert view.toPlainText() == before


def test_a_tip_over_the_margin_has_the_values_in_full(view, traced):
    view.show_event(traced, event_at(traced, NETWORK, "return layer.kind.backward", 1))
    line = number(traced, "dL_dz = dL_da * da_dz")
    at = QPoint(view.viewport().width() - 20, middle_of(view, line).y())
    tip = view.tip_at(at)
    for part in ("dL_dz", "float64", "2×4", "mean", "DIY", "torch", "layer1.dL_dz", "differs", "max |Δ| 0.1"):
        assert part in tip
    assert view.tip_at(QPoint(at.x(), middle_of(view, line + 4).y())) == "", "an empty line makes nothing"


def test_a_tip_over_a_name_has_its_value(view, traced):
    view.show_event(traced, event_at(traced, NETWORK, "return layer.kind.backward", 1))
    line = number(traced, "dL_dz = dL_da * da_dz")
    left = view.contentOffset().x() + view.document().documentMargin()
    column = view.toPlainText().splitlines()[line - 1].index("dL_da")
    at = QPoint(round(left + view.fontMetrics().horizontalAdvance("x" * (column + 2))), middle_of(view, line).y())
    assert "<b>dL_da</b>" in view.tip_at(at)
    assert view.tip_at(QPoint(at.x(), middle_of(view, view.cursor_line + 12).y())) == "", "of another function"


def test_python_is_coloured_over_several_lines():
    spans = spans_of('def f(x):  # why\n    """Two\n    lines."""\n    return 1.5\n')
    assert [span.kind for span in spans[1]] == ["keyword", "defined", "comment"]
    assert [span.kind for line in (2, 3) for span in spans[line]] == ["string", "string"]
    assert [span.kind for span in spans[4]] == ["keyword", "number"]
    assert spans_of('x = """no end')[1] == []


def test_a_long_text_is_coloured_to_its_end(qtbot):
    """In slices: what is told of its last line, and of a string over several, is what is told of a short one."""
    view = SourceView()
    qtbot.addWidget(view)
    text = "def f(x):\n" + "    x = x + 1\n" * (2 * LONG) + '    """Two\n    lines."""\n    return 1.5'
    view.show_text("long.py", text)
    document = view.document()

    def colored(number):
        ranges = document.findBlockByNumber(number).layout().formats()
        return [(part.start, part.length) for part in ranges]

    last = document.blockCount() - 1
    qtbot.waitUntil(lambda: bool(colored(last)))
    spans = spans_of(text)
    for number in (0, LONG, last - 2, last - 1, last):
        assert colored(number) == [(span.start, span.length) for span in spans.get(number + 1, ())]


def characters(parts: Iterable[Any]) -> set[int]:
    """Which of a line: Qt makes one of neighbours that look alike."""
    return {at for part in parts for at in range(part.start, part.start + part.length)}


def test_a_long_file_that_is_written_is_coloured_to_its_end_and_again_when_it_is_changed(qtbot):
    """As a short one is: below what is no Python, too; and a string that is left open takes the colours below it."""
    body = "def f(x):\n    return x + 1  # why\n\n\n"
    text = body + "x = 08 +\n" + body * (LONG // 3)
    view = SourceView()
    qtbot.addWidget(view)
    file = WrittenFile("mine.py", text, view.font(), LIGHT, view)
    view.write(file)
    document = file.document

    def is_coloured() -> bool:
        spans = spans_of_typed(file.text)
        blocks = map(document.findBlockByNumber, range(document.blockCount()))
        return all(
            characters(block.layout().formats()) == characters(spans.get(number, ()))
            for number, block in enumerate(blocks, 1)
        )

    assert document.firstBlock().layout().formats(), "what is seen has its colours at once"
    qtbot.waitUntil(is_coloured)
    told = []
    file.typed.connect(told.append)
    QTextCursor(document).insertText('"""\n')
    qtbot.waitUntil(is_coloured)
    file.take(text)
    qtbot.waitUntil(is_coloured)
    assert told == ['"""\n' + text], "colours are no typing"


def test_nothing_is_left_of_a_step_that_is_gone(view, traced):
    view.set_breakpoints([LineBreakpoint(file=NETWORK, line=40)])
    view.show_event(traced, event_at(traced, NETWORK, "a = layer.activation.f(z)"))
    view.show_event(None, 0)
    assert view.current_line is None
    assert view.values_at(number(traced, "z, kept = ")) == []
    assert view.tip_at(QPoint(100, 100)) == ""


def test_a_lower_window_still_shows_where_the_step_stands(view, traced, qtbot):
    view.show_event(traced, event_at(traced, LINEAR, "dL_db = "))
    view.resize(700, 150)
    qtbot.waitUntil(lambda: view.height() == 150)
    shown = [line for line, rect in view._lines_on_screen() if rect.bottom() <= view.viewport().height()]
    assert view.current_line in shown
