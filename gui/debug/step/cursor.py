"""Where one is in a traced step, and where each key leads: pure functions, no widgets, no messages.

The cursor is an index into ``Traced.lines``: the line about to run. ``len(lines)`` is the step's end. Each move
has one that goes back: what is recorded can be walked both ways.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from engine.protocol import Binding, Call, Function, Line, Source, Traced

Place = tuple[str, int]  # a file of the textbook and a line of it, from 1
Move = Callable[[Traced, int], int]


class StackFrame(NamedTuple):
    """Hold a call under way. ``event``: the line it stands at, the cursor's or the call of the next frame."""

    call: int
    event: int
    title: str  # the function's name, after its file's where several functions share one
    layer: int | str | None
    weight: str | None
    file: str
    line: int


class Variables(NamedTuple):
    """Hold the values of a frame's names. ``fresh``: those that the line just run has made."""

    bindings: tuple[Binding, ...]
    fresh: frozenset[str]


# --- moves -----------------------------------------------------------------------------------


def step_into(traced: Traced, event: int) -> int:
    """Return the next line that runs, in whichever function."""
    return min(event + 1, len(traced.lines))


def step_into_back(traced: Traced, event: int) -> int:
    return max(min(event, len(traced.lines)) - 1, 0)


def step_over(traced: Traced, event: int) -> int:
    """Return the next line of this call, past whatever it calls; the caller's where the call ends."""
    if event >= len(traced.lines):
        return len(traced.lines)
    return _next_in(traced, event, set(_lineage(traced, traced.lines[event].call)))


def step_over_back(traced: Traced, event: int) -> int:
    """Return the line of this call that ran before; at its first, the line that called."""
    if event >= len(traced.lines):
        return _last_of_outermost(traced)
    return _previous_in(traced, event, set(_lineage(traced, traced.lines[event].call)))


def step_out(traced: Traced, event: int) -> int:
    """Find the event at which the caller goes on."""
    if event >= len(traced.lines):
        return len(traced.lines)
    return _next_in(traced, event, set(_lineage(traced, traced.lines[event].call)[1:]))


def step_out_back(traced: Traced, event: int) -> int:
    """Return the line that called; the step's first line in the outermost call."""
    if event >= len(traced.lines):
        return 0
    caller = traced.calls[traced.lines[event].call].caller
    return 0 if caller is None else caller


def next_stage(traced: Traced, event: int) -> int:
    return min((stage.first for stage in traced.stages if stage.first > event), default=len(traced.lines))


def previous_stage(traced: Traced, event: int) -> int:
    """Return the beginning of this stage; from there, that of the one before."""
    return max((stage.first for stage in traced.stages if stage.first < event), default=0)


def run_to_next(traced: Traced, event: int, places: Collection[Place]) -> int | None:
    """Return the first line after the cursor at one of these places."""
    return next((found for found in events_at(traced, places) if found > event), None)


# --- places ----------------------------------------------------------------------------------


def call_at(traced: Traced, event: int) -> int | None:
    """Return the call whose line the cursor is at; at the end the outermost. None in an empty trace."""
    if not traced.lines:
        return None
    return traced.lines[event].call if event < len(traced.lines) else traced.lines[_last_of_outermost(traced)].call


def function_of(traced: Traced, call: int) -> Function:
    return traced.functions[traced.calls[call].function]


def source_of(traced: Traced, call: int) -> Source:
    return traced.sources[function_of(traced, call).source]


def place_of(traced: Traced, event: int) -> Place:
    line = traced.lines[event]
    return source_of(traced, line.call).file, line.line


def stage_at(traced: Traced, event: int) -> int | None:
    """Return the stage that the cursor is in; None at the step's end."""
    return traced.lines[event].stage if event < len(traced.lines) else None


def events_at(traced: Traced, places: Collection[Place]) -> list[int]:
    """Return every time that one of these places is run, in order."""
    return [event for event in range(len(traced.lines)) if place_of(traced, event) in places] if places else []


def same_place(old: Traced, event: int, new: Traced) -> int:
    """Find another trace's event at the same function and line, as many times; else its stage, else the start."""
    if event >= len(old.lines):
        return len(new.lines)
    occurrence = sum(1 for before in range(event) if _spot(old, before) == _spot(old, event))
    alike = [other for other in range(len(new.lines)) if _spot(new, other) == _spot(old, event)]
    if alike:
        return alike[min(occurrence, len(alike) - 1)]
    stage = old.stages[old.lines[event].stage].name
    return next((other.first for other in new.stages if other.name == stage), 0)


