"""Icons drawn once as SVG in ``resources/icons`` and coloured for the theme."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SIZES = (20, 40)  # the transport's at 100 % and 200 %


def icon(name: str, color: str) -> QIcon:
    """Draw ``resources/icons/<name>.svg`` with ``currentColor`` replaced, sharp at every scale."""
    made = QIcon()
    for picture in _drawn(name, color):
        made.addPixmap(QPixmap.fromImage(picture))
    return made


@cache
def _drawn(name: str, color: str) -> list[QImage]:
    """Return an icon's pictures; each view that comes has its colours set anew, most often to the same."""
    svg = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    pictures = [QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied) for size in SIZES]
    for picture in pictures:
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
    return pictures
