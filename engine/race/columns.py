"""Every curve of a run as a column, a number a step: those of losses.csv, and what else the window draws."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.protocol import Axis, Column, CurveColumns, MakeCurves
from engine.run.branches import Abandoned
from engine.run.lockstep import Lockstep
from engine.run.rates import rates_of

from .race import Racing
from .running_mean import RunningMean

STEP = "step"
OTHER_AXES: tuple[Axis, ...] = ("seconds", "evaluations")


def columns_of(run: Lockstep, steps: int) -> list[Column]:
    """Return the columns of losses.csv for the first so many steps.

    ``step``; each lane's loss of the step's batch, before its update; those over all training rows after it, then over
    the test rows, where there are any; and each entry's learning rate.
    """
    lanes = [lane.id for lane in run.lanes]
    columns = [Column(STEP, np.arange(1, steps + 1))]
    columns += [Column(lane, series.values[:steps].copy()) for lane, series in zip(lanes, run.series, strict=True)]
    columns += _evaluated(run, lanes, steps)
    return columns + [
        Column(f"{label}/lr", rates_of(run, entry)[:steps].copy()) for entry, label in enumerate(run.spec.labels)
    ]


def _evaluated(run: Lockstep, lanes: Sequence[str], steps: int) -> Iterator[Column]:
    assert run.run_record is not None
    kept = [("all", run.run_record.training, run.training_losses)]
    if run.run_record.test is not None:
        kept.append(("test", run.run_record.test, run.test_losses))
    for kind, losses, finals_of in kept:
        for place, (lane, final) in enumerate(zip(lanes, finals_of(), strict=True)):
            after = losses.after_steps(place, steps)
            if 0 < run.step <= steps:  # where the run stands it is known in any case
                after[run.step - 1] = final
            known = np.array([loss is not None for loss in after], bool)
            values = np.array([np.nan if loss is None else loss for loss in after], float)
            yield Column(f"{lane}/{kind}", values, known)


def more_columns_of(run: Lockstep, steps: int, smoothing: float = 0.0) -> Iterator[Column]:
    """Yield what the race has beside: where each loss lies over seconds and evaluations, and running means.

    ``smoothing``: the share of the running mean that each step keeps, 0 for none.
    """
    assert run.run_record is not None
    racing, every = Racing(run), np.arange(1, steps + 1)
    for axis in OTHER_AXES:
        yield from (
            Column(f"{lane.id}/{axis}", racing.places(place, axis, every)) for place, lane in enumerate(run.lanes)
        )
    if smoothing:
        means = RunningMean(run.run_record.bundle, smoothing).means().values
        yield from (Column(f"{lane.id}/mean", means[place, :steps].copy()) for place, lane in enumerate(run.lanes))


def _of_fork(run: Lockstep, fork: Abandoned, place: int, steps: int) -> Column:
    """Return a lane's losses in an abandoned future, from the step on at which it left the run."""
    name = f"{run.lanes[fork.branch.lanes[place]].id}/fork {fork.branch.number}"
    losses, values, known = fork.losses[place].values, np.full(steps, np.nan), np.zeros(steps, bool)
    there = slice(fork.first - 1, fork.first - 1 + len(losses))
    values[there], known[there] = losses, True
    return Column(name, values, known)


def curves_job(run: Lockstep, command: MakeCurves) -> Iterator[CurveColumns]:
    """Yield all curves of the recorded steps; of those of a fork that goes further, as far as that."""
    steps = max([run.newest, *(kept.branch.end for kept in run.branches)])
    columns = [*columns_of(run, run.newest), *more_columns_of(run, run.newest, command.smoothing)]
    forks = [_of_fork(run, kept, place, steps) for kept in run.branches for place in range(len(kept.losses))]
    yield CurveColumns(command.job, tuple(_as_long(column, steps) for column in (*columns, *forks)))


def _as_long(column: Column, steps: int) -> Column:
    """Return a column that goes on where there is nothing any more; the steps are numbered on."""
    missing = steps - len(column.values)
    if not missing:
        return column
    if column.name == STEP:
        return Column(STEP, np.arange(1, steps + 1))
    known = np.ones(len(column.values), bool) if column.known is None else column.known
    values = np.concatenate([column.values, np.full(missing, np.nan)])
    return Column(column.name, values, np.concatenate([known, np.zeros(missing, bool)]))
