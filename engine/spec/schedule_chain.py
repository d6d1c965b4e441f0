"""Schedules one after another, by hand: torch's ``SequentialLR``, with a warm-up as the first of them.

Each begins anew at its milestone, from the base rate, as if no other had been there. Where torch departs from this, it
is because all of them write into one group of parameters when they are made, in their order, and before any has begun:

- ``OneCycleLR`` puts its own first rate in the place of the base, for those after it, and for the first of all, which
  goes on from what stands in the group. Made first, ``CyclicLR`` does the same with its lowest rate.
- Of several ``OneCycleLR`` all take the highest and lowest rate of the last, and the momenta of the last to move one.
- A momentum stands where the last that moved it has left it; before any has begun, where the last begins that will.
"""

from bisect import bisect_right
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NamedTuple

from engine.diy.schedules import SCHEDULES, linear_lr

from .hyperparameters import complete_schedule
from .model import ScheduleSpec

ONE_CYCLE, CYCLE, WAVE, RESTARTS = "OneCycleLR", "CyclicLR", "CosineAnnealingLR", "CosineAnnealingWarmRestarts"
WARMUP = "LinearLR"


class Phase(NamedTuple):
    """Hold a schedule that begins after ``begin`` steps; ``last`` is its last step, counted from 0, None: no last."""

    name: str
    module: ModuleType
    hyper: Any
    begin: int
    last: int | None = None

    @property
    def moves_momentum(self) -> bool:
        return getattr(self.hyper, "cycle_momentum", False)

    def momentum(self, t: int) -> float:
        """Return momentum, or first beta, ``t`` steps after its begin, or, by then, where it has ended."""
        since = max(t - self.begin, 0)
        return float(self.module.momentum(since if self.last is None else min(since, self.last), self.hyper))


def phases_of(schedules: Sequence[ScheduleSpec]) -> list[Phase]:
    """Return the schedules of an entry as phases, its warm-up first, each with the numbers that torch's has."""
    made: list[tuple[str, Any, int | None]] = []
    if schedules[0].warmup is not None:
        warmup = schedules[0].warmup
        made.append((WARMUP, linear_lr.Hyper(warmup.start_factor, total_iters=warmup.steps), warmup.steps))
    made += [(one.name, complete_schedule(one.name, one.params), one.steps) for one in schedules]
    begins = milestones([steps for _, _, steps in made])
    phases = [
        Phase(name, SCHEDULES[name], hyper, begin, None if steps is None else steps - 1)
        for (name, hyper, steps), begin in zip(made, begins, strict=True)
    ]
    return _sharing_a_group(phases)


def milestones(steps: Sequence[int | None]) -> list[int]:
    """Return after how many steps each begins, of how many each takes; the first after none."""
    begins = [0]
    for count in steps[:-1]:
        assert count is not None, "all but the last have an end"
        begins.append(begins[-1] + count)
    return begins


def _sharing_a_group(phases: list[Phase]) -> list[Phase]:
    """Give every ``OneCycleLR`` what the last ones have left in torch's group of parameters."""
    cycles = [phase.hyper for phase in phases if phase.name == ONE_CYCLE]
    moving = [phase.hyper for phase in phases if phase.moves_momentum]
    if not cycles:
        return phases
    shared = {name: getattr(cycles[-1], name) for name in ("max_lr", "div_factor", "final_div_factor")}
    if moving:
        shared |= {name: getattr(moving[-1], name) for name in ("base_momentum", "max_momentum")}
    return [
        phase._replace(hyper=phase.hyper._replace(**shared)) if phase.name == ONE_CYCLE else phase for phase in phases
    ]


class Chain:
    """Tell the rate and the momentum after any number of steps. Rates of K networks may be an array (K, 1, 1)."""

    def __init__(self, schedules: Sequence[ScheduleSpec]):
        self._first_rates = [_own_first_rate(schedule) for schedule in schedules]
        if schedules[0].warmup is not None:
            self._first_rates.insert(0, None)
        self.phases = phases_of(schedules)
        self._begins = [phase.begin for phase in self.phases]
        self._moving = [phase for phase in self.phases if phase.moves_momentum]
        self.moves_momentum = bool(self._moving)

    @property
    def turns(self) -> list[int]:
        """Return after how many steps another phase, another base or another momentum may be in force."""
        first = self.phases[0]
        return sorted({*self._begins, first.hyper.T_max + 1} if first.name == WAVE else self._begins)

    def rate(self, t: int, base: Any) -> Any:
        """Return the rate after ``t`` steps, which is not bounded yet."""
        phase = self.phase_at(t)
        return phase.module.rate(t - phase.begin, self.base_at(t, base), phase.hyper)

    def momentum(self, t: int) -> float:
        """Return momentum, or first beta, after ``t`` steps, where some phase moves it."""
        return self.mover_at(t).momentum(t)

    def phase_at(self, t: int) -> Phase:
        """Return the phase at work after ``t`` steps."""
        return self.phases[self._place(t)]

    def mover_at(self, t: int) -> Phase:
        """Return the phase whose momentum stands after ``t`` steps, where some phase moves it."""
        begun = [phase for phase in self._moving if phase.begin <= t]
        return (begun or self._moving)[-1]

    def _place(self, t: int) -> int:
        return bisect_right(self._begins, t) - 1

    def base_at(self, t: int, base: Any = None) -> Any:
        """Return what the phase at work takes for the base rate: what stood for it when torch's object was made."""
        place = self._place(t)
        made = self._standing(base, place + 1)
        if place > 0:
            return made
        final = self._standing(base, len(self.phases))
        if self.phases[0].name == RESTARTS or (self.phases[0].name == WAVE and t > self.phases[0].hyper.T_max):
            return made  # these come back to their own base
        return final

    def _standing(self, base: Any, count: int) -> Any:
        """Return what stands for the base once so many of torch's objects are made."""
        for place, own in reversed(list(enumerate(self._first_rates[:count]))):
            if own is not None and (place == 0 or self.phases[place].name == ONE_CYCLE):
                return own
        return base


def _own_first_rate(schedule: ScheduleSpec) -> float | None:
    """Return the rate that a cycle begins with, whatever the base is."""
    hyper = complete_schedule(schedule.name, schedule.params)
    if schedule.name == ONE_CYCLE:
        return hyper.max_lr / hyper.div_factor
    return hyper.base_lr if schedule.name == CYCLE else None
