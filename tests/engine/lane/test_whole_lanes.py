"""Lanes of an optimizer that moves all weights at once and evaluates several times a step: LBFGS."""

from typing import Any

import numpy as np
import pytest

from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec
from tests.engine.experiments import assert_same, experiment, layer, optimizer, tensors_of

SEARCHING = {"lr": 0.5, "line_search_fn": "strong_wolfe"}
PLAIN: dict[str, Any] = {"lr": 0.1, "history_size": 3, "max_iter": 5}


def lbfgs(params: dict[str, Any], dtype: str = "float64", **more: Any) -> ExperimentSpec:
    entry = {**optimizer("LBFGS", **params), **more}
    return experiment([layer(4), layer(2, "identity")], rows=20, optimizers=[entry], dtype=dtype)


@pytest.mark.parametrize(("params", "dtype"), [(SEARCHING, "float64"), (PLAIN, "float32")])
def test_any_step_is_reached_again_bit_for_bit(params: dict[str, Any], dtype: str) -> None:
    run = Lockstep(lbfgs(params, dtype), budget=10**8, judge_at_once=False)
    seen = {}
    for step in range(1, 10):
        run.advance()
        seen[step] = [tensors_of(run, lane) for lane in (0, 1)]
    for step in (7, 2, 9, 1):
        run.seek(step)
        for lane in (0, 1):
            assert_same(tensors_of(run, lane), seen[step][lane])


def test_both_lanes_evaluate_equally_often_and_say_so() -> None:
    run = Lockstep(lbfgs(PLAIN), judge_at_once=False)
    for _ in range(8):
        run.advance()
        diy, torch = (one.lane for one in run.lanes)
        assert diy.evaluations == torch.evaluations == 5
    assert [state["func_evals"] for state in (diy.states()[0], torch.states()[0])] == [40, 40]


def test_what_twenty_iterations_make_of_rounding_is_drift() -> None:
    """One step takes so many iterations that rounding alone leaves the tolerance; a first iteration agrees."""
    layers = [layer(5, bias=False), layer(2, "identity", bias=False)]
    run = Lockstep(experiment(layers, inputs=3, rows=20, optimizers=[optimizer("LBFGS", **SEARCHING)]))
    run.advance(5)
    (pair,) = run.parity()
    assert pair.drift is not None
    assert pair.verdict == "lockstep"


def test_a_schedule_that_comes_to_nothing_leaves_the_weights_where_they_are() -> None:
    spec = lbfgs(SEARCHING, schedule={"name": "LinearLR", "params": {"end_factor": 0.0, "total_iters": 3}})
    run = Lockstep(spec, judge_at_once=False)
    run.advance(3)
    before = [tensors_of(run, lane) for lane in (0, 1)]
    run.advance(2)
    for lane in (0, 1):
        for name in run.names:
            np.testing.assert_array_equal(tensors_of(run, lane)[name], before[lane][name])
    assert max(one.lane.rate for one in run.lanes) < 1e-15
