"""The points of a surface, from coarse to fine; what is known of a coarse grid is not computed again."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .extent import Extent

COARSEST = 11  # points a side of the first picture
FINER = 1.8  # times as many a side are worth another picture


class Part(NamedTuple):
    """Hold the points of a surface known so far: ``x`` (X,), ``y`` (Y,), and the losses ``values`` (Y, X)."""

    x: Array
    y: Array
    values: Array  # at y[i], x[j]


class Grid:
    """Hold the points of a surface and the losses found so far, on grids of which each has the one before in it.

    ``x`` and ``y`` (N,) are the finest grid's. Every coarser one is each so many-th of its points, the ends included.
    """

    def __init__(self, extent: Extent, resolution: int):
        self.x = np.linspace(extent[0], extent[1], resolution)
        self.y = np.linspace(extent[2], extent[3], resolution)
        self.values = np.full((resolution, resolution), np.nan)
        self._known = np.zeros((resolution, resolution), bool)

    @property
    def size(self) -> int:
        """Return how many points the finest grid has."""
        return self._known.size

    @property
    def known(self) -> int:
        """Return at how many points the loss is known."""
        return int(self._known.sum())

    @property
    def strides(self) -> list[int]:
        """Return the passes' strides from coarse to fine: divisors of the finest grid's intervals, the last one 1."""
        between = len(self.x) - 1
        strides: list[int] = []
        side = COARSEST / FINER
        for stride in sorted((n for n in range(1, between + 1) if between % n == 0), reverse=True):
            if stride == 1 or between // stride + 1 >= min(side * FINER, between):
                strides.append(stride)
                side = between // stride + 1
        return strides

    def unknown(self, stride: int) -> tuple[Array, Array]:
        """Return rows and columns, both (P,), of the points of that stride's grid whose losses are not known yet."""
        rows, columns = np.nonzero(~self._known[::stride, ::stride])
        return rows * stride, columns * stride

    def learn(self, rows: Array, columns: Array, values: Array) -> None:
        """Take the losses (P,) at these rows and columns as known."""
        self.values[rows, columns] = values
        self._known[rows, columns] = True

    def part(self, stride: int) -> Part:
        """Return that stride's grid with a copy of its losses, NaN where they are not known."""
        return Part(self.x[::stride], self.y[::stride], self.values[::stride, ::stride].copy())
