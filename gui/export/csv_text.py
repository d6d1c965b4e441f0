"""What is on screen as CSV, with all digits: the table, and the curves with a column a lane."""

import csv
import io
from collections.abc import Iterable, Sequence
from math import isfinite, isnan

from numpy import ndarray as Array

from engine.protocol import Race, RaceCurve
from engine.spec import ExperimentSpec, row_count
from gui.look.lanes import lanes_of
from gui.look.numbers import exact


def as_csv(rows: Iterable[Sequence[str | int | float]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def curves_csv(race: Race, spec: ExperimentSpec) -> str:
    """Write a row a step, as in ``losses.csv``: batches' losses, losses over all rows and test rows after it, rates.

    Where a curve came thinned, a lane has nothing at the steps that were left out.
    """
    lanes = [lane.id for lane in lanes_of(spec)]
    batches = [_by_step(curve.x, curve.losses) for curve in race.curves]
    evaluated = [_after_steps(curve) for curve in race.curves]
    for column, row in zip(evaluated, race.rows, strict=True):
        column[race.step] = row.final
    kinds = ["all"]
    if row_count(spec, "test"):
        kinds.append("test")
        evaluated += [_tested(curve) | {race.step: row.test} for curve, row in zip(race.curves, race.rows, strict=True)]
    rates = [_by_step(rate.steps, rate.losses) for rate in race.rates if rate is not None]
    steps = sorted(set().union(*batches)) if batches else []
    rows = (
        [
            step,
            *(_number(column.get(step), spec.dtype) for column in (*batches, *evaluated)),
            *(_number(column.get(step), "float64") for column in rates),
        ]
        for step in steps
    )
    headings = [*lanes, *(f"{lane}/{kind}" for kind in kinds for lane in lanes), *(f"{one}/lr" for one in spec.labels)]
    return as_csv([["step", *headings], *rows])


def _by_step(steps: Array, values: Array) -> dict[int, float]:
    return dict(zip(map(round, steps), map(float, values), strict=True))


def _after_steps(curve: RaceCurve) -> dict[int, float]:
    """Of full batches it is the loss that the next step begins with."""
    if curve.training is None or curve.training_x is None:
        return _by_step(curve.x - 1, curve.losses)
    return _by_step(curve.training_x, curve.training)


def _tested(curve: RaceCurve) -> dict[int, float]:
    return {} if curve.test is None or curve.test_x is None else _by_step(curve.test_x, curve.test)


def is_whole(race: Race) -> bool:
    """Return whether no step was left out."""
    return all(len(curve.x) == round(curve.x[-1]) for curve in race.curves if len(curve.x))


def _number(loss: float | None, dtype: str) -> str:
    if loss is None:
        return ""
    if isfinite(loss):
        return exact(loss, dtype)
    return "nan" if isnan(loss) else str(loss)
