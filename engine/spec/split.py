"""Which rows of the data train and which only test: a share drawn by a seed, or row numbers that were chosen."""

from collections.abc import Iterator
from math import floor
from typing import Annotated, Any, Literal

import numpy as np
from numpy import ndarray as Array
from pydantic import Discriminator, Field, Tag

from .arrays import NonEmpty
from .faults import Fault, Path, counted, shown
from .part import Part, Seed

RowsFor = Literal["training", "test"]
PATH: Path = ("data", "test")


class ShareSplit(Part):
    """Keep a share of the rows for testing, drawn by a seed: ``tested_rows`` says how."""

    share: Annotated[float, Field(gt=0, lt=1)]
    seed: Seed = 0


class RowsSplit(Part):
    """Keep these rows for testing, numbered from 0."""

    rows: Annotated[tuple[Annotated[int, Field(ge=0)], ...], *NonEmpty]


def _share_or_rows(split: Any) -> str:
    has_rows = isinstance(split, RowsSplit) or (isinstance(split, dict) and "rows" in split)
    return "#rows" if has_rows else "#share"


AnySplit = ShareSplit | RowsSplit
Split = Annotated[
    Annotated[ShareSplit, Tag("#share")] | Annotated[RowsSplit, Tag("#rows")], Discriminator(_share_or_rows)
]


def held_out_count(split: AnySplit | None, count: int) -> int:
    """Count the test rows of ``count`` rows: of a share the nearest whole number, half a row up."""
    if split is None:
        return 0
    return len(split.rows) if isinstance(split, RowsSplit) else floor(split.share * count + 0.5)


def rows_for(split: AnySplit, count: int, use: RowsFor) -> Array:
    """Return the numbers, from 0 and ascending, of those of ``count`` rows that train or that test: read-only.

    Of a share they are the first of ``numpy.random.default_rng(seed).permutation(count)``: the same rows for the same
    seed, share and count, whatever stands in them.
    """
    tested = np.zeros(count, bool)
    if isinstance(split, RowsSplit):
        tested[list(split.rows)] = True
    else:
        tested[np.random.default_rng(split.seed).permutation(count)[: held_out_count(split, count)]] = True
    rows = np.flatnonzero(tested if use == "test" else ~tested)
    rows.setflags(write=False)
    return rows


def split_faults(split: AnySplit | None, count: int) -> Iterator[Fault]:
    """Find what keeps ``count`` rows from being split so that at least one is on each side."""
    wrong = list(_row_faults(split, count)) if isinstance(split, RowsSplit) else []
    yield from wrong
    if split is None or wrong:
        return
    path = (*PATH, "rows" if isinstance(split, RowsSplit) else "share")
    if (tested := held_out_count(split, count)) == 0:
        yield Fault(path, "no_test_row", {"rows": counted(count, "row")})
    elif tested >= count:
        yield Fault(path, "no_training_row", {"rows": counted(count, "row")})


def _row_faults(split: RowsSplit, count: int) -> Iterator[Fault]:
    before: set[int] = set()
    for place, row in enumerate(split.rows):
        path = (*PATH, "rows", place)
        if row >= count:
            yield Fault(path, "out_of_range", {"accepted": f"≥ 0 and ≤ {count - 1}", "given": shown(row)})
        elif row in before:
            yield Fault(path, "row_twice", {"given": shown(row)})
        before.add(row)
