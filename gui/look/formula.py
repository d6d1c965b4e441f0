r"""A formula as a widget: typeset where it can be, as wide as there is room, to be copied as LaTeX."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFontInfo, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from .formula_queue import queue
from .theme import LIGHT, Theme
from .typeset import Key, Typeset, is_made, made, plain, render

__all__ = ["Formula", "pieces", "plain", "render"]

INDENT = 18  # pixels before the second and later lines
LEADING = 4  # pixels between lines
GAP = 1  # pixels between two pieces of a line, which begin with an operator's own space
LONGEST = 2000  # characters that are looked at
SMALLEST = 0.6  # of its size, before a piece is cut off
Placed = list[tuple[float, float, Typeset]]


class Formula(QWidget):
    """Show a formula, broken at ``=``, ``+`` and ``−`` where it is too wide; as plain text until it is typeset."""

    def __init__(self, scale: float = 1.25, color: str = "text"):
        """``scale``: of the font's size. ``color``: a token of the theme."""
        super().__init__()
        self._scale, self._token, self._theme = scale, color, LIGHT
        self._latex = self._spoken = ""
        self._rows: list[tuple[str, str]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def latex(self) -> str:
        return self._latex

    @property
    def is_typeset(self) -> bool:
        """Return whether the formula is drawn as one, not as text."""
        return bool(self._rows) and all(self._made(part) is not None for row in self._rows for part in row if part)

    def set_formula(self, latex: str, spoken: str = "") -> None:
        """Set the formula. ``spoken``: what stands there where it can't be typeset, and what a screen reader says."""
        if (latex, spoken) == (self._latex, self._spoken):
            return
        self._latex, self._spoken = latex, spoken
        self._rows = rows_of(latex)
        self.setAccessibleName(spoken or plain(latex))
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        if theme != self._theme:
            self._theme = theme
            self._refresh()

    # --- typesetting -------------------------------------------------------------------------

    def next_formula(self) -> Key | None:
        lacking = self._lacking()
        return self._key(lacking[0]) if lacking else None

    def formula_arrived(self) -> None:
        if not self._lacking():
            self.updateGeometry()
            self.update()

    def _lacking(self) -> list[str]:
        """Whole lines first; the pieces of those that turn out too wide."""
        if not self._latex or not self.isVisible():
            return []
        whole = [part for row in self._rows for part in row if part]
        lacking = [part for part in whole if not self._is_made(part)]
        if lacking or any(self._made(part) is None for part in whole):
            return lacking
        wide = [row for row in self._rows if self._width_of(row) > self.width()]
        return [piece for row in wide for piece in pieces("".join(row)) if not self._is_made(piece)]

    def _refresh(self) -> None:
        if self._lacking():
            queue().add(self)
        self.updateGeometry()
        self.update()

    def _is_made(self, latex: str) -> bool:
        return is_made(self._key(latex))

    def _made(self, latex: str) -> Typeset | None:
        return made(self._key(latex))

    def _key(self, latex: str) -> Key:
        return Key(latex, self._size(), self._color())

    def _size(self) -> float:
        return round(QFontInfo(self.font()).pixelSize() * self._scale, 1)

    def _color(self) -> str:
        return getattr(self._theme, self._token)

    def _width_of(self, row: tuple[str, str]) -> float:
        return sum(known.width for part in row if (known := self._made(part)))

    # --- its place ---------------------------------------------------------------------------

    def _placed(self, width: float) -> tuple[Placed, float]:
        """Pieces with their places, and the height of all; nothing before all lines are typeset."""
        if not self.is_typeset:
            return [], 0
        margin = max((left.width for left, _ in self._rows_made() if left), default=0.0)
        placed: Placed = []
        top = 0.0
        for row in self._rows:
            for line in self._lines_of(row, width, margin):
                ascent = max(piece.baseline for _, piece in line)
                placed += [(x, top + ascent - piece.baseline, piece) for x, piece in line]
                top += ascent + max(piece.height - piece.baseline for _, piece in line) + LEADING
        return placed, top - LEADING

    def _rows_made(self) -> list[tuple[Typeset | None, Typeset | None]]:
        return [(self._made(left), self._made(right)) for left, right in self._rows]

    def _lines_of(self, row: tuple[str, str], width: float, margin: float) -> list[list[tuple[float, Typeset]]]:
        """Break a row, or keep it in one line, its ``=`` below that of the others, where there is room."""
        left, right = map(self._made, row)
        if margin + (right.width if right else 0) <= width:
            places = [(margin - left.width, left)] if left else []
            return [places + ([(margin, right)] if right else [])]
        broken = [self._made(piece) for piece in pieces("".join(row))]
        if any(piece is None for piece in broken):
            broken = [left, right]
        return _flowing([piece for piece in broken if piece], width)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self.is_typeset:
            return round(self._placed(width)[1] + 0.5)
        return self._text_area(width).height() if self._latex else 0

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.accessibleName())
        if self.is_typeset:
            rows = self._rows_made()
            margin = max((left.width for left, _ in rows if left), default=0.0)
            width = round(margin + max(right.width for _, right in rows if right) + 0.5)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.heightForWidth(max(self.width(), 40)))

    def _text_area(self, width: int):
        flags = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft
        return self.fontMetrics().boundingRect(0, 0, max(width, 1), 10_000, flags, self.accessibleName())

    # --- what is seen and done ---------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placed, height = self._placed(self.width())
        if placed:
            top = max((self.height() - height) / 2, 0)
            for x, y, piece in placed:
                piece.draw(painter, x, top + y, _shrunk(piece, self.width() - x))
        elif self._latex:
            painter.setPen(QColor(self._color()))
            flags = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(self.rect()), int(flags), self.accessibleName())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._lacking():
            queue().add(self)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._refresh()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._refresh()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._latex:
            self.copying_menu().popup(event.globalPos())

    def copying_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy as LaTeX")).triggered.connect(self.copy)
        return menu

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._latex)


