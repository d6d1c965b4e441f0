"""The list of all breakpoints: a tick for each that is on, what it is in words, and how often it was hit.

Space ticks, Delete removes, Enter or a double click goes to it; the list only says so, and the page does it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gui.look.theme import LIGHT, Theme

NUMBER, WORDS, HITS = range(3)
LEAST_HEIGHT = 110  # pixels
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Shown(NamedTuple):
    """Hold one line of the list."""

    enabled: bool
    words: str
    hits: str


class BreakpointList(QTreeWidget):
    """List the breakpoints. Signals carry a breakpoint's index."""

    chosen = Signal(int)
    switched = Signal(int, bool)
    remove_asked = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._theme = LIGHT
        self._shown: list[Shown] = []
        self._items: list[QTreeWidgetItem] = []
        self._looks: list[object] = []  # of each, all that makes it look as it does
        self._faults: Mapping[int, Sequence[str]] = {}
        self._stop: int | None = None
        self.setObjectName("breakpoints_list")
        self.setAccessibleName(self.tr("Breakpoints"))
        self.setToolTip(self.tr("Space switches a breakpoint on or off, Delete removes it, Enter goes to it"))
        self.setMinimumHeight(LEAST_HEIGHT)
        self._look()
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.current()))
        self.itemChanged.connect(self._on_item_changed)
        self.itemDoubleClicked.connect(lambda item, _: self.opened.emit(self.indexOfTopLevelItem(item)))

    def _look(self) -> None:
        self.setColumnCount(3)
        self.setHeaderLabels([self.tr("On"), self.tr("The run stops"), self.tr("Hits")])
        self.headerItem().setToolTip(HITS, self.tr("How often it was hit since the run began or breakpoints changed"))
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(24)
        for column in (NUMBER, HITS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)

    def sizeHint(self) -> QSize:
        """Ask for as little as is of use; the layout gives it more where there is more."""
        return QSize(256, LEAST_HEIGHT)

    def current(self) -> int:
        """Return the index of the chosen breakpoint, -1 when there is none."""
        item = self.currentItem()
        return -1 if item is None else self.indexOfTopLevelItem(item)

    def choose(self, index: int) -> None:
        self.setCurrentItem(self._items[index])

    def show_breakpoints(self, shown: Sequence[Shown]) -> None:
        """Show these as all; whatever is the same stays as it is, the focus and the chosen line too."""
        self.blockSignals(True)
        at = self.current()
        while len(self._items) > len(shown):
            self.takeTopLevelItem(len(self._items) - 1)
            self._items.pop()
            self._looks.pop()
        added = [self._new_item() for _ in shown[len(self._items) :]]
        self.addTopLevelItems(added)
        self._items += added
        self._looks += [None] * len(added)
        if shown:
            self.choose(min(max(at, 0), len(shown) - 1))
        self._shown = list(shown)
        for index in range(len(shown)):
            self._fill(index)
        self.blockSignals(False)
        self.viewport().update()

    def _new_item(self) -> QTreeWidgetItem:
        """With its height: set in the list, it would have every other line measured again."""
        item = QTreeWidgetItem()
        item.setSizeHint(WORDS, QSize(0, self.fontMetrics().height() + 6))
        return item

    def show_faults(self, faults: Mapping[int, Sequence[str]]) -> None:
        """Show what is wrong with breakpoints, by index."""
        self._faults = faults
        self._refill()

    def show_stop(self, index: int | None) -> None:
        """Mark the breakpoint at which the run stands, if it is one."""
        self._stop = index
        self._refill()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setStyleSheet(
            f"QTreeView::indicator:unchecked {{ border: 1px solid {theme.muted}; border-radius: 2px; "
            f"background-color: {theme.base}; }}"
        )
        self._refill()

    def _refill(self) -> None:
        self.blockSignals(True)
        for index in range(len(self._shown)):
            self._fill(index)
        self.blockSignals(False)

    def _fill(self, index: int) -> None:
        item, shown = self._items[index], self._shown[index]
        faults = tuple(self._faults.get(index, ()))
        looks = shown, faults, index == self._stop, self._theme
        if looks == self._looks[index]:
            return
        self._looks[index] = looks
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(NUMBER, Qt.CheckState.Checked if shown.enabled else Qt.CheckState.Unchecked)
        item.setText(NUMBER, f"{index + 1}")
        item.setText(WORDS, ("⚠ " if faults else "▶ " if index == self._stop else "") + shown.words)
        item.setText(HITS, shown.hits)
        item.setTextAlignment(HITS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(WORDS, "\n".join([*faults, shown.words]))
        item.setData(WORDS, Qt.ItemDataRole.AccessibleTextRole, self._spoken(index, faults))
        color = self._theme.error if faults else self._theme.text if shown.enabled else self._theme.muted
        font = self.font()
        font.setBold(index == self._stop)
        for column in (NUMBER, WORDS, HITS):
            item.setForeground(column, QBrush(QColor(color)))
            item.setFont(column, font)

    def _spoken(self, index: int, faults: Sequence[str]) -> str:
        words, enabled = self._shown[index].words, self._shown[index].enabled
        state = self.tr("on") if enabled else self.tr("off")
        here = [self.tr("the run stands here")] if index == self._stop else []
        return ", ".join([f"{index + 1}", words, state, *here, *faults])

    def _on_item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        index = self.indexOfTopLevelItem(item)
        on = item.checkState(NUMBER) == Qt.CheckState.Checked
        if column == NUMBER and on != self._shown[index].enabled:
            self.switched.emit(index, on)

    def event(self, event: QEvent) -> bool:
        """Keep the list's own keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in (Qt.Key.Key_Delete, *ENTER)
            if own and self._plain(event) and self.current() >= 0:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.current()
        if index < 0 or not self._plain(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.switched.emit(index, not self._shown[index].enabled)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit(index)
        elif event.key() in ENTER:
            self.opened.emit(index)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _plain(event: QKeyEvent) -> bool:
        return event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._shown:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.muted))
            area = QRect(self.viewport().rect()).adjusted(8, 4, -8, -4)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, self.tr("None yet. Click beside a line of the source, or add one here."))
