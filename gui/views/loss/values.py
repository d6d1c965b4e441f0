"""Losses in the legend: labels whose decimal points stand below each other."""

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from gui.look.notes import named
from gui.look.numbers import in_full
from gui.look.text_size import fixed_font
from gui.look.theme import Theme

from .curves import pen_of

SAMPLE = QSize(34, 12)
WIDEST = {"float32": "1.23456789e−38", "float64": "1.2345678901234567e−308"}


def value_label(name: str, spoken: str) -> QLabel:
    label = named(QLabel(), name, spoken)
    label.setFont(fixed_font())
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def show_losses(labels: Sequence[QLabel], losses: Sequence[float], dtype: str) -> None:
    """Show losses in the labels' order, or none to empty them."""
    texts = [in_full(loss, dtype) for loss in losses]
    digit = QFontMetrics(fixed_font()).horizontalAdvance("0")
    for label, text, missing in zip_longest(labels, texts, _missing(texts)):
        set_text(label, text or "")
        if label.indent() != (indent := (missing or 0) * digit):
            label.setIndent(indent)


def widest_value(dtype: str) -> int:
    """Return the width in pixels that the longest number of that dtype needs."""
    return QFontMetrics(fixed_font()).horizontalAdvance(WIDEST[dtype])


def set_text(label: QLabel, text: str) -> None:
    """Set a label's text if it is another: the same one again would lay out the legend again."""
    if label.text() != text:
        label.setText(text)


def sample(backends: Sequence[str], color: str, theme: Theme, ratio: float, faded: bool = False) -> QIcon:
    """Draw a stretch of the lines, as the plot draws them."""
    picture = QPixmap(SAMPLE * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    middle = SAMPLE.height() / 2
    for backend in backends:
        painter.setPen(pen_of(backend, color, theme, ratio=ratio, faded=faded))
        painter.drawLine(QPointF(1, middle), QPointF(SAMPLE.width() - 1, middle))
    painter.end()
    return QIcon(picture)


def _missing(texts: Sequence[str]) -> list[int]:
    """How many digits each has fewer behind its point than the longest, so that the points stand below each other.

    A number without a point, as 8e−6, has it behind its first digits. What would not fit any more stands at the right.
    """
    numbers = [text for text in texts if text[-1:].isdigit()]  # NaN and infinity have no point
    wholes = {text: len(text) - len(text.lstrip("−0123456789")) for text in numbers}
    longest = max((len(text) - whole for text, whole in wholes.items()), default=0)
    if max(wholes.values(), default=0) + longest > max(map(len, [*texts, WIDEST["float32"]])):
        return [0] * len(texts)
    return [longest - len(text) + wholes[text] if text in wholes else 0 for text in texts]
