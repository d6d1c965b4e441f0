"""What the comparison of a pair is made of: a lane's record of a block of steps, and what compares two of them.

While the lanes run, each step's tensors are laid end to end in a row; then all rows are compared in
one go. What costs more (relative distance, ULPs, where) is computed when somebody looks. Tensors too large for
that are compared where they are, a step at a time.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy import ndarray as Array

from engine.lane.layout import GROUPS, Layout
from engine.protocol import Distance

MOST_ROWS = 64
BLOCK_BYTES = 1 << 19  # a lane's rows stay within a processor's cache
FEWEST_ROWS = 8  # below so many, laying numbers end to end costs more than it brings
LIVE_ROWS = 16  # then: enough that torch and NumPy do not take turns at each step

Value = Array | np.generic | float | None  # None: a state entry that its lane does not have yet


def rows_of(layout: Layout, dtype: str) -> int:
    """Return how many steps a block may have."""
    return LIVE_ROWS if is_large(layout, dtype) else min(MOST_ROWS, _fitting(layout, dtype))


def is_large(layout: Layout, dtype: str) -> bool:
    """Tell whether tensors are compared where they are."""
    return _fitting(layout, dtype) < FEWEST_ROWS


def _fitting(layout: Layout, dtype: str) -> int:
    return BLOCK_BYTES // (layout.size * np.dtype(dtype).itemsize)


class Record(Protocol):
    """Record a lane's tensors after each step of a block, counted from row 1."""

    @property
    def layout(self) -> Layout: ...

    def begin(self, weights: Sequence[Array], count: int, /) -> None:
        """Take down the weights before a block of ``count`` steps."""
        ...

    def newest_update(self, weight: str, count: int, /) -> tuple[Array, Array, Array]:
        """Return a weight before the block's last step, after it, and its gradient; good until the next block."""
        ...

    def put(self, row: int, values: Sequence[Value], /) -> None:
        """Take down the loss and what ``Lane.tensors`` gives. What is not there counts as 0."""
        ...

    def rows(self, group: str, count: int, /) -> Array:
        """Return the numbers of a group of tensors after the block's first ``count`` steps, (count, size).

        Of tensors that are compared where they are the newest step's are left, (1, size).
        """
        ...

    def first_broken(self, count: int, /) -> int | None:
        """Return the first row, from 0, in which a number is not finite."""
        ...


class Comparison(Protocol):
    """Hold both lanes' records of a block, and how far they are apart.

    ``worst`` is the largest max_abs of each group over the run, ``rows`` how many steps a block may have.
    """

    rows: int
    worst: Array

    @property
    def all_finite(self) -> bool: ...

    @property
    def diy(self) -> Record: ...

    @property
    def torch(self) -> Record: ...

    def begin(self, done: int, /) -> None:
        """Begin a block of steps after step ``done``, DIY's before torch's."""
        ...

    def compare(self, count: int, /) -> None:
        """Compare the block's first ``count`` steps, which both records have."""
        ...

    def remember(self) -> None:
        """Let the block that was compared count among the run's."""
        ...

    @property
    def distances(self) -> Array:
        """Return the largest distance of each step and tensor, (steps, tensors)."""
        ...

    @property
    def magnitudes(self) -> Array:
        """Return the largest magnitude in each of torch's tensors, for each step or for all; 0 where not finite."""
        ...

    def largest_ulps(self) -> Array:
        """Return each step's largest distance in ULPs, whichever element it is of."""
        ...

    def first_outside(self) -> int | None:
        """Return the first of the block's steps, from 0, that is out of ``assert_close``'s tolerance."""
        ...

    def group(self, group: str) -> Distance | None:
        """Return the newest step's distance over a group of tensors; None where it has none."""
        ...

    def newest(self, group: str) -> tuple[Array, Array]:
        """Return both lanes' numbers of a group at the newest step, end to end."""
        ...


def worst_of(comparison: Comparison, group: str) -> float:
    """Return the largest max_abs of a group of tensors over the run."""
    return float(comparison.worst[GROUPS.index(group)]) if len(comparison.worst) > GROUPS.index(group) else 0.0


def is_outside(delta: Array, torch: Array, rtol: float, atol: float) -> Array:
    """Tell where distances are beyond ``assert_close``'s tolerance; equal infinities and NaNs are not."""
    with np.errstate(all="ignore"):
        excess = delta - (rtol * np.abs(torch) + atol)
    return (delta != 0) & ((excess > 0) | np.isinf(delta))
