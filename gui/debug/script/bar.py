"""The buttons of a script's recorded run, where it is looked at, and the way back to the experiment."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui.look.naming import name_field
from gui.look.text_size import scaled

from .actions import ScriptActions


class ScriptBar(QWidget):
    """Show backward on the left, forward on the right, as the debugger's toolbar does."""

    def __init__(self, actions: ScriptActions, parent: QWidget | None = None):
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 0, 2)
        self._row.setSpacing(1)
        for action in actions.backward:
            self._add(action)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        self._row.addWidget(line)
        for action in actions.forward:
            self._add(action)
        self.place = QLabel()
        name_field(self.place, "scriptPlace", self.tr("Where the run is looked at"))
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addSpacing(8)
        self._row.addWidget(self.place, 1)
        self._add(actions.close).setText("✕")

    def _add(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setObjectName(f"{action.objectName()}Button")
        button.setAccessibleName(action.iconText())
        button.setIconSize(QSize(scaled(20), scaled(20)))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)
        return button
