"""A picture of the step: the layers side by side, forward above, backward below it, then the update.

Each stage has its parity's colour and its mark; those that have run are filled, the one at hand is framed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QWidget

from engine.protocol import Stage, Traced
from gui.look import glossary
from gui.look.naming import name_field
from gui.look.text_size import scaled
from gui.look.theme import LIGHT, Theme

from ..step.cursor import stage_at
from ..values.verdict_words import mark, verdict_color
from .stage_words import kind_text, of_point, parse, tip, title

ROW, LOW_ROW = 21.0, 16.0  # a row's height, and where there is little room
GAP = 3.0
NARROWEST = 42.0  # a layer's column
WIDEST = 230.0
LOSS = 64.0
BESIDE = {"schedule": 0, "clip": 1}  # of all layers: before the first goes forward, and after it came back; the rows
FILL = 0.22  # how strongly a stage that has run is coloured


class Cell(NamedTuple):
    """Hold a stage and where it stands."""

    stage: int
    rect: QRectF
    text: str


class StageStrip(QScrollArea):
    """Show the step's stages. ``stage_chosen`` carries a stage's index in ``Traced.stages``."""

    stage_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.picture = _Picture()
        self.picture.chosen.connect(self.stage_chosen)
        self.setWidget(self.picture)
        self.setObjectName("stageStrip")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picture.moved.connect(self._keep_in_view)

    def show_event(self, traced: Traced | None, event: int) -> None:
        self.picture.show_event(traced, event)
        self._fit()
        self._keep_in_view()

    def set_theme(self, theme: Theme) -> None:
        self.picture.set_theme(theme)

    def set_low(self, low: bool) -> None:
        """Take less height."""
        self.picture.row = scaled(LOW_ROW if low else ROW)
        self._fit()

    def resizeEvent(self, event: QEvent) -> None:  # noqa: ARG002
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, self.picture.wanted_height + self._bar())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.picture.wanted_height + self._bar())

    def _bar(self) -> int:
        narrow = self.picture.least_width > self.width()
        return self.horizontalScrollBar().sizeHint().height() if narrow else 0

    def _fit(self) -> None:
        width = max(self.viewport().width(), self.picture.least_width)
        self.picture.resize(width, self.picture.wanted_height)
        self.picture.lay_out()
        height = self.picture.wanted_height + self._bar()
        if self.maximumHeight() != height:
            self.setFixedHeight(height)

    def _keep_in_view(self) -> None:
        rect = self.picture.shown_rect
        if rect is not None:
            self.ensureVisible(round(rect.center().x()), 0, round(rect.width() / 2) + 20, 0)


class _Picture(QWidget):
    """The keyboard chooses with the arrows, in the order of the step, and goes there with Enter."""

    chosen = Signal(int)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._stages: tuple[Stage, ...] = ()
        self._current: int | None = None
        self._chosen: int | None = None  # by the arrow keys
        self._cells: list[Cell] = []
        self._columns: dict[int, int] = {}  # of each stage that has one
        self._layers = 1
        self.row = float(scaled(ROW))
        self._loss = scaled(LOSS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("usesSpace", True)
        self.setMouseTracking(True)
        name_field(self, "stages", self.tr("Stages of the step"))
        glossary.mark(self, "stage", "affine")

    # --- what is shown ---------------------------------------------------------------------

    def show_event(self, traced: Traced | None, event: int) -> None:
        stages = () if traced is None else traced.stages
        current = None if traced is None or not traced.lines else stage_at(traced, event)
        if current is None and stages:
            current = len(stages)  # the step's end
        if (stages, current) == (self._stages, self._current):
            return
        self._stages, self._current, self._chosen = stages, current, None
        self._columns = _columns(stages)
        self._layers = max(self._columns.values(), default=0) + 1
        self._name_current()
        self.lay_out()

    def _name_current(self) -> None:
        at = self._current if self._chosen is None else self._chosen
        if at is not None and at < len(self._stages):
            stage = self._stages[at]
            told = self.tr("Stages of the step: {stage} {mark}")
            said = told.format(stage=title(stage.name), mark=mark(stage.verdict)).strip()
        else:
            said = self.tr("Stages of the step")
        self.setAccessibleName(said)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @property
    def shown_rect(self) -> QRectF | None:
        at = self._current if self._chosen is None else self._chosen
        return next((cell.rect for cell in self._cells if cell.stage == at), None)

    # --- geometry --------------------------------------------------------------------------

    @property
    def wanted_height(self) -> int:
        return round(3 * self.row + 4 * GAP)

    @property
    def least_width(self) -> int:
        return round(self._left + self._layers * (scaled(NARROWEST) + 2 * GAP) + self._loss + 3 * GAP)

    @property
    def _title_width(self) -> float:
        return max(QFontMetricsF(self.font()).horizontalAdvance(text) for text in self._row_titles()) + 3 * GAP

    @property
    def _left(self) -> float:
        """Where the first layer's column begins."""
        beside = any(parse(stage.name).kind in BESIDE for stage in self._stages)
        return self._title_width + (self._loss + 2 * GAP if beside else 0)

    def _row_titles(self) -> tuple[str, str, str]:
        return self.tr("Forward →"), self.tr("← Backward"), self.tr("Update")

    def lay_out(self) -> None:
        """Lay out a column a layer, and at the end the loss, where forward turns back; else one column."""
        left = self._left
        room = self.width() - left - self._loss - 3 * GAP
        column = min(max(room / self._layers, scaled(NARROWEST) + 2 * GAP), scaled(WIDEST))
        self._cells, point = [], of_point(self._stages)
        for index, stage in enumerate(self._stages):
            layer, kind = parse(stage.name)
            x = left + self._columns.get(index, 0) * column
            if kind in BESIDE:
                top = GAP + BESIDE[kind] * (self.row + GAP)
                self._cells.append(Cell(index, QRectF(self._title_width, top, self._loss, self.row), kind_text(kind)))
            elif point:
                self._cells.append(Cell(index, self._rect_of(kind, x, column - 2 * GAP), kind_text(kind)))
            elif layer is None:
                x, top = left + self._layers * column + GAP, GAP
                self._cells.append(Cell(index, QRectF(x, top, self._loss, 2 * self.row + GAP), kind_text(kind)))
            else:
                self._cells.append(Cell(index, self._rect_of(kind, x, column - 2 * GAP), f"{layer} {kind_text(kind)}"))
        self.update()

    def _rect_of(self, kind: str, x: float, width: float) -> QRectF:
        row = {"backward": 1, "update": 2}.get(kind, 0)
        top = GAP + row * (self.row + GAP)
        if row or kind == "loss":
            return QRectF(x, top, width, self.row)
        half = (width - GAP) / 2
        return QRectF(x + (half + GAP if kind == "activation" else 0), top, half, self.row)

    # --- drawing ---------------------------------------------------------------------------

    def paintEvent(self, event: QEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.muted))
        if not self._stages:
            return
        for row, text in enumerate(self._row_titles()):
            area = QRectF(2, GAP + row * (self.row + GAP), self._title_width, self.row)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        for cell in self._cells:
            self._draw(painter, cell)

    def _draw(self, painter: QPainter, cell: Cell) -> None:
        stage, theme = self._stages[cell.stage], self._theme
        color = QColor(verdict_color(stage.verdict, theme))
        done = self._current is not None and cell.stage < self._current
        current = cell.stage == self._current
        fill = QColor(color if done else theme.base)
        if done:
            fill.setAlphaF(FILL)
        if current:
            fill = QColor(theme.accent)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(theme.accent if current else color), 2.2 if current else 1))
        painter.drawRoundedRect(cell.rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if cell.stage == self._chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(cell.rect.adjusted(2.5, 2.5, -2.5, -2.5), 2, 2)
        self._draw_text(painter, cell, current)

    def _draw_text(self, painter: QPainter, cell: Cell, current: bool) -> None:
        """Draw the mark always, and of the name what finds room: all of it, or the layer's number."""
        stage, theme = self._stages[cell.stage], self._theme
        sign, metrics = mark(stage.verdict), QFontMetricsF(painter.font())
        area = cell.rect.adjusted(4, 0, -4, 0)
        needed = metrics.horizontalAdvance(f"{cell.text} {sign}")
        name = cell.text if needed <= area.width() else cell.text.split()[0] if cell.text[0].isdigit() else ""
        if name and metrics.horizontalAdvance(f"{name} {sign}") > area.width():
            name = ""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.accent_text if current else theme.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, name)
        if not current:
            painter.setPen(QColor(verdict_color(stage.verdict, theme)))
        side = Qt.AlignmentFlag.AlignRight if name else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(area, side | middle, sign)

    # --- choosing --------------------------------------------------------------------------

    def _cell_at(self, event: QMouseEvent | QHelpEvent) -> Cell | None:
        pos = event.position() if isinstance(event, QMouseEvent) else event.pos().toPointF()
        return next((cell for cell in self._cells if cell.rect.contains(pos)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event)
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(cell.stage)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._cell_at(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        last = len(self._stages) - 1
        at = self._chosen if self._chosen is not None else self._current
        if event.key() in ways and at is not None:
            self._choose(at + ways[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0 if event.key() == Qt.Key.Key_Home else last)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and at is not None and at <= last:
            self.chosen.emit(at)
        else:
            super().keyPressEvent(event)

    def _choose(self, stage: int) -> None:
        if self._stages:
            self._chosen = max(0, min(stage, len(self._stages) - 1))
            self._name_current()
            self.update()
            self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._chosen = None
        self._name_current()
        self.update()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._cell_at(event)
            QToolTip.showText(
                event.globalPos(), tip(self._stages[cell.stage], of_point(self._stages)) if cell else "", self
            )
            return True
        return super().event(event)


def _columns(stages: Sequence[Stage]) -> dict[int, int]:
    """Return the column that each stage of a layer stands in: the layer's.

    Where a residual's two ways meet on the way back there is a column too, before those of the layers inside it.
    """
    owners = {index: stage.name.rpartition(".")[0] for index, stage in enumerate(stages) if parse(stage.name).layer}
    firsts: dict[str, int] = {}
    for index, stage in enumerate(stages):
        firsts.setdefault(stage.name, index)
    meeting = {owners[index]: index for index, stage in enumerate(stages) if firsts[stage.name] != index}
    order: dict[str | int, int] = {}
    for name in dict.fromkeys(owners.values()):
        for layer, index in meeting.items():
            if name.startswith(f"{layer}."):
                order.setdefault(index, len(order))
        order.setdefault(name, len(order))
    return {index: order.get(index, order[owner]) for index, owner in owners.items()}
