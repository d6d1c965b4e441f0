"""The effective step size: what an update took from each weight for its gradient, right wherever the run stands."""

from typing import Any

import numpy as np
import pytest

from engine.protocol import MapRequest, Maps
from engine.run.lockstep import Lockstep
from engine.server.frames import maps
from tests.engine.experiments import experiment, layer, optimizer
from tests.products import covering

LAYERS = [layer(3, "tanh"), layer(1)]
MOMENTUM = optimizer("SGD", lr=0.1, momentum=0.9)
ADAM = optimizer("Adam", lr=0.01)


def run_of(entry: dict[str, Any], **more: Any) -> Lockstep:
    run = Lockstep(experiment(LAYERS, optimizers=[entry], **more), budget=10_000_000, judge_at_once=False)
    run.start_watching()
    return run


def shown(run: Lockstep, tensor: str = "layer1.weight") -> Maps:
    return maps(run, MapRequest(0, tensor, "step_size", (99, 99)))


@pytest.mark.parametrize("tensor", ["layer1.weight", "layer1.bias", "layer2.weight"])
def test_of_plain_sgd_it_is_the_rate_everywhere(tensor: str) -> None:
    run = run_of(optimizer("SGD", lr=0.3))
    run.advance(5)
    found = shown(run, tensor)
    assert found.rate == 0.3
    np.testing.assert_allclose(found.diy, 0.3, rtol=1e-6)
    np.testing.assert_allclose(found.torch, 0.3, rtol=1e-6)
    assert found.delta is not None
    assert np.abs(found.delta).max() < 1e-6


def test_uphill_the_way_to_go_is_the_other_one() -> None:
    run = run_of(optimizer("SGD", lr=0.3, maximize=True))
    run.advance(5)
    np.testing.assert_allclose(shown(run).diy, 0.3, rtol=1e-6)


@pytest.mark.parametrize(
    ("entry", "backends"), covering([MOMENTUM, ADAM], [["diy"], ["torch"], ["diy", "torch"]], strength=1), ids=str
)
def test_it_is_of_the_newest_step_wherever_that_is_in_a_block_and_after_a_seek(
    entry: dict[str, Any], backends: list[str]
) -> None:
    run, plain = run_of({**entry, "backends": backends}), run_of({**entry, "backends": backends})
    expected: dict[int, Any] = {}
    for step in range(1, 131):
        before = run.lanes[0].lane.weights()[0].copy()
        run.advance()
        lane = run.lanes[0].lane
        expected[step] = (before - lane.weights()[0]) / lane.gradients()[0]
    plain.advance(130)
    for step in (130, 1, 2, 63, 64, 65, 66, 128, 129, 7):
        plain.seek(step)
        found = shown(plain)
        np.testing.assert_array_equal(found.diy if "diy" in backends else found.torch, expected[step])
    plain.seek(0)
    assert (shown(plain).diy, shown(plain).torch, shown(plain).rate) == (None, None, None)


def test_where_a_gradient_is_zero_there_is_none() -> None:
    run = run_of(ADAM, data={"x": [[1.0, 0.0]], "y": [[1.0]]})
    run.advance(3)
    found = shown(run).diy
    assert found is not None
    assert np.isnan(found[:, 1]).all()
    assert np.isfinite(found[:, 0]).all()


def test_the_rate_is_that_of_the_newest_step_and_not_of_the_next() -> None:
    scheduled = {**optimizer("SGD", lr=0.4), "schedule": {"name": "StepLR", "params": {"step_size": 2, "gamma": 0.5}}}
    run = run_of(scheduled)
    for rate in (0.4, 0.4, 0.2, 0.2, 0.1):
        run.advance()
        found = shown(run)
        assert found.rate == pytest.approx(rate)
        np.testing.assert_allclose(found.diy, rate, rtol=1e-6)
    run.set_params(0, {"lr": 8.0})
    assert shown(run).rate == pytest.approx(0.1)


def test_a_tensor_that_is_not_there_has_none() -> None:
    run = run_of(ADAM)
    run.advance()
    assert shown(run, "layer9.weight").diy is None


@pytest.mark.parametrize("backends", [["diy"], ["torch"]])
@pytest.mark.parametrize("schedule", [None, {"name": "StepLR", "params": {"step_size": 2, "gamma": 0.5}}])
def test_of_a_group_it_is_the_groups_own_rate(backends: list[str], schedule: Any) -> None:
    groups = [{"match": "layer1.*", "params": {"lr": 0.02}}, {"match": "*.bias", "name": "RMSprop"}]
    run = run_of({**optimizer("SGD", lr=0.2), "groups": groups, "schedule": schedule, "backends": backends})
    for share in (1, 1, 0.5, 0.5) if schedule else (1, 1):
        run.advance()
        rates = {"layer1.weight": 0.02, "layer1.bias": 0.02, "layer2.weight": 0.2, "layer2.bias": 0.01}
        for tensor, rate in rates.items():
            assert shown(run, tensor).rate == pytest.approx(share * rate)
    run.seek(2)
    assert shown(run, "layer1.weight").rate == pytest.approx(0.02)
