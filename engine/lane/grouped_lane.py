"""The NumPy lane of an entry with groups of parameters: each weight has the optimizer and the numbers of its group."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from numpy import ndarray as Array

from engine.diy.optimizers import OPTIMIZERS
from engine.diy.step import Step
from engine.spec import ExperimentSpec, OptimizerSpec, complete, shapes_of
from engine.spec.groups import Group, groups_of

from .diy_lane import DiyLane, Draw, schedule_of
from .lane import Snapshot, State, is_fresh, numbers_of


class GroupedLane(DiyLane):
    """Train with groups. A snapshot's ``schedule`` has ``groups``: where each group's schedule stands, in order."""

    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array], draw: Draw | None = None):
        self._groups = groups_of(entry, shapes_of(spec))
        super().__init__(spec, entry, start, draw)

    def _begin_optimizer(self, entry: OptimizerSpec) -> None:
        self._entry, self._takes_closure, self._clipping = entry, False, self._clip
        self._moved_by = {weight: place for place, group in enumerate(self._groups) for weight in group.weights}
        self._modules = {name: OPTIMIZERS[self._groups[self._moved_by[name]].entry.name] for name in self._names}
        self._schedules = [schedule_of(group.entry) for group in self._groups]
        self._set_hypers()

    def _set_hypers(self) -> None:
        self._hypers = [complete(group.entry.name, group.entry.params) for group in self._groups]

    def _fields_of(self, name: str) -> Sequence[str]:
        return self._modules[name].State._fields

    def _state(self, name: str, weight: Array, state: State) -> Any:
        module = self._modules[name]
        if is_fresh(state):
            return module.init(weight)
        return module.State(*map(state.get, module.State._fields))

    def _take(self, x: Array, y: Array) -> Step:
        hypers = self.in_force()
        known = self._begin_step(len(x))
        step = self._model.grouped_step(self._params, self._states, x, y, self._modules, hypers, self._clipping, known)
        self._keep(step)
        self._taken_with = hypers
        self.rate = hypers[self._groups[-1].weights[0]].lr
        if self._schedule is not None:
            behind = [
                schedule.after(state, step.loss)
                for schedule, state in zip(self._schedules, self._scheduled["groups"], strict=True)
                if schedule is not None
            ]
            self._scheduled = {"groups": tuple(behind)}
        return step

    def rate_of(self, weight: str) -> float:
        return self._taken_with[weight].lr

    def _restore_schedule(self, snapshot: Snapshot) -> None:
        if self._schedule is not None:
            fresh = tuple(schedule.begin() for schedule in self._schedules if schedule is not None)
            self._scheduled = {"groups": (snapshot.schedule or {}).get("groups", fresh)}

    def set_params(self, params: Mapping[str, Any]) -> None:
        """Set the entry's own hyperparameters, and what groups of its class have of them."""
        self._entry = self._entry.model_copy(update={"params": dict(params)})
        self._groups = groups_of(self._entry, self._names)
        self._set_hypers()

    def in_force(self) -> dict[str, Any]:
        """Return each weight's ``Hyper`` of the next step."""
        now = self._now()
        return {name: now[self._moved_by[name]] for name in self._names}

    def _now(self) -> list[Any]:
        """Return each group's ``Hyper`` of the next step."""
        if self._schedule is None:
            return self._hypers
        return [
            hyper if schedule is None else schedule.hyper(hyper, dict(state))
            for hyper, schedule, state in zip(self._hypers, self._schedules, self._scheduled["groups"], strict=True)
        ]

    def hyperparameters(self) -> dict[str, float]:
        """Name the rest's as they are, and a group's with that in front: ``groups[0].lr``."""
        return grouped_numbers(zip(self._groups, self._now(), strict=True))


def grouped_numbers(hypers: Iterable[tuple[Group, Any]]) -> dict[str, float]:
    """Return the hyperparameters of groups that are numbers, each with its group in front of its name."""
    return {
        f"{group.prefix}{name}": value for group, hyper in hypers for name, value in numbers_of(hyper._asdict()).items()
    }


def diy_lane(spec: ExperimentSpec, entry: int, start: Sequence[Array], draw: Draw | None = None) -> DiyLane:
    """Return the textbook's lane of an optimizer entry, whose steps' masks ``draw`` gives."""
    one = spec.optimizers[entry]
    return (GroupedLane if one.groups else DiyLane)(spec, one, start, draw)
