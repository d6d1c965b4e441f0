"""Where in a row a weight acts: once in a row of one axis, at each place of one that has several."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import ShapedLayer, layer_module

from .recorded import Index


class Way(NamedTuple):
    """Locate a number that a weight moves: ``at`` in its layer's z, ``entering`` in what the layer is given.

    Of the latter it is the row, where the layer goes row by row. ``position``: its place in a row that has several.
    """

    place: int  # of the row in the batch
    position: Index
    at: Index
    entering: Index


def ways_of(layer: ShapedLayer, index: Index, x: Array, place: int) -> list[Way]:
    """Return the ways of a row of the batch from element ``index`` of a weight; none where it does not meet it."""
    if hasattr(layer_module(layer.kind), "OF_INDICES"):
        where, unit = index
        found = [tuple(int(i) for i in one) for one in np.argwhere(x[place] == where)]
        return [Way(place, position, (place, *position, unit), (place, *position)) for position in found]
    if layer.axis is None:
        return [Way(place, (), (place, index[0]), (place,))]
    return list(_by_position(layer, index[0], place))


def _by_position(layer: ShapedLayer, unit: int, place: int) -> Iterator[Way]:
    along = along_of(layer)
    others = (*layer.inputs[:along], *layer.inputs[along + 1 :])
    for number, position in enumerate(product(*map(range, others))):
        at = (place, *position[:along], unit, *position[along:])
        yield Way(place, position, at, (place * int(np.prod(others)) + number,))


def along_of(layer: ShapedLayer) -> int:
    """Return which of a row's axes, from 0, a layer works along."""
    return 0 if layer.axis is None else layer.axis % (len(layer.inputs) + 1) - 1


def in_rows(layer: ShapedLayer, at: Index) -> Index:
    """Return where an element of a layer's input stands in the rows that it takes: a row and a column."""
    if layer.axis is None:
        return at
    along = along_of(layer) + 1
    others = (*layer.inputs[: along - 1], *layer.inputs[along:])
    places = (*at[1:along], *at[along + 1 :])
    return at[0] * int(np.prod(others)) + int(np.ravel_multi_index(places, others)), at[along]


def rows_met(layer: ShapedLayer, index: Index, x: Array) -> list[int]:
    """Return which rows of the batch, from 0, an element of a weight meets."""
    if not hasattr(layer_module(layer.kind), "OF_INDICES"):
        return [*range(len(x))]
    met = (x == index[0]).reshape(len(x), -1).any(axis=1)
    return np.flatnonzero(met).tolist()
