"""Schedules by hand against torch.optim.lr_scheduler's: every rate and momentum, taken up again, and changed midway."""

import inspect
from math import isclose
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.diy.schedules import SCHEDULES
from engine.spec import OptimizerSpec, ScheduleSpec, WarmupSpec, complete
from engine.spec.schedule import LARGEST_RATE, Schedule
from engine.twin.schedules import TorchSchedule
from tests.drawing import examples, in_turn, sample

STEPS = 220
CASES: list[tuple[str, dict[str, Any]]] = [
    ("StepLR", {"step_size": 1}),
    ("StepLR", {"step_size": 30, "gamma": 0.5}),
    ("StepLR", {"step_size": 7, "gamma": 1.5}),
    ("StepLR", {"step_size": 50, "gamma": 0}),
    ("MultiStepLR", {"milestones": [3, 50, 51, 120]}),
    ("MultiStepLR", {"milestones": [100, 10, 10, 0], "gamma": 0.7}),
    ("MultiStepLR", {"milestones": []}),
    ("ConstantLR", {}),
    ("ConstantLR", {"factor": 1, "total_iters": 10}),
    ("ConstantLR", {"factor": 0.01, "total_iters": 100}),
    ("LinearLR", {}),
    ("LinearLR", {"start_factor": 1, "end_factor": 0, "total_iters": 150}),
    ("LinearLR", {"start_factor": 1e-6, "total_iters": 100}),
    ("LinearLR", {"start_factor": 0.5, "end_factor": 0.5, "total_iters": 1}),
    ("ExponentialLR", {"gamma": 0.97}),
    ("ExponentialLR", {"gamma": 1.05}),
    ("ExponentialLR", {"gamma": 1}),
    ("ExponentialLR", {"gamma": 0.0}),
    ("PolynomialLR", {}),
    ("PolynomialLR", {"total_iters": 150, "power": 2}),
    ("PolynomialLR", {"total_iters": 150, "power": 0.3}),
    ("PolynomialLR", {"total_iters": 90, "power": 0.0}),
    ("CosineAnnealingLR", {"T_max": 1}),
    ("CosineAnnealingLR", {"T_max": 50}),
    ("CosineAnnealingLR", {"T_max": 33, "eta_min": 0.01}),
    ("CosineAnnealingLR", {"T_max": 1000, "eta_min": 1}),
    ("CosineAnnealingWarmRestarts", {"T_0": 20}),
    ("CosineAnnealingWarmRestarts", {"T_0": 1, "T_mult": 2}),
    ("CosineAnnealingWarmRestarts", {"T_0": 7, "T_mult": 3, "eta_min": 1e-3}),
    ("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 20}),
    ("CyclicLR", {"base_lr": 0, "max_lr": 1, "step_size_up": 3, "step_size_down": 17, "mode": "triangular2"}),
    ("CyclicLR", {"base_lr": 0.1, "max_lr": 0.2, "step_size_up": 25, "mode": "exp_range", "gamma": 0.99}),
    ("CyclicLR", {"base_lr": 0.2, "max_lr": 0.1, "step_size_up": 1, "cycle_momentum": False}),
    ("CyclicLR", {"base_lr": 0.1, "max_lr": 1, "step_size_up": 9, "base_momentum": 0.1, "max_momentum": 0.99}),
    ("OneCycleLR", {"max_lr": 0.5, "total_steps": 200}),
    ("OneCycleLR", {"max_lr": 1, "epochs": 10, "steps_per_epoch": 30, "anneal_strategy": "linear"}),
    ("OneCycleLR", {"max_lr": 0.1, "total_steps": 100, "three_phase": True, "pct_start": 0.4}),
    ("OneCycleLR", {"max_lr": 0.1, "total_steps": 100, "three_phase": True, "anneal_strategy": "linear"}),
    ("OneCycleLR", {"max_lr": 0.1, "total_steps": 230, "pct_start": 1, "div_factor": 10, "final_div_factor": 2}),
    ("OneCycleLR", {"max_lr": 0.1, "total_steps": 230, "pct_start": 0, "cycle_momentum": False}),
    ("OneCycleLR", {"max_lr": 0.1, "total_steps": 1}),
    ("ReduceLROnPlateau", {}),
    ("ReduceLROnPlateau", {"patience": 0, "factor": 0.9, "cooldown": 3}),
    ("ReduceLROnPlateau", {"patience": 3, "threshold": 0.1, "threshold_mode": "abs", "min_lr": 1e-3}),
    ("ReduceLROnPlateau", {"mode": "max", "patience": 2, "factor": 0.5, "eps": 1e-3}),
    ("ReduceLROnPlateau", {"mode": "max", "patience": 5, "threshold_mode": "abs", "threshold": 1}),
    ("ReduceLROnPlateau", {"factor": 0.0, "patience": 100, "threshold": 1.0}),
]
OPTIMIZERS = {"SGD": {"lr": 0.3, "momentum": 0.5}, "Adam": {"lr": 0.3, "betas": [0.5, 0.99]}}


def entry_of(
    name: str | None,
    params: dict[str, Any] | None = None,
    warmup: WarmupSpec | None = None,
    optimizer: str = "SGD",
    **hyper: Any,
) -> OptimizerSpec:
    schedule = None if name is None else ScheduleSpec(name=name, params=params or {}, warmup=warmup)
    return OptimizerSpec(name=optimizer, params={**OPTIMIZERS[optimizer], **hyper}, schedule=schedule)


def losses(count: int, seed: int = 0) -> list[float]:
    """Falling, then level and noisy: plateaus of all lengths."""
    rng = np.random.default_rng(seed)
    return [float(loss) for loss in np.maximum(1 - np.arange(count) / 60, 0.1) + rng.normal(scale=0.05, size=count)]


def are_close(one: Any, other: Any, rtol: float) -> bool:
    """NumPy's own comparison takes longer than all else here."""
    ones, others = (value if isinstance(value, tuple) else (value,) for value in (one, other))
    return all(isclose(a, b, rel_tol=rtol, abs_tol=1e-15) for a, b in zip(ones, others, strict=True))


class Pair:
    """Both sides of an entry's schedule, stepped in turn; the optimizer is a real one, and moves a weight."""

    def __init__(self, entry: OptimizerSpec):
        self.entry = entry
        self.given = complete(entry.name, entry.params)
        self.diy = Schedule(entry)
        self.state = self.diy.begin()
        self.optimizer, self.torch = self.twin()

    def twin(self) -> tuple[torch.optim.Optimizer, TorchSchedule]:
        weight = torch.nn.Parameter(torch.ones(2, dtype=torch.float64))
        optimizer = getattr(torch.optim, self.entry.name)([weight], **self.given._asdict())
        weight.grad = torch.ones_like(weight)
        return optimizer, TorchSchedule(optimizer, self.entry)

    def step(self, loss: float) -> None:
        self.optimizer.step()
        self.torch.step(loss)
        self.diy.hyper(self.given, self.state)
        self.state = self.diy.after(self.state, loss)

    def change(self, **hyper: Any) -> None:
        """As the lanes do it: torch's group of parameters is given everything, and then the schedule has its say."""
        self.given = self.given._replace(**hyper)
        self.optimizer.param_groups[0].update(self.given._asdict())
        self.torch.rebase(self.given)

    def check(self, rtol: float = 1e-11) -> None:
        in_force = self.diy.hyper(self.given, self.state)
        for name, value in self.torch.values().items():
            assert are_close(getattr(in_force, name), value, rtol), name
        theirs = self.torch.state()
        assert self.state.keys() | {"lr", "base"} == theirs.keys()
        if self.state.get("base") in (None, self.given.lr):  # else a change is yet to be taken up, by the next step
            for name, value in self.state.items():
                assert type(theirs[name]) is type(value), name
                assert are_close(value, theirs[name], rtol), name

    def run(self, steps: list[float], rtol: float = 1e-11) -> None:
        self.check(rtol)
        for loss in steps:
            self.step(loss)
            self.check(rtol)


CYCLES = ("CyclicLR", "OneCycleLR")  # which move a momentum, whatever its name is


@pytest.mark.parametrize(
    ("name", "params", "optimizer"),
    [(*case, optimizer) for case in CASES for optimizer in OPTIMIZERS if optimizer == "SGD" or case[0] in CYCLES],
)
def test_equals_torch_over_steps(name: str, params: dict[str, Any], optimizer: str) -> None:
    with np.errstate(all="ignore"):
        Pair(entry_of(name, params, optimizer=optimizer)).run(losses(STEPS))


@pytest.mark.parametrize(
    ("name", "params", "warmup"),
    in_turn(
        [case for case in CASES if case[0] != "ReduceLROnPlateau"],
        [WarmupSpec(steps=1), WarmupSpec(steps=40, start_factor=0.01)],
    ),
)
def test_a_warmup_leads_to_any_other(name: str, params: dict[str, Any], warmup: WarmupSpec) -> None:
    with np.errstate(all="ignore"):
        Pair(entry_of(name, params, warmup)).run(losses(STEPS))


counts = st.integers(1, 60)
rates = st.floats(1e-4, 10)
shares = st.floats(0, 1)
somewhat = st.floats(0.01, 1)
DRAWN: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "StepLR": {"step_size": counts, "gamma": st.floats(0, 2)},
    "MultiStepLR": {"milestones": st.lists(st.integers(0, 60), max_size=6), "gamma": st.floats(0, 2)},
    "ConstantLR": {"factor": somewhat, "total_iters": counts},
    "LinearLR": {"start_factor": somewhat, "end_factor": shares, "total_iters": counts},
    "ExponentialLR": {"gamma": st.floats(0.5, 1.5)},
    "PolynomialLR": {"total_iters": counts, "power": st.floats(0, 4)},
    "CosineAnnealingLR": {"T_max": counts, "eta_min": shares},
    "CosineAnnealingWarmRestarts": {"T_0": counts, "T_mult": st.integers(1, 4), "eta_min": shares},
    "CyclicLR": {
        "base_lr": rates,
        "max_lr": rates,
        "step_size_up": counts,
        "step_size_down": st.none() | counts,
        "mode": st.sampled_from(["triangular", "triangular2", "exp_range"]),
        "gamma": st.floats(0.5, 1),
        "cycle_momentum": st.booleans(),
        "base_momentum": st.floats(0, 0.5),
        "max_momentum": st.floats(0.5, 0.96875),
    },
    "OneCycleLR": {
        "max_lr": rates,
        "total_steps": st.integers(2, 80),
        "pct_start": st.floats(0.501, 1),  # with 2 steps, that is more than one
        "anneal_strategy": st.sampled_from(["cos", "linear"]),
        "div_factor": st.floats(1, 100),
        "final_div_factor": st.floats(1, 1e4),
        "three_phase": st.booleans(),
    },
    "ReduceLROnPlateau": {
        "mode": st.sampled_from(["min", "max"]),
        "factor": st.floats(0, 0.9375),
        "patience": st.integers(0, 8),
        "threshold": st.sampled_from([0.0, 1e-4, 0.1, 1.0]),
        "threshold_mode": st.sampled_from(["rel", "abs"]),
        "cooldown": st.integers(0, 5),
        "min_lr": st.sampled_from([0.0, 0.01]),
        "eps": st.sampled_from([0.0, 1e-8, 1e-3]),
    },
}


