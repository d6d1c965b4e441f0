"""Logs are judged: planted mistakes are convicted at their step, and right programs acquitted, in both precisions."""

from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from tests.drawing import examples, sample
from tests.engine.logs.logging_scripts import (
    X,
    Y,
    experiment,
    judged,
    logged,
    network,
    without,
)
from tests.products import covering, one_in

DTYPES = ["float32", "float64"]
STEPS, AT = 30, 11
OPTIMIZERS: dict[str, dict[str, Any]] = {
    "SGD": {"lr": 0.1, "momentum": 0.9},
    "Adam": {"lr": 0.01},
    "AdamW": {"lr": 0.01, "weight_decay": 0.1},
    "RMSprop": {"lr": 0.01},
    "Adagrad": {"lr": 0.05},
    "NAdam": {"lr": 0.01},
    "RAdam": {"lr": 0.01},
    "Adadelta": {"lr": 1.0},
    "Adamax": {"lr": 0.01},
    "Rprop": {"lr": 0.01},
    "ASGD": {"lr": 0.01},
}


def made(name: str, **more: Any) -> Any:
    return partial(getattr(torch.optim, name), **OPTIMIZERS[name], **more)


def raw_of(name: str, dtype: str) -> dict[str, Any]:
    return experiment(name, OPTIMIZERS[name], dtype)


KEPT = ["all", "no state", "weights alone", "loss alone"]
EACH = [("all", "Adam", dtype) for dtype in DTYPES] + [("loss alone", "SGD", dtype) for dtype in DTYPES]


@pytest.mark.parametrize(
    ("what", "name", "dtype"), [*EACH, *one_in(2, sample(product(KEPT[:3], OPTIMIZERS, DTYPES), 5))]
)
def test_torchs_own_loop_is_in_lockstep(what: str, name: str, dtype: str, tmp_path: Path) -> None:
    log = logged(made(name), dtype, STEPS, state=what == "all")
    keep = {"all": (), "no state": (), "weights alone": (".grad",), "loss alone": ("weight", "bias", ".grad")}[what]
    found = judged(raw_of(name, dtype), without(log, *keep), tmp_path)
    assert found.verdict == "lockstep", found.mismatch
    left_out = {
        "all": (), "no state": ("state",), "weights alone": ("grad", "state"),
        "loss alone": ("grad", "weight", "state"),
    }[what]  # fmt: skip
    assert found.unlogged == left_out
    assert found.updates_judged == (1 if what == "loss alone" else STEPS)


@pytest.mark.parametrize(
    ("name", "way", "dtype"), covering(["SGD", "Adam", "AdamW", "Adagrad"], ["foreach", "fused"], DTYPES, strength=2)
)
def test_torchs_other_ways_are_acquitted(name: str, way: str, dtype: str, tmp_path: Path) -> None:
    for state in (False, True):
        log = logged(made(name, **{way: True}), dtype, STEPS, state=state)
        found = judged(raw_of(name, dtype), log, tmp_path)
        assert found.verdict == "lockstep", found.mismatch


def like_elsewhere(dtype: str, steps: int) -> dict[str, np.ndarray]:
    """Adam and its network by hand, as another library might: sums in another order, all numbers in one precision."""
    kind = np.dtype(dtype).type
    w1, b1, w2, b2 = (one.detach().numpy().copy() for one in network(dtype).parameters())
    params = {"0.weight": w1, "0.bias": b1, "2.weight": w2, "2.bias": b2}
    x, y = np.array(X, kind), np.array(Y, kind)
    m, v = ({name: np.zeros_like(w) for name, w in params.items()} for _ in range(2))
    lr, beta1, beta2, eps = kind(0.01), kind(0.9), kind(0.999), kind(1e-8)
    log: dict[str, list[Any]] = {"loss": [], **{name: [] for name in params}, **{f"{name}.grad": [] for name in params}}
    for step in range(1, steps + 1):
        z = sum(x[:, k, None] * params["0.weight"][:, k] for k in (2, 1, 0)) + params["0.bias"]
        e = np.exp(2 * z)
        a = (e - 1) / (e + 1)
        out = sum(a[:, k, None] * params["2.weight"][:, k] for k in (3, 1, 2, 0)) + params["2.bias"]
        log["loss"].append(((out - y) ** 2).mean(axis=0).mean())
        d2 = 2 * (out - y) / kind(out.size)
        d1 = (d2 @ params["2.weight"]) * (1 - a) * (1 + a)
        grads = {
            "0.weight": sum(d1[r, :, None] * x[r] for r in range(5)), "0.bias": d1[::-1].sum(0),
            "2.weight": sum(d2[r, :, None] * a[r] for r in range(5)), "2.bias": d2[::-1].sum(0),
        }  # fmt: skip
        for name, g in grads.items():
            m[name] = m[name] + (1 - beta1) * (g - m[name])
            v[name] = beta2 * v[name] + (1 - beta2) * g**2
            rate = lr * np.sqrt(1 - beta2**step) / (1 - beta1**step)
            other = lr * (m[name] / (1 - beta1 ** kind(step))) / (np.sqrt(v[name] / (1 - beta2 ** kind(step))) + eps)
            params[name] = params[name] - (
                other if step % 2 else rate * m[name] / (np.sqrt(v[name]) + eps * np.sqrt(1 - beta2**step))
            )
            log[name].append(params[name].astype(kind))
            log[f"{name}.grad"].append(g.astype(kind))
    return {name: np.array(values) for name, values in log.items()}


