"""An optimizer entry's learning rate from step to step by torch's own schedulers: the twin of ``engine.spec.schedule``.

Most of torch's schedulers work each rate out from the one before. So a state holds the rate itself, and is taken up
again by making new objects, moving their counters, and handing them that rate: going on from there is exact.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from torch.optim import Optimizer, lr_scheduler

from engine.diy.schedules.hyper import LARGEST_RATE
from engine.lane.lane import numbers_of
from engine.spec import OptimizerSpec, ScheduleSpec, complete
from engine.spec.hyperparameters import complete_schedule, cycled_field
from engine.spec.schedule_chain import milestones

from .named import optimizer_class, schedule_class

Plateau = lr_scheduler.ReduceLROnPlateau
State = Mapping[str, Any]


class TorchSchedule:
    """Step torch's scheduler after each of the optimizer's steps; ``state`` is ``Schedule``'s and the rate at hand.

    The optimizer may have several groups of parameters, with an entry each: torch moves each one's own rate.
    """

    def __init__(self, optimizer: Optimizer, *entries: OptimizerSpec):
        self._optimizer, self._specs = optimizer, entries[0].phases
        self._cycled = cycled_field(entries[0].name)
        self._bases: list[float] = [complete(entry.name, entry.params).lr for entry in entries]
        self.restore(None)

    @property
    def _groups(self) -> list[dict[str, Any]]:
        """The optimizer's groups of parameters: the rates in force are in there."""
        return self._optimizer.param_groups

    def step(self, loss: float) -> None:
        """Step behind the optimizer's step of this loss. Where torch's schedule ends or breaks off, the rate stays."""
        if self._scheduler is None:
            return
        self._t += 1
        self._known = None
        if isinstance(self._scheduler, Plateau):
            self._scheduler.step(loss)
        elif self._t <= self._last:
            self._advance()
        self._settle()

    def _advance(self) -> None:
        try:
            self._scheduler.step()
        except OverflowError:
            self._outgrow()

    def _outgrow(self) -> None:
        """Let a factor above 1 outgrow any number; but "triangular2" has long been at its bottom, and stays there."""
        if not isinstance(self._current(self._t), lr_scheduler.CyclicLR):
            for group, base in zip(self._groups, self._bases, strict=True):
                group["lr"] = LARGEST_RATE if base else 0.0

    def _settle(self) -> None:
        """Note the rates, within what a step can take."""
        for group in self._groups:
            rate = group["lr"]
            group["lr"] = min(rate, LARGEST_RATE) if rate == rate else 0.0
        self._rates = [group["lr"] for group in self._groups]

    def values(self, place: int = 0) -> dict[str, Any]:
        """Return what is in force in a group for the next step: ``lr``, and what a cycle moves as momentum."""
        names = ("lr", self._cycled) if self._cycled else ("lr",)
        return {name: self._groups[place][name] for name in names}

    # --- taken up again ------------------------------------------------------------------------

    def state(self, place: int = 0) -> State:
        """Return where it stands with a group."""
        if self._scheduler is None:
            return {}
        state = {"t": self._t, "lr": self._rates[place], "base": self._bases[place]}
        if isinstance(self._scheduler, Plateau):
            counted = self._scheduler
            state |= {"best": counted.best, "bad": counted.num_bad_epochs, "cooldown": counted.cooldown_counter}
        return state

    def states(self) -> tuple[State, ...]:
        return tuple(self.state(place) for place in range(len(self._groups)))

    def restore(self, *states: State | None) -> None:
        """Stand where each group's ``state`` says, with the base rate that is in force; None: at the beginning."""
        self._known = tuple(state for state in states if state) or None
        self._make()
        self._place(self._known)

    def rebase(self, *hypers: Any) -> None:
        """Go on from this step with other hyperparameters. What plateaus have led to is kept, as a factor.

        It is always the state that the last step left which is carried over, so that several changes between two
        steps come to the same as the last of them alone.
        """
        self._known = self._known or self.states()
        self._bases = [hyper.lr for hyper in hypers]
        for group, hyper in zip(self._groups, hypers, strict=True):
            if self._cycled:
                group[self._cycled] = getattr(hyper, self._cycled)
        self._make()
        self._place(self._known)

    def _make(self) -> None:
        """Make new objects, at the beginning."""
        self._t, self._last = 0, float("inf")
        for group, base in zip(self._groups, self._bases, strict=True):
            group["lr"] = base
            group.pop("initial_lr", None)
        self._scheduler: Any = None
        self._phases: list[Any] = []
        if not self._specs:
            return
        warmup = self._specs[0].warmup
        steps = [phase.steps for phase in self._specs]
        if warmup is not None:
            start = warmup.start_factor
            self._phases = [lr_scheduler.LinearLR(self._optimizer, start_factor=start, total_iters=warmup.steps)]
            steps.insert(0, warmup.steps)
        self._phases += [_scheduler_of(self._optimizer, spec) for spec in self._specs]
        self._begins = milestones(steps)
        self._scheduler = self._phases[0]
        if len(self._phases) > 1:
            self._scheduler = lr_scheduler.SequentialLR(self._optimizer, self._phases, milestones=self._begins[1:])
        if isinstance(last := self._phases[-1], lr_scheduler.OneCycleLR):
            self._last = self._begins[-1] + last.total_steps - 1
        vars(self._optimizer)["_opt_called"] = True  # or torch warns, as it cannot know that we keep to its order
        self._settle()

    def _place_of(self, t: int) -> int:
        """Return which of the phases is at work after ``t`` steps."""
        return bisect_right(self._begins, t) - 1

    def _current(self, t: int) -> Any:
        return self._phases[self._place_of(t)]

    def _place(self, states: Sequence[State] | None) -> None:
        if self._scheduler is None or not states or not states[0]:
            return
        self._t = states[0]["t"]
        if isinstance(self._scheduler, Plateau):
            _place_plateau(self._scheduler, states[0])
        else:
            self._move_counters(self._t if self._t <= self._last else int(self._last))
        for group, base, state in zip(self._groups, self._bases, states, strict=True):
            if isinstance(self._scheduler, Plateau):
                group["lr"] = state["lr"] * (base / state["base"]) if state["base"] else base
            elif state.get("base") == base:
                group["lr"] = state["lr"]
        self._settle()

    def _move_counters(self, t: int) -> None:
        """Stand after ``t`` steps, at the rate that torch's closed form has there.

        A cycle that is over stands where it ended, as the momentum does that it has left.
        """
        place = self._place_of(t)
        if len(self._phases) > 1:
            self._scheduler.last_epoch = t
        for before, end in enumerate(self._begins[1 : place + 1]):
            if getattr(self._phases[before], "cycle_momentum", False):
                self._phases[before]._update_lr(end - 1 - self._begins[before])
        self._move_counter(self._phases[place], t - self._begins[place])

    def _move_counter(self, current: Any, since: int) -> None:
        current.last_epoch, current._step_count = since, since + 1
        if isinstance(current, lr_scheduler.CosineAnnealingWarmRestarts):
            _place_wave(current, since)
        own, current.base_lrs = current.base_lrs, self._base_rates(current, since)
        try:
            current._update_lr(since)
        except OverflowError:
            self._outgrow()
        current.base_lrs = own

    def _base_rates(self, current: Any, since: int) -> Any:
        """Return what the closed form has to begin with, so that it comes to what stepping comes to.

        The first of several goes on from what OneCycleLR, made later, has put in the place of the base; but warm
        restarts, and a wave from its first end on, come back to what stood there when they were made.
        """
        keeps = isinstance(current, lr_scheduler.CosineAnnealingWarmRestarts | lr_scheduler.CyclicLR)
        is_back = isinstance(current, lr_scheduler.CosineAnnealingLR) and since > current.T_max
        if current is not self._phases[0] or keeps or is_back:
            return current.base_lrs
        return [group["initial_lr"] for group in self._groups]


