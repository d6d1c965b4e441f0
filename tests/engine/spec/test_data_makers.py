"""Data made for a first try: by its formula, by its seed, and fit to be an experiment's."""

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.spec import check
from engine.spec.data_makers import MAKERS, TURNS, make_data

CLASSES = [name for name, maker in MAKERS.items() if maker.target == "classes"]


def made(name: str, noise: float = 0.0, rows: int = 200) -> tuple[Array, Array]:
    return make_data(name, rows, noise, 3)


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("rows", [1, 2, 7, 200])
def test_the_same_seed_makes_the_same_data_and_another_others(name: str, rows: int) -> None:
    one, again, other = (make_data(name, rows, 0.1, seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.x, again.x)
    np.testing.assert_array_equal(one.y, again.y)
    assert len(one.x) == len(one.y) == rows
    assert not (np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y))


@pytest.mark.parametrize("name", MAKERS)
def test_what_is_made_is_an_experiments_data_for_its_kind_of_loss(name: str) -> None:
    x, y = made(name, 0.1)
    targets = {"classes": ("cross_entropy", 2), "numbers": ("mse", 1)}
    loss, units = targets[MAKERS[name].target]
    network = {"layers": [{"units": units}], "loss": loss}
    raw = {"schema": 1, "data": {"x": x.tolist(), "y": y.tolist()}, "network": network, "optimizers": [{"name": "SGD"}]}
    assert check(raw).data.x.columns == x.shape[1]
    assert np.array_equal(x, np.round(x, 4))
    assert all(len(repr(number)) <= 8 for number in x.ravel().tolist())


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_as_many_and_take_turns(name: str) -> None:
    _, y = made(name)
    assert np.bincount(y).tolist() == [100, 100]
    assert set(y[:8].tolist()) == {0, 1}


def test_circle_is_a_disc_within_a_ring() -> None:
    x, y = made("circle")
    radius = np.hypot(*x.T)
    assert radius[y == 1].max() <= 0.5 + 1e-4
    assert 0.7 - 1e-4 <= radius[y == 0].min() < radius[y == 0].max() <= 1 + 1e-4
    assert (radius[y == 1] < 0.25).mean() == pytest.approx(0.25, abs=0.1)  # evenly over the area


def test_exclusive_or_is_of_the_signs() -> None:
    x, y = made("exclusive_or")
    np.testing.assert_array_equal(y, (x[:, 0] > 0) != (x[:, 1] > 0))
    assert 0.1 <= np.abs(x).min() < np.abs(x).max() <= 1


def test_moons_are_half_circles() -> None:
    x, y = made("two_moons")
    upper, lower = x[y == 0], x[y == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1, atol=1e-4)
    np.testing.assert_allclose(np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5), 1, atol=1e-4)
    assert upper[:, 1].min() >= 0
    assert lower[:, 1].max() <= 0.5


def test_a_spirals_angle_grows_with_its_radius() -> None:
    x, y = made("spiral")
    radius = np.hypot(*x.T)
    angle = 2 * np.pi * TURNS * radius + np.pi * y
    np.testing.assert_allclose(x, radius[:, None] * np.column_stack((np.cos(angle), np.sin(angle))), atol=1e-3)


def test_gaussians_are_as_wide_as_the_noise() -> None:
    x, y = made("gaussians", 0.3, 4000)
    for kind, middle in ((0, -0.5), (1, 0.5)):
        np.testing.assert_allclose(x[y == kind].mean(axis=0), middle, atol=0.03)
        np.testing.assert_allclose(x[y == kind].std(axis=0), 0.3, atol=0.02)


def test_sine_and_plane_are_their_formulas() -> None:
    x, y = made("sine")
    np.testing.assert_allclose(y, np.sin(x), atol=2e-4)
    assert (x[0, 0], x[-1, 0]) == (-3.1416, 3.1416)
    x, y = made("plane")
    np.testing.assert_allclose(y[:, 0], x[:, 0] - x[:, 1] / 2, atol=2e-4)


@pytest.mark.parametrize("name", MAKERS)
def test_noise_moves_the_inputs_of_classes_and_the_targets_of_numbers(name: str) -> None:
    (plain_x, plain_y), (x, y) = made(name), made(name, 0.2)
    moved = x - plain_x if MAKERS[name].target == "classes" else y - plain_y
    still = (y, plain_y) if MAKERS[name].target == "classes" else (x, plain_x)
    np.testing.assert_array_equal(*still)
    assert moved.std() == pytest.approx(0.2, abs=0.03)


def test_a_name_that_is_none_is_an_error() -> None:
    with pytest.raises(KeyError):
        make_data("square", 10, 0.0, 0)
