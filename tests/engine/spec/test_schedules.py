"""Schedules, clipping and the newer kinds of hyperparameters in an experiment: faults, fields, and the curve."""

import copy
from typing import Annotated, Any, NamedTuple

import numpy as np
import pytest
import torch

from engine.diy.optimizers.hyper import Hyperparameter
from engine.spec import (
    ClipSpec,
    ExperimentError,
    Fault,
    OptimizerSpec,
    ScheduleSpec,
    WarmupSpec,
    check,
    first_unplanned_step,
    load,
    schedule_curve,
    schedule_fields,
    schedule_length,
    schedule_names,
    schedule_rates,
)
from engine.spec.hyperparameters import _fields
from engine.spec.param_checks import params_faults
from engine.twin.schedules import TorchSchedule
from tests.engine.experiments import raw_article

AT = "optimizers[0].schedule"


def raw_of(entry: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return raw_article(optimizers=[{"name": "SGD", "params": {"lr": 0.1}, **entry}], **changes)


def scheduled(name: str, warmup: Any = None, **params: Any) -> dict[str, Any]:
    return {"schedule": {"name": name, "params": params, "warmup": warmup}}


def faults_of(raw: Any) -> list[Fault]:
    with pytest.raises(ExperimentError) as caught:
        check(copy.deepcopy(raw))
    return list(caught.value.faults)


FAULTY: list[tuple[dict[str, Any], str, str]] = [
    (scheduled("StepLr", step_size=3), f"{AT}.name", "did you mean StepLR?"),
    (scheduled("LambdaLR"), f"{AT}.name", "is not one of StepLR, MultiStepLR"),
    (scheduled("StepLR"), f"{AT}.params.step_size", "is missing"),
    (scheduled("StepLR", step_size=0), f"{AT}.params.step_size", "must be ≥ 1, not 0"),
    (scheduled("StepLR", step_size=2.5), f"{AT}.params.step_size", "must be a whole number, not 2.5"),
    (scheduled("StepLR", step_size=True), f"{AT}.params.step_size", "must be a whole number, not true"),
    (scheduled("StepLR", step_size=10**400), f"{AT}.params.step_size", "must be a finite number"),
    (scheduled("StepLR", step_size=10**13), f"{AT}.params.step_size", "must be ≤ 1000000000000"),
    (scheduled("StepLR", step_size=3, gama=0.1), f"{AT}.params.gama", "did you mean gamma?"),
    (scheduled("StepLR", step_size=3, gamma=-1), f"{AT}.params.gamma", "must be ≥ 0, not -1"),
    (scheduled("StepLR", step_size=3, gamma=None), f"{AT}.params.gamma", "must be a number, not null"),
    (scheduled("MultiStepLR", milestones=5), f"{AT}.params.milestones", "must be a list, not 5"),
    (scheduled("MultiStepLR", milestones=[5, -1]), f"{AT}.params.milestones[1]", "must be ≥ 0, not -1"),
    (scheduled("MultiStepLR", milestones=["5"]), f"{AT}.params.milestones[0]", "must be a whole number"),
    (scheduled("MultiStepLR", milestones=[1] * 1001), f"{AT}.params.milestones", "has too many entries"),
    (scheduled("ConstantLR", factor=0), f"{AT}.params.factor", "must be ≥ 1e-100 and ≤ 1, not 0"),
    (scheduled("LinearLR", start_factor=1.5), f"{AT}.params.start_factor", "must be ≥ 1e-100 and ≤ 1, not 1.5"),
    (scheduled("LinearLR", total_iters=0), f"{AT}.params.total_iters", "must be ≥ 1, not 0"),
    (scheduled("CyclicLR", base_lr=0.1, max_lr=1, mode="triangel"), f"{AT}.params.mode", "did you mean triangular?"),
    (scheduled("CyclicLR", base_lr=0.1, max_lr=1, mode=2), f"{AT}.params.mode", "must be text, not 2"),
    (scheduled("CyclicLR", base_lr=0.1, max_lr=1, scale_fn="x"), f"{AT}.params.scale_fn", "is not one of base_lr"),
    (scheduled("CyclicLR", base_lr=0.1, max_lr=1, gamma=1.1), f"{AT}.params.gamma", "must be ≥ 0 and ≤ 1"),
    (scheduled("CyclicLR", base_lr=0.1, max_lr=1, base_momentum=0.95), f"{AT}.params.base_momentum", "above max_mom"),
    (scheduled("CyclicLR", base_lr=0.1, max_lr=1, max_momentum=1), f"{AT}.params.max_momentum", "must be ≥ 0 and < 1"),
    (scheduled("OneCycleLR", max_lr=1), f"{AT}.params.total_steps", "or else both epochs and steps_per_epoch"),
    (scheduled("OneCycleLR", max_lr=1, epochs=3), f"{AT}.params.total_steps", "is needed"),
    (scheduled("OneCycleLR", max_lr=1, total_steps=10, pct_start=0.1), f"{AT}.params.pct_start", "in no steps"),
    (scheduled("OneCycleLR", max_lr=1, total_steps=10, div_factor=0), f"{AT}.params.div_factor", "must be > 0, not 0"),
    (scheduled("ReduceLROnPlateau", factor=1), f"{AT}.params.factor", "must be ≥ 0 and < 1, not 1"),
    (scheduled("ReduceLROnPlateau", {"steps": 5}), f"{AT}.warmup", "torch's SequentialLR refuses that"),
    (scheduled("LinearLR", {"steps": 0}), f"{AT}.warmup.steps", "must be ≥ 1, not 0"),
    (scheduled("LinearLR", {}), f"{AT}.warmup.steps", "is missing"),
    (scheduled("LinearLR", {"steps": 3, "start_factor": 0}), f"{AT}.warmup.start_factor", "0"),
    ({"schedule": {"params": {}}}, f"{AT}.name", "is missing"),
    ({"schedule": "StepLR"}, AT, "must be an object"),
    ({"clip": {}}, "optimizers[0].clip", "needs a norm or a value"),
    ({"clip": {"norm": 1, "value": 1}}, "optimizers[0].clip", "not both"),
    ({"clip": {"norm": 0}}, "optimizers[0].clip.norm", "must be > 0, not 0"),
    ({"clip": {"value": -1}}, "optimizers[0].clip.value", "must be > 0, not -1"),
    ({"clip": {"value": 1e300}}, "optimizers[0].clip.value", "(float32)"),
    ({"clip": {"norms": 1}}, "optimizers[0].clip.norms", "did you mean norm?"),
]


def chained(*phases: tuple[str, dict[str, Any], Any]) -> dict[str, Any]:
    """An entry of schedules one after another, each with its steps, or without."""
    each = [{"name": name, "params": params, "steps": steps} for name, params, steps in phases]
    return {"schedule": [{key: value for key, value in one.items() if value is not None} for one in each]}


LINE, STEP = ("LinearLR", {}, 5), ("StepLR", {"step_size": 3}, None)
FAULTY += [
    (chained(LINE, ("StepLr", {}, 3), STEP), f"{AT}[1].name", "did you mean StepLR?"),
    (chained(LINE, ("StepLR", {}, None)), f"{AT}[1].params.step_size", "is missing"),
    (chained(("LinearLR", {}, None), STEP), f"{AT}[0].steps", "is missing"),
    (chained(("LinearLR", {}, 0), STEP), f"{AT}[0].steps", "must be ≥ 1, not 0"),
    (chained(("LinearLR", {}, 2.5), STEP), f"{AT}[0].steps", "must be a whole number"),
    (chained(LINE, LINE), f"{AT}[1].steps", "no other schedule comes after it"),
    ({"schedule": {"name": "LinearLR", "steps": 5}}, f"{AT}.steps", "no other schedule comes after it"),
    (chained(LINE, ("ReduceLROnPlateau", {}, None)), f"{AT}[1].name", "torch's SequentialLR refuses that"),
    (chained(("ReduceLROnPlateau", {}, 5), STEP), f"{AT}[0].name", "torch's SequentialLR refuses that"),
    (chained(("OneCycleLR", {"max_lr": 1, "total_steps": 9}, 10), STEP), f"{AT}[0].steps", "must be ≤ 9, not 10"),
    ({"schedule": []}, AT, "needs at least one entry"),
    (chained(*[LINE] * 40, STEP), AT, "has too many entries: 41, at most 32"),
    ({"schedule": [*chained(LINE)["schedule"], {**scheduled("LinearLR", {"steps": 3})["schedule"]}]},
     f"{AT}[1].warmup", "before the first schedule alone"),
    (chained(LINE, ("CyclicLR", {"base_lr": 0.1, "max_lr": 1, "base_momentum": 0.95}, None)),
     f"{AT}[1].params.base_momentum", "above max_mom"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "where", "words"), FAULTY)
def test_a_fault_is_named_with_its_place(entry: dict[str, Any], where: str, words: str) -> None:
    faults = faults_of(raw_of(entry))
    told = [fault for fault in faults if fault.where == where]
    assert told, faults
    assert any(words in fault.message for fault in told), told


def test_all_that_is_wrong_is_told_at_once_also_where_the_optimizer_is_unknown() -> None:
    entry = {"name": "Sgd", **scheduled("OneCycleLR", max_lr=-1, mode="x"), "clip": {}}
    faults = faults_of(raw_of(entry))
    last = {fault.where.rpartition(".")[2] for fault in faults}
    assert last == {"name", "max_lr", "mode", "clip"}
    assert faults_of(raw_of({"name": "Sgd", **scheduled("OneCycleLR", max_lr=1, total_steps=5)}))[0].path[-1] == "name"


@pytest.mark.parametrize("optimizer", ["Adagrad", "Adadelta", "Rprop", "ASGD"])
def test_a_cycled_momentum_takes_an_optimizer_that_has_one(optimizer: str) -> None:
    cycle = scheduled("CyclicLR", base_lr=0.1, max_lr=1)
    (fault,) = faults_of(raw_of({**cycle, "name": optimizer}))
    assert fault.where == f"{AT}.params.cycle_momentum"
    assert optimizer in fault.message
    cycle["schedule"]["params"]["cycle_momentum"] = False
    check(raw_of({**cycle, "name": optimizer}))
    for other in ("SGD", "Adam", "RMSprop"):
        check(raw_of({**scheduled("CyclicLR", base_lr=0.1, max_lr=1), "name": other}))


GOOD: list[dict[str, Any]] = [
    scheduled("StepLR", {"steps": 3}, step_size=3),
    scheduled("MultiStepLR", {"steps": 10, "start_factor": 1}, milestones=[]),
    scheduled("MultiStepLR", milestones=[3, 1], gamma=2),
    scheduled("CyclicLR", base_lr=0, max_lr=1, step_size_down=None, mode="exp_range", gamma=1),
    scheduled("OneCycleLR", max_lr=1, epochs=3, steps_per_epoch=7, total_steps=None, pct_start=1),
    scheduled("ReduceLROnPlateau", mode="max", cooldown=0),
    {"clip": {"norm": 1}},
    {"clip": {"value": 0.5}},
    {**scheduled("LinearLR"), "clip": {"norm": 1e-3}, "color": 3},
    chained(LINE, ("OneCycleLR", {"max_lr": 1, "total_steps": 9}, 9), STEP),
    chained(STEP),
]


@pytest.mark.parametrize("entry", GOOD)
def test_what_is_well_survives_the_file(entry: dict[str, Any]) -> None:
    spec = check(raw_of(entry))
    assert load(spec.to_json()) == spec


@pytest.mark.parametrize("name", schedule_names())
def test_the_least_that_passes_the_checks_torch_takes(name: str) -> None:
    least: dict[str, Any] = {
        "StepLR": {"step_size": 1},
        "MultiStepLR": {"milestones": []},
        "ExponentialLR": {"gamma": 0},
        "CosineAnnealingLR": {"T_max": 1},
        "CosineAnnealingWarmRestarts": {"T_0": 1},
        "CyclicLR": {"base_lr": 0, "max_lr": 0, "step_size_up": 1, "step_size_down": 1},
        "OneCycleLR": {"max_lr": 0, "total_steps": 1},
    }.get(name, {})
    spec = check(raw_of(scheduled(name, **least)))
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=0.1, momentum=0.5)
    twin = TorchSchedule(optimizer, spec.optimizers[0])
    for _ in range(5):
        twin.step(1.0)
    assert np.isfinite(twin.values()["lr"])


