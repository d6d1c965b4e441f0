"""Drift or difference: a pair that has left tolerance is judged on one step from the same state.

Rounding shrinks by nine digits in float64 and a mistake does not, so a step that comes out
different in float32 is taken once more in float64 before it is called a difference. And an optimizer may make
much of little: of gradients that are 0 but for rounding Rprop, say, takes the sign. So where updates alone differ,
DIY's is taken once more from torch's gradients.
"""

import numpy as np
from numpy import ndarray as Array

from engine.batches import Rows
from engine.changes import with_params
from engine.lane import Snapshot, State, make_lane
from engine.layout import RATE
from engine.parity import differing
from engine.protocol import Divergence
from engine.spec import ExperimentSpec, complete, shapes_of

Recorded = tuple[dict[str, Array], dict[str, Array]]  # a step's intermediates by name: diy's, torch's

# Where numbers explode, what cancels leaves rounding errors of the size of what cancelled, so a step
# in float64 may be apart by this share of the largest number before. Up to 1e5 that is within tolerance anyway.
EXPLOSION = 1e-12

SQUARED = 1e150  # numbers from there on have no square in float64

# L-BFGS's direction comes out of up to a hundred pairs of steps, which near a minimum are rounding themselves.
OF_LARGEST = {"LBFGS": 1e-5}

ONE_ITERATION = {"LBFGS": {"max_iter": 1, "max_eval": None}}


def judge(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, step: int) -> Divergence | None:
    """Repeat step ``step`` on both backends from ``before``; the first difference, or None for drift."""
    names, (diy, torch) = differences(spec, entry, before, rows)
    if not names:
        return None
    name = names[0]
    index = _farthest(diy[name], torch.get(name))
    value, twin = (float(side[name][index]) if name in side else float("nan") for side in (diy, torch))
    return Divergence(step, stage_of(name), name, index, value, twin)


def differences(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows) -> tuple[list[str], Recorded]:
    """What comes out different when both backends take one step from ``before``: names in order, and the step.

    From weights that are no numbers any more nothing can be told: torch's relu, say, stops a NaN that
    the chain rule's product hands on.
    """
    if not all(np.isfinite(weight).all() for weight in before.weights):
        return [], ({}, {})
    spec = _one_iteration(spec, entry)
    own = _both(spec, entry, before, rows)
    if not any(differing(*own, spec.dtype)):
        return [], own
    spec = _in_float64(spec)
    exact = own if own[0]["loss"].dtype == np.float64 else _both(spec, entry, before, rows)
    of_largest = OF_LARGEST.get(spec.optimizers[entry].name, EXPLOSION)
    names = list(differing(*_within_numbers(exact), "float64", of_largest))
    if names and all(stage_of(name).endswith("update") for name in names):
        exact = exact[0] | _from_the_gradients(exact[1], spec, entry, before), exact[1]
        names = list(differing(*_within_numbers(exact), "float64", of_largest))
    left = _unexplained(names, exact, spec, entry)
    if names and not left and (nearer := _one_step_of_newton_schulz(spec, entry)) is not None:
        return differences(nearer, entry, before, rows)
    return left, exact


def _within_numbers(recorded: Recorded) -> Recorded:
    """The step up to where both sides come to numbers that have no square: from there on it is the order of operations
    that tells what comes out infinite, and what as no number.
    """
    diy, torch = recorded
    for count, (name, value) in enumerate(diy.items()):
        if name in torch and not (_have_squares(value) or _have_squares(torch[name])):
            return dict(list(diy.items())[:count]), torch
    return recorded


def _have_squares(values: Array) -> bool:
    return bool((np.abs(values) < SQUARED).all())


def _unexplained(names: list[str], exact: Recorded, spec: ExperimentSpec, entry: int) -> list[str]:
    """The names without those of weights that an optimizer's own rounding explains: Muon's is to bfloat16."""
    optimizer = spec.optimizers[entry]
    if optimizer.name != "Muon" or not names:
        return names
    from engine.flips import explained

    diy, torch = exact
    hyper = complete(optimizer.name, optimizer.params)
    hyper = hyper._replace(lr=float(torch[RATE])) if RATE in torch else hyper
    given = {name: torch.get(f"{name}.clipped", torch[f"{name}.grad"]) for name in shapes_of(spec)}

    def is_explained(name: str) -> bool:
        apart = float(np.abs(diy[name] - torch[name]).max())
        return explained(apart, given[name], torch[f"{name}.B"], hyper)

    return [name for name in names if name not in given or not is_explained(name)]


def _from_the_gradients(
    torch: dict[str, Array], spec: ExperimentSpec, entry: int, before: Snapshot
) -> dict[str, Array]:
    """What DIY's update makes of torch's gradients, by name; nothing of an optimizer that evaluates on its own."""
    from engine.diy_lane import DiyLane  # which itself asks for a stage's name

    before = _in(before, spec.dtype)
    lane = DiyLane(spec, spec.optimizers[entry], before.weights)
    lane.restore(before)
    with np.errstate(all="ignore"):
        return lane.updated(torch)


def _both(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows) -> Recorded:
    recorded: list[dict[str, Array]] = []
    state = _in(before, spec.dtype)
    for backend in ("diy", "torch"):
        lane = make_lane(spec, entry, backend, state.weights)
        lane.restore(state)
        with np.errstate(all="ignore"):
            recorded.append(lane.recorded_step(rows))
    return recorded[0], recorded[1]


def _one_iteration(spec: ExperimentSpec, entry: int) -> ExperimentSpec:
    """An optimizer whose step is many iterations is judged by the first: twenty magnify rounding as twenty steps do."""
    name, params = spec.optimizers[entry].name, spec.optimizers[entry].params
    return with_params(spec, entry, {**params, **ONE_ITERATION[name]}) if name in ONE_ITERATION else spec


def _one_step_of_newton_schulz(spec: ExperimentSpec, entry: int) -> ExperimentSpec | None:
    """For where Muon's many steps of it explain what is apart: one makes so little of rounding that mistakes show."""
    optimizer = spec.optimizers[entry]
    if optimizer.name != "Muon" or complete(optimizer.name, optimizer.params).ns_steps <= 1:
        return None
    return with_params(spec, entry, {**optimizer.params, "ns_steps": 1})


def _in_float64(spec: ExperimentSpec) -> ExperimentSpec:
    return spec.model_copy(update={"dtype": "float64", "device": "cpu"})


def _in(before: Snapshot, dtype: str) -> Snapshot:
    """The same weights and states in another precision."""
    weights = tuple(weight.astype(dtype) for weight in before.weights)
    return Snapshot(weights, tuple(_cast(state, dtype) for state in before.states), before.schedule)


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
    if name == RATE:
        return "schedule"
    if rest.endswith("clipped"):
        return "clip"
    if rest in ("z", "a"):
        return f"{layer}.affine" if rest == "z" else f"{layer}.activation"
    if rest.endswith("grad") or rest in ("dL_da", "da_dz", "dL_dz"):
        return f"{layer}.backward"
    return f"{layer}.update"
