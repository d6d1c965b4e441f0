r"""Where a weight's gradient came from, row by row of the batch:
:math:`\partial L/\partial a \cdot \partial a/\partial z \cdot \partial z/\partial w`.
"""

from numpy import ndarray as Array

from engine.diy.rows import as_rows
from engine.lane.functions import activation_of, is_of_rows
from engine.layer_names import owner_of, part_of
from engine.protocol import Both, ChainRow
from engine.spec import ShapedLayer, layer_in, layer_module

from .places import Way, rows_met, ways_of
from .recorded import Index, Named, Recorded, on_both

SHOWN = 8  # of the batch's first rows
WAYS = 24  # through their outputs and places: of as many rows as have no more, but of one


def chain_rows(step: Recorded, weight: str, index: Index, row: int) -> tuple[ChainRow, ...]:
    """Return the batch's first rows, and ``row`` (a place in the batch, from 0) where it is not among them.

    Rows that an embedding's vector does not stand in are left out. Through an activation of whole rows there are as
    many ways as it has outputs, and in a row of several places one for each. None for a problem: it has no batch.
    """
    if step.spec.network is None:
        return ()
    layer = layer_in(step.spec, owner_of(weight))
    outputs = range(layer.outputs[-1]) if is_of_rows(layer.activation) else (None,)
    x = step.diy[layer.x]
    met = rows_met(layer, index, x)
    of_row = [ways_of(layer, index, x, place) for place in met[:1]]
    most = min(max(WAYS // (len(outputs) * len(of_row[0])), 1), SHOWN) if met else 0
    shown = [*met[:most], *(place for place in met[most:] if place == row)]
    ways = [way for place in shown for way in ways_of(layer, index, x, place)]
    return tuple(_chain_row(step, layer, weight, index, way, output) for way in ways for output in outputs)


def sharing_rows(step: Recorded, weight: str, index: Index) -> int:
    """Return how many rows of the batch have a share in the gradient of a weight's element."""
    if step.spec.network is None:
        return len(step.rows)
    layer = layer_in(step.spec, owner_of(weight))
    return len(rows_met(layer, index, step.diy[layer.x]))


def _chain_row(step: Recorded, layer: ShapedLayer, weight: str, index: Index, way: Way, output: int | None) -> ChainRow:
    """Return a row's share of the gradient: at one of its places, and through one of its outputs, if it has several."""
    leaving = way.at if output is None else (*way.at[:-1], output)
    dL_da = on_both(step, f"{layer.name}.dL_da", leaving)
    if output is None:
        da_dz = on_both(step, f"{layer.name}.da_dz", way.at)
    else:
        da_dz = Both(*(_slope(side, layer, way, output) for side in (step.diy, step.torch)))
    dz_dw = Both(*(_dz_dw(side, layer, weight, index, way) for side in (step.diy, step.torch)))
    product = Both(*map(_product, zip(dL_da, da_dz, dz_dw, strict=True)))
    return ChainRow(step.rows[way.place], dL_da, da_dz, dz_dw, product, output, way.place, way.position)


def _slope(side: Named | None, layer: ShapedLayer, way: Way, output: int) -> float | None:
    """Return how an output of a row changes with the weight's z, where each depends on all z of its row."""
    if side is None or f"{layer.name}.z" not in side:
        return None
    row = slice(way.place, way.place + 1)
    slopes = activation_of(layer.activation).df(side[f"{layer.name}.z"][row], side[f"{layer.name}.a"][row])
    return float(slopes[(0, *way.at[1:-1], output, way.at[-1])])


def _dz_dw(side: Named | None, layer: ShapedLayer, weight: str, index: Index, way: Way) -> float | None:
    """Return how z changes with the weight, which the layer's kind knows of the x of each side."""
    kind = layer_module(layer.kind)
    x: Array | None = None if side is None else side.get(layer.x)
    if x is None or not hasattr(kind, "dz_dw"):
        return None
    rows = x if layer.axis is None else as_rows(x, layer.axis)
    return float(kind.dz_dw(rows, part_of(weight), index, layer.hyper)[way.entering])


def _product(factors: tuple[float | None, ...]) -> float | None:
    dL_da, da_dz, dz_dw = factors
    return None if dL_da is None or da_dz is None or dz_dw is None else dL_da * da_dz * dz_dw
