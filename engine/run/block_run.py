"""A lane takes a block of steps: what comes out of it for the run to record."""

from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple

from numpy import ndarray as Array

from engine.lane.batches import Rows
from engine.lane.lane import Lane
from engine.parity.records import Record

from .trajectories import flat


class Wanted(NamedTuple):
    """What is to be told of a block beside its losses.

    ``points``: the rows after which the weights are told, and then once more at the end; None: not at all.
    ``training``: the rows after which the loss over all training rows is.
    """

    evaluations: bool = False
    rates: bool = False
    points: range | None = None
    training: range = range(0)


class Lap(NamedTuple):
    """A block of steps of one lane, in their order. ``seconds`` is compute alone: nothing that watches or compares."""

    losses: list[float]
    seconds: float
    evaluations: list[int]  # of the gradient; empty where each step takes one
    rates: list[float]  # empty without a schedule
    points: list[Array]
    training: list[float]


class RowError(Exception):
    """A step of the block that could not be taken: ``row``, counted from 1. What was raised is its cause."""

    def __init__(self, row: int):
        super().__init__(row)
        self.row = row


def take(lane: Lane, batches: Sequence[Rows], record: Record | None, wanted: Wanted) -> Lap:
    """Take a step on each batch. If there is a record, each step is a row of it. Raises RowError."""
    lap = Lap([], 0.0, [], [], [], [])
    try:
        if record is None and wanted == Wanted():
            return _take_plainly(lane, batches, lap)
        return _take(lane, batches, record, wanted, lap)
    except Exception as error:
        raise RowError(len(lap.losses) + 1) from error


def _take(lane: Lane, batches: Sequence[Rows], record: Record | None, wanted: Wanted, lap: Lap) -> Lap:
    kept = wanted.points or range(0)
    seconds = 0.0
    if record is not None:
        record.begin(lane.weights())
    for row, rows in enumerate(batches, start=1):
        began = perf_counter()
        loss = lane.step(rows)
        seconds += perf_counter() - began
        lap.losses.append(loss)
        if record is not None:
            record.put(row, [loss, *lane.tensors()])
        if row in kept:
            lap.points.append(flat(lane.weights()))
        if row in wanted.training:
            lap.training.append(lane.training_loss())
        if wanted.evaluations:
            lap.evaluations.append(lane.evaluations)
        if wanted.rates:
            lap.rates.append(lane.rate)
    if wanted.points is not None:
        lap.points.append(flat(lane.weights()))
    return lap._replace(seconds=seconds)


def _take_plainly(lane: Lane, batches: Sequence[Rows], lap: Lap) -> Lap:
    """With nothing between two steps."""
    began = perf_counter()
    lap.losses.extend(map(lane.step, batches))
    return lap._replace(seconds=perf_counter() - began)
