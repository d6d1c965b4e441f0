"""How large an experiment is, told from the numbers alone: nothing is allocated."""

import math
from copy import copy

import numpy as np
from numpy import ndarray as Array

from .hyperparameters import layer_module
from .layers import ShapedLayer, shaped_layers
from .model import ExperimentSpec, NetworkSpec, OptimizerSpec
from .split import RowsFor
from .start import GivenStart

# Measured: a lane of Adam's holds its weights 22 times over (gradients, moments, what a step makes new, a block of
# steps of all that for the comparison), and 67 times while its pair is judged in both precisions.
COPIES_OF_A_WEIGHT = 70
COPIES_OF_A_PAIR = 4  # of L-BFGS: its own, what a step makes new of it, and two snapshots
THREADS_PAY_FROM = 512 * 512  # numbers of a matrix; below, a second thread costs up to five times what it brings
A_LANE = 100_000  # bytes, measured: what a lane is besides its weights, its records and torch's optimizer among it
MOST_KNOWN = 64  # networks whose layers are kept with their shapes
COPIES_OF_AN_ACTIVATION = 12  # z, a, the gradients of both, and what their functions make on the way


def weight_shapes(network: NetworkSpec, row: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Return torch's name and shape of every weight, in the order of ``nn.Module.parameters()``.

    ``row``: the shape of a row of x.
    """
    layers = _shaped_once(network, row)
    return {f"{layer.name}.{name}": shape for layer in layers for name, shape in layer.weights.items()}


def buffer_shapes(network: NetworkSpec, row: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Return torch's name and shape of all that the network keeps beside its weights; ``row`` as above."""
    layers = shaped_layers(network.layers, row)
    return {f"{layer.name}.{name}": value.shape for layer in layers for name, value in layer.buffers.items()}


def layers_in(spec: ExperimentSpec) -> list[ShapedLayer]:
    """Return the layers of the experiment's network, each with its shapes; a test function has none."""
    if spec.network is None:
        return []
    assert spec.data is not None
    return [*_shaped_once(spec.network, spec.data.row_shape)]


_known: dict[tuple[int, tuple[int, ...]], tuple[NetworkSpec, tuple[ShapedLayer, ...]]] = {}


def _shaped_once(network: NetworkSpec, row: tuple[int, ...]) -> tuple[ShapedLayer, ...]:
    """Return a network's layers with their shapes, worked out once for each that is in use: a step asks many times."""
    known = _known.get((id(network), row))
    if known is None or known[0] is not network:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        known = _known[id(network), row] = network, tuple(shaped_layers(network.layers, row))
    return known[1]


def layer_in(spec: ExperimentSpec, name: str) -> ShapedLayer:
    """Return a layer of the experiment's network by its name. Raises StopIteration where there is none."""
    return next(layer for layer in layers_in(spec) if layer.name == name)


def unit_counts(spec: ExperimentSpec) -> list[int]:
    """Count the numbers that each layer makes of a row; a test function has no layers."""
    return [math.prod(layer.outputs) for layer in layers_in(spec)]


POINT = "point.weight"  # what a problem trains: a matrix of one row, as Muon takes matrices only


def shapes_of(spec: ExperimentSpec) -> dict[str, tuple[int, ...]]:
    """Name and shape of every weight of the experiment: its network's, or a problem's point."""
    if spec.problem is not None:
        return {POINT: (1, 2)}
    assert spec.network is not None
    assert spec.data is not None
    return weight_shapes(spec.network, spec.data.row_shape)


def start_buffers(spec: ExperimentSpec) -> dict[str, Array]:
    """Return what the network's buffers begin with, by torch's names, in the run's precision."""
    begun = {f"{layer.name}.{name}": copy(value) for layer in layers_in(spec) for name, value in layer.buffers.items()}
    given = spec.start.weights if isinstance(spec.start, GivenStart) else {}
    for name in begun.keys() & given.keys():
        begun[name] = given[name].array.reshape(begun[name].shape).astype(begun[name].dtype)
    return {name: in_precision(value, spec.dtype) for name, value in begun.items()}


def map_shapes(spec: ExperimentSpec) -> dict[str, tuple[int, ...]]:
    """Return the shapes of all that the network keeps and a heatmap can show: weights, then running averages."""
    kept = {name: value.shape for name, value in start_buffers(spec).items() if value.ndim}
    return {**shapes_of(spec), **kept}


def in_precision(buffer: Array, dtype: str) -> Array:
    """Return a buffer in a precision; what counts something stays whole."""
    return buffer.astype(dtype) if np.issubdtype(buffer.dtype, np.floating) else buffer


def inputs_type(spec: ExperimentSpec) -> str:
    """Return the type that x has in a lane: the run's precision, or int64 where the first layer takes whole numbers."""
    takes_indices = any(hasattr(layer_module(layer.kind), "OF_INDICES") for layer in layers_in(spec)[:1])
    return "int64" if takes_indices else spec.dtype


def inputs_of(spec: ExperimentSpec) -> Array:
    """Return x of all rows as a lane has it, each row in its shape: read-only."""
    assert spec.data is not None
    return spec.data.inputs(inputs_type(spec))


def arrays_of(spec: ExperimentSpec, use: RowsFor = "training") -> tuple[Array, Array]:
    """Return x and y of the rows that train, or test, as a lane has them: read-only."""
    assert spec.data is not None
    return spec.data.arrays(spec.dtype, use, inputs_type(spec))


def is_stackable(spec: ExperimentSpec) -> bool:
    """Tell whether the textbook takes many networks side by side: of rows of one axis, and not of all kinds."""
    layers = layers_in(spec)
    return not any(len(layer.inputs) > 1 or hasattr(layer_module(layer.kind), "ONE_NETWORK") for layer in layers)


def has_mode(spec: ExperimentSpec) -> bool:
    """Tell whether evaluating the network differs from training it."""
    return any(layer.has_mode for layer in layers_in(spec))


def row_count(spec: ExperimentSpec, use: RowsFor = "training") -> int:
    """Return how many rows of data train, or test; a problem has none, and counts as one that trains."""
    if spec.data is None:
        return 1 if use == "training" else 0
    return spec.data.test_count if use == "test" else len(spec.data.x) - spec.data.test_count


def threads_for(spec: ExperimentSpec, cores: int) -> int:
    """Return how many threads torch takes: one for small matrices, one a core for large ones."""
    largest = max((rows * columns[0] for rows, *columns in shapes_of(spec).values() if columns), default=0)
    return cores if largest >= THREADS_PAY_FROM else 1


def memory_needed(spec: ExperimentSpec) -> int:
    """Return bytes that all lanes together will hold at the most, roughly."""
    lanes = sum(len(entry.backends) for entry in spec.optimizers)
    pairs_of_steps = sum(len(entry.backends) * _pairs_of_steps(entry) for entry in spec.optimizers)
    weights, activations = _weights(spec), _activations(spec)
    numbers = lanes * (weights * COPIES_OF_A_WEIGHT + activations * COPIES_OF_AN_ACTIVATION)
    numbers += weights * pairs_of_steps * COPIES_OF_A_PAIR
    return lanes * A_LANE + numbers * (8 if spec.dtype == "float64" else 4)


def _weights(spec: ExperimentSpec) -> int:
    return sum(math.prod(shape) for shape in shapes_of(spec).values())


def _activations(spec: ExperimentSpec) -> int:
    """Count a number for each unit and row of a batch; a test function has none."""
    rows = row_count(spec)
    return min(spec.batch.size or rows, rows) * sum(unit_counts(spec))


def _pairs_of_steps(entry: OptimizerSpec) -> int:
    """How many steps and changes of the gradient an optimizer keeps to tell the curvature."""
    if entry.name != "LBFGS":
        return 0
    size = entry.params.get("history_size", 100)
    return 2 * size if isinstance(size, int) else 0


def in_words(size: float) -> str:
    """Return bytes as a person says them: ``1.5 GB``."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:,.3g} TB"
