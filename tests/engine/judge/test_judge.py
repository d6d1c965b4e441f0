"""The verdict: rounding that piles up is drift, a mistake in the textbook is found by step, stage and tensor."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.diy.activations import ACTIVATIONS, Activation
from engine.diy.activations.sigmoid import sigmoid
from engine.diy.layers import linear
from engine.diy.losses import LOSSES, Loss
from engine.diy.losses.mse import d_mse, mse
from engine.diy.mean import count
from engine.diy.optimizers import adam, rprop, sgd
from engine.protocol import PairParity
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec
from tests.engine.experiments import experiment, layer, optimizer
from tests.products import each_with

SQUARE = [layer(3, "sigmoid"), layer(3, "tanh")]


def spec_of(entry: dict[str, Any], dtype: str = "float32", **more: Any) -> ExperimentSpec:
    return experiment(SQUARE, inputs=3, optimizers=[entry], dtype=dtype, **more)


def verdict_after(spec: ExperimentSpec, steps: int) -> PairParity:
    lockstep = Lockstep(spec)
    lockstep.advance(steps)
    (pair,) = lockstep.parity()
    return pair


def test_a_right_pair_stays_in_lockstep() -> None:
    pair = verdict_after(spec_of(optimizer("Adam")), 50)
    assert (pair.verdict, pair.mismatch, pair.unstable, pair.drift) == ("lockstep", None, None, None)
    assert 0 < pair.worst < 1e-5


@pytest.mark.parametrize(
    ("activation", "rate"),
    [("relu", 0.7), ("relu", 0.8), ("tanh", 0.25)],  # well inside chaos, whatever order a machine adds in
)
def test_chaos_is_drift(activation: str, rate: float) -> None:
    """A rate too large multiplies rounding errors until the lanes have nothing in common."""
    layers = [layer(16, activation), layer(16, activation), layer(1, "identity")]
    spec = experiment(layers, rows=20, optimizers=[optimizer("SGD", lr=rate)], dtype="float32")
    pair = verdict_after(spec, 400)
    assert pair.verdict == "lockstep"
    assert pair.drift is not None
    assert 0 < pair.drift.since < 400
    assert pair.drift.max_abs == pair.worst


@pytest.mark.parametrize(("activation", "rate"), [("relu", 1.2), ("tanh", 0.6), ("tanh", 1.2)])
def test_what_explodes_is_told_with_step_and_side_and_never_called_lockstep(activation: str, rate: float) -> None:
    layers = [layer(16, activation), layer(16, activation), layer(1, "identity")]
    pair = verdict_after(experiment(layers, rows=20, optimizers=[optimizer("SGD", lr=rate)], dtype="float32"), 200)
    assert pair.verdict == "not_finite"
    assert pair.mismatch is None
    assert pair.not_finite is not None
    assert (pair.not_finite.stage, pair.not_finite.sides) == ("loss", ("diy", "torch"))
    assert 0 < pair.not_finite.step < 200


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        (optimizer("Rprop"), "lockstep"),
        (optimizer("Adagrad", lr=1.0), "lockstep"),
        (optimizer("RMSprop", centered=True, eps=0.0, lr=1e-4), "not_finite"),  # torch takes the root of -0.0000001
    ],
    ids=str,
)
def test_what_an_optimizer_makes_of_a_gradient_that_is_nothing_but_rounding_is_rounding(
    entry: dict[str, Any], verdict: str
) -> None:
    """Signs cancel in the biases' gradients: one side has 0, the other what rounding left of it."""
    layers = [layer(4, "identity"), layer(2, "identity")]
    spec = experiment(layers, loss="l1", rows=6, optimizers=[entry], dtype="float64")
    assert verdict_after(spec, 10).verdict == verdict


def rprop_that_steps_back(grad, state, weight, hyper):
    new, new_state = RIGHT_RPROP(grad, state, weight, hyper)
    return np.where(grad * state.g_prev < 0, weight + np.sign(state.g_prev) * new_state.Delta, new), new_state


def test_a_sign_taken_wrongly_is_found_nevertheless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rprop, "update", rprop_that_steps_back)
    pair = verdict_after(spec_of(optimizer("Rprop", lr=0.5)), 20)
    assert pair.verdict == "differs"
    assert pair.mismatch is not None
    assert pair.mismatch.stage.endswith(".update")


def test_nan_and_infinity_in_both_lanes_are_no_difference() -> None:
    spec = experiment([layer(2, "identity")], optimizers=[optimizer("SGD", lr=1e6)], dtype="float32")
    lockstep = Lockstep(spec)
    lockstep.advance(60)
    assert not np.isfinite(lockstep.losses).any()
    assert lockstep.parity()[0].mismatch is None


def uncorrected_adam(grad, state, weight, hyper):
    t, m, v = (
        state.t + 1,
        *(b * old + (1 - b) * g for b, old, g in zip(hyper.betas, state[1:3], (grad, grad**2), strict=True)),
    )
    return weight - hyper.lr * m / (np.sqrt(v) + hyper.eps), adam.State(t, m, v, None)


def adam_with_eps_in_the_root(grad, state, weight, hyper):
    _, new = RIGHT_ADAM(grad, state, weight, hyper)
    m_hat, v_hat = new.m / (1 - hyper.betas[0] ** new.t), new.v / (1 - hyper.betas[1] ** new.t)
    return weight - hyper.lr * m_hat / np.sqrt(v_hat + hyper.eps), new


def forgetful_adam(grad, state, weight, hyper):
    """The article's: each call begins with fresh moments."""
    return RIGHT_ADAM(grad, adam.init(weight), weight, hyper)


