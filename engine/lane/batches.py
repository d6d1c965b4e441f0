"""Which rows each step sees: a pure function of the experiment and the step's number.

A shuffled epoch's order is drawn from (seed, epoch) alone, so any step can be reached again without
having passed the ones before it. A last batch of fewer rows is a step of its own and carries
nothing into the next epoch.
"""

import numpy as np
from numpy import ndarray as Array

from engine.spec import ExperimentSpec, row_count

Rows = slice | Array | None  # None: all rows, as they are


def taken(values: Array, rows: Rows) -> Array:
    """Return the rows of ``values``, rows first: a view where they stand together."""
    if rows is None:
        return values
    return values[rows] if isinstance(rows, slice) else values.take(rows, axis=0)  # faster than an index


class Batches:
    """Find the rows of step 1, 2, 3 …"""

    def __init__(self, spec: ExperimentSpec):
        self._count = row_count(spec)
        self._size = min(spec.batch.size or self._count, self._count)
        self._shuffle = spec.batch.shuffle
        self._seed = spec.batch.seed
        self._order_of_epoch: tuple[int, Array] | None = None

    @property
    def per_epoch(self) -> int:
        return -(-self._count // self._size)

    def rows(self, step: int) -> Rows:
        """Return the rows of step ``step``, counted from 1."""
        if self._size == self._count and not self._shuffle:
            return None
        epoch, number = divmod(step - 1, self.per_epoch)
        rows = slice(number * self._size, min((number + 1) * self._size, self._count))
        return self._order(epoch)[rows] if self._shuffle else rows

    def _order(self, epoch: int) -> Array:
        if self._order_of_epoch is None or self._order_of_epoch[0] != epoch:
            order = np.random.default_rng((self._seed, epoch)).permutation(self._count)
            self._order_of_epoch = epoch, order
        return self._order_of_epoch[1]
