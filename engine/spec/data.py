"""The rows that an experiment is trained on: inputs and targets, and which of the rows only test."""

from math import prod
from typing import Annotated, Any

import numpy as np
from numpy import ndarray as Array
from pydantic import Discriminator, Field, Tag

from .arrays import Classes, Edited, Matrix, NonEmpty, Vector
from .part import Part
from .split import RowsFor, Split, held_out_count, rows_for


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _rows_or_flat(value: Any) -> str:
    """Return the tag of a union's branch; tags begin with # so that ``check`` can tell them from fields."""
    flat = _is_sequence(value) and value and not _is_sequence(value[0])
    numbers = value.base if isinstance(value, Edited) else value
    return "#flat" if flat or isinstance(numbers, Vector | Classes) else "#rows"


RowsOrClasses = Annotated[
    Annotated[Matrix, Tag("#rows")] | Annotated[Classes, Tag("#flat")], Discriminator(_rows_or_flat)
]
RowsOrRow = Annotated[Annotated[Matrix, Tag("#rows")] | Annotated[Vector, Tag("#flat")], Discriminator(_rows_or_flat)]


MOST_AXES = 8  # of a row
RowShape = Annotated[tuple[Annotated[int, Field(ge=1)], ...], *NonEmpty, Field(max_length=MOST_AXES)]


class Data(Part):
    """Hold ``x``: rows × inputs, and ``y``: rows × outputs, or a class number a row; ``test``: rows that only test.

    ``shape``: that of a row of x, whose numbers stand one after another, last axis fastest; None: one axis.
    """

    x: Matrix
    y: RowsOrClasses
    shape: Annotated[RowShape | None, Field(exclude_if=lambda shape: shape is None)] = None
    test: Annotated[Split | None, Field(exclude_if=lambda split: split is None)] = None

    @property
    def has_classes(self) -> bool:
        return isinstance(self.y, Classes)

    @property
    def row_shape(self) -> tuple[int, ...]:
        """Return the shape of a row of x; that of its columns where it is given another count."""
        columns = self.x.columns
        return self.shape if self.shape is not None and prod(self.shape) == columns else (columns,)

    @property
    def test_count(self) -> int:
        """Return how many rows only test; 0 where all train."""
        return held_out_count(self.test, len(self.x))

    def rows(self, use: RowsFor) -> Array:
        """Return the numbers, from 0 and ascending, of the rows that train, all of them without a split, or test."""
        if self.test is None:
            return np.arange(len(self.x) if use == "training" else 0)
        split = self.test
        return self.x.made(("rows", use, split), lambda: rows_for(split, len(self.x), use))

    def inputs(self, dtype: str) -> Array:
        """Return x of all rows, each in its shape, ``(rows, *row_shape)``: read-only."""
        x, shape = self.x.as_type(dtype), self.row_shape
        return x if len(shape) == 1 else self.x.made((dtype, shape), lambda: x.reshape(-1, *shape))

    def arrays(self, dtype: str, use: RowsFor = "training", inputs: str | None = None) -> tuple[Array, Array]:
        """Return x and y of the rows that train, or of those that test, in the order of the file.

        They are in a run's precision, class numbers as int64, and x in the type ``inputs`` where it is given:
        read-only, and the same ones for all who ask.
        """
        x, y = self.inputs(inputs or dtype), self.y.as_type("int64" if self.has_classes else dtype)
        if self.test is None and use == "training":
            return x, y
        return (
            self.x.made((x.dtype, use, self.test, x.shape), lambda: self._taken(x, use)),
            self.y.made((dtype, use, self.test), lambda: self._taken(y, use)),
        )

    def _taken(self, values: Array, use: RowsFor) -> Array:
        taken = values[self.rows(use)]
        taken.setflags(write=False)
        return taken
