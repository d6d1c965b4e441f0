"""What a page of what was learned is to the panel. Everything has a default that shows nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.protocol import Learned, LearnedRequest, Side
from gui.look.theme import Theme

from .facts import Facts


class LearnedPage(QWidget):
    """Show one side of what a network has learned.

    ``request_changed``: the next frame should carry something else. ``row_chosen`` carries a row of the data, from 0.
    """

    request_changed = Signal()
    row_chosen = Signal(int)

    def key_stops(self) -> list[QWidget]:
        """Return what Tab leads through, in order."""
        return []

    def set_facts(self, facts: Facts, side: Side) -> None:
        """Show other data, or another side; of what was shown nothing counts any more."""

    def asked(self, request: LearnedRequest) -> LearnedRequest:
        """Return the request with what is on screen of it."""
        return request

    def show_learned(self, learned: Learned) -> None:
        """Show an answer."""

    def show_row(self, row: int) -> None:
        """Mark the row that goes through the network's picture."""

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