@pytest.mark.parametrize("name", SCHEDULES)
@examples(12)
@given(st.data(), st.integers(0, 2**32 - 1), st.none() | st.builds(WarmupSpec, steps=counts, start_factor=somewhat))
def test_equals_torch_for_any_arguments(name: str, data: st.DataObject, seed: int, warmup: WarmupSpec | None) -> None:
    params = data.draw(st.fixed_dictionaries(DRAWN[name]))
    warmup = None if name == "ReduceLROnPlateau" else warmup
    with np.errstate(all="ignore"):
        Pair(entry_of(name, params, warmup, lr=data.draw(rates))).run(losses(100, seed), rtol=1e-9)


@pytest.mark.parametrize("name", SCHEDULES)
def test_names_and_defaults_are_torchs(name: str) -> None:
    signature = inspect.signature(getattr(torch.optim.lr_scheduler, name).__init__).parameters
    left_out = {"self", "optimizer", "last_epoch", "scale_fn", "scale_mode"}  # code, and how to call it
    theirs = {key: one.default for key, one in signature.items() if key not in left_out}
    hyper = SCHEDULES[name].Hyper
    ours = {key: hyper._field_defaults.get(key, inspect.Parameter.empty) for key in hyper._fields}
    assert ours == theirs
    assert list(ours) == list(theirs)


