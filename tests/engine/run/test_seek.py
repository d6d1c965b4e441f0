"""Going back in a run and forth again: the same bit for bit, and another future where something is changed."""

from itertools import cycle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.protocol import Change, CurveRequest
from engine.run.lockstep import Lockstep
from engine.spec import optimizer_names
from tests.drawing import examples, sample
from tests.engine.experiments import assert_same, experiment, layer, optimizer, tensors_of

LAYERS = [layer(3, "tanh"), layer(2, "sigmoid")]
MATRICES = [layer(3, "tanh", bias=False), layer(2, "sigmoid", bias=False)]  # all that Muon takes
BUDGET = 10_000_000
CASES = [
    *(optimizer(name, lr=0.05) for name in optimizer_names() if name != "LBFGS"),
    optimizer("LBFGS", lr=0.05, max_iter=3, history_size=5),  # whose own twenty iterations a step take their time
    optimizer("SGD", lr=0.1, momentum=0.9, nesterov=True),
    optimizer("Adam", lr=0.1, amsgrad=True, weight_decay=0.01),
]
EVERY = pytest.mark.parametrize("entry", sample(reversed(CASES), 3), ids=str)
PARAMS = {"SGD": {"lr": 0.3, "momentum": 0.5}, "Adam": {"lr": 0.2, "betas": (0.5, 0.9)}}


def run_of(*entries: dict[str, Any], budget: int = BUDGET, dtype: str = "float32", **more: Any) -> Lockstep:
    """A run that is compared at each step and, if not said otherwise, not judged: that takes longer than the steps."""
    more = {"judge_at_once": False} | more
    batch, entries = {"size": 3, "shuffle": True}, entries or tuple(CASES)
    layers = MATRICES if any(entry["name"] == "Muon" for entry in entries) else LAYERS
    return Lockstep(experiment(layers, optimizers=entries, dtype=dtype, batch=batch), budget=budget, **more)


def changed(run: Lockstep, entry: int = 0) -> dict[str, Any]:
    """Other hyperparameters for an entry of the run."""
    of = run.spec.optimizers[entry]
    return PARAMS.get(of.name, {**of.params, "lr": 0.2})


def state_of(run: Lockstep) -> list[dict[str, Any]]:
    return [tensors_of(run, place) for place in range(len(run.lanes))]


def assert_same_run(one: Lockstep, other: Lockstep) -> None:
    """Where they stand, what they show, and what they have recorded."""
    assert (one.step, one.newest, one.spec) == (other.step, other.newest, other.spec)
    np.testing.assert_array_equal(one.losses, other.losses)
    for mine, others in zip(state_of(one), state_of(other), strict=True):
        assert_same(mine, others)
    for series, others in zip(one.series, other.series, strict=True):
        np.testing.assert_array_equal(series.values, others.values)
    assert one.parity() == other.parity()


@pytest.mark.parametrize(
    ("entry", "dtype"), sample(zip(CASES, cycle(["float32", "float64"]), strict=False), 3), ids=str
)
def test_any_step_is_reached_again_bit_for_bit(entry: dict[str, Any], dtype: str) -> None:
    is_judged = entry["name"] in ("SGD", "Adam")
    run, plain = (run_of(entry, dtype=dtype, judge_at_once=is_judged) for _ in range(2))
    steps, seen = (79, 1, 64, 65, 3, 80, 67, 66), {}
    for step in range(1, 81):
        plain.advance()
        if step in steps:
            seen[step] = state_of(plain), list(plain.losses), plain.parity()
    run.advance(80)
    for step in steps:
        run.seek(step)
        assert (run.step, run.newest) == (step, 80)
        state, losses, parity = seen[step]
        for mine, others in zip(state_of(run), state, strict=True):
            assert_same(mine, others)
        assert (run.losses, run.parity()) == (losses, parity)


@EVERY
def test_hyperparameters_changed_in_mid_run_are_replayed(entry: dict[str, Any]) -> None:
    is_judged = entry["name"] in ("SGD", "Adam")
    run, plain = (run_of(entry, judge_at_once=is_judged) for _ in range(2))
    for one in (run, plain):
        one.advance(40)
        one.set_params(0, changed(one))
        one.advance(30)
        one.set_params(0, entry["params"])
        one.advance(10)
    for step, lr in ((39, entry["params"]["lr"]), (40, changed(run)["lr"]), (69, changed(run)["lr"])):
        run.seek(step)
        assert run.spec.optimizers[0].params["lr"] == lr
    run.seek(5)
    run.advance(75)
    assert_same_run(run, plain)
    run.advance(5)
    plain.advance(5)
    assert_same_run(run, plain)


