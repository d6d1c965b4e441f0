"""When the loss over all training rows is computed, and on which blocks of rows.

What a batch loses tells of the batch as much as of the weights. The loss over all rows is the one that runs, sweeps and
reports are compared by; between the ends of a run it is evaluated often enough to be seen, and seldom enough to cost
a few per cent of the steps. When is a matter of sizes alone, so that it is the same wherever and however often a run
is taken.
"""

from collections.abc import Sequence
from math import ceil, prod
from typing import NamedTuple

from engine.spec import ExperimentSpec, row_count, shapes_of, unit_counts

from .batches import Rows

SHARE = 0.04  # of a run's steps that evaluating may cost; measured, it is within 5 % (tests.bench)
CALLS = 20_000  # multiplications that cost as much as calling a layer's few functions
STEP = 3  # a step's forward, backward and update cost about three times its forward pass alone
MOST_NUMBERS = 1 << 22  # activations of a layer that are in memory at a time


class RowBlock(NamedTuple):
    """Hold rows that go through the network together, and their share of all."""

    rows: Rows
    share: float


def evaluate_every(spec: ExperimentSpec) -> int | None:
    """Return how many steps lie between two evaluations.

    None where every batch is of all rows: the loss that a step begins with is then the one that was asked for.
    """
    rows = row_count(spec)
    batch = min(spec.batch.size or rows, rows)
    if batch == rows:
        return None
    shapes = [shape for shape in shapes_of(spec).values() if len(shape) > 1]
    of_a_row = sum(map(prod, shapes)) / max(len(shapes), 1)
    cost = (CALLS + rows * of_a_row) / (STEP * (CALLS + batch * of_a_row))
    return max(ceil(cost / SHARE), 1)


def row_blocks(spec: ExperimentSpec) -> Sequence[RowBlock]:
    """Return all training rows, in blocks whose activations fit in memory beside everything else."""
    rows = row_count(spec)
    widest = max(unit_counts(spec), default=1)
    at_once = max(MOST_NUMBERS // widest, 1)
    if rows <= at_once:
        return (RowBlock(None, 1.0),)
    blocks = (slice(begin, min(begin + at_once, rows)) for begin in range(0, rows, at_once))
    return [RowBlock(block, (block.stop - block.start) / rows) for block in blocks]