def making(traced: Traced, twin: str, stage: str | None = None) -> int | None:
    """Return the line that first gave torch's ``twin`` its like, the innermost: a line is done after what it calls.

    Where a function returned it among other things, its ``return``. ``stage``: look there alone.
    """
    makers = (event for event in _as_done(traced) if _makes(traced, traced.lines[event], twin, stage))
    event = next(makers, None)
    if event is None or len(traced.lines[event].made) == 1:
        return event
    called = [at for at, line in enumerate(traced.lines) if traced.calls[line.call].caller == event]
    returned = bool(called) and any(made.name == "return" for made in traced.lines[called[-1]].made)
    return called[-1] if returned else event


def _as_done(traced: Traced) -> list[int]:
    """All events, in the order in which their lines were through."""
    done = list(range(len(traced.lines)))
    for event in reversed(done[:]):
        caller = traced.calls[traced.lines[event].call].caller
        if caller is not None:
            done[caller] = max(done[caller], done[event])
    return sorted(range(len(done)), key=lambda event: (done[event], -event))


# --- what is there ---------------------------------------------------------------------------


def stack_at(traced: Traced, event: int) -> tuple[StackFrame, ...]:
    """Return the calls under way, outermost first."""
    call = call_at(traced, event)
    if call is None:
        return ()
    at: int | None = min(event, _last_of_outermost(traced)) if event >= len(traced.lines) else event
    frames = []
    while at is not None:
        call = traced.lines[at].call
        _, _, layer, weight, _ = traced.calls[call]
        frames.append(StackFrame(call, at, title_of(traced, call), layer, weight, *place_of(traced, at)))
        at = traced.calls[call].caller
    return tuple(reversed(frames))


def title_of(traced: Traced, call: int) -> str:
    """Write a call's title: ``backward``; ``adam.update`` where another function of that name was called too."""
    function = function_of(traced, call)
    namesakes = sum(other.name == function.name for other in traced.functions)
    file = source_of(traced, call).file.rpartition("/")[2].removesuffix(".py")
    return f"{file}.{function.name}" if namesakes > 1 else function.name


def variables_at(traced: Traced, event: int) -> Variables:
    """Return what the call that ``event`` belongs to has in its names before that line runs."""
    call = call_at(traced, event)
    if call is None:
        return Variables((), frozenset())
    held = {binding.name: binding for binding in traced.calls[call].arguments}
    fresh = frozenset(held)
    for _, line in _lines_before(traced, event, call):
        held.update((binding.name, binding) for binding in line.made)
        fresh = frozenset(binding.name for binding in line.made)
    return Variables(tuple(held.values()), fresh)


def line_values(traced: Traced, event: int) -> dict[int, tuple[Binding, ...]]:
    """Return what each line of the call that ran before ``event`` made the last time."""
    call = call_at(traced, event)
    return {} if call is None else {line.line: line.made for _, line in _lines_before(traced, event, call)}


def _lines_before(traced: Traced, event: int, call: int) -> Iterator[tuple[int, Line]]:
    events = _events_of_calls(traced).get(call, [])
    return ((at, traced.lines[at]) for at in events[: bisect_left(events, event)])


class _Newest(NamedTuple):
    """Hold the events of each call of the trace that was asked about last: a long one is looked through once."""

    traced: Traced
    events: dict[int, list[int]]


_newest: list[_Newest] = []


def _events_of_calls(traced: Traced) -> dict[int, list[int]]:
    if not _newest or _newest[0].traced is not traced:
        events: dict[int, list[int]] = {}
        for event, line in enumerate(traced.lines):
            events.setdefault(line.call, []).append(event)
        _newest[:] = [_Newest(traced, events)]
    return _newest[0].events


def _lineage(traced: Traced, call: int) -> list[int]:
    """Return the call, its caller, and so on to the outermost."""
    calls = [call]
    while (caller := _caller(traced, traced.calls[calls[-1]])) is not None:
        calls.append(caller)
    return calls


def _caller(traced: Traced, call: Call) -> int | None:
    return None if call.caller is None else traced.lines[call.caller].call


def _next_in(traced: Traced, event: int, calls: Collection[int]) -> int:
    later = range(event + 1, len(traced.lines))
    return next((other for other in later if traced.lines[other].call in calls), len(traced.lines))


def _previous_in(traced: Traced, event: int, calls: Collection[int]) -> int:
    earlier = range(event - 1, -1, -1)
    return next((other for other in earlier if traced.lines[other].call in calls), 0)


def _last_of_outermost(traced: Traced) -> int:
    ends = (events[-1] for call, events in _events_of_calls(traced).items() if traced.calls[call].caller is None)
    return max(ends, default=0)


def _spot(traced: Traced, event: int) -> tuple[str, str, int]:
    line = traced.lines[event]
    return source_of(traced, line.call).file, function_of(traced, line.call).name, line.line


def _makes(traced: Traced, line: Line, twin: str, stage: str | None) -> bool:
    if stage is not None and traced.stages[line.stage].name != stage:
        return False
    return any(traced.values[made.value].twin == twin for made in line.made)
