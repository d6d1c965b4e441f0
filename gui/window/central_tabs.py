"""The middle of the window: the run's plot, or the network's picture, the debugger or the comparison in its place."""

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

from gui.look.settling import Settling

if TYPE_CHECKING:
    from gui.compare.view import CompareView
    from gui.debug.script.view import ScriptView
    from gui.debug.view import DebugView
    from gui.network.view import NetworkView


class CentralTabs(QTabWidget):
    """Hold the centre's views.

    All but the run need the height that ``below`` takes, so that makes room for them, and comes back after.
    """

    picturing = Signal(bool)
    debugging = Signal(bool)
    comparing = Signal(bool)

    def __init__(self, run: QWidget, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("workbench")
        self.tabBar().setAccessibleName(self.tr("Run, network, debugger and comparison"))
        self.setDocumentMode(True)
        self._network, self._debug, self._compare = QWidget(), QWidget(), QWidget()  # until they are filled
        self._picture: NetworkView | None = None
        self._takes_keyboard = False  # once it is there
        self._debugger: DebugView | None = None
        self._script: ScriptView | None = None
        self._below: QDockWidget | None = None
        self._hidden = False  # whether it is we who have hidden it
        self._height = 0  # that it had then
        self._settling = Settling(self)
        self.addTab(run, self.tr("Run"))
        self.addTab(self._network, self.tr("Network"))
        self.addTab(self._debug, self.tr("Debug"))
        self.addTab(self._compare, self.tr("Compare"))
        self.setTabToolTip(0, self.tr("The run as a whole: loss, and heatmaps below (Ctrl+1)"))
        self.setTabToolTip(
            1, self.tr("Units and weights, live, with the numbers of a row of the data, and what was learned (Ctrl+4)")
        )
        self.setTabToolTip(2, self.tr("One training step, line by line, in both directions (Ctrl+2)"))
        self.setTabToolTip(3, self.tr("The optimizers beside each other: race, table, loss surface, sweeps (Ctrl+3)"))
        self.currentChanged.connect(self._on_changed)

    def set_below(self, dock: QDockWidget) -> None:
        self._below = dock

    def set_network(self, view: "NetworkView") -> None:
        """Put the network's picture in its place."""
        self._picture = view
        self._settle()
        _fill(self._network, view)
        if self._takes_keyboard and self.is_picturing:
            view.take_keyboard()

    def set_debugger(self, view: "DebugView") -> None:
        """Put the debugger in its place."""
        self._debugger = view
        _fill(self._debug, view)

    def set_script(self, view: "ScriptView | None") -> None:
        """Show a file of a person's own in the debugger's place, or the debugger again."""
        if self._script is not None:
            self._script.hide()
        self._script = view
        if view is not None:
            layout = self._debug.layout()
            assert layout is not None
            layout.addWidget(view)
            view.show()
        if self._debugger is not None:
            self._debugger.setVisible(view is None)

    def set_comparison(self, view: "CompareView") -> None:
        _fill(self._compare, view)
        self._compare.setFocusProxy(view)

    @property
    def below(self) -> tuple[bool, int]:
        """Return whether what is below the run makes room for the view in front, and how high it was."""
        return self._hidden, self._height

    @below.setter
    def below(self, below: tuple[bool, int]) -> None:
        self._hidden, self._height = below

    @property
    def is_picturing(self) -> bool:
        return self.currentWidget() is self._network

    @property
    def is_debugging(self) -> bool:
        return self.currentWidget() is self._debug

    @property
    def is_comparing(self) -> bool:
        return self.currentWidget() is self._compare

    def minimumSizeHint(self) -> QSize:
        """Return the hint of the page in front alone: the plot may be lower than the debugger."""
        page = self.currentWidget().minimumSizeHint()
        return QSize(page.width(), page.height() + self.tabBar().sizeHint().height())

    def show_run(self) -> None:
        self.setCurrentIndex(0)
        self.currentWidget().setFocus()

    def show_debug(self) -> None:
        """Show the debugger, with the keyboard on its source unless that takes it from somebody who is typing."""
        focus = QApplication.focusWidget()
        types = isinstance(focus, QLineEdit | QAbstractSpinBox) and not self.isAncestorOf(focus)
        self.setCurrentWidget(self._debug)
        front = self._script or self._debugger
        if front is not None and not types:
            front.take_keyboard()

    def show_network(self) -> None:
        self.setCurrentWidget(self._network)
        self._takes_keyboard = self._picture is None
        if self._picture is not None:
            self._picture.take_keyboard()

    def show_compare(self) -> None:
        self.setCurrentWidget(self._compare)
        self.currentWidget().setFocus()

    def _settle(self) -> None:
        """Keep the last picture until the view in front is there, and has its size."""
        widgets = [self] if self._below is None else [self, self._below]
        self._settling.wait(*widgets, until=lambda: not self.is_picturing or self._picture is not None)

    def _on_changed(self) -> None:
        self._settle()
        self.updateGeometry()
        if self._below is not None:
            if self.currentIndex() == 0:
                if self._hidden:
                    self._bring_back(self._below)
            elif not self._below.isHidden():
                self._hidden, self._height = True, self._below.height()
                self._below.hide()
        self.picturing.emit(self.is_picturing)
        self.debugging.emit(self.is_debugging)
        self.comparing.emit(self.is_comparing)

    def _bring_back(self, dock: QDockWidget) -> None:
        """As high as it was: by itself it would take what the plot leaves it."""
        self._hidden = False
        dock.show()
        window = dock.parentWidget()
        if isinstance(window, QMainWindow) and not dock.isFloating():
            window.resizeDocks([dock], [self._height], Qt.Orientation.Vertical)


def _fill(page: QWidget, view: QWidget) -> None:
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(view)
