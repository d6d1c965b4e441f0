"""Where the breakpoints of an experiment stop within one traced step.

Conditions are the engine's: they stop before an update, and only the engine has their numbers.
"""

from collections.abc import Iterator, Sequence

from engine.protocol import Traced
from engine.spec import Breakpoint, LineBreakpoint, StageBreakpoint, layer_of

from .cursor import events_at


def stop_events(traced: Traced, breakpoints: Sequence[Breakpoint], hits: Sequence[int] = ()) -> dict[int, int]:
    """Return the events at which an enabled line or stage breakpoint stops, in order, each with its breakpoint's index.

    ``hits``: how often each was met up to this step, if it is met in it; only the engine counts, so one that waits for
    its n-th hit stops here only if that is known.
    """
    stops: dict[int, int] = {}
    for index, breakpoint_ in enumerate(breakpoints):
        count = hits[index] if index < len(hits) else 1
        if breakpoint_.enabled and breakpoint_.hits <= count:
            stops = dict.fromkeys(_events(traced, breakpoint_), index) | stops  # of two at one place the first
    return dict(sorted(stops.items()))


def _events(traced: Traced, breakpoint_: Breakpoint) -> Iterator[int]:
    if isinstance(breakpoint_, LineBreakpoint):
        yield from events_at(traced, {(breakpoint_.file, breakpoint_.line)})
    elif isinstance(breakpoint_, StageBreakpoint):
        yield from (stage.first for stage in traced.stages if _is_of(stage.name, breakpoint_))


def _is_of(stage: str, breakpoint_: StageBreakpoint) -> bool:
    """``layer1.update``, or ``loss``, which has no layer."""
    is_of_kind = stage.rpartition(".")[2] == breakpoint_.stage
    return is_of_kind and breakpoint_.layer in (None, layer_of(stage))
