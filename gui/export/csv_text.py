"""What is on screen as numbers, with all digits: tables and curves as CSV, curves as arrays of NumPy's, too."""

import csv
import io
from collections.abc import Iterable, Sequence
from math import isfinite, isnan

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Column
from gui.look.numbers import exact

OF_NO_LOSS = ("/lr", "/seconds", "/evaluations")
WHOLE = "float64"  # all digits; of losses the run's precision has fewer


def as_csv(rows: Iterable[Sequence[str | int | float]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def curves_csv(columns: Sequence[Column], dtype: str) -> str:
    """Write a row a step, a column a curve, empty where it has no number; losses are of the precision ``dtype``."""
    texts = [_texts(column, dtype) for column in columns]
    return as_csv([[column.name for column in columns], *zip(*texts, strict=True)])


def curves_npz(columns: Sequence[Column]) -> bytes:
    """Return the same as an archive of NumPy's, an array a column, NaN where it has no number."""
    data = io.BytesIO()
    np.savez(data, allow_pickle=False, **{column.name: column.values for column in columns})
    return data.getvalue()


def rows_npz(rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """Return headings and rows as an archive of NumPy's, an array a column: of numbers where all of it are."""
    headings, *lines = rows
    data = io.BytesIO()
    columns = zip(map(str, headings), zip(*lines, strict=True), strict=False)
    np.savez(data, allow_pickle=False, **{name: _array(column) for name, column in columns})
    return data.getvalue()


def _array(column: Sequence[str | int | float]) -> Array:
    try:
        return np.array([float(cell) if cell != "" else np.nan for cell in column])
    except ValueError:
        return np.array([str(cell) for cell in column])


def _texts(column: Column, dtype: str) -> list[str]:
    if column.values.dtype.kind == "i":
        return [str(number) for number in column.values.tolist()]
    if column.name.endswith(OF_NO_LOSS):
        dtype = WHOLE
    known = np.ones(len(column.values), bool) if column.known is None else column.known
    cells = zip(column.values.tolist(), known, strict=True)
    return [_number(value if is_known else None, dtype) for value, is_known in cells]


def _number(loss: float | None, dtype: str) -> str:
    if loss is None:
        return ""
    if isfinite(loss):
        return exact(loss, dtype)
    return "nan" if isnan(loss) else str(loss)
