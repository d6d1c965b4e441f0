"""NumPy's own files: ``.npy`` with rows × columns, ``.npz`` with an array for each of x and y. Nothing is unpickled."""

import zipfile
from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..check import ExperimentError, free_memory
from ..data import Layout
from ..data_file import DataFile
from ..faults import Fault, listed, nearest, shown, times
from ..sizes import in_words
from .chosen import chosen_columns
from .lines import FILE, LARGEST_DATA, opened, refused

BLOCK = 1 << 22  # numbers that are looked at at once
MOST_ARRAYS = 1000


class ArrayTable(NamedTuple):
    """Hold x and y as they are in the file, of which little is in memory yet; ``names`` are x's columns'."""

    x: Array
    y: Array
    names: tuple[str, ...]
    layout: Layout


def read_arrays(file: Path, asked: DataFile) -> ArrayTable:
    """Read what is asked for. Raises ExperimentError with all that is wrong."""
    return _of_npz(file, asked) if file.suffix.lower() == ".npz" else _of_npy(file, asked)


def load_npy(file: Path) -> Array:
    """Return the array of a ``.npy`` file, mapped."""
    opened(file).close()
    try:
        with file.open("rb") as source:
            shape, in_columns, dtype = _header(source)
            if dtype.hasobject:
                raise refused("data_of_objects")
            begin, size = source.tell(), prod(shape) * dtype.itemsize
        if file.stat().st_size < begin + size:
            raise refused("data_cut_off", needed=f"{begin + size:,}", found=f"{file.stat().st_size:,}")
        if not size:
            raise refused("data_empty")
        order = "F" if in_columns else "C"
        return np.asarray(np.memmap(file, dtype, mode="r", offset=begin, shape=shape, order=order))
    except Exception as error:  # whatever NumPy's reader stumbles over in broken bytes
        raise _broken(error) from None


