"""The middle of the window: the run's plot, or the debugger in its place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from gui.debug.view import DebugView


class Workbench(QTabWidget):
    """The debugger needs the height that ``below`` takes, so that makes room for it, and comes back after it.

    ``debugging`` tells which of the two is in front.
    """

    debugging = Signal(bool)

    def __init__(self, run: QWidget, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("workbench")
        self.tabBar().setAccessibleName(self.tr("Run and debugger"))
        self.setDocumentMode(True)
        self._debug = QWidget()  # until the debugger is there
        self._debugger: DebugView | None = None
        self._below: QDockWidget | None = None
        self._hidden = False  # whether it is we who have hidden it
        self._height = 0  # that it had then
        self.addTab(run, self.tr("Run"))
        self.addTab(self._debug, self.tr("Debug"))
        self.setTabToolTip(0, self.tr("The run as a whole: loss, and heatmaps below (Ctrl+1)"))
        self.setTabToolTip(1, self.tr("One training step, line by line, in both directions (Ctrl+2)"))
        self.currentChanged.connect(self._on_changed)

    def set_below(self, dock: QDockWidget) -> None:
        self._below = dock

    def set_debugger(self, view: "DebugView") -> None:
        """Put the debugger in its place."""
        self._debugger = view
        layout = QVBoxLayout(self._debug)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)

    @property
    def is_debugging(self) -> bool:
        return self.currentWidget() is self._debug

    def minimumSizeHint(self) -> QSize:
        """Of the page in front alone: the plot may be lower than the debugger."""
        page = self.currentWidget().minimumSizeHint()
        return QSize(page.width(), page.height() + self.tabBar().sizeHint().height())

    def show_run(self) -> None:
        self.setCurrentIndex(0)
        self.currentWidget().setFocus()

    def show_debug(self) -> None:
        """With the keyboard on its source, except where that would take it from somebody who is typing."""
        focus = QApplication.focusWidget()
        types = isinstance(focus, QLineEdit | QAbstractSpinBox) and not self.isAncestorOf(focus)
        self.setCurrentWidget(self._debug)
        if self._debugger is not None and not types:
            self._debugger.take_keyboard()

    def _on_changed(self) -> None:
        self.updateGeometry()
        if self._below is not None:
            if self.is_debugging:
                self._hidden, self._height = not self._below.isHidden(), self._below.height()
                self._below.hide()
            elif self._hidden:
                self._bring_back(self._below)
        self.debugging.emit(self.is_debugging)

    def _bring_back(self, dock: QDockWidget) -> None:
        """As high as it was: by itself it would take what the plot leaves it."""
        self._hidden = False
        dock.show()
        window = dock.parentWidget()
        if isinstance(window, QMainWindow) and not dock.isFloating():
            window.resizeDocks([dock], [self._height], Qt.Orientation.Vertical)
