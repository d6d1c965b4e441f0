"""A file that an experiment's data are read from: which of its columns, and how it is to be read. Opens nothing."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from .arrays import NonEmpty
from .faults import Fault, unknown_name
from .part import Part
from .split import Split

Column = str | int  # a name, or a number from 0
Separator = Literal[",", ";", "\t", "|", " "]
Decimal = Literal[".", ","]
Encoding = Literal["utf-8", "utf-16", "cp1252", "gb18030", "big5", "shift_jis", "cp1251"]

SEPARATORS: tuple[str, ...] = get_args(Separator)
DECIMALS: tuple[str, ...] = get_args(Decimal)
ENCODINGS: tuple[str, ...] = get_args(Encoding)
TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".dat")
SUFFIXES = (*TEXT_SUFFIXES, ".npy", ".npz")
MOST_COLUMNS = 100_000
MOST_CLASSES = 10_000
LONGEST_NAME = 200  # characters of a class's
MOST_AXES = 8  # of a row

RowShape = Annotated[tuple[Annotated[int, Field(ge=1)], ...], *NonEmpty, Field(max_length=MOST_AXES)]
ClassNames = Annotated[
    tuple[Annotated[str, Field(max_length=LONGEST_NAME)], ...], *NonEmpty, Field(max_length=MOST_CLASSES)
]


def _column(given: Any) -> Column:
    if isinstance(given, str) or (type(given) is int and given >= 0):
        return given
    raise PydanticCustomError("column", "the name of a column, or its number from 0")


def _classes(given: Any) -> Any:
    if given is None or isinstance(given, bool):
        return given or None
    names = tuple(given) if isinstance(given, list | tuple) else ()
    if not 0 < len(names) <= MOST_CLASSES or not all(
        isinstance(name, str) and len(name) <= LONGEST_NAME for name in names
    ):
        raise PydanticCustomError("classes", "true, or the names of the classes")
    if len(set(names)) < len(names):
        raise PydanticCustomError("classes", "names of classes, each of them once")
    return names


def _unset(value: Any) -> bool:
    return value is None or value is False


Columns = Annotated[tuple[Annotated[Any, BeforeValidator(_column)], ...], *NonEmpty, Field(max_length=MOST_COLUMNS)]


class DataFile(Part):
    """Say which columns of a ``file`` are inputs ``x`` and targets ``y``: names or numbers; of an npz its arrays.

    ``x`` None is all columns but y's. The path is relative to the experiment's file. ``header``, ``separator``,
    ``decimal`` and ``encoding`` are found out where they are None. ``classes``: y is one column of names, whose
    numbers are their places in this list, or True for all there are, in order. ``standardize``: x less its mean,
    divided by its standard deviation, both of the rows that train. ``sha256``: what the file held when the experiment
    was made.
    """

    file: Annotated[str, Field(min_length=1, max_length=4000)]
    x: Annotated[Columns | None, Field(exclude_if=_unset)] = None
    y: Columns
    header: Annotated[bool | None, Field(exclude_if=lambda header: header is None)] = None
    separator: Annotated[Separator | None, Field(exclude_if=_unset)] = None
    decimal: Annotated[Decimal | None, Field(exclude_if=_unset)] = None
    encoding: Annotated[Encoding | None, Field(exclude_if=_unset)] = None
    classes: Annotated[Any, BeforeValidator(_classes), Field(exclude_if=_unset)] = None
    standardize: Annotated[bool, Field(exclude_if=_unset)] = False
    shape: Annotated[RowShape | None, Field(exclude_if=_unset)] = None
    test: Annotated[Split | None, Field(exclude_if=_unset)] = None
    sha256: Annotated[str | None, Field(pattern=r"^[0-9a-f]{64}$", exclude_if=_unset)] = None

    def but_split(self) -> "DataFile":
        """Return all of it that decides what the arrays hold: test rows only where x is standardised by the others."""
        gone: dict[str, Any] = {"shape": None, "sha256": None} | ({} if self.standardize else {"test": None})
        return self.model_copy(update=gone)


def is_linked(raw: Any) -> bool:
    """Tell whether an experiment's ``data``, as they are in its file, name a file."""
    return isinstance(raw, dict) and "file" in raw


def suffix_fault(file: str) -> Fault | None:
    """Return the fault of a file whose name says that it is none that can be read."""
    suffix = f".{file.rpartition('.')[2].lower()}" if "." in file else ""
    return None if suffix in SUFFIXES else unknown_name(("data", "file"), suffix or file, SUFFIXES)
