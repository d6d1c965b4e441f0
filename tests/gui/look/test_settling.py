"""A view that is come to: its old picture stays until all of it has its size, and then all of it is painted once."""

import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QVBoxLayout, QWidget

from gui.look.settling import MOST_TURNS, Settling


class Plot(QGraphicsView):
    """Note the sizes in which it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.painted: list[QSize] = []

    def paintEvent(self, event) -> None:
        self.painted.append(self.size())
        super().paintEvent(event)


@pytest.fixture
def view(qtbot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(Plot())
    made.resize(300, 200)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    plot = made.findChild(Plot)
    assert plot is not None
    qtbot.waitUntil(lambda: bool(plot.painted))
    return made


def test_a_plot_is_painted_at_its_last_size_alone(view, qtbot):
    plot = view.findChild(Plot)
    plot.painted.clear()
    settling = Settling(view)
    settling.wait(view)
    widths = iter((340, 380, 420))

    def grow() -> None:
        if (width := next(widths, None)) is not None:
            view.resize(width, 200)
            plot.repaint()

    clock = QTimer(view, interval=0)
    clock.timeout.connect(grow)
    clock.start()
    qtbot.waitUntil(lambda: bool(plot.painted))
    assert view.width() == 420
    assert {size.width() for size in plot.painted} == {plot.width()}


def test_what_never_comes_to_rest_is_painted_all_the_same(view, qtbot):
    plot = view.findChild(Plot)
    plot.painted.clear()
    turns: list[int] = []

    settling = Settling(view)

    def wobble() -> None:
        if settling.is_waiting:
            turns.append(view.width())
        view.resize(300 + len(turns) % 2, 200)

    settling.wait(view)
    clock = QTimer(view, interval=0)
    clock.timeout.connect(wobble)
    clock.start()
    qtbot.waitUntil(lambda: not settling.is_waiting)
    clock.stop()
    assert view.updatesEnabled()
    assert len(turns) <= MOST_TURNS + 1
    qtbot.waitUntil(lambda: bool(plot.painted))


def test_what_changes_while_it_is_waited_is_in_the_picture(view, qtbot):
    plot = view.findChild(Plot)
    settling = Settling(view)
    settling.wait(view)
    plot.setBackgroundBrush(plot.palette().highlight())
    qtbot.waitUntil(lambda: not settling.is_waiting)
    assert plot.grab().toImage().pixelColor(50, 50) == plot.palette().highlight().color()


def test_what_was_long_in_coming_settles_as_well(view, qtbot):
    plot = view.findChild(Plot)
    plot.painted.clear()
    turns: list[int] = []

    def is_there() -> bool:
        turns.append(view.width())
        return len(turns) > 2 * MOST_TURNS

    settling = Settling(view)
    settling.wait(view, until=is_there)
    widths = iter((340, 380, 420))

    def grow() -> None:
        if len(turns) > 2 * MOST_TURNS and (width := next(widths, None)) is not None:
            view.resize(width, 200)
            plot.repaint()

    clock = QTimer(view, interval=0)
    clock.timeout.connect(grow)
    clock.start()
    qtbot.waitUntil(lambda: bool(plot.painted))
    clock.stop()
    assert view.width() == 420
    assert {size.width() for size in plot.painted} == {plot.width()}
