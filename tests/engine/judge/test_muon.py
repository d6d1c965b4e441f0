"""Muon's pair on matrices so large that bfloat16 falls otherwise now and then: drift, unless something is wrong."""

from typing import Any

import pytest

from engine.diy.optimizers import muon
from engine.run.lockstep import Lockstep
from tests.engine.experiments import experiment, layer, optimizer

UPDATE, ORTHOGONAL = muon.update, muon.orthogonal


def verdict(steps: int = 40, dtype: str = "float64", seed: int = 0, **more: Any) -> tuple[str, float]:
    layers = [layer(24, bias=False), layer(16, bias=False)]
    entry = {**optimizer("Muon", lr=0.05), **more}
    run = Lockstep(experiment(layers, inputs=20, rows=9, optimizers=[entry], dtype=dtype, start={"seed": seed}))
    run.advance(steps)
    (parity,) = run.parity()
    return parity.verdict, parity.worst


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_rounding_to_the_other_side_is_drift(dtype: str) -> None:
    """From which start a number lies that near to the middle between two is the machine's matter."""
    found, worst = zip(*(verdict(dtype=dtype, seed=seed) for seed in range(4)), strict=True)
    assert set(found) == {"lockstep"}
    assert max(worst) > 1e-6


def test_so_it_is_at_a_scheduled_rate() -> None:
    schedule = {"name": "ConstantLR", "params": {"factor": 0.5, "total_iters": 100}}
    assert verdict(schedule=schedule)[0] == "lockstep"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("update", lambda grad, state, weight, hyper: UPDATE(grad, state, weight, hyper._replace(weight_decay=0))),
        ("update", lambda grad, state, weight, hyper: UPDATE(grad, state, weight, hyper._replace(nesterov=False))),
        ("orthogonal", lambda M, coefficients, eps, steps: ORTHOGONAL(M, coefficients, eps, steps - 1)),
        ("orthogonal", lambda M, _, eps, steps: ORTHOGONAL(M, (3.4, -4.7, 2.0), eps, steps)),
        ("orthogonal", lambda M, *_: M),
        ("orthogonal", lambda M, *_: -M),
        ("ratio", lambda *_: 1.0),
        ("ratio", lambda *_: 3.0),
        ("between", lambda *given: given[1]),
    ],
)
def test_a_mistake_is_none(monkeypatch: pytest.MonkeyPatch, name: str, wrong: Any) -> None:
    monkeypatch.setattr(muon, name, wrong)
    assert verdict(5)[0] == "differs"
