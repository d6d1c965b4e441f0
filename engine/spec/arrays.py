"""An experiment's numbers as NumPy arrays from the moment they are read: never changed, and made once a process.

Pydantic validates a file's nested lists and tells every fault by row and column; then they are kept flat. What a
backend makes of them in its own precision is kept beside them, so that all that a process does shares it.
"""

import mmap
import os
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self, TypeVar, cast

import numpy as np
from numpy import ndarray as Array
from pydantic import Field, GetCoreSchemaHandler, Strict, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

Made = TypeVar("Made")

A_BLOCK = 1 << 20  # numbers that are written at once
FEW = 1000  # numbers that are compared one by one
LARGE = 1 << 22  # numbers that a process is not to keep the memory of, as it does of small arrays

# Scalars are strict ("4" is no number, true is no 1), but a list will do for a tuple.
NonEmpty = (Strict(False), Field(min_length=1))
Number = Annotated[float, Field(allow_inf_nan=False)]
ParsedRow = Annotated[tuple[Number, ...], *NonEmpty]
ParsedRows = Annotated[tuple[ParsedRow, ...], *NonEmpty]
ParsedClasses = Annotated[tuple[Annotated[int, Field(ge=0)], ...], *NonEmpty]


def in_float64(rows: Array) -> Array:
    """Return a copy in float64, end to end; of many rows in memory that goes back to the system with it."""
    if rows.size < LARGE:
        return rows.astype(np.float64).reshape(-1)
    values = np.frombuffer(mmap.mmap(-1, rows.size * 8), np.float64)
    values.reshape(rows.shape)[...] = rows
    return values


class Facts(NamedTuple):
    """Hold facts of all numbers, which take a pass over them and go with them to another process. NaN where one is."""

    total: Any
    lowest: Any
    highest: Any


class MappedAt(NamedTuple):
    """Say where numbers lie in a file of their own: rows × columns. ``digest`` is of what it holds."""

    file: str
    dtype: str
    rows: int
    columns: int
    digest: str

    def map(self) -> np.memmap:
        """Return the numbers, read-only, of which no more is in memory than is looked at. Raises OSError."""
        return np.memmap(self.file, self.dtype, mode="r", shape=(self.rows, self.columns))


class Numbers:
    """Hold ``values``, all numbers one after another, read-only. Equal are numbers of equal value and shape."""

    PARSED: Any  # the lists of a file that these are made of, as pydantic knows them

    def __init__(self, values: Array):
        values.setflags(write=False)
        self.values = values
        self._made: dict[Hashable, Any] = {}
        self._facts: Facts | None = None
        self._at: MappedAt | None = None  # where they lie, if they are mapped from a file

    @property
    def facts(self) -> Facts:
        if self._facts is None:
            with np.errstate(all="ignore"):
                values = self.values
                self._facts = Facts(values.sum(), values.min(), values.max()) if len(values) else Facts(0, 0, 0)
        return self._facts

    @classmethod
    def of(cls, parsed: Any) -> Self:
        """Make the numbers from what pydantic has made of a file's lists."""
        raise NotImplementedError

    @property
    def array(self) -> Array:
        """Return the numbers in their shape, read-only."""
        return self.values

    def as_type(self, dtype: str) -> Array:
        """Return ``array`` in the precision ``dtype``: made once, read-only, shared by all who ask for it."""
        return self.made(dtype, lambda: self._as_type(dtype))

    def _as_type(self, dtype: str) -> Array:
        found = self.array.astype(dtype, copy=False)
        found.setflags(write=False)
        return found

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what ``make`` returns, which is called once for each ``key``. It lives as long as the numbers do."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def places(self, which: Array) -> Iterator[tuple[tuple[int, ...], Any]]:
        """List where the ``values`` are for which ``which`` is true, (row, column) in a matrix, and what they are."""
        found = np.flatnonzero(which)
        yield from zip(self._places(found), self.values[found].tolist(), strict=True)

    def _places(self, found: Array) -> Iterator[tuple[int, ...]]:
        return ((place,) for place in found.tolist())

    def tolist(self) -> list[Any]:
        """Return the numbers as the experiment file has them."""
        return self.array.tolist()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.array, dtype=dtype, copy=copy)

    def __len__(self) -> int:
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and isinstance(other, Numbers) and self._equals(other)

    def _equals(self, other: "Numbers") -> bool:
        if len(self.values) != len(other.values):
            return False
        if self._at is not None and other._at is not None and self._at[1:] == other._at[1:]:
            return True
        if len(self.values) > FEW and self.facts != other.facts:  # equal numbers have an equal sum
            return False
        return np.array_equal(self.values, other.values)

    def __hash__(self) -> int:
        return hash((len(self), len(self.values), *self.values[:8].tolist()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.values,), {"_facts": self._facts}  # not what was made of them

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: Any) -> Self:
        return self

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)}>"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take an instance as it is, also one typed over, and make one of lists; in JSON it is lists again."""
        made = core_schema.no_info_after_validator_function(cls.of, handler.generate_schema(cls.PARSED))
        return core_schema.no_info_wrap_validator_function(
            cls._taken,
            made,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.tolist, when_used="json"),
        )

    @classmethod
    def _taken(cls, value: Any, make: Callable[[Any], Self]) -> Self:
        if isinstance(value, Edited) and isinstance(value.base, cls):
            return cast("Self", value.read(make))
        return value if isinstance(value, cls) else make(value)


