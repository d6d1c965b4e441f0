"""What activations, losses and layers are tried on."""

from typing import Any

import numpy as np
from numpy import ndarray as Array

from .kind_forms import kind_samples

Inputs = dict[str, Array]
ROWS, COLUMNS, OUTPUTS = 5, 3, 4
FAR = 800.0
OF_DISTRIBUTIONS = ("nll", "binary_cross_entropy", "kl_div")
OF_ROWS = ("softmax", "log_softmax")  # activations whose every output depends on all of its row


def activation_inputs(seed: int) -> Inputs:
    """Draw ordinary inputs, 0 and what lies beyond thresholds among them."""
    random = np.random.default_rng(seed)
    z = random.normal(scale=2.0, size=(ROWS, COLUMNS))
    z[0, 0], z[1, 1], z[2, 0], z[3, 2] = 0.0, 21.5, -0.25, 0.75
    return {"z": z, "dL_da": random.normal(size=z.shape)}


def row_inputs(seed: int) -> Inputs:
    """Draw inputs of a function of whole rows, none of which takes all of its row."""
    random = np.random.default_rng(seed)
    return {"z": random.normal(scale=1.5, size=(ROWS, COLUMNS)), "dL_da": random.normal(size=(ROWS, COLUMNS))}


def overflowing_activation_inputs() -> Inputs:
    z = np.array([[-FAR, FAR, -100.0], [100.0, -750.0, 40.0], [-40.0, 750.0, 1.5]])
    return {"z": z, "dL_da": np.ones_like(z)}


def loss_inputs(
    reference: str, seed: int, *, probabilities: bool = False, far: bool = False, columns: int = COLUMNS
) -> Inputs:
    """Draw ``a`` (5, 3) and what the reference takes as ``y``; a tie and errors of both signs and sizes among them.

    ``far``: some classes are as unlikely as 1e-18, where a clipped or padded probability shows.
    """
    random = np.random.default_rng(seed)
    a = random.normal(scale=1.5, size=(ROWS, columns))
    if reference in OF_DISTRIBUTIONS:
        return _of_distributions(reference, a, random, probabilities=probabilities, far=far)
    if reference == "cross_entropy":
        y: Array = random.integers(0, columns, size=ROWS)
        if far:
            a[0, y[0]], a[1, (y[1] + 1) % columns] = -40.0, -45.0
        if probabilities:
            a = np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)
        return {"a": a, "y": y}
    if reference == "bce":
        y = random.integers(0, 2, size=a.shape).astype(np.float64)
        if far:
            a[0, 0], y[0, 0], a[1, 1], y[1, 1] = -40.0, 1.0, -35.0, 0.0
        return {"a": 1 / (1 + np.exp(-a)) if probabilities else a, "y": y}
    y = a + random.normal(scale=1.2, size=a.shape)
    y[0, 0], y[1, 1], y[2, 2] = a[0, 0], a[1, 1] + 3.5, a[2, 2] - 0.125
    return {"a": a, "y": y}


def _of_distributions(
    reference: str, a: Array, random: np.random.Generator, *, probabilities: bool, far: bool
) -> Inputs:
    """Draw probabilities, or their logarithms, and what goes with them."""
    if reference == "binary_cross_entropy":
        y = random.integers(0, 2, size=a.shape).astype(np.float64)
        if far:  # not beyond what torch tells from 0
            a[0, 0], y[0, 0], a[1, 1], y[1, 1] = -24.0, 1.0, -22.0, 0.0
        return {"a": 1 / (1 + np.exp(-a)), "y": y}
    columns = a.shape[1]
    classes = random.integers(0, columns, size=ROWS)
    if far:
        a[0, classes[0]], a[1, (classes[1] + 1) % columns] = -40.0, -45.0
    p = np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)
    y = classes if reference == "nll" else p[::-1].copy()
    return {"a": p if probabilities else np.log(p), "y": y}


def overflowing_loss_inputs(reference: str, columns: int = COLUMNS) -> Inputs:
    """Draw logits that all are 1,000 and more; for bce far ones of either sign, else large errors."""
    inputs = loss_inputs(reference, 5, columns=columns)
    if reference == "cross_entropy":
        return {**inputs, "a": inputs["a"] + 1000.0}
    if reference == "bce":
        a = np.resize(np.array([-FAR, FAR, -120.0, 120.0]), inputs["a"].shape)
        return {"a": a, "y": inputs["y"]}
    return inputs


def layer_inputs(seed: int, *, square: bool = False) -> Inputs:
    random = np.random.default_rng(seed)
    outputs = COLUMNS if square else OUTPUTS
    return {
        "x": random.normal(size=(ROWS, COLUMNS)),
        "W": random.normal(size=(outputs, COLUMNS)),
        "b": random.normal(size=outputs),
        "dL_dz": random.normal(size=(ROWS, outputs)),
    }


def in_precision(inputs: Inputs, dtype: str) -> Inputs:
    return {name: value.astype(dtype) if value.dtype.kind == "f" else value for name, value in inputs.items()}


def samples(kind: str, references: list[str]) -> list[Any]:
    """Return inputs to find a way of calling with, those of the likeliest reference first."""
    if kind == "activation":
        of_rows = [{**row_inputs(1), "of_rows": np.ones(())}] if references[0] in OF_ROWS else []
        return [*of_rows, activation_inputs(1)]
    if kind == "layer":
        dense = [layer_inputs(1), layer_inputs(1, square=True)]  # W for Wᵀ fits a square one alone
        others = kind_samples(references)
        is_dense = [name.lower() == "linear" for name in references]
        first, last = (dense, others) if is_dense[0] else (others, dense)
        return [*first, *last] if any(is_dense) else others
    wanted = dict.fromkeys(map(targets_like, references))
    return [loss_inputs(name, 1, probabilities=p) for name in wanted for p in (False, True)[: 1 + (name != "mse")]]


def targets_like(loss: str) -> str:
    """Return the loss whose inputs another takes as well: of errors all take the same."""
    return loss if loss in ("cross_entropy", "bce", *OF_DISTRIBUTIONS) else "mse"
