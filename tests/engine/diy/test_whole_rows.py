"""Softmax and its logarithm: each output depends on its whole row, and so does each gradient. Torch has the same."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.diy.activations import ACTIVATIONS
from engine.explain import explain
from engine.protocol import Explain
from engine.run.lockstep import Lockstep
from tests.drawing import in_turn
from tests.engine.diy.test_edges import assert_as_torch, numbers
from tests.engine.diy.test_functions import TORCH_ACTIVATIONS
from tests.engine.experiments import experiment, layer, optimizer
from tests.engine.explaining import recorded
from tests.products import each_with
from tests.trial.swapping import exchanged, planted

NAMES = [name for name, activation in ACTIVATIONS.items() if activation.back is not None]
LOGITS = st.sampled_from([0.0, -0.0, np.inf, -np.inf, np.nan, 1e300, -1e300, 745.0]) | st.floats(-50, 50)
GRADIENTS = st.sampled_from([0.0, 1.0, -1e30]) | st.floats(-9, 9)


@st.composite
def matrices(draw: st.DrawFn) -> tuple[Array, Array]:
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    shape = st.lists(LOGITS, min_size=rows * columns, max_size=rows * columns)
    z = np.array(draw(shape)).reshape(rows, columns)
    dL_da = np.array(draw(st.lists(GRADIENTS, min_size=z.size, max_size=z.size))).reshape(z.shape)
    return z, dL_da


def passed(name: str, z: Array, dL_da: Array) -> tuple[Array, Array, Array, Array]:
    """Ours and torch's result, ours and torch's gradient."""
    ours, twin = ACTIVATIONS[name], torch.tensor(z, requires_grad=True)
    expected = TORCH_ACTIVATIONS[name](twin)
    (gradient,) = torch.autograd.grad(expected, twin, torch.tensor(dL_da))
    assert ours.back is not None
    a = ours.f(z)
    return a, numbers(expected), ours.back(dL_da, z, a), numbers(gradient)


@pytest.mark.parametrize("name", NAMES)
@np.errstate(all="ignore")
@given(matrices())
@example((np.array([[1e4, 0.0, -1e4]]), np.array([[1.0, 2.0, 3.0]])))
@example((np.array([[3.0, 3.0]]), np.array([[1.0, -1.0]])))
@example((np.array([[-np.inf, 0.0]]), np.array([[1.0, 1.0]])))
def test_value_and_gradient_are_torchs(name: str, drawn: tuple[Array, Array]) -> None:
    z, dL_da = drawn
    a, expected, dL_dz, gradient = passed(name, z, dL_da)
    size = max((abs(value) for value in z.ravel() if np.isfinite(value)), default=1.0)
    assert_as_torch(a, expected, z.tolist(), terms=min(size, 800.0) if name == "softmax" else size)
    assert_as_torch(dL_dz, gradient, z.tolist(), terms=np.abs(dL_da).sum() * max(min(size, 800.0), 1.0))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_rows_slopes_are_torchs_jacobian(name: str, dtype: str) -> None:
    z = np.random.default_rng(3).normal(scale=2, size=(4, 5)).astype(dtype)
    found = ACTIVATIONS[name].df(z, ACTIVATIONS[name].f(z))
    assert found.dtype == dtype
    for row in range(len(z)):
        expected = torch.autograd.functional.jacobian(TORCH_ACTIVATIONS[name], torch.tensor(z[row]))
        torch.testing.assert_close(torch.tensor(found[row]), expected)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("index", [(0, 2), (2, 1)])
def test_the_ways_through_all_outputs_add_up(name: str, index: tuple[int, int]) -> None:
    trace = recorded(experiment([layer(4, "tanh"), layer(3, name)], rows=5, optimizers=[optimizer("SGD")]), 2)
    found = explain(trace, Explain(0, 0, 2, len(trace.lines), "layer2.weight", index, 1))
    assert [(row.row, row.output) for row in found.rows] == [(row, output) for row in range(5) for output in range(3)]
    for side in ("diy", "torch"):
        shares = [getattr(row.product, side) for row in found.rows]
        np.testing.assert_allclose(sum(shares), getattr(found.grad, side), rtol=1e-12)
    factors = found.rows[4]
    assert factors.product.diy == factors.dL_da.diy * factors.da_dz.diy * factors.dz_dw.diy


def test_of_many_outputs_the_row_asked_for_is_shown_whole() -> None:
    trace = recorded(experiment([layer(30, "softmax")], rows=6, optimizers=[optimizer("SGD")]), 2)
    found = explain(trace, Explain(0, 0, 2, len(trace.lines), "layer1.weight", (0, 1), 4))
    assert [row.row for row in found.rows] == [0] * 30 + [4] * 30


@pytest.mark.parametrize(
    ("entry", "name", "dtype"),
    in_turn(product([optimizer("Adam", lr=0.05), optimizer("LBFGS")], NAMES), ["float64", "float32"]),
)
def test_networks_of_them_train_in_lockstep_and_are_replayed(name: str, entry: dict[str, Any], dtype: str) -> None:
    layers = [layer(5, name), layer(4, "tanh"), layer(3, name)]
    run = Lockstep(experiment(layers, dtype=dtype, optimizers=[entry]), budget=10_000_000)
    steps = 5 if entry["name"] == "LBFGS" else 12  # each of which is many evaluations
    run.advance(steps)
    assert [pair.verdict for pair in run.parity()] == ["lockstep"]
    after = [weight.copy() for lane in run.lanes for weight in lane.lane.weights()]
    run.seek(3)
    run.advance(steps - 3)
    for one, other in zip(after, (weight for lane in run.lanes for weight in lane.lane.weights()), strict=True):
        np.testing.assert_array_equal(one, other)


MISTAKES = [
    ("softmax", "z - z.max(axis=-1, keepdims=True)", "z - z.max()", ""),
    ("softmax", "u / u.sum(axis=-1, keepdims=True)", "u / u.sum(axis=-2, keepdims=True)", "layer2.activation"),
    ("softmax", "return a * (dL_da - through_sum)", "return a * (dL_da + through_sum)", "layer2.backward"),
    ("softmax", "return a * (dL_da - through_sum)", "return a * (1 - a) * dL_da + 0 * through_sum", "layer2.backward"),
    ("softmax", "return a * (dL_da - through_sum)", "return dL_da - through_sum", "layer2.backward"),
    ("log_softmax", "np.log(np.exp(z).sum(axis=-1, keepdims=True))", "np.log(np.exp(z).sum())", "layer2.activation"),
    ("log_softmax", "return dL_da - p * through_sum", "return dL_da - through_sum", "layer2.backward"),
    ("log_softmax", "return dL_da - p * through_sum", "return dL_da * (1 - p)", "layer2.backward"),
    ("log_softmax", "p = np.exp(a)\n    through_sum", "p = a\n    through_sum", "layer2.backward"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "stage", "dtype"), each_with(MISTAKES, ["float32", "float64"]))
def test_a_mistake_is_found_at_its_stage(name: str, right: str, wrong: str, stage: str, dtype: str) -> None:
    """The first is none: whatever is subtracted from a row's z, its shares stay the same."""
    with exchanged([planted(f"activations/{name}.py", right, wrong)]):
        run = Lockstep(experiment([layer(4, "tanh"), layer(3, name)], dtype=dtype))
        run.advance(8)
        (pair,) = run.parity()
    assert (pair.mismatch.stage if pair.mismatch is not None else "") == stage


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_without_the_largest_taken_off_it_overflows(dtype: str) -> None:
    spec = experiment(
        [layer(3, "softmax")],
        dtype=dtype,
        start={"weights": {"layer1.weight": [[900, 0]] * 3, "layer1.bias": [900.0, 0, 1]}},
    )
    with (
        exchanged([planted("activations/softmax.py", "z - z.max(axis=-1, keepdims=True)", "z")]),
        np.errstate(all="ignore"),
    ):
        run = Lockstep(spec)
        run.advance(2)
        (pair,) = run.parity()
    found = pair.mismatch or pair.unstable
    assert found is not None
    assert found.stage == "layer1.activation"