def test_at_the_start_there_is_nothing_but_the_weights() -> None:
    run, fresh = run_of(), run_of()
    run.advance(10)
    run.seek(0)
    assert run.newest == 10
    assert np.isnan(run.losses).all()
    assert all(not list(one.lane.gradients()) for one in run.lanes)
    for mine, others in zip(state_of(run), state_of(fresh), strict=True):
        assert_same(mine, others)
    assert run.parity() == fresh.parity()


def test_a_seek_goes_no_farther_than_what_is_recorded() -> None:
    run = run_of(CASES[0])
    run.advance(10)
    run.seek(10_000)
    assert run.step == 10
    run.seek(-3)
    assert run.step == 0


def test_a_change_before_the_newest_step_forks_the_run() -> None:
    run = run_of(optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.1), judge_at_once=True)
    run.advance(100)
    future = [series.values.copy() for series in run.series]
    run.seek(30)
    branch = run.set_params(1, {"lr": 0.5})
    assert branch is not None
    assert branch._replace(params={}) == (1, 30, 100, 1, {}, (2, 3), ())
    assert branch.params == {"lr": 0.1}
    assert (run.step, run.newest) == (30, 30)
    run.advance(70)
    entries, changes = (optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.1)), [Change(30, 1, {"lr": 0.5})]
    straight = run_of(*entries, changes=changes, judge_at_once=True)
    straight.advance(100)
    assert_same_run(run, straight)
    for place in (0, 1):
        np.testing.assert_array_equal(run.series[place].values, future[place])
    assert (run.series[2].values[31:] != future[2][31:]).all()  # the loss of step 31 is that before its update
    (kept,) = run.branches
    shown = kept.curves(CurveRequest(1000, at=60))
    assert shown.at == (future[2][59], future[3][59])
    for curve, whole in zip(shown.curves, future[2:], strict=True):
        np.testing.assert_array_equal(curve.steps, np.arange(30, 101))
        np.testing.assert_array_equal(curve.losses, whole[29:])
    assert kept.curves(CurveRequest(1000, at=29)).at is None
    run.branches.remove(branch.number)
    assert not list(run.branches)


def test_the_same_hyperparameters_again_fork_nothing() -> None:
    run = run_of(CASES[0])
    run.advance(20)
    run.seek(5)
    assert run.set_params(0, dict(CASES[0]["params"])) is None
    assert (run.newest, list(run.branches)) == (20, [])


def test_a_fork_at_the_start_and_at_one_fork_another() -> None:
    run = run_of(CASES[0])
    run.advance(20)
    run.seek(0)
    first = run.set_params(0, {"lr": 0.5})
    run.advance(10)
    run.seek(4)
    second = run.set_params(0, {"lr": 0.25})
    assert first is not None
    assert second is not None
    assert [(one.number, one.start, one.end) for one in (first, second)] == [(1, 0, 20), (2, 4, 10)]
    run.advance(10)
    run.seek(3)
    assert run.spec.optimizers[0].params == {"lr": 0.5}
    run.seek(14)
    assert run.spec.optimizers[0].params == {"lr": 0.25}


@examples(8)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["advance", "seek", "change"]), st.integers(0, 90)), min_size=1, max_size=8
    )
)
def test_wherever_it_has_been_the_run_is_what_its_changes_make_it(moves: list[tuple[str, int]]) -> None:
    """The run as it stands against one that went straight there with the same changes."""
    entry = optimizer("Adam", lr=0.1)
    run, changes = run_of(entry), []
    for what, number in moves:
        if what == "advance":
            run.advance(number)
        elif what == "seek":
            run.seek(number)
        else:
            changes = [change for change in changes if change.step <= run.step]
            changes.append(Change(run.step, 0, {"lr": 0.01 * (number + 1)}))
            run.set_params(0, changes[-1].params)
    straight = run_of(entry, changes=changes)
    straight.advance(run.newest)
    straight.seek(run.step)
    assert_same_run(run, straight)


def test_where_the_lanes_stood_before_a_step_is_told_from_anywhere() -> None:
    """Of several optimizers side by side."""
    run, plain = (run_of(*sample(CASES, 3), parity=False) for _ in range(2))
    run.advance(70)
    run.seek(50)
    for step in (1, 2, 64, 70, 71):
        plain.advance(step - 1 - plain.step)
        before = run.before(step)
        assert run.step == 50
        for found, one in zip(before.snapshots, plain.lanes, strict=True):
            expected = one.lane.snapshot()
            for weight, other in zip(found.weights, expected.weights, strict=True):
                np.testing.assert_array_equal(weight, other)
    for outside in (0, 72):
        with pytest.raises(IndexError):
            run.before(outside)