def momentum_with_the_rate_inside(grad, state, weight, hyper):
    b = hyper.lr * grad if state.b is None else hyper.momentum * state.b + hyper.lr * grad
    return weight - b, sgd.State(b)


def undampened_momentum(grad, state, weight, hyper):
    """Right in the first step, in which torch does not dampen either."""
    b = grad if state.b is None else hyper.momentum * state.b + grad
    return weight - hyper.lr * b, sgd.State(b)


RIGHT_ADAM, RIGHT_RPROP = adam.update, rprop.update
LR = {"lr": 0.1}


@pytest.mark.parametrize(
    ("module", "wrong", "entry", "step", "tensor", "dtype"),
    each_with(
        [
            (adam, uncorrected_adam, optimizer("Adam", **LR), 1, "layer1.weight"),
            (adam, uncorrected_adam, optimizer("AdamW", **LR), 1, "layer1.weight"),
            (adam, adam_with_eps_in_the_root, optimizer("Adam", eps=0.01, **LR), 1, "layer1.weight"),
            (adam, forgetful_adam, optimizer("Adam", **LR), 2, "layer1.weight.t"),
            (sgd, momentum_with_the_rate_inside, optimizer("SGD", momentum=0.9, **LR), 1, "layer1.weight.b"),
            (sgd, undampened_momentum, optimizer("SGD", momentum=0.9, dampening=0.5, **LR), 2, "layer1.weight.b"),
        ],
        ["float32", "float64"],
    ),
)
def test_a_mistake_in_an_optimizer_is_found(
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    wrong: Callable[..., Any],
    entry: dict[str, Any],
    step: int,
    tensor: str,
    dtype: str,
) -> None:
    monkeypatch.setattr(module, "update", wrong)
    pair = verdict_after(spec_of(entry, dtype), 5)
    assert pair.verdict == "differs"
    found = pair.mismatch
    assert found is not None
    assert (found.step, found.stage, found.tensor) == (step, "layer1.update", tensor)
    assert found.diy != found.torch


def halved_mse(a, y):
    return (a - y) / count(a)


def transposed_backward(dL_dz, x, params, name, hyper, wants_dL_dx=True):
    dL_dx, grads = RIGHT_BACKWARD(dL_dz, x, params, name, hyper, wants_dL_dx)
    return dL_dx, {**grads, f"{name}.weight": grads[f"{name}.weight"].mT}


def slope_of_the_wrong_variable(z, a):
    return sigmoid(a) * (1 - sigmoid(a))


RIGHT_BACKWARD = linear.backward


@pytest.mark.parametrize(
    ("patch", "stage", "tensor", "dtype"),
    each_with(
        [
            (lambda m: m.setitem(LOSSES, "mse", Loss(mse, halved_mse)), "layer2.backward", "layer2.dL_da"),
            (lambda m: m.setattr(linear, "backward", transposed_backward), "layer2.backward", "layer2.weight.grad"),
            (
                lambda m: m.setitem(ACTIVATIONS, "sigmoid", Activation(sigmoid, slope_of_the_wrong_variable)),
                "layer1.backward",
                "layer1.da_dz",
            ),
            (
                lambda m: m.setitem(ACTIVATIONS, "tanh", Activation(np.sin, ACTIVATIONS["tanh"].df)),
                "layer2.activation",
                "layer2.a",
            ),
            (
                lambda m: m.setitem(LOSSES, "mse", Loss(lambda a, y: mse(a, y) / 2, d_mse)),
                "loss",
                "loss",
            ),
        ],
        ["float32", "float64"],
    ),
)
def test_a_mistake_in_the_network_is_found(
    monkeypatch: pytest.MonkeyPatch,
    patch: Callable[[pytest.MonkeyPatch], None],
    stage: str,
    tensor: str,
    dtype: str,
) -> None:
    patch(monkeypatch)
    pair = verdict_after(spec_of(optimizer("SGD", **LR), dtype), 3)
    assert pair.verdict == "differs"
    found = pair.mismatch
    assert found is not None
    assert (found.step, found.stage, found.tensor) == (1, stage, tensor)


@pytest.mark.parametrize("begin", [3, 64, 65, pytest.param(130, marks=pytest.mark.every)])
def test_the_first_wrong_step_is_named_wherever_it_falls_in_a_block(
    monkeypatch: pytest.MonkeyPatch, begin: int
) -> None:
    def late_mistake(grad, state, weight, hyper):
        weight, state = RIGHT_ADAM(grad, state, weight, hyper)
        return (weight + 1e-3, state) if state.t >= begin else (weight, state)

    monkeypatch.setattr(adam, "update", late_mistake)
    at_once = verdict_after(spec_of(optimizer("Adam")), begin + 20)
    lockstep = Lockstep(spec_of(optimizer("Adam")))
    for _ in range(begin + 20):
        lockstep.advance()
    assert at_once.mismatch is not None
    assert at_once.mismatch.step == begin
    assert lockstep.parity()[0].mismatch == at_once.mismatch


def test_changed_hyperparameters_are_judged_with_their_new_values() -> None:
    lockstep = Lockstep(experiment(SQUARE, inputs=3, optimizers=[optimizer("SGD", lr=0.1)], dtype="float32"))
    lockstep.advance(5)
    for params in ({"lr": 0.9, "momentum": 0.9}, {"lr": 0.1}, {"lr": 0.1, "momentum": 0.5}):
        lockstep.set_params(0, params)
        lockstep.advance(5)
    assert lockstep.parity()[0].verdict == "lockstep"
    assert lockstep.parity()[0].state is not None
