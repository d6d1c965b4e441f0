"""A sweep: what it finds is what each run would have found by itself, and nothing disturbs it on the way."""

from typing import Any

import numpy as np
import pytest

from engine.batches import Batches
from engine.lane import make_lane
from engine.protocol import StartSweep, SweepAxis, SweepPart, SweepPlan
from engine.spec import (
    ExperimentSpec,
    HyperField,
    SeedStart,
    check,
    check_plan,
    optimizer_names,
    sweepable,
    with_value,
)
from engine.spec.plans import as_kind
from engine.start import initial_weights
from engine.sweep import sweep_job
from engine.sweep.course import course_of
from tests.engine.experiments import experiment, layer, optimizer, raw_article

RTOL = {"float32": 1e-6, "float64": 1e-12}
RATES = (1e-3, 0.01, 0.03, 0.1)


def plan(*axes: SweepAxis, seeds: tuple[int, ...] = (), steps: int = 5, entry: int = 0) -> SweepPlan:
    return SweepPlan(entry, axes, seeds, steps)


def rates(*values: float, log: bool = True) -> SweepAxis:
    return SweepAxis(("lr",), values or RATES, log)


def parts_of(spec: ExperimentSpec, wanted: SweepPlan) -> list[SweepPart]:
    told = [part for part in sweep_job(StartSweep(1, spec, wanted)) if part is not None]
    assert all(isinstance(part, SweepPart) for part in told), told
    return told  # type: ignore[return-value]


def end_of(spec: ExperimentSpec, wanted: SweepPlan) -> SweepPart:
    end = parts_of(spec, wanted)[-1]
    assert (end.state, end.step) == ("finished", wanted.steps)
    return end


def alone(spec: ExperimentSpec, wanted: SweepPlan, *place: int) -> tuple[float, list[float]]:
    """The loss on all rows that a lane of its own reaches with the configuration there, and those on the way."""
    entry = spec.optimizers[wanted.entry]
    by_path = {field.path: field for field in sweepable(entry.name)}
    for axis, number in zip(wanted.axes, place[:2], strict=False):
        entry = with_value(entry, axis.path, as_kind(by_path[axis.path], axis.values[number]))
    start = SeedStart(seed=wanted.seeds[place[2]]) if wanted.seeds else spec.start
    spec = spec.model_copy(update={"start": start, "optimizers": (entry,)})
    lane = make_lane(spec, 0, "diy", initial_weights(spec))
    batches = Batches(spec)
    with np.errstate(all="ignore"):
        way = [float(lane.step(batches.rows(step))) for step in range(1, wanted.steps + 1)]
        course = course_of(spec, entry)
        return float(course.losses(course.layers(lane.weights()))), way


def assert_as_alone(spec: ExperimentSpec, wanted: SweepPlan, end: SweepPart) -> None:
    for place in np.ndindex(end.losses.shape):
        loss, _ = alone(spec, wanted, *place)
        np.testing.assert_allclose(end.losses[place], loss, rtol=RTOL[spec.dtype], err_msg=str(place))


# --- equal to single runs ------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", RTOL)
def test_rates_of_adam_on_the_article_end_where_single_runs_end(dtype: str) -> None:
    spec = check(raw_article(dtype=dtype, optimizers=[optimizer("Adam")]))
    wanted = plan(rates(*np.geomspace(1e-4, 1, 256).tolist()), steps=500)
    end = end_of(spec, wanted)
    assert end.losses.shape == (256, 1, 1)
    for number in (0, 31, 100, 191, 255):
        loss, way = alone(spec, wanted, number, 0, 0)
        np.testing.assert_allclose(end.losses[number], loss, rtol=RTOL[dtype])
        np.testing.assert_allclose(end.best[number], min(loss, *way), rtol=RTOL[dtype])


def some_values(field: HyperField) -> tuple[float, ...]:
    """Three that the field allows, the default among them."""
    default = field.default if isinstance(field.default, int | float) else 0.01
    factors = (1, 2, 3) if field.kind is int else (1.0, 0.5, 0.9, 1.1)
    tried = [default * factor for factor in factors] + [0.01, 0.3, 0.7, 1.2, 2.0, 30.0]
    allowed = [value for value in tried if field.allows(value) and as_kind(field, value) == value]
    whole = [value for value in allowed if field.kind is not int or float(value).is_integer()]
    return tuple(sorted(list(dict.fromkeys(map(float, whole)))[:3]))


FIELDS = [(name, field) for name in optimizer_names() for field in sweepable(name)]


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[f"{name}-{field.path}" for name, field in FIELDS])
def test_every_hyperparameter_of_every_optimizer(name: str, field: HyperField) -> None:
    bias = name != "Muon"
    params = {"momentum": 0.5} if field.path == ("dampening",) else {}
    entry = optimizer(name, **params)
    spec = experiment(
        [layer(3, bias=bias), layer(2, "sigmoid", bias=bias)],
        dtype="float32",
        batch={"size": 3},
        optimizers=[entry],
    )
    wanted = plan(SweepAxis(field.path, some_values(field)), steps=6)
    assert check_plan(spec, wanted) == []
    end = end_of(spec, wanted)
    assert_as_alone(spec, wanted, end)
    assert end.losses.dtype == np.float64


SCHEDULES = [
    {"name": "ExponentialLR", "params": {"gamma": 0.7}},
    {"name": "CosineAnnealingLR", "params": {"T_max": 4}, "warmup": {"steps": 2}},
    {"name": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 8}},
    {"name": "ReduceLROnPlateau", "params": {"factor": 0.5, "patience": 0, "threshold": 0.01}},
]


@pytest.mark.parametrize("clip", [None, {"norm": 0.3}, {"value": 0.1}])
@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule["name"])
@pytest.mark.parametrize("dtype", RTOL)
def test_schedules_and_clipping_are_those_of_a_single_run(dtype: str, schedule: Any, clip: Any) -> None:
    entry = optimizer("Adam") | {"schedule": schedule} | ({"clip": clip} if clip else {})
    spec = experiment([layer(3), layer(1, "identity")], dtype=dtype, optimizers=[entry])
    for axis in (rates(0.01, 0.1, 2.0), SweepAxis(("eps",), (1e-8, 1e-3, 1.0))):
        wanted = plan(axis, seeds=(0, 3), steps=8)
        assert_as_alone(spec, wanted, end_of(spec, wanted))


@pytest.mark.parametrize("name", ["SGD", "Adam", "Adafactor", "Muon"])
def test_a_problem_is_swept_too(name: str) -> None:
    raw = {"schema": 1, "problem": {"function": "rosenbrock", "start": [-1.5, 2.0]}, "optimizers": [optimizer(name)]}
    spec = check(raw)
    wanted = plan(rates(1e-4, 1e-3, 0.01), steps=30)
    end = end_of(spec, wanted)
    assert_as_alone(spec, wanted, end)
    assert check_plan(spec, wanted._replace(seeds=(1,)))[0].code == "no_seeds"
