"""DIY's step as it is written, taken from a given state in a given precision, and recorded."""

import numpy as np
from numpy import ndarray as Array

from engine.backends import masks_of
from engine.lane.batches import Rows
from engine.lane.grouped_lane import diy_lane
from engine.lane.lane import Snapshot, State, naming_step
from engine.lane.own_parts import undisturbed
from engine.spec import Data, ExperimentSpec, in_precision

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


def in_float64(spec: ExperimentSpec, rows: Rows) -> tuple[ExperimentSpec, Rows]:
    """Return the experiment in float64, and which of its rows are those of the batch.

    Of a run in float32 it has the batch's rows alone: all others would be kept in float64, too, for one step's sake.
    """
    exact, data = spec.model_copy(update={"dtype": "float64", "device": "cpu"}), spec.data
    if spec.dtype == "float64" or data is None or (rows is None and data.test is None and data.x.is_mapped):
        return exact, rows
    return exact.model_copy(update={"data": data.of_rows(_numbers_of(data, rows))}), None


def _numbers_of(data: Data, rows: Rows) -> slice | Array:
    """Return which rows of all the data a batch has; it is given by those that train."""
    if data.test is None:
        return slice(None) if rows is None else rows
    trained = data.rows("training")
    return trained if rows is None else trained[rows]


def _in(before: Snapshot, dtype: str) -> Snapshot:
    """Return the same weights and states in another precision."""
    weights = tuple(weight.astype(dtype) for weight in before.weights)
    states = tuple(_cast(state, dtype) for state in before.states)
    buffers = {name: in_precision(np.asarray(value), dtype) for name, value in before.buffers.items()}
    return Snapshot(weights, states, before.schedule, buffers, parts=before.parts, taken=before.taken)


def _cast(state: State, dtype: str) -> State:
    return {symbol: value.astype(dtype) if isinstance(value, np.ndarray) else value for symbol, value in state.items()}