def test_all_of_torchs_that_need_no_code_are_there() -> None:
    torchs = {
        name for name in vars(torch.optim.lr_scheduler) if isinstance(getattr(torch.optim.lr_scheduler, name), type)
    }
    code_or_several = {"LambdaLR", "MultiplicativeLR", "SequentialLR", "ChainedScheduler"}
    assert {name for name in torchs if name.endswith(("LR", "Restarts", "Plateau"))} - code_or_several - {
        "LRScheduler",
        "_LRScheduler",
    } == set(SCHEDULES)


# --- taken up again -------------------------------------------------------------------------------

WARM = WarmupSpec(steps=30, start_factor=0.1)
RESUMED = [(name, params, None) for name, params in CASES] + [
    (name, params, WARM) for name, params in CASES if name != "ReduceLROnPlateau"
]


@pytest.mark.parametrize(("name", "params", "warmup"), sample(RESUMED, 2))
def test_a_state_is_taken_up_again_bit_for_bit(name: str, params: dict[str, Any], warmup: WarmupSpec | None) -> None:
    pair = Pair(entry_of(name, params, warmup, optimizer="Adam"))
    seen, states = [], []
    for loss in losses(90):
        states.append(pair.torch.state())
        seen.append(pair.torch.values())
        pair.step(loss)
    _, again = pair.twin()
    for since, restored in ((0, pair.torch), (29, again), (30, pair.torch), (31, again), (77, again)):
        restored.restore(states[since])
        assert restored.state() == states[since]
        for loss, known in zip(losses(90)[since:], seen[since:], strict=True):
            assert restored.values() == known
            restored.step(loss)


