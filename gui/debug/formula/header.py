"""A table's headings, typeset."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPainter, QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.look.formula_queue import queue
from gui.look.theme import LIGHT, Theme
from gui.look.typeset import Key, Typeset, is_made, made

PADDING = 5


class FormulaHeader(QHeaderView):
    """Show headings in LaTeX, and some in words."""

    def __init__(self, parent: QWidget, operators: Mapping[int, str]):
        """``operators``: what stands before the formula of a column."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._operators = operators
        self._theme = LIGHT
        self._formulas: Sequence[str] = ()
        self._words: Sequence[str] = ()
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def set_formulas(self, formulas: Sequence[str], words: Sequence[str]) -> None:
        if (formulas, words) != (self._formulas, self._words):
            self._formulas, self._words = formulas, words
            self._refresh()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._refresh()

    def next_formula(self) -> Key | None:
        lacking = self._lacking()
        return self._key(lacking[0]) if lacking else None

    def formula_arrived(self) -> None:
        self.viewport().update()

    def _lacking(self) -> list[str]:
        forms = [form for formula in self._formulas for form in _forms(formula)]
        return [form for form in forms if not is_made(self._key(form))]

    def _refresh(self) -> None:
        if self.isVisible() and self._lacking():
            queue().add(self)
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _key(self, latex: str) -> Key:
        return Key(latex, round(QFontInfo(self.font()).pixelSize() * 1.15, 1), self._theme.text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(QFontMetrics(self.font()).height() * 2.9))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.setPen(QColor(self._theme.muted))
        operator = self._operators.get(logicalIndex, "")
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, operator)
        room = area.width() - painter.fontMetrics().horizontalAdvance(operator) - (PADDING if operator else 0)
        formula = self._fitting(logicalIndex, room)
        if formula is not None:
            scale = min(1.0, room / formula.width, area.height() / formula.height)
            left, top = area.right() - formula.width * scale, area.center().y() - formula.height * scale / 2
            formula.draw(painter, left, top, scale)
        elif logicalIndex < len(self._words):
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area, flags, self._words[logicalIndex])
        painter.restore()

    def _fitting(self, column: int, room: float) -> Typeset | None:
        """Return the whole formula, or what stands before its ``=`` where there is no room for more."""
        forms = _forms(self._formulas[column]) if column < len(self._formulas) else []
        found = [formula for form in forms if (formula := made(self._key(form))) is not None]
        return next((formula for formula in found if formula.width <= room), found[-1] if found else None)


def _forms(formula: str) -> list[str]:
    return list(dict.fromkeys((formula, formula.partition(" = ")[0]))) if formula else []
