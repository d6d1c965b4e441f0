"""Layers, activations and losses on the inputs that torch tests its own modules on, both ways."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray as Array
from torch import Tensor

from engine.lane.diy_lane import layers_of
from engine.lane.functions import led_back, loss_of
from engine.spec import ExperimentError, arrays_of, check, function_asked
from tests.engine.diy.torch_table import TableCase, cases, classes, in_table, refused, rows_of

NOT_IN_TABLE = {"identity", "Dropout", "Flatten", "Residual"}
"""What torch's table has no inputs for, if the textbook has it."""

LEFT_OUT = {
    "no rows": "an experiment has a row at least",
    "not finite": "data are finite numbers; for the divergence torch takes logarithms of numbers below 0",
    "no probabilities": "so are the divergence's targets, which torch draws anywhere",
    "reduction=none": "a loss is one number",
    "momentum=None": "a batch norm's running averages forget",
    "track_running_stats=False": "a batch norm has running averages",
    "bias=False": "of a batch norm: both of its parameters are trained, or neither",
    "weight": "of a binary cross entropy: its classes are weighed by pos_weight",
}
"""What of torch's table no experiment can say, and why."""

TAKEN_ALL_THE_SAME = {
    "Expected floating point type for target with class probabilities": "a file's numbers are of no type: 0 is 0.0",
}
"""What torch refuses that is no such thing in an experiment, by its words, and why."""
TOLERANCES = {"float64": 1e-12, "float32": 1.3e-6}


@pytest.fixture(autouse=True)
def _as_torch_has_it() -> Iterator[None]:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def assert_close(found: Any, expected: Tensor, dtype: str) -> None:
    """Compare float64 tightly, float32 as torch itself would."""
    assert str(found.dtype) == dtype
    tight = {"rtol": TOLERANCES[dtype], "atol": 1e-13} if dtype == "float64" else {}
    found = torch.from_numpy(np.asarray(found))
    torch.testing.assert_close(found, expected.reshape(found.shape), equal_nan=True, **tight)


# --- as an experiment --------------------------------------------------------------------------------


def raw_of(case: TableCase, dtype: str) -> dict[str, Any]:
    """Return the experiment file that has a case's arguments and numbers."""
    x, *rest = [[[0.0]]] if case.forward is None else [tensor.detach() for tensor in case.forward]
    x = rows_of(case, x).tolist() if isinstance(x, Tensor) else x
    outputs = len(x[0]) if x else 1
    layers, loss, y = [{"units": outputs}], "mse", [[0.0] * outputs] * len(x)
    if case.role == "loss":
        loss = {"name": case.name, "params": case.params}
        layers[0]["activation"] = "sigmoid" if case.name == "binary_cross_entropy" else "identity"
        y = _targets(case, *rest).tolist() if rest else y
    elif case.name == "Linear":
        layers.insert(0, case.params)
    elif case.role == "layer":
        flat = [{"kind": "Flatten"}] if case.name == "Embedding" else []
        layers = [{"kind": case.name, "params": case.params}, *flat, *layers]
    else:
        layers[0]["activation"] = {"name": case.name, "params": case.params}
    network, entry = {"layers": layers, "loss": loss}, {"name": "SGD", "params": {"lr": 0.1}}
    return {"schema": 1, "data": {"x": x, "y": y}, "network": network, "dtype": dtype, "optimizers": [entry]}


def _targets(case: TableCase, y: Tensor) -> Tensor:
    is_classes = case.name in ("cross_entropy", "nll") and (case.forward is None or y.ndim < case.forward[0].ndim)
    return y.reshape(-1) if is_classes else rows_of(case, y)


# --- both sides --------------------------------------------------------------------------------------


def assert_as_torch(case: TableCase, dtype: str, *, trains: bool) -> None:
    spec: Any = check(raw_of(case, dtype))
    {"layer": _assert_layer, "activation": _assert_activation, "loss": _assert_loss}[case.role](
        case, spec, dtype, trains
    )


def _module(case: TableCase, *, trains: bool) -> torch.nn.Module:
    """Make torch's module, with parameters and buffers in general position."""
    module = case.made_by().train(trains)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randn_like(parameter))
        for name, buffer in module.named_buffers():
            if name.startswith("running"):
                buffer.copy_(torch.rand_like(buffer) + 0.5)
    return module


