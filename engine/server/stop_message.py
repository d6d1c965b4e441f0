"""Why a run has stopped, told so that the window can open the debugger at the very line."""

from engine.protocol import Stopped
from engine.run.breakpoint_monitor import Hit
from engine.run.lockstep import Lockstep
from engine.spec import LineBreakpoint, StageBreakpoint
from engine.trace import first_event, first_not_finite

from .debugger import Debugger


def stopped(generation: int, hit: Hit, run: Lockstep, debugger: Debugger) -> Stopped:
    """Return the message for a hit in the step that the run stands before."""
    trace = debugger.trace_of(hit.entry, hit.step)
    told = Stopped(generation, hit.step, hit.entry, None, hit.breakpoint, hit.lane, hit.value)
    if hit.breakpoint is None:
        found = first_not_finite(trace)
        told = told._replace(lane=run.lanes[hit.broken[0]].id)
        return told if found is None else told._replace(**found._asdict())
    assert run.monitor is not None
    one = run.monitor.breakpoints[hit.breakpoint]
    if isinstance(one, LineBreakpoint):
        event = first_event(trace, file=one.file, line=one.line)
    elif isinstance(one, StageBreakpoint):
        event = first_event(trace, stage=one.stage, layer=one.layer)
    else:
        event = first_event(trace, stage="update")
    return told._replace(event=event)
