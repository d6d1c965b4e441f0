"""A button that is a text: as wide as there is room, in one line or in a few, from the left."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

MARGIN = 4


class TextButton(QToolButton):
    """Show a text in at most ``most_lines`` lines; what has no room is in its tooltip, and read to who cannot see."""

    def __init__(self, most_lines: int = 1, parent: QWidget | None = None):
        super().__init__(parent)
        self._whole, self._most_lines, self._color = "", most_lines, QColor()
        self._lines: list[str] = []
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tip: str = "") -> None:
        """Show a text; ``tip`` says more than it."""
        self._whole = text
        self.setToolTip(tip or text)
        self.setAccessibleName(text)
        self._fit()

    def set_color(self, color: str) -> None:
        self._color = QColor(color)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Break the text where the room ends, and give the last line what is left of it as far as it fits."""
        metrics, room = self.fontMetrics(), max(self.width() - 2 * MARGIN, 60)
        starts = self._starts(room)[: self._most_lines]
        ends = [*starts[1:], len(self._whole)]
        lines = [self._whole[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
        shown = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]
        if len(shown) != len(self._lines):
            self.updateGeometry()
        self._lines = shown
        self.update()

    def _starts(self, room: int) -> list[int]:
        """Return where lines begin that are no wider than the room."""
        layout = QTextLayout(self._whole, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        starts: list[int] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            starts.append(line.textStart())
        layout.endLayout()
        return starts or [0]

    def sizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().lineSpacing() * max(len(self._lines), 1) + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.setPen(self._color if self._color.isValid() else self.palette().buttonText().color())
        height = self.fontMetrics().lineSpacing()
        top = (self.height() - height * len(self._lines)) // 2
        for number, line in enumerate(self._lines):
            area = QRect(MARGIN, top + number * height, self.width() - MARGIN, height)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
