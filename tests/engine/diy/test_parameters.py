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

from engine.lane import evaluation
from engine.lane.accuracy import accuracy
from engine.lane.functions import activation_of, loss_of
from engine.run.lockstep import Lockstep
from engine.spec import (
    ExperimentError,
    activation_names,
    check,
    class_kind,
    function_fields,
    loss_names,
    target_of,
)
from engine.twin import named
from tests.engine.diy.test_edges import ALONE, DIFFERENCES, assert_as_torch, edges, numbers
from tests.engine.experiments import experiment, layer
from tests.products import each_with
from tests.trial.swapping import exchanged, planted

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


@pytest.mark.parametrize(
    ("layers", "loss", "words"),
    [
        ([layer(2, {"name": "elu", "params": {"alpha": 1e300}})], "mse", "alpha must be ≤ 3.4028235e+38 (float32)"),
        ([layer(2, {"name": "hardtanh", "params": {"min_val": -1e300}})], "mse", "must be ≥ -3.4028235e+38 (float32)"),
        ([{"kind": "LayerNorm", "params": {"eps": 1e39}}, layer(2)], "mse", "layers[0].params.eps must be ≤ 3.4"),
        ([layer(2, "identity")], {"name": "huber", "params": {"delta": 1e39}}, "loss.params.delta must be ≤ 3.4"),
        ([layer(2, "identity")], {"name": "smooth_l1", "params": {"beta": 1e-300}}, "beta must be > 0 (float32)"),
        ([layer(2, "identity")], {"name": "bce", "params": {"pos_weight": [1, 1e39]}}, "pos_weight[1] must be ≤ 3.4"),
    ],
)
def test_what_float32_has_no_room_for_is_refused_in_it_alone(layers: Any, loss: Any, words: str) -> None:
    """Torch ends the first step of some, and takes others for 0 or infinity."""
    experiment(layers, loss=loss, dtype="float64")
    with pytest.raises(ExperimentError) as caught:
        experiment(layers, loss=loss, dtype="float32")
    assert words in str(caught.value)


def test_a_name_alone_stays_a_name_in_the_file() -> None:
    whole = experiment([layer(3, "leaky_relu"), layer(2, {"name": "elu", "params": {"alpha": 0.5}})])
    written = whole.model_dump(mode="json")["network"]["layers"]
    assert [each["activation"] for each in written] == ["leaky_relu", {"name": "elu", "params": {"alpha": 0.5}}]


# --- losses --------------------------------------------------------------------------------------

POSITIVE = st.floats(1e-3, 1e3)
WEIGHTS = st.lists(st.floats(0.01, 100), min_size=3, max_size=3)
SUM = st.sampled_from(["mean", "sum"])
OF_LOSSES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "mse": {"reduction": SUM},
    "l1": {"reduction": SUM},
    "smooth_l1": {"reduction": SUM, "beta": POSITIVE},
    "huber": {"reduction": SUM, "delta": POSITIVE},
    "bce": {"reduction": SUM, "pos_weight": WEIGHTS | st.lists(st.floats(0.01, 100), min_size=1, max_size=1)},
    "cross_entropy": {
        "weight": WEIGHTS,
        "ignore_index": st.integers(-100, 3),
        "reduction": SUM,
        "label_smoothing": st.floats(0, 1),
    },
    "nll": {"weight": WEIGHTS, "ignore_index": st.integers(-100, 3), "reduction": SUM},
    "binary_cross_entropy": {"reduction": SUM},
    "kl_div": {"reduction": st.sampled_from(["mean", "batchmean", "sum"]), "log_target": st.booleans()},
}
OUTPUTS = st.sampled_from([0.0, -0.0, 1.0, -1.0, 40.0, -745.0]) | st.floats(-30, 30)
SHARES = st.sampled_from([0.0, 1.0, 0.5]) | st.floats(1e-6, 1)


def test_every_parameter_of_a_loss_is_tested() -> None:
    taken = {name: {str(field.path[0]) for field in function_fields(name)} for name in loss_names()}
    assert {name: {*drawn} for name, drawn in OF_LOSSES.items()} == taken


@st.composite
def losses(draw: st.DrawFn) -> tuple[Any, Array, Array]:
    """A loss, its outputs and its targets, a few rows of three."""
    name = draw(st.sampled_from(sorted(OF_LOSSES)))
    params = draw(st.fixed_dictionaries({}, optional=OF_LOSSES[name]))
    rows = draw(st.integers(1, 4))
    many = {"min_size": 3 * rows, "max_size": 3 * rows}
    a = np.array(draw(st.lists(SHARES if name == "binary_cross_entropy" else OUTPUTS, **many))).reshape(rows, 3)
    soft = name == "cross_entropy" and "ignore_index" not in params and draw(st.booleans())
    if target_of(name) == "classes" and not soft:
        return (name, params), a, np.array(draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows)))
    of_numbers = target_of(name) == "numbers" or params.get("log_target")
    return (name, params), a, np.array(draw(st.lists(OUTPUTS if of_numbers else SHARES, **many))).reshape(rows, 3)


