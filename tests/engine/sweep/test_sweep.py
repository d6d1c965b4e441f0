"""A sweep: what it finds is what each run would have found by itself, and nothing disturbs it on the way."""

from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.lane.batches import Batches
from engine.protocol import JobFailed, StartSweep, SweepAxis, SweepPart, SweepPlan
from engine.spec import (
    ExperimentSpec,
    HyperField,
    InTurn,
    SeedStart,
    check,
    check_plan,
    optimizer_names,
    plans,
    sweepable,
    with_value,
)
from engine.spec.plans import as_kind
from engine.sweep import sweep as sweep_module
from engine.sweep import sweep_job
from engine.sweep.objective import objective_of
from engine.sweep.stack import Stack
from tests.engine.experiments import experiment, layer, optimizer, raw_article
from tests.products import covering

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
        objective = objective_of(spec, entry)
        return float(objective.losses(objective.params(lane.weights()))), way


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


@pytest.mark.parametrize(
    ("dtype", "schedule", "clip"), covering(RTOL, SCHEDULES, [None, {"norm": 0.3}, {"value": 0.1}], strength=1)
)
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


# --- many, and of whole numbers ------------------------------------------------------------------


def test_two_hyperparameters_and_seeds_make_every_combination() -> None:
    spec = experiment([layer(3), layer(1, "identity")], optimizers=[optimizer("SGD")])
    wanted = plan(rates(0.01, 0.1), SweepAxis(("momentum",), (0.0, 0.5, 0.9)), seeds=(4, 0, 7, 1))
    end = end_of(spec, wanted)
    assert end.losses.shape == end.best.shape == end.diverged.shape == (2, 3, 4)
    assert_as_alone(spec, wanted, end)


def test_a_sweep_in_pieces_is_the_same_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    """More configurations than are trained as one, and more rows than are looked at as one."""
    raw = {"batch": {"size": 4, "shuffle": True}, "optimizers": [optimizer("Adam", lr=0.01)], "rows": 11}
    spec = experiment([layer(3), layer(2)], **raw)
    wanted = plan(rates(), SweepAxis(("betas", 0), (0.0, 0.5, 0.9)), seeds=(0, 1), steps=9)
    whole = end_of(spec, wanted)
    monkeypatch.setattr(plans, "CHUNK_NUMBERS", 200)
    pieces = end_of(spec, wanted)
    np.testing.assert_allclose(pieces.losses, whole.losses, rtol=1e-12)
    np.testing.assert_allclose(pieces.best, whole.best, rtol=1e-12)
    assert_as_alone(spec, wanted, pieces)


def test_each_whole_number_is_trained_by_itself() -> None:
    spec = experiment([layer(3, bias=False)], optimizers=[optimizer("Muon")])
    wanted = plan(SweepAxis(("ns_steps",), (1.0, 3.0, 5.0)), rates(0.01, 0.1), steps=3)
    assert_as_alone(spec, wanted, end_of(spec, wanted))


NORMED = [layer(3), {"kind": "BatchNorm1d"}, layer(2)]
GROUPED = {**optimizer("SGD", lr=0.1), "groups": [{"match": "*.bias", "params": {"lr": 0.01}}]}


@pytest.mark.parametrize(
    ("layers", "entry", "why"),
    [
        ([layer(2)], optimizer("SGD", lr=0.1), None),
        ([layer(2)], GROUPED, InTurn("groups")),
        (NORMED, optimizer("SGD", lr=0.1), InTurn("mode", {"layer": "layer2", "kind": "BatchNorm1d"})),
        ([layer(2)], optimizer("LBFGS"), InTurn("closure", {"name": "LBFGS"})),
    ],
)
def test_it_tells_why_settings_are_trained_one_after_another(layers: Any, entry: Any, why: InTurn | None) -> None:
    told = parts_of(experiment(layers, optimizers=[entry]), plan(rates(0.01, 0.1), steps=2))
    assert all(part.in_turn == why for part in told)


