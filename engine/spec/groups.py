"""Groups of parameters: which of an entry's hyperparameters, or which optimizer of another name, moves each weight.

The first group whose pattern matches a weight's name has it; the entry's own hyperparameters have the rest. Groups of
one class are groups of parameters of one ``torch.optim`` object, in the file's order, the rest last; another class is
an object of its own, and the objects are stepped in turn, in the order of their first groups. As each moves weights of
its own, from gradients that are clipped by then, their order changes no number.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple

from .model import GroupSpec, OptimizerSpec

REST = None  # in the place of a group's index


class Group(NamedTuple):
    """Hold what moves some weights, as an entry without groups; ``place`` is the group's in the file, or REST."""

    place: int | None
    entry: OptimizerSpec
    weights: tuple[str, ...]

    @property
    def prefix(self) -> str:
        """Return what the names of its hyperparameters begin with: ``groups[0].``, nothing for the rest."""
        return "" if self.place is REST else f"groups[{self.place}]."


def group_entry(entry: OptimizerSpec, group: GroupSpec) -> OptimizerSpec:
    """Return what moves a group's weights: of the entry's own class what the group leaves out is the entry's."""
    name = group.name or entry.name
    params = {**(entry.params if name == entry.name else {}), **group.params}
    return entry.model_copy(update={"name": name, "params": params, "groups": None})


def groups_of(entry: OptimizerSpec, weights: Iterable[str]) -> list[Group]:
    """Return the groups that have a weight, in the file's order, the rest last."""
    specs = entry.groups or ()
    found: dict[int | None, list[str]] = {index: [] for index in (*range(len(specs)), REST)}
    for weight in weights:
        found[group_index(specs, weight)].append(weight)
    return [
        Group(
            index,
            entry.model_copy(update={"groups": None}) if index is None else group_entry(entry, specs[index]),
            tuple(names),
        )
        for index, names in found.items()
        if names
    ]


def group_index(specs: Iterable[GroupSpec], weight: str) -> int | None:
    """Return the index of the first group that a weight is in; REST where it is in none."""
    return next((index for index, group in enumerate(specs) if fnmatchcase(weight, group.match)), REST)


def entry_of_weight(entry: OptimizerSpec, weight: str) -> OptimizerSpec:
    """Return what moves a weight, as an entry without groups; the entry itself where it has none."""
    if not entry.groups:
        return entry
    return groups_of(entry, (weight,))[0].entry


def empty_groups(entry: OptimizerSpec, weights: Iterable[str]) -> list[int]:
    """List the groups, by their index, that have no weight: their pattern matches none, or an earlier one has them."""
    used = {group.place for group in groups_of(entry, weights)}
    return [index for index in range(len(entry.groups or ())) if index not in used]
