"""Answers what the window asks about a step: its trace, a value of it as a matrix, its formulas with numbers.

A step is recorded again whenever it is asked for, from where the lanes stood before it; the last few
traces are kept, as a person moves back and forth among them.
"""

from collections import OrderedDict

import numpy as np
from numpy import ndarray as Array

from engine.kept_source import holding
from engine.lane.diy_lane import DiyLane
from engine.lane.log_lane import LogLane
from engine.lane.own_lane import OwnLane
from engine.own.memory import CannotGoBack
from engine.protocol import Explain, Explained, LookAtValue, MapRequest, Traced, TraceStep, ValueMaps
from engine.run.lockstep import Lockstep
from engine.spec import code_of, parts_of
from engine.trace import Trace, TwinStep, trace_log_step, trace_step, twin_step
from engine.trace.message import Told, refused, tell
from engine.trace.trace import trace_own_step

from .frames import maps_of

KEPT = 8  # traces at most, and as many as fit in so many bytes; the newest one always
KEPT_BYTES = 128_000_000


class Debugger:
    """Look into the steps of a run; the run stays where it stands."""

    def __init__(self, run: Lockstep):
        self._run = run
        self._version = run.version  # of what every trace depends on
        self._traces: OrderedDict[tuple[int, int], Trace | TwinStep] = OrderedDict()
        self._told: dict[tuple[int, int], Told] = {}

    def trace(self, request: TraceStep) -> Traced:
        generation, entry, step = request
        if not 1 <= step <= self._run.newest + 1:
            return refused(generation, entry, step, "no_step")
        if self._run.ends is not None and step > self._run.ends:
            return refused(generation, entry, step, "log_ended")
        if self._run.lane_of(entry, "diy") is None:
            return refused(generation, entry, step, "no_diy_lane")
        try:
            return self._tell(entry, step).traced._replace(generation=generation)
        except CannotGoBack:
            return refused(generation, entry, step, "no_way_back")

    def look(self, request: LookAtValue) -> ValueMaps:
        """Return a value's maps. Raises LookupError where there is no such trace or value."""
        told = self._tell(request.entry, request.step)
        held = told.held[request.value]
        diy = matrix(held.value)
        if diy is None:
            return ValueMaps(request, None)
        torch = None if held.twin is None or told.trace.torch is None else matrix(told.trace.torch[held.twin])
        if torch is not None and torch.shape != diy.shape:
            torch = None
        if torch is not None and torch.dtype != diy.dtype:
            diy, torch = diy.astype(np.float64), torch.astype(np.float64)
        asked = MapRequest(request.entry, held.twin or "", "weight", request.pixels, request.at)
        return ValueMaps(request, maps_of(asked, diy, torch))

    def explain(self, request: Explain) -> Explained:
        """Explain a weight's element. Raises LookupError where there is no such trace, event, weight or element."""
        from engine.explain import explain

        trace = self._tell(request.entry, request.step).trace
        with holding(trace.texts):
            return explain(trace, request)

    def trace_of(self, entry: int, step: int) -> Trace | TwinStep:
        """Return the recorded step; torch's alone where the entry has no DIY lane.

        Raises LookupError where there is no such step.
        """
        if self._version != self._run.version:
            self._version = self._run.version
            self._traces.clear()
            self._told.clear()
        key = entry, step
        if key not in self._traces:
            self._traces[key] = self._record(entry, step)
            self._make_room()
        self._traces.move_to_end(key)
        return self._traces[key]

    def _make_room(self) -> None:
        while len(self._traces) > 1 and (len(self._traces) > KEPT or self._nbytes > KEPT_BYTES):
            oldest, _ = self._traces.popitem(last=False)
            self._told.pop(oldest, None)

    @property
    def _nbytes(self) -> int:
        return sum(trace.nbytes for trace in self._traces.values())

    def _record(self, entry: int, step: int) -> Trace | TwinStep:
        run = self._run
        if code_of(run.spec):
            return self._record_own(entry, step)
        spec, snapshots = run.before(step)
        stood = {one.backend: snapshots[place] for place, one in enumerate(run.lanes) if one.entry == entry}
        rows = run.batches.rows(step)
        log = run.lane_of(entry, "diy")
        if isinstance(log, LogLane):
            return trace_log_step(spec, entry, log, stood["diy"], stood.get("torch"), rows, step)
        if "diy" not in stood:
            return twin_step(spec, entry, stood["torch"], rows, step)
        return trace_step(spec, entry, stood["diy"], stood.get("torch"), rows, step)

    def _record_own(self, entry: int, step: int) -> Trace | TwinStep:
        """Record a step of lanes with own code: what that remembers is theirs alone."""
        run = self._run
        with run.standing_before(step):
            batch, diy, twin = run.batches.rows(step), run.lane_of(entry, "diy"), run.lane_of(entry, "torch")
            reference = twin if isinstance(twin, OwnLane) else None
            torch = None if twin is None else reference.weights_alone() if reference is not None else twin.snapshot()
            if diy is None:
                assert torch is not None
                return twin_step(run.spec, entry, torch, batch, step)
            if isinstance(diy, LogLane) and not parts_of(run.spec):
                return trace_log_step(run.spec, entry, diy, diy.snapshot(), torch, batch, step)
            if isinstance(diy, DiyLane) and (isinstance(diy, OwnLane) or parts_of(run.spec)):
                return trace_own_step(run.spec, entry, diy, torch, batch, step, reference)
            return trace_step(run.spec, entry, diy.snapshot(), torch, batch, step)

    def _tell(self, entry: int, step: int) -> Told:
        trace = self.trace_of(entry, step)
        if isinstance(trace, TwinStep):
            raise LookupError(f"optimizer entry {entry} has no DIY lane")
        if (entry, step) not in self._told:
            with holding(trace.texts):
                self._told[entry, step] = tell(trace, -1, step)
        return self._told[entry, step]


def matrix(value: object) -> Array | None:
    """Return an array as a matrix of float32 or float64, a vector as one row; None where it is none.

    Of more axes all but the last are its rows, the one before the last fastest.
    """
    if not isinstance(value, np.ndarray) or not value.ndim:
        return None
    flat = value.reshape(-1, value.shape[-1])
    return (flat if value.dtype == np.float32 else flat.astype(np.float64)).copy()