@pytest.mark.parametrize("dtype", DTYPES)
def test_another_algebra_is_acquitted(dtype: str, tmp_path: Path) -> None:
    log = like_elsewhere(dtype, STEPS)
    for kept in (log, without(log, ".grad")):
        found = judged(raw_of("Adam", dtype), kept, tmp_path)
        assert found.verdict == "lockstep", found.mismatch


def wrong_rate(step: int, _: nn.Sequential, optimizer: torch.optim.Optimizer) -> None:
    for group in optimizer.param_groups:
        group["lr"] = 0.011 if step == AT else 0.01


@pytest.mark.parametrize(("kept", "dtype"), covering(["all", "no state", "no gradients"], DTYPES, strength=1))
def test_a_wrong_rate_at_one_step_is_convicted_there(kept: str, dtype: str, tmp_path: Path) -> None:
    log = logged(made("Adam"), dtype, STEPS, before=wrong_rate, state=kept == "all")
    found = judged(raw_of("Adam", dtype), without(log, ".grad") if kept == "no gradients" else log, tmp_path)
    assert found.mismatch is not None
    assert (found.mismatch.step, found.mismatch.stage) == (AT, "layer1.update")
    assert found.mismatch.tensor == "layer1.weight"
    assert found.mismatch.diy == log["0.weight"][AT][found.mismatch.index]


@pytest.mark.parametrize(("has_gradients", "dtype"), covering([True, False], DTYPES, strength=1))
def test_a_gradient_that_was_not_cleared_once_is_convicted_there(
    has_gradients: bool, dtype: str, tmp_path: Path
) -> None:
    log = logged(made("SGD"), dtype, STEPS, clears=lambda step: step != AT)
    found = judged(raw_of("SGD", dtype), log if has_gradients else without(log, ".grad"), tmp_path)
    assert found.mismatch is not None
    where = ("layer1.backward", "layer1.weight.grad") if has_gradients else ("layer1.update", "layer1.weight")
    assert (found.mismatch.step, found.mismatch.stage, found.mismatch.tensor) == (AT, *where)


def turned(step: int, model: nn.Sequential, _: torch.optim.Optimizer) -> None:
    if step >= AT:
        model[2].weight.grad = model[2].weight.grad.reshape(4, 2).T.contiguous()


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_transposed_gradient_is_convicted_whether_it_is_used_or_logged(dtype: str, tmp_path: Path) -> None:
    found = judged(raw_of("Adam", dtype), logged(made("Adam"), dtype, STEPS, gradients=turned), tmp_path)
    assert found.mismatch is not None
    assert (found.mismatch.step, found.mismatch.tensor) == (AT, "layer2.weight.grad")
    log = logged(made("Adam"), dtype, STEPS)
    log["2.weight.grad"] = log["2.weight.grad"].swapaxes(1, 2)
    found = judged(raw_of("Adam", dtype), log, tmp_path)
    assert found.mismatch is not None
    assert (found.mismatch.step, found.mismatch.tensor) == (1, "layer2.weight.grad")


