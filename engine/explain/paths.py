r"""The paths on which a gradient goes back through a layer that moves its numbers in several ways, for one of them.

A normalized number depends on its input directly, and through the mean and the variance that all of them make: so
:math:`\partial L/\partial x` is a sum of three.
"""

from engine.layer_names import layer_name, layer_of
from engine.protocol import Path, Paths
from engine.spec import layer_module, layers_in

from .places import in_rows, ways_of
from .recorded import Index, Recorded, on_both


def paths_of(step: Recorded, weight: str, index: Index, row: int) -> Paths | None:
    """Return the paths back to the number that the weight is nearest to, in row ``row`` of the batch.

    It is the input that a weight of such a layer scales; or, of a layer below one, what the weight's unit hands on.
    None where there is no such layer, or nothing below it wants to know.
    """
    if step.spec.network is None or row >= len(step.rows):
        return None
    layers, own = layers_in(step.spec), layer_of(weight)
    for number in (own, own + 1):
        kinds = getattr(layer_module(layers[number - 1].kind), "PATHS", ()) if number <= len(layers) else ()
        if kinds and number > 1:
            name, below = layer_name(number), layer_name(number - 1)
            ways = ways_of(layers[own - 1], index, step.diy["x"], row)
            if not ways:
                return None
            at = ways[0].at  # of what enters a norm as of what it makes
            inside = in_rows(layers[number - 1], at)
            parts = tuple(Path(kind, on_both(step, f"{name}.backward.{kind}", inside)) for kind in kinds)
            return Paths(name, at, step.rows[row], parts, on_both(step, f"{below}.dL_da", at))
    return None
