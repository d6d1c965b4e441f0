"""Where each tensor of a pair stands when all of them are laid end to end."""

from collections.abc import Mapping, Sequence

import numpy as np

GROUPS = ("loss", "grad", "weight", "state")


class Layout:
    """The order is that of loss, gradients, weights, and each weight's state entries."""

    def __init__(self, weights: Mapping[str, tuple[int, ...]], symbols: Sequence[str]):
        self.weights, self.symbols = weights, symbols
        self.shapes = _all_shapes(weights, symbols)
        sizes = [int(np.prod(shape)) for shape in self.shapes.values()]
        self._ends = np.cumsum(sizes)
        self._parts = {
            name: slice(int(end) - size, int(end))
            for name, size, end in zip(self.shapes, sizes, self._ends, strict=True)
        }
        self.size = int(self._ends[-1])
        firsts = {group_of(name): self._parts[name].start for name in reversed(self.shapes)}
        self.group_starts = sorted(firsts.values())

    def part(self, name: str) -> slice:
        return self._parts[name]

    def name_at(self, position: int) -> str:
        return list(self.shapes)[int(np.searchsorted(self._ends, position, side="right"))]

    def part_of(self, group: str) -> slice:
        """A group's tensors stand together; one that has none is empty."""
        parts = [self._parts[name] for name in self.names_of(group)]
        return slice(parts[0].start, parts[-1].stop) if parts else slice(0, 0)

    def names_of(self, group: str) -> list[str]:
        return [name for name in self.shapes if group_of(name) == group]


def group_of(name: str) -> str:
    """The group of a tensor by its name: ``layer1.weight.grad`` is of ``grad``."""
    if name == "loss":
        return "loss"
    parts = name.split(".")
    return "weight" if len(parts) == 2 else "grad" if parts[-1] == "grad" else "state"


def _all_shapes(shapes: Mapping[str, tuple[int, ...]], symbols: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Every tensor compared, in order: loss, gradients, weights, state entries."""
    ordered: dict[str, tuple[int, ...]] = {"loss": ()}
    ordered.update({f"{name}.grad": shape for name, shape in shapes.items()})
    ordered.update(shapes)
    for name, shape in shapes.items():
        ordered.update({f"{name}.{symbol}": () if symbol == "t" else shape for symbol in symbols})
    return ordered
