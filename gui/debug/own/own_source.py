"""A person's own files in the debugger's source: which is shown, what is marked in it, and what was looked for."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from engine.protocol import Beside, CodeUse, CodeVerdict
from engine.spec import OwnCode
from engine.spec.code import NOTEBOOK
from gui.forms.own.door import CodeDoor
from gui.look.theme import LIGHT, Theme

from ..source.source_view import NOTHING_MARKED, Marked, Note, SourceView
from ..source.writing import WrittenFile
from .code_head import CodeHead

ALIKE = 0.3  # share of lines in common from which on two files are shown with what differs


class OwnSource(QObject):
    """Show own files in ``source``, below ``head``. ``left``: the source is the step's again.

    ``typed`` carries a file that a person has changed here.
    """

    left = Signal()
    typed = Signal(str)

    def __init__(self, files: CodeDoor, source: SourceView, head: CodeHead, parent: QObject):
        super().__init__(parent)
        self._files, self._source, self._head = files, source, head
        self._written: dict[str, WrittenFile] = {}
        self._theme = LIGHT
        self.shown: str | None = None
        self._waiting: set[str] = set()  # files that are being judged
        self._asked: CodeUse | None = None  # which is asked about
        files.changed.connect(self._on_changed)
        files.judged.connect(lambda use: self.set_waiting(OwnCode.of(use.code).file, False))
        files.agreed.connect(self.agreed)
        files.files_changed.connect(self._on_files)
        head.line_wanted.connect(self._go_to_line)
        head.textbook_wanted.connect(self._show_textbook)
        head.step_wanted.connect(self.leave)
        head.searched.connect(self._search)
        head.which.chosen.connect(self._on_chosen)
        head.which.told.connect(self._on_told)
        head.search.installEventFilter(self)
        source.find_wanted.connect(self._start_search)
        source.left.connect(self._leave_keyboard)
        head.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._head.set_theme(theme)
        for one in self._written.values():
            one.set_theme(theme)
        self._show_verdicts()

    def open(self, name: str, line: int = 0) -> None:
        """Show a file, to be written; ``line``: where the text cursor is to be, 0 for where it was."""
        text = self._files.text(name)
        if text is None:
            return
        self.shown = name
        self._head.textbook.setChecked(False)
        self._show_file(name)
        if line:
            self._source.go_to(line)
        self._head.show()
        self._source.setFocus()

    def go_to(self, position: int) -> None:
        """Put the text cursor of the file that is shown behind so many characters."""
        cursor = self._source.textCursor()
        cursor.setPosition(min(position, max(self._source.document().characterCount() - 1, 0)))
        self._source.setTextCursor(cursor)

    def _show_file(self, name: str) -> None:
        is_followed = self._files.path(name) is not None
        if is_followed:
            self._head.show_file(name, self.tr("(followed)"), self.tr("Written in your own editor, and followed here"))
        else:
            self._head.show_file(name)
        is_notebook = name.endswith(NOTEBOOK)
        self._source.write(self._file(name), read_only=is_followed or is_notebook or not self._files.is_agreed)
        self._show_verdicts()

    def _file(self, name: str) -> WrittenFile:
        text = self._files.code(name)
        if name not in self._written:
            made = self._written[name] = WrittenFile(name, text, self._source.font(), self._theme, self)
            made.typed.connect(lambda text: self._on_typed(name, text))
        self._written[name].take(text)
        return self._written[name]

    def leave(self) -> None:
        """Have the source show the step again."""
        if self.shown is not None:
            self.shown = None
            self._head.hide()
            self._head.end_search()
            self._source.show_marked(NOTHING_MARKED)
            self.left.emit()

    def forget(self) -> None:
        """Forget all files: another experiment was opened."""
        self.leave()
        self._source.leave_file()  # whose document goes with it, whether there is a step to be shown or not
        for one in self._written.values():
            one.deleteLater()
        self._written.clear()
        self._waiting.clear()

    def _on_files(self) -> None:
        if self.shown is not None and self.shown not in self._files.names:
            self.forget()

    # --- what becomes of it ---------------------------------------------------------------------

    def _on_typed(self, name: str, text: str) -> None:
        self._files.set_text(name, text)
        self.typed.emit(name)

    def _on_changed(self, name: str) -> None:
        if name in self._written:
            self._written[name].take(self._files.code(name))
        self._waiting.add(name)
        self._show_verdicts()

    def set_waiting(self, name: str, is_waiting: bool) -> None:
        """Set whether a file is being judged."""
        (self._waiting.add if is_waiting else self._waiting.discard)(name)
        self._show_verdicts()

    def agreed(self) -> None:
        """Have the file that is shown be written, now that it may run."""
        if self.shown is not None and not self._head.textbook.isChecked():
            self._show_file(self.shown)

    # --- marks ----------------------------------------------------------------------------------

    def _show_verdicts(self) -> None:
        name = self.shown
        if name is None:
            return
        found = self._files.verdicts_of(name)
        note = "" if self._files.is_agreed else self.tr("not run: not agreed to yet")
        self._head.show_verdicts(found, name in self._waiting, note)
        self._head.offer_textbook(not self._files.is_hushed)
        self._ask(name, found)
        if not self._head.textbook.isChecked():
            self._source.show_marked(self._marks(name, found))

    def _ask(self, name: str, found: Sequence[CodeVerdict]) -> None:
        """Ask what is open about the file; where it has several uses, about one after the other.

        What was answered stays until it is judged.
        """
        one = _asked_about(found)
        if one is not None:
            self._asked = one.use
            self._head.which.ask(one.choices, OwnCode.of(one.use.code), one.use.kind, one.doubt)
        elif self._asked is None or found or OwnCode.of(self._asked.code).file != name:
            self._asked = None
            self._head.which.ask((), None, "", None)

    def _answer(self, change: Callable[[OwnCode], OwnCode]) -> None:
        use = self._asked
        if use is not None:
            code = change(OwnCode.of(use.code))
            self._asked = use._replace(code=str(code))
            self._files.choose(use, code)
            self.set_waiting(code.file, True)

    def _on_chosen(self, name: str) -> None:
        self._answer(lambda code: OwnCode(code.file, name))

    def _on_told(self, argument: str, role: str) -> None:
        self._answer(lambda code: code._replace(told=tuple((dict(code.told) | {argument: role}).items())))

    def _marks(self, name: str, found: Sequence[CodeVerdict]) -> Marked:
        apart = [one for one in found if not one.is_right and one.line is not None]
        notes = self._notes_of([row for one in apart for row in one.beside])
        textbook = "" if self._files.is_hushed else self._textbook(name)
        other = _differing(self._files.code(name), textbook)
        return Marked(frozenset(one.line for one in apart if one.line is not None), other[0], notes)

    def _notes_of(self, rows: Sequence[Beside]) -> dict[int, Note]:
        """Word what lines made, beside torch's; what departs says so."""
        notes: dict[int, Note] = {}
        for row in rows:
            departs = row.own != row.reference
            words = self.tr("{name} {own}, torch {reference}") if departs else self.tr("{name} {own}, as torch")
            before = notes.get(row.line, Note(""))
            text = f"{before.text}   {words.format(**row._asdict())}".strip()
            short = self.tr("{own}, torch {reference}").format(**row._asdict()) if departs else before.short
            notes[row.line] = Note(text, short, departs or before.departs)
        return notes

    def _go_to_line(self, line: int) -> None:
        if self._head.textbook.isChecked():
            self._head.textbook.setChecked(False)
        if line:
            self._source.go_to(line)
        self._source.setFocus()

    # --- the textbook ---------------------------------------------------------------------------

    def _textbook(self, name: str) -> str:
        """Return the textbook's text of what the file stands beside; empty for none."""
        from engine.spec.textbook_copy import copy_of

        against = next(((use.kind, use.against) for use in self._files.uses_of(name) if use.against), None)
        try:
            return "" if against is None else copy_of(against[0], against[1] or "")
        except (OSError, SyntaxError, IndexError):
            return ""

    def _show_textbook(self, is_wanted: bool) -> None:
        name = self.shown
        if name is None:
            return
        if not is_wanted:
            self._show_file(name)
            return
        textbook = self._textbook(name)
        if not textbook:
            self._head.textbook.setChecked(False)
            return
        self._head.show_file(name, self.tr("(the textbook’s)"))
        self._source.show_text(self.tr("the textbook’s"), textbook)
        other = _differing(self._files.code(name), textbook)
        self._source.show_marked(Marked(other=other[1]))

    # --- looking for something ------------------------------------------------------------------

    def _start_search(self) -> None:
        if self.shown is not None:
            chosen = self._source.textCursor().selectedText()
            if chosen:
                self._head.search.setText(chosen)
            self._head.start_search()
            self._search(self._head.search.text(), 0)

    def _search(self, text: str, way: int) -> None:
        document = self._source.document()
        found: list[QTextCursor] = []
        at = QTextCursor(document)
        while text and len(found) < 1000:
            at = document.find(text, at)
            if at.isNull():
                break
            found.append(QTextCursor(at))
        self._source.show_found(found)
        if found and text:
            here = self._source.textCursor()
            places = [one.selectionStart() for one in found]
            least = here.selectionStart() + way
            place = next((number for number, start in enumerate(places) if start >= least), 0)
            self._source.setTextCursor(found[place])
            self._source.centerCursor()

    def _end_search(self) -> None:
        self._head.end_search()
        self._source.show_found([])
        self._source.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._head.search and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._end_search()
            return True
        return super().eventFilter(watched, event)

    def _leave_keyboard(self) -> None:
        """Let Tab lead on: in code it indents."""
        self._head.step.setFocus()


def _asked_about(found: Sequence[CodeVerdict]) -> CodeVerdict | None:
    """Return the first use about which something is open, else the one of a file of several parts, if it is one."""
    for one in found:
        if one.doubt is not None or (one.error and one.choices):
            return one
    return found[0] if len(found) == 1 else None


def _differing(own: str, textbook: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the lines of each text that the other has not, from 1; none where they have little in common."""
    left, right = own.split("\n"), textbook.split("\n")
    match = SequenceMatcher(None, left, right, autojunk=False)
    if not textbook or len(left) + len(right) > 4000 or match.ratio() < ALIKE:
        return frozenset(), frozenset()
    lines: tuple[set[int], set[int]] = set(), set()
    for kind, a, b, c, d in match.get_opcodes():
        if kind != "equal":
            lines[0].update(range(a + 1, b + 1))
            lines[1].update(range(c + 1, d + 1))
    return frozenset(lines[0]), frozenset(lines[1])
