"""A log as a table of text: a column for each number of each value, ``layer1.weight[0,1]``, a row for each step."""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec.faults import shown
from engine.spec.numbers_error import NumbersError

LARGEST = 1 << 28  # bytes
MOST_COLUMNS = 100_000
ELEMENT = re.compile(r"(?P<name>.*?)(?P<index>(?:\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\])+)")
WHOLE = (8, 9, *range(15, 100))  # significant digits of the longest number where each has as many as it needs
FEW = 3  # rows: in so many, decimals are as many in each by design


class Table(NamedTuple):
    """Hold arrays with steps first. ``halves``: half a unit of the last digit that is written, of each that is cut."""

    arrays: dict[str, Array]
    sha256: str
    halves: Mapping[str, float]


def read_table(file: Path) -> Table:
    """Return a table's arrays by name. Raises NumbersError."""
    content = _content(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NumbersError("not_text") from None
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        raise NumbersError("log_empty")
    between = max(",;\t", key=lambda mark: re.sub(r"\[[^\]]*\]", "", lines[0]).count(mark))
    try:
        head, *rows = csv.reader(lines, delimiter=between)
    except csv.Error as error:
        raise NumbersError("log_no_table", detail=str(error)) from None
    if len(head) > MOST_COLUMNS:
        raise NumbersError("numbers_too_large", limit=f"{MOST_COLUMNS:,} columns")
    cells = _columns(head, rows)
    numbers = np.array([[_number(cell, row + 2, head[column]) for row, cell in enumerate(one)]
                        for column, one in enumerate(cells)], float)  # fmt: skip
    arrays, columns = _arrays(head, numbers)
    whole = _most_digits(head, cells) in WHOLE
    halves = dict(_halves(columns, cells, numbers, whole=whole))
    return Table(arrays, hashlib.sha256(content).hexdigest(), halves)


def _content(file: Path) -> bytes:
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            raise NumbersError("not_readable", detail="not an ordinary file")
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise NumbersError("not_readable", detail=error.strerror or str(error)) from None
    except ValueError:
        raise NumbersError("not_readable", detail="it is no name of a file") from None
    if len(content) > LARGEST:
        raise NumbersError("numbers_too_large", limit=f"{LARGEST >> 20} MiB")
    return content


def _columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    for number, row in enumerate(rows, start=2):
        if len(row) != len(head):
            raise NumbersError("log_cells", line=f"{number:,}", found=len(row), expected=len(head))
    return [[cell.strip() for cell in column] for column in zip(*rows, strict=True)]


def _number(cell: str, line: int, name: str) -> float:
    with suppress(ValueError):
        if "_" not in cell:
            return float(cell)
    raise NumbersError("log_no_number", line=f"{line:,}", name=shown(name), given=shown(cell))


def _arrays(head: Sequence[str], numbers: Array) -> tuple[dict[str, Array], dict[str, list[int]]]:
    """Return the arrays that columns make up, and which columns each is of."""
    indices: dict[str, dict[tuple[int, ...], int]] = {}
    for place, title in enumerate(head):
        match = ELEMENT.fullmatch(title.strip())
        name = match["name"] if match else title.strip()
        index = tuple(int(part) for part in re.findall(r"\d+", match["index"])) if match else ()
        if index in indices.setdefault(name, {}):
            raise NumbersError("log_column_twice", name=shown(title))
        indices[name][index] = place
    arrays = {name: _array(name, by_index, numbers) for name, by_index in indices.items()}
    return arrays, {name: list(by_index.values()) for name, by_index in indices.items()}


def _array(name: str, by_index: Mapping[tuple[int, ...], int], numbers: Array) -> Array:
    axes = {len(index) for index in by_index}
    shape = tuple(max(axis) + 1 for axis in zip(*by_index, strict=True)) if len(axes) == 1 else (0,)
    if len(by_index) != int(np.prod(shape)):
        raise NumbersError("log_column_lacks", name=shown(name))
    order = [by_index[index] for index in np.ndindex(*shape)]
    return numbers[order].T.reshape(numbers.shape[1], *shape)


def _digits(cell: str) -> tuple[int, int]:
    """Return how many significant digits a cell has, and the power of ten of the last one."""
    mantissa, _, exponent = cell.lower().lstrip("+-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    return len((whole + fraction).lstrip("0")), int(exponent or 0) - len(fraction)


def _most_digits(head: Sequence[str], cells: Sequence[Sequence[str]]) -> int:
    counts = (_digits(cell)[0] for title, one in zip(head, cells, strict=True) if title != "step" for cell in one)
    return max(counts, default=0)


def _halves(
    columns: Mapping[str, Sequence[int]], cells: Sequence[Sequence[str]], numbers: Array, *, whole: bool
) -> Iterator[tuple[str, float]]:
    """Yield half a unit of the last digit of each array that is cut: to so many decimals, or to so many digits.

    ``whole``: where decimals vary, each number has the digits that it needs.
    """
    for name, places in columns.items():
        texts = [cell for place in places for cell in cells[place] if re.search(r"\d", cell)]
        counted = all(re.fullmatch(r"[+-]?\d+", text) for text in texts)
        if name == "step" or counted or not np.isfinite(numbers[list(places)]).any():
            continue
        found = [_digits(text) for text in texts]
        lasts = {last for _, last in found}
        if len(lasts) == 1 and len(found) >= FEW:
            yield name, 0.5 * 10.0 ** lasts.pop()
        elif not whole:
            most = max(count for count, _ in found)
            yield name, 0.5 * 10.0 ** min(max(last for count, last in found if count == most), 300)
