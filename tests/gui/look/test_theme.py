"""The colours can be read, told apart by colour-blind eyes, and reach the application."""

import itertools

import numpy as np
import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from engine.spec import COLORS
from gui.look.theme import DARK, LIGHT, Theme, palette
from gui.look.theme_controller import ThemeController

# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB.
SEEN_BY = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "everyone": np.eye(3).tolist(),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def linear(color: str) -> np.ndarray:
    parts = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(TO_XYZ[1] @ linear(color) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(color: str, eyes: str) -> np.ndarray:
    share = TO_XYZ @ np.clip(np.array(SEEN_BY[eyes]) @ linear(color), 0, 1) / WHITE
    x, y, z = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def theme(request) -> Theme:
    return request.param


def test_entry_colors_stand_out_from_the_plot(theme):
    assert min(contrast(color, theme.plot_background) for color in theme.entry_colors) >= 3


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_entry_colors_differ_in_every_pair_of_eyes(theme, eyes):
    colors = [lab(color, eyes) for color in theme.entry_colors]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(colors, 2)) > 16


def test_texts_can_be_read(theme):
    pairs = [
        (theme.text, theme.window),
        (theme.text, theme.base),
        (theme.text, theme.alternate),
        (theme.muted, theme.window),
        (theme.muted, theme.base),
        (theme.muted, theme.plot_background),
        (theme.error, theme.base),
        (theme.error, theme.error_background),
        (theme.warning, theme.warning_background),
        (theme.warning, theme.base),
        (theme.ok, theme.base),
        (theme.accent_text, theme.accent),
        (theme.plot_axis, theme.plot_background),
    ]
    too_faint = [pair for pair in pairs if contrast(*pair) < 4.5]
    assert too_faint == []


def test_there_is_a_color_for_every_entry(theme):
    count = len(theme.entry_colors)
    assert count == COLORS
    assert len(set(theme.entry_colors)) == count
    assert theme.entry_color(count + 1) == theme.entry_color(1)


def test_the_palette_carries_the_tokens(theme):
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window).name() == theme.window
    assert made.color(QPalette.ColorRole.Text).name() == theme.text
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == theme.muted


@pytest.fixture
def app(qapp: QApplication):
    """The application, undressed again afterwards."""
    before = qapp.palette()
    yield qapp
    qapp.setPalette(before)


@pytest.fixture
def controller(app):
    made = ThemeController(app, "light")
    yield made
    made.deleteLater()


def test_choosing_dresses_the_application_and_tells(controller, app):
    told = []
    controller.changed.connect(told.append)
    controller.set_choice("dark")
    assert (controller.choice, controller.theme, told) == ("dark", DARK, [DARK])
    assert app.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert app.styleSheet() == "", "Qt would look up its rules for every widget"
    controller.set_choice("dark")
    assert told == [DARK], "nothing changed the second time"


def test_an_unknown_choice_is_the_systems(controller):
    controller.set_choice("dark")
    controller.set_choice("mauve")
    assert controller.choice == "system"


def test_only_the_systems_choice_follows_the_system(controller, app):
    controller.set_choice("dark")
    app.styleHints().colorSchemeChanged.emit(app.styleHints().colorScheme())
    assert controller.theme is DARK
    controller.set_choice("system")
    app.styleHints().colorSchemeChanged.emit(app.styleHints().colorScheme())
    assert controller.theme is LIGHT, "the platform without a scheme counts as light"
