"""Layers that take rows of several axes place by place: the textbook's way to have them do so, and what it names."""

from typing import Any

from engine.diy.rows import INSIDE, RowByRow
from engine.spec import ShapedLayer, layer_module


def in_rows(kind: Any, axis: int | None) -> Any:
    """Return a kind as it takes rows of several axes, of which it works along one; itself where there is none."""
    return kind if axis is None else RowByRow(kind, axis)


def inside_names(layer: ShapedLayer, role: str) -> tuple[str, ...]:
    """Return the variables of a layer's ``forward`` or ``backward`` that torch has as well.

    Where the layer goes row by row, the rows that it is given come first, and those that it makes last.
    """
    own = getattr(layer_module(layer.kind), "INSIDE", {}).get(role, ())
    if layer.axis is None:
        return own
    first, last = INSIDE[role]
    return first, *own, last
