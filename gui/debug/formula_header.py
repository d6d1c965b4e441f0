"""A table's headings, typeset."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPainter, QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.theme import LIGHT, Theme
from gui.typeset import Typeset, is_made, queue, typeset

PADDING = 5


class FormulaHeader(QHeaderView):
    """Headings in LaTeX, and some in words."""

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

    def make_next(self) -> bool:
        """One formula, when the queue says so."""
        lacking = self._lacking()
        if lacking:
            typeset(lacking[0], *self._look())
            self.viewport().update()
        return len(lacking) > 1

    def _lacking(self) -> list[str]:
        forms = [form for formula in self._formulas for form in _forms(formula)]
        return [form for form in forms if not is_made(form, *self._look())]

    def _refresh(self) -> None:
        if self.isVisible() and self._lacking():
            queue().add(self)
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _look(self) -> tuple[float, str]:
        return round(QFontInfo(self.font()).pixelSize() * 1.15, 1), self._theme.text

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
        made = self._fitting(logicalIndex, room)
        if made is not None:
            scale = min(1.0, room / made.width, area.height() / made.height)
            made.draw(painter, area.right() - made.width * scale, area.center().y() - made.height * scale / 2, scale)
        elif logicalIndex < len(self._words):
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area, flags, self._words[logicalIndex])
        painter.restore()

    def _fitting(self, column: int, room: float) -> Typeset | None:
        """The whole formula, or what stands before its ``=`` where there is no room for more."""
        forms = _forms(self._formulas[column]) if column < len(self._formulas) else []
        made = [typeset(form, *self._look()) for form in forms if is_made(form, *self._look())]
        return next((form for form in made if form and form.width <= room), made[-1] if made else None)


def _forms(formula: str) -> list[str]:
    return list(dict.fromkeys((formula, formula.partition(" = ")[0]))) if formula else []
