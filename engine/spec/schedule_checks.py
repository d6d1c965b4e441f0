"""What can be wrong with the learning rate's schedule of an optimizer entry, and with its clipping."""

import sys
from collections.abc import Iterator
from typing import Any

from .faults import Fault, Path, shown, unknown_name
from .hyperparameters import (
    complete_schedule,
    cycled_field,
    looks_at_loss,
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
    schedule, path = entry.schedule, (*path, "schedule")
    if schedule.name not in schedule_names():
        yield unknown_name((*path, "name"), schedule.name, schedule_names())
        return
    wrong = list(params_faults((*path, "params"), schedule.params, schedule_fields(schedule.name)))
    yield from wrong or _joint_faults((*path, "params"), schedule, entry.name)
    if schedule.warmup is not None and looks_at_loss(schedule.name):
        yield Fault((*path, "warmup"), "no_warmup", {"name": schedule.name})


def _rate_faults(path: Path, given: Any) -> Iterator[Fault]:
    """Yield faults of the rates: a schedule leads on from the rate given, and none of its rates is larger than this."""
    from engine.diy.schedules.hyper import LARGEST_RATE

    if isinstance(given, (int, float)) and LARGEST_RATE < given <= sys.float_info.max:
        yield Fault(path, "out_of_range", {"accepted": f"≤ {LARGEST_RATE:g}", "given": shown(given)})


def _joint_faults(path: Path, schedule: ScheduleSpec, optimizer: str) -> Iterator[Fault]:
    for name, code in schedule_conflicts(schedule.name, schedule.params):
        yield Fault((*path, name), code)
    cycles = getattr(complete_schedule(schedule.name, schedule.params), "cycle_momentum", False)
    if cycles and optimizer in optimizer_names() and cycled_field(optimizer) is None:
        yield Fault((*path, "cycle_momentum"), "no_momentum", {"name": optimizer})


def clip_faults(path: Path, clip: ClipSpec | None) -> Iterator[Fault]:
    """Find faults of a clip; ``path`` leads to the optimizer entry."""
    if clip is None:
        return
    if clip.norm is None and clip.value is None:
        yield Fault((*path, "clip"), "clip_nothing")
    elif clip.norm is not None and clip.value is not None:
        yield Fault((*path, "clip"), "clip_twice")