class Vector(Numbers):
    """Hold a row of numbers, in float64."""

    PARSED = ParsedRow

    @classmethod
    def of(cls, parsed: Sequence[float]) -> Self:
        return cls(np.fromiter(parsed, float, len(parsed)))

    def __getitem__(self, place: int) -> float:
        return float(self.values[place])

    def __iter__(self) -> Iterator[float]:
        return iter(self.values.tolist())


class Classes(Numbers):
    """Hold a class number a row, in int64; as Python's ints where one is larger than any network has classes."""

    PARSED = ParsedClasses

    @classmethod
    def of(cls, parsed: Sequence[int]) -> Self:
        try:
            return cls(np.fromiter(parsed, np.int64, len(parsed)))
        except OverflowError:
            return cls(np.fromiter(parsed, object, len(parsed)))

    def __getitem__(self, place: int) -> int:
        return int(self.values[place])

    def __iter__(self) -> Iterator[int]:
        return iter(self.values.tolist())


class Matrix(Numbers):
    """Hold rows × columns of numbers; rows have ``widths`` numbers each, equal once all is checked.

    They are in float64, or in float32 where they come from a file that has them so.
    """

    PARSED = ParsedRows

    def __init__(self, values: Array, widths: Array):
        super().__init__(values)
        widths.setflags(write=False)
        self.widths = widths
        self._mapping: mmap.mmap | None = None

    @property
    def _ends(self) -> Array:
        return self.made("ends", lambda: np.cumsum(self.widths))

    @classmethod
    def of(cls, parsed: Sequence[Sequence[float]]) -> Self:
        widths = np.fromiter(map(len, parsed), np.int64, len(parsed))
        return cls(np.fromiter(chain.from_iterable(parsed), float, int(widths.sum())), widths)

    @property
    def columns(self) -> int:
        """Return the columns of the first row, and so of each once all is checked."""
        return int(self.widths[0])

    @property
    def uneven(self) -> list[int]:
        """Return the rows, counted from 0, that have not as many numbers as the first."""
        return np.flatnonzero(self.widths != self.widths[0]).tolist()

    @property
    def array(self) -> Array:
        return self.values.reshape(len(self), self.columns)

    def _places(self, found: Array) -> Iterator[tuple[int, ...]]:
        rows = np.searchsorted(self._ends, found, side="right")
        columns = found - (self._ends - self.widths)[rows]
        return zip(rows.tolist(), columns.tolist(), strict=True)

    def tolist(self) -> list[Any]:
        return [list(row) for row in self] if self.uneven else super().tolist()

    def __len__(self) -> int:
        return len(self.widths)

    def __getitem__(self, place: int) -> tuple[float, ...]:
        end = int(self._ends[place])
        return tuple(self.values[end - int(self.widths[place]) : end].tolist())

    def __iter__(self) -> Iterator[tuple[float, ...]]:
        return map(self.__getitem__, range(len(self)))

    def __reduce__(self) -> tuple[Any, ...]:
        if self._at is not None:
            return Matrix.mapped, (self._at,), {"_facts": self._facts}
        return type(self), (self.values, self.widths), {"_facts": self._facts}

    @classmethod
    def mapped(cls, at: MappedAt) -> Self:
        """Make the matrix of what lies in a file: wherever it goes, it goes as the file's name. Raises OSError."""
        mapped = at.map()
        made = cls(np.asarray(mapped).reshape(-1), np.full(at.rows, at.columns, np.int64))
        made._at, made._mapping = at, getattr(mapped, "_mmap", None)
        return made

    def _as_type(self, dtype: str) -> Array:
        """Return them in a precision. What is mapped is mapped in that as well, from a file beside the other."""
        if self._at is None or self.values.dtype == dtype:
            return super()._as_type(dtype)
        try:
            return self._mapped_as(self._at, dtype)
        except OSError:  # there is no room
            return super()._as_type(dtype)

    def _mapped_as(self, at: MappedAt, dtype: str) -> Array:
        file = Path(f"{at.file}.{dtype}")
        if not file.exists():
            unfinished, step = Path(f"{file}.{os.getpid()}"), max(A_BLOCK // at.columns, 1)
            with unfinished.open("wb") as target:
                for begin in range(0, at.rows, step):
                    target.write(np.ascontiguousarray(self.array[begin : begin + step], dtype).data)
            unfinished.replace(file)
        if self._mapping is not None and hasattr(self._mapping, "madvise"):
            self._mapping.madvise(mmap.MADV_DONTNEED)  # what was read for that
        return np.asarray(at._replace(file=str(file), dtype=dtype).map())

    @property
    def is_mapped(self) -> bool:
        return self._at is not None

    def _equals(self, other: Numbers) -> bool:
        return isinstance(other, Matrix) and np.array_equal(self.widths, other.widths) and super()._equals(other)


class Edited:
    """Hold numbers of which a few are typed over: what stands in those places may be no numbers at all.

    ``typed`` is by place, (row, column) in a matrix. So what is typed into large data costs what was typed.
    """

    def __init__(self, base: Numbers, typed: dict[tuple[int, ...], Any]):
        self.base, self.typed = base, typed

    def tolist(self) -> list[Any]:
        """Return the lists that the experiment file has."""
        return [self.row(place) for place in range(len(self.base))] if self.is_matrix else self._flat()

    @property
    def is_matrix(self) -> bool:
        return isinstance(self.base, Matrix)

    def row(self, place: int) -> list[Any]:
        """Return the cells of a matrix's row."""
        assert isinstance(self.base, Matrix)
        return [self.typed.get((place, column), number) for column, number in enumerate(self.base[place])]

    def _flat(self) -> list[Any]:
        values = self.base.values.tolist()
        for (place,), value in self.typed.items():
            values[place] = value
        return values

    def read(self, make: Callable[[Any], Numbers]) -> Numbers:
        """Return the numbers with those typed in their places. Raises pydantic's error for each that is none."""
        places = sorted(self.typed)
        try:
            values = make([[self.typed[place]] if self.is_matrix else self.typed[place] for place in places]).values
        except ValidationError as error:
            raise ValidationError.from_exception_data(error.title, _moved(error, places)) from None
        read = self.base.values.astype(np.promote_types(self.base.values.dtype, values.dtype))
        flat = [place[0] if len(place) == 1 else self._start(place[0]) + place[1] for place in places]
        read[flat] = values
        return Matrix(read, self.base.widths) if isinstance(self.base, Matrix) else type(self.base)(read)

    def _start(self, row: int) -> int:
        assert isinstance(self.base, Matrix)
        return row * self.base.columns

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edited) and self.typed == other.typed and self.base == other.base

    __hash__ = None  # pyright: ignore[reportAssignmentType]


def _moved(error: ValidationError, places: Sequence[tuple[int, ...]]) -> list[InitErrorDetails]:
    """Return the errors of a list of cells, at the places where the cells stand; none of the list, which is no news."""
    return [
        InitErrorDetails(type=wrong["type"], loc=place, input=wrong["input"], ctx=wrong.get("ctx", {}))
        for wrong in error.errors(include_url=False)
        if wrong["loc"] and len(wrong["loc"]) == len(place := places[int(wrong["loc"][0])])
    ]
