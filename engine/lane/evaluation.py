"""When the losses over all training rows and over the test rows are computed, and on which blocks of rows.

What a batch loses tells of the batch as much as of the weights. The loss over all rows is the one that runs, sweeps and
reports are compared by; that over the test rows tells what was learned. Between the ends of a run they are evaluated
often enough to be seen, and seldom enough to cost a few per cent of the steps. When is a matter of sizes alone, so that
it is the same wherever and however often a run is taken.
"""

from collections.abc import Sequence
from math import ceil, prod
from typing import NamedTuple

from engine.spec import ExperimentSpec, RowsFor, function_asked, row_count, shapes_of, unit_counts

from .batches import Rows
from .functions import sharing

SHARE = 0.04  # of a run's steps that evaluating may cost; measured, it is within 5 % (tests.bench)
CALLS = 20_000  # multiplications that cost as much as calling a layer's few functions
STEP = 3  # a step's forward, backward and update cost about three times its forward pass alone
COPIES = 1 << 12  # of the weights cost little beside steps of so many rows together
BETWEEN_COPIES = 1 << 26  # multiplications of steps, beside which their calls cost little
MOST_NUMBERS = 1 << 22  # activations of a layer that are in memory at a time


class RowBlock(NamedTuple):
    """Hold rows that go through the network together, and their share of all."""

    rows: Rows
    share: float


class Every(NamedTuple):
    """Say how many steps lie between two evaluations on the rows that train, and on those that test.

    ``training`` is None where every batch is of all rows: the loss that a step begins with is then the one that was
    asked for. ``test`` is None where no rows test.
    """

    training: int | None
    test: int | None


def steps_between_copies(spec: ExperimentSpec) -> int:
    """Return after how many steps a copy of the weights costs little beside them, to take fewer of them again.

    A step of a batch of many rows costs as many copies; one of a small network costs its calls.
    """
    rows = row_count(spec)
    batch = min(spec.batch.size or rows, rows)
    weights = sum(map(prod, shapes_of(spec).values()))
    return max(COPIES // batch, BETWEEN_COPIES // (batch * max(weights, 1)), 1)


def evaluate_every(spec: ExperimentSpec) -> Every:
    """Return how many steps lie between two evaluations: the same number where both are evaluated."""
    rows, tested = row_count(spec), row_count(spec, "test")
    batch = min(spec.batch.size or rows, rows)
    evaluated = [count for count, wanted in ((rows, batch < rows), (tested, tested > 0)) if wanted]
    shapes = [shape for shape in shapes_of(spec).values() if len(shape) > 1]
    of_a_row = sum(map(prod, shapes)) / max(len(shapes), 1)
    cost = sum(CALLS + count * of_a_row for count in evaluated) / (STEP * (CALLS + batch * of_a_row))
    every = max(ceil(cost / SHARE), 1)
    return Every(every if batch < rows else None, every if tested else None)


def row_blocks(spec: ExperimentSpec, use: RowsFor = "training") -> Sequence[RowBlock]:
    """Return all rows that train, or test, in blocks whose activations fit in memory beside everything else."""
    rows = row_count(spec, use)
    widest = max(unit_counts(spec), default=1)
    at_once = max(MOST_NUMBERS // widest, 1)
    shared = sharing(function_asked(spec.network.loss)) if spec.network is not None else "rows"
    if rows <= at_once or shared == "whole":
        return (RowBlock(None, 1.0),)
    blocks = (slice(begin, min(begin + at_once, rows)) for begin in range(0, rows, at_once))
    return [RowBlock(block, 1.0 if shared == "sum" else (block.stop - block.start) / rows) for block in blocks]
