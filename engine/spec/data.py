"""The rows that an experiment is trained on: inputs and targets, and which of the rows only test."""

from math import prod
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array
from pydantic import (
    Discriminator,
    Field,
    PrivateAttr,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
)

from .arrays import Classes, Edited, Matrix, Vector, in_float64
from .data_file import ClassNames, DataFile, RowShape
from .faults import Fault
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


class Standard(NamedTuple):
    """Hold the mean and the standard deviation of each column of x, over the rows that train; 1 of a constant one."""

    mean: tuple[float, ...]
    deviation: tuple[float, ...]

    def of(self, x: Array) -> Array:
        """Return rows of x less their mean, divided by their standard deviation."""
        return (x - np.array(self.mean)) / np.array(self.deviation)


class Layout(NamedTuple):
    """Say how NumPy alone reads the same: a text file's ``separator``, and lines to be ``skipped`` before its rows.

    ``x`` and ``y`` are the places of their columns, from 0; of an npz ``arrays`` are the names of x's.
    """

    separator: str = ","
    skipped: int = 0
    x: tuple[int, ...] = ()
    y: tuple[int, ...] = ()
    arrays: tuple[str, ...] = ()


class Source(NamedTuple):
    """Say where data were read from: what was ``asked`` for, the ``place`` of the file, and its ``columns`` in x.

    ``layout`` None: only this package reads the file.
    """

    asked: DataFile
    columns: tuple[str, ...]
    standard: Standard | None
    place: str
    layout: Layout | None


class Data(Part):
    """Hold ``x``: rows × inputs, and ``y``: rows × outputs, or a class number a row; ``test``: rows that only test.

    ``shape``: that of a row of x, whose numbers stand one after another, last axis fastest; None: one axis.
    ``classes``: what the classes are called, by their numbers. Data that were read from a file have a ``source``; in
    an experiment's file that stands in the place of the numbers.
    """

    x: Matrix
    y: RowsOrClasses
    shape: Annotated[RowShape | None, Field(exclude_if=lambda shape: shape is None)] = None
    test: Annotated[Split | None, Field(exclude_if=lambda split: split is None)] = None
    classes: Annotated[ClassNames | None, Field(exclude_if=lambda classes: classes is None)] = None
    _source: Source | None = PrivateAttr(None)

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        return handler(self) if self._source is None else self._source.asked.model_dump(mode=info.mode)

    @property
    def source(self) -> Source | None:
        return self._source

    def linked(
        self, asked: DataFile, columns: tuple[str, ...], standard: Standard | None, place: str, layout: Layout | None
    ) -> "Data":
        """Return the same data as read from a file: shape and test rows are those that are ``asked`` for."""
        made = self.model_copy(update={"shape": asked.shape, "test": asked.test})
        made._source = Source(asked, columns, standard, place, layout)
        return made

    def unlinked(self) -> "Data":
        """Return the same data as if they had been typed."""
        made = self.model_copy()
        made._source = None
        return made

    def of_rows(self, rows: slice | Array) -> "Data":
        """Return data of some rows alone, in float64, which all train; nobody else has a share in them."""
        x, y = self.x.array[rows], self.y.array[rows]
        of_x = Matrix(in_float64(x), np.full(len(x), self.x.columns))
        of_y = Classes(y.copy()) if self.has_classes else Matrix(in_float64(y), np.full(len(y), y.shape[1]))
        return self.model_copy(update={"x": of_x, "y": of_y, "test": None})

    def asked_again(self, asked: DataFile) -> "Data":
        """Return the data with another split, shape or hash; all else that is asked for is as it was."""
        assert self._source is not None
        return self.linked(asked, *self._source[1:])

    def class_name(self, number: int) -> str:
        """Return what a class is called: its name, or its number."""
        return self.classes[number] if self.classes is not None and 0 <= number < len(self.classes) else str(number)

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


class Linked(dict[str, Any]):
    """Hold ``data`` as an experiment's file has them that names a file, with what was ``found`` in that.

    ``found``: the data, what is wrong with them, or None while nobody has read them.
    """

    def __init__(self, raw: dict[str, Any], found: Data | tuple[Fault, ...] | None):
        super().__init__(raw)
        self.found = found

    def __deepcopy__(self, _memo: Any) -> "Linked":
        return self  # nobody changes it

    def __reduce__(self) -> tuple[Any, ...]:
        return Linked, (dict(self), self.found)
