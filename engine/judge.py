"""Drift or difference: a pair that has left tolerance is judged on one step from the same state.

Rounding shrinks by nine digits from float32 to float64 and a mistake does not, so a step that comes
out different is taken in both precisions before it is called a difference.
"""

import numpy as np
from numpy import ndarray as Array

from engine.batches import Rows
from engine.lane import Snapshot, State, make_lane
from engine.parity import differing
from engine.protocol import Divergence
from engine.spec import ExperimentSpec

Recorded = tuple[dict[str, Array], dict[str, Array]]  # a step's intermediates by name: diy's, torch's

ROUNDING_SHRINKS_BY = 1e-4  # half-way, in digits, between a mistake's 1 and rounding's 2e-9


def judge(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, step: int) -> Divergence | None:
    """Repeat step ``step`` on both backends from ``before``; the first difference, or None for drift."""
    own = _both(spec, entry, before, rows)
    if not any(differing(*own, spec.dtype)):
        return None
    coarse = own if spec.dtype == "float32" else _both(_in(spec, "float32"), entry, before, rows)
    fine = own if spec.dtype == "float64" else _both(_in(spec, "float64"), entry, before, rows)
    diy, torch = fine
    name = next((name for name in differing(diy, torch, "float64") if not _shrinks(name, coarse, fine)), None)
    if name is None:
        return None
    index = _farthest(diy[name], torch.get(name))
    value, twin = (float(side[name][index]) if name in side else float("nan") for side in fine)
    return Divergence(step, stage_of(name), name, index, value, twin)


def _shrinks(name: str, coarse: Recorded, fine: Recorded) -> bool:
    """Whether what is apart in float64 is so much less than in float32 that it must be rounding.

    Weights that explode make rounding errors too large for any fixed tolerance.
    """
    return _apart(name, fine) < ROUNDING_SHRINKS_BY * _apart(name, coarse)


def _apart(name: str, recorded: Recorded) -> float:
    """The largest finite distance; 0 where there is none."""
    diy, torch = recorded
    if name not in torch:
        return 0.0
    with np.errstate(all="ignore"):
        apart = np.abs(diy[name].astype(np.float64) - torch[name])
    return float(np.max(apart, initial=0.0, where=np.isfinite(apart)))


def _both(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows) -> Recorded:
    recorded: list[dict[str, Array]] = []
    weights = tuple(weight.astype(spec.dtype) for weight in before.weights)
    state = Snapshot(weights, tuple(_cast(state, spec.dtype) for state in before.states))
    for backend in ("diy", "torch"):
        lane = make_lane(spec, entry, backend, state.weights)
        lane.restore(state)
        with np.errstate(all="ignore"):
            recorded.append(lane.recorded_step(rows))
    return recorded[0], recorded[1]


def _in(spec: ExperimentSpec, dtype: str) -> ExperimentSpec:
    return spec.model_copy(update={"dtype": dtype, "device": "cpu"})


def _cast(state: State, dtype: str) -> State:
    """A weight's optimizer state in another precision."""
    return {symbol: value.astype(dtype) if isinstance(value, np.ndarray) else value for symbol, value in state.items()}


def _farthest(diy: Array, torch: Array | None) -> tuple[int, ...]:
    """The index of the largest distance; where one side is NaN alone, that place."""
    if torch is None:
        return (0,) * diy.ndim
    with np.errstate(all="ignore"):
        apart = np.array(np.abs(diy.astype(np.float64) - torch))  # an array even of one number: it is written to
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
