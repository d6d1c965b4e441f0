"""The data's table as a value: rows of x and y side by side, changed only by making a new one.

That keeps undo cheap: a step back is an older table, and tables share the rows that are equal.
No Qt in here.
"""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, Self

from .numbers import number, text_of

Cell = str | float
Row = tuple[Cell, ...]


class Table(NamedTuple):
    """``rows`` hold ``inputs`` cells of x, then the cells of y; there is always one of each.

    A cell is a number from a file, or text as it was typed.
    """

    rows: tuple[Row, ...] = (("", ""),)
    inputs: int = 1

    @classmethod
    def of(cls, x: Any, y: Any) -> Self:
        """From the experiment file's x and y (rows, or class numbers); gaps are filled with empty cells."""
        x_rows, y_rows = _rows(x), _rows(y)
        inputs = max((1, *map(len, x_rows)))
        outputs = max((1, *map(len, y_rows)))
        pairs = zip_longest(x_rows, y_rows, fillvalue=())
        rows = tuple(_padded(row, inputs) + _padded(targets, outputs) for row, targets in pairs)
        return cls(rows or (("",) * (inputs + outputs),), inputs)

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def outputs(self) -> int:
        return self.width - self.inputs

    def x(self) -> list[list[Cell]]:
        return [[_value(cell) for cell in row[: self.inputs]] for row in self.rows]

    def y(self) -> list[list[Cell]]:
        return [[_value(cell) for cell in row[self.inputs :]] for row in self.rows]

    def classes(self) -> list[Cell]:
        """The first column of y; read from its text, as a file's 1.0 is shown as the whole number 1."""
        return [number(text_of(row[self.inputs])) for row in self.rows]

    def with_cells(self, texts: dict[tuple[int, int], str]) -> Self:
        changed: dict[int, list[Cell]] = {}
        for (row, column), text in texts.items():
            changed.setdefault(row, list(self.rows[row]))[column] = text
        rows = tuple(tuple(changed[index]) if index in changed else row for index, row in enumerate(self.rows))
        return self._replace(rows=rows)

    def with_block(self, row: int, column: int, block: Sequence[Sequence[str]], shown: int) -> Self:
        """Lay a block of texts over the table at a cell, and grow the table where it does not fit.

        Columns beyond the ``shown`` ones are added to x when the block begins in x, else to y: so
        rows of inputs and targets, pasted at x1, come to lie with the last columns as y.
        """
        grown = self
        for _ in range(column + max(map(len, block)) - shown):
            grown = grown.with_column(grown.inputs if column < self.inputs else grown.width, column < self.inputs)
        lacking = row + len(block) - len(grown.rows)
        grown = grown._replace(rows=grown.rows + (("",) * grown.width,) * lacking)
        rows = list(grown.rows)
        for index, line in enumerate(block, start=row):
            rows[index] = (*rows[index][:column], *line, *rows[index][column + len(line) :])
        return grown._replace(rows=tuple(rows))

    def with_row(self, at: int) -> Self:
        return self._replace(rows=(*self.rows[:at], ("",) * self.width, *self.rows[at:]))

    def with_column(self, at: int, of_x: bool) -> Self:
        rows = tuple((*row[:at], "", *row[at:]) for row in self.rows)
        return self._replace(rows=rows, inputs=self.inputs + of_x)

    def without_rows(self, gone: Collection[int]) -> Self:
        return self._replace(rows=tuple(row for index, row in enumerate(self.rows) if index not in gone))

    def without_columns(self, gone: Collection[int]) -> Self:
        kept = [index for index in range(self.width) if index not in gone]
        rows = tuple(tuple(row[index] for index in kept) for row in self.rows)
        return self._replace(rows=rows, inputs=sum(index < self.inputs for index in kept))


def _value(content: Cell) -> Cell:
    return number(content) if isinstance(content, str) else content


def _rows(given: Any) -> list[Row]:
    lines = given if isinstance(given, list | tuple) else []
    return [tuple(line) if isinstance(line, list | tuple) else (line,) for line in lines]


def _padded(row: Iterable[Cell], width: int) -> Row:
    cells = tuple(row)
    return cells + ("",) * (width - len(cells))


def block_of(text: str) -> list[list[str]]:
    """Text from a spreadsheet (tabs) or of a CSV file (commas or semicolons) as rows of cells.

    Without any of these, spaces part the cells, and an empty line is an empty cell of a column.
    """
    delimiter = next((mark for mark in "\t;," if mark in text), None)
    text = text.rstrip("\r\n")
    if not text.strip():
        return []
    if delimiter is None:
        return [line.split() or [""] for line in text.splitlines()]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        lines = [line.split(delimiter) for line in text.splitlines()]
    return [[part.strip() for part in line] for line in lines if line]
