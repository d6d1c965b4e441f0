r"""Where a weight's gradient came from, row by row of the batch:
:math:`\partial L/\partial a \cdot \partial a/\partial z \cdot \partial z/\partial w`.
"""

from engine.protocol import Both, ChainRow

from .recorded import Index, Recorded, layer_of, on_both

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
    layer = layer_of(weight)
    unit = (place, index[0])
    dL_da = on_both(step, f"layer{layer}.dL_da", unit)
    da_dz = on_both(step, f"layer{layer}.da_dz", unit)
    dz_dw = _dz_dw(step, weight, index, place)
    return ChainRow(step.rows[place], dL_da, da_dz, dz_dw, Both(*map(_product, zip(dL_da, da_dz, dz_dw, strict=True))))


def _dz_dw(step: Recorded, weight: str, index: Index, place: int) -> Both:
    """Return the weight's input, which is the layer's x; 1 for a bias, which adds to z as it is."""
    if len(index) == 1:
        return Both(1.0, None if step.torch is None else 1.0)
    below = layer_of(weight) - 1
    return on_both(step, f"layer{below}.a" if below else "x", (place, index[1]))


def _product(factors: tuple[float | None, ...]) -> float | None:
    dL_da, da_dz, dz_dw = factors
    return None if dL_da is None or da_dz is None or dz_dw is None else dL_da * da_dz * dz_dw