@pytest.mark.parametrize(("name", "params", "warmup"), sample(RESUMED, 2))
def test_the_diy_state_is_taken_up_again_and_from_torchs(
    name: str, params: dict[str, Any], warmup: WarmupSpec | None
) -> None:
    with np.errstate(all="ignore"):
        pair = Pair(entry_of(name, params, warmup))
        for loss in losses(50):
            pair.step(loss)
        again = Schedule(pair.entry)
        own = {**pair.state}
        assert again.hyper(pair.given, own) == pair.diy.hyper(pair.given, pair.state)
        assert again.after(own, 1.0) == pair.diy.after(pair.state, 1.0)
        theirs = again.hyper(pair.given, dict(pair.torch.state()))
        np.testing.assert_allclose(theirs.lr, again.hyper(pair.given, own).lr, rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize(("name", "params", "warmup"), sample(RESUMED, 2))
def test_torchs_objects_take_up_the_diy_state_too(name: str, params: dict[str, Any], warmup: WarmupSpec | None) -> None:
    with np.errstate(all="ignore"):
        pair = Pair(entry_of(name, params, warmup))
        for loss in losses(50):
            pair.step(loss)
        pair.torch.restore(pair.state)
        pair.run(losses(90)[50:])


def test_begun_anew_it_is_as_at_first() -> None:
    pair = Pair(entry_of("CosineAnnealingLR", {"T_max": 9}, WARM))
    first = pair.torch.state(), pair.torch.values()
    for loss in losses(60):
        pair.step(loss)
    pair.torch.restore(None)
    assert (pair.torch.state(), pair.torch.values()) == first


def test_a_state_far_on_needs_no_replay() -> None:
    pair = Pair(entry_of("CosineAnnealingWarmRestarts", {"T_0": 10, "T_mult": 2}))
    far = {"t": 10**12, "lr": 0.125, "base": 0.3}
    pair.torch.restore(far)
    assert pair.torch.state() == far
    pair.torch.step(0.0)
    assert pair.torch.state()["t"] == 10**12 + 1


# --- hyperparameters changed midway ---------------------------------------------------------------


@pytest.mark.parametrize(("name", "params", "warmup"), sample(RESUMED, 2))
def test_a_base_rate_changed_midway_goes_on_from_its_step(
    name: str, params: dict[str, Any], warmup: WarmupSpec | None
) -> None:
    with np.errstate(all="ignore"):
        pair = Pair(entry_of(name, params, warmup))
        pair.run(losses(90)[:20])
        for lr, momentum in ((0.7, 0.9), (0.0, 0.9), (0.01, 0.0)):
            pair.change(lr=lr, momentum=momentum)
            pair.run(losses(90)[20:50])


def test_a_plateaus_falls_are_kept_as_a_factor() -> None:
    pair = Pair(entry_of("ReduceLROnPlateau", {"patience": 0}, lr=1.0))
    for _ in range(3):
        pair.step(1.0)
    assert pair.diy.hyper(pair.given, pair.state).lr == pytest.approx(0.01)
    pair.change(lr=0.5)
    assert pair.diy.hyper(pair.given, pair.state).lr == pytest.approx(0.005)


@pytest.mark.parametrize(("name", "params"), sample(CASES, 2))
def test_a_change_and_the_way_back_leave_no_trace(name: str, params: dict[str, Any]) -> None:
    with np.errstate(all="ignore"):
        pair = Pair(entry_of(name, params))
        for loss in losses(40):
            pair.step(loss)
        before, given = (pair.torch.state(), pair.torch.values()), pair.given
        pair.change(lr=7.0, momentum=0.1)
        pair.change(lr=3.0)
        pair.change(**given._asdict())
        assert (pair.torch.state(), pair.torch.values()) == before


@pytest.mark.parametrize(("name", "params"), sample(CASES, 2))
def test_a_state_of_before_a_change_is_taken_up_with_the_new_base(name: str, params: dict[str, Any]) -> None:
    """What the run has in force is not the state's to say: a checkpoint may be older than the change at its step."""
    pair = Pair(entry_of(name, params))
    for loss in losses(40):
        pair.step(loss)
    kept = pair.torch.state()
    pair.change(lr=0.05)
    changed = pair.torch.state(), pair.torch.values()
    pair.step(0.5)
    pair.torch.restore(kept)
    assert (pair.torch.state(), pair.torch.values()) == changed


def test_other_hyperparameters_leave_the_rate_alone() -> None:
    pair = Pair(entry_of("ExponentialLR", {"gamma": 0.9}))
    for loss in losses(33):
        pair.step(loss)
    rate = pair.torch.values()["lr"]
    pair.change(weight_decay=0.5)
    assert pair.torch.values()["lr"] == rate != pair.given.lr


# --- where torch would end ------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["cos", "linear"])
def test_after_its_last_step_a_cycle_stays_where_it_ended(shape: str) -> None:
    pair = Pair(entry_of("OneCycleLR", {"max_lr": 1.0, "total_steps": 10, "anneal_strategy": shape}))
    pair.run(losses(9))
    ended = pair.diy.hyper(pair.given, pair.state).lr
    assert ended == pytest.approx(1 / 25 / 1e4)
    pair.run(losses(30))
    assert pair.diy.hyper(pair.given, pair.state).lr == ended


@pytest.mark.parametrize("base", [0.0, 0.3])
@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("ExponentialLR", {"gamma": 1e3}),
        ("StepLR", {"step_size": 1, "gamma": 1e200}),
        ("MultiStepLR", {"milestones": [5, 5, 5], "gamma": 1e200}),
    ],
)
def test_a_rate_that_outgrows_all_numbers_stops_at_the_largest(name: str, params: dict[str, Any], base: float) -> None:
    with np.errstate(all="ignore"):
        pair = Pair(entry_of(name, params, lr=base))
        pair.run(losses(150))
        pair.change(lr=base / 2)
        pair.run(losses(5))
        assert pair.diy.hyper(pair.given, pair.state).lr == (LARGEST_RATE if base else 0.0)


