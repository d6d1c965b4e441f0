"""How the window looks and speaks: theme, language, size of text, zoom, full screen. All of it at once, and kept."""

from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from gui.files.settings import Settings
from gui.look.text_size import WHOLE, zoom_beside
from gui.look.theme_controller import ThemeController

from .actions import Actions
from .languages import application, install_translations, spoken_for


class Appearance(QObject):
    """Carry out what the Preferences and the menu View change.

    ``renewal_wanted``: what has texts is to be made once more, in another language or at another size, as texts are
    asked for and measured where something is made. It carries what makes the difference, to be called in between, when
    nothing of the former is left. ``budget_changed`` carries the bytes that a run's history may take, ``pace_chosen``
    steps a second, None for as fast as possible.
    """

    renewal_wanted = Signal(object)
    budget_changed = Signal(object)
    pace_chosen = Signal(object)

    def __init__(self, settings: Settings, themes: ThemeController, window: QMainWindow):
        super().__init__(window)
        self._settings, self._themes, self._window = settings, themes, window
        self._spoken = spoken_for(settings.language)
        self._soon = QTimer(self, singleShot=True, interval=0)  # once whoever asked for it is done
        self._soon.timeout.connect(self._renew)

    def join(self, acts: Actions) -> None:
        """Do what these actions are for."""
        self._acts = acts
        acts.preferences.triggered.connect(lambda _: self.open_preferences())
        acts.themes.triggered.connect(lambda action: self._choose_theme(action.data()))
        acts.zoom_in.triggered.connect(lambda _: self.set_zoom(zoom_beside(self._settings.zoom, 1)))
        acts.zoom_out.triggered.connect(lambda _: self.set_zoom(zoom_beside(self._settings.zoom, -1)))
        acts.zoom_whole.triggered.connect(lambda _: self.set_zoom(WHOLE))
        acts.full_screen.triggered.connect(lambda _: self.set_full_screen(not self._window.isFullScreen()))
        self.show_choices()

    def show_choices(self) -> None:
        """Mark in the menus what is chosen."""
        for action in self._acts.themes.actions():
            action.setChecked(action.data() == self._themes.choice)
        self._acts.full_screen.setChecked(self._window.isFullScreen())
        zoom = self._settings.zoom
        self._acts.zoom_in.setEnabled(zoom_beside(zoom, 1) != zoom)
        self._acts.zoom_out.setEnabled(zoom_beside(zoom, -1) != zoom)
        self._acts.zoom_whole.setEnabled(zoom != WHOLE)

    def open_preferences(self, place: QPoint | None = None, focus: str | None = None) -> None:
        """Open the preferences; at ``place``, with the keyboard on the field called so, where they were before."""
        from .preferences import Preferences  # when it is wanted: the window is sooner there without

        dialog = Preferences(self._settings, self._window)
        dialog.budget_changed.connect(self.budget_changed)
        dialog.pace_chosen.connect(self.pace_chosen)
        dialog.theme_chosen.connect(self._choose_theme)
        dialog.language_chosen.connect(self._choose_language)
        dialog.text_size_chosen.connect(self._soon.start)
        if place is not None:
            dialog.move(place)
        dialog.open()
        if focus and (field := dialog.findChild(QWidget, focus)) is not None:
            field.setFocus()

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or leave it as wide as the window was before."""
        state, flag = self._window.windowState(), Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | flag if full else state & ~flag)
        self._acts.full_screen.setChecked(full)

    def _choose_theme(self, choice: Any) -> None:
        self._settings.theme = choice
        self._themes.set_choice(choice)

    def set_zoom(self, percent: int) -> None:
        """Show everything in so many percent of its size."""
        self._settings.zoom = percent
        self._soon.start()

    def _choose_language(self, language: str) -> None:
        self._settings.language = language
        self._soon.start()

    def _renew(self) -> None:
        """Make the window as the settings say, where it is not."""
        language = spoken_for(self._settings.language)
        if language == self._spoken and not self._themes.is_other_size(*self._size):
            return
        dialog = self._window.findChild(QDialog, "preferences")
        dialog = None if dialog is None or dialog.isHidden() else dialog  # it may be about to go
        place = None if dialog is None else dialog.pos()
        focus = None if dialog is None or dialog.focusWidget() is None else dialog.focusWidget().objectName()
        self.renewal_wanted.emit(self._change)
        if dialog is not None:
            self.open_preferences(place, focus)

    @property
    def _size(self) -> tuple[int | None, int]:
        return self._settings.text_points, self._settings.zoom

    def _change(self) -> None:
        language = spoken_for(self._settings.language)
        if language != self._spoken:
            self._spoken = language
            install_translations(application(), language)
        self._themes.set_text_size(*self._size)
