"""What can be wrong with the learning rate's schedule of an optimizer entry, and with its clipping."""

import sys
from collections.abc import Iterator
from typing import Any

from .faults import Fault, Path, shown, unknown_name
from .hyperparameters import (
    complete_schedule,
    cycled_field,
    looks_at_loss,
    one_cycle_steps,
    optimizer_names,
    schedule_conflicts,
    schedule_fields,
    schedule_names,
)
from .model import ClipSpec, OptimizerSpec, ScheduleSpec
from .param_checks import params_faults


def schedule_faults(path: Path, entry: OptimizerSpec) -> Iterator[Fault]:
    """Find faults of a schedule; ``path`` leads to the optimizer entry."""
    if entry.schedule is None:
        return
    yield from _rate_faults((*path, "params", "lr"), entry.params.get("lr"))
    is_chain = not isinstance(entry.schedule, ScheduleSpec)
    for place, schedule in enumerate(entry.phases):
        at: Path = (*path, "schedule", place) if is_chain else (*path, "schedule")
        yield from _one_schedule_faults(at, schedule, entry.name, is_chain=is_chain)
        yield from _place_faults(at, schedule, is_first=place == 0, is_last=place == len(entry.phases) - 1)


def group_schedule_faults(path: Path, at: Path, given: dict[str, Any], group: OptimizerSpec) -> Iterator[Fault]:
    """Find what a group has that an entry's schedules cannot move; ``at`` leads to the group, ``path`` to the entry."""
    if group.schedule is None:
        return
    yield from _rate_faults((*at, "params", "lr"), given.get("lr"))
    for place, schedule in enumerate(group.phases):
        phase = () if schedule is group.schedule else (place,)
        yield from _cycles_faults((*path, "schedule", *phase), schedule, group.name)


def _one_schedule_faults(path: Path, schedule: ScheduleSpec, optimizer: str, *, is_chain: bool) -> Iterator[Fault]:
    if schedule.name not in schedule_names():
        yield unknown_name((*path, "name"), schedule.name, schedule_names())
        return
    wrong = list(params_faults((*path, "params"), schedule.params, schedule_fields(schedule.name)))
    yield from wrong or _joint_faults((*path, "params"), schedule, optimizer)
    if not wrong and schedule.name == "OneCycleLR" and schedule.steps is not None:
        planned = one_cycle_steps(complete_schedule(schedule.name, schedule.params))
        if 0 < planned < schedule.steps:
            yield Fault((*path, "steps"), "out_of_range", {"accepted": f"≤ {planned}", "given": shown(schedule.steps)})
    if is_chain and looks_at_loss(schedule.name):
        yield Fault((*path, "name"), "no_chain", {"name": schedule.name})
    elif schedule.warmup is not None and looks_at_loss(schedule.name):
        yield Fault((*path, "warmup"), "no_warmup", {"name": schedule.name})


def _place_faults(path: Path, schedule: ScheduleSpec, *, is_first: bool, is_last: bool) -> Iterator[Fault]:
    """Yield faults of what only the first of a chain may have, or all but the last."""
    if schedule.warmup is not None and not is_first:
        yield Fault((*path, "warmup"), "warmup_in_chain")
    if is_last and schedule.steps is not None:
        yield Fault((*path, "steps"), "steps_of_last")
    elif not is_last and schedule.steps is None:
        yield Fault((*path, "steps"), "missing")


def _rate_faults(path: Path, given: Any) -> Iterator[Fault]:
    """Yield faults of the rates: a schedule leads on from the rate given, and none of its rates is larger than this."""
    from engine.diy.schedules.hyper import LARGEST_RATE

    if isinstance(given, (int, float)) and LARGEST_RATE < given <= sys.float_info.max:
        yield Fault(path, "out_of_range", {"accepted": f"≤ {LARGEST_RATE:g}", "given": shown(given)})


def _joint_faults(path: Path, schedule: ScheduleSpec, optimizer: str) -> Iterator[Fault]:
    for name, code in schedule_conflicts(schedule.name, schedule.params):
        yield Fault((*path, name), code)
    yield from _cycles_faults(path[:-1], schedule, optimizer)


def _cycles_faults(path: Path, schedule: ScheduleSpec, optimizer: str) -> Iterator[Fault]:
    if schedule.name not in schedule_names() or any(params_faults((), schedule.params, schedule_fields(schedule.name))):
        return
    cycles = getattr(complete_schedule(schedule.name, schedule.params), "cycle_momentum", False)
    if cycles and optimizer in optimizer_names() and cycled_field(optimizer) is None:
        yield Fault((*path, "params", "cycle_momentum"), "no_momentum", {"name": optimizer})


def clip_faults(path: Path, clip: ClipSpec | None) -> Iterator[Fault]:
    """Find faults of a clip; ``path`` leads to the optimizer entry."""
    if clip is None:
        return
    if clip.norm is None and clip.value is None:
        yield Fault((*path, "clip"), "clip_nothing")
    elif clip.norm is not None and clip.value is not None:
        yield Fault((*path, "clip"), "clip_twice")
