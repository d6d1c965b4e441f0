"""DIY's step as it is written, taken from a given state in a given precision, and recorded."""

import numpy as np

from engine.backends import masks_of
from engine.lane.batches import Rows
from engine.lane.grouped_lane import diy_lane
from engine.lane.lane import Snapshot, State, naming_step
from engine.lane.own_parts import undisturbed
from engine.spec import ExperimentSpec, in_precision

from .step import Step


def recorded(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, number: int) -> Step:
    """Take step ``number`` in the spec's precision. Raises StepError.

    What is random in Python draws afterwards what it would have drawn.
    """
    with undisturbed(spec):
        return _recorded(spec, entry, before, rows, number)


def _recorded(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, number: int) -> Step:
    before = _in(before, spec.dtype)
    lane = diy_lane(spec, entry, before.weights, masks_of(spec))
    lane.restore(before)
    with np.errstate(all="ignore"), naming_step(spec.labels[entry], "diy", number):
        own = lane.traced_step(rows)
    return Step(own, before.states, lane.states(), lane.narrow)


def in_float64(spec: ExperimentSpec) -> ExperimentSpec:
    return spec.model_copy(update={"dtype": "float64", "device": "cpu"})


def _in(before: Snapshot, dtype: str) -> Snapshot:
    """Return the same weights and states in another precision."""
    weights = tuple(weight.astype(dtype) for weight in before.weights)
    states = tuple(_cast(state, dtype) for state in before.states)
    buffers = {name: in_precision(np.asarray(value), dtype) for name, value in before.buffers.items()}
    return Snapshot(weights, states, before.schedule, buffers, parts=before.parts, taken=before.taken)


def _cast(state: State, dtype: str) -> State:
    return {symbol: value.astype(dtype) if isinstance(value, np.ndarray) else value for symbol, value in state.items()}