# --- fields ---------------------------------------------------------------------------------------


class Odd(NamedTuple):
    """A pair with an optional member, a word that may be left out, and whole numbers."""

    pair: tuple[
        Annotated[float, Hyperparameter("One", "", optional=True)], Annotated[float, Hyperparameter("Two", "")]
    ] = (None, 0.5)  # pyright: ignore[reportAssignmentType]
    word: Annotated[str | None, Hyperparameter("Word", "", choices=("a", "b"), optional=True)] = None
    whole: Annotated[int, Hyperparameter("Whole", "", low=-3, high=3, above=True)] = 1


ODD = tuple(_fields(Odd))


def test_fields_have_their_kinds() -> None:
    assert [(field.path, field.kind, field.default) for field in ODD] == [
        (("pair", 0), float, None),
        (("pair", 1), float, 0.5),
        (("word",), str, None),
        (("whole",), int, 1),
    ]
    assert ODD[3].accepted == "> -3 and < 3"
    (milestones, gamma) = schedule_fields("MultiStepLR")
    assert (milestones.many, milestones.required, milestones.kind) == (True, True, int)
    assert (gamma.many, gamma.required, gamma.default) == (False, False, 0.1)


@pytest.mark.parametrize(
    ("params", "codes"),
    [
        ({"pair": [None, 1]}, []),
        ({"pair": [1, None]}, ["wrong_type"]),
        ({"pair": [-1, -1]}, ["out_of_range", "out_of_range"]),
        ({"pair": None}, ["wrong_type"]),
        ({"word": None, "whole": 2}, []),
        ({"word": "c", "whole": 3}, ["unknown_name", "out_of_range"]),
        ({"word": ["a"], "whole": -3}, ["wrong_type", "out_of_range"]),
        ({"whole": 1.0}, ["wrong_type"]),
        ({"whole": None}, ["wrong_type"]),
    ],
)
def test_values_are_checked_against_their_kind(params: dict[str, Any], codes: list[str]) -> None:
    assert [fault.code for fault in params_faults((), params, ODD)] == codes


