"""LaTeX as vector pictures, and the queue that makes them one at a time. No widgets in here.

ziamath takes 0.15 s to import, and up to 30 ms for a formula: it is imported in a thread, when the first formula is
wanted, and every formula is made once. What it cannot read is None, and then shown as plain text.
"""

import re
import threading
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple, Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTimer, Signal
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
    """A formula as a picture, in pixels; ``baseline`` is measured from its top."""

    picture: QSvgRenderer
    width: float
    height: float
    baseline: float

    def draw(self, painter: QPainter, x: float, y: float, scale: float = 1.0) -> None:
        """With its upper left corner at (x, y)."""
        self.picture.render(painter, QRectF(x, y, self.width * scale, self.height * scale))


class _Key(NamedTuple):
    latex: str
    size: float
    color: str


_made: OrderedDict[_Key, Typeset | None] = OrderedDict()


def typeset(latex: str, size: float, color: str) -> Typeset | None:
    """The formula at ``size`` pixels a letter; None where it cannot be read. Takes its time when it is a new one."""
    key = _Key(latex, size, color)
    if key not in _made:
        _made[key] = _make(key)
        if len(_made) > KEPT:
            _made.popitem(last=False)
    _made.move_to_end(key)
    return _made[key]


def is_made(latex: str, size: float, color: str) -> bool:
    """Whether ``typeset`` answers at once."""
    return _Key(latex, size, color) in _made


def render(latex: str, size: float, color: str, ratio: float = 1.0) -> QPixmap | None:
    """The same as a pixmap, for icons and headings; ``ratio``: the screen's device pixels a pixel."""
    made = typeset(latex, size, color)
    if made is None:
        return None
    pixmap = QPixmap(max(round(made.width * ratio), 1), max(round(made.height * ratio), 1))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    made.draw(painter, 0, 0)
    painter.end()
    return pixmap


def plain(latex: str) -> str:
    r"""A line of text that says about the same: ``∂L/∂w`` of ``\frac{\partial L}{\partial w}``."""
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


def _make(key: _Key) -> Typeset | None:
    if not key.latex.strip():
        return None
    try:
        svg = _svg(key)
    except Exception:  # its parsers raise whatever they meet: assertions, index and key errors, XML errors
        return None
    _, top, width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split())
    picture = QSvgRenderer(QByteArray(svg.encode()))
    return Typeset(picture, width, height, -top) if picture.isValid() and width > 0 and height > 0 else None


def _svg(key: _Key) -> str:
    from ziamath.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # Qt draws SVG 1.2 only
    return Latex(key.latex, size=key.size, color=key.color, margin=MARGIN).svg()


# --- one at a time ---------------------------------------------------------------------------


class Worker(Protocol):
    """Somebody who has formulas to be made."""

    def make_next(self) -> bool:
        """Make one; whether there are more."""
        ...


class Queue(QObject):
    """Lets its workers make one formula a turn of the event loop, first come, first served."""

    _loaded = Signal()

    def __init__(self, load: Callable[[], None]):
        super().__init__()
        self._load = load
        self._waiting: OrderedDict[int, Worker] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._is_loaded = self._is_due = False
        self._loaded.connect(self._on_loaded)

    def add(self, worker: Worker) -> None:
        """Once more changes nothing."""
        self._waiting[id(worker)] = worker
        if self._is_loaded:
            self._come_back()
        elif self._thread is None:
            self._thread = threading.Thread(target=self._import, name="formulas", daemon=True)
            self._thread.start()

    def _import(self) -> None:
        self._load()
        if shiboken6.isValid(self):
            self._loaded.emit()

    def _on_loaded(self) -> None:
        self._is_loaded = True
        self._come_back()

    def _come_back(self) -> None:
        if not self._is_due and self._waiting:
            self._is_due = True
            QTimer.singleShot(0, self._take_turn)

    def _take_turn(self) -> None:
        self._is_due = False
        while self._waiting:
            name, worker = next(iter(self._waiting.items()))
            if isinstance(worker, QObject) and not shiboken6.isValid(worker):
                del self._waiting[name]
                continue
            if not worker.make_next():
                self._waiting.pop(name, None)
            break
        self._come_back()


def _load_ziamath() -> None:
    """The import alone; with a formula, so that fonts are read as well."""
    try:
        _svg(_Key(r"\frac{\partial L}{\partial w_1} = \sum_r \sqrt{\hat v^2} - 0.5", 12, "#000000"))
    except ImportError:
        return  # every formula stays plain text


_queue: list[Queue] = []


def queue() -> Queue:
    """The process's one; made when it is first wanted, since it belongs to the window's thread."""
    if not _queue:
        _queue.append(Queue(_load_ziamath))
    return _queue[0]
