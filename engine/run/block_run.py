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
    """Say which measures of a block are wanted beside its losses.

    ``points``: the rows after which the weights are told, and then once more at the end; None: not at all.
    ``training``: the rows after which the loss over all training rows is, ``test``: that over the test rows.
    """

    evaluations: bool = False
    rates: bool = False
    points: range | None = None
    training: range = range(0)
    test: range = range(0)


class LaneBlock(NamedTuple):
    """Hold a lane's block of steps in order. ``seconds`` is compute alone: nothing that watches or compares."""

    losses: list[float]
    seconds: float
    evaluations: list[int]  # of the gradient; empty where each step takes one
    rates: list[float]  # empty without a schedule
    points: list[Array]
    training: list[float]
    test: list[float]


class RowError(Exception):
    """Report a step of the block that could not be taken: ``row``, counted from 1. What was raised is its cause."""

    def __init__(self, row: int):
        super().__init__(row)
        self.row = row


def take(lane: Lane, batches: Sequence[Rows], record: Record | None, wanted: Wanted) -> LaneBlock:
    """Take a step on each batch. If there is a record, each step is a row of it. Raises RowError."""
    block = LaneBlock([], 0.0, [], [], [], [], [])
    try:
        if record is None and wanted == Wanted():
            return _take_plainly(lane, batches, block)
        return _take(lane, batches, record, wanted, block)
    except Exception as error:
        raise RowError(len(block.losses) + 1) from error


def _take(lane: Lane, batches: Sequence[Rows], record: Record | None, wanted: Wanted, block: LaneBlock) -> LaneBlock:
    kept = wanted.points or range(0)
    seconds = 0.0
    if record is not None:
        record.begin(lane.weights(), len(batches))
    for row, rows in enumerate(batches, start=1):
        began = perf_counter()
        loss = lane.step(rows)
        seconds += perf_counter() - began
        block.losses.append(loss)
        if record is not None:
            record.put(row, [loss, *lane.tensors()])
        if row in kept:
            block.points.append(flat(lane.weights()))
        if row in wanted.training:
            block.training.append(lane.training_loss())
        if row in wanted.test:
            block.test.append(lane.test_loss())
        if wanted.evaluations:
            block.evaluations.append(lane.evaluations)
        if wanted.rates:
            block.rates.append(lane.rate)
    if wanted.points is not None:
        block.points.append(flat(lane.weights()))
    return block._replace(seconds=seconds)


def _take_plainly(lane: Lane, batches: Sequence[Rows], block: LaneBlock) -> LaneBlock:
    """With nothing between two steps."""
    began = perf_counter()
    block.losses.extend(map(lane.step, batches))
    return block._replace(seconds=perf_counter() - began)
