"""What the program does around its window."""

import gc
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.window.app import keep_pauses_short, let_signals_in
from tests.gui.windows import Desk


def test_what_the_whole_window_is_made_of_is_not_looked_through_for_garbage(desk: Desk) -> None:
    """Measured: a tenth of a second with the window standing still, each time."""
    window = desk.start().window
    keep_pauses_short(window)
    before = gc.get_freeze_count()
    try:
        assert window.debugging is not None
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


class Signalled(QWidget):
    """A signal comes while it is painted."""

    def __init__(self, number: int):
        super().__init__()
        self._number = number
        self.stood: list[bool] = []

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self.stood:
            signal.raise_signal(self._number)
            self.stood.append(self.isVisible())


@pytest.fixture
def handlers() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_when_what_is_being_painted_is(number: int, qtbot: QtBot, handlers: None) -> None:
    window = Signalled(number)
    qtbot.addWidget(window)
    let_signals_in(window)
    window.show()
    qtbot.waitUntil(lambda: bool(window.stood))
    assert window.stood == [True]
    qtbot.waitUntil(lambda: not window.isVisible())
