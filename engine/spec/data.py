"""The rows that an experiment is trained on: inputs and targets, and which of the rows only test."""

from typing import Annotated, Any

import numpy as np
from numpy import ndarray as Array
from pydantic import Discriminator, Field, Tag

from .arrays import Classes, Edited, Matrix, Vector
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


class Data(Part):
    """Hold ``x``: rows × inputs, and ``y``: rows × outputs, or a class number a row; ``test``: rows that only test."""

    x: Matrix
    y: RowsOrClasses
    test: Annotated[Split | None, Field(exclude_if=lambda split: split is None)] = None

    @property
    def has_classes(self) -> bool:
        return isinstance(self.y, Classes)

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

    def arrays(self, dtype: str, use: RowsFor = "training") -> tuple[Array, Array]:
        """Return x and y of the rows that train, or of those that test, in the order of the file.

        They are in a run's precision, class numbers as int64: read-only, and the same ones for all who ask.
        """
        x, y = self.x.as_type(dtype), self.y.as_type("int64" if self.has_classes else dtype)
        if self.test is None and use == "training":
            return x, y
        key = dtype, use, self.test
        return self.x.made(key, lambda: self._taken(x, use)), self.y.made(key, lambda: self._taken(y, use))

    def _taken(self, values: Array, use: RowsFor) -> Array:
        taken = values[self.rows(use)]
        taken.setflags(write=False)
        return taken
