"""An experiment's data from the file that it names: read, split into x and y, classes numbered, x standardised."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..arrays import Classes, Matrix
from ..check import ExperimentError
from ..data import Data, Layout, Standard
from ..data_file import DataFile, suffix_fault
from ..faults import Fault
from ..split import rows_for, split_faults
from .arrays import finite_faults, read_arrays
from .classes import labels_of, numbered
from .lines import Lines, hash_of, opened, refused
from .stores import Store, kept
from .text import MOST_FAULTS, TextReader

ARRAYS = (".npy", ".npz")
EXACT_IN_SINGLE = ("float32", "float16", "int8", "uint8", "int16", "uint16", "bool")
SMALL = 100_000  # numbers that are no trouble in memory, nor on their way between processes


class TableRead(NamedTuple):
    """Hold data that were read, and the hash of the file that they were read from."""

    data: Data
    sha256: str


class _Parts(NamedTuple):
    """Hold x, and either numbers or class numbers of y, as read."""

    x: Array
    y: Array
    names: tuple[str, ...]
    classes: tuple[str, ...] | None
    layout: Layout | None


def _nothing(_: float) -> None:
    pass


def read_table(
    file: Path, asked: DataFile, folder: Path | None = None, progress: Callable[[float], object] = _nothing
) -> TableRead:
    """Read an experiment's data. Many numbers are kept in files in the ``folder``, where there is one.

    ``progress`` is told now and then which share has been read. Raises ExperimentError with all that is wrong.
    """
    if (fault := suffix_fault(str(file))) is not None:
        raise ExperimentError([fault])
    opened(file).close()
    before = _stamp(file)
    sha256 = hash_of(file)
    parts = _arrays(file, asked) if file.suffix.lower() in ARRAYS else _text(file, asked, folder, progress)
    if _stamp(file) != before:
        raise refused("data_changed_meanwhile")
    return TableRead(_data(parts, asked, folder, file), sha256)


def _stamp(file: Path) -> tuple[int, int]:
    try:
        there = file.stat()
    except OSError as error:
        raise refused("not_readable", detail=error.strerror or str(error)) from None
    return there.st_mtime_ns, there.st_size


def _text(file: Path, asked: DataFile, folder: Path | None, progress: Callable[[float], object]) -> _Parts:
    size = max(_stamp(file)[1], 1)
    stores: list[Store] = []

    def sinks(x: int, y: int, most: int) -> tuple[Store, Store]:
        places = (None, None) if folder is None else (folder / "x.read", folder / "y.read")
        stores.extend(Store(columns, most, place) for columns, place in zip((x, y), places, strict=True))
        return stores[0], stores[1]

    lines = Lines(file, asked.encoding)
    try:
        table = TextReader(lines, asked, sinks, size).read(lambda done: progress(done / size))
    finally:
        lines.close()
        for store in stores:
            store.close()
    is_plain = table.is_plain and table.dialect.decimal == "." and table.dialect.encoding == "utf-8"
    chosen = table.chosen
    layout = Layout(table.dialect.separator, table.skipped, chosen.x, chosen.y) if is_plain else None
    if table.y is not None:
        return _Parts(table.x, table.y, chosen.names, None, layout)
    y, names = numbered(table.labels, table.label_lines, asked)
    return _Parts(table.x, y, chosen.names, names, layout)


def _arrays(file: Path, asked: DataFile) -> _Parts:
    table = read_arrays(file, asked)
    faults = finite_faults(table.x, table.names, MOST_FAULTS)
    if asked.classes:
        if table.y.shape[1] > 1:
            faults.append(Fault(("data", "classes"), "data_classes_of_one", {"count": table.y.shape[1]}))
        if faults:
            raise ExperimentError(faults)
        labels = labels_of(table.y)
        y, classes = numbered(labels, range(1, len(labels) + 1), asked)
        return _Parts(table.x, y, table.names, classes, table.layout)
    faults += finite_faults(table.y, tuple(map(str, range(table.y.shape[1]))), MOST_FAULTS)
    if faults:
        raise ExperimentError(faults)
    return _Parts(table.x, table.y, table.names, None, table.layout)


# --- as an experiment has them -------------------------------------------------------------------


def _data(parts: _Parts, asked: DataFile, folder: Path | None, file: Path) -> Data:
    faults = list(split_faults(asked.test, len(parts.x)))
    if faults:
        raise ExperimentError(faults)
    standard = _standard(parts.x, asked) if asked.standardize else None
    change = None if standard is None else standard.of
    y = Classes(np.array(parts.y)) if parts.classes is not None else _matrix(parts.y, folder, "y", None)
    data = Data(x=_matrix(parts.x, folder, "x", change), y=y, shape=asked.shape, test=asked.test, classes=parts.classes)
    return data.linked(asked, parts.names, standard, str(file), parts.layout)


def _matrix(array: Array, folder: Path | None, name: str, change: Callable[[Array], Array] | None) -> Matrix:
    rows, columns = array.shape
    if folder is not None and array.size > SMALL:
        made = Matrix.mapped(kept(array, folder / name, change))
        _ = made.facts  # here, where nobody waits for it
        return made
    changed = np.array(array, np.float32 if change is None and array.dtype in EXACT_IN_SINGLE else np.float64)
    return Matrix((changed if change is None else change(changed)).reshape(-1), np.full(rows, columns, np.int64))


def _standard(x: Array, asked: DataFile) -> Standard:
    """Return mean and standard deviation of each column, of the rows that train; what does not vary stays as it is."""
    trained = x if asked.test is None else x[rows_for(asked.test, len(x), "training")]
    with np.errstate(all="ignore"):
        mean = np.asarray(np.mean(trained, axis=0, dtype=np.float64))
        deviation = np.asarray(np.std(trained, axis=0, dtype=np.float64))
    if not (np.isfinite(mean).all() and np.isfinite(deviation).all()):
        raise ExperimentError([Fault(("data", "standardize"), "data_not_standardized")])
    return Standard(tuple(mean.tolist()), tuple(np.where(deviation == 0, 1.0, deviation).tolist()))
