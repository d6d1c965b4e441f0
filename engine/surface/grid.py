"""The points of a surface, from coarse to fine; what is known of a coarse grid is not worked out again."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .extent import Extent

COARSEST = 11  # points a side of the first picture
FINER = 1.8  # times as many a side are worth another picture


class Part(NamedTuple):
    x: Array
    y: Array
    values: Array  # at y[i], x[j]


class Grid:
    """``x``, ``y``: the finest grid. Every coarser one is each so many-th of its points, the ends included."""

    def __init__(self, extent: Extent, resolution: int):
        self.x = np.linspace(extent[0], extent[1], resolution)
        self.y = np.linspace(extent[2], extent[3], resolution)
        self.values = np.full((resolution, resolution), np.nan)
        self._known = np.zeros((resolution, resolution), bool)

    @property
    def size(self) -> int:
        return self._known.size

    @property
    def known(self) -> int:
        """How many points are."""
        return int(self._known.sum())

    @property
    def strides(self) -> list[int]:
        """Of the passes, from coarse to fine: divisors of the finest grid's intervals, the last of them 1."""
        between = len(self.x) - 1
        strides: list[int] = []
        side = COARSEST / FINER
        for stride in sorted((n for n in range(1, between + 1) if between % n == 0), reverse=True):
            if stride == 1 or between // stride + 1 >= min(side * FINER, between):
                strides.append(stride)
                side = between // stride + 1
        return strides

    def unknown(self, stride: int) -> tuple[Array, Array]:
        """The rows and columns of the points of that grid that are not known yet."""
        rows, columns = np.nonzero(~self._known[::stride, ::stride])
        return rows * stride, columns * stride

    def learn(self, rows: Array, columns: Array, values: Array) -> None:
        self.values[rows, columns] = values
        self._known[rows, columns] = True

    def part(self, stride: int) -> Part:
        return Part(self.x[::stride], self.y[::stride], self.values[::stride, ::stride].copy())
