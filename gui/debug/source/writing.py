"""A person's own file in the debugger's source: its text, which is typed, with its colours."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit

from gui.look.theme import Theme

from .syntax import PythonHighlighter

COLOR_PAUSE = 60  # ms without typing after which colours follow
INDENT = "    "


class WrittenFile(QObject):
    """Hold a file's document. ``typed`` carries its text when a person has changed it."""

    typed = Signal(str)

    def __init__(self, name: str, text: str, font: QFont, theme: Theme, parent: QObject):
        super().__init__(parent)
        self.name, self.position = name, 0
        self.document = QTextDocument(self)
        self.document.setDocumentLayout(QPlainTextDocumentLayout(self.document))
        self.document.setDefaultFont(font)
        self.document.setUndoRedoEnabled(False)  # the window undoes what is typed, in the order of all that was done
        self._highlighter = PythonHighlighter(self.document)
        self._highlighter.set_theme(theme)
        self._highlighter.set_typed(text)
        self.document.setPlainText(text)
        self._text = text
        self._colors = QTimer(self, singleShot=True, interval=COLOR_PAUSE)
        self._colors.timeout.connect(self._color)
        self.document.contentsChanged.connect(self._on_changed)

    @property
    def text(self) -> str:
        return self._text

    def set_theme(self, theme: Theme) -> None:
        self._highlighter.set_theme(theme)

    def take(self, text: str) -> None:
        """Take a text from elsewhere; lines that stay keep their places."""
        if text == self._text:
            return
        before = self._text
        self._text = text  # so that nobody hears of it as typed
        first, end_before, end_after = _changed_part(before, text)
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        cursor.setPosition(first)
        cursor.setPosition(end_before, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[first:end_after])
        cursor.endEditBlock()
        self._color()

    def _on_changed(self) -> None:
        if self._highlighter.is_coloring:  # Qt tells of each line, and the text of a long file takes its time
            return
        text = self.document.toPlainText()
        if text != self._text:
            self._text = text
            self._colors.start()
            self.typed.emit(text)

    def _color(self) -> None:
        self._highlighter.color_typed(self._text)


def _changed_part(before: str, after: str) -> tuple[int, int, int]:
    """Return where two texts begin to differ, and where what differs ends in each."""
    first, most = 0, min(len(before), len(after))
    while first < most and before[first] == after[first]:
        first += 1
    end_before, end_after = len(before), len(after)
    while end_before > first and end_after > first and before[end_before - 1] == after[end_after - 1]:
        end_before, end_after = end_before - 1, end_after - 1
    return first, end_before, end_after


def indent(edit: QPlainTextEdit) -> None:
    """Move in the lines that are marked, or the text after the cursor to the next stop."""
    cursor = edit.textCursor()
    if cursor.hasSelection():
        _each_line(edit, _indent_line)
    else:
        column = cursor.positionInBlock()
        cursor.insertText(" " * (len(INDENT) - column % len(INDENT)))


def dedent(edit: QPlainTextEdit) -> None:
    """Take a stop of indentation from the lines that are marked, or from the cursor's."""
    _each_line(edit, _dedent_line)


def new_line(edit: QPlainTextEdit) -> None:
    """Begin a line as far in as this one, or further after a colon."""
    cursor = edit.textCursor()
    before = cursor.block().text()[: cursor.positionInBlock()]
    room = before[: len(before) - len(before.lstrip(" "))]
    code = before.partition("#")[0].rstrip()
    if code.endswith((":", "(", "[", "{")):
        room += INDENT
    elif code.split(" ")[-1] in ("pass", "break", "continue") or code.lstrip().startswith(("return", "raise")):
        room = room[len(INDENT) :]
    cursor.insertText("\n" + room)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()


def back_to_stop(edit: QPlainTextEdit) -> bool:
    """Take spaces before the cursor back to the last stop; False where there is something else before it."""
    cursor = edit.textCursor()
    before = cursor.block().text()[: cursor.positionInBlock()]
    if cursor.hasSelection() or not before or before.strip(" "):
        return False
    count = len(before) % len(INDENT) or len(INDENT)
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, count)
    cursor.removeSelectedText()
    return True


def _each_line(edit: QPlainTextEdit, change: Callable[[QTextCursor, str], None]) -> None:
    cursor = edit.textCursor()
    document = edit.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    if last != first and cursor.selectionEnd() == last.position():
        last = last.previous()  # a line of which nothing is marked
    cursor.beginEditBlock()
    block = first
    while block.isValid():
        change(QTextCursor(block), block.text())
        if block == last:
            break
        block = block.next()
    cursor.endEditBlock()


def _indent_line(cursor: QTextCursor, text: str) -> None:
    if text.strip():
        cursor.insertText(INDENT)


def _dedent_line(cursor: QTextCursor, text: str) -> None:
    room = min(len(text) - len(text.lstrip(" ")), len(INDENT))
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, room)
    cursor.removeSelectedText()