def _shrunk(piece: Typeset, width: float) -> float:
    return 1.0 if piece.width <= width else max(width / piece.width, SMALLEST)


def _flowing(parts: list[Typeset], width: float) -> list[list[tuple[float, Typeset]]]:
    """Pieces side by side as far as they fit, the later lines indented."""
    lines: list[list[tuple[float, Typeset]]] = []
    x = 0.0
    for part in parts:
        if not lines or x + part.width > width:
            x = float(INDENT) if lines else 0.0
            lines.append([])
        lines[-1].append((x, part))
        x += part.width + GAP
    return lines


_TOKEN = re.compile(
    r"\\(?:left|right)\s*(?:\\?[^\sA-Za-z]|\\[A-Za-z]+)|\\begin\{[^}]*\}|\\end\{[^}]*\}|\\[A-Za-z]+|\\.|.", re.DOTALL
)
_BREAKS = {"=", "+", "-", r"\approx", r"\leftarrow", r"\cdot"}
_SPACES = {r"\quad", r"\qquad"}


def _tokens(latex: str) -> Iterator[tuple[str, int]]:
    """Each token with how deep in braces it stands; aligned lines' own frame is left out."""
    depth = 0
    for token in _TOKEN.findall(latex):
        if token in (r"\begin{aligned}", r"\end{aligned}"):
            continue
        opens = token in "{([" or (token.startswith((r"\left", r"\begin")) and token != r"\leftarrow")
        closes = token in "})]" or (token.startswith((r"\right", r"\end")) and token != r"\rightarrow")
        depth = max(depth - closes, 0)
        yield token, depth
        depth += opens


def rows_of(latex: str) -> list[tuple[str, str]]:
    r"""Split an aligned formula's lines into what stands before and after ``&``; before is empty without."""
    rows, columns = [["", ""]], 0
    for token, depth in _tokens(latex):
        if depth == 0 and (token == r"\\" or (token == "&" and columns == 1)):  # every second & begins a column
            rows.append(["", ""])
            columns = 0
        elif depth == 0 and token == "&":
            columns = 1
        else:
            rows[-1][columns] += token
    named = [(left.strip(), right.strip()) for left, right in rows]
    return [(left, right) if right else ("", left) for left, right in named if left or right]


def pieces(line: str) -> list[str]:
    r"""Break a line where it may be broken: before a relation or operator that stands in no braces.

    A sign is no operator: ``a \cdot -1`` breaks once.
    """
    if len(line) > LONGEST:
        return [line]
    found, after_operand = [""], False
    for token, depth in _tokens(line):
        if depth == 0 and token in _SPACES:
            found.append(r"{}\;")
        elif depth == 0 and token in _BREAKS and after_operand:
            found.append(token if token == "=" else "{}" + token)  # after nothing, + would be a sign
        else:
            found[-1] += token
        if not token.isspace() and token != r"\,":
            after_operand = token not in _BREAKS and token not in _SPACES and token not in "{(["
    return [piece.strip() for piece in found if piece.strip()]
