"""Shapes that do not fit: of a row of x, from layer to layer, and of what comes out; with what would fit."""

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np

from .arrays import Matrix
from .data import Data
from .faults import Fault, Path, shown
from .hyperparameters import layer_module
from .layers import KindSpec, LayerSpec, Shape, ShapedLayer, shaped_layers
from .model import NetworkSpec

FLATTEN = "Flatten"


def row_faults(data: Data) -> Iterator[Fault]:
    """Find a shape that a row of x cannot have, as it has not so many numbers."""
    if data.shape is None or (count := prod(data.shape)) == data.x.columns:
        return
    fields = {"found": told_shape(data.shape), "count": count, "columns": data.x.columns}
    yield Fault(("data", "shape"), "row_shape", {**fields, "fitting": told_shape(_fitting(data.shape, data.x.columns))})


def _fitting(shape: Shape, columns: int) -> Shape:
    """Return the shape nearest to one that has so many numbers: with another size of one axis, or else of one axis."""
    for axis in reversed(range(len(shape))):
        others = prod(shape) // shape[axis]
        if columns % others == 0:
            return (*shape[:axis], columns // others, *shape[axis + 1 :])
    return (columns,)


def shape_faults(network: NetworkSpec, data: Data) -> Iterator[Fault]:
    """Find the first layer that does not take what comes to it, and outputs of a row that y has no room for."""
    layers = shaped_layers(network.layers, data.row_shape)
    for layer in layers:
        module = layer_module(layer.kind)
        if hasattr(module, "OF_INDICES") and (layer.x != "x" or layer.is_inside):
            yield Fault((*layer.path, "kind"), "not_first", {"kind": layer.kind})
            return
        if len(layer.inputs) > (most := getattr(module, "MOST_AXES", len(layer.inputs))):
            fields = {"kind": layer.kind, "most": most, "found": told_shape(layer.inputs)}
            yield Fault(layer.path, "too_many_axes", fields)
            return
    if len(layers[-1].outputs) > 1:
        yield _end_fault(network.layers, layers, data)


def _end_fault(layers: Sequence[LayerSpec], shaped: Sequence[ShapedLayer], data: Data) -> Fault:
    """Return the fault of a network whose rows end with several axes, and where a Flatten would make them what y is."""
    wanted = data.y.columns if isinstance(data.y, Matrix) else int(data.y.facts.highest) + 1
    fields = {"found": told_shape(shaped[-1].outputs), "expected": told_shape((wanted,)), "units": wanted}
    path: Path = ("network", "layers", len(layers) - 1)
    made = {place: _flattened(layers, place, data) for place in range(len(layers), _takes_indices(layers) - 1, -1)}
    fitting = [place for place, outputs in made.items() if outputs == (wanted,)]
    if data.has_classes:  # more outputs than classes will do
        fitting += [place for place, outputs in made.items() if len(outputs) == 1 and outputs[0] > wanted]
    if not fitting:
        return Fault(path, "not_flat", fields)
    code = "flatten_before" if fitting[0] < len(layers) else "flatten_after"
    return Fault(path, code, {**fields, "layer": fitting[0] + 1})


def _flattened(layers: Sequence[LayerSpec], place: int, data: Data) -> Shape:
    """Return what the layers make of a row, with a Flatten before the one at a place."""
    return shaped_layers([*layers[:place], KindSpec(kind=FLATTEN), *layers[place:]], data.row_shape)[-1].outputs


def _takes_indices(layers: Sequence[LayerSpec]) -> bool:
    return hasattr(layer_module(layers[0].kind), "OF_INDICES")


def index_faults(network: NetworkSpec, x: Matrix) -> Iterator[Fault]:
    """Find numbers of x that a first layer which takes whole ones does not take: by row and column."""
    if not _takes_indices(network.layers):
        return
    (layer, *_) = shaped_layers(network.layers, (x.columns,))
    last = layer.hyper.num_embeddings - 1
    with np.errstate(all="ignore"):
        wrong = (x.values != np.floor(x.values)) | (x.values < 0) | (x.values > last)
    for (row, column), given in x.places(wrong):
        fields = {"kind": layer.kind, "last": last, "row": row + 1, "column": column + 1, "given": shown(_plain(given))}
        yield Fault(("data", "x", row, column), "no_index", fields)


def _plain(number: float) -> float:
    return int(number) if number.is_integer() else number


def told_shape(shape: Sequence[int]) -> str:
    """Write a shape as the file does: ``[3, 8]``."""
    return f"[{', '.join(map(str, shape))}]"
