"""The race's legend: each entry with its number and colour and its loss; where entries are hidden, soloed and moved."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from engine.spec import ExperimentSpec
from gui.look.flow import Flow
from gui.look.naming import name_field, plain_text
from gui.look.notes import named
from gui.look.own_sheets import mute
from gui.look.theme import Theme
from gui.views.loss.values import set_text

from ..entries.entry_marks import badge_size
from ..entries.shown import Shown
from .earlier_legend import EarlierLegend
from .legend_model import LegendModel
from .words import standing_heading

MOST, SHARE = 250, 0.2  # pixels of width, and of the window's, that are asked for at the most


class EntryList(QTreeView):
    """List the entries. ``solo_wanted``, ``move_wanted``: a row, and how far; ``menu_wanted``: a place on screen."""

    solo_wanted = Signal(int)
    move_wanted = Signal(int, int)
    menu_wanted = Signal(QPoint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and index.isValid():
            self.setCurrentIndex(index)
            self.solo_wanted.emit(index.row())
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), Qt.Key
        with_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if row >= 0 and with_alt and event.key() in (key.Key_Up, key.Key_Down):
            self.move_wanted.emit(row, -1 if event.key() == key.Key_Up else 1)
        elif row >= 0 and event.key() in (key.Key_Return, key.Key_Enter):
            self.solo_wanted.emit(row)
        elif row >= 0 and event.key() == key.Key_Space:
            self._toggle(row)
        else:
            super().keyPressEvent(event)

    def _toggle(self, row: int) -> None:
        """Whichever column the keyboard is in."""
        model, role = self.model(), Qt.ItemDataRole.CheckStateRole
        index = model.index(row, 0)
        on = Qt.CheckState(index.data(role)) == Qt.CheckState.Checked
        model.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, role)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class RaceLegend(QWidget):
    """List the entries; what is done to the one at hand stands as buttons below, and in its context menu."""

    def __init__(self, shown: Shown):
        super().__init__()
        self.setObjectName("race_legend")
        self._shown = shown
        self.model = LegendModel(shown, self)
        self._heading = named(QLabel(), "race_heading")
        mute(self._heading)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._heading.setWordWrap(True)
        self.list = EntryList()
        self.earlier = EarlierLegend()
        self._set_up_list()
        self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.earlier)
        column.addLayout(self._buttons())
        shown.changed.connect(self._show_actions)
        self._show_actions()

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self.model.set_experiment(spec)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_actions()

    def show_losses(self, heading: str, losses: Mapping[str, float]) -> None:
        """Show losses by the lanes' ids; none where nothing is known."""
        set_text(self._heading, heading)
        self.model.show_losses(losses if heading else {})

    @property
    def wanted_width(self) -> int:
        """Return the width in which the longest name and any loss have room, within limits."""
        rows, wide = range(self.model.rowCount()), self.list.fontMetrics().horizontalAdvance
        longest = max(rows, key=lambda row: wide(self.model.index(row, 0).data() or ""), default=0)
        names = self.list.sizeHintForIndex(self.model.index(longest, 0)).width()
        bar = self.list.verticalScrollBar().sizeHint().width()
        entries = names + self.list.header().sectionSize(1) + 2 * self.list.frameWidth() + bar
        least = self.fontMetrics().horizontalAdvance(standing_heading(8_888_888))
        if self.earlier.count():
            least = max(least, self.earlier.sizeHintForColumn(0) + 2 * self.list.frameWidth())
        return min(max(entries, least), max(MOST, round(self.window().width() * SHARE)))

    def set_theme(self, theme: Theme) -> None:
        self.model.set_theme(theme, self.devicePixelRatioF())

    # --- making ----------------------------------------------------------------------------

    def _set_up_list(self) -> None:
        view = self.list
        tip = self.tr(
            "Tick to show. Alt+click or Enter shows an entry alone, Alt+↑ ↓ or dragging moves it, Space hides it."
        )
        name_field(view, "race_entries", self.tr("Entries of the race"), tip)
        view.setModel(self.model)
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setIndentation(0)
        view.setIconSize(badge_size())
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        view.setDefaultDropAction(Qt.DropAction.MoveAction)
        view.setMinimumWidth(90)
        header, mode = view.header(), QHeaderView.ResizeMode
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(0, mode.Stretch)
        header.setSectionResizeMode(1, mode.Fixed)
        header.resizeSection(1, self.fontMetrics().horizontalAdvance("−1.234e−10"))
        view.solo_wanted.connect(lambda row: self._shown.solo(self._shown.order[row]))
        view.move_wanted.connect(self._move)
        view.menu_wanted.connect(self._open_menu)
        view.selectionModel().currentChanged.connect(lambda *_: self._show_actions())

    def _make_actions(self) -> None:
        self._solo = self._action(
            "race_solo", self.tr("&Only this"), self.tr("Show this entry alone (Alt+click, Enter)")
        )
        self._solo.setCheckable(True)
        self._up = self._action("race_up", self.tr("Move &up"), self.tr("Move up (Alt+↑)"))
        self._up.setIconText("▲")
        self._down = self._action("race_down", self.tr("Move &down"), self.tr("Move down (Alt+↓)"))
        self._down.setIconText("▼")
        self._all = self._action("race_all", self.tr("Show &all"), self.tr("Show every entry again"))
        self._solo.triggered.connect(lambda: self._shown.solo(self._entry))
        self._up.triggered.connect(lambda: self._move(self.list.currentIndex().row(), -1))
        self._down.triggered.connect(lambda: self._move(self.list.currentIndex().row(), 1))
        self._all.triggered.connect(self._shown.show_all)

    def _action(self, name: str, text: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setToolTip(tip)
        return action

    def _buttons(self) -> Flow:
        """Both that move an entry stay beside each other where the room ends."""
        row, moves = Flow(spacing=2), QWidget()
        pair = QHBoxLayout(moves)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(2)
        for action in (self._solo, self._all, self._up, self._down):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            name_field(button, f"{action.objectName()}_button", plain_text(action.text()), action.toolTip())
            (pair if action in (self._up, self._down) else row).addWidget(button)
        row.addWidget(moves)
        return row

    # --- what a person does ----------------------------------------------------------------

    @property
    def _entry(self) -> int | None:
        """The entry at hand."""
        row = self.list.currentIndex().row()
        return self._shown.order[row] if 0 <= row < len(self._shown.order) else None

    def _move(self, row: int, by: int) -> None:
        to = row + by
        if 0 <= row < len(self._shown.order) and 0 <= to < len(self._shown.order):
            self._shown.move(self._shown.order[row], to)
            self._show_actions()

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._solo, self._all, self._up, self._down])
        menu.popup(place)

    def _show_actions(self) -> None:
        row, last = self.list.currentIndex().row(), len(self._shown.order) - 1
        self._solo.setEnabled(row >= 0 and last > 0)
        self._solo.setChecked(self._shown.alone is not None and self._shown.alone == self._entry)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < last)
        self._all.setEnabled(any(not self._shown.entry_shown(entry) for entry in self._shown.order))
