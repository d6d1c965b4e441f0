"""The grid in which data is typed and pasted. It knows keys and pointers; the model knows the table."""

from itertools import islice, product

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from gui.look.theme import LIGHT, Theme

from .fields.fields import mark
from .grid_model import FAULT_ROLE, GridModel
from .table import Table, block_of

Index = QModelIndex | QPersistentModelIndex
_ORIGINAL = "original_text"
_EndEdit = QAbstractItemDelegate.EndEditHint
ROWS_SHOWN = (3, 8)
COLUMN_WIDTHS = (28, 44, 80)  # of short numbers at the least, of others, at the most
LONGEST_CELL = 32_767  # characters that a field for typing holds; of more it would lose the end
ROWS_MEASURED, CELLS_MEASURED, CELL_PADDING = 20, 400, 12


class CellDelegate(QStyledItemDelegate):
    """Hand every keystroke to the model, mark faulty cells and draw the line between x and y."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.theme = LIGHT

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setProperty(_ORIGINAL, index.data(Qt.ItemDataRole.EditRole))
        # What is half typed when Run is pressed must be seen by the checks.
        editor.textEdited.connect(lambda _: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        text = index.data(Qt.ItemDataRole.EditRole)
        if editor.text() != text:  # setText would move the cursor
            editor.setText(text)
        mark(editor, [index.data(FAULT_ROLE)] if index.data(FAULT_ROLE) else [])

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, GridModel)
        model.setData(index, editor.text())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model, rect = index.model(), option.rect
        painter.save()
        if isinstance(model, GridModel) and index.column() == model.table.inputs:
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        if index.data(FAULT_ROLE):
            # A corner as in spreadsheets, for who cannot tell the colour.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.error))
            corner = QPointF(rect.topRight()) + QPointF(1, 0)
            painter.drawPolygon(QPolygonF([corner, corner - QPointF(7, 0), corner + QPointF(0, 7)]))
        painter.restore()


class GridView(QTableView):
    """Take a spreadsheet's habits: type over, Enter goes down, copy, cut, paste, delete.

    ``pasted`` carries what is to be told of a paste, nothing of most.
    """

    pasted = Signal(str)

    def __init__(self, model: GridModel, parent: QWidget | None = None):
        super().__init__(parent)
        self._model = model
        self._current = (0, 0)
        self._measured: tuple[Table, int, str] | None = None  # what the needed width is of
        self._needed = 0
        self._delegate = CellDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)  # Tab leaves the grid, or a keyboard could not
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(28)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        model.modelAboutToBeReset.connect(self._remember)
        model.reshaped.connect(self._on_reshaped)
        model.edited.connect(self._fit_columns)
        self._add_actions()
        self.go_to(0, 0)
        self.fit_height()

    def _add_actions(self) -> None:
        keys = QKeySequence.StandardKey
        for title, key, act in (
            (self.tr("Cut"), keys.Cut, self.cut),
            (self.tr("Copy"), keys.Copy, self.copy),
            (self.tr("Paste"), keys.Paste, self.paste),
            (self.tr("Clear"), keys.Delete, lambda: self.clear_selected()),
        ):
            action = QAction(title, self)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def fit_height(self) -> None:
        """Show as many rows as there are, within bounds; the rest scrolls."""
        rows = min(max(self._model.rowCount(), ROWS_SHOWN[0]), ROWS_SHOWN[1])
        header, bar = self.horizontalHeader().sizeHint().height(), self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(header + rows * self.verticalHeader().defaultSectionSize() + bar + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """All columns in sight, as far as a number still fits into each."""
        least, low, high = COLUMN_WIDTHS
        low = min(max(self._needed_width(), least), low)
        width = self.viewport().width() // self._model.columnCount()
        size = min(max(width, low), high)
        if self.horizontalHeader().defaultSectionSize() != size:  # or Qt would lay all columns out again
            self.horizontalHeader().setDefaultSectionSize(size)

    def _needed_width(self) -> int:
        """Of the longest number in the first cells, in pixels."""
        table, columns, metrics = self._model.table, self._model.columnCount(), self.fontMetrics()
        of = (table, columns, self.font().key())
        if self._measured is not None and self._measured[0] is table and self._measured[1:] == of[1:]:
            return self._needed  # a table never changes: an edit makes another
        places = product(range(min(table.height, ROWS_MEASURED)), range(columns))
        texts = {table.text(*place) for place in islice(places, CELLS_MEASURED)}
        self._measured = of
        self._needed = max(map(metrics.horizontalAdvance, texts), default=0) + CELL_PADDING
        return self._needed

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def places(self) -> list[tuple[int, int]]:
        """Return row and column of every selected cell, or of the current one."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        return sorted((index.row(), index.column()) for index in chosen if index.isValid())

    def copy(self) -> None:
        places = set(self.places())
        if not places:
            return
        rows, columns = sorted({row for row, _ in places}), sorted({column for _, column in places})
        edited = Qt.ItemDataRole.EditRole  # as it was typed, without a class's name
        text = "\n".join(
            "\t".join(
                self._model.index(row, column).data(edited) if (row, column) in places else "" for column in columns
            )
            for row in rows
        )
        QGuiApplication.clipboard().setText(text)

    def cut(self) -> None:
        self.copy()
        self.clear_selected("cut")

    def clear_selected(self, act: str = "") -> None:
        self._model.apply(self._model.table.with_cells(dict.fromkeys(self.places(), "")), act)

    def paste(self) -> None:
        block, places = block_of(QGuiApplication.clipboard().text()), self.places()
        longest = max((len(cell) for row in block for cell in row), default=0)
        if longest > LONGEST_CELL:
            self._refuse(longest)
        elif block and places and not self._model.read_only:
            from .pasting import pasted  # which not every start needs

            made = pasted(self._model.table, *places[0], block, self._model.width)
            self._model.apply(made.table, "paste")
            self.pasted.emit(" ".join(made.told))

    def _refuse(self, length: int) -> None:
        """Say why nothing was pasted; the clipboard still has it."""
        text = self.tr("Nothing was pasted: a cell of {length} characters is no number.").format(length=f"{length:,}")
        below = self.visualRect(self.currentIndex()).bottomLeft()
        QToolTip.showText(self.viewport().mapToGlobal(below), text, self)

    def _remember(self) -> None:
        self._current = self.currentIndex().row(), self.currentIndex().column()

    def _on_reshaped(self) -> None:
        """Qt forgets the current cell when the table's shape changes; keep to it."""
        row, column = self._current
        last_row, last_column = self._model.rowCount() - 1, self._model.columnCount() - 1
        self.go_to(max(0, min(row, last_row)), max(0, min(column, last_column)))
        self.fit_height()
        self._fit_columns()

    def go_to(self, row: int, column: int) -> None:
        """Make this the current cell and the only one selected, whichever keys are held down."""
        index = self._model.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.clear_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != QAbstractItemView.State.EditingState:  # an open editor passes the key on
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        index = self.currentIndex()
        if hint == _EndEdit.RevertModelCache:  # Escape
            self._model.setData(index, editor.property(_ORIGINAL))
        super().closeEditor(editor, hint)
        if hint == _EndEdit.SubmitModelCache and index.row() + 1 < self._model.rowCount():
            self.go_to(index.row() + 1, index.column())
