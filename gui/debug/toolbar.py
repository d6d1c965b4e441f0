"""The debugger's buttons, the optimizer that is followed, and where one is."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui.look.naming import name_field
from gui.look.text_size import scaled

from .commands import DebugActions

ENTRY_WIDTH = 130  # pixels at most


class DebugToolbar(QWidget):
    """Show backward on the left, forward on the right, mirrored. ``entry_chosen``: an optimizer entry's index."""

    entry_chosen = Signal(int)

    def __init__(self, actions: DebugActions, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("debugToolbar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(1)
        for action in actions.backward:
            self._add(action)
        self._add_line()
        for action in actions.forward:
            self._add(action)
        self._row.addSpacing(8)
        self.entries = QComboBox()
        name_field(self.entries, "debugEntry", self.tr("Optimizer"), self.tr("The optimizer whose step is shown"))
        self.entries.setMaximumWidth(scaled(ENTRY_WIDTH))
        self.entries.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.entries.activated.connect(self.entry_chosen)
        self._row.addWidget(self.entries)
        self._row.addSpacing(8)
        self.place = QLabel()
        name_field(self.place, "debugPlace", self.tr("Where the debugger is"))
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self.place, 1)
        self._place = ("", "")
        self._labels: tuple[str, ...] = ()

    def _add(self, action: QAction) -> None:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setObjectName(f"{action.objectName()}Button")
        button.setAccessibleName(action.iconText())
        button.setIconSize(QSize(scaled(20), scaled(20)))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)

    def _add_line(self) -> None:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        self._row.addWidget(line)

    def set_entries(self, labels: tuple[str, ...], entry: int) -> None:
        """Offer the entries; a long label is cut in its middle, and its tip has all of it."""
        if labels != self._labels:
            self._labels = labels
            self.entries.clear()
            for index, label in enumerate(labels):
                short = self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideMiddle, ENTRY_WIDTH - 40)
                self.entries.addItem(short)
                self.entries.setItemData(index, label, Qt.ItemDataRole.ToolTipRole)
        self.entries.setCurrentIndex(entry)
        self.entries.setVisible(len(labels) > 0)

    def show_place(self, long: str, short: str) -> None:
        """Say where the step stands: ``short`` where ``long`` has no room."""
        self._place = (long, short)
        self.place.setToolTip(long)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        long, short = self._place
        fits = self.fontMetrics().horizontalAdvance(long) <= self.place.width()
        self.place.setText(long if fits else short)
