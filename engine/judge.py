"""Drift or difference: a pair that has left tolerance is judged on one step from the same state.

Rounding shrinks by nine digits in float64 and a mistake does not, so a step that comes out
different in float32 is taken once more in float64 before it is called a difference.
"""

import numpy as np
from numpy import ndarray as Array

from engine.batches import Rows
from engine.lane import Snapshot, State, make_lane
from engine.parity import differing
from engine.protocol import Divergence
from engine.spec import ExperimentSpec


def judge(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, step: int) -> Divergence | None:
    """Repeat step ``step`` on both backends from ``before``; the first difference, or None for drift."""
    diy, torch = _both(spec, entry, before, rows)
    suspects = list(differing(diy, torch, spec.dtype))
    if suspects and spec.dtype != "float64":
        suspects = list(differing(*_both(_in_float64(spec), entry, before, rows), "float64"))
    if not suspects:
        return None
    name = suspects[0]
    index = _farthest(diy[name], torch.get(name))
    value, twin = (float(side[name][index]) if name in side else float("nan") for side in (diy, torch))
    return Divergence(step, stage_of(name), name, index, value, twin)


def _both(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows) -> tuple[dict[str, Array], dict[str, Array]]:
    recorded: list[dict[str, Array]] = []
    weights = tuple(weight.astype(spec.dtype) for weight in before.weights)
    state = Snapshot(weights, tuple(_cast(state, spec.dtype) for state in before.states))
    for backend in ("diy", "torch"):
        lane = make_lane(spec, entry, backend, state.weights)
        lane.restore(state)
        with np.errstate(all="ignore"):
            recorded.append(lane.recorded_step(rows))
    return recorded[0], recorded[1]


def _in_float64(spec: ExperimentSpec) -> ExperimentSpec:
    return spec.model_copy(update={"dtype": "float64", "device": "cpu"})


def _cast(state: State, dtype: str) -> State:
    """A weight's optimizer state in another precision."""
    return {symbol: value.astype(dtype) if isinstance(value, np.ndarray) else value for symbol, value in state.items()}


def _farthest(diy: Array, torch: Array | None) -> tuple[int, ...]:
    """The index of the largest distance; where one side is NaN alone, that place."""
    if torch is None:
        return (0,) * diy.ndim
    with np.errstate(all="ignore"):
        apart = np.abs(diy.astype(np.float64) - torch)
    apart[np.isnan(apart)] = np.inf
    apart[(diy == torch) | (np.isnan(diy) & np.isnan(torch))] = -1
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(apart)), diy.shape))


def stage_of(name: str) -> str:
    """The stage in which an intermediate arises, in the design's words."""
    layer, _, rest = name.partition(".")
    if name == "loss":
        return "loss"
    if rest in ("z", "a"):
        return f"{layer}.affine" if rest == "z" else f"{layer}.activation"
    if rest.endswith("grad") or rest.startswith("dL_d"):
        return f"{layer}.backward"
    return f"{layer}.update"
