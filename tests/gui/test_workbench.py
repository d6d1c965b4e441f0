"""The middle of the window: what coming back from the debugger leaves as it was."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gui.window.central_tabs import Workbench


@pytest.fixture
def window(qtbot) -> Iterator[QMainWindow]:
    """A plot, heatmaps below it, and a debugger that needs more height than the plot has."""
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(600, 500)
    workbench, dock = Workbench(QWidget()), QDockWidget("Heatmaps")
    dock.setWidget(QWidget())
    made.setCentralWidget(workbench)
    made.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    workbench.set_below(dock)
    view = QWidget()
    view.setMinimumSize(300, 350)
    workbench.set_debugger(view)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def test_heatmaps_come_back_as_high_as_they_were(window, qtbot):
    workbench, dock = window.findChild(Workbench), window.findChild(QDockWidget)
    window.resizeDocks([dock], [260], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: dock.height() == 260)
    for _ in range(2):
        workbench.setCurrentIndex(1)
        assert dock.isHidden()
        qtbot.waitUntil(lambda: workbench.height() > 350)
        workbench.show_run()
        qtbot.waitUntil(lambda: dock.height() == 260)
