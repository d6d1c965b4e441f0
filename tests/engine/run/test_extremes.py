"""Experiments at the ends of what may be asked for: refused at their place, or run on both sides to the end."""

from typing import Any

import numpy as np
import pytest
import torch
from torch.optim._muon import _zeropower_via_newtonschulz as newton_schulz

from engine.diy.optimizers import muon
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, check
from tests.engine.experiments import optimizer, raw_problem


def scheduled(name: str, *, lr: float = 0.1, **params: Any) -> dict[str, Any]:
    return {**optimizer("SGD", lr=lr), "schedule": {"name": name, "params": params}}


REFUSED = [
    (optimizer("ASGD", lambd=1e36, alpha=8), "optimizers[0].params.lambd must be smaller beside this alpha"),
    (optimizer("ASGD", alpha=10, lambd=1), "optimizers[0].params.lambd must be smaller beside this alpha"),
    (optimizer("Adafactor", eps=[1e20, 1e-3]), "optimizers[0].params.eps[0] must be ≤ 1.8446744e+19 (float32)"),
    (optimizer("LBFGS", max_iter=10**12), "optimizers[0].params.max_iter must be ≥ 1 and ≤ 1000"),
    (
        optimizer("Muon", ns_coefficients=[1, 1e300, 1]),
        "optimizers[0].params.ns_coefficients[1] must be ≥ -1e+30 and <",
    ),
    (optimizer("Muon", eps=1e31), "optimizers[0].params.eps must be ≥ 0 and < 1e+30"),
    (scheduled("ConstantLR", factor=5e-324), "optimizers[0].schedule.params.factor must be ≥ 1e-100"),
    (scheduled("LinearLR", start_factor=1e-300), "optimizers[0].schedule.params.start_factor must be ≥ 1e-100"),
    (scheduled("StepLR", lr=1e37, step_size=2), "optimizers[0].params.lr must be ≤ 1e+20"),
    (scheduled("CosineAnnealingLR", T_max=5, eta_min=1e300), "optimizers[0].schedule.params.eta_min must be ≥ 0 and ≤"),
    (scheduled("OneCycleLR", max_lr=1e31, total_steps=5), "optimizers[0].schedule.params.max_lr must be ≥ 0 and ≤"),
]


@pytest.mark.parametrize(("entry", "words"), REFUSED)
def test_what_a_side_could_not_take_is_refused(entry: dict[str, Any], words: str) -> None:
    with pytest.raises(ExperimentError) as error:
        check(raw_problem(optimizers=[entry]))
    told, *_ = error.value.faults  # float32, too, may have something to say of it
    assert str(told).startswith(words)


@pytest.mark.parametrize(
    "raw",
    [
        raw_problem("beale", (-1e300, 1e19), dtype="float64", optimizers=[optimizer("ASGD", lr=1e-3)]),
        raw_problem("quadratic", (1, 3), condition=1e12, dtype="float64", optimizers=[optimizer("RAdam", lr=0.1)]),
        raw_problem("quadratic", (1e25, 1), dtype="float32", optimizers=[optimizer("Muon")]),
    ],
    ids=["a gradient beyond all numbers", "steps that explode", "a gradient that float32 cannot square"],
)
def test_numbers_without_end_are_no_difference(raw: dict[str, Any]) -> None:
    run = Lockstep(check(raw))
    run.advance(60)
    (pair,) = run.parity()
    assert pair.verdict not in ("differs", "unstable"), (pair.mismatch, pair.unstable)


@pytest.mark.parametrize("eps", [0.0, 1e-30, 1e-7])
@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 1), (2, 3)])
def test_muons_size_of_a_matrix_is_torchs_however_large_its_numbers(shape: tuple[int, int], eps: float) -> None:
    coefficients = muon.Hyper().ns_coefficients
    matrix = np.random.default_rng(0).normal(size=shape)
    for power in (-40, -30, -22, -5, 15, 20, 30, 38):
        scaled = matrix * 10.0**power
        with np.errstate(all="ignore"):
            ours = muon.orthogonal(scaled, coefficients, eps, 5)
        theirs = newton_schulz(torch.tensor(scaled), coefficients, 5, eps).double().numpy()
        np.testing.assert_allclose(ours, theirs, atol=0.02, err_msg=str(power))
