"""Where each tensor of a pair stands when all of them are laid end to end."""

from collections.abc import Mapping

import numpy as np

from engine.diy.closure import takes_closure
from engine.diy.optimizers import OPTIMIZERS
from engine.layer_names import is_buffer, part_of
from engine.spec import ExperimentSpec, OptimizerSpec, shapes_of, start_buffers
from engine.spec.groups import entry_of_weight

GROUPS = ("loss", "grad", "weight", "state")
RATE = "rate"  # the learning rate, where it has a schedule

Shapes = Mapping[str, tuple[int, ...]]


class Layout:
    """Lay tensors in a row: loss, gradients, weights, buffers, each weight's state entries, and the scheduled rate.

    ``states``: for each weight the entries that are compared, by symbol.
    """

    def __init__(
        self, weights: Shapes, states: Mapping[str, Shapes], scheduled: bool = False, buffers: Shapes | None = None
    ):
        self.weights, self.states, self.scheduled = weights, states, scheduled
        self.shapes = _all_shapes(weights, buffers or {}, states, scheduled)
        sizes = [int(np.prod(shape)) for shape in self.shapes.values()]
        self._ends = np.cumsum(sizes)
        self._parts = {
            name: slice(int(end) - size, int(end))
            for name, size, end in zip(self.shapes, sizes, self._ends, strict=True)
        }
        self.size = int(self._ends[-1])
        self._names = list(self.shapes)
        self._groups = {group: self._part_of(group) for group in GROUPS}
        self.group_starts = sorted(part.start for part in self._groups.values() if part.start < part.stop)
        self.starts = [part.start for part in self._parts.values()]  # of each tensor
        self.group_places = [self.starts.index(start) for start in self.group_starts]  # the first tensor of each group

    def part(self, name: str) -> slice:
        return self._parts[name]

    def place_of(self, position: int) -> tuple[str, tuple[int, ...]]:
        """Return the tensor that stands there, and the index in it."""
        name = self._names[int(np.searchsorted(self._ends, position, side="right"))]
        index = np.unravel_index(position - self._parts[name].start, self.shapes[name])
        return name, tuple(int(i) for i in index)

    def part_of(self, group: str) -> slice:
        """Return where a group's tensors stand, which is together; empty where it has none."""
        return self._groups[group]

    def _part_of(self, group: str) -> slice:
        parts = [self._parts[name] for name in self.shapes if group_of(name) == group]
        return slice(parts[0].start, parts[-1].stop) if parts else slice(0, 0)


def layout_of(spec: ExperimentSpec, entry: int) -> Layout:
    """Lay out the tensors in which the lanes of an optimizer entry are compared."""
    weights, optimizer = shapes_of(spec), spec.optimizers[entry]
    buffers = {name: value.shape for name, value in start_buffers(spec).items()}
    return Layout(weights, compared_states(optimizer, weights), optimizer.schedule is not None, buffers)


def compared_states(optimizer: OptimizerSpec, weights: Shapes) -> dict[str, Shapes]:
    """Return each weight's state entries that are compared at every step, by symbol, and their shapes.

    What own code keeps is its own affair: nobody knows what of it is torch's.
    """
    if optimizer.code is not None:
        return {name: {} for name in weights}
    if optimizer.log is not None:
        return _logged_states(optimizer, weights)
    if optimizer.groups:
        return {
            name: compared_states(entry_of_weight(optimizer, name), {name: shape})[name]
            for name, shape in weights.items()
        }
    module = OPTIMIZERS[optimizer.name]
    if takes_closure(module):  # one state, of all weights
        count = sum(int(np.prod(shape)) for shape in weights.values())
        first, *others = weights
        return {first: module.state_shapes(count), **{name: {} for name in others}}
    if hasattr(module, "state_shapes"):
        return {name: module.state_shapes(shape) for name, shape in weights.items()}
    symbols = module.TORCH_STATE
    return {name: {symbol: () if symbol == "t" else shape for symbol in symbols} for name, shape in weights.items()}


def _logged_states(optimizer: OptimizerSpec, weights: Shapes) -> dict[str, Shapes]:
    """Return those entries that a log has."""
    assert optimizer.log is not None
    known = optimizer.log.numbers.values if optimizer.log.is_read else {}
    of_textbook = compared_states(optimizer.model_copy(update={"log": None}), weights)
    return {
        name: {symbol: shape for symbol, shape in entries.items() if f"{name}.{symbol}" in known}
        for name, entries in of_textbook.items()
    }


def group_of(name: str) -> str:
    """Return the group of a tensor by its name: ``layer1.weight.grad`` is of ``grad``."""
    if name == "loss":
        return "loss"
    if is_buffer(name):  # it is not trained: a state, of the network
        return "state"
    of_layer = part_of(name)
    if not of_layer:  # the rate
        return "state"
    return "weight" if "." not in of_layer else "grad" if of_layer.endswith(".grad") else "state"


def _all_shapes(
    weights: Shapes, buffers: Shapes, states: Mapping[str, Shapes], scheduled: bool
) -> dict[str, tuple[int, ...]]:
    """Every tensor compared, in order."""
    ordered: dict[str, tuple[int, ...]] = {"loss": ()}
    ordered.update({f"{name}.grad": shape for name, shape in weights.items()})
    ordered.update(weights)
    ordered.update(buffers)
    for name, entries in states.items():
        ordered.update({f"{name}.{symbol}": shape for symbol, shape in entries.items()})
    if scheduled:
        ordered[RATE] = ()
    return ordered
