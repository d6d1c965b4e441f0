"""Which element of each array belongs to a chosen weight.

A weight joins input ``column`` to unit ``unit`` of its layer, and ``row`` is a row of the batch. So of what is shaped
as weights its element is ``[unit, column]``, of biases ``[unit]``, and of what a layer makes of a row (z, a and what
is derived by them) ``[row, unit]``.
"""

from math import prod
from typing import NamedTuple

import numpy as np

OF_WEIGHTS = ("W", "b", "weight", "grad", "dL_dW", "dL_db")


class Element(NamedTuple):
    """Locate an element. ``updating``: at a line of an optimizer, where every array is shaped as the weight.

    ``position``: where it is in a row that has several places, whose axis ``axis`` has the units. ``of_table``: the
    weight's rows are vectors, of which ``column`` is one, and its columns the units.
    """

    row: int
    unit: int
    column: int = 0
    updating: bool = False
    position: tuple[int, ...] = ()
    axis: int = -1
    of_table: bool = False

    def of(self, name: str, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the element's index in what a line makes, an array of that name and shape.

        The name decides where the shape leaves it open; an index beyond the array is its last one.
        """
        if len(shape) < 2:
            index = (self.unit,)
        elif self.updating or name in OF_WEIGHTS:
            index = (self.column, self.unit) if self.of_table else (self.unit, self.column)
        elif len(shape) > 2:
            index = self._in_places(len(shape) - 2)
        else:
            index = (self.row, self.unit)
        return clipped(index, shape)

    def _in_places(self, count: int) -> tuple[int, ...]:
        """Return its index where a row has so many axes besides that of the units."""
        position = (*self.position, *(0,) * count)[:count]
        along = self.axis % (count + 2) - 1
        return (self.row, *position[:along], self.unit, *position[along:])

    def above(self, keeps: bool) -> "Element":
        """Return the nearest element in the next layer: a unit is one of its inputs.

        ``keeps``: what that layer does to an input stays in its place, as in a norm.
        """
        return self._replace(unit=self.unit if keeps else 0, column=self.unit, of_table=False)

    def flattened(self, inputs: tuple[int, ...]) -> "Element":
        """Return the element behind a layer that lays the axes of a row end to end, which are so long."""
        unit = int(np.ravel_multi_index(clipped(self._in_places(len(inputs) - 1)[1:], inputs), inputs))
        return self._replace(unit=unit, column=unit, position=(), axis=-1, of_table=False)

    def folded(self, inputs: tuple[int, ...]) -> "Element":
        """Return the element before such a layer, of which ``column`` is the unit behind it."""
        *position, unit = (int(i) for i in np.unravel_index(min(self.column, prod(inputs) - 1), inputs))
        return self._replace(unit=unit, column=unit, position=tuple(position))

    def below(self, keeps: bool) -> "Element":
        """Return the nearest element in the layer before: its input is a unit there. ``keeps`` is of that layer."""
        return self._replace(unit=self.column, column=self.column if keeps else 0)


def clipped(index: tuple[int, ...], shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the index in an array that may have fewer axes, or a single row or column for all."""
    last = index[len(index) - len(shape) :] if shape else ()
    last = (0,) * (len(shape) - len(last)) + last
    return tuple(min(place, size - 1) for place, size in zip(last, shape, strict=True))
