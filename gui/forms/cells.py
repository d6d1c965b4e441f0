"""A block of the data's cells: numbers in an array, and text where something was typed that stands as it was typed.

A change makes a new block, which shares the array: that keeps undo cheap, and a keystroke in large data too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.spec import Classes, Edited, Matrix, Numbers

from .fields.numbers import number, text_of

LARGE = 2_000  # cells; more are handed on as an array
MOST_TEXTS = 1000  # more are laid into a new array, as far as they are numbers
EXACT = 2**53  # whole numbers below it are floats too

Cell = str | float
Place = tuple[int, int]


class Block:
    """Hold ``numbers``, rows × columns in float64, read-only, NaN where a cell is empty; ``texts`` stand over them."""

    def __init__(self, numbers: Array, texts: Mapping[Place, str] | None = None, like: "Block | None" = None):
        """``like`` has the very same array."""
        self.numbers = numbers
        self.texts = dict(texts or {})
        self._matrix = like.matrix if like is not None else None
        self._empties = like.empties if like is not None else None

    @classmethod
    def of(cls, given: Any) -> "Block":
        """Make a block from the experiment file's rows, or numbers of one column. What lacks in a row is empty."""
        if isinstance(given, Edited):
            block = cls.of(given.base)
            return block.with_cells({_in_columns(place): text_of(value) for place, value in given.typed.items()})
        if isinstance(given, Matrix) and not given.uneven:
            block = cls(given.array)
            block._matrix = given
            return block
        if isinstance(given, Numbers) and given.values.dtype != object:
            return cls(given.array.reshape(len(given), -1).astype(float))
        rows = _rows(given.tolist() if isinstance(given, Numbers) else given)
        return cls._of_rows(rows)

    @classmethod
    def _of_rows(cls, rows: Sequence[Sequence[Any]]) -> "Block":
        width = max((1, *map(len, rows)))
        numbers, texts = np.full((len(rows), width), np.nan), {}
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if _is_number(cell):
                    numbers[row, column] = cell
                elif text := text_of(cell):
                    texts[row, column] = text
        return cls(numbers, texts)

    @property
    def height(self) -> int:
        return self.numbers.shape[0]

    @property
    def width(self) -> int:
        return self.numbers.shape[1]

    def text(self, row: int, column: int) -> str:
        text = self.texts.get((row, column))
        if text is not None:
            return text
        value = float(self.numbers[row, column])
        return "" if value != value else text_of(value)  # NaN is an empty cell

    def value(self, row: int, column: int) -> Cell:
        """Return a number, or the text that is none."""
        text = self.texts.get((row, column))
        if text is not None:
            return number(text)
        value = float(self.numbers[row, column])
        return "" if value != value else value

    # --- as in the experiment file -----------------------------------------------------------------

    def rows(self) -> list[list[Cell]] | Numbers | Edited:
        """Return the cells row by row; an array where they are many."""
        if self.numbers.size > LARGE:
            return self._over(self.matrix, self._typed)
        values: list[list[Any]] = self.numbers.tolist()
        for (row, column), value in self._typed.items():
            values[row][column] = value
        return values

    def classes(self) -> list[Cell] | Numbers | Edited:
        """Return the first column, whole numbers as such."""
        column = self.numbers[:, 0]
        fits = np.isfinite(column) & (column == np.floor(column)) & (np.abs(column) < EXACT)
        whole = np.where(fits, column, 0).astype(np.int64)
        odd = {(int(row),): self.value(int(row), 0) for row in np.flatnonzero(~fits)}
        typed = odd | {(row,): number(text) for (row, at), text in self.texts.items() if at == 0}
        if self.height > LARGE:
            return self._over(Classes(whole), typed)
        values: list[Any] = whole.tolist()
        for (row,), value in typed.items():
            values[row] = value
        return values

    @staticmethod
    def _over(base: Numbers, typed: dict[Any, Any]) -> Numbers | Edited:
        return Edited(base, typed) if typed else base

    @property
    def matrix(self) -> Matrix:
        """Return the array as the experiment has it, always the same one."""
        if self._matrix is None:
            self._matrix = _matrix_of(self.numbers)
        return self._matrix

    @property
    def _typed(self) -> dict[tuple[int, ...], Cell]:
        """What is no number of the array: text, as a number where it says one, and nothing in empty cells."""
        typed: dict[tuple[int, ...], Cell] = {(int(row), int(column)): "" for row, column in self.empties}
        for place, text in self.texts.items():
            typed[place] = number(text)
        return typed

    @property
    def empties(self) -> Array:
        """Return row and column of each empty cell of the array."""
        if self._empties is None:
            has_some = np.isnan(self.matrix.facts.lowest)
            self._empties = np.argwhere(np.isnan(self.numbers)) if has_some else np.empty((0, 2), np.intp)
        return self._empties

    # --- other blocks made of it -------------------------------------------------------------------

    def with_cells(self, texts: Mapping[Place, str]) -> "Block":
        together = self.texts | dict(texts)
        if len(together) <= MOST_TEXTS:
            return Block(self.numbers, together, like=self)
        return self._laid_in(together)

    def _laid_in(self, texts: Mapping[Place, str]) -> "Block":
        """With a new array that has all of the texts that it can show as they are."""
        numbers, left = self.numbers.copy(), {}
        for place, text in texts.items():
            value = number(text) if text else np.nan
            if text and (not _is_number(value) or text_of(float(value)) != text):
                left[place] = text
            numbers[place] = np.nan if isinstance(value, str) else value
        return Block(numbers, left)

    def resized(self, height: int, width: int) -> "Block":
        """Return a block with empty cells below and to the right, or without some of these."""
        if (height, width) == self.numbers.shape:
            return self
        numbers = np.full((height, width), np.nan)
        rows, columns = min(height, self.height), min(width, self.width)
        numbers[:rows, :columns] = self.numbers[:rows, :columns]
        return Block(
            numbers, {place: text for place, text in self.texts.items() if place[0] < rows and place[1] < columns}
        )

    def taken(self, order: Sequence[int], axis: int) -> "Block":
        """Take its rows (axis 0) or columns (1) in this order; an empty one for each that is negative."""
        chosen = np.asarray(order, np.intp)
        numbers = np.take(self.numbers, np.maximum(chosen, 0), axis)
        numbers[(slice(None),) * axis + (chosen < 0,)] = np.nan
        new = {old: at for at, old in enumerate(order)}
        texts = {_put(place, axis, new[place[axis]]): text for place, text in self.texts.items() if place[axis] in new}
        return Block(numbers, texts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Block) or self.texts != other.texts:
            return False
        return self.numbers is other.numbers or np.array_equal(self.numbers, other.numbers, equal_nan=True)

    __hash__ = None  # pyright: ignore[reportAssignmentType]


def _matrix_of(numbers: Array) -> Matrix:
    return Matrix(numbers.reshape(-1), np.full(len(numbers), numbers.shape[1], np.int64))


def _in_columns(place: Sequence[int]) -> Place:
    """Return a place among numbers that may be in one line: that is a column here."""
    return place[0], place[1] if len(place) > 1 else 0


def _put(place: Place, axis: int, at: int) -> Place:
    return (at, place[1]) if axis == 0 else (place[0], at)


def _is_number(cell: Any) -> bool:
    """Whether the array can have it, and shows it as it is."""
    if type(cell) is int:
        return abs(cell) < EXACT
    return type(cell) is float and cell == cell


def _rows(given: Any) -> list[Sequence[Any]]:
    lines = given if isinstance(given, list | tuple) else []
    return [line if isinstance(line, list | tuple) else (line,) for line in lines]
