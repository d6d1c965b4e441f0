"""The middle of the window: what coming back from the debugger leaves as it was."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gui.window.central_tabs import CentralTabs


@pytest.fixture
def window(qtbot) -> Iterator[QMainWindow]:
    """A plot, heatmaps below it, and a debugger that needs more height than the plot has."""
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(600, 500)
    tabs, dock = CentralTabs(QWidget()), QDockWidget("Heatmaps")
    dock.setWidget(QWidget())
    made.setCentralWidget(tabs)
    made.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    tabs.set_below(dock)
    view = QWidget()
    view.setMinimumSize(300, 350)
    tabs.set_debugger(view)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def test_heatmaps_come_back_as_high_as_they_were(window, qtbot):
    tabs, dock = window.findChild(CentralTabs), window.findChild(QDockWidget)
    window.resizeDocks([dock], [260], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: dock.height() == 260)
    for _ in range(2):
        tabs.setCurrentIndex(2)
        assert dock.isHidden()
        qtbot.waitUntil(lambda: tabs.height() > 350)
        tabs.show_run()
        qtbot.waitUntil(lambda: dock.height() == 260)
