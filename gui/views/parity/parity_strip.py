"""One line a pair: in lockstep or not, and where not. The words are made in parity_words."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from engine.protocol import Frame, past_plan
from engine.spec import ExperimentSpec
from gui.look.glossary import explain
from gui.look.notes import StaleVeil, named
from gui.look.text_size import scaled
from gui.look.theme import LIGHT, Theme
from gui.session.session import Session

from ..dock import Dock
from .pair_words import WORDS
from .parity_words import Line, alone, hushed, kind_color, line_of, waiting

LABEL_WIDTH = 160  # pixels
LINK = 2  # the column that leads to the Debug view
MOST_HEIGHT = 240  # pixels of the dock; more lines scroll
SHOWN_LINES = 3  # without scrolling, where there is no more room
MEASURED = 40  # lines, from the first in sight on, that a column is made wide enough for


class ParityStrip(Dock):
    """List the pairs' verdicts, so that they scroll and are read line by line from the keyboard.

    A click on a line that is not in lockstep, or Enter, leads to where that began: ``finding_chosen`` carries
    the entry.
    """

    name, extent = "parity", 80
    finding_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("parity_strip")
        self._theme = LIGHT
        self._spec: ExperimentSpec | None = None
        self._labels: tuple[str, ...] = ()
        self._lines: list[Line] = []
        self._is_hushed = False  # whether frames tell nothing of pairs, as somebody hunts a bug
        self._list = named(QTreeWidget(), "parity_lines", self.tr("Parity of both lanes of each pair"))
        explain(self._list, "parity", "drift")
        self._list.setColumnCount(3)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setIndentation(0)
        header, mode = self._list.header(), QHeaderView.ResizeMode
        header.setMinimumSectionSize(0)
        header.setMaximumSectionSize(10_000)
        header.setStretchLastSection(False)
        header.setResizeContentsPrecision(MEASURED)
        for column, how in enumerate((mode.ResizeToContents, mode.Stretch, mode.ResizeToContents)):
            header.setSectionResizeMode(column, how)
        self._list.itemClicked.connect(lambda item: self._open(self._list.indexOfTopLevelItem(item)))
        self._list.setMouseTracking(True)
        self._list.installEventFilter(self)
        self._list.viewport().installEventFilter(self)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusProxy(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(self._list)
        self._veil = StaleVeil(self._list, at_right=True)
        self.set_theme(LIGHT)

    @property
    def title(self) -> str:
        return QCoreApplication.translate("MainWindow", "Parity")

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        same = spec is not None and self._spec is not None and _pairs(spec) == _pairs(self._spec)
        self._spec = spec
        self._labels = spec.labels if spec else ()
        if not same:
            self._fill()
            self.clear()
        else:
            self.set_theme(self._theme)

    def show_frame(self, frame: Frame) -> None:
        if self._spec is None:
            return
        pairs = {pair.label: pair for pair in frame.pairs}
        for index, (label, entry) in enumerate(zip(self._labels, self._spec.optimizers, strict=True)):
            note = past_plan(entry, frame.step, WORDS)
            if label in pairs:
                self._show(index, line_of(pairs[label], self._spec.dtype)._replace(note=note))
            elif note != self._lines[index].note:
                self._show(index, self._lines[index]._replace(note=note))

    def clear(self) -> None:
        """Go back to before the first step."""
        for index, entry in enumerate(self._spec.optimizers if self._spec else ()):
            untold = hushed() if self._is_hushed else waiting()
            self._show(index, untold if len(entry.backends) > 1 else alone(*map(entry.own_side, entry.backends)))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._veil.set_theme(theme)
        for index, color in enumerate(self._spec.colors if self._spec else ()):
            swatch = QPixmap(12, 12)
            swatch.fill(QColor(theme.entry_color(color)))
            item = self._item(index)
            item.setIcon(0, QIcon(swatch))
            item.setForeground(1, QColor(kind_color(self._lines[index].kind, theme)))
            item.setForeground(2, QColor(theme.accent))

    def set_hushed(self, is_hushed: bool) -> None:
        """Set whether no frame tells of pairs: somebody hunts a bug."""
        if is_hushed != self._is_hushed:
            self._is_hushed = is_hushed
            self.clear()

    def set_stale(self, stale: bool) -> None:
        self._veil.set_stale(stale)

    def sizeHint(self) -> QSize:
        lines = min(max(self._list.topLevelItemCount(), 1), SHOWN_LINES)
        return QSize(400, lines * self._line_height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._line_height() + 10)

    def _fill(self) -> None:
        self._list.clear()
        self._lines = []
        items: list[QTreeWidgetItem] = []
        for label in self._labels:
            item = PairItem([self._short(label), "", ""])
            link = item.font(2)
            link.setUnderline(True)
            item.setFont(2, link)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, label)
            items.append(item)
            self._lines.append(waiting())
        self._list.addTopLevelItems(items)
        self.set_theme(self._theme)
        self.updateGeometry()

    def _show(self, index: int, line: Line) -> None:
        """Only what changed is set: every change lays out and paints the list again."""
        before, self._lines[index] = self._lines[index], line
        item = self._item(index)
        if item.text(1) != line.shown:
            item.setText(1, line.shown)
        if item.text(2) != (link := self.tr("Show in Debug") if self._leads(index) else ""):
            item.setText(2, link)
        if before.kind != line.kind or item.line is None:
            item.setForeground(1, QColor(kind_color(line.kind, self._theme)))
        item.line = line
        item.leads_to = self.tr("To the line where this began (Enter)") if self._leads(index) else ""

    def _leads(self, index: int) -> bool:
        """Whether there is a place to lead to."""
        return 0 <= index < len(self._lines) and self._lines[index].located

    def _open(self, index: int) -> None:
        if self._leads(index):
            self.finding_chosen.emit(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the current line by Enter; the pointer shows where a click leads somewhere."""
        if watched is self._list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self._list.currentIndex().row())
                return True
        elif event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self._list.indexAt(event.position().toPoint()).row()
            shape = Qt.CursorShape.PointingHandCursor if self._leads(index) else Qt.CursorShape.ArrowCursor
            self._list.viewport().setCursor(shape)
        return super().eventFilter(watched, event)

    def _short(self, label: str) -> str:
        """Shorten a label: a long one must leave the verdict its room; the tip has all of it."""
        return self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideMiddle, scaled(LABEL_WIDTH))

    def _item(self, index: int) -> "PairItem":
        item = self._list.topLevelItem(index)
        assert isinstance(item, PairItem)
        return item

    def _line_height(self) -> int:
        return max(self._list.sizeHintForRow(0), self.fontMetrics().height() + 4)


class PairItem(QTreeWidgetItem):
    """Hold a pair's cell, whose tip is made when it is asked for."""

    line: Line | None = None
    leads_to = ""

    def data(self, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and self.line is not None:
            return self.leads_to if column == LINK else self.line.tip
        return super().data(column, role)


def make_dock(_: Session) -> Dock:
    strip = ParityStrip()
    strip.setMaximumHeight(MOST_HEIGHT)  # what it would leave empty belongs to the plot
    return strip


def _pairs(spec: ExperimentSpec) -> list[tuple[str, tuple[str, ...]]]:
    return [(label, entry.backends) for label, entry in zip(spec.labels, spec.optimizers, strict=True)]
