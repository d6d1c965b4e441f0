"""The folder that ``run --out`` or ``compare --out`` has written, read as data alone: losses, weights, no settings."""

import csv
import math
import zipfile
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

import numpy as np
from numpy import ndarray as Array

from .damage import Damaged, damaged
from .npy import read_npy

LOSSES = ("losses.npz", "curves.npz", "losses.csv", "curves.csv")  # the first that is there is read
WEIGHTS = "weights.npz"
LARGEST = 4_000_000_000  # bytes of a file
LARGEST_TABLE = 1_000_000_000  # of one in CSV: read, it takes about as much again
MOST_COLUMNS = 10_000
SIDES = ("diy", "torch", "log")


class RunFolder(NamedTuple):
    """Hold what a folder tells of a run, lane by lane, ``<label>/<backend>``.

    ``losses`` are of each step's batch, before its update; ``training`` and ``test`` those over all rows after each
    step, NaN where not evaluated. ``weights`` are by torch's names, after the last step; empty where there are none.
    """

    losses: Mapping[str, Array]
    training: Mapping[str, Array]
    test: Mapping[str, Array]
    weights: Mapping[str, Mapping[str, Array]]

    @property
    def steps(self) -> int:
        return max(map(len, self.losses.values()), default=0)


def look_at_folder(folder: Path) -> RunFolder:
    """Return the run that a folder holds. Raises Damaged; ``no_run_kept`` where there are no losses in it."""
    found = next((folder / name for name in LOSSES if (folder / name).is_file()), None)
    if found is None:
        raise Damaged("no_run_kept")
    columns = _arrays(found) if found.suffix == ".npz" else _table(found)
    lanes = [name for name in columns if f"{name}/all" in columns]
    lanes = lanes or [name for name in columns if name.rpartition("/")[2] in SIDES]
    if not lanes:
        damaged("a table without losses")
    if any(column.ndim != 1 or column.dtype.kind not in "fi" for column in columns.values()):
        damaged("losses that are none")
    if len({len(column) for column in columns.values()}) > 1:
        damaged("columns that are not equally long")
    weights = _arrays(folder / WEIGHTS) if (folder / WEIGHTS).is_file() else {}
    return RunFolder(
        {lane: columns[lane] for lane in lanes},
        {lane: columns[f"{lane}/all"] for lane in lanes if f"{lane}/all" in columns},
        {lane: columns[f"{lane}/test"] for lane in lanes if f"{lane}/test" in columns},
        {lane: own for lane in lanes if (own := _of_lane(weights, lane))},
    )


def _of_lane(weights: Mapping[str, Array], lane: str) -> dict[str, Array]:
    start = f"{lane}/"
    return {name.removeprefix(start): weight for name, weight in weights.items() if name.startswith(start)}


def _arrays(file: Path) -> dict[str, Array]:
    """Return the arrays of an npz: what is packed smaller than it is, is refused unread."""
    try:
        if file.stat().st_size > LARGEST:
            raise Damaged("file_too_large", limit=f"{LARGEST // 1_000_000_000} GB")
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MOST_COLUMNS or any(
                one.compress_type != zipfile.ZIP_STORED or one.file_size != one.compress_size for one in members
            ):
                damaged("a member that is compressed")
            return {one.filename.removesuffix(".npy"): read_npy(archive.read(one)) for one in members}
    except Damaged:
        raise
    except OSError as error:
        _unreadable(error)
    except Exception:  # zlib.error, struct.error, BadZipFile: whatever a zip's parts raise
        damaged("no whole zip file")


def _table(file: Path) -> dict[str, Array]:
    """Return the columns of a CSV file, NaN where a cell is empty."""
    try:
        if file.stat().st_size > LARGEST_TABLE:
            raise Damaged("file_too_large", limit=f"{LARGEST_TABLE // 1_000_000_000} GB")
        with file.open(newline="", encoding="utf-8-sig") as opened:
            rows = csv.reader(opened)
            heading = next(rows, [])
            if not heading or len(heading) > MOST_COLUMNS or len(set(heading)) != len(heading):
                damaged("a table without a heading")
            columns = [array("d") for _ in heading]
            for row in rows:
                for column, cell in zip(columns, row, strict=True):
                    column.append(float(cell) if cell else math.nan)
    except OSError as error:
        _unreadable(error)
    except (ValueError, csv.Error):  # UnicodeDecodeError is a ValueError
        damaged("a table that is none")
    return {name: np.array(column, float) for name, column in zip(heading, columns, strict=True)}


def _unreadable(error: OSError) -> NoReturn:
    raise Damaged("not_readable", detail=error.strerror or "it cannot be read to its end") from None