def test_cycles_ever_lower_go_on_beyond_the_last_that_torch_can_count() -> None:
    pair = Pair(entry_of("CyclicLR", {"base_lr": 0.1, "max_lr": 1, "step_size_up": 1, "mode": "triangular2"}))
    pair.run(losses(2100))
    assert pair.torch.values()["lr"] == 0.1


# --- without one, and many at once ----------------------------------------------------------------


def test_without_a_schedule_the_same_hyperparameters_are_handed_back() -> None:
    pair = Pair(entry_of(None))
    assert pair.diy.hyper(pair.given, pair.state) is pair.given
    pair.step(1.0)
    assert pair.state == pair.torch.state() == {}
    assert pair.torch.values()["lr"] == 0.3


@pytest.mark.parametrize(("name", "params", "warmup"), sample(RESUMED, 2))
def test_many_rates_at_once_are_each_as_alone(name: str, params: dict[str, Any], warmup: WarmupSpec | None) -> None:
    bases = (0.01, 0.3, 2.0)
    each = [losses(36, seed) for seed in range(3)]
    with np.errstate(all="ignore"):
        entry = entry_of(name, params, warmup)
        together = Schedule(entry)
        hyper = complete("SGD", entry.params)._replace(lr=np.reshape(bases, (3, 1, 1)))
        state, alone = together.begin(), [Pair(entry_of(name, params, warmup, lr=base)) for base in bases]
        for step in range(36):
            in_force = together.hyper(hyper, state)
            singles = [pair.diy.hyper(pair.given, pair.state) for pair in alone]
            rates = np.broadcast_to(in_force.lr, (3, 1, 1)).ravel()
            np.testing.assert_allclose(rates, [single.lr for single in singles], rtol=1e-14)
            assert in_force.momentum == singles[0].momentum
            state = together.after(state, np.array([loss[step] for loss in each], np.float64))
            for pair, loss in zip(alone, each, strict=True):
                pair.state = pair.diy.after(pair.state, loss[step])


