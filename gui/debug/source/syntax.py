"""Python's colours, for reading: keywords, strings, comments and numbers, and the names that are defined.

A file of the textbook is cut up once, by Python's own tokenizer; the highlighter only paints what was found.
"""

import io
import keyword
import tokenize
from collections import defaultdict
from collections.abc import Generator, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gui.look.theme import LIGHT, Theme


class Span(NamedTuple):
    """Mark some characters of a line, from ``start``."""

    start: int
    length: int
    kind: str


LONG, TOKENS = 1000, 400  # lines from which on colours come in slices, and the tokens of one
MOST_WRONG = 50  # places that are no Python, from each of which on a text is cut up again
_KINDS = {tokenize.STRING: "string", tokenize.COMMENT: "comment", tokenize.NUMBER: "number"}
_COLORS = {  # light, dark: each has a contrast of 4.5 with the theme's base
    "keyword": ("#8250a0", "#cf9ff2"),
    "string": ("#22663c", "#93cf9f"),
    "comment": ("#5a6472", "#a2abb6"),
    "number": ("#8a4b00", "#eab676"),
    "defined": ("#0b57a0", "#7cc0f5"),
}


@lru_cache(maxsize=50)
def spans_of(text: str) -> dict[int, list[Span]]:
    """Find what is to be coloured in each line, from 1. Text that is no Python is left plain from there on."""
    return _cut_up(text)[0]


def spans_of_typed(text: str) -> dict[int, list[Span]]:
    """Find what is to be coloured in a text that is being typed, below what is no Python too."""
    found = defaultdict[int, list[Span]](list)
    for _ in _cutting_typed(text, found):
        pass
    return found


def _cutting_typed(text: str, found: dict[int, list[Span]]) -> Generator[int, None, None]:
    """Put into ``found`` what is to be coloured, and yield lines up to which that is done, to the text's end."""
    lines, start = text.splitlines(), 0
    for _ in range(MOST_WRONG):
        wrong = yield from _cutting("\n".join(lines[start:]) + "\n", found, start)
        if wrong is None or start + wrong >= len(lines):
            break
        start += wrong
    yield from range(max(found, default=1), len(lines) + 2)  # what is left plain has lost its colours too


def _cut_up(text: str) -> tuple[dict[int, list[Span]], int | None]:
    """Find what is to be coloured, and the line, from 1, at which the tokenizer gives up; None where it does not."""
    found: dict[int, list[Span]] = defaultdict(list)
    cutting = _cutting(text, found)
    while True:
        try:
            next(cutting)
        except StopIteration as end:
            return found, end.value


def _cutting(text: str, found: dict[int, list[Span]], above: int = 0) -> Generator[int, None, int | None]:
    """Put into ``found`` what is to be coloured, and yield after each token the line that it ends in.

    ``above``: the lines before the text. The line of it at which the tokenizer gives up is returned, or None.
    """
    lines = text.splitlines()
    before, last = "", 1
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            last = token.end[0]
            kind = _KINDS.get(token.type)
            if token.type == tokenize.NAME:
                is_keyword = keyword.iskeyword(token.string)
                kind = "keyword" if is_keyword else "defined" if before in ("def", "class") else None
                before = token.string
            if kind is not None:
                _add(found, kind, token, lines, above)
            yield above + last
    except tokenize.TokenError as error:
        words, (line, _) = error.args
        return None if words.startswith("EOF") else line  # else something is open at the end
    except SyntaxError as error:
        return max(error.lineno or last, 1)
    return None


def code_length(text: str, line: int) -> int | None:
    """Return how many characters of a line stand before its comment; None where it has none."""
    comments = (span.start for span in spans_of(text).get(line, ()) if span.kind == "comment")
    return next(comments, None)


def _add(found: dict[int, list[Span]], kind: str, token: tokenize.TokenInfo, lines: list[str], above: int) -> None:
    """Add a token, which may go over several lines."""
    (first, start), (last, end) = token.start, token.end
    for number in range(first, last + 1):
        begin = start if number == first else 0
        stop = end if number == last else len(lines[number - 1])
        found[above + number].append(Span(begin, stop - begin, kind))


class PythonHighlighter(QSyntaxHighlighter):
    """Colour Python's source. Call ``set_text`` before the document gets that text."""

    def __init__(self, document: QTextDocument):
        super().__init__(document)
        self._spans: dict[int, list[Span]] = {}
        self._formats: dict[str, QTextCharFormat] = {}
        self._line = 1  # as far as a long text is coloured
        self._cutting: Iterator[int] = iter(())
        self._is_coloring = False
        self._clock = QTimer(self, interval=0)
        self._clock.timeout.connect(self._color_some)
        self._make_formats(LIGHT)

    @property
    def is_coloring(self) -> bool:
        """Return whether lines are being coloured just now: their text is what it was."""
        return self._is_coloring

    def set_text(self, text: str) -> None:
        """Take a text; the colours of a long one come from above to below, some lines a turn."""
        self._clock.stop()
        if text.count("\n") < LONG:
            self._spans = spans_of(text)
            return
        self._spans = defaultdict(list)
        self._cutting, self._line = _cutting(text, self._spans), 1
        self._clock.start()

    def set_typed(self, text: str) -> None:
        """Take a text that a person writes; of a long one what is above all, and the rest as ``set_text`` does."""
        self._clock.stop()
        if text.count("\n") < LONG:
            self._spans = spans_of_typed(text)
            return
        self._take_long(text)
        for line in islice(self._cutting, TOKENS):
            self._line = line
        self._clock.start()

    def color_typed(self, text: str) -> None:
        """Take a text that a person has changed in the document; a long one keeps its colours until others come."""
        self._clock.stop()
        if text.count("\n") < LONG:
            self._spans = spans_of_typed(text)
            self.rehighlight()
        else:
            self._take_long(text)
            self._clock.start()

    def _take_long(self, text: str) -> None:
        self._spans = defaultdict(list)
        self._cutting, self._line = _cutting_typed(text, self._spans), 1

    def _color_some(self) -> None:
        """Colour what the next tokens are in."""
        first, last = self._line, None
        for last in islice(self._cutting, TOKENS):
            self._line = last
        if last is None:
            self._clock.stop()
            return
        block = self.document().findBlockByNumber(first - 1)
        self._is_coloring = True
        while block.isValid() and block.blockNumber() < self._line:
            self.rehighlightBlock(block)
            block = block.next()
        self._is_coloring = False

    def set_theme(self, theme: Theme) -> None:
        self._make_formats(theme)
        self.rehighlight()

    def _make_formats(self, theme: Theme) -> None:
        for kind, colors in _COLORS.items():
            made = QTextCharFormat()
            made.setForeground(QColor(colors[theme.is_dark]))
            made.setFontItalic(kind == "comment")
            if kind == "defined":
                made.setFontWeight(QFont.Weight.Bold)
            self._formats[kind] = made

    def highlightBlock(self, text: str) -> None:  # noqa: ARG002
        for start, length, kind in self._spans.get(self.currentBlock().blockNumber() + 1, ()):
            self.setFormat(start, length, self._formats[kind])
