"""A run by the block is the run step by step, and what pairs are compared by is what the lanes hold."""

from typing import Any

import numpy as np
import pytest

from engine.judge.footing import Footing
from engine.parity.records import MOST_ROWS
from engine.run.lockstep import Lockstep
from tests.engine.experiments import assert_same, experiment, layer, optimizer, tensors_of
from tests.products import covering

LAYERS = [layer(3, "tanh"), layer(2, "sigmoid")]
ENTRIES = [optimizer("SGD", lr=0.1), optimizer("Adam", amsgrad=True), {**optimizer("AdamW"), "backends": ["diy"]}]
STEPS = 2 * MOST_ROWS + 5


def run_of(**more: Any) -> Lockstep:
    spec = experiment(LAYERS, optimizers=ENTRIES, dtype="float32", batch={"size": 3, "shuffle": True})
    return Lockstep(spec, **more)


def test_blocks_and_single_steps_give_the_same_run() -> None:
    at_once, one_by_one = run_of(), run_of()
    at_once.advance(STEPS)
    for _ in range(STEPS):
        one_by_one.advance()
    assert at_once.step == one_by_one.step == STEPS
    assert at_once.losses == one_by_one.losses
    for series, other in zip(at_once.series, one_by_one.series, strict=True):
        np.testing.assert_array_equal(series.values, other.values)
    for place in range(len(at_once.lanes)):
        assert_same(tensors_of(at_once, place), tensors_of(one_by_one, place))
    assert at_once.parity() == one_by_one.parity()


def test_parity_and_history_change_nothing_but_what_is_remembered() -> None:
    watched, bare = run_of(), run_of(parity=False, history=False)
    for run in (watched, bare):
        run.advance(20)
    assert watched.losses == bare.losses
    assert (bare.series, bare.parity()) == ([], ())
    assert [pair.label for pair in watched.parity()] == ["SGD", "Adam"]


def test_the_loss_of_step_k_is_that_before_its_update() -> None:
    run = run_of()
    run.advance(3)
    for series, loss in zip(run.series, run.losses, strict=True):
        assert len(series) == 3
        assert series[3] == loss


@pytest.mark.parametrize(
    "entry", [optimizer("SGD", lr=0.1), optimizer("SGD", lr=0.1, momentum=0.9), *ENTRIES[1:2]], ids=str
)
def test_what_is_compared_is_what_the_lanes_hold(entry: dict[str, Any]) -> None:
    """Also after a restore and a change of hyperparameters, behind which torch's memory may have moved."""
    run = Lockstep(experiment(LAYERS, optimizers=[entry], dtype="float32"), judge_at_once=False)
    changes = [lambda: None, lambda: run.set_params(0, {**entry["params"], "lr": 0.5}), lambda: restore(run)]
    if entry["name"] == "SGD":
        changes.append(lambda: run.set_params(0, {"lr": 0.1, "momentum": 0.5}))
    for change in changes:
        change()
        run.advance(3)
        for one in run.lanes:
            states = [value for state in one.lane.states() for value in state.values()]
            expected = [*one.lane.gradients(), *one.lane.weights(), *states]
            found = one.lane.tensors()
            assert [value is None for value in found] == [value is None for value in expected]
            for value, other in zip(found, expected, strict=True):
                if value is not None:
                    np.testing.assert_array_equal(value, other)


def restore(run: Lockstep) -> None:
    for one in run.lanes:
        one.lane.restore(run.lanes[1].lane.snapshot())


SCHEDULED = {"name": "StepLR", "params": {"step_size": 2, "gamma": 0.5}}


@pytest.mark.parametrize(
    ("entry", "backend"),
    covering(
        [
            optimizer("SGD", lr=0.1, momentum=0.9),
            optimizer("Adam", amsgrad=True),
            {**optimizer("Adam"), "schedule": SCHEDULED},
        ],
        ["diy", "torch"],
        strength=1,
    ),
    ids=str,
)
def test_a_footing_leads_to_where_a_lane_stood_before_each_step(entry: dict[str, Any], backend: str) -> None:
    """The judge repeats a step from there."""
    spec = experiment(LAYERS, optimizers=[entry], dtype="float32")
    run = Lockstep(spec)
    place = ["diy", "torch"].index(backend)
    footing = Footing(spec, 0, 0, {backend: run.lanes[place].lane.snapshot()}, run.batches)
    for step in range(1, 7):
        expected, found = run.lanes[place].lane.snapshot(), footing.before(backend, step)
        run.advance()
        for weight, other in zip(found.weights, expected.weights, strict=True):
            np.testing.assert_array_equal(weight, other, strict=True)
        for state, other in zip(found.states, expected.states, strict=True):
            assert state.keys() == other.keys()
            for symbol, value in state.items():
                np.testing.assert_array_equal(value, other[symbol])
