"""The button that adds a layer of another kind than dense."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from engine.spec import layer_kinds
from gui.look.own_sheets import wear
from gui.look.wording import choice_title

from .fields.fields import name_field

DENSE = "Linear"


class KindMenu(QToolButton):
    """Offer the kinds of layers; ``chosen`` carries one. ``own_wanted``: own code, where ``offers_own``."""

    chosen = Signal(str)
    own_wanted = Signal()
    offers_own = False

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.setArrowType(Qt.ArrowType.DownArrow)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kinds = QMenu(self)
        self._kinds.aboutToShow.connect(self._offer)
        self.setMenu(self._kinds)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        wear(self, "QToolButton::menu-indicator { image: none; }")  # its face is an arrow

    def set_name(self, name: str, title: str) -> None:
        name_field(self, name, title, title)

    def _offer(self) -> None:
        """Fill the menu when it is first looked at."""
        if self._kinds.isEmpty():
            for kind in layer_kinds():
                if kind != DENSE:
                    action = self._kinds.addAction(choice_title(kind))
                    action.triggered.connect(lambda _=False, kind=kind: self.chosen.emit(kind))
            if self.offers_own:
                self._kinds.addSeparator()
                self._kinds.addAction(self.tr("Write my own…"), self.own_wanted.emit)