def _header(source: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return shape, whether columns come one after another, and type of the array that begins there."""
    version = np.lib.format.read_magic(source)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    return read(source)


def load_npz(file: Path) -> dict[str, Any]:
    """Return name and (shape, dtype) of each array of a ``.npz`` file. Raises ExperimentError."""
    opened(file).close()
    try:
        with zipfile.ZipFile(file) as archive:
            members = [one for one in archive.infolist() if one.filename.endswith(".npy")][:MOST_ARRAYS]
            found: dict[str, Any] = {}
            for member in members:
                with archive.open(member) as source:
                    shape, _, dtype = _header(source)
                found[member.filename.removesuffix(".npy")] = shape, dtype
            return found
    except Exception as error:
        raise _broken(error) from None


def _broken(error: Exception) -> ExperimentError:
    if isinstance(error, ExperimentError):
        return error
    return refused("data_broken", detail=" ".join(str(error).split())[:200] or type(error).__name__)


def _of_npy(file: Path, asked: DataFile) -> ArrayTable:
    array = load_npy(file)
    flat = array.reshape(len(array), -1) if array.ndim else array.reshape(1, 1)
    names = tuple(map(str, range(flat.shape[1])))
    chosen = chosen_columns(asked, names, False)
    faults = [*_kind_faults("x", array.dtype, ()), *_kind_faults("y", array.dtype, ())][:1]
    if faults:
        raise ExperimentError(faults)
    return ArrayTable(_taken(flat, chosen.x), _taken(flat, chosen.y), chosen.names, Layout(x=chosen.x, y=chosen.y))


def _taken(array: Array, places: Sequence[int]) -> Array:
    """Return columns, without a copy where they stand side by side."""
    first = places[0]
    if tuple(places) == tuple(range(first, first + len(places))):
        return array[:, first : first + len(places)]
    return array[:, list(places)]


def _of_npz(file: Path, asked: DataFile) -> ArrayTable:
    there = load_npz(file)
    left = [name for name in there if name not in asked.y]
    wanted = {"x": asked.x if asked.x is not None else tuple(left), "y": asked.y}
    faults = [fault for part, names in wanted.items() for fault in _array_faults(part, names, there, asked)]
    if asked.x is None and not left:
        faults.append(Fault(("data", "y"), "data_nothing_left"))
    used = [there[one] for names in wanted.values() for one in names if one in there]
    needed = sum(prod(shape) * dtype.itemsize for shape, dtype in used)
    if not faults and needed > (limit := min(LARGEST_DATA, free_memory() // 3)):
        faults.append(Fault(FILE, "data_too_large", {"limit": in_words(limit)}))
    if faults:
        raise ExperimentError(faults)
    parts = {part: _loaded(file, part, names) for part, names in wanted.items()}
    (x, names), (y, _) = parts["x"], parts["y"]
    if len(x) != len(y):
        raise ExperimentError([Fault(("data", "y"), "rows_differ", {"found": f"{len(y)} rows", "expected": len(x)})])
    return ArrayTable(x, y, names, Layout(arrays=tuple(map(str, wanted["x"]))))


def _array_faults(part: str, names: Sequence[Any], there: dict[str, Any], asked: DataFile) -> list[Fault]:
    faults: list[Fault] = []
    for index, name in enumerate(names):
        path = ("data", part, index) if getattr(asked, part) is not None else FILE
        if not isinstance(name, str) or name not in there:
            fields = {"given": shown(name), "known": listed(tuple(there)), "nearest": nearest(name, tuple(there))}
            faults.append(Fault(path, "data_array_unknown", fields))
        elif len(there[name][0]) == 0 or prod(there[name][0]) == 0:
            fields = {"given": shown(name), "found": times(there[name][0]) or "()"}
            faults.append(Fault(path, "data_array_empty", fields))
        else:
            faults += _kind_faults(part, there[name][1], (index,), labels=part == "y" and bool(asked.classes))
    return faults


def _kind_faults(part: str, dtype: Any, at: tuple[int, ...], *, labels: bool = False) -> list[Fault]:
    path = ("data", part, *at) if at else FILE
    if dtype.hasobject:
        return [Fault(path, "data_of_objects")]
    kinds = "fiub" + ("US" if labels else "")
    return [] if dtype.kind in kinds else [Fault(path, "data_no_numbers", {"dtype": str(dtype)})]


def _loaded(file: Path, part: str, names: Sequence[str]) -> tuple[Array, tuple[str, ...]]:
    """Return the arrays' columns side by side, and what they are called."""
    arrays: list[Array] = []
    called: list[str] = []
    for index, name in enumerate(names):
        try:
            with np.load(file, allow_pickle=False) as archive:
                array = archive[name]
        except Exception as error:
            raise _broken(error) from None
        flat = array.reshape(len(array), -1)
        if arrays and len(flat) != len(arrays[0]):
            fields = {"found": f"{len(flat)} rows", "expected": len(arrays[0])}
            raise ExperimentError([Fault(("data", part, index), "rows_differ", fields)])
        arrays.append(flat)
        called += [name] if flat.shape[1] == 1 else [f"{name}[{place}]" for place in range(flat.shape[1])]
    return (arrays[0] if len(arrays) == 1 else np.concatenate(arrays, axis=1)), tuple(called)


def finite_faults(array: Array, names: Sequence[str], most: int) -> list[Fault]:
    """Find the numbers that are not finite, by row from 1."""
    if array.dtype.kind != "f":
        return []
    faults: list[Fault] = []
    step = max(BLOCK // max(array.shape[1], 1), 1)
    for begin in range(0, len(array), step):
        block = array[begin : begin + step]
        if np.isfinite(block).all():
            continue
        for row, column in np.argwhere(~np.isfinite(block))[: most - len(faults)].tolist():
            fields = {"line": begin + row + 1, "column": names[column], "given": str(block[row, column])}
            faults.append(Fault(FILE, "data_row_not_finite", fields))
        if len(faults) >= most:
            break
    return faults
