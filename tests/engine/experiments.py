"""Builders of experiments for the engine's tests: plain functions, no fixtures.

Everything here ends in ``engine.spec.check``, so no test runs what a person could not load.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check, target_of

ARTICLE = {
    "schema": 1,
    "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
    "network": {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}], "loss": "mse"},
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
}


def raw_article(**changes: Any) -> dict[str, Any]:
    """The article's experiment as a file holds it, top-level fields exchanged."""
    return {**ARTICLE, **changes}


def optimizer(name: str, **params: Any) -> dict[str, Any]:
    return {"name": name, "params": params}


def layer(units: int, activation: Any = "tanh", bias: bool = True) -> dict[str, Any]:
    return {"units": units, "activation": activation, "bias": bias}


SUITED = {"nll": "log_softmax", "kl_div": "log_softmax", "binary_cross_entropy": "sigmoid"}


def suited(layers: Sequence[Mapping[str, Any]], loss: Any) -> list[dict[str, Any]]:
    """The layers with a last activation that torch does not refuse beside the loss."""
    *below, last = map(dict, layers)
    name = loss if isinstance(loss, str) else loss["name"]
    is_refused = name == "binary_cross_entropy" and last["activation"] not in ("sigmoid", "softmax")
    return [*below, last | {"activation": SUITED[name]} if is_refused else last]


def random_data(inputs: int, outputs: int, rows: int, loss: Any, seed: int) -> dict[str, Any]:
    """Data in general position, with targets that suit the loss."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, inputs))
    target = target_of(loss if isinstance(loss, str) else loss["name"])
    if target == "classes":
        y = rng.integers(0, outputs, rows)
    elif target == "probabilities":
        y = rng.uniform(size=(rows, outputs))
    else:
        y = rng.normal(size=(rows, outputs))
    return {"x": x.tolist(), "y": y.tolist()}


def experiment(
    layers: Sequence[Mapping[str, Any]],
    *,
    inputs: int = 2,
    rows: int = 7,
    loss: Any = "mse",
    data_seed: int = 0,
    optimizers: Sequence[Mapping[str, Any]] = (optimizer("SGD", lr=0.1),),
    dtype: str = "float64",
    **more: Any,
) -> ExperimentSpec:
    """An experiment on random data; ``more`` are top-level fields of the file."""
    raw = {
        "schema": 1,
        "data": random_data(inputs, layers[-1]["units"], rows, loss, data_seed),
        "network": {"layers": suited(layers, loss), "loss": loss},
        "dtype": dtype,
        "optimizers": list(optimizers),
        **more,
    }
    return check(raw)


def raw_problem(function: str = "rosenbrock", at: Sequence[float] = (-1.5, 2), **changes: Any) -> dict[str, Any]:
    """An experiment of two numbers as a file holds it; ``condition`` is the problem's, other changes are the file's."""
    condition = {"condition": changes.pop("condition")} if "condition" in changes else {}
    return {
        "schema": 1,
        "problem": {"function": function, "start": list(at), **condition},
        "optimizers": [optimizer("SGD", lr=1e-3)],
        **changes,
    }


def tensors_of(lockstep: Lockstep, index: int) -> dict[str, Array]:
    """Copies of the weights, gradients and state entries of a lane, by name."""
    lane = lockstep.lanes[index].lane
    found = dict(zip(lockstep.names, lane.weights(), strict=True))
    found.update({f"{name}.grad": grad for name, grad in zip(lockstep.names, lane.gradients(), strict=False)})
    for name, state in zip(lockstep.names, lane.states(), strict=True):
        found.update({f"{name}.{symbol}": np.asarray(value) for symbol, value in state.items() if value is not None})
    return {name: np.array(value) for name, value in found.items()}


def assert_same(one: Mapping[str, Array], other: Mapping[str, Array], rtol: float = 0, atol: float = 0) -> None:
    """The same names with the same values; bit for bit where no tolerance is given."""
    assert one.keys() == other.keys()
    for name, value in one.items():
        if rtol or atol:
            np.testing.assert_allclose(value, other[name], rtol=rtol, atol=atol, err_msg=name)
        else:
            np.testing.assert_array_equal(value, other[name], err_msg=name, strict=True)
