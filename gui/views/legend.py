"""The legend beside the loss plot: a line a lane, with its loss in full. A click hides or shows the lane."""

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetrics, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from gui.theme import LIGHT, Theme

from .lanes import Lane
from .loss_curves import pen_of
from .notes import named
from .numbers import exact

SAMPLE = QSize(34, 12)
WIDEST = {"float32": "-1.23456789e-38", "float64": "-1.2345678901234567e-308"}


class Legend(QScrollArea):
    """Values have a fixed width for the dtype, so that reading them out moves nothing."""

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("loss_legend")
        self.setAccessibleName(self.tr("Legend and loss values"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme, self._dtype = LIGHT, "float32"
        self._lanes: tuple[Lane, ...] = ()
        self._boxes: list[QCheckBox] = []
        self._values: list[QLabel] = []
        self._notes: list[QLabel] = []
        self._heading = named(QLabel(), "legend_heading")
        self._fill(())

    def set_lanes(self, lanes: Sequence[Lane], dtype: str) -> None:
        """Lanes that were hidden by name stay hidden."""
        hidden = {lane.id for lane, box in zip(self._lanes, self._boxes, strict=True) if not box.isChecked()}
        self._lanes, self._dtype = tuple(lanes), dtype
        self._fill(hidden)
        self.set_theme(self._theme)

    def shown(self, index: int) -> bool:
        return self._boxes[index].isChecked()

    def show_values(self, heading: str, losses: Sequence[float]) -> None:
        """``losses`` in the lanes' order, or none to empty the column."""
        _set_text(self._heading, heading)
        texts = [exact(loss, self._dtype) for loss in losses]
        digit = QFontMetrics(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)).horizontalAdvance("0")
        for label, text, missing in zip_longest(self._values, texts, _missing(texts)):
            _set_text(label, text or "")
            if label.indent() != (indent := (missing or 0) * digit):
                label.setIndent(indent)

    def show_notes(self, notes: Sequence[str]) -> None:
        for label, note in zip(self._notes, notes, strict=False):
            _set_text(label, note)
            label.setVisible(bool(note))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for lane, box in zip(self._lanes, self._boxes, strict=True):
            box.setIcon(_sample(lane, theme, self.devicePixelRatioF()))

    def _fill(self, hidden: set[str] | tuple[()]) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(4, 0, 4, 0)
        grid.setVerticalSpacing(1)
        self._boxes, self._values, self._notes = [], [], []
        self._heading = named(QLabel(), "legend_heading")
        self._heading.setProperty("role", "muted")
        self._heading.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._heading, 0, 0, 1, 2)
        for index, lane in enumerate(self._lanes):
            self._add_lane(grid, 1 + 2 * index, lane, lane.id not in hidden)
        grid.setRowStretch(2 + 2 * len(self._lanes), 1)
        grid.setColumnStretch(0, 1)
        self.setWidget(inside)
        self.setFixedWidth(self._width())

    def _add_lane(self, grid: QGridLayout, row: int, lane: Lane, shown: bool) -> None:
        box = named(QCheckBox(self._short(lane.name)), f"legend_{lane.id}", lane.name)
        box.setToolTip(self.tr("{lane}: click to hide or show").format(lane=lane.name))
        box.setIconSize(SAMPLE)
        box.setChecked(shown)
        box.toggled.connect(self.toggled)
        value = named(QLabel(), f"loss_{lane.id}", self.tr("Loss of {lane}").format(lane=lane.name))
        value.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        note = named(QLabel(), f"note_{lane.id}")
        note.setProperty("role", "warning")
        note.setWordWrap(True)
        note.hide()
        grid.addWidget(box, row, 0)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(value, row, 1)
        grid.addWidget(note, row + 1, 0, 1, 2)
        self._boxes.append(box)
        self._values.append(value)
        self._notes.append(note)

    def _short(self, name: str) -> str:
        text = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 110)
        return text.replace("&", "&&")

    def _width(self) -> int:
        fixed = QFontMetrics(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        names = max((self.fontMetrics().horizontalAdvance(box.text()) for box in self._boxes), default=60)
        return names + SAMPLE.width() + 40 + fixed.horizontalAdvance(WIDEST[self._dtype]) + 24


def _sample(lane: Lane, theme: Theme, ratio: float) -> QIcon:
    """A stretch of the lane's line, as the plot draws it."""
    picture = QPixmap(SAMPLE * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    pen = pen_of(lane.backend, theme.entry_color(lane.entry), theme, ratio=ratio)
    painter.setPen(pen)
    middle = SAMPLE.height() / 2
    painter.drawLine(QPointF(1, middle), QPointF(SAMPLE.width() - 1, middle))
    painter.end()
    return QIcon(picture)


def _missing(texts: Sequence[str]) -> list[int]:
    """How many digits each has fewer behind its point than the longest, so that the points stand below each other."""
    behind = [len(text.partition(".")[2]) if "." in text and "e" not in text else None for text in texts]
    longest = max((count for count in behind if count is not None), default=0)
    return [0 if count is None else longest - count for count in behind]


def _set_text(label: QLabel, text: str) -> None:
    """Only what changed: a text set again would lay out the legend again."""
    if label.text() != text:
        label.setText(text)
