"""What can be wrong with groups of parameters: told before any run, as all that torch refuses."""

from collections.abc import Iterator
from typing import Any

from engine.diy.optimizers import OPTIMIZERS

from .faults import Fault, Path
from .groups import group_entry, groups_of
from .model import NetworkSpec, OptimizerSpec
from .sizes import weight_shapes


def group_faults(path: Path, entry: OptimizerSpec) -> Iterator[Fault]:
    """Find faults of an entry's groups as a whole; those of each are found as if it were an entry."""
    if not entry.groups:
        return
    if entry.code is not None or not entry.name:
        yield Fault((*path, "groups"), "groups_of_code")
    for at, name in [((*path, "groups"), entry.name), *_names(path, entry)]:
        if hasattr(OPTIMIZERS.get(name), "minimize"):
            yield Fault(at, "groups_of_closure", {"name": name})


def _names(path: Path, entry: OptimizerSpec) -> Iterator[tuple[Path, str]]:
    for index, group in enumerate(entry.groups or ()):
        if group.name is not None:
            yield (*path, "groups", index, "name"), group.name


def group_entries(path: Path, entry: OptimizerSpec) -> Iterator[tuple[Path, dict[str, Any], OptimizerSpec]]:
    """Yield the path that leads to each group, the arguments that it has itself, and all of it as an entry."""
    for index, group in enumerate(entry.groups or ()):
        yield (*path, "groups", index), group.params, group_entry(entry, group)


def only_matrices_for(entry: OptimizerSpec, network: NetworkSpec) -> Iterator[tuple[int | None, str, list[str]]]:
    """Yield the groups whose optimizer takes matrices only: index, name, and the weights that are none."""
    shapes = weight_shapes(network, (1,))
    for group in groups_of(entry, shapes):
        others = [name for name in group.weights if len(shapes[name]) != 2]
        if others and getattr(OPTIMIZERS.get(group.entry.name), "MATRICES_ONLY", False):
            yield group.place, group.entry.name, others
