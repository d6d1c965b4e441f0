"""Activations and losses with torch's parameters: each equals torch's function, whatever they are."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.lane.functions import activation_of
from engine.spec import ExperimentError, activation_names, function_fields
from engine.twin import named
from tests.engine.diy.test_edges import ALONE, DIFFERENCES, assert_as_torch, edges, numbers
from tests.engine.experiments import experiment, layer

FINITE = st.floats(-1e3, 1e3, allow_subnormal=False)
AWAY = st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3)
PARAMETERS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "leaky_relu": {"negative_slope": FINITE},
    "elu": {"alpha": FINITE},
    "celu": {"alpha": AWAY},
    "softplus": {"beta": st.floats(1e-3, 1e3), "threshold": FINITE},
    "gelu": {"approximate": st.sampled_from(["none", "tanh"])},
    "hardtanh": {"min_val": st.floats(-1e3, 0.5), "max_val": st.floats(0.75, 1e3)},
}
SPECIAL = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-308, 1e-30, 1e30, 1e300, 3.0, -3.0, 6.0, 1.0, -1.0, 20.0]
NUMBERS = st.sampled_from(SPECIAL) | st.floats(-40, 40) | st.floats(-1e6, 1e6)


@pytest.fixture(autouse=True)
def _numpy_says_nothing() -> Iterator[None]:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def test_every_parameter_is_tested() -> None:
    taken = {name: {str(field.path[0]) for field in function_fields(name)} for name in activation_names()}
    assert {name: {*drawn} for name, drawn in PARAMETERS.items()} == {name: own for name, own in taken.items() if own}


@st.composite
def functions(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    name = draw(st.sampled_from(sorted(PARAMETERS)))
    params = draw(st.fixed_dictionaries({}, optional=PARAMETERS[name]))
    return name, params


def assert_activation_as_torch(asked: Any, z: Array) -> None:
    ours, name = activation_of(asked), asked[0]
    twin = torch.tensor(z, requires_grad=True)
    expected = named.activation_of(asked)(twin)
    (slope,) = torch.autograd.grad(expected.sum(), twin)
    a = ours.f(z)
    size = max([1.0, *(abs(value) for value in asked[1].values() if isinstance(value, float))])
    terms: Any = np.minimum(np.abs(z), 1) if name == "gelu" else 0.0
    slopes: Any = size if name in DIFFERENCES else 0.0
    if name == "celu":  # a power of e is as many times less exact as its exponent is large
        exponents = np.minimum(np.abs(np.nan_to_num(z) / asked[1].get("alpha", 1.0)), 800)
        terms, slopes = (np.nan_to_num(np.abs(numbers(one))) * exponents for one in (expected, slope))
    assert_as_torch(a, numbers(expected), (asked, z.tolist()), terms=terms)
    assert_as_torch(ours.df(z, a), numbers(slope), (asked, z.tolist()), terms=slopes)


@given(functions(), st.lists(NUMBERS, min_size=1, max_size=8))
@example(("hardtanh", {"min_val": -0.5, "max_val": 2.0}), [-0.5, 2.0, np.nextafter(2.0, 0), np.nextafter(2.0, 3)])
@example(("softplus", {"beta": 4.0, "threshold": 2.0}), [0.5, np.nextafter(0.5, 1), np.nextafter(0.5, 0)])
@example(("elu", {"alpha": 2.0}), [0.0, -0.0, 5e-324, -5e-324])
@example(("leaky_relu", {"negative_slope": -2.0}), [0.0, -0.0, np.inf, -np.inf])
def test_a_parameter_means_what_it_means_in_torch(asked: tuple[str, dict[str, Any]], z: list[float]) -> None:
    several = np.array(z)
    for few in np.array_split(several, len(z)) if asked[0] in ALONE else [several]:
        assert_activation_as_torch(asked, few)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    "asked",
    [
        ("leaky_relu", {"negative_slope": 0.25}),
        ("elu", {"alpha": 0.5}),
        ("celu", {"alpha": 2.0}),
        ("celu", {"alpha": -0.5}),
        ("softplus", {"beta": 2.0, "threshold": 8.0}),
        ("hardtanh", {"min_val": 0.5, "max_val": 6.0}),
        ("gelu", {"approximate": "tanh"}),
    ],
    ids=str,
)
def test_parameters_at_the_edge_of_floats(asked: Any, dtype: str) -> None:
    for few in np.array_split(edges(dtype), len(edges(dtype)) if asked[0] in ALONE else 16):
        assert_activation_as_torch(asked, few)


@pytest.mark.parametrize(
    ("activation", "words"),
    [
        ({"name": "leaky_relu", "params": {"slope": 0.2}}, "params.slope is not one of negative_slope"),
        ({"name": "leaky_relu", "params": {"negative_slope": "steep"}}, "params.negative_slope must be a number"),
        ({"name": "leaky_relu", "params": {"negative_slope": float("inf")}}, "must be a finite number"),
        ({"name": "gelu", "params": {"approximate": "erf"}}, "params.approximate is not one of none, tanh"),
        ({"name": "celu", "params": {"alpha": 0}}, "params.alpha must be further from 0"),
        ({"name": "softplus", "params": {"beta": 0}}, "params.beta must be > 0"),
        ({"name": "hardtanh", "params": {"min_val": 1}}, "params.max_val must be above min_val"),
        ({"name": "relu", "params": {"x": 0}}, "activation.params has no place here, as relu has no parameters: x"),
        ({"params": {"x": 0}}, "activation.name is missing"),
        ({"name": "relu6", "parms": {}}, "activation.parms is not a known field – did you mean params?"),
        ({"name": "swish"}, "activation.name is not one of identity"),
    ],
)
def test_what_torch_does_not_take_is_refused_at_its_field(activation: Any, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        experiment([layer(3, activation), layer(2)])
    assert f"network.layers[0].{words}" in str(caught.value) or words in str(caught.value)
    assert all(fault.path[:4] == ("network", "layers", 0, "activation") for fault in caught.value.faults)


def test_a_name_alone_stays_a_name_in_the_file() -> None:
    whole = experiment([layer(3, "leaky_relu"), layer(2, {"name": "elu", "params": {"alpha": 0.5}})])
    written = whole.model_dump(mode="json")["network"]["layers"]
    assert [each["activation"] for each in written] == ["leaky_relu", {"name": "elu", "params": {"alpha": 0.5}}]
