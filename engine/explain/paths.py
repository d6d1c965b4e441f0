r"""The paths on which a gradient goes back through a layer that moves its numbers in several ways, for one of them.

A normalized number depends on its input directly, and through the mean and the variance that all of them make: so
:math:`\partial L/\partial x` is a sum of three. What goes into a residual goes past its inside and through it.
"""

from collections.abc import Sequence

from engine.layer_names import owner_of
from engine.protocol import Path, Paths
from engine.spec import ShapedLayer, layer_in, layer_module, layers_in

from .places import in_rows, ways_of
from .recorded import Index, Recorded, on_both


def paths_of(step: Recorded, weight: str, index: Index, row: int) -> Paths | None:
    """Return the paths back to the number that the weight is nearest to, in row ``row`` of the batch.

    It is the input that a weight of such a layer scales; or, of a layer below one, what the weight's unit hands on.
    None where there is no such layer, or nothing below it wants to know.
    """
    if step.spec.network is None or row >= len(step.rows):
        return None
    layer, own = _nearest(layers_in(step.spec), owner_of(weight)), layer_in(step.spec, owner_of(weight))
    if layer is None or layer.dL_dx is None:
        return None
    ways = ways_of(own, index, step.diy[own.x], row)
    if not ways:
        return None
    at = ways[0].at  # of what enters a norm as of what it makes
    inside = in_rows(layer, at)
    kinds = layer_module(layer.kind).PATHS
    parts = tuple(Path(kind, on_both(step, f"{layer.name}.backward.{kind}", inside)) for kind in kinds)
    return Paths(layer.name, at, step.rows[row], parts, on_both(step, layer.dL_dx, at))


def _nearest(layers: Sequence[ShapedLayer], own: str) -> ShapedLayer | None:
    """Return the layer with paths that is nearest to one: itself, or what takes its output."""
    split = [layer for layer in layers if layer.dL_dx is not None and hasattr(layer_module(layer.kind), "PATHS")]
    above = (layer for layer in reversed(split) if layer.x == f"{own}.a")  # a residual before what is inside it
    return next((layer for layer in split if layer.name == own), next(above, None))