class InsideRoot(torch.optim.Adam):
    """Has ε inside the root."""

    def step(self, _: Any = None) -> None:
        for group in self.param_groups:
            for weight in group["params"]:
                state, (beta1, beta2) = self.state[weight], group["betas"]
                if not state:
                    state.update(
                        step=torch.tensor(0.0), exp_avg=torch.zeros_like(weight), exp_avg_sq=torch.zeros_like(weight)
                    )
                state["step"] += 1
                t = state["step"].item()
                state["exp_avg"].lerp_(weight.grad, 1 - beta1)
                state["exp_avg_sq"].mul_(beta2).addcmul_(weight.grad, weight.grad, value=1 - beta2)
                root = (state["exp_avg_sq"] / (1 - beta2**t) + group["eps"]).sqrt()
                weight.data -= group["lr"] * state["exp_avg"] / (1 - beta1**t) / root


@pytest.mark.parametrize(("state", "dtype"), covering([True, False], DTYPES, strength=1))
def test_eps_inside_the_root_is_convicted(state: bool, dtype: str, tmp_path: Path) -> None:
    params = {"lr": 0.01, "eps": 1e-4}
    log = logged(partial(InsideRoot, **params), dtype, STEPS, state=state)
    found = judged(experiment("Adam", params, dtype), log, tmp_path)
    assert found.mismatch is not None
    assert (found.mismatch.step, found.mismatch.stage) == (1, "layer1.update")


def test_eps_inside_the_root_is_convicted_at_its_usual_size_in_float64(tmp_path: Path) -> None:
    log = logged(partial(InsideRoot, lr=0.01), "float64", STEPS)
    found = judged(experiment("Adam", {"lr": 0.01}, "float64"), log, tmp_path)
    assert found.mismatch is not None
    assert found.mismatch.step == 1


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_state_that_is_logged_wrong_is_convicted_itself(dtype: str, tmp_path: Path) -> None:
    log = logged(made("Adam"), dtype, STEPS, state=True)
    log["0.bias.exp_avg"][AT, 1] *= 1.01
    found = judged(raw_of("Adam", dtype), log, tmp_path)
    assert found.mismatch is not None
    assert found.mismatch[:4] == (AT, "layer1.update", "layer1.bias.m", (1,))


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_loss_of_the_wrong_step_is_convicted(dtype: str, tmp_path: Path) -> None:
    log = logged(made("SGD"), dtype, STEPS)
    log["loss"][AT] = log["loss"][AT + 1]
    found = judged(raw_of("SGD", dtype), log, tmp_path)
    assert found.mismatch is not None
    assert found.mismatch[:3] == (AT, "loss", "loss")


def test_drift_from_a_start_that_is_a_rounding_off_is_no_mistake(tmp_path: Path) -> None:
    """The log goes another way than torch's own lane, a chaotic one, and each of its steps is right."""
    params = {"lr": 0.9, "momentum": 0.95}
    log = logged(partial(torch.optim.SGD, **params), "float64", 200)
    narrow = logged(partial(torch.optim.SGD, **params), "float32", 200)
    raw = experiment("SGD", params, "float64")
    assert judged(raw, log, tmp_path).verdict == "lockstep"
    raw = experiment("SGD", params, "float32")
    found = judged(raw, narrow, tmp_path)
    assert found.verdict == "lockstep", found.mismatch


def test_a_log_of_float32_numbers_kept_wider_is_judged_as_float32(tmp_path: Path) -> None:
    log = {name: values.astype(float) for name, values in logged(made("Adam"), "float32", STEPS).items()}
    assert judged(raw_of("Adam", "float32"), log, tmp_path).verdict == "lockstep"


@pytest.mark.parametrize("dtype", DTYPES)
@examples(6)
@given(seed=st.integers(0, 10**6), at=st.integers(1, 12), scale=st.sampled_from([1 + 1e-3, 0.9, -1.0, 2.0]))
def test_whatever_gradient_is_scaled_at_whatever_step_is_convicted_there(
    dtype: str, seed: int, at: int, scale: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def scaled(step: int, model: nn.Sequential, _: torch.optim.Optimizer) -> None:
        if step == at:
            model[0].weight.grad *= scale

    log = logged(made("Adam"), dtype, 12, gradients=scaled)
    found = judged(raw_of("Adam", dtype), log, tmp_path_factory.mktemp(f"log{seed}"))
    assert found.mismatch is not None
    assert found.mismatch[:3] == (at, "layer1.backward", "layer1.weight.grad")
