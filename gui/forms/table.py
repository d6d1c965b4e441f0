"""The data's table as a value: the cells of x and y side by side, changed only by making a new one.

That keeps undo cheap: a step back is an older table, and tables share what is equal. No Qt in here.
"""

import csv
import io
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, Self

from .cells import Block, Place


class Table(NamedTuple):
    """Hold the cells of ``x`` and of ``y``: equally many rows, and a column of each at the least.

    ``chosen`` are the rows that were chosen to test only, from 0: they go where their rows go.
    """

    x: Block
    y: Block
    chosen: tuple[int, ...] = ()

    @classmethod
    def of(cls, x: Any, y: Any, chosen: Any = None) -> Self:
        """Make a table of the experiment file's x and y (rows, or class numbers); gaps are filled with empty cells.

        ``chosen``: the file's numbers of rows that test; those of no row are left out.
        """
        left, right = Block.of(x), Block.of(y)
        height = max(left.height, right.height, 1)
        rows = chosen if isinstance(chosen, list | tuple) else ()
        there = tuple(dict.fromkeys(row for row in rows if type(row) is int and 0 <= row < height))
        x, y = (part if part.height == height else part.resized(height, part.width) for part in (left, right))
        return cls(x, y, there)

    @property
    def height(self) -> int:
        return self.x.height

    @property
    def inputs(self) -> int:
        return self.x.width

    @property
    def outputs(self) -> int:
        return self.y.width

    @property
    def width(self) -> int:
        return self.inputs + self.outputs

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is shown, and was typed."""
        part, column = (self.x, column) if column < self.inputs else (self.y, column - self.inputs)
        return part.text(row, column)

    def with_cells(self, texts: dict[Place, str]) -> Self:
        of_x = {place: text for place, text in texts.items() if place[1] < self.inputs}
        of_y = {(row, at - self.inputs): text for (row, at), text in texts.items() if at >= self.inputs}
        return self._replace(
            x=self.x.with_cells(of_x) if of_x else self.x, y=self.y.with_cells(of_y) if of_y else self.y
        )

    def with_block(self, row: int, column: int, block: Sequence[Sequence[str]], shown: int) -> Self:
        """Lay a block of texts over the table at a cell, and grow the table where it does not fit.

        Columns beyond the ``shown`` ones are added to x when the block begins in x, else to y: so
        rows of inputs and targets, pasted at x1, come to lie with the last columns as y.
        """
        more, of_x = max(column + max(map(len, block)) - shown, 0), column < self.inputs
        height = max(self.height, row + len(block))
        grown = self._replace(
            x=self.x.resized(height, self.inputs + more * of_x),
            y=self.y.resized(height, self.outputs + more * (not of_x)),
        )
        lines = enumerate(block, start=row)
        return grown.with_cells({(at, column + along): text for at, line in lines for along, text in enumerate(line)})

    def with_row(self, at: int) -> Self:
        return self._with_rows([*range(at), -1, *range(at, self.height)])

    def with_column(self, of_x: bool) -> Self:
        """Return the table with an empty column, the last of x or of y."""
        if of_x:
            return self._replace(x=self.x.resized(self.height, self.inputs + 1))
        return self._replace(y=self.y.resized(self.height, self.outputs + 1))

    def without_rows(self, gone: Collection[int]) -> Self:
        return self._with_rows([row for row in range(self.height) if row not in gone])

    def without_columns(self, gone: Collection[int]) -> Self:
        of_x = [column for column in range(self.inputs) if column not in gone]
        of_y = [column for column in range(self.outputs) if column + self.inputs not in gone]
        return self._replace(
            x=self.x if len(of_x) == self.inputs else self.x.taken(of_x, 1),
            y=self.y if len(of_y) == self.outputs else self.y.taken(of_y, 1),
        )

    def _with_rows(self, order: Sequence[int]) -> Self:
        new = {old: at for at, old in enumerate(order)}
        chosen = tuple(new[row] for row in self.chosen if row in new)
        return self._replace(x=self.x.taken(order, 0), y=self.y.taken(order, 0), chosen=chosen)


EMPTY = Table.of(None, None)


def block_of(text: str) -> list[list[str]]:
    """Read text from a spreadsheet (tabs) or of a CSV file (commas or semicolons) as rows of cells.

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
