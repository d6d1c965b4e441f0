"""Functions of two numbers: value and gradient equal torch's, minima are minima, and many points go at once."""

from itertools import product

import numpy as np
import pytest
import torch
from numpy import ndarray as Array

from engine.diy.problems import PROBLEMS, problem_of
from engine.spec import FUNCTION_NAMES
from engine.twin.problems import FUNCTIONS

CONDITION = 37.5
POINTS = [*product((-1.5, 0.0, 0.3, 1.0, 2.0), (2.0, -0.7, 0.0, 1.0)), (3.0, 0.5), (1e-9, -1e-9), (250.0, -31.0)]


def at(x: float, y: float, dtype: str = "float64") -> Array:
    return np.array([[x, y]], dtype)


def test_every_name_is_there_on_both_sides() -> None:
    assert tuple(PROBLEMS) == tuple(FUNCTIONS) == FUNCTION_NAMES


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_value_and_gradient_equal_torchs(name: str, dtype: str) -> None:
    problem = problem_of(name, CONDITION)
    rtol, atol = (1e-12, 1e-12) if dtype == "float64" else (1e-5, 1e-4)
    for point in POINTS:
        w = at(*point, dtype)
        parameter = torch.tensor(w, requires_grad=True)
        expected = FUNCTIONS[name](parameter, CONDITION)
        (gradient,) = torch.autograd.grad(expected, parameter)
        value, slope = np.asarray(problem.f(w)), problem.df(w)
        assert value.dtype == slope.dtype == w.dtype
        torch.testing.assert_close(torch.tensor(value), expected.detach(), rtol=rtol, atol=atol)
        torch.testing.assert_close(torch.tensor(slope), gradient, rtol=rtol, atol=atol)


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_gradient_is_the_slope(name: str) -> None:
    problem, h = problem_of(name, CONDITION), 1e-6
    for x, y in POINTS[:-2]:
        slopes = [
            (problem.f(at(x + h, y)) - problem.f(at(x - h, y))) / (2 * h),
            (problem.f(at(x, y + h)) - problem.f(at(x, y - h))) / (2 * h),
        ]
        np.testing.assert_allclose(problem.df(at(x, y)), [slopes], rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_minima_are_minima_and_lie_in_the_domain(name: str) -> None:
    problem = problem_of(name, CONDITION)
    x0, x1, y0, y1 = problem.domain
    assert bool(problem.minima) == (name != "saddle")
    for x, y in problem.minima:
        assert x0 < x < x1
        assert y0 < y < y1
        assert abs(problem.f(at(x, y))) < 1e-24
        np.testing.assert_allclose(problem.df(at(x, y)), 0, atol=1e-12)
        beside = [problem.f(at(x + dx, y + dy)) for dx, dy in product((-0.01, 0, 0.01), repeat=2) if dx or dy]
        assert min(beside) > 0


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_nothing_in_the_domain_is_lower_than_a_minimum(name: str) -> None:
    problem = problem_of(name, CONDITION)
    x0, x1, y0, y1 = problem.domain
    grid = np.stack(np.meshgrid(np.linspace(x0, x1, 61), np.linspace(y0, y1, 61)), axis=-1)[..., None, :]
    lowest = problem.f(grid).min()
    assert lowest < 0 if name == "saddle" else lowest >= 0


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_many_points_give_what_each_gives_alone(name: str) -> None:
    problem = problem_of(name, CONDITION)
    w = np.array(POINTS)[:, None, :]
    values, slopes = problem.f(w), problem.df(w)
    assert values.shape == (len(POINTS),)
    assert slopes.shape == w.shape
    for k, point in enumerate(POINTS):
        np.testing.assert_allclose(values[k], problem.f(at(*point)), rtol=1e-14)
        np.testing.assert_allclose(slopes[k], problem.df(at(*point)), rtol=1e-14)