def test_what_is_batched_is_lowest_by_its_epochs_mean() -> None:
    """With so much momentum the loss falls in two epochs and rises in the third."""
    entry = optimizer("SGD", momentum=0.99)
    spec = experiment([layer(2, "identity")], rows=7, batch={"size": 3}, optimizers=[entry])
    wanted = plan(rates(0.05), steps=11)
    end = end_of(spec, wanted)
    reached, way = alone(spec, wanted, 0, 0, 0)
    epochs = [(3 * one + 3 * two + three) / 7 for one, two, three in (way[:3], way[3:6], way[6:9])]
    assert epochs[1] < min(epochs[0], epochs[2], reached)
    assert min(way) < epochs[1]
    assert end.best[0, 0, 0] == pytest.approx(epochs[1], rel=1e-12)


def test_the_starts_own_seed_is_one_of_the_seeds() -> None:
    spec = experiment([layer(3)], start={"seed": 5}, optimizers=[optimizer("SGD")])
    own = end_of(spec, plan(rates()))
    seeded = end_of(spec, plan(rates(), seeds=(5, 6)))
    np.testing.assert_array_equal(own.losses[..., 0], seeded.losses[..., 0])
    assert (own.losses[..., 0] != seeded.losses[..., 1]).all()


# --- diverging -----------------------------------------------------------------------------------


def test_what_explodes_is_marked_and_leaves_the_others_as_they_are() -> None:
    spec = experiment([layer(4), layer(1, "identity")], dtype="float32", optimizers=[optimizer("SGD")])
    sound = plan(rates(0.001, 0.01), steps=60)
    mixed = plan(rates(0.001, 0.01, 1e3, 1e30), steps=60)
    before, after = end_of(spec, sound), end_of(spec, mixed)
    np.testing.assert_array_equal(after.losses[:2], before.losses)
    assert after.diverged.ravel().tolist() == [False, False, True, True]
    assert not np.isfinite(after.losses[3]).any()


def test_when_all_is_lost_nothing_more_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = experiment([layer(2, "identity")], dtype="float32", optimizers=[optimizer("SGD")])
    steps: list[int] = []
    step = Stack.step

    def counted(self: Stack, rows: Any) -> Array:
        steps.append(1)
        return step(self, rows)

    monkeypatch.setattr(Stack, "step", counted)
    end = end_of(spec, plan(rates(1e20, 1e30), steps=10**8))
    assert end.diverged.all()
    assert len(steps) < 10**5


def test_who_climbs_has_not_diverged() -> None:
    raw = {"schema": 1, "problem": {"function": "quadratic", "start": [1.0, 1.0]}, "dtype": "float64"}
    spec = check(raw | {"optimizers": [optimizer("SGD", maximize=True)]})
    end = end_of(spec, plan(rates(0.5), steps=30))
    assert end.losses[0, 0, 0] > 1e6
    assert not end.diverged.any()


# From (s, s) y is multiplied by -1.5 a step at a rate of 0.25, and x by 0.75; the loss is half of x² + 10 y².
@pytest.mark.parametrize(
    ("start", "steps", "diverged"),
    [(1.0, 8, False), (1.0, 9, True), (1e-3, 14, False), (1e-3, 16, True), (0.02, 8, False), (0.02, 9, True)],
)
def test_diverged_is_a_thousand_times_the_start_or_a_start_of_a_thousandth(
    start: float, steps: int, diverged: bool
) -> None:
    raw = {"schema": 1, "problem": {"function": "quadratic", "start": [start, start]}, "dtype": "float64"}
    spec = check(raw | {"optimizers": [optimizer("SGD")]})
    end = end_of(spec, plan(rates(0.25), steps=steps))
    limit = 1e3 * max(5.5 * start**2, 1e-3)
    loss = end.losses[0, 0, 0]
    assert limit / 4 < loss < limit * 4
    assert (bool(loss > limit), bool(end.diverged[0, 0, 0])) == (diverged, diverged)


# --- the job -------------------------------------------------------------------------------------


def test_it_tells_of_the_start_first_and_of_more_steps_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_module, "BETWEEN_PARTS", 0.0)
    monkeypatch.setattr(sweep_module, "PART_SHARE", float("inf"))
    spec = experiment([layer(3)], optimizers=[optimizer("SGD")])
    wanted = plan(rates(), steps=12)
    told = parts_of(spec, wanted)
    assert [part.step for part in told] == list(range(13))
    assert {part.state for part in told[:-1]} == {"running"}
    assert (told[-1].state, told[-1].job, told[-1].plan) == ("finished", 1, wanted)
    np.testing.assert_array_equal(told[0].losses, told[0].losses[0, 0, 0])
    for part in told:
        assert (part.best <= part.losses).all()
        assert_as_alone(spec, wanted._replace(steps=part.step), part)


