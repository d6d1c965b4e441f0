"""Whether a mutant matters, and in which stage: told by the textbook with and without it, from shared states.

A mutant matters at a step if, in float64, what it makes of the textbook's own state before that step is farther from
what the textbook makes of it than a billionth of what the step changes; or if, in float32, it is not finite where the
textbook is. Below a few roundings of the numbers themselves nothing can be told, and nothing matters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.backends import masks_of
from engine.backends.start import initial_weights
from engine.lane.batches import Batches, Rows
from engine.lane.diy_lane import DiyLane
from engine.lane.grouped_lane import diy_lane
from engine.lane.lane import Snapshot
from engine.lane.layout import RATE
from engine.layer_names import is_buffer
from engine.spec import complete, shapes_of
from engine.spec.schedule import Schedule
from tests.trial.experiments import Experiment

MATTERS = 1e-9  # of what the step changes
ROUNDINGS = 16  # of the numbers compared

Values = dict[str, Any]
OWNER = re.compile(r"(layer[\d.]*\d|[^.]*)\.?(.*)")  # of a name: the layer that it is of, and the rest


class Moment(NamedTuple):
    """Where the textbook stood before a step of its run, the step's rows, and what it made of them."""

    step: int
    before: Snapshot
    rows: Rows
    made: Values


class Effect(NamedTuple):
    """``size`` is the largest distance as a share of what the step changes; infinite where one side is not finite.

    ``dtype`` is float32 where in float64 there is no effect.
    """

    experiment: str
    step: int
    size: float
    dtype: str


def sampled(steps: int) -> list[int]:
    """Return the steps that are looked at: the first ones all, then ever fewer, and the last."""
    later = np.unique(np.geomspace(25, max(steps, 25), 40).astype(int))
    return [step for step in (*range(1, 25), *map(int, later)) if step <= steps]


def lane_of(experiment: Experiment, dtype: str, before: Snapshot | None = None) -> DiyLane:
    """Make the textbook's lane, standing at the start or at a snapshot."""
    spec = experiment.spec(dtype)
    lane = diy_lane(spec, 0, initial_weights(spec) if before is None else before.weights, masks_of(spec))
    if before is not None:
        lane.restore(before)
    return lane


def names_of(experiment: Experiment) -> tuple[str, ...]:
    return tuple(shapes_of(experiment.spec("float64")))


@lru_cache(maxsize=256)
def moments(experiment: Experiment, dtype: str, steps: int) -> tuple[Moment, ...]:
    """Take the textbook's run and keep the sampled steps, up to where numbers are no longer finite."""
    return tuple(_moments(experiment, dtype, sampled(steps)))


def moment_at(experiment: Experiment, step: int) -> Moment | None:
    """Return one step of the textbook's run in float64; None where numbers are not finite by then."""
    return next(iter(_moments(experiment, "float64", [step])), None)


def _moments(experiment: Experiment, dtype: str, wanted: Sequence[int]) -> Iterator[Moment]:
    lane, batches = lane_of(experiment, dtype), Batches(experiment.spec(dtype))
    names, wanted_steps = names_of(experiment), set(wanted)
    for step in range(1, wanted[-1] + 1):
        before, rows = lane.snapshot(), batches.rows(step)
        with np.errstate(all="ignore"):
            loss = lane.step(rows)
        if step in wanted_steps:
            made = made_by(lane, names, loss)
            if not all(map(_is_finite, made.values())):
                return
            yield Moment(step, before, rows, made)


@lru_cache(maxsize=64)
def _losses_and_rates(experiment: Experiment, steps: int) -> tuple[list[float], list[float]]:
    lane, batches = lane_of(experiment, "float64"), Batches(experiment.spec("float64"))
    with np.errstate(all="ignore"):
        taken = [(float(lane.step(batches.rows(step))), float(lane.rate)) for step in range(1, steps + 1)]
    return [loss for loss, _ in taken], [rate for _, rate in taken]


def prepare(experiment: Experiment, steps: int) -> None:
    """Take the textbook's run, for ``rate_effect`` to look at, while nothing else is put into it."""
    _losses_and_rates(experiment, steps)


def rate_effect(experiment: Experiment, steps: int) -> Effect | None:
    """Lead a schedule by the losses of the textbook's run; the first rate that matters, or None.

    For one that looks at the loss: what a step makes of its state shows in the rates of later steps only.
    """
    (entry,) = experiment.spec("float64").optimizers
    schedule, hyper = Schedule(entry), complete(entry.name, entry.params)
    state = schedule.begin()
    for step, (loss, rate) in enumerate(zip(*_losses_and_rates(experiment, steps), strict=True), start=1):
        apart = _share(schedule.hyper(hyper, state).lr, rate)
        if apart > MATTERS:
            return Effect(experiment.name, step, apart, "float64")
        state = schedule.after(state, loss)
    return None