def test_one_rate_with_many_losses_falls_for_each_alone() -> None:
    together = Schedule(entry_of("ReduceLROnPlateau", {"patience": 0}))
    given = complete("SGD", {"lr": 0.3})
    state = together.begin()
    for loss in ([1.0, 1.0], [0.5, 1.0], [0.25, 1.0]):
        together.hyper(given, state)
        state = together.after(state, np.array(loss))
    np.testing.assert_allclose(np.ravel(together.hyper(given, state).lr), [0.3, 0.003])


# --- one after another ----------------------------------------------------------------------------

Phases = list[tuple[str, dict[str, Any], int]]
CHAINS: list[Phases] = [
    [("LinearLR", {}, 5), ("ConstantLR", {"factor": 1}, 20), ("CosineAnnealingLR", {"T_max": 40}, 0)],
    [("StepLR", {"step_size": 4}, 10), ("StepLR", {"step_size": 4}, 10), ("ExponentialLR", {"gamma": 0.9}, 0)],
    [("ExponentialLR", {"gamma": 0.9}, 1), ("MultiStepLR", {"milestones": [0, 3]}, 1), ("PolynomialLR", {}, 0)],
    [("CosineAnnealingWarmRestarts", {"T_0": 7, "T_mult": 2}, 30), ("LinearLR", {"total_iters": 9}, 0)],
    [("LinearLR", {}, 8), ("CosineAnnealingWarmRestarts", {"T_0": 5, "eta_min": 0.01}, 0)],
    [("CyclicLR", {"base_lr": 0.05, "max_lr": 0.4, "step_size_up": 6}, 17), ("ExponentialLR", {"gamma": 0.97}, 0)],
    [("ExponentialLR", {"gamma": 0.97}, 9), ("CyclicLR", {"base_lr": 0.05, "max_lr": 0.4, "step_size_up": 6}, 0)],
    [("OneCycleLR", {"max_lr": 0.8, "total_steps": 30}, 30), ("StepLR", {"step_size": 20}, 0)],
    [("ExponentialLR", {"gamma": 0.97}, 9), ("OneCycleLR", {"max_lr": 0.8, "total_steps": 40}, 0)],
    [("CosineAnnealingLR", {"T_max": 6}, 30), ("OneCycleLR", {"max_lr": 0.8, "total_steps": 40}, 0)],
    [("CosineAnnealingWarmRestarts", {"T_0": 6}, 30), ("OneCycleLR", {"max_lr": 0.8, "total_steps": 40}, 0)],
    [
        ("OneCycleLR", {"max_lr": 0.8, "total_steps": 30, "max_momentum": 0.9}, 20),
        ("OneCycleLR", {"max_lr": 0.1, "total_steps": 30, "div_factor": 2, "base_momentum": 0.5}, 25),
        ("CyclicLR", {"base_lr": 0.05, "max_lr": 0.4, "step_size_up": 6, "base_momentum": 0.3}, 0),
    ],
]


