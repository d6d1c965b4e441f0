"""The longest turn of the window's thread while a person comes to its views for the first time and opens large files.

Nothing may hold the window up for 50 ms. What is measured is the thread's own time between two looks of the event loop,
so that other work of the machine does not count; it depends on the machine all the same, and has a loose bound.
"""

import gc
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QPushButton

from engine.spec.textbook_copy import copy_of
from gui.debug.source.source_view import SourceView
from gui.network.view import NetworkView
from gui.window.main_window import MainWindow
from tests.bench import Figure, bench
from tests.bench.window_speed import pump, real_window

BOUND = 50.0  # ms
STEPS = 200  # of the run that is looked at
SETTLED = 1.0  # seconds in which all that was put off comes
COLUMNS, LINES = 100, 2_000
ROWS = (2_000, 20_000, 100_000)


class Turns:
    """Note the longest turn of the event loop, by the thread's own time."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = thread_time()
        self._clock = QTimer(interval=0)
        self._clock.timeout.connect(self._look)
        self._clock.start()

    def _look(self) -> None:
        now = thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now

    def stop(self) -> float:
        self._clock.stop()
        return self.longest


def longest_turn(act: Callable[[], object], until: Callable[[], bool] = lambda: True) -> float:
    """Return the longest turn in ms from an act, which has a turn of its own, until all that comes of it is there."""
    gc.collect()
    turns, done = Turns(), list[bool]()
    QTimer.singleShot(0, lambda: done.append(bool(act()) or True))
    pump(lambda: bool(done) and until())
    end = perf_counter() + SETTLED
    pump(lambda: perf_counter() > end)
    return 1000 * turns.stop()


def figure(what: str, turn: float) -> Figure:
    return Figure(f"longest turn of {what}, in ms", turn, BOUND)


def views(window: MainWindow) -> Iterator[Figure]:
    """Yield the turns of each view that is come to, first and again."""
    tabs, menus = window.central_tabs, window.menus
    pump(lambda: bool(menus.debug.actions() and menus.export.actions()))  # both are put together after the start
    window.session.run()
    pump(lambda: window.session.step > STEPS)
    window.session.pause()
    pump(lambda: not window.session.running)

    def pictured() -> bool:
        view = window.findChild(NetworkView)
        return view is not None and view.isVisible() and view.canvas.content is not None

    def traced() -> bool:
        return window.debugging.controller.traced is not None

    yield figure("the network's first show", longest_turn(tabs.show_network, pictured))
    yield figure("back to the run", longest_turn(tabs.show_run))
    yield figure("the network again", longest_turn(tabs.show_network, pictured))
    yield figure("back to the run again", longest_turn(tabs.show_run))
    yield figure("the comparison's first show", longest_turn(tabs.show_compare))
    tabs.show_run()
    yield figure("the debugger's first show", longest_turn(tabs.show_debug, traced))
    tabs.show_run()
    window.session.run(1)
    yield figure("the debugger again, at another step", longest_turn(tabs.show_debug, traced))


def data_file(window: MainWindow, rows: int, folder: str) -> Iterator[Figure]:
    """Yield the turns of a file of numbers that is dropped and then taken."""
    file = Path(folder, f"{rows}.csv")
    with file.open("w", encoding="utf-8") as out:
        out.write(",".join(f"c{n}" for n in range(COLUMNS)) + "\n")
        np.savetxt(out, np.random.default_rng(0).normal(size=(rows, COLUMNS)), "%.4f", ",")

    def take() -> QPushButton | None:
        return window.findChild(QPushButton, "import_take")

    def asks() -> bool:
        button = take()
        return button is not None and button.isVisible() and button.isEnabled()

    def is_taken() -> bool:
        link = window.form.data_link
        return link is not None and link.path == file and window.findChild(QDialog, "importer") is None

    size = f"{rows:,} × {COLUMNS}"
    yield figure(f"a CSV of {size} dropped", longest_turn(lambda: window.documents.open(file), asks))
    button = take()
    assert button is not None
    yield figure(f"a CSV of {size} taken", longest_turn(button.click, is_taken))


def own_file(window: MainWindow, folder: str) -> Iterator[Figure]:
    """Yield the turns of a long file of a person's own that is opened."""
    helper = "def helper(a, b):\n    # what it does\n    c = a * b + 1\n    return c**2\n\n\n"
    text = copy_of("optimizer", "Adam")
    file = Path(folder, "my_adam.py")
    file.write_text(text + helper * ((LINES - text.count("\n")) // helper.count("\n")), encoding="utf-8")

    def is_shown() -> bool:
        return any(view.isVisible() and view.blockCount() > LINES // 2 for view in window.findChildren(SourceView))

    yield figure(f"a file of {LINES:,} lines", longest_turn(lambda: window.documents.open(file), is_shown))


@bench("turns")
def turns() -> Iterator[Figure]:
    with real_window() as window, tempfile.TemporaryDirectory() as folder:
        yield from views(window)
        yield from own_file(window, folder)
        for rows in ROWS:
            yield from data_file(window, rows, folder)