def made_by(lane: DiyLane, names: Sequence[str], loss: float) -> Values:
    """Return all that a step leaves behind, by name, in the order in which it arises."""
    made: Values = {"loss": loss}
    made |= {f"{name}.grad": value for name, value in zip(names, lane.gradients(), strict=True)}
    made[RATE] = lane.rate
    for name, state in zip(names, lane.states(), strict=True):
        made |= {f"{name}.{symbol}": value for symbol, value in state.items()}
    return made | dict(zip(names, lane.weights(), strict=True)) | dict(lane.buffers())


def effect_of(experiment: Experiment, seen: Sequence[Moment], dtype: str) -> Effect | None:
    """Take the moments' steps again with what is put into the textbook now; the first that matters, or None."""
    lane, names = lane_of(experiment, dtype, seen[0].before) if seen else None, names_of(experiment)
    for moment in seen:
        assert lane is not None
        with np.errstate(all="ignore"):
            lane.restore(moment.before)
            made = made_by(lane, names, lane.step(moment.rows))
            size = _size(made, moment, names, dtype)
        if size > MATTERS:
            return Effect(experiment.name, moment.step, size, dtype)
    return None


def _size(made: Values, moment: Moment, names: Sequence[str], dtype: str) -> float:
    if dtype == "float32":
        lost = any(own is not None and not _is_finite(made[name]) for name, own in moment.made.items())
        return np.inf if lost else 0.0
    old = standing(names, moment.before)
    return max(_share(made[name], own, old.get(name)) for name, own in moment.made.items())


def standing(names: Sequence[str], before: Snapshot) -> Values:
    """Return weights, running averages and state entries before a step, by name."""
    old: Values = {**dict(zip(names, before.weights, strict=True)), **before.buffers}
    for name, state in zip(names, before.states, strict=True):
        old |= {f"{name}.{symbol}": value for symbol, value in state.items()}
    return old


def _is_finite(value: Any) -> bool:
    return value is None or (not np.iscomplexobj(value) and bool(np.isfinite(np.asarray(value, np.float64)).all()))


def _share(mutant: Any, own: Any, old: Any = None) -> float:
    """How far a mutant's value is from the textbook's, as a share of what the step changed, or of the value itself."""
    if own is None or mutant is None:
        return 0.0 if own is mutant else np.inf
    if np.iscomplexobj(mutant):  # a power of a negative number that is not an array
        return np.inf
    ours, other = np.asarray(own, np.float64), np.asarray(mutant, np.float64)
    if ours.shape != other.shape:
        return np.inf
    if not np.isfinite(other).all():
        return np.inf
    if not ours.size:
        return 0.0
    apart = np.abs(other - ours).max()
    largest = np.abs(ours).max()
    if old is not None and np.shape(old) == ours.shape:
        scale = np.abs(ours - old).max()
        largest = max(largest, np.abs(old).max())
    else:
        scale = largest
    if apart <= ROUNDINGS * np.finfo(np.float64).eps * largest:
        return 0.0
    return float(apart / scale) if scale else np.inf


# --- the stage -------------------------------------------------------------------------------------


def recorded(experiment: Experiment, moment: Moment) -> dict[str, Array]:
    """Record a moment's step in float64, with what is put into the textbook now."""
    lane = lane_of(experiment, "float64", moment.before)
    with np.errstate(all="ignore"):
        return lane.recorded_step(moment.rows)


def first_stage(own: Mapping[str, Array], mutant: Mapping[str, Array], old: Values) -> str | None:
    """Return the stage of the first intermediate that matters; None where none does. ``old`` is as ``standing``'s."""
    with np.errstate(all="ignore"):
        differing = (name for name, value in own.items() if _share(mutant.get(name), value, old.get(name)) > MATTERS)
        return next(map(stage_of, differing), None)


def stage_of(name: str) -> str:
    """Return the stage in which an intermediate arises, in the design's words."""
    owner, rest = OWNER.fullmatch(name).groups()  # type: ignore[union-attr]
    if name in ("loss", RATE):
        return {RATE: "schedule"}.get(name, name)
    if rest.endswith("clipped"):
        return "clip"
    if rest.startswith(("forward.", "backward.")):  # inside a layer's kind
        return f"{owner}.{rest.partition('.')[0]}"
    if rest == "mask" or is_buffer(name):
        return f"{owner}.forward"
    if rest in ("z", "a"):
        return f"{owner}.forward" if rest == "z" else f"{owner}.activation"
    if rest.endswith("grad") or rest in ("dL_da", "da_dz", "dL_dz"):
        return f"{owner}.backward"
    return f"{owner}.update"
