"""What an optimizer asks of the rest: weights that it can take, gradients as they are. Told before any run."""

from collections.abc import Iterator, Mapping

from .faults import Fault, Path, listed, unknown_name
from .group_checks import only_matrices_for
from .hyperparameters import optimizer_module, optimizer_names
from .model import NetworkSpec, OptimizerSpec

# Torch's optimizers that are of no use here: the code of the fault that says why.
NOT_OFFERED = {"SparseAdam": "needs_sparse_gradients"}


def name_fault(path: Path, given: str) -> Fault:
    """Report an optimizer that is not among those offered."""
    if given in NOT_OFFERED:
        return Fault(path, NOT_OFFERED[given], {"given": given})
    return unknown_name(path, given, optimizer_names())


def true_gradient_faults(path: Path, entry: OptimizerSpec) -> Iterator[Fault]:
    """Tell whether an entry's optimizer goes by its gradient alone: one that compares losses too wants it as it is."""
    if entry.clip is not None and hasattr(optimizer_module(entry.name), "minimize"):
        yield Fault((*path, "clip"), "clip_not_for_lbfgs", {"name": entry.name})


def matrix_faults(entries: Mapping[int, OptimizerSpec], network: NetworkSpec) -> Iterator[Fault]:
    """Find optimizers that take matrices only, where the network has other weights too."""
    for index, entry in entries.items():
        for group, name, others in only_matrices_for(entry, network):
            at: Path = ("optimizers", index) if group is None else ("optimizers", index, "groups", group)
            is_own = group is not None and (entry.groups or ())[group].name is None
            fields = {"name": name, "weights": listed(others)}
            yield Fault((*at, "match" if is_own else "name"), "matrices_only", fields)
