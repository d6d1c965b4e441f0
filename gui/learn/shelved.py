"""A page with a shelf to choose from, and in its place what was chosen, until the shelf is wanted again."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from .page import LearnPage


class ShelvedPage(LearnPage):
    """Show the shelf or what was taken from it; whichever is in front has the keyboard when the page is given it."""

    def _put_in(self, shelf: QWidget, *others: QWidget) -> None:
        """Lay the shelf and what may stand in its place out, the shelf in front. Each has a focus proxy."""
        self._stack = QStackedLayout(self)
        for part in (shelf, *others):
            self._stack.addWidget(part)
        self._show_part(shelf)

    def _show_part(self, part: QWidget) -> None:
        """Bring the shelf, or what stands in its place, to the front; a keyboard that was on the page goes along."""
        had_keyboard = self._has_keyboard
        self._stack.setCurrentWidget(part)
        self.setFocusProxy(part)
        if had_keyboard:
            self.setFocus()

    def _show_shelf(self) -> None:
        shelf = self._stack.widget(0)
        assert shelf is not None
        self._show_part(shelf)

    @property
    def _has_keyboard(self) -> bool:
        """Return whether the keyboard is with something on the page."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)