def chain_of(phases: Phases, warmup: WarmupSpec | None = None, optimizer: str = "SGD", **hyper: Any) -> OptimizerSpec:
    """An entry whose schedules come one after another; the last one's steps are of no account."""
    ends = [steps for *_, steps in phases[:-1]] + [None]
    schedules = tuple(
        ScheduleSpec(name=name, params=params, steps=steps, warmup=warmup if place == 0 else None)
        for place, ((name, params, _), steps) in enumerate(zip(phases, ends, strict=True))
    )
    return OptimizerSpec(name=optimizer, params={**OPTIMIZERS[optimizer], **hyper}, schedule=schedules)


def by_sequential_lr(phases: Phases, optimizer: str, steps: int, lr: float = 0.3) -> list[tuple[float, Any]]:
    """What a person gets who writes it with torch: rate and momentum before each step."""
    hyper = {**OPTIMIZERS[optimizer], "lr": lr}
    made = getattr(torch.optim, optimizer)([torch.nn.Parameter(torch.ones(2))], **hyper)
    each = [getattr(torch.optim.lr_scheduler, name)(made, **params) for name, params, _ in phases]
    milestones = np.cumsum([count for *_, count in phases[:-1]]).tolist()
    sequential = torch.optim.lr_scheduler.SequentialLR(made, each, milestones)
    seen, (group,) = [], made.param_groups
    for _ in range(steps):
        seen.append((group["lr"], group.get("momentum", group.get("betas"))))
        made.step()
        sequential.step()
    return seen


def seen_by(pair: Pair, steps: int) -> list[tuple[float, Any]]:
    seen = []
    for _ in range(steps):
        lr, momentum = pair.torch.values().values()
        seen.append((lr, momentum))
        pair.step(1.0)
    return seen