# --- the curve ------------------------------------------------------------------------------------


def entry_of(name: str | None, warmup: WarmupSpec | None = None, **params: Any) -> OptimizerSpec:
    schedule = None if name is None else ScheduleSpec(name=name, params=params, warmup=warmup)
    return OptimizerSpec(name="SGD", params={"lr": 1}, schedule=schedule, clip=ClipSpec(norm=1))


def test_the_curve_has_the_rate_of_each_step() -> None:
    curve = schedule_curve(entry_of("StepLR", WarmupSpec(steps=4, start_factor=0.2), step_size=2), 8)
    np.testing.assert_allclose(curve, [0.2, 0.4, 0.6, 0.8, 1, 1, 0.1, 0.1])
    np.testing.assert_allclose(schedule_rates(entry_of("LinearLR", total_iters=10**9), [1, 10**9 + 1]), [1 / 3, 1])
    np.testing.assert_array_equal(schedule_curve(entry_of(None), 3), [1, 1, 1])
    assert schedule_curve(entry_of("ReduceLROnPlateau"), 3) is None


def test_a_picture_of_it_is_long_enough() -> None:
    assert schedule_length(entry_of("CosineAnnealingLR", WarmupSpec(steps=50), T_max=100)) == 250
    assert schedule_length(entry_of("OneCycleLR", max_lr=1, epochs=10, steps_per_epoch=10)) == 126
    assert schedule_length(entry_of("ExponentialLR", gamma=1.01)) == pytest.approx(463, abs=1)
    assert schedule_length(entry_of("ExponentialLR", gamma=1)) == 100
    assert schedule_length(entry_of("ExponentialLR", gamma=1 - 1e-16)) == 10**9
    assert schedule_length(entry_of("StepLR", step_size=10**12)) == 10**9
    assert schedule_length(entry_of("ReduceLROnPlateau")) is None
    assert schedule_length(entry_of(None)) is None


def chain_of(*phases: ScheduleSpec) -> OptimizerSpec:
    return OptimizerSpec(name="SGD", params={"lr": 1}, schedule=phases)


def test_the_curve_of_a_chain_goes_through_all_of_it() -> None:
    first = ScheduleSpec(name="ConstantLR", params={"factor": 0.5, "total_iters": 9}, steps=3)
    entry = chain_of(first, ScheduleSpec(name="StepLR", params={"step_size": 2}))
    np.testing.assert_allclose(schedule_curve(entry, 8), [0.5, 0.5, 0.5, 1, 1, 0.1, 0.1, 0.01])
    assert schedule_length(entry) == 11
    warm = first.model_copy(update={"warmup": WarmupSpec(steps=40)})
    assert schedule_length(chain_of(warm, ScheduleSpec(name="StepLR", params={"step_size": 2}))) == 51
    cycle = ScheduleSpec(name="OneCycleLR", params={"max_lr": 1, "total_steps": 10})
    assert first_unplanned_step(chain_of(warm, cycle)) == 54
    assert first_unplanned_step(chain_of(cycle.model_copy(update={"steps": 5}), first)) is None
