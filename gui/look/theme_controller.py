"""Dresses the application in the theme that is chosen: the one place that sets its style, palettes and size of text.

``QStyleHints.setColorScheme`` alone does nothing on some platforms.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QToolTip

from . import own_sheets
from .text_size import is_other_size, set_text_size
from .theme import CHOICES, DARK, LIGHT, Theme, check_box_palette, palette


class ThemeController(QObject):
    """Dress the application in the chosen theme, and follow the system's where that is the choice.

    ``changed`` carries the Theme. Nothing tells of another size of text: what is made after that has it.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: str = "system"):
        super().__init__(app)
        self._app = app
        self._choice: str = choice if choice in CHOICES else "system"
        self._theme: Theme | None = None
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._ask_platform()
        self._apply()

    @property
    def theme(self) -> Theme:
        return self._theme or LIGHT

    @property
    def choice(self) -> str:
        return self._choice

    def set_choice(self, choice: str) -> None:
        """Choose ``system``, ``light`` or ``dark``; anything else (an old settings file) is ``system``."""
        self._choice = choice if choice in CHOICES else "system"
        self._ask_platform()
        self._apply()

    def set_text_size(self, points: int | None, zoom: int) -> None:
        """Show text in ``points``, None for the system's size, times ``zoom`` percent."""
        set_text_size(self._app, points, zoom)

    def is_other_size(self, points: int | None, zoom: int) -> bool:
        """Return whether ``set_text_size`` would make text larger or smaller."""
        return is_other_size(self._app, points, zoom)

    def _ask_platform(self) -> None:
        """Title bars and native dialogs belong to the platform, which follows where it can."""
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(self._choice, Qt.ColorScheme.Unknown))

    def _on_system_changed(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        theme = self._wanted()
        if theme is self._theme:
            return
        self._theme = theme
        if not self._is_dressed(theme):  # else each widget would be told in vain
            self._app.setPalette(palette(theme))
            self._app.setPalette(check_box_palette(theme), "QCheckBox")  # pyright: ignore[reportArgumentType]
            QToolTip.setPalette(palette(theme))  # a platform may have tooltips of its own
            # Else the widgets would hear of it after the views, which may ask for their colours.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.ApplicationPaletteChange)
            own_sheets.follow(theme)
        self.changed.emit(theme)

    def _is_dressed(self, theme: Theme) -> bool:
        if self._app.style().name() != "fusion":
            self._app.setStyle("Fusion")
            return False
        return self._app.palette() == palette(theme)

    def _wanted(self) -> Theme:
        if self._choice == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._choice == "dark"
        return DARK if dark else LIGHT