def as_pairs(seen: list[tuple[float, Any]]) -> list[tuple[float, Any]]:
    return [(lr, tuple(momentum) if isinstance(momentum, list) else momentum) for lr, momentum in seen]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("phases", CHAINS)
def test_a_chain_is_torchs_sequential_lr_bit_for_bit(phases: Phases, optimizer: str) -> None:
    expected = by_sequential_lr(phases, optimizer, 45)
    assert seen_by(Pair(chain_of(phases, optimizer=optimizer)), 45) == as_pairs(expected)


@pytest.mark.parametrize("warmup", [None, WarmupSpec(steps=4, start_factor=0.01)])
@pytest.mark.parametrize("phases", CHAINS)
def test_a_chain_by_hand_equals_torch(phases: Phases, warmup: WarmupSpec | None) -> None:
    Pair(chain_of(phases, warmup)).run(losses(90))


CHAINABLE = [name for name in SCHEDULES if name != "ReduceLROnPlateau"]


@st.composite
def chains(draw: st.DrawFn) -> Phases:
    """Two to four schedules with any arguments; none goes on beyond its plan."""
    phases: Phases = []
    for name in draw(st.lists(st.sampled_from(CHAINABLE), min_size=2, max_size=4)):
        params = draw(st.fixed_dictionaries(DRAWN[name]))
        phases.append((name, params, draw(st.integers(1, min(params.get("total_steps", 20), 20)))))
    return phases


@examples(60)
@given(chains(), rates, st.sampled_from(sorted(OPTIMIZERS)))
def test_any_chain_is_torchs(phases: Phases, lr: float, optimizer: str) -> None:
    last = phases[-1][1].get("total_steps", 60)
    steps = min(60, sum(steps for *_, steps in phases[:-1]) + last - 1)
    entry = chain_of(phases, optimizer=optimizer, lr=lr)
    with np.errstate(all="ignore"):
        assert seen_by(Pair(entry), steps) == as_pairs(by_sequential_lr(phases, optimizer, steps, lr))
        Pair(entry).run(losses(60), rtol=1e-9)


@examples(25)
@given(chains(), st.integers(0, 59), st.floats(0, 2), st.sampled_from(sorted(OPTIMIZERS)))
def test_any_chain_is_taken_up_again_and_goes_on_from_another_base(
    phases: Phases, at: int, lr: float, optimizer: str
) -> None:
    with np.errstate(all="ignore"):
        pair = Pair(chain_of(phases, optimizer=optimizer))
        for _ in range(at):
            pair.step(1.0)
        kept = pair.torch.state()
        ahead = seen_by(pair, 30)
        pair.torch.restore(kept)
        pair.state = {"t": at}
        assert seen_by(pair, 30) == ahead
        pair.change(lr=lr)
        pair.run(losses(30), rtol=1e-9)


@pytest.mark.parametrize("phases", CHAINS)
def test_many_rates_at_once_go_along_a_chain_each_as_alone(phases: Phases) -> None:
    bases = (0.01, 0.3, 2.0)
    together = Schedule(chain_of(phases))
    hyper = complete("SGD", OPTIMIZERS["SGD"])._replace(lr=np.reshape(bases, (3, 1, 1)))
    for t in range(50):
        rates = np.broadcast_to(together.hyper(hyper, {"t": t}).lr, (3, 1, 1)).ravel()
        each = [Schedule(chain_of(phases)).hyper(hyper._replace(lr=base), {"t": t}).lr for base in bases]
        np.testing.assert_allclose(rates, each, rtol=1e-14)


def test_a_chain_of_one_is_that_one() -> None:
    phases: Phases = [("CosineAnnealingLR", {"T_max": 9}, 0)]
    alone = seen_by(Pair(entry_of(*phases[0][:2], WARM)), 60)
    assert seen_by(Pair(chain_of(phases, WARM)), 60) == alone