def torchs_loss(asked: Any, a: Array, y: Array) -> tuple[Array, Array]:
    twin = torch.tensor(a, requires_grad=True)
    expected = named.loss_of(asked)(twin, torch.tensor(y))
    (slope,) = torch.autograd.grad(expected, twin)
    return numbers(expected), numbers(slope)


@given(losses())
@example((("cross_entropy", {"ignore_index": 1}), np.zeros((2, 3)), np.array([1, 1])))
@example((("cross_entropy", {"ignore_index": 1, "label_smoothing": 0.5}), np.zeros((1, 3)), np.array([1])))
@example((("cross_entropy", {"label_smoothing": 1.0}), np.array([[1e4, 0.0, -1e4]]), np.array([1])))
@example((("cross_entropy", {"weight": [0.0, 1.0, 1.0]}), np.zeros((1, 3)), np.array([0])))
@example((("nll", {"weight": [0.0, 1.0, 1.0]}), np.zeros((1, 3)), np.array([0])))
@example((("nll", {"ignore_index": 0}), np.zeros((1, 3)), np.array([0])))
@example((("huber", {"delta": 2.0}), np.array([[2.0, -2.0, 0.0]]), np.zeros((1, 3))))
@example((("smooth_l1", {"beta": 2.0}), np.array([[2.0, -2.0, 0.0]]), np.zeros((1, 3))))
@example((("binary_cross_entropy", {}), np.array([[0.0, 1.0, 1e-200]]), np.array([[1.0, 0.0, 1.0]])))
def test_a_losss_parameter_means_what_it_means_in_torch(drawn: tuple[Any, Array, Array]) -> None:
    asked, a, y = drawn
    ours, (value, slope) = loss_of(asked), torchs_loss(asked, a, y)
    assert ours.df(a, y).shape == a.shape
    weight = max([1.0, *asked[1].get("weight", ()), *asked[1].get("pos_weight", ())])
    size = weight * float(np.abs(a).max() + np.abs(y).max() + 1)
    scale = 1.0 if asked[1].get("reduction") in (None, "mean") else a.size
    squared = size if asked[0] in ("mse", "smooth_l1", "huber") else 1.0
    divided = 1 / asked[1].get("beta", 1.0)
    assert_as_torch(ours.f(a, y), value, drawn, terms=scale * size * squared * max(divided, 1))
    near = np.abs(slope) * (size if asked[0] == "binary_cross_entropy" else 0)
    assert_as_torch(ours.df(a, y), slope, drawn, terms=np.nan_to_num(near) + size * max(divided, 1))


