"""What it costs to record a step line by line, and that a lane which is not being watched pays nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.lane.diy_lane import DiyLane
from engine.lane.lane import Snapshot
from engine.recording.probe import LineProbe
from engine.spec import ExperimentSpec, check
from engine.trace import Trace, trace_step
from engine.trace.message import tell
from tests.bench import Figure, bench, interleaved, ratio

TRACED_BOUND, AFTERWARDS_BOUND = 15.0, 1.05
STEPS, ROUNDS = 100, 61


def experiment(optimizer: str, size: int = 64, rows: int = 64) -> ExperimentSpec:
    """Two layers of ``size`` × ``size``."""
    rng = np.random.default_rng(0)
    raw = {
        "schema": 1,
        "data": {"x": rng.normal(size=(rows, size)).tolist(), "y": rng.normal(size=(rows, size)).tolist()},
        "network": {"layers": [{"units": size, "activation": "tanh"}, {"units": size}]},
        "optimizers": [{"name": optimizer}],
    }
    return check(raw)


def lane_of(spec: ExperimentSpec) -> DiyLane:
    return DiyLane(spec, spec.optimizers[0], initial_weights(spec))


def repeated(action: Callable[[], Any]) -> Callable[[int], object]:
    def run(steps: int) -> None:
        for _ in range(steps):
            action()

    return run


def snapshots_of(spec: ExperimentSpec) -> list[Snapshot]:
    return [make_lane(spec, 0, backend, initial_weights(spec)).snapshot() for backend in ("diy", "torch")]


@bench("trace")
def traced() -> Iterator[Figure]:
    """Recording alone is bounded; what torch's step and the summaries add is shown beside it."""
    for optimizer in ("SGD", "Adam"):
        spec = experiment(optimizer)
        plain, watched = lane_of(spec), lane_of(spec)
        diy, torch = snapshots_of(spec)

        def in_full(spec: ExperimentSpec = spec, diy: Snapshot = diy, torch: Snapshot = torch) -> Trace:
            return tell(trace_step(spec, 0, diy, torch, None), 1, 1).trace

        sides = {
            "plain": repeated(lambda lane=plain: lane.step(None)),
            "traced": repeated(lambda lane=watched: lane.traced_step(None)),
        }
        times = interleaved(sides, STEPS, ROUNDS)
        told = interleaved({"told": repeated(in_full)}, 1, ROUNDS)["told"]
        detail = f"{min(times['traced']) * 1e6:.0f} to {min(times['plain']) * 1e6:.0f} µs; "
        detail += f"with torch's step, summaries and verdicts {min(told) * 1e3:.1f} ms"
        name = f"64-64-64, {optimizer}: traced step / step"
        yield Figure(name, ratio(times, "traced", ("plain",)), TRACED_BOUND, detail)


@bench("trace-off")
def afterwards() -> Iterator[Figure]:
    """Two lanes alike, one of which was traced and probed before."""
    spec = experiment("Adam")
    never, once = lane_of(spec), lane_of(spec)
    once.traced_step(None)
    with LineProbe([("step.py", 42)]):
        once.step(None)
    sides = {"never": repeated(lambda: never.step(None)), "once": repeated(lambda: once.step(None))}
    times = interleaved(sides, STEPS, ROUNDS)
    detail = " to ".join(f"{min(times[name]) * 1e6:.0f} µs" for name in ("once", "never"))
    yield Figure("a step after a trace / one never traced", ratio(times, "once", ("never",)), AFTERWARDS_BOUND, detail)
