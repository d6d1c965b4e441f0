"""The first rows of a file, for somebody who is to say how it is to be read."""

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..check import ExperimentError
from ..data_file import DataFile, suffix_fault
from .arrays import load_npy, load_npz
from .dialect import Dialect
from .lines import Lines
from .numerals import is_numeral
from .text import begin

ROWS = 50
CELLS = 100_000  # in which it is looked for words
MOST_SHOWN = 40  # characters of a cell


class Preview(NamedTuple):
    """Hold a file's first rows as text, and what was found out.

    ``names``: a column's each; ``words``: which columns have mostly cells that are no numbers. ``dialect`` None:
    NumPy's own file, ``arrays`` the shapes of those of an npz. ``size``: bytes of the file.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int]
    dialect: Dialect | None
    size: int
    arrays: tuple[tuple[int, ...], ...] = ()


def preview(file: Path, asked: DataFile | None = None) -> Preview:
    """Look into a file; ``asked`` says what of its dialect is settled. Raises ExperimentError."""
    if (fault := suffix_fault(str(file))) is not None:
        raise ExperimentError([fault])
    suffix = file.suffix.lower()
    if suffix == ".npy":
        return _of_array(file)
    return _of_archive(file) if suffix == ".npz" else _of_text(file, asked)


def _of_text(file: Path, asked: DataFile | None) -> Preview:
    lines = Lines(file, asked.encoding if asked is not None else None)
    try:
        dialect, names = begin(lines, asked)
        width, words, looked_at = len(names), Counter[int](), 0
        rows: list[tuple[str, ...]] = []
        for row in islice(dialect.rows(lines), max(ROWS, CELLS // width)):
            words.update(place for place, cell in enumerate(row[:width]) if not is_numeral(cell, dialect.decimal))
            looked_at += 1
            if len(rows) < ROWS:
                rows.append(tuple(cell[:MOST_SHOWN] for cell in row))
    finally:
        lines.close()
    mostly = (place for place, count in words.items() if 2 * count > looked_at)
    return Preview(names, tuple(rows), frozenset(mostly), dialect, file.stat().st_size)


def _of_array(file: Path) -> Preview:
    array = load_npy(file)
    flat = array.reshape(len(array), -1) if array.ndim else array.reshape(1, 1)
    rows = tuple(tuple(str(cell) for cell in row) for row in flat[:ROWS].tolist())
    return Preview(tuple(map(str, range(flat.shape[1]))), rows, frozenset(), None, file.stat().st_size)


def _of_archive(file: Path) -> Preview:
    there = load_npz(file)
    names = tuple(there)
    words = frozenset(place for place, name in enumerate(names) if there[name][1].kind in "US")
    shapes = tuple(there[name][0] for name in names)
    told = tuple(f"{' × '.join(map(str, shape))} {there[name][1]}" for name, shape in zip(names, shapes, strict=True))
    return Preview(names, (told,), words, None, file.stat().st_size, shapes)
