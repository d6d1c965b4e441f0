"""The textbook over a leading axis: K configurations at once give what K single runs give."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.diy.network import Layer
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.step import train_step
from engine.spec import activation_names, loss_names, target_of

K, ROWS, INPUTS, HIDDEN, OUTPUTS, STEPS = 3, 5, 3, 4, 2, 8
RATES = (0.01, 0.1, 0.3)
DECAYS = (0.0, 0.01, 0.1)
BETAS = ((0.9, 0.999), (0.5, 0.9), (0.0, 0.5))
SWEEPS: list[tuple[str, dict[str, Sequence[Any]]]] = [
    ("SGD", {"lr": RATES}),
    (
        "SGD",
        {"lr": RATES, "momentum": (0.5, 0.9, 0.99), "dampening": (0.0, 0.1, 0.5), "weight_decay": DECAYS},
    ),
    ("SGD", {"lr": RATES, "momentum": (0.5, 0.9, 0.99), "nesterov": (True,) * K, "maximize": (True,) * K}),
    ("Adam", {"lr": RATES, "eps": (1e-8, 1e-4, 0.1), "weight_decay": DECAYS}),
    ("Adam", {"lr": RATES, "betas": BETAS, "amsgrad": (True,) * K}),
    ("Adam", {"lr": RATES, "weight_decay": DECAYS, "decoupled_weight_decay": (True,) * K}),
    ("AdamW", {"lr": RATES, "weight_decay": DECAYS, "maximize": (True,) * K}),
    ("Adamax", {"lr": RATES, "betas": BETAS, "eps": (1e-8, 1e-4, 0.1), "weight_decay": DECAYS}),
    ("NAdam", {"lr": RATES, "betas": BETAS, "momentum_decay": (0.0, 0.004, 0.5), "weight_decay": DECAYS}),
    ("NAdam", {"eps": (1e-8, 1e-4, 0.1), "weight_decay": DECAYS, "decoupled_weight_decay": (True,) * K}),
    ("RAdam", {"lr": RATES, "betas": ((0.9, 0.999), (0.5, 0.7), (0.0, 0.6)), "weight_decay": DECAYS}),
    ("RAdam", {"eps": (1e-8, 1e-4, 0.1), "weight_decay": DECAYS, "decoupled_weight_decay": (True,) * K}),
    ("Adagrad", {"lr": RATES, "lr_decay": (0.0, 0.1, 1.0), "initial_accumulator_value": (0.0, 0.1, 1.0)}),
    ("Adagrad", {"eps": (1e-10, 1e-4, 0.1), "weight_decay": DECAYS}),
    ("Adadelta", {"lr": RATES, "rho": (0.0, 0.5, 0.9), "eps": (1e-6, 1e-4, 0.1), "weight_decay": DECAYS}),
    ("RMSprop", {"lr": RATES, "alpha": (0.5, 0.9, 0.99), "eps": (1e-8, 1e-4, 0.1), "weight_decay": DECAYS}),
    ("RMSprop", {"lr": RATES, "momentum": (0.0, 0.5, 0.9), "centered": (True,) * K}),
    ("Rprop", {"lr": RATES, "etas": ((0.5, 1.2), (0.1, 2.0), (0.9, 1.1)), "maximize": (True,) * K}),
    ("Rprop", {"lr": RATES, "step_sizes": ((1e-6, 50.0), (0.05, 0.11), (0.1, 0.2))}),
    ("ASGD", {"lr": RATES, "lambd": (0.0, 1e-4, 0.1), "alpha": (0.0, 0.75, 1.0), "t0": (0.0, 1.5, 1e6)}),
    ("ASGD", {"lr": RATES, "weight_decay": DECAYS, "maximize": (True,) * K}),
]


def start(rng: np.random.Generator) -> dict[str, Array]:
    params: dict[str, Array] = {}
    for name, shape in (("layer1", (HIDDEN, INPUTS)), ("layer2", (OUTPUTS, HIDDEN))):
        params[f"{name}.weight"] = rng.normal(size=(K, *shape))
        params[f"{name}.bias"] = rng.normal(size=(K, 1, shape[0]))
    return params


def of_one(name: str, weight: Array, k: int) -> Array:
    return weight[k, 0] if name.endswith("bias") else weight[k]


def hyper_of(name: str, sweep: dict[str, Sequence[Any]], k: int | None, dtype: str = "float64") -> Any:
    """The ``k``-th configuration's hyperparameters, or all of them as (K, 1, 1) arrays."""

    def pick(values: Sequence[Any]) -> Any:
        if k is not None:
            return values[k]
        if isinstance(values[0], bool):
            return values[0]
        if isinstance(values[0], tuple):
            return tuple(np.reshape(part, (K, 1, 1)).astype(dtype) for part in zip(*values, strict=True))
        return np.reshape(values, (K, 1, 1)).astype(dtype)

    return OPTIMIZERS[name].Hyper(**{field: pick(values) for field, values in sweep.items()})


