"""The window's colours, in light and dark: one set of tokens for palettes, style sheets of single widgets, and plots.

Nothing in here knows a view or a form. Widgets are handed a Theme; only ThemeController touches the application.
"""

from typing import Literal, NamedTuple, get_args

from PySide6.QtGui import QColor, QPalette

from engine.spec.palette import ON_DARK, ON_LIGHT

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


def check_box_palette(theme: Theme) -> QPalette:
    """Return what check boxes have instead: an outline that is seen.

    Fusion draws it in a tenth lighter than the window's colour a good deal darker, which is too faint by half. What a
    box has no other use for is chosen so that the outline comes out in the colour of muted texts.
    """
    made = palette(theme)
    made.setColor(QPalette.ColorRole.Window, QColor(theme.muted).darker(110).lighter(140))
    return made
