"""How large text is: the size that the user prefers, times the zoom at hand. Plots, code and formulas go by it too.

Widgets ask when they are made, and what paints asks whenever it does.
"""

from functools import cache
from math import ceil
from typing import TypeVar

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QSpinBox

SpinBox = TypeVar("SpinBox", bound=QAbstractSpinBox)

SMALLEST, LARGEST = 6, 24  # points that may be preferred
ZOOMS = (70, 80, 90, 100, 110, 125, 150, 175, 200, 225, 250)  # percent
WHOLE = 100  # percent: as the preference says
TALLEST = 1.35  # times the height of the font's Latin letters: Chinese ones, of another font


def zoom_beside(zoom: int, steps: int) -> int:
    """Return the zoom so many steps above this one, below it where negative; at the ends the last."""
    nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - zoom))
    return ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)]


def system_points() -> float:
    """Return the points of the system's own font."""
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return points if points > 0 else 10.0  # a platform may give pixels


def wanted_points(points: int | None, zoom: int) -> float:
    """Return the points of text that is to have ``points``, None for the system's, times ``zoom`` percent."""
    return (points or system_points()) * zoom / 100


def is_other_size(app: QApplication, points: int | None, zoom: int) -> bool:
    return abs(app.font().pointSizeF() - wanted_points(points, zoom)) >= 0.01


def set_text_size(app: QApplication, points: int | None, zoom: int) -> None:
    """Give the application's font another size, for what is made from now on."""
    if is_other_size(app, points, zoom):
        font = app.font()
        font.setPointSizeF(wanted_points(points, zoom))
        app.setFont(font)


def text_scale() -> float:
    """Return how many times as large as the system's the text is now."""
    points = QApplication.font().pointSizeF()
    return points / system_points() if points > 0 else 1.0


def scaled(pixels: float) -> int:
    """Return so many pixels, more or fewer where text is larger or smaller."""
    return round(pixels * text_scale())


def fit_letters(box: SpinBox) -> SpinBox:
    """Return a spin box that is high enough for Chinese letters; its own height is that of Latin ones."""
    box.setMinimumHeight(_height_of_spin_boxes(QApplication.font().toString()))
    return box


@cache
def _height_of_spin_boxes(font: str) -> int:
    box, written = QSpinBox(), QFont()
    written.fromString(font)
    box.setFont(written)
    return max(ceil(box.fontMetrics().height() * TALLEST) + 3, box.sizeHint().height())


def line_scale() -> float:
    """Return how many times as wide lines and marks are drawn: enough to be seen from afar, not as much as text."""
    return max(text_scale(), 1.0) ** 0.5


def fixed_font() -> QFont:
    """Return the font of code and of digits below each other."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    points = font.pointSizeF()
    font.setPointSizeF((points if points > 0 else system_points()) * text_scale())
    return font


def small_text() -> str:
    """Return the size of titles over small plots, as HTML has it."""
    return f"{9 * text_scale():.3g}pt"
