"""Finds places in a recorded step: where a stage or a line begins, which line made a value, which one NaN."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import numpy as np

from engine.lane.names import is_given
from engine.lane.stage import stage_of
from engine.layer_names import layer_of
from engine.recording.recorder import RETURN, relative

from .trace import Trace, TwinStep

Made = tuple[int, int, str, Any]  # an event, its call, a variable, and what it holds


class NotFinite(NamedTuple):
    """Locate where a NaN or an infinity began. ``event``, ``file``, ``line`` are None where no line of ours made it."""

    tensor: str
    stage: str
    event: int | None = None
    file: str | None = None
    line: int | None = None


def first_event(
    trace: Trace | TwinStep,
    *,
    stage: str | None = None,
    layer: int | None = None,
    file: str | None = None,
    line: int | None = None,
    after: int = -1,
) -> int | None:
    """Find the first event after ``after`` that begins a stage of a kind (of a layer or inside it), or a file's line.

    None where there is none: torch's own step has no lines.
    """
    if isinstance(trace, TwinStep):
        return None
    if stage is not None:
        spans = (span for span in trace.stages.spans if span.name.rpartition(".")[2] == stage)
        firsts = (span.first for span in spans if layer in (None, layer_of(span.name)) or stage == "loss")
        return next((first for first in firsts if first > after), None)
    for event in range(after + 1, len(trace.lines)):
        if trace.lines[event].line == line and file_of(trace, event) == file:
            return event
    return None


def file_of(trace: Trace, event: int) -> str | None:
    """Return the event's file, relative to the textbook's folder; of own code as the experiment has it."""
    file = trace.calls[trace.lines[event].call].code.co_filename
    return relative(file) or file


def event_of(trace: Trace, tensor: str) -> int | None:
    """Return the line that made the value of that name, the innermost one; None where no line did."""
    made = ((event, trace.twin_name(value, variable, call)) for event, call, variable, value in _made(trace))
    return next((event for event, name in made if name == tensor), None)


def first_not_finite(trace: Trace | TwinStep) -> NotFinite | None:
    """Return the first number or array with a NaN or an infinity in it that a line of the DIY step made.

    Where it made none, the first one that came up on torch's side.
    """
    if isinstance(trace, TwinStep):
        return _first_not_finite_of(trace)
    handed_on = {id(value) for name, value in trace.named.items() if is_given(name)}
    for made in _made(trace):
        if id(made[-1]) not in handed_on and not _is_finite(made[-1]):
            event, call, variable, value = _origin(trace, made, handed_on)
            name = trace.twin_name(value, variable, call) or variable
            return NotFinite(name, trace.stage_of(event), event, file_of(trace, event), trace.lines[event].line)
    return None if trace.twin is None else _first_not_finite_of(trace.twin)


def _first_not_finite_of(step: TwinStep) -> NotFinite | None:
    """Of a step of which no lines are known."""
    broken = (name for name, value in step.recorded.items() if not _is_finite(value))
    return next((NotFinite(name, stage_of(name)) for name in broken), None)


def _origin(trace: Trace, made: Made, handed_on: Collection[int]) -> Made:
    """Find the first value that broke, which the line may have without a name: ``return mean(e * e)``."""
    while (caller := trace.calls[made[1]].caller) is not None:
        given = trace.calls[made[1]].arguments.items()
        broken = ((name, value) for name, value in given if id(value) not in handed_on and not _is_finite(value))
        if (found := next(broken, None)) is None:
            break
        made = caller, trace.lines[caller].call, *found
    return made


def _made(trace: Trace) -> Iterator[Made]:
    """Event, call, variable and value of all that was made, in the order in which it was: a line that calls
    a function has made something only when that has returned.
    """
    last = list(range(len(trace.lines)))  # of the lines that ran until the event's line was through
    for event in reversed(range(len(last))):
        caller = trace.calls[trace.lines[event].call].caller
        if caller is not None:
            last[caller] = max(last[caller], last[event])
    for event in sorted(range(len(trace.lines)), key=lambda event: (last[event], -event)):
        line = trace.lines[event]
        for variable, value in line.made.items():
            parts = _parts(value) if variable == RETURN else (value,)
            yield from ((event, line.call, variable, part) for part in parts)


def _parts(value: Any) -> Iterator[Any]:
    """Yield what a function returns, several things at once taken apart: ``return weight - lr * step, State(b)``."""
    if isinstance(value, tuple):
        for part in value:
            yield from _parts(part)
    else:
        yield value


def _is_finite(value: Any) -> bool:
    """Whether nothing in a value is NaN or infinite; true of what is no number."""
    return not isinstance(value, (float, np.floating, np.ndarray)) or bool(np.isfinite(value).all())
