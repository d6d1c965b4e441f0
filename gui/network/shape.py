"""What of an experiment's network is drawn: columns of units, and what joins them. No widgets, no pixels."""

from math import prod
from typing import NamedTuple

from engine.spec import ExperimentSpec, layer_module, layers_in


class Column(NamedTuple):
    """Hold units that stand above each other: the inputs, a layer, or the loss, which is one."""

    name: str  # inputs, layer1, layer2 …, loss
    units: int


class Connection(NamedTuple):
    """Join a column to the one before it. ``weight`` names the matrix (units × inputs) that does, None without one.

    ``bias`` names what each unit has a number of; further parameters of a layer are not drawn.
    """

    weight: str | None
    bias: str | None


class Place(NamedTuple):
    """Name a unit of a column, counted from 0; with ``source`` the weight of that unit of the column before."""

    column: int
    unit: int
    source: int | None = None


class Skip(NamedTuple):
    """Lead a residual's input past its inside, from a column to a later one; ``depth``: inside how many others."""

    start: int
    end: int
    depth: int


class NetworkShape(NamedTuple):
    """Hold the columns from left to right, and ``connections[i]`` into column ``i + 1``; the loss's is the last.

    Columns of layers inside a residual stand before its own, in which their last one is added to what skips them.
    """

    columns: tuple[Column, ...]
    connections: tuple[Connection, ...]
    skips: tuple[Skip, ...] = ()

    @property
    def outputs(self) -> int:
        """Return the column of the last layer."""
        return len(self.columns) - 2

    @property
    def loss(self) -> int:
        """Return the loss's column."""
        return len(self.columns) - 1

    def column_of(self, layer: int | str | None) -> int | None:
        """Return the column of a layer by its number; None where there is none."""
        names = [column.name for column in self.columns]
        return names.index(f"layer{layer}") if f"layer{layer}" in names else None

    def element_at(self, place: Place) -> tuple[str, tuple[int, ...]] | None:
        """Return the weight and index that a place stands for, of a unit its bias; None where it stands for none."""
        if not 0 < place.column <= self.outputs:
            return None
        connection = self.connections[place.column - 1]
        if place.source is not None:
            return None if connection.weight is None else (connection.weight, (place.unit, place.source))
        return None if connection.bias is None else (connection.bias, (place.unit,))

    def place_of(self, weight: str, index: tuple[int, ...]) -> Place | None:
        """Return where an element of a weight is; None where it is not drawn."""
        for column, (matrix, bias) in enumerate(self.connections, start=1):
            if weight == matrix and len(index) == 2:
                return Place(column, index[0], index[1])
            if weight == bias and len(index) == 1:
                return Place(column, index[0])
        return None


def shape_of(spec: ExperimentSpec | None) -> NetworkShape | None:
    """Return what is drawn of an experiment; None of a test function, which has no network."""
    if spec is None or spec.network is None or spec.data is None:
        return None
    columns, connections, skips = [Column("inputs", spec.data.x.columns)], [], []
    places = {"x": 0}
    for layer in layers_in(spec):
        before, units = columns[-1].units, prod(layer.outputs)
        columns.append(Column(layer.name, units))
        names = {shape: f"{layer.name}.{name}" for name, shape in reversed(layer.weights.items())}
        bias = f"{layer.name}.bias" if layer.weights.get("bias") == (units,) else names.get((units,))
        joins = not hasattr(layer_module(layer.kind), "OF_INDICES")  # a table's rows join nothing
        connections.append(Connection(names.get((units, before)) if joins else None, bias))
        places[f"{layer.name}.a"] = len(columns) - 1
        if layer.inside:
            skips.append(Skip(places[layer.x], len(columns) - 1, layer.name.count(".")))
    return NetworkShape((*columns, Column("loss", 1)), (*connections, Connection(None, None)), tuple(skips))