def test_there_is_time_to_look_up_between_a_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every yield but the parts is such a time; with no time to work in, each chunk's step is followed by one."""
    monkeypatch.setattr(sweep_module, "WORK", 0.0)
    monkeypatch.setattr(plans, "CHUNK_NUMBERS", 1)
    spec = experiment([layer(3)], optimizers=[optimizer("SGD")])
    pauses = [told for told in sweep_job(StartSweep(1, spec, plan(rates(), steps=6))) if told is None]
    assert len(pauses) >= 6 * len(RATES)


FAULTY: list[tuple[SweepPlan, str, tuple[Any, ...]]] = [
    (plan(), "empty", ("axes",)),
    (plan(rates(), entry=3), "out_of_range", ("entry",)),
    (plan(rates(), steps=0), "out_of_range", ("steps",)),
    (plan(rates(), seeds=(1, 1)), "twice", ("seeds",)),
    (plan(rates(), seeds=(-1,)), "out_of_range", ("seeds", 0)),
    (plan(rates(0.1, 0.01)), "not_ascending", ("axes", 0, "values")),
    (plan(rates(0.0, 0.01)), "out_of_range", ("axes", 0, "values", 0)),
    (plan(rates(-1.0, 0.01, log=False)), "out_of_range", ("axes", 0, "values", 0)),
    (plan(rates(0.1, float("inf"))), "not_finite", ("axes", 0, "values", 1)),
    (plan(rates(float("nan"), 0.1)), "not_ascending", ("axes", 0, "values")),
    (plan(SweepAxis(("lr",), ())), "empty", ("axes", 0, "values")),
    (plan(SweepAxis(("rate",), (0.1,))), "unknown_name", ("axes", 0, "path")),
    (plan(SweepAxis(("nesterov",), (0.0, 1.0))), "no_number", ("axes", 0, "path")),
    (plan(SweepAxis(("dampening",), (0.5, 1.5))), "out_of_range", ("axes", 0, "values", 1)),
    (plan(rates(), rates()), "same_axis", ("axes", 1, "path")),
    (plan(rates(), *(SweepAxis((name,), (0.1,)) for name in ("momentum", "dampening"))), "too_many", ("axes",)),
    (plan(rates(*np.linspace(1e-3, 1, 10**5).tolist())), "too_many_configurations", ("axes",)),
    (plan(rates(1.0, 1e39)), "out_of_range", ("entry", "params", "lr")),
    (plan(SweepAxis(("momentum",), (0.0, 0.9)), entry=1), "nesterov_needs_momentum", ("entry", "params", "nesterov")),
]


@pytest.mark.parametrize(("wanted", "code", "path"), FAULTY, ids=[f"{code}-{path}" for _, code, path in FAULTY])
def test_what_cannot_be_swept_is_told_at_once(wanted: SweepPlan, code: str, path: tuple[Any, ...]) -> None:
    entries = [optimizer("SGD"), optimizer("SGD", momentum=0.9, nesterov=True)]
    spec = check(raw_article(optimizers=entries))
    (failed,) = sweep_job(StartSweep(7, spec, wanted))
    assert isinstance(failed, JobFailed)
    assert failed.job == 7
    assert failed.fault is not None
    assert (failed.fault.code, failed.fault.path) == (code, path)
    assert "{" not in failed.fault.message


def test_more_than_memory_holds_is_told_before_anything_is_allocated(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = experiment([layer(100), layer(100)], inputs=100, optimizers=[optimizer("Adam")])
    monkeypatch.setattr(plans, "free_memory", lambda: 10**9)
    wanted = plan(rates(*np.geomspace(1e-4, 1, 4000).tolist()))
    (failed,) = sweep_job(StartSweep(7, spec, wanted))
    assert isinstance(failed, JobFailed)
    assert failed.fault is not None
    assert failed.fault.code == "too_large"
    assert check_plan(spec, wanted._replace(axes=(rates(),))) == []
