"""A tooltip is read in every theme, whatever the widget that it is of looks like."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.forms.fields.part import MessageLine
from gui.look.theme import DARK, LIGHT, Theme
from gui.look.theme_controller import ThemeController
from gui.views.loss.name_edit import NameEdit


def message() -> QWidget:
    holder = QWidget()
    MessageLine("message", holder)
    return holder


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("make", [NameEdit, message])
def test_it_has_the_themes_colours(qtbot: QtBot, qapp: QApplication, make: Callable[[], QWidget], theme: Theme) -> None:
    themes = ThemeController(qapp, "dark" if theme is DARK else "light")
    made = make()
    qtbot.addWidget(made)
    made.show()
    widget = made.findChild(MessageLine) or made
    QToolTip.showText(QPoint(10, 10), "Branch 1\nDouble click or F2 to rename", widget)
    (tip,) = [one for one in qapp.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
    assert isinstance(tip, QLabel)
    seen = tip.grab().toImage()
    colors = [seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(seen.height())]
    assert max(set(colors), key=colors.count) == QColor(theme.base).name()
    assert QColor(theme.text).name() in colors
    tip.close()
    themes.set_choice("light")
    themes.deleteLater()
