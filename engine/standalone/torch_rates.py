"""The learning rate from step to step as a PyTorch script takes it: torch's own schedulers."""

from collections.abc import Iterator, Sequence

from engine.diy.schedules import SCHEDULES
from engine.spec import OptimizerSpec, ScheduleSpec
from engine.spec.hyperparameters import complete_schedule, looks_at_loss
from engine.spec.schedule_chain import ONE_CYCLE, milestones

from .literals import call_text, value_text

MODULE = "torch.optim.lr_scheduler"


def schedule_lines(entry: OptimizerSpec, optimizers: Sequence[str]) -> Iterator[str]:
    """Yield the lines that make each optimizer's scheduler."""
    for number, optimizer in enumerate(optimizers, start=1):
        if entry.phases:
            yield f"{_name(number, len(optimizers))} = {_made(entry, optimizer)}"


def schedule_step(entry: OptimizerSpec, optimizers: int) -> Iterator[str]:
    """Yield the lines that step the schedulers behind the optimizers."""
    if not entry.phases:
        return
    looks = looks_at_loss(entry.phases[0].name)
    lines = [
        f"{_name(number, optimizers)}.step({'loss.item()' if looks else ''})" for number in range(1, optimizers + 1)
    ]
    if (last := _last_step(entry)) is None:
        yield from lines
    else:  # torch raises beyond the end of its plan; here the rate stays
        yield f"if step <= {last}:  # there its plan ends, and the rate stays"
        yield from (f"    {line}" for line in lines)


def _name(number: int, count: int) -> str:
    return f"scheduler{number}" if count > 1 else "scheduler"


def _made(entry: OptimizerSpec, optimizer: str) -> str:
    phases = [_one(schedule, optimizer) for schedule in entry.phases]
    steps = [schedule.steps for schedule in entry.phases]
    warmup = entry.phases[0].warmup
    if warmup is not None:
        numbers = [("start_factor", warmup.start_factor), ("total_iters", warmup.steps)]
        phases.insert(0, _call(f"{MODULE}.LinearLR", optimizer, numbers))
        steps.insert(0, warmup.steps)
    if len(phases) == 1:
        return phases[0]
    rows = "".join(f"        {phase},\n" for phase in phases)
    begins = value_text(milestones(steps)[1:])
    return f"{MODULE}.SequentialLR(\n    {optimizer},\n    [\n{rows}    ],\n    milestones={begins},\n)"


def _one(schedule: ScheduleSpec, optimizer: str) -> str:
    hyper = complete_schedule(schedule.name, schedule.params)
    usual = hyper._field_defaults
    numbers = [(key, value) for key, value in hyper._asdict().items() if key not in usual or value != usual[key]]
    return _call(SCHEDULES.module(schedule.name).TORCH, optimizer, numbers)


def _call(name: str, optimizer: str, numbers: Sequence[tuple[str, object]]) -> str:
    more = call_text("", list(numbers))[1:]
    return f"{name}({optimizer}{', ' if numbers else ''}{more}"


def _last_step(entry: OptimizerSpec) -> int | None:
    """Return after which step torch's plan takes no further; None where it goes on for ever."""
    last = entry.phases[-1]
    if last.name != ONE_CYCLE:
        return None
    steps = [schedule.steps for schedule in entry.phases]
    if entry.phases[0].warmup is not None:
        steps.insert(0, entry.phases[0].warmup.steps)
    hyper = complete_schedule(last.name, last.params)
    total = hyper.total_steps or (hyper.epochs or 0) * (hyper.steps_per_epoch or 0)
    return milestones(steps)[-1] + total - 1
