"""Groups of parameters: each weight moved by its group's optimizer and numbers, as torch's own objects move it."""

from collections.abc import Mapping
from math import fsum
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from engine.explain import explain
from engine.headless.cli import main
from engine.lane import grouped_lane
from engine.protocol import HISTORY_BUDGET, Explain, StartSweep, SweepAxis, SweepPart, SweepPlan
from engine.report.settings import effective
from engine.run.lockstep import Lockstep
from engine.run.rates import rates_of
from engine.spec import ExperimentError, ExperimentSpec, ScheduleSpec, check, check_part, load, optimizer_names
from engine.spec.groups import Group, empty_groups
from engine.sweep import sweep_job
from engine.trace.message import tell
from tests.drawing import examples
from tests.engine.experiments import experiment, layer, optimizer, raw_problem
from tests.engine.explaining import recorded

LAYERS = [layer(4, "tanh"), layer(3, "sigmoid", bias=False), layer(2, "identity")]
BIASES = {"match": "*.bias", "params": {"weight_decay": 0}}
WEIGHTS = [f"layer{number}.{kind}" for number, kind in ((1, "weight"), (1, "bias"), (2, "weight"), (3, "weight"))]
WEIGHTS.append("layer3.bias")


def grouped(name: str, params: Mapping[str, Any], *groups: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {**optimizer(name, **params), "groups": list(groups), **more}


def spec_of(entry: dict[str, Any], dtype: str = "float64", **more: Any) -> ExperimentSpec:
    return experiment(LAYERS, inputs=3, rows=6, optimizers=[entry], dtype=dtype, **more)


def by_torch(
    spec: ExperimentSpec, steps: int, *groups: tuple[str, list[tuple[list[str], dict[str, Any]]]]
) -> list[Any]:
    """What a person gets who writes it: an optimizer of each class, its groups of weights with their arguments."""
    kind = getattr(torch, spec.dtype)
    torch.manual_seed(0)
    stack = nn.Sequential(
        *(nn.Linear(3, 4, dtype=kind), nn.Tanh(), nn.Linear(4, 3, bias=False, dtype=kind), nn.Sigmoid()),
        nn.Linear(3, 2, dtype=kind),
    )
    named = dict(zip(WEIGHTS, stack.parameters(), strict=True))
    made = [
        getattr(torch.optim, name)([{"params": [named[one] for one in names], **own} for names, own in each])
        for name, each in groups
    ]
    assert spec.data is not None
    x, y = (torch.tensor(part) for part in spec.data.arrays(spec.dtype))
    for _ in range(steps):
        for one in made:
            one.zero_grad()
        nn.functional.mse_loss(stack(x), y).backward()
        for one in made:
            one.step()
    return [weight.detach().numpy() for weight in stack.parameters()]


def lanes_after(spec: ExperimentSpec, steps: int) -> tuple[Lockstep, Any, Any]:
    run = Lockstep(spec, budget=HISTORY_BUDGET)
    run.advance(steps)
    diy, twin = (one.lane.weights() for one in run.lanes)
    return run, diy, twin


def assert_close(ones: Any, others: Any, rtol: float) -> None:
    for one, other in zip(ones, others, strict=True):
        np.testing.assert_allclose(one, other, rtol=rtol, atol=1e-13)


def test_the_twin_is_torchs_objects_bit_for_bit() -> None:
    entry = grouped("AdamW", {"lr": 0.02, "weight_decay": 0.3}, BIASES, {"match": "layer1.*", "params": {"lr": 0.1}})
    expected = by_torch(
        spec_of(entry),
        30,
        (
            "AdamW",
            [
                (["layer1.bias", "layer3.bias"], {"lr": 0.02, "weight_decay": 0}),
                (["layer1.weight"], {"lr": 0.1, "weight_decay": 0.3}),
                (["layer2.weight", "layer3.weight"], {"lr": 0.02, "weight_decay": 0.3}),
            ],
        ),
    )
    _, diy, twin = lanes_after(spec_of(entry), 30)
    for ours, theirs in zip(twin, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert_close(diy, twin, 1e-10)


def test_two_optimizers_are_two_of_torchs_objects() -> None:
    entry = grouped("Muon", {"lr": 0.02}, {"match": "*.bias", "name": "AdamW", "params": {"lr": 0.1}})
    expected = by_torch(
        spec_of(entry),
        15,
        ("AdamW", [(["layer1.bias", "layer3.bias"], {"lr": 0.1})]),
        ("Muon", [(["layer1.weight", "layer2.weight", "layer3.weight"], {"lr": 0.02})]),
    )
    run, _, twin = lanes_after(spec_of(entry), 15)
    for ours, theirs in zip(twin, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert run.parity()[0].verdict == "lockstep"


# --- any groups -----------------------------------------------------------------------------------

MOVES_ANY = [name for name in optimizer_names() if name not in ("LBFGS", "Muon")]
PATTERNS = ["*.bias", "*.weight", "layer1.*", "layer[23].*", "layer3.bias", "*", "nothing"]
OTHERS: dict[str, Any] = {"lr": st.sampled_from([1e-3, 0.02, 0.1]), "weight_decay": st.sampled_from([0, 0.1])}
SCHEDULES = [
    None,
    {"name": "StepLR", "params": {"step_size": 3, "gamma": 0.5}},
    {"name": "ExponentialLR", "params": {"gamma": 0.9}, "warmup": {"steps": 4}},
    {"name": "ReduceLROnPlateau", "params": {"patience": 0, "threshold": 0.05, "factor": 0.7}},
    {"name": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 30, "cycle_momentum": False}},
    [{"name": "LinearLR", "params": {}, "steps": 4}, {"name": "CosineAnnealingLR", "params": {"T_max": 6}}],
]


@st.composite
def any_groups(draw: st.DrawFn) -> dict[str, Any]:
    """An entry with one to three groups, of its own class or of others."""
    own = draw(st.sampled_from(MOVES_ANY))
    has_decay = {name for name in MOVES_ANY if name != "Rprop"}

    def params(name: str) -> dict[str, Any]:
        return {
            key: draw(value)
            for key, value in OTHERS.items()
            if draw(st.booleans()) and (key != "weight_decay" or name in has_decay)
        }

    groups = []
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.none() | st.sampled_from(MOVES_ANY))
        group = {"match": draw(st.sampled_from(PATTERNS)), "params": params(name or own)}
        groups.append(group if name is None else {**group, "name": name})
    clip = draw(st.sampled_from([None, {"norm": 0.05}, {"value": 0.01}]))
    return grouped(own, params(own), *groups, schedule=draw(st.sampled_from(SCHEDULES)), clip=clip)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@examples(6)
@given(entry=any_groups())
def test_any_groups_are_in_lockstep_and_found_again(dtype: str, entry: dict[str, Any]) -> None:
    run, diy, twin = lanes_after(spec_of(entry, dtype, batch={"size": 4, "shuffle": True}), 24)
    (pair,) = run.parity()
    assert pair.verdict in ("lockstep", "rounding"), (pair.mismatch, pair.unstable)
    if dtype == "float64":
        assert_close(diy, twin, 1e-7)
    assert_found_again(run, 11)


def assert_found_again(run: Lockstep, step: int) -> None:
    """Any step is reached again bit for bit, and from there the newest too."""
    newest = run.step
    ahead = [[weight.copy() for weight in one.lane.weights()] for one in run.lanes]
    hypers = [one.lane.hyperparameters() for one in run.lanes]
    run.seek(step)
    run.seek(newest)
    for one, weights, numbers in zip(run.lanes, ahead, hypers, strict=True):
        for now, then in zip(one.lane.weights(), weights, strict=True):
            np.testing.assert_array_equal(now, then)
        assert one.lane.hyperparameters() == numbers


ENTRY = grouped(
    "SGD",
    {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.01},
    {"match": "layer1.*", "params": {"lr": 0.02}},
    {"match": "*.bias", "name": "Adam", "params": {"lr": 0.05}},
    schedule={"name": "StepLR", "params": {"step_size": 5, "gamma": 0.5}},
)


def test_the_schedule_scales_each_groups_own_rate() -> None:
    run, *_ = lanes_after(spec_of(ENTRY), 12)
    for one in run.lanes:
        rates = {name: value for name, value in one.lane.hyperparameters().items() if name.endswith("lr")}
        assert rates == pytest.approx({"lr": 0.025, "groups[0].lr": 0.005, "groups[1].lr": 0.0125})
        assert one.lane.rate == pytest.approx(0.025)


def test_the_first_group_that_fits_has_the_weight() -> None:
    run, *_ = lanes_after(spec_of(ENTRY), 3)
    for one in run.lanes:
        symbols = [
            sorted(symbol for symbol, value in state.items() if value is not None) for state in one.lane.states()
        ]
        assert symbols[:3] == [["b"]] * 3
        assert "m" in symbols[4]


def test_a_change_reaches_the_groups_that_leave_it_out_and_forks() -> None:
    run, *_ = lanes_after(spec_of(ENTRY), 8)
    run.set_params(0, {"lr": 0.3, "momentum": 0.5})
    run.advance(6)
    for one in run.lanes:
        numbers = one.lane.hyperparameters()
        assert numbers["groups[0].momentum"] == 0.5
        assert numbers["groups[0].lr"] == pytest.approx(0.005)
        assert numbers["lr"] == pytest.approx(0.075)
    assert run.parity()[0].verdict == "lockstep"
    assert_found_again(run, 9)
    run.seek(4)
    assert run.set_params(0, {"lr": 0.2, "momentum": 0.9, "weight_decay": 0.01}) is not None
    run.advance(10)
    assert run.parity()[0].verdict == "lockstep"
    assert_found_again(run, 7)


def test_a_test_functions_point_may_be_in_a_group() -> None:
    entry = grouped("SGD", {"lr": 1e-3}, {"match": "point.*", "params": {"lr": 1e-4}})
    run = Lockstep(check(raw_problem(optimizers=[entry])), budget=HISTORY_BUDGET, judge_at_once=False)
    run.advance(20)
    alone = Lockstep(
        check(raw_problem(optimizers=[optimizer("SGD", lr=1e-4)])), budget=HISTORY_BUDGET, judge_at_once=False
    )
    alone.advance(20)
    for one, other in zip(run.lanes, alone.lanes, strict=True):
        np.testing.assert_array_equal(one.lane.weights()[0], other.lane.weights()[0])


# --- a wrong group is found -----------------------------------------------------------------------


def mismatch_with(spec: ExperimentSpec, steps: int = 12) -> Any:
    run = Lockstep(spec, budget=HISTORY_BUDGET)
    run.advance(steps)
    return run.parity()[0].mismatch


def twisted(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    """Have the textbook's lane divide the weights in another way than torch's."""
    honest = grouped_lane.groups_of
    monkeypatch.setattr(grouped_lane, "groups_of", lambda entry, weights: change(honest(entry, weights)))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_groups_number_that_is_ignored_is_found_at_its_weight(dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {**ENTRY, "schedule": None}
    spec = spec_of(entry, dtype)
    assert mismatch_with(spec) is None
    rest = {"weight_decay": 0.01, "momentum": 0.9, "lr": 0.1}
    twisted(
        monkeypatch,
        lambda groups: [
            group._replace(entry=group.entry.model_copy(update={"params": rest})) if group.place == 0 else group
            for group in groups
        ],
    )
    found = mismatch_with(spec)
    assert (found.step, found.stage, found.tensor) == (1, "layer1.update", "layer1.weight")


def test_a_later_group_that_is_taken_before_the_first_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = {"*.bias": 0, "layer1.*": 0}
    entry = grouped("SGD", {"lr": 0.1}, *({"match": match, "params": {"lr": lr}} for match, lr in zip(
        swapped, (0.01, 0.05), strict=True)))  # fmt: skip
    spec = spec_of(entry)
    assert mismatch_with(spec) is None

    def last_match(groups: list[Group]) -> list[Group]:
        first, second, *rest = groups
        kept = tuple(name for name in first.weights if not name.startswith("layer1"))
        moved = tuple(name for name in first.weights if name.startswith("layer1"))
        return [first._replace(weights=kept), second._replace(weights=(*second.weights, *moved)), *rest]

    twisted(monkeypatch, last_match)
    found = mismatch_with(spec)
    assert (found.step, found.stage, found.tensor) == (1, "layer1.update", "layer1.bias")


def test_a_schedule_that_moves_one_group_alone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = spec_of(ENTRY)
    twisted(
        monkeypatch,
        lambda groups: [
            group._replace(entry=group.entry.model_copy(update={"schedule": slow})) if group.place == 0 else group
            for group in groups
        ],
    )
    slow = ScheduleSpec(name="StepLR", params={"step_size": 10**6})
    found = mismatch_with(spec)
    assert (found.stage, found.tensor) == ("schedule", "rate")


# --- one step, and many at once --------------------------------------------------------------------


@pytest.mark.parametrize("step", [1, 7])
def test_a_recorded_step_knows_what_moved_each_weight(step: int) -> None:
    trace = recorded(spec_of({**ENTRY, "clip": {"norm": 0.5}}), step)
    assert set(trace.recorded) >= {"layer3.bias.m", "layer1.weight.b", "layer2.weight.clipped"}
    for weight, index, kinds in (
        ("layer1.weight", (1, 2), "gradient clipping weight_decay momentum rounding"),
        ("layer3.weight", (1, 2), "gradient clipping weight_decay momentum rounding"),
        ("layer3.bias", (1,), "gradient clipping momentum bias_correction scaling rounding"),
    ):
        found = explain(trace, Explain(0, 0, step, 0, weight, index))
        assert [part.kind for part in found.parts] == kinds.split()
        for side in (0, 1):
            values = [part.value[side] or 0.0 for part in found.parts]
            assert fsum(values) == found.delta[side]
            assert abs(values[-1]) < 1e-14
    told = tell(trace, 0, step).traced
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}
    assert {"groups[0].lr", "lr", "groups[1].betas[0]"} <= {value.twin for value in told.values}


def test_a_sweep_takes_the_groups_along() -> None:
    spec = spec_of(ENTRY)
    plan = SweepPlan(0, (SweepAxis(("momentum",), (0.0, 0.5), False),), (), 5)
    parts = [part for part in sweep_job(StartSweep(1, spec, plan)) if isinstance(part, SweepPart)]
    for place, momentum in enumerate((0.0, 0.5)):
        entry = {**ENTRY, "params": {**ENTRY["params"], "momentum": momentum}}
        run, *_ = lanes_after(spec_of(entry), 5)
        np.testing.assert_allclose(parts[-1].losses[place, 0, 0], run.training_losses()[0], rtol=1e-12)


def test_a_report_says_what_each_group_has() -> None:
    (rest, biases) = effective(spec_of(ENTRY).optimizers[0])["groups"]
    assert (rest["match"], rest["name"], rest["params"]["momentum"], rest["params"]["lr"]) == (
        "layer1.*",
        "SGD",
        0.9,
        0.02,
    )
    assert (biases["name"], biases["params"]["betas"]) == ("Adam", (0.9, 0.999))


# --- what is refused ------------------------------------------------------------------------------

AT = "optimizers[0].groups"
MUON = {"match": "layer1.*", "name": "Muon", "params": {}}
FAULTY: list[tuple[dict[str, Any], str, str]] = [
    (grouped("SGD", {}), AT, "needs at least one entry"),
    (grouped("SGD", {}, {"match": ""}), f"{AT}[0].match", "needs at least one entry"),
    (grouped("SGD", {}, {"params": {}}), f"{AT}[0].match", "is missing"),
    (grouped("SGD", {}, {"match": "*", "name": "Sgd"}), f"{AT}[0].name", "did you mean SGD?"),
    (grouped("SGD", {}, {"match": "*", "params": {"betas": [0, 0]}}), f"{AT}[0].params.betas", "is not one of lr"),
    (grouped("SGD", {}, {"match": "*", "params": {"lr": -1}}), f"{AT}[0].params.lr", "must be ≥ 0, not -1"),
    (grouped("SGD", {}, {"match": "*", "params": {"nesterov": True}}), f"{AT}[0].params.nesterov", "needs a momentum"),
    (grouped("SGD", {}, MUON), f"{AT}[0].name", "takes matrices only, unlike layer1.bias"),
    (grouped("Muon", {}, {"match": "*.weight", "params": {}}), "optimizers[0].name", "unlike layer1.bias, layer3.bias"),
    (grouped("LBFGS", {}, BIASES), AT, "torch refuses groups for it"),
    (grouped("SGD", {}, {"match": "*", "name": "LBFGS"}), f"{AT}[0].name", "torch refuses groups for it"),
    (grouped("SGD", {}, {"match": "*", "params": {"lr": 1e30}}, schedule=SCHEDULES[1]), f"{AT}[0].params.lr", "1e+20"),
    (grouped("SGD", {"momentum": 0.5}, {"match": "*.bias", "name": "Adagrad"}, schedule={
        "name": "CyclicLR", "params": {"base_lr": 0.1, "max_lr": 1}}),
     "optimizers[0].schedule.params.cycle_momentum", "Adagrad has neither"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "where", "words"), FAULTY)
def test_a_fault_is_named_with_its_place(entry: dict[str, Any], where: str, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        spec_of(entry)
    told = {fault.where: fault.message for fault in caught.value.faults}
    assert words in told.get(where, ""), told


def test_numbers_that_float32_cannot_hold_are_refused_in_a_group_too() -> None:
    with pytest.raises(ExperimentError) as caught:
        spec_of(grouped("SGD", {}, {"match": "*", "params": {"lr": 1e300}}), "float32")
    assert [fault.where for fault in caught.value.faults] == [f"{AT}[0].params.lr"]


def test_groups_survive_the_file_and_are_there_only_where_they_are_given() -> None:
    spec = spec_of(ENTRY)
    assert load(spec.to_json()) == spec
    assert '"groups"' not in spec_of(optimizer("SGD")).to_json()
    assert empty_groups(spec.optimizers[0], WEIGHTS) == []
    entries, _ = check_part("optimizers", [grouped("SGD", {}, BIASES, BIASES, {"match": "layer9.*"})])
    assert entries is not None
    assert empty_groups(entries[0], WEIGHTS) == [1, 2]


def test_a_group_without_a_weight_is_told_in_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = spec_of(grouped("SGD", {"lr": 0.1}, BIASES, {"match": "layer9.*"}))
    file = tmp_path / "groups.json"
    file.write_text(spec.to_json(), encoding="utf-8")
    assert main(["run", str(file), "--steps", "5"]) == 0
    assert "SGD: group 2 (layer9.*) has no weight" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("groups", "rate"),
    [([{"match": "*.bias", "params": {"lr": 0.01}}], 0.1), ([{"match": "*", "params": {"lr": 0.5}}], 0.5)],
)
def test_an_entrys_rate_is_that_of_its_last_group(groups: list[dict[str, Any]], rate: float) -> None:
    run = Lockstep(
        experiment([layer(2)], optimizers=[{**optimizer("SGD", lr=0.1), "groups": groups}]),
        budget=10**7,
        judge_at_once=False,
    )
    run.advance(3)
    assert rates_of(run, 0).tolist() == [rate] * 3
    assert {one.lane.rate for one in run.lanes} == {rate}
