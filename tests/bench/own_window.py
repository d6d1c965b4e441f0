"""What the window's thread is held up by in own code: typing in a long file, a long script's run, and many pairs.

Each is held against the same of a tenth of the size: what is drawn and looked at is no more of a large one. The
milliseconds are shown beside.
"""

import gc
import pickle
from collections.abc import Callable, Iterator
from statistics import median
from time import thread_time
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from engine.protocol import Binding, Call, CodeUse, Function, Line, OwnText, Source, Stage, Traced, Value, Verified
from engine.spec.textbook_copy import copy_of
from gui.debug.own.code_head import CodeHead
from gui.debug.own.own_source import OwnSource
from gui.debug.script.pairs import PairsPage
from gui.debug.source.source_view import SourceView
from gui.debug.step import cursor
from gui.forms.own.door import CodeDoor
from gui.session.client import message_of
from tests.bench import Figure, bench

LINES, PAIRS, EVENTS = 2_000, 500, 20_000
SHARE = 10  # how much smaller the other is
BOUND = 15.0  # a cost that grows with the size comes to 10, one that grows with its square to 100
ROUNDS = 5


def milliseconds(act: Callable[[], object]) -> float:
    """The median of the thread's own time that something takes."""
    act()
    found: list[float] = []
    for _ in range(ROUNDS):
        gc.collect()
        began = thread_time()
        act()
        found.append(1000 * (thread_time() - began))
    return median(found)


def compared(name: str, make: Callable[[int], Callable[[], object]], size: int) -> Iterator[Figure]:
    """The cost at a size beside that at a tenth of it."""
    large, small = milliseconds(make(size)), milliseconds(make(size // SHARE))
    yield Figure(name, large / small, BOUND, f"× a tenth of it; {large:.1f} ms")


def typing(lines: int) -> Callable[[], object]:
    """A key in the middle of a file that is as long, and what it takes to show it."""
    window = QWidget()
    source, head, column = SourceView(), CodeHead(), QVBoxLayout(window)
    column.addWidget(head)
    column.addWidget(source)
    door = CodeDoor(window)
    own = OwnSource(door, source, head, window)
    helper = "def helper(a, b):\n    # what it does\n    c = a * b + 1\n    return c**2\n\n\n"
    text = copy_of("optimizer", "Adam")
    text += helper * ((lines - text.count("\n")) // helper.count("\n"))
    name = door.add("my_adam.py", text)
    door.uses = [CodeUse(name, "optimizer", "Adam")]
    window.resize(900, 700)
    window.show()
    own.open(name, lines // 2)

    def press() -> QObject:
        QTextCursor(source.textCursor()).insertText("a")
        source.viewport().repaint()
        return window

    return press


def showing_pairs(count: int) -> Callable[[], object]:
    """The list of a script's pairs, filled and drawn."""
    page = PairsPage()
    page.resize(500, 700)
    page.show()
    same: dict[str, Any] = {"found_by": "name", "verdict": "rounding", "turn": 1, "said": [], "follows": None}
    pairs = [same | {"own": f"d{n}", "reference": f"t{n}.grad", "line": n + 1} for n in range(count)]
    record = {"kind": "script", "verdict": "rounding", "pairs": pairs, "error": None}
    verified = Verified(1, "finished", text=OwnText("\n" * (count + 1)), record=record)

    def show() -> None:
        page.show_pairs(verified)
        page.repaint()

    return show


def run_of(events: int) -> Traced:
    """A run in which a function of ten lines is called again and again."""
    lines = tuple(Line(n // 10, n % 10 + 2, 0, (Binding(f"v{n % 10}", n),), "") for n in range(events))
    calls = tuple(Call(0, None if n == 0 else 0, None, None, ()) for n in range(events // 10))
    values = tuple(Value("", "float64", (), n, n, n, (float(n),), None, (), None, None) for n in range(events))
    source = Source("long.py", "def f():\n" + "    v = 1\n" * 10)
    stages = (Stage("run", 0, events, None, "alone"),)
    return Traced(1, 0, 1, (source,), (Function(0, "f", 1, 11, ()),), calls, lines, values, stages)


def reading(events: int) -> Callable[[], object]:
    """A recording, as the thread that reads takes it apart."""
    pickled = pickle.dumps(run_of(events))
    return lambda: message_of(pickled)


def stepping(events: int) -> Callable[[], object]:
    """What is known at the end of a run that is as long."""
    traced = run_of(events)
    return lambda: (cursor.variables_at(traced, events), cursor.line_values(traced, events - 1))


@bench("own_window")
def own_window() -> Iterator[Figure]:
    application = QApplication.instance() or QApplication([])
    yield from compared(f"a key in a file of {LINES:,} lines", typing, LINES)
    yield from compared(f"{PAIRS} pairs shown", showing_pairs, PAIRS)
    yield from compared(f"a run of {EVENTS:,} lines read", reading, EVENTS)
    yield from compared(f"a step in a run of {EVENTS:,} lines", stepping, EVENTS)
    application.processEvents()
