"""CSV, TSV and the like, read block by block: at NumPy's speed where a block is plain, else cell by cell.

What a cell is, ``numerals`` says; NumPy's reader is asked of blocks alone in which it says the same.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import isfinite
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..check import ExperimentError
from ..data_file import MOST_COLUMNS, DataFile
from ..faults import Fault, cut, one_line, shown
from .chosen import Chosen, chosen_columns
from .dialect import Dialect, Row, guess_dialect
from .lines import Lines, refused
from .numerals import parsed
from .stores import Store

BLOCK_ROWS, BLOCK_CELLS = 8192, 400_000
MOST_FAULTS = 100_000  # that are counted
PLAIN = set("0123456789+-.,eE;|\t \n")  # what a block of numbers is made of

END = "\x1e"

Progress = Callable[[int], object]
Sinks = Callable[[int, int, int], tuple[Store, Store]]  # columns of x and of y, and rows that there can be


class TextTable(NamedTuple):
    """Hold what was read: ``x`` and ``y`` in float64, y None where it is ``labels``, each with its line in the file.

    ``is_plain``: NumPy's ``loadtxt`` reads the same, as ``skipped`` lines precede the rows.
    """

    chosen: Chosen
    dialect: Dialect
    x: Array
    y: Array | None
    labels: list[str]
    label_lines: list[int]
    is_plain: bool
    skipped: int


class Headed(NamedTuple):
    """Hold what stands before the rows: how the file is written, and what its columns are called."""

    dialect: Dialect
    names: tuple[str, ...]


def begin(lines: Lines, asked: DataFile | None) -> Headed:
    """Read the header, if there is one. Raises ExperimentError where there is nothing."""
    first = lines.first()
    dialect = guess_dialect(first, asked, lines.encoding)
    try:
        row = next(dialect.rows(first), None)
    except csv.Error:
        row = None
    if row is None:
        raise refused("data_empty")
    if len(row) > MOST_COLUMNS:
        raise refused("too_many", count=f"{len(row):,}", limit=f"{MOST_COLUMNS:,}")
    if not dialect.header:
        return Headed(dialect, tuple(map(str, range(len(row)))))
    for line in lines:
        if line.strip(" \r"):
            break
    return Headed(dialect, tuple(cell.strip() for cell in row))


class TextReader:
    """Read the rows of a text file; ``read`` may be called once."""

    def __init__(self, lines: Lines, asked: DataFile, sinks: Sinks, size: int):
        """``sinks`` makes the stores of x and y, ``size``: bytes of the file."""
        self._lines = lines
        self._dialect, self._names = begin(lines, asked)
        self._width, self._skipped = len(self._names), lines.number
        self._chosen = chosen_columns(asked, self._names, self._dialect.header)
        self._labelled = bool(asked.classes)
        x, y = len(self._chosen.x), 0 if self._labelled else len(self._chosen.y)
        self._x, self._y = sinks(x, y, size // (2 * self._width) + 2)  # each cell has a character and an end
        self._faults: list[Fault] = []
        self._labels: list[str] = []
        self._label_lines: list[int] = []
        self._is_plain = True
        self._numeric = (*self._chosen.x, *(() if self._labelled else self._chosen.y))

    def read(self, progress: Progress) -> TextTable:
        """Read to the end. Raises ExperimentError with all that is wrong."""
        size = max(min(BLOCK_ROWS, BLOCK_CELLS // self._width), 1)
        while block := list(islice(self._lines, size)):
            first = self._lines.number - len(block) + 1
            self._take(block, first)
            progress(self._lines.bytes_read)
            if len(self._faults) >= MOST_FAULTS:
                break
        if self._faults:
            raise ExperimentError(self._faults)
        if not self._x.rows:
            raise refused("data_no_rows" if self._dialect.header else "data_empty")
        y = None if self._labelled else self._y.finish()
        return TextTable(
            *(self._chosen, self._dialect, self._x.finish(), y),
            *(self._labels, self._label_lines, self._is_plain, self._skipped),
        )

    def _take(self, block: list[str], first: int) -> None:
        numbers = self._quick(block)
        if numbers is None:
            numbers = self._slow(block, first)
        elif self._labelled:
            self._take_labels(block, first)
        if len(numbers) and not self._faults:
            split = len(self._chosen.x)
            self._x.append(numbers[:, :split])
            if not self._labelled:
                self._y.append(numbers[:, split:])

    # --- plain blocks ------------------------------------------------------------------------

    def _quick(self, block: list[str]) -> Array | None:
        """Return the numbers of a block without quotes and faults; None where it has some."""
        text = "\n".join(block)
        separator = self._dialect.separator
        if '"' in text or not text.isascii():
            self._is_plain = self._is_plain and '"' not in text
            return None
        widths = {len(line.split()) if separator == " " else line.count(separator) + 1 for line in block}
        if widths != {self._width} or not all(line.strip(" \r") for line in block):
            return None
        if self._dialect.decimal == ",":
            if separator == ",":
                return None
            block = [line.replace(",", ".") for line in block] if "." not in text else []
        if not block or (not self._labelled and not set(text) <= PLAIN):
            return None
        try:
            delimiter = None if separator == " " else separator
            options = {"delimiter": delimiter, "comments": None, "ndmin": 2, "usecols": self._numeric}
            numbers = np.loadtxt(block, **options)
        except (ValueError, OverflowError):
            return None
        return numbers if len(numbers) == len(block) and np.isfinite(numbers).all() else None

    def _take_labels(self, block: list[str], first: int) -> None:
        """Take the names of classes of a plain block."""
        (place,) = self._chosen.y
        for number, row in enumerate(self._dialect.rows(block), start=first):
            self._labels.append(row[place].strip())
            self._label_lines.append(number)

    # --- any other block ---------------------------------------------------------------------

    def _slow(self, block: list[str], first: int) -> Array:
        """Return the numbers of a block, cell by cell; takes down what is wrong."""
        found: list[list[float]] = []
        for line, row in self._rows(block, first):
            if len(row) != self._width:
                self._fault("data_ragged", line=line, found=len(row), expected=self._width)
                continue
            if self._labelled:
                self._labels.append(row[self._chosen.y[0]].strip())
                self._label_lines.append(line)
                if not self._labels[-1]:
                    self._tell_cell(self._chosen.y[0], line, "", "data_no_class")
            found.append(self._numbers(row, line))
        return np.array(found, float).reshape(len(found), len(self._numeric))

    def _rows(self, block: Sequence[str], first: int) -> Iterator[tuple[int, Row]]:
        """Yield rows with the lines that they begin in; a quoted cell may go on beyond the block's end."""
        given = 0

        def lines() -> Iterator[str]:
            nonlocal given
            for line in block:
                given += 1
                yield line + "\n"
            for more in self._lines:  # where a quote is open at the block's end
                given += 1
                yield more + "\n"

        rows = self._dialect.rows(lines())
        while given < len(block):
            try:
                row = next(rows, None)
            except csv.Error as error:
                self._fault("data_not_split", line=first + given - 1, detail=str(error))
                return
            if row is None:
                return
            yield first + given - 1, [cell.replace("\n", " ") if "\n" in cell else cell for cell in row]

    def _numbers(self, row: Row, line: int) -> list[float]:
        found = self._all_numbers([row[place] for place in self._numeric])
        if found is not None:
            return found
        found = []
        for place in self._numeric:
            value = parsed(row[place], self._dialect.decimal)
            if value is None:
                self._tell_cell(place, line, row[place], _code_of(row[place]))
            elif not np.isfinite(value):
                self._tell_cell(place, line, row[place], "data_not_finite")
            found.append(0.0 if value is None else value)
        return found

    def _all_numbers(self, cells: list[str]) -> list[float] | None:
        """Return cells of which each is a number; None where one may be none. Python takes more for numbers."""
        text = END.join(cells)
        if not text.isascii() or "_" in text:
            return None
        if self._dialect.decimal == ",":
            if "." in text:
                return None
            text = text.replace(",", ".")
        try:
            found = list(map(float, text.split(END)))
        except ValueError:
            return None
        return found if len(found) == len(cells) and all(map(isfinite, found)) else None

    def _tell_cell(self, place: int, line: int, cell: str, code: str) -> None:
        part, places = ("x", self._chosen.x) if place in self._chosen.x else ("y", self._chosen.y)
        column = self._name(place)
        code = "data_no_target" if (part, code) == ("y", "data_no_number") else code
        fields = {"line": line, "column": column, "given": shown(cell), "decimal": self._dialect.decimal}
        self._faults.append(Fault(("data", part, places.index(place)), code, fields))

    def _name(self, place: int) -> str:
        return cut(one_line(self._names[place])) if self._dialect.header else str(place)

    def _fault(self, code: str, **fields: object) -> None:
        self._faults.append(Fault(("data", "file"), code, fields))


def _code_of(cell: str) -> str:
    """Return the fault of a cell that is no number."""
    text = cell.strip().lower()
    if not text:
        return "data_cell_empty"
    words = {"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "na", "n/a", "null", "none", "?"}
    return "data_not_finite" if text in words else "data_no_number"
