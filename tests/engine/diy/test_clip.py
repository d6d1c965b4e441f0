"""Clipping by hand against torch.nn.utils', for one network and for many at once."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.diy.clip import clip_by_norm, clip_by_value, total_norm
from engine.diy.network import Grads

SHAPES = [((4, 3), True), ((1, 4), False), ((2, 1), True)]
TOLERANCE = {"float64": 1e-14, "float32": 1e-6}


def gradients(seed: int = 0, scale: float = 1.0, networks: tuple[int, ...] = (), dtype: str = "float64"):
    rng = np.random.default_rng(seed)

    def drawn(*shape: int) -> Array:
        return (rng.normal(size=shape) * scale).astype(dtype)

    row = (1,) if networks else ()
    made: Grads = {}
    for number, (shape, bias) in enumerate(SHAPES, start=1):
        made[f"layer{number}.weight"] = drawn(*networks, *shape)
        if bias:
            made[f"layer{number}.bias"] = drawn(*networks, *row, shape[0])
    return made


def numbers(grads: Grads) -> list[Array]:
    return list(grads.values())


def by_torch(grads: Grads, norm: float | None, value: float | None = None) -> list[Array]:
    parameters = []
    for part in numbers(grads):
        parameters.append(torch.nn.Parameter(torch.zeros(part.shape, dtype=torch.from_numpy(part).dtype)))
        parameters[-1].grad = torch.tensor(part)
    if norm is not None:
        torch.nn.utils.clip_grad_norm_(parameters, norm)
    else:
        torch.nn.utils.clip_grad_value_(parameters, value)
    return [parameter.grad.numpy() for parameter in parameters]


def assert_equal(ours: Grads, theirs: list[Array], rtol: float) -> None:
    assert [*ours] == [*gradients()]
    for one, other in zip(numbers(ours), theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=rtol)
        assert one.dtype == other.dtype


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("limit", [1e-3, 1.0, 1e6])
def test_norm_and_value_equal_torchs(limit: float, dtype: str) -> None:
    given = gradients(dtype=dtype)
    assert_equal(clip_by_norm(given, limit), by_torch(given, limit), TOLERANCE[dtype])
    assert_equal(clip_by_value(given, limit), by_torch(given, None, limit), 0)


@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_equals_torch_for_any_size(seed: int, scale: float, limit: float) -> None:
    given = gradients(seed, scale)
    assert_equal(clip_by_norm(given, limit), by_torch(given, limit), 1e-13)
    assert_equal(clip_by_value(given, limit), by_torch(given, None, limit), 0)


@pytest.mark.parametrize("number", [0.0, np.nan, np.inf, 1e30])
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_no_gradient_and_numbers_that_are_not_finite_are_as_torchs(number: float, dtype: str) -> None:
    with np.errstate(all="ignore"):
        given = gradients(scale=0.0 if number == 0 else 1.0, dtype=dtype)
        given["layer2.weight"][0, 2] = number
        assert_equal(clip_by_norm(given, 1.0), by_torch(given, 1.0), TOLERANCE[dtype])
        assert_equal(clip_by_value(given, 1.0), by_torch(given, None, 1.0), 0)


def test_a_long_gradient_is_shortened_to_the_norm_and_keeps_its_direction() -> None:
    given = gradients(scale=100)
    before = [part.copy() for part in numbers(given)]
    clipped = clip_by_norm(given, 2.0)
    assert total_norm(clipped) == pytest.approx(2.0)
    ratios = [one / other for one, other in zip(numbers(clipped), before, strict=True)]
    np.testing.assert_allclose(np.concatenate([ratio.ravel() for ratio in ratios]), ratios[0].flat[0])
    np.testing.assert_equal(numbers(given), before)


@pytest.mark.parametrize("networks", [(5,), (1,), (2, 3)])
def test_of_many_networks_each_has_its_own_norm(networks: tuple[int, ...]) -> None:
    together = gradients(networks=networks)
    for index in np.ndindex(networks):
        for part in numbers(together):
            part[index] *= 3.0 ** sum(index)
    clipped, limited = clip_by_norm(together, 4.0), clip_by_value(together, 0.5)
    for index in np.ndindex(networks):
        alone = {name: g[index][0] if name.endswith("bias") else g[index] for name, g in together.items()}
        for at_once, single in ((clipped, clip_by_norm(alone, 4.0)), (limited, clip_by_value(alone, 0.5))):
            for one, other in zip(numbers(at_once), numbers(single), strict=True):
                np.testing.assert_allclose(one[index].reshape(other.shape), other, rtol=1e-14)
