"""What is on screen as CSV, with all digits: the table, and the curves with a column a lane."""

import csv
import io
from collections.abc import Iterable, Sequence
from math import isfinite, isnan

from engine.protocol import Race
from gui.views.numbers import exact


def as_csv(rows: Iterable[Sequence[str | int | float]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def curves_csv(race: Race, lanes: Sequence[str], dtype: str) -> str:
    """Step, then a column a lane, as ``losses.csv`` has them: the loss before a step's update.

    Where a curve came thinned, a lane has nothing at the steps that were left out.
    """
    columns = [dict(zip(map(round, curve.x), map(float, curve.losses), strict=True)) for curve in race.curves]
    steps = sorted(set().union(*columns)) if columns else []
    rows = ([step, *(_number(column.get(step), dtype) for column in columns)] for step in steps)
    return as_csv([["step", *lanes], *rows])


def is_whole(race: Race) -> bool:
    """Whether no step was left out."""
    return all(len(curve.x) == round(curve.x[-1]) for curve in race.curves if len(curve.x))


def _number(loss: float | None, dtype: str) -> str:
    if loss is None:
        return ""
    if isfinite(loss):
        return exact(loss, dtype)
    return "nan" if isnan(loss) else str(loss)
