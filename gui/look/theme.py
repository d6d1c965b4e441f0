"""The window's colours, in light and dark: one set of tokens for palette, stylesheet and plots.

Nothing in here knows a view or a form. Widgets are handed a Theme; only ThemeController touches
the application, because ``QStyleHints.setColorScheme`` alone does nothing on some platforms.
"""

from typing import Literal, NamedTuple, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from engine.spec.palette import ON_DARK, ON_LIGHT

from .text_size import is_other_size, set_text_size

Choice = Literal["system", "light", "dark"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


class Theme(NamedTuple):
    """Hold colours as ``#rrggbb``, named by what they are for."""

    name: str
    window: str
    base: str
    alternate: str
    text: str
    muted: str
    accent: str
    accent_text: str
    border: str
    error: str
    error_background: str
    warning: str
    warning_background: str
    ok: str
    plot_background: str
    plot_axis: str
    plot_grid: str
    entry_colors: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def entry_color(self, place: int) -> str:
        """Return the colour at a place of the palette; ``spec.colors`` tells that of each optimizer entry."""
        return self.entry_colors[place % len(self.entry_colors)]


LIGHT = Theme(
    name="light",
    window="#f3f4f6",
    base="#ffffff",
    alternate="#f0f3f7",
    text="#1b1f24",
    muted="#5a6472",
    accent="#0b62a8",
    accent_text="#ffffff",
    border="#c3c9d1",
    error="#b3261e",
    error_background="#fdecea",
    warning="#8a5300",
    warning_background="#fff4d9",
    ok="#1d6f42",
    plot_background="#ffffff",
    plot_axis="#4a535f",
    plot_grid="#d9dde3",
    entry_colors=ON_LIGHT,
)

DARK = Theme(
    name="dark",
    window="#262b31",
    base="#31373f",
    alternate="#3a414a",
    text="#e6e9ed",
    muted="#a2abb6",
    accent="#4da3e0",
    accent_text="#0b1218",
    border="#444c56",
    error="#ff8a80",
    error_background="#432321",
    warning="#f2c161",
    warning_background="#3d3218",
    ok="#6fd39b",
    plot_background="#14171a",
    plot_axis="#b3bbc5",
    plot_grid="#333a42",
    entry_colors=ON_DARK,
)


def palette(theme: Theme) -> QPalette:
    """Return Fusion's palette in the theme's colours, disabled texts muted."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.alternate,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Mid: theme.border,
        role.Light: theme.base,
        role.Midlight: theme.alternate,
        role.Dark: theme.border,
        role.Shadow: theme.border,
    }
    made = QPalette()
    for which, color in colors.items():
        made.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.muted))
    return made


def stylesheet(theme: Theme) -> str:
    """Style what a palette cannot: marks of faults, tooltips, and the views' banners.

    Combo and spin boxes and buttons get no border: with one, Qt would no longer draw their arrows natively. Spin boxes
    get a height: their own is that of the font's Latin letters, and cuts the taller Chinese ones.
    """
    return f"""
QLineEdit[fault="true"], QAbstractItemView[fault="true"], QPlainTextEdit[fault="true"], QTextEdit[fault="true"] {{
    border: 1px solid {theme.error}; background-color: {theme.error_background}; color: {theme.text};
}}
QComboBox[fault="true"], QAbstractSpinBox[fault="true"], QAbstractButton[fault="true"] {{
    background-color: {theme.error_background}; color: {theme.error};
}}
QAbstractSpinBox[fault="true"] QLineEdit, QComboBox[fault="true"] QLineEdit {{
    background-color: {theme.error_background}; color: {theme.error};
}}
QGroupBox[fault="true"]::title {{ color: {theme.error}; }}
QLabel[fault="true"] {{ border: none; background-color: transparent; color: {theme.error}; }}
QLabel[role="muted"] {{ color: {theme.muted}; }}
QLabel[role="warning"] {{
    color: {theme.warning}; background-color: {theme.warning_background};
    border: 1px solid {theme.warning}; border-radius: 3px; padding: 2px 6px;
}}
QLabel[role="error"] {{
    color: {theme.error}; background-color: {theme.error_background};
    border: 1px solid {theme.error}; border-radius: 3px; padding: 2px 6px;
}}
QCheckBox::indicator:unchecked {{
    border: 1px solid {theme.muted}; border-radius: 2px; background-color: {theme.base};
}}
QFrame#banner, QFrame#diagnosis, QFrame#guide {{ border-radius: 3px; border: 1px solid {theme.accent}; }}
QFrame#banner, QFrame#diagnosis, QFrame#guide {{ background-color: {theme.base}; }}
QFrame#guide {{ border-left: 4px solid {theme.warning}; }}
QFrame#banner[level="warning"] {{ border-color: {theme.warning}; background-color: {theme.warning_background}; }}
QFrame#banner[level="error"] {{ border-color: {theme.error}; background-color: {theme.error_background}; }}
QAbstractSpinBox {{ min-height: 1.35em; }}
QToolTip {{ color: {theme.text}; background-color: {theme.base}; border: 1px solid {theme.border}; padding: 3px; }}
"""


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
        if self._app.styleSheet() != stylesheet(theme):  # else it is dressed so already: each widget would be again
            self._app.setStyle("Fusion")
            self._app.setPalette(palette(theme))
            self._app.setStyleSheet(stylesheet(theme))
        self.changed.emit(theme)

    def _wanted(self) -> Theme:
        if self._choice == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._choice == "dark"
        return DARK if dark else LIGHT