def layers_of(activation: str) -> list[Layer]:
    return [Layer(name, LAYERS["Linear"], ACTIVATIONS[activation]) for name in ("layer1", "layer2")]


def train(
    layers: list[Layer], params: dict[str, Array], x: Array, y: Array, loss: str, name: str, hyper: Any
) -> tuple[dict[str, Array], list[Any]]:
    states = {key: OPTIMIZERS[name].init(weight) for key, weight in params.items()}
    losses = []
    for _ in range(STEPS):
        with np.errstate(all="ignore"):
            step = train_step(layers, params, states, x, y, LOSSES[loss], OPTIMIZERS[name], hyper)
        params, states = step.params, step.states
        losses.append(step.loss)
    return params, losses


def assert_at_once_equals_one_by_one(activation: str, loss: str, name: str, sweep: dict[str, Sequence[Any]]) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(ROWS, INPUTS))
    y = rng.integers(0, OUTPUTS, ROWS) if target_of(loss) == "classes" else rng.uniform(size=(ROWS, OUTPUTS))
    layers, params = layers_of(activation), start(rng)
    together, losses = train(layers, params, x, y, loss, name, hyper_of(name, sweep, None))
    for k in range(K):
        alone = {key: of_one(key, weight, k) for key, weight in params.items()}
        alone, alone_losses = train(layers, alone, x, y, loss, name, hyper_of(name, sweep, k))
        np.testing.assert_allclose([loss_of_all[k] for loss_of_all in losses], alone_losses, rtol=1e-12)
        for key, weight in together.items():
            np.testing.assert_allclose(of_one(key, weight, k), alone[key], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("loss", loss_names())
@pytest.mark.parametrize("activation", activation_names())
def test_every_activation_and_loss(activation: str, loss: str) -> None:
    assert_at_once_equals_one_by_one(activation, loss, "SGD", {"lr": (0.001, 0.01, 0.1)})


@pytest.mark.parametrize(("name", "sweep"), SWEEPS)
def test_every_optimizer(name: str, sweep: dict[str, Sequence[Any]]) -> None:
    assert_at_once_equals_one_by_one("tanh", "mse", name, sweep)


@pytest.mark.parametrize(("name", "sweep"), SWEEPS)
def test_single_precision_stays_single(name: str, sweep: dict[str, Sequence[Any]]) -> None:
    module = OPTIMIZERS[name]
    weight = np.random.default_rng(0).normal(size=(K, 3, 2)).astype("float32")
    hyper, state = hyper_of(name, sweep, None, "float32"), module.init(weight)
    for _ in range(3):
        with np.errstate(all="ignore"):
            weight, state = module.update(weight, state, weight, hyper)
    kept = [weight, *(value for value in state if isinstance(value, np.ndarray))]
    assert {value.dtype.name for value in kept} == {"float32"}
    assert {value.shape for value in kept} <= {weight.shape, (K, 1, 1)}
