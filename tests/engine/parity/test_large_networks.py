"""Pairs whose tensors are compared where they are, a part at each step: they are told the same things."""

from typing import Any

import numpy as np
import pytest

from engine.lane.layout import layout_of
from engine.parity.records import is_large
from engine.run.lockstep import Lockstep
from engine.server.step_size import step_size
from engine.spec import ExperimentSpec
from tests.engine.experiments import experiment, layer, optimizer
from tests.trial.swapping import exchanged, planted

LAYERS = [layer(96, "relu"), layer(3, "identity")]


def spec_of(entry: dict[str, Any], dtype: str = "float32") -> ExperimentSpec:
    spec = experiment(LAYERS, inputs=200, rows=30, optimizers=[entry], dtype=dtype, batch={"size": 8, "shuffle": True})
    assert is_large(layout_of(spec, 0), dtype)
    return spec


def test_single_steps_and_blocks_are_told_alike() -> None:
    spec = spec_of(optimizer("Adam"))
    at_once, one_by_one = (Lockstep(spec, budget=10**9) for _ in range(2))
    for run in (at_once, one_by_one):
        run.start_watching()
    at_once.advance(70)
    for _ in range(70):
        one_by_one.advance()
    assert at_once.parity() == one_by_one.parity()
    at_once.seek(41)
    one_by_one.seek(41)
    assert at_once.parity() == one_by_one.parity()
    for backend in ("diy", "torch"):
        sizes = [step_size(run, 0, backend, "layer1.weight") for run in (at_once, one_by_one)]
        np.testing.assert_array_equal(*sizes)
        assert np.nanmax(np.abs(sizes[0])) > 0


def test_the_distance_shown_is_of_all_numbers() -> None:
    run = Lockstep(spec_of(optimizer("SGD", lr=0.01)))
    run.advance(5)
    (pair,) = run.parity()
    apart = max(
        np.abs(one - other).max() for one, other in zip(*(each.lane.weights() for each in run.lanes), strict=True)
    )
    assert pair.weight is not None
    assert pair.weight.max_abs == apart


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_mistake_is_found(dtype: str) -> None:
    with exchanged([planted("layers/linear.py", "dL_dz.sum(axis=-2)", "dL_dz.mean(axis=-2)")]):
        run = Lockstep(spec_of(optimizer("SGD", lr=1e-6), dtype))
        run.advance(3)
    (pair,) = run.parity()
    assert pair.mismatch is not None
    assert (pair.mismatch.step, pair.mismatch.tensor) == (1, "layer2.bias.grad")


def test_the_step_in_which_numbers_break_is_named() -> None:
    run = Lockstep(spec_of(optimizer("SGD", lr=1e6)), budget=10**9)
    run.start_watching()
    hit = run.advance(100)
    assert hit is not None
    run.replay(1)
    (pair,) = run.parity()
    assert pair.verdict == "not_finite"
    assert pair.not_finite is not None
    assert pair.not_finite.step == hit.step
    losses = run.series[0].values
    assert np.isfinite(losses[: hit.step - 1]).all()


def test_a_clip_that_binds_in_the_midst_is_judged_when_it_is_seen_to() -> None:
    """Gradients grow; of steps that are taken in one go the last one's are looked at."""
    entry = {**optimizer("SGD", lr=0.01, maximize=True), "clip": {"value": 2.5}}
    healthy = Lockstep(spec_of(entry))
    binding: list[int] = []
    while len(binding) < 40:
        healthy.advance()
        (first, *_) = (one.lane for one in healthy.lanes if one.backend == "diy")
        if max(np.abs(gradient).max() for gradient in first.gradients()) >= 2.5:
            binding.append(healthy.step)
    assert binding[0] > 8
    with exchanged([planted("clip.py", "np.clip(g, -limit, limit)", "np.clip(g, -2 * limit, 2 * limit)")]):
        run = Lockstep(spec_of(entry))
        run.advance(healthy.step)
    (pair,) = run.parity()
    assert pair.mismatch is not None
    assert pair.mismatch.stage == "clip"
    assert binding[0] <= pair.mismatch.step <= binding[0] + 16