def _assert_layer(case: TableCase, spec: Any, dtype: str, trains: bool) -> None:
    module, (x, *_) = _module(case, trains=trains), _forward(case)
    known = {f"layer1.{name}": _of_row(case, value) for name, value in module.state_dict().items()}
    expected = module(x)
    dL_dz = torch.randn_like(expected)
    expected.backward(dL_dz)

    (layer, *_), rows = layers_of(spec), arrays_of(spec)[0]
    through = layer.kind.forward if trains else getattr(layer.kind, "evaluate", layer.kind.forward)
    z, cache = through(rows, known, layer.name, layer.hyper)
    assert_close(z, rows_of(case, expected.detach()), dtype)
    dL_dx, grads = layer.kind.backward(laid_out(case, dL_dz, z), cache, known, layer.name, layer.hyper)
    for name, parameter in module.named_parameters():
        assert_close(grads[f"layer1.{name}"], parameter.grad, dtype)
    if x.grad is not None:
        assert_close(dL_dx, rows_of(case, x.grad), dtype)
    kept = cache.buffers if trains and hasattr(cache, "buffers") else known
    for name, buffer in module.named_buffers():
        np.testing.assert_allclose(kept[f"layer1.{name}"], buffer, rtol=TOLERANCES[dtype])


def _of_row(case: TableCase, value: Tensor) -> Array:
    """Return a copy of a parameter; of a norm over several axes that of a row, which has one."""
    return np.array(value.reshape(-1) if "normalized_shape" in case.given else value)


def laid_out(case: TableCase, value: Tensor, as_ours: Array) -> Array:
    return rows_of(case, value).numpy().reshape(as_ours.shape)


def _assert_activation(case: TableCase, spec: Any, dtype: str, trains: bool) -> None:
    module, (z, *_) = _module(case, trains=trains), _forward(case)
    expected = module(z)
    dL_da = torch.randn_like(expected)
    expected.backward(dL_da)

    activation, rows = layers_of(spec)[0].activation, arrays_of(spec)[0]
    a = activation.f(rows)
    assert_close(a, rows_of(case, expected.detach()), dtype)
    assert_close(led_back(activation, laid_out(case, dL_da, a), rows, a), rows_of(case, z.grad), dtype)


def _assert_loss(case: TableCase, spec: Any, dtype: str, trains: bool) -> None:
    module, (a, y) = _module(case, trains=trains), _forward(case)
    expected = module(a, y.detach())
    expected.backward()

    loss, (rows, targets) = loss_of(function_asked(spec.network.loss)), arrays_of(spec)
    assert_close(loss.f(rows, targets), expected.detach(), dtype)
    assert_close(loss.df(rows, targets), rows_of(case, a.grad), dtype)


def _forward(case: TableCase) -> list[Tensor]:
    """Return copies of what a case's module is called with, which collect gradients where they can."""
    return [each.detach().clone().requires_grad_(each.is_floating_point()) for each in case.forward]


# --- the tests ---------------------------------------------------------------------------------------


def test_every_file_is_in_torchs_table_or_told_not_to_be() -> None:
    names = {name for _, name in classes().values()}
    assert names - in_table() == NOT_IN_TABLE & names


def test_on_torchs_own_inputs_all_is_as_in_torch() -> None:
    wrong: list[str] = []
    left_out: set[str] = set()
    for dtype, trains in (("float64", True), ("float64", False), ("float32", True)):
        for case in cases(getattr(torch, dtype), trains=trains):
            left_out |= case.left_out
            if case.left_out:
                continue
            try:
                assert_as_torch(case, dtype, trains=trains)
            except (AssertionError, ExperimentError) as error:
                wrong.append(f"{case}, {dtype}, {'train' if trains else 'eval'}: {error}")
    assert not wrong, "\n".join(wrong)
    assert left_out == LEFT_OUT.keys()


def test_what_torch_refuses_is_refused_before_the_run() -> None:
    taken: set[str] = set()
    for case in refused(torch.float64):
        try:
            check(raw_of(case, "float64"))
        except ExperimentError:
            continue
        taken.add(case.desc)
    assert taken == TAKEN_ALL_THE_SAME.keys()