@pytest.mark.parametrize(
    ("loss", "path", "words"),
    [
        ({"name": "huber", "params": {"delta": 0}}, "delta", "must be > 0"),
        ({"name": "smooth_l1", "params": {"beta": -1}}, "beta", "must be > 0"),
        ({"name": "cross_entropy", "params": {"label_smoothing": 1.5}}, "label_smoothing", "must be ≥ 0 and ≤ 1"),
        ({"name": "cross_entropy", "params": {"weight": [1, 2]}}, "weight", "has 2 values, but the last layer has 3"),
        ({"name": "cross_entropy", "params": {"weight": 1}}, "weight", "must be a list"),
        ({"name": "bce", "params": {"pos_weight": [1, 2]}}, "pos_weight", "has 2 values, but the last layer has 3"),
        ({"name": "mse", "params": {"reduction": "none"}}, "reduction", "is not one of mean, sum"),
        ({"name": "mse", "params": {"beta": 1}}, "beta", "is not one of reduction"),
        ({"name": "nll", "params": {"ignore_index": 0.5}}, "ignore_index", "must be a whole number"),
    ],
)
def test_what_a_loss_does_not_take_is_refused_at_its_field(loss: Any, path: str, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        experiment([layer(3, "identity")], loss=loss)
    (fault,) = caught.value.faults
    assert fault.path == ("network", "loss", "params", path)
    assert words in fault.message


def test_outputs_that_are_no_probabilities_are_refused_before_torch_does() -> None:
    raw = experiment([layer(3, "sigmoid")], loss="binary_cross_entropy").model_dump(mode="json", by_alias=True)
    for activation in ("softmax", {"name": "hardtanh", "params": {"min_val": 0.0}}):
        raw["network"]["layers"][0]["activation"] = activation
        check(raw)
    for activation in ("identity", "hardtanh", "log_softmax", "tanh"):
        raw["network"]["layers"][0]["activation"] = activation
        with pytest.raises(ExperimentError, match="must give numbers between 0 and 1"):
            check(raw)


def test_targets_are_class_numbers_or_shares_of_each_class() -> None:
    raw = experiment([layer(3, "identity")], rows=2, loss="cross_entropy").model_dump(mode="json", by_alias=True)
    for y in ([0, 2], [[0.5, 0.25, 0.25], [0, 1, 0]]):
        raw["data"]["y"] = y
        check(raw)
    for y in ([[0.5, 0.5], [0, 1]], [[0.5, 0.25, 0.25], [0, 2, 0]]):
        raw["data"]["y"] = y
        with pytest.raises(ExperimentError, match="rows of shares from 0 to 1"):
            check(raw)
    raw["data"]["y"] = [0, 7]
    raw["network"]["loss"] = {"name": "cross_entropy", "params": {"ignore_index": 7}}
    check(raw)


@pytest.mark.parametrize(
    ("loss", "last", "right", "wrong", "stage", "dtype"),
    each_with(
        [
            ({"name": "mse", "params": {"reduction": "sum"}}, "identity", "1 if reduction", "2 if reduction", "loss"),
            (
                {"name": "huber", "params": {"delta": 0.3}},
                "tanh",
                "np.clip(a - y, -delta, delta)",
                "(a - y)",
                "layer2.backward",
            ),
            ({"name": "smooth_l1", "params": {"beta": 0.3}}, "tanh", "c / beta * (", "c * (", "loss"),
            (
                {"name": "bce", "params": {"pos_weight": [3.0]}},
                "identity",
                "v * logsigmoid(z)",
                "logsigmoid(z)",
                "loss",
            ),
            (
                {"name": "bce", "params": {"pos_weight": [3.0]}},
                "identity",
                "(v * sigmoid(z) - yes)",
                "(sigmoid(z) - yes)",
                "layer2.backward",
            ),
            (
                {"name": "cross_entropy", "params": {"label_smoothing": 0.1}},
                "identity",
                "+ label_smoothing / C), 0)",
                "+ label_smoothing), 0)",
                "loss",
            ),
            (
                {"name": "cross_entropy", "params": {"weight": [1.0, 2.0, 3.0]}},
                "identity",
                "(w * q * used).sum()",
                "z.shape[-2]",
                "loss",
            ),
            (
                {"name": "cross_entropy", "params": {"weight": [1.0, 2.0, 3.0]}},
                "identity",
                "p * t.sum(axis=-1, keepdims=True) - t",
                "p - t",
                "layer2.backward",
            ),
            (
                {"name": "cross_entropy", "params": {"ignore_index": 1}},
                "identity",
                "y[..., None] != ignore_index",
                "y[..., None] != -100",
                "loss",
            ),
            ("nll", "log_softmax", "-t / n, np", "t / n, np", "layer2.backward"),
            ("nll", "log_softmax", "return -(t * a_true)", "return -(t * np.exp(a_true))", "loss"),
            ("binary_cross_entropy", "sigmoid", "(a - y) / slope / count", "(a - y) / count", "layer2.backward"),
            ("binary_cross_entropy", "sigmoid", "(y - 1) * ln_rest", "(1 - y) * ln_rest", "loss"),
            ("kl_div", "log_softmax", "y * ln_y - y * a", "y * a - y * ln_y", "loss"),
            (
                {"name": "kl_div", "params": {"reduction": "batchmean"}},
                "log_softmax",
                "-(p * np.ones_like(a))",
                "-(np.exp(a) * p)",
                "layer2.backward",
            ),
        ],
        ["float32", "float64"],
    ),
)
def test_a_mistake_in_a_loss_is_found_at_its_stage(
    loss: Any, last: str, right: str, wrong: str, stage: str, dtype: str
) -> None:
    name = loss if isinstance(loss, str) else loss["name"]
    file = "mean.py" if name == "mse" else f"losses/{name}.py"
    with exchanged([planted(file, right, wrong)]):
        run = Lockstep(experiment([layer(4, "tanh"), layer(3, last)], loss=loss, dtype=dtype, rows=9))
        run.advance(8)
        (pair,) = run.parity()
    assert pair.mismatch is not None
    assert pair.mismatch.stage == stage


@pytest.mark.parametrize(
    ("loss", "last", "expected"),
    [("nll", "log_softmax", "classes"), ("binary_cross_entropy", "sigmoid", "shares"), ("kl_div", "log_softmax", None)],
)
def test_what_counts_as_a_right_answer(loss: str, last: str, expected: str | None) -> None:
    raw = experiment([layer(2, last)], rows=4, loss=loss).model_dump(mode="json", by_alias=True)
    raw["data"]["y"] = [0, 1, 1, 0] if expected == "classes" else [[1, 0], [0, 1], [0, 1], [1, 0]]
    spec = check(raw)
    assert class_kind(spec) == expected
    outputs = np.array([[0.9, 0.2], [0.3, 0.6], [0.1, 0.7], [0.8, 0.4]])
    if expected is not None:
        assert accuracy(outputs, spec.data.arrays("float64")[1], expected) == 1.0


@pytest.mark.parametrize("loss", [{"name": "mse", "params": {"reduction": "sum"}}, "mse"])
def test_a_sum_over_blocks_of_rows_is_that_over_all(loss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Lockstep(experiment([layer(4), layer(3, "identity")], loss=loss, rows=7, batch={"size": 3}))
    whole = run.training_losses()
    monkeypatch.setattr(evaluation, "MOST_NUMBERS", 10)
    again = Lockstep(experiment([layer(4), layer(3, "identity")], loss=loss, rows=7, batch={"size": 3}))
    assert again.training_losses() == pytest.approx(whole, rel=1e-12)
