r"""Where a weight's gradient came from, row by row of the batch:
:math:`\partial L/\partial a \cdot \partial a/\partial z \cdot \partial z/\partial w`.
"""

from engine.lane.functions import activation_of, is_of_rows
from engine.layer_names import owner_of, part_of
from engine.protocol import Both, ChainRow
from engine.spec import layer_in, layer_module

from .recorded import Index, Recorded, on_both

SHOWN = 8  # of the batch's first rows
WAYS = 24  # through their outputs, where each depends on all z of its row: of as many rows as have no more, but of one


def chain_rows(step: Recorded, weight: str, index: Index, row: int) -> tuple[ChainRow, ...]:
    """Return the batch's first rows, and ``row`` (a place in the batch, from 0) where it is not among them.

    Through an activation of whole rows there are as many ways as it has outputs. None for a problem, which has no
    batch.
    """
    if step.spec.network is None:
        return ()
    outputs = _outputs(step, weight)
    most = SHOWN if outputs is None else min(max(WAYS // outputs, 1), SHOWN)
    shown = [*range(min(most, len(step.rows)))]
    if most <= row < len(step.rows):
        shown.append(row)
    if outputs is None:
        return tuple(_chain_row(step, weight, index, place) for place in shown)
    return tuple(_way(step, weight, index, place, output) for place in shown for output in range(outputs))


def _outputs(step: Recorded, weight: str) -> int | None:
    """Return how many outputs a row of the weight's layer has that all depend on each z; None where it is one."""
    layer = layer_in(step.spec, owner_of(weight))
    return layer.outputs[-1] if is_of_rows(layer.activation) else None


def _way(step: Recorded, weight: str, index: Index, place: int, output: int) -> ChainRow:
    """Return a row's share of the gradient that goes through one of its outputs."""
    layer = owner_of(weight)
    activation = activation_of(layer_in(step.spec, layer).activation)
    dL_da = on_both(step, f"{layer}.dL_da", (place, output))
    z, a = f"{layer}.z", f"{layer}.a"
    one = slice(place, place + 1)
    sides = [side if side is not None and z in side else None for side in (step.diy, step.torch)]
    slopes = (
        None if side is None else activation.df(side[z][one], side[a][one])[0, output, index[0]] for side in sides
    )
    da_dz = Both(*(None if slope is None else float(slope) for slope in slopes))
    dz_dw = _dz_dw(step, weight, index, place)
    product = Both(*map(_product, zip(dL_da, da_dz, dz_dw, strict=True)))
    return ChainRow(step.rows[place], dL_da, da_dz, dz_dw, product, output)


def _chain_row(step: Recorded, weight: str, index: Index, place: int) -> ChainRow:
    layer = owner_of(weight)
    unit = (place, index[0])
    dL_da = on_both(step, f"{layer}.dL_da", unit)
    da_dz = on_both(step, f"{layer}.da_dz", unit)
    dz_dw = _dz_dw(step, weight, index, place)
    return ChainRow(step.rows[place], dL_da, da_dz, dz_dw, Both(*map(_product, zip(dL_da, da_dz, dz_dw, strict=True))))


def _dz_dw(step: Recorded, weight: str, index: Index, place: int) -> Both:
    """Return how z changes with the weight, which the layer's kind knows of the x of each side."""
    layer = layer_in(step.spec, owner_of(weight))
    kind = layer_module(layer.kind)
    if not hasattr(kind, "dz_dw"):
        return Both(None, None)
    sides = (None if side is None else side.get(layer.x) for side in (step.diy, step.torch))
    at = part_of(weight), index, layer.hyper
    return Both(*(None if x is None else float(kind.dz_dw(x, *at)[place]) for x in sides))


def _product(factors: tuple[float | None, ...]) -> float | None:
    dL_da, da_dz, dz_dw = factors
    return None if dL_da is None or da_dz is None or dz_dw is None else dL_da * da_dz * dz_dw
