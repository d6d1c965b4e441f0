"""Activations and losses: each equals torch's function of its name, in value and gradient, at awkward points too."""

import warnings
from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy import ndarray as Array
from torch import Tensor
from torch.nn import functional as F  # torch's own convention

from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES
from engine.spec import activation_names, loss_names, target_of

TORCH_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "identity": lambda z: z * 1,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": F.softplus,
    "celu": F.celu,
    "selu": F.selu,
    "mish": F.mish,
    "hardtanh": F.hardtanh,
    "relu6": F.relu6,
    "hardswish": F.hardswish,
    "softsign": F.softsign,
    "logsigmoid": F.logsigmoid,
    "softmax": lambda z: F.softmax(z, -1),
    "log_softmax": lambda z: F.log_softmax(z, -1),
}
TORCH_LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "mse": F.mse_loss,
    "l1": F.l1_loss,
    "smooth_l1": F.smooth_l1_loss,
    "huber": F.huber_loss,
    "bce": F.binary_cross_entropy_with_logits,
    "cross_entropy": F.cross_entropy,
    "nll": F.nll_loss,
    "binary_cross_entropy": F.binary_cross_entropy,
    "kl_div": lambda a, y: torch.kl_div(a, y, 1),  # without the function's warning
}
ELEMENTWISE = [name for name in activation_names() if ACTIVATIONS[name].back is None]
AWKWARD = [0.0, 1e-8, 1e-3, 0.5, 1.0, 3.0, 17.0, 20.0, 20.0001, 40.0, 89.0, 710.0, 1e4]
KINKS = [6.0, np.nextafter(1.0, 0), np.nextafter(3.0, 0), np.nextafter(6.0, 9)]
AWKWARD += KINKS
POINTS = [sign * point for point in AWKWARD for sign in (1, -1)]  # -0.0 among them
DTYPES = ["float64", "float32"]


@pytest.fixture(autouse=True)
def _warnings_are_errors():
    with warnings.catch_warnings(), np.errstate(over="warn", invalid="warn", divide="warn"):
        warnings.simplefilter("error")
        yield


def assert_close(found: Array, expected: Tensor, dtype: str) -> None:
    """float64 tightly, float32 as torch itself would have it; NaN is equal to nothing."""
    assert str(found.dtype) == dtype
    tight = {"rtol": 1e-12, "atol": 1e-14} if dtype == "float64" else {}
    torch.testing.assert_close(torch.from_numpy(np.asarray(found)), expected, **tight)


def test_every_name_is_tested() -> None:
    assert tuple(ACTIVATIONS) == tuple(TORCH_ACTIVATIONS) == activation_names()
    assert tuple(LOSSES) == tuple(TORCH_LOSSES) == loss_names()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_activation_equals_torchs(name: str, dtype: str) -> None:
    points = np.array([*POINTS, *np.linspace(-6, 6, 97)], dtype)
    z = torch.tensor(points, requires_grad=True)
    expected = TORCH_ACTIVATIONS[name](z)
    (slope,) = torch.autograd.grad(expected.sum(), z)

    a = ACTIVATIONS[name].f(points)
    assert_close(a, expected.detach(), dtype)
    assert_close(ACTIVATIONS[name].df(points, a), slope, dtype)


def assert_loss_equals(name: str, a: Array, y: Array) -> None:
    ours, dtype = LOSSES[name], str(a.dtype)
    output = torch.tensor(a, requires_grad=True)
    expected = TORCH_LOSSES[name](output, torch.tensor(y))
    (slope,) = torch.autograd.grad(expected, output)
    assert_close(ours.f(a, y), expected.detach(), dtype)
    assert_close(ours.df(a, y), slope, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["mse", "l1", "smooth_l1", "huber"])
@pytest.mark.parametrize("target", [0.0, 2.0, -1e4])
def test_loss_equals_torchs_at_kinks_and_far_out(name: str, target: float, dtype: str) -> None:
    offsets = [*POINTS, -1 - 1e-3, -1 + 1e-3, 1 - 1e-3, 1 + 1e-3]
    a = np.array([offsets], dtype).T + np.array(target, dtype)
    assert_loss_equals(name, a, np.full_like(a, target))
    assert_loss_equals(name, a[:1], np.full_like(a[:1], target))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("target", [0.0, 0.25, 1.0])
def test_bce_equals_torchs_on_saturated_logits(target: float, dtype: str) -> None:
    for logit in POINTS:
        z = np.array([[logit]], dtype)
        assert_loss_equals("bce", z, np.full_like(z, target))


@pytest.mark.parametrize("dtype", DTYPES)
def test_cross_entropy_equals_torchs_on_saturated_logits(dtype: str) -> None:
    for logit in POINTS:
        z = np.array([[logit, 0.0, -logit], [0.5, logit, logit]], dtype)
        for classes in ([0, 0], [1, 2], [2, 1]):
            assert_loss_equals("cross_entropy", z, np.array(classes))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", loss_names())
def test_loss_equals_torchs_on_many_rows(name: str, dtype: str) -> None:
    rng = np.random.default_rng(7)
    a = rng.normal(scale=3, size=(13, 5)).astype(dtype)
    a = 1 / (1 + np.exp(-a)) if name == "binary_cross_entropy" else a
    y = rng.integers(0, 5, 13) if target_of(name) == "classes" else rng.uniform(size=(13, 5)).astype(dtype)
    assert_loss_equals(name, a, y)
