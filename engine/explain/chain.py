r"""Where a weight's gradient came from, row by row of the batch:
:math:`\partial L/\partial a \cdot \partial a/\partial z \cdot \partial z/\partial w`.
"""

from engine.layer_names import layer_name, layer_of
from engine.protocol import Both, ChainRow
from engine.spec import layer_hyper, layer_module

from .recorded import Index, Recorded, on_both

SHOWN = 8  # of the batch's first rows


def chain_rows(step: Recorded, weight: str, index: Index, row: int) -> tuple[ChainRow, ...]:
    """Return the batch's first rows, and ``row`` (a place in the batch, from 0) where it is not among them.

    None for a problem, which has no batch.
    """
    shown = [*range(min(SHOWN, len(step.rows)))]
    if SHOWN <= row < len(step.rows):
        shown.append(row)
    return tuple(_chain_row(step, weight, index, place) for place in shown)


def _chain_row(step: Recorded, weight: str, index: Index, place: int) -> ChainRow:
    layer = layer_name(layer_of(weight))
    unit = (place, index[0])
    dL_da = on_both(step, f"{layer}.dL_da", unit)
    da_dz = on_both(step, f"{layer}.da_dz", unit)
    dz_dw = _dz_dw(step, weight, index, place)
    return ChainRow(step.rows[place], dL_da, da_dz, dz_dw, Both(*map(_product, zip(dL_da, da_dz, dz_dw, strict=True))))


def _dz_dw(step: Recorded, weight: str, index: Index, place: int) -> Both:
    """Return how z changes with the weight, which the layer's kind knows of the x of each side."""
    assert step.spec.network is not None
    number = layer_of(weight)
    layer = step.spec.network.layers[number - 1]
    kind, hyper = layer_module(layer.kind), layer_hyper(layer)
    x = f"{layer_name(number - 1)}.a" if number > 1 else "x"
    if not hasattr(kind, "dz_dw"):
        return Both(None, None)
    sides = (None if side is None else side.get(x) for side in (step.diy, step.torch))
    parameter = weight.partition(".")[2]
    return Both(*(None if x is None else float(kind.dz_dw(x, parameter, index, hyper)[place]) for x in sides))


def _product(factors: tuple[float | None, ...]) -> float | None:
    dL_da, da_dz, dz_dw = factors
    return None if dL_da is None or da_dz is None or dz_dw is None else dL_da * da_dz * dz_dw
