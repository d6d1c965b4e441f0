"""LaTeX as vector pictures, each made once and kept. No widgets in here.

ziamath takes 0.15 s to import and up to 80 ms for a formula, so the window has them made by ``formula_queue``, in
another thread. What it cannot read is None, and then shown as plain text.
"""

import re
import threading
import xml.etree.ElementTree as ET
from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

KEPT = 1000  # formulas
MARGIN = 1.0  # pixels around a formula, for what antialiasing needs

_SPOKEN = {
    "partial": "∂",
    "sum": "Σ",
    "nabla": "∇",
    "cdot": " · ",
    "times": " × ",
    "sqrt": "√",
    "infty": "∞",
    "Delta": "Δ",
    "leftarrow": " ← ",
    "top": "ᵀ",
    "le": " ≤ ",
    "ge": " ≥ ",
    "approx": " ≈ ",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "lambda": "λ",
    "mu": "μ",
    "tau": "τ",
    "sigma": "σ",
    "varphi": "φ",
    "Phi": "Φ",
}


class Typeset(NamedTuple):
    """Hold a formula as a picture, in pixels; ``baseline`` is measured from its top."""

    picture: QSvgRenderer
    width: float
    height: float
    baseline: float

    def draw(self, painter: QPainter, x: float, y: float, scale: float = 1.0) -> None:
        """Draw the formula with its upper left corner at (x, y)."""
        self.picture.render(painter, QRectF(x, y, self.width * scale, self.height * scale))


class Key(NamedTuple):
    """Hold what makes a formula's picture. ``size``: pixels a letter. ``color``: as ``#rrggbb``."""

    latex: str
    size: float
    color: str


_made: OrderedDict[Key, Typeset | None] = OrderedDict()
_one_at_a_time = threading.Lock()  # ziamath's fonts are shared


def is_made(key: Key) -> bool:
    return key in _made


def made(key: Key) -> Typeset | None:
    """Return the formula, if it has been made and can be read; answers at once."""
    if key in _made:
        _made.move_to_end(key)
    return _made.get(key)


def typeset(latex: str, size: float, color: str) -> Typeset | None:
    """Return the formula; None where it cannot be read. Takes its time when it is a new one."""
    key = Key(latex, size, color)
    if not is_made(key):
        keep(key, svg_of(key))
    return made(key)


def svg_of(key: Key) -> str:
    """Return the formula in SVG, empty where it cannot be read. Any thread may call it."""
    if not key.latex.strip():
        return ""
    try:
        from ziamath.config import config
        from ziamath.zmath import Latex

        with _one_at_a_time:
            config.svg2 = False  # Qt draws SVG 1.2 only
            return Latex(key.latex, size=key.size, color=key.color, margin=MARGIN).svg()
    except Exception:  # its parsers raise whatever they meet: assertions, index and key errors, XML errors
        return ""


def keep(key: Key, svg: str) -> None:
    """Make a picture of it; in the window's thread."""
    _made[key] = _picture(svg) if svg else None
    if len(_made) > KEPT:
        _made.popitem(last=False)


def _picture(svg: str) -> Typeset | None:
    _, top, width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split())
    picture = QSvgRenderer(QByteArray(svg.encode()))
    return Typeset(picture, width, height, -top) if picture.isValid() and width > 0 and height > 0 else None


def render(latex: str, size: float, color: str, ratio: float = 1.0) -> QPixmap | None:
    """Draw a formula as a pixmap, for icons and headings; ``ratio``: the screen's device pixels a pixel."""
    formula = typeset(latex, size, color)
    if formula is None:
        return None
    pixmap = QPixmap(max(round(formula.width * ratio), 1), max(round(formula.height * ratio), 1))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    formula.draw(painter, 0, 0)
    painter.end()
    return pixmap


def plain(latex: str) -> str:
    r"""Return a line of text that says about the same: ``∂L/∂w`` of ``\frac{\partial L}{\partial w}``."""
    text = re.sub(r"\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\left|\\right|&", "", latex)
    text = re.sub(r"\\\\", "; ", text)
    text = re.sub(r"\\[,;:! ]|\\q?quad|~", " ", text)
    text = re.sub(r"\\_", "_", text)
    for _ in range(4):  # as deep as fractions stand in each other
        text = re.sub(r"([_^])\{([^{}]*)\}", r"\1\2", text)
        text = re.sub(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", text)
        text = re.sub(r"\\(?:mathrm|text|mathbf|operatorname|mathit|mathtt|hat|bar)\s*\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\([A-Za-z]+) ?", lambda found: _SPOKEN.get(found[1], found[1] + " "), re.sub(r"[{}]", "", text))
    return " ".join(text.split())
