"""Programs as people write them, that log what they do: torch's own loop, and formulas of elsewhere in NumPy."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import nn

from engine.backends.read_numbers import with_numbers
from engine.protocol import PairParity
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check

X = [[0.5, -1.0, 2.0], [1.0, 0.25, -0.5], [2.0, 1.0, 0.0], [-1.0, 0.5, 1.0], [0.1, 0.2, 0.3]]
Y = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [0.5, 0.5]]
SEED = 3
Log = dict[str, list[Any]]
Act = Callable[[int, nn.Sequential, torch.optim.Optimizer], object]


def experiment(optimizer: str, params: Mapping[str, Any], dtype: str, **more: Any) -> dict[str, Any]:
    layers = [{"units": 4, "activation": "tanh"}, {"units": 2}]
    return {
        "schema": 1,
        "data": {"x": X, "y": Y},
        "network": {"layers": layers, "loss": "mse"},
        "start": {"seed": SEED},
        "dtype": dtype,
        "optimizers": [{"name": optimizer, "params": dict(params), **more}],
    }


def network(dtype: str, seed: int = SEED) -> nn.Sequential:
    """The network of the experiment, with the weights that it begins with."""
    torch.manual_seed(seed)
    kind = getattr(torch, dtype)
    return nn.Sequential(nn.Linear(3, 4, dtype=kind), nn.Tanh(), nn.Linear(4, 2, dtype=kind))


def nothing(*_: object) -> None:
    """Plant nothing."""


def logged(
    optimizer: Callable[[Any], torch.optim.Optimizer],
    dtype: str,
    steps: int,
    *,
    before: Act = nothing,
    gradients: Act = nothing,
    clears: Callable[[int], bool] = lambda _: True,
    state: bool = False,
) -> dict[str, Array]:
    """The log of torch's own loop; what is planted acts ``before`` a step, or on its ``gradients``."""
    model = network(dtype)
    made = optimizer(model.parameters())
    x, y = (torch.tensor(one, dtype=getattr(torch, dtype)) for one in (X, Y))
    log: Log = {"step": [0], "loss": [float("nan")]}
    for name, weight in model.named_parameters():
        log[name], log[f"{name}.grad"] = [weight.detach().numpy().copy()], [np.zeros(weight.shape, dtype)]
    for step in range(1, steps + 1):
        before(step, model, made)
        if clears(step):
            made.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        gradients(step, model, made)
        made.step()
        log["step"].append(step)
        log["loss"].append(loss.item())
        for name, weight in model.named_parameters():
            log[name].append(weight.detach().numpy().copy())
            log[f"{name}.grad"].append(weight.grad.numpy().copy())
            if state:
                for entry, value in made.state[weight].items():
                    kept = log.setdefault(f"{name}.{entry}", [np.zeros_like(value.numpy())])
                    kept.append(value.numpy().copy())
    return {name: np.array(values) for name, values in log.items()}


def without(log: Mapping[str, Array], *ends: str) -> dict[str, Array]:
    return {name: values for name, values in log.items() if not name.endswith(ends)}


def spec_of(raw: dict[str, Any], log: Mapping[str, Array], folder: Path) -> ExperimentSpec:
    np.savez(folder / "mine.npz", **log)
    entries = [{**raw["optimizers"][0], "log": {"file": "mine.npz"}}]
    return with_numbers(check({**raw, "optimizers": entries}).beside(folder)).spec


def judged(raw: dict[str, Any], log: Mapping[str, Array], folder: Path, steps: int | None = None) -> PairParity:
    """What a log is found to be at its end."""
    run = Lockstep(spec_of(raw, log, folder))
    assert run.ends is not None
    run.advance(steps or run.ends)
    run.judge_newest()
    return run.parity()[0]
