"""The source of the function at hand: the line about to run, what the lines before it made, and breakpoints."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QTextEdit, QToolTip, QWidget

from engine.protocol import Binding, Function, Traced
from engine.spec import Breakpoint, LineBreakpoint
from engine.spec.breakable_lines import breakable_lines, nearest_breakable
from gui.look.lanes import names_of_pair
from gui.look.naming import name_field
from gui.look.text_size import fixed_font
from gui.look.theme import LIGHT, Theme

from ..step.cursor import call_at, function_of, line_values, source_of, variables_at
from ..values.verdict_words import verdict_color
from . import writing
from .gutter import Gutter
from .margin_words import margin_texts, value_tip, worst
from .syntax import PythonHighlighter, code_length
from .writing import WrittenFile

GAP = 24  # pixels between a line's code and its values
VEIL = 0.55  # of what is not the function at hand


class Note(NamedTuple):
    """Hold what stands beside a line, ``short`` where there is less room; ``departs``: torch has it otherwise."""

    text: str
    short: str = ""
    departs: bool = False


class Marked(NamedTuple):
    """Hold what is marked in a person's own file, by line: ``wrong`` where its verdict leads, ``other`` as the textbook

    has it otherwise, ``notes`` in the margin.
    """

    wrong: frozenset[int] = frozenset()
    other: frozenset[int] = frozenset()
    notes: Mapping[int, Note] = {}


NOTHING_MARKED = Marked()


class SourceView(QPlainTextEdit):
    """Show a file with its values. ``breakpoint_toggled``, ``run_to``: a file of the textbook and a line, from 1.

    A person's own file is written here. ``said`` carries a sentence about what became of a click that could not be
    taken as it was meant; ``find_wanted``: something is to be looked for; ``left``: the keyboard is to go elsewhere.
    """

    breakpoint_toggled = Signal(str, int)
    run_to = Signal(str, int)
    said = Signal(str)
    find_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        name_field(self, "source", self.tr("Source"))
        self._theme = LIGHT
        self._traced: Traced | None = None
        self._function: Function | None = None
        self.file = self._text = ""
        self.has_changed = False  # whether the file holds something else by now than what is shown, which runs
        self._current: int | None = None
        self._values: dict[int, tuple[Binding, ...]] = {}
        self._names: dict[str, Binding] = {}
        self._ahead: int | None = None  # the line whose values are what it is going to make
        self._column_for: tuple[float, float, str] | None = None  # room, scroll and font that it was found for
        self._column_at = 0.0
        self._breakpoints: tuple[Breakpoint, ...] = ()
        self._read = QTextDocument(self)  # what is only read; Qt would delete its own for another
        self._read.setDocumentLayout(QPlainTextDocumentLayout(self._read))
        self.setDocument(self._read)
        self.written: WrittenFile | None = None  # the person's file that is shown
        self.marked = NOTHING_MARKED
        self._found: list[QTextCursor] = []
        self._set_writable(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(fixed_font())
        self._highlighter = PythonHighlighter(self.document())
        self._gutter = Gutter(self._lines_on_screen, self)
        self._gutter.clicked.connect(self.toggle_breakpoint)
        self.updateRequest.connect(self._on_update)
        self.viewport().setMouseTracking(True)
        self.set_theme(LIGHT)

    # --- what is shown ---------------------------------------------------------------------

    def show_event(self, traced: Traced | None, event: int, *, is_caller: bool = False) -> None:
        """Show the function that stands at ``event``; ``is_caller``: it waits there for a call to come back."""
        call = None if traced is None else call_at(traced, event)
        if traced is None or call is None:
            self._show_nothing()
            return
        same = self._traced is traced and self._function is function_of(traced, call)
        self._traced, self._function = traced, function_of(traced, call)
        source = source_of(traced, call)
        self._load(source.file, source.text)
        self.has_changed = source.changed
        self._values = line_values(traced, event)
        self._names = {binding.name: binding for binding in variables_at(traced, event).bindings}
        self._ahead, self._column_for = None, None
        self._current = traced.lines[event].line if event < len(traced.lines) else None
        if self._current is not None and not is_caller:
            self._ahead = self._current
            self._values = self._values | {self._current: traced.lines[event].made}
        self._gutter.current, self._gutter.is_caller = self._current, is_caller
        self._mark_current(is_caller)
        self._scroll_to(self._current or self._function.last_line, same)

    def show_places(self, places: Sequence[tuple[int, int] | None]) -> None:
        """Show the lines of a notebook by their numbers in a cell; without ``places`` by those in the file."""

        def number(line: int) -> str:
            place = places[line - 1] if line <= len(places) else None
            return str(place[1]) if place is not None else ""

        self._gutter.number_text = number if places else str

    # --- a person's own file -----------------------------------------------------------------

    @property
    def undone_by_window(self) -> bool:
        """Return whether what is typed here is a part of the experiment."""
        return self.written is not None and not self.isReadOnly()

    def write(self, file: WrittenFile, *, read_only: bool = False) -> None:
        """Show a person's file, to be written unless ``read_only``."""
        self._show_nothing()
        if self.written is not file:
            self._leave_written()
            self.written = file
            self.setDocument(file.document)
            cursor = self.textCursor()
            cursor.setPosition(min(file.position, max(file.document.characterCount() - 1, 0)))
            self.setTextCursor(cursor)
            self.setFont(fixed_font())
        self.file, self._text = file.name, file.text
        self.setAccessibleName(self.tr("Code of {file}, which can be written").format(file=file.name))
        self._set_writable(not read_only)
        self.set_breakpoints(self._breakpoints)
        self._place_gutter()

    def show_text(self, file: str, text: str) -> None:
        """Show a text that is only read, and nothing of a step."""
        self._show_nothing()
        self._load(file, text)

    def leave_file(self) -> None:
        """Let go of a person's file, which may be gone afterwards."""
        if self.written is not None:
            self._leave_written()
            self._load("", "")

    def show_marked(self, marked: Marked) -> None:
        """Mark lines of the file that is shown."""
        self.marked = marked
        self._gutter.wrong, self._gutter.other = marked.wrong, marked.other
        self._gutter.update()
        self._mark_current(self._gutter.is_caller)
        self.viewport().update()

    def show_found(self, found: Sequence[QTextCursor]) -> None:
        """Mark what was looked for and found."""
        self._found = list(found)
        self._mark_current(self._gutter.is_caller)

    def go_to(self, line: int) -> None:
        """Put the text cursor at a line, in the middle of what is seen."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            text = block.text()
            cursor.movePosition(
                QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, len(text) - len(text.lstrip())
            )
            self.setTextCursor(cursor)
            self.centerCursor()

    def _leave_written(self) -> None:
        if self.written is not None:
            self.written.position = self.textCursor().position()
            self.written = None
            self.setDocument(self._read)
            self.setFont(fixed_font())
            self._found = []
            self.show_marked(NOTHING_MARKED)
            self._set_writable(False)

    def _set_writable(self, is_writable: bool) -> None:
        self.setReadOnly(not is_writable)
        flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction if is_writable else flags)
        self.setTabChangesFocus(not is_writable)

    def set_breakpoints(self, breakpoints: Sequence[Breakpoint]) -> None:
        self._breakpoints = tuple(breakpoints)
        here = [part for part in self._breakpoints if isinstance(part, LineBreakpoint) and part.file == self.file]
        self._gutter.breakpoints = {part.line: part.enabled for part in here}
        self._gutter.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._highlighter.set_theme(theme)
        self._gutter.set_theme(theme)
        self._mark_current(self._gutter.is_caller)
        self.viewport().update()

    @property
    def cursor_line(self) -> int:
        """Return the line of the text cursor, from 1: that of the step, until the arrow keys moved it."""
        return self.textCursor().blockNumber() + 1

    @property
    def current_line(self) -> int | None:
        return self._current

    def values_at(self, line: int) -> list[str]:
        """Return what the margin says of a line, from the longest form to the shortest."""
        made = self._values.get(line, ())
        return [] if self._traced is None else margin_texts(self._traced, made)

    # --- what a person does ----------------------------------------------------------------

    def toggle_breakpoint(self, line: int | None = None) -> None:
        """Toggle a breakpoint on the line (None: the text cursor's), or on the next one that is a statement."""
        line = self.cursor_line if line is None else line
        text = self._text if self.written is None else self.written.text
        stops = line if line in self._gutter.breakpoints else nearest_breakable(text, line)
        if stops is None:
            self.said.emit(self.tr("Line {line} never runs, nor does any below it.").format(line=line))
        elif stops != line:
            text = self.tr("Line {line} never runs: the breakpoint is at line {stops}.")
            self.said.emit(text.format(line=line, stops=stops))
        if self.file and stops is not None and (stops == line or stops not in self._gutter.breakpoints):
            self.breakpoint_toggled.emit(self.file, stops)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.find_wanted.emit()
        elif not self.isReadOnly():
            if not self._write_key(event):
                super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.file:
            self.run_to.emit(self.file, self.cursor_line)
        else:
            super().keyPressEvent(event)

    def _write_key(self, event: QKeyEvent) -> bool:
        """Take a key that is another one in code than in other text; False for all else."""
        match event.key():
            case Qt.Key.Key_Tab:
                writing.indent(self)
            case Qt.Key.Key_Backtab:
                writing.dedent(self)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                writing.new_line(self)
            case Qt.Key.Key_Backspace if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                return writing.back_to_stop(self)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        line = self.cursorForPosition(event.pos()).blockNumber() + 1
        menu = self.createStandardContextMenu()
        menu.addSeparator()
        go = menu.addAction(self.tr("Go to this line"), lambda: self.run_to.emit(self.file, line))
        go.setEnabled(line in breakable_lines(self._text))
        menu.addAction(self.tr("Toggle breakpoint"), lambda: self.toggle_breakpoint(line))
        menu.exec(event.globalPos())
        menu.deleteLater()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), tip, self.viewport()) if tip else QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def tip_at(self, pos: QPoint) -> str:
        """Return the values in full of the margin, or of the variable's name, at a place of the viewport."""
        cursor = self.cursorForPosition(pos)
        if self._traced is None or self._function is None:
            note = self.marked.notes.get(cursor.blockNumber() + 1)
            return escape(note.text) if note is not None and pos.x() > self._end_of(cursor.block()) else ""
        line, values = cursor.blockNumber() + 1, self._traced.values
        lanes = names_of_pair(is_log=self._traced.is_log)
        if pos.x() > self._end_of(cursor.block()):
            return "<hr>".join(value_tip(made.name, values[made.value], lanes) for made in self._values.get(line, ()))
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        binding = self._names.get(cursor.selectedText())
        if binding is None or not self._function.first_line <= line <= self._function.last_line:
            return ""
        return value_tip(binding.name, values[binding.value], lanes)

    # --- drawing ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._function is None:
            if self.marked.notes:
                self._draw_notes()
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        veil = QColor(self._theme.base)
        veil.setAlphaF(VEIL)
        column = self._column()
        for line, rect in self._lines_on_screen():
            if self._function.first_line <= line <= self._function.last_line:
                self._draw_values(painter, line, rect, column)
            else:
                painter.fillRect(rect, veil)

    def _draw_values(self, painter: QPainter, line: int, rect: QRectF, column: float) -> None:
        """Draw the longest form that fits, if need be over a comment; else a mark at the right edge."""
        made = self._values.get(line, ())
        if self._traced is None or not made:
            return
        texts, width = margin_texts(self._traced, made), painter.fontMetrics().horizontalAdvance
        block, right = self.document().findBlockByNumber(line - 1), rect.width() - 6
        left, text = right - width(texts[-1]), texts[-1]
        for end in (self._end_of(block), self._code_end_of(block)):
            start = max(column, end + GAP)
            form = next((form for form in texts if start + width(form) <= right), "")
            if form not in ("", texts[-1]):
                left, text = start, form
                break
        if not text:
            return
        if left < self._end_of(block):
            self._cover(painter, line, QRectF(left - GAP / 2, rect.top(), rect.width(), rect.height()))
        painter.setPen(QColor(verdict_color(worst(self._traced, made), self._theme)))
        font = painter.font()
        font.setItalic(line == self._ahead)
        painter.setFont(font)
        area = QRectF(left, rect.top(), width(text) + 6, rect.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_notes(self) -> None:
        """Draw what is noted beside lines, as far as there is room."""
        painter = QPainter(self.viewport())
        font = self.font()
        font.setItalic(True)
        painter.setFont(font)
        for line, rect in self._lines_on_screen():
            if (note := self.marked.notes.get(line)) is not None:
                left = self._end_of(self.document().findBlockByNumber(line - 1)) + GAP
                area = QRectF(left, rect.top(), max(rect.width() - left - 6, 0), rect.height())
                painter.setPen(QColor(self._theme.error if note.departs else self._theme.muted))
                metrics = painter.fontMetrics()
                has_room = not note.short or metrics.horizontalAdvance(note.text) <= area.width()
                text = metrics.elidedText(
                    note.text if has_room else note.short, Qt.TextElideMode.ElideRight, int(area.width())
                )
                painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _cover(self, painter: QPainter, line: int, area: QRectF) -> None:
        painter.fillRect(area, QColor(self._theme.base))
        if line == self._current:
            painter.fillRect(area, self._current_color(self._gutter.is_caller))

    def _column(self) -> float:
        """Where values stand below each other: right of most of the lines that have some."""
        most, start = 0.55 * self.viewport().width(), self.contentOffset().x()
        key = (most, start, self.font().key())
        if self._column_for != key:
            ends = (self._end_of(self.document().findBlockByNumber(line - 1)) for line in self._values)
            self._column_for, self._column_at = key, max((end for end in ends if end <= most), default=0.0) + GAP
        return self._column_at

    def _end_of(self, block: QTextBlock, length: int | None = None) -> float:
        start = self.contentOffset().x() + self.document().documentMargin()
        return start + self.fontMetrics().horizontalAdvance(block.text()[:length].rstrip())

    def _code_end_of(self, block: QTextBlock) -> float:
        """Where the line's comment begins, if it has one."""
        return self._end_of(block, code_length(self._text, block.blockNumber() + 1))

    def _current_color(self, is_caller: bool) -> QColor:
        color = QColor(self._theme.accent)
        color.setAlphaF(0.12 if is_caller else 0.25)
        return color

    def _lines_on_screen(self) -> Iterator[tuple[int, QRectF]]:
        block = self.firstVisibleBlock()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if rect.top() > self.viewport().height():
                return
            if block.isVisible():
                yield block.blockNumber() + 1, QRectF(0, rect.top(), self.viewport().width(), rect.height())
            block = block.next()

    def _mark_current(self, is_caller: bool) -> None:
        wrong, other, found = (QColor(color) for color in (self._theme.error, self._theme.muted, self._theme.accent))
        for color, share in ((wrong, 0.16), (other, 0.14), (found, 0.35)):
            color.setAlphaF(share)
        lines = [(line, other) for line in self.marked.other - self.marked.wrong]
        lines += [(line, wrong) for line in self.marked.wrong]
        if self._current is not None:
            lines.append((self._current, self._current_color(is_caller)))
        blocks = ((self.document().findBlockByNumber(line - 1), color) for line, color in lines)
        marks = [self._selection(QTextCursor(block), color, is_line=True) for block, color in blocks if block.isValid()]
        self.setExtraSelections([*marks, *(self._selection(cursor, found) for cursor in self._found)])

    @staticmethod
    def _selection(cursor: QTextCursor, color: QColor, *, is_line: bool = False) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(color)  # pyright: ignore[reportAttributeAccessIssue]
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, is_line)  # pyright: ignore[reportAttributeAccessIssue]
        selection.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
        return selection

    # --- the document ----------------------------------------------------------------------

    def _show_nothing(self) -> None:
        self._traced = self._function = self._current = self._ahead = None
        self._values, self._names = {}, {}
        self.has_changed = False
        self._gutter.current = None
        self._mark_current(False)
        self.viewport().update()

    def _load(self, file: str, text: str) -> None:
        if self.written is not None:
            self._leave_written()
        elif (file, text) == (self.file, self._text):
            return
        self.file, self._text = file, text
        self.setAccessibleName(self.tr("Source of {file}").format(file=file))
        self._highlighter.set_text(text)
        self.setPlainText(text)
        self.set_breakpoints(self._breakpoints)
        self._place_gutter()

    def _scroll_to(self, line: int, same_function: bool) -> None:
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(line - 1)))
        self._keep_in_view(line, same_function)
        self.viewport().update()
        self._gutter.update()

    def _keep_in_view(self, line: int, same_function: bool) -> None:
        """Another function is shown from its beginning, where there is room for that."""
        assert self._function is not None
        bar = self.verticalScrollBar()
        room = max(self.viewport().height() // max(self.fontMetrics().lineSpacing(), 1), 1)
        first = self._function.first_line - 2
        if not same_function or not bar.value() + 1 < line < bar.value() + room - 1:
            bar.setValue(first if line < first + room - 1 else line - room * 2 // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()
        if self._current is not None and event.size().height() < event.oldSize().height():
            self._keep_in_view(self._current, True)  # a lower window must not hide where one is

    def _place_gutter(self) -> None:
        width = self._gutter.wanted_width(self.blockCount())
        self.setViewportMargins(width, 0, 0, 0)
        area = self.contentsRect()
        self._gutter.setGeometry(QRect(area.left(), area.top(), width, area.height()))

    def _on_update(self, _: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        self._gutter.update()