def scheduled(entry: OptimizerSpec, state: State | None, loss: float) -> tuple[dict[str, float], State]:
    """Return what is in force at ``state`` (``lr``, ``momentum`` or ``betas[0]``), and the state after a step."""
    weight = torch.nn.Parameter(torch.zeros(1, 1, dtype=torch.float64))  # so that a state of any size has room
    kind = optimizer_class(entry.name)
    schedule = TorchSchedule(kind([weight], **complete(entry.name, entry.params)._asdict()), entry)
    schedule.restore(state)
    now = numbers_of(schedule.values())
    schedule.step(loss)
    return now, {**schedule.state(), "lr": schedule.values()["lr"]}


def rates_taken(
    entries: Sequence[OptimizerSpec], steps: int, changes: Mapping[int, Sequence[OptimizerSpec]]
) -> Iterator[list[dict[str, Any]]]:
    """Yield what is in force in each step, a dict for each of the groups that ``entries`` are of, all of one class.

    ``changes``: after which steps the groups have other hyperparameters. The schedule is none that looks at the losses.
    """
    weights = [torch.nn.Parameter(torch.zeros(1, 1, dtype=torch.float64)) for _ in entries]
    groups = [
        {"params": [weight], **complete(entry.name, entry.params)._asdict()}
        for weight, entry in zip(weights, entries, strict=True)
    ]
    usual = complete(entries[0].name, entries[0].params)._asdict()
    schedule = TorchSchedule(optimizer_class(entries[0].name)(groups, **usual), *entries)
    for step in range(steps):
        if step in changes:
            schedule.rebase(*(complete(entry.name, entry.params) for entry in changes[step]))
        yield [schedule.values(place) for place in range(len(entries))]
        schedule.step(math.nan)


def _scheduler_of(optimizer: Optimizer, spec: ScheduleSpec) -> Any:
    hyper = complete_schedule(spec.name, spec.params)
    return schedule_class(spec.name)(optimizer, **hyper._asdict())


def _place_plateau(scheduler: Plateau, state: State) -> None:
    scheduler.last_epoch, scheduler.best = state["t"], state["best"]
    scheduler.num_bad_epochs, scheduler.cooldown_counter = state["bad"], state["cooldown"]


def _place_wave(scheduler: lr_scheduler.CosineAnnealingWarmRestarts, t: int) -> None:
    """How far into its wave it is, as stepping would count it: torch's own leap to a step takes a logarithm."""
    length = scheduler.T_0
    if scheduler.T_mult == 1:
        t = t % length
    while t >= length:
        t, length = t - length, length * scheduler.T_mult
    scheduler.T_cur, scheduler.T_i = t, length
