"""Where numbers are laid down as they are read: in memory, or in a file that other processes map."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy import ndarray as Array

from ..arrays import MappedAt
from ..sizes import in_words
from .lines import refused

BLOCK = 1 << 20  # numbers that are looked at at once
Done = TypeVar("Done")


class Store:
    """Take blocks of rows, each of so many ``columns``; ``finish`` returns all of them, in float64.

    ``most``: rows that there can be at the most. With a ``file`` they are kept there, and in no memory of this process.
    """

    def __init__(self, columns: int, most: int, file: Path | None = None):
        self._columns, self._file, self.rows = columns, file, 0
        if file is not None:
            self._opened = guarded(lambda: file.open("wb"))
            return
        try:
            self._array = np.empty((most, columns))  # of which no more takes memory than is written to
        except (MemoryError, ValueError):
            raise refused("too_large", needed=in_words(8 * most * columns), available="…") from None

    def append(self, block: Array) -> None:
        if self._file is None:
            self._array[self.rows : self.rows + len(block)] = block
        else:
            guarded(lambda: self._opened.write(np.ascontiguousarray(block, np.float64).data))
        self.rows += len(block)

    def finish(self) -> Array:
        """Return all rows: read-only where they are in a file."""
        if self._file is None:
            return self._array[: self.rows]
        guarded(self._opened.close)
        if not self.rows:
            return np.empty((0, self._columns))
        return np.asarray(np.memmap(self._file, np.float64, mode="r", shape=(self.rows, self._columns)))

    def close(self) -> None:
        """Give up what was written in a file, where that is not finished."""
        if self._file is not None:
            self._opened.close()


def kept(array: Array, file: Path, change: Callable[[Array], Array] | None = None) -> MappedAt:
    """Keep rows × columns in a file, in float32 where that has the very same numbers; returns where they lie.

    ``change`` is made to each block of rows on the way, which then stay in float64.
    """
    step = max(BLOCK // max(array.shape[1], 1), 1)
    single = change is None and (array.dtype == np.float32 or _is_single(array, step))
    dtype = np.dtype(np.float32 if single else np.float64)
    digest = hashlib.sha256(f"{dtype.str} {array.shape}".encode())
    with guarded(lambda: file.open("wb")) as target:
        for begin in range(0, len(array), step):
            rows = array[begin : begin + step]
            block = np.ascontiguousarray(rows if change is None else change(rows), dtype)
            digest.update(block.data)
            guarded(lambda block=block: target.write(block.data))
    rows, columns = array.shape
    return MappedAt(str(file), dtype.str, rows, columns, digest.hexdigest())


def _is_single(array: Array, step: int) -> bool:
    with np.errstate(over="ignore"):
        return all(
            bool((array[begin : begin + step].astype(np.float32) == array[begin : begin + step]).all())
            for begin in range(0, len(array), step)
        )


def guarded(act: Callable[[], Done]) -> Done:
    """Return what ``act`` does. Raises ExperimentError where there is no room for it, say."""
    try:
        return act()
    except OSError as error:
        raise refused("data_not_kept", detail=error.strerror or str(error)) from None
