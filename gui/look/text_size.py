"""How large text is: the size that the user prefers, times the zoom at hand. Plots, code and formulas go by it too."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

SMALLEST, LARGEST = 6, 24  # points that may be preferred
ZOOMS = (70, 80, 90, 100, 110, 125, 150, 175, 200, 225, 250)  # percent
WHOLE = 100  # percent: as the preference says


def zoom_beside(zoom: int, steps: int) -> int:
    """Return the zoom so many steps above this one, below it where negative; at the ends the last."""
    nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - zoom))
    return ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)]


def system_points() -> float:
    """Return the points of the system's own font."""
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return points if points > 0 else 10.0  # a platform may give pixels


def set_text_size(app: QApplication, points: int | None, zoom: int) -> bool:
    """Give the application's font ``points``, None for the system's, times ``zoom`` percent; False where it has it."""
    wanted = (points or system_points()) * zoom / 100
    font = app.font()
    if abs(font.pointSizeF() - wanted) < 0.01:
        return False
    font.setPointSizeF(wanted)
    app.setFont(font)
    return True


def text_scale() -> float:
    """Return how many times as large as the system's the text is now."""
    points = QApplication.font().pointSizeF()
    return points / system_points() if points > 0 else 1.0


def scaled(pixels: float) -> int:
    """Return so many pixels, more or fewer where text is larger or smaller."""
    return round(pixels * text_scale())


def line_scale() -> float:
    """Return how many times as wide lines and marks are drawn: enough to be seen from afar, not as much as text."""
    return max(text_scale(), 1.0) ** 0.5


def fixed_font() -> QFont:
    """Return the font of code and of digits below each other."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    points = font.pointSizeF()
    font.setPointSizeF((points if points > 0 else system_points()) * text_scale())
    return font
