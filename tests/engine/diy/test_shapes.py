"""Rows of several axes: what torch's modules make of them, each layer's shape, and what does not fit."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.headless.cli import main
from engine.lane.diy_lane import layers_of
from engine.protocol import Explain, LearnedRequest, LookAtValue, RandomPlane, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.server.learned import LearnedPages
from engine.spec import ExperimentError, ExperimentSpec, arrays_of, check, layers_in, shape_after
from engine.trace import Trace, event_of
from engine.trace.locate import file_of
from tests.drawing import examples
from tests.engine.experiments import assert_same, layer, optimizer, tensors_of
from tests.engine.surface.test_surface import surface_of
from tests.engine.sweep.test_sweep import end_of, plan, rates
from tests.products import each_with
from tests.trial.swapping import exchanged, planted

FLATTEN = {"kind": "Flatten"}


def kind(name: str, activation: str = "identity", **params: Any) -> dict[str, Any]:
    return {"kind": name, "params": params, "activation": activation}


NET = [layer(4), kind("LayerNorm"), kind("BatchNorm1d", "tanh"), kind("RMSNorm"), FLATTEN, layer(3, "identity")]


def net(
    shape: list[int] | None, layers: list[dict[str, Any]] | None = None, dtype: str = "float64", columns: int = 6,
    outputs: int = 3, **more: Any,
) -> ExperimentSpec:  # fmt: skip
    rng = np.random.default_rng(3)
    data: dict[str, Any] = {"x": rng.normal(size=(8, columns)).tolist(), "y": rng.normal(size=(8, outputs)).tolist()}
    raw = {
        "schema": 1,
        "data": data | ({} if shape is None else {"shape": shape}) | more.pop("data", {}),
        "network": {"layers": layers or NET, "loss": "mse"},
        "dtype": dtype,
        "optimizers": more.pop("optimizers", [optimizer("Adam", lr=0.02)]),
    }
    return check(raw | more)


def model_of(spec: ExperimentSpec) -> torch.nn.Sequential:
    """Write the network as a person does in torch, by hand from the kinds' names."""
    made, dtype = list[torch.nn.Module](), getattr(torch, spec.dtype)
    for one in layers_in(spec):
        made.append(
            {
                "Linear": lambda one=one: torch.nn.Linear(one.inputs[-1], one.hyper.units, one.hyper.bias, dtype=dtype),
                "LayerNorm": lambda one=one: torch.nn.LayerNorm(one.inputs[-1], **one.hyper._asdict(), dtype=dtype),
                "RMSNorm": lambda one=one: torch.nn.RMSNorm(one.inputs[-1], **one.hyper._asdict(), dtype=dtype),
                "BatchNorm1d": lambda one=one: torch.nn.BatchNorm1d(one.inputs[0], **one.hyper._asdict(), dtype=dtype),
                "Dropout": lambda one=one: torch.nn.Dropout(one.hyper.p),
                "Flatten": torch.nn.Flatten,
            }[one.kind]()
        )
        name = str(one.activation)
        activations = {"tanh": torch.nn.Tanh(), "relu": torch.nn.ReLU(), "softmax": torch.nn.Softmax(dim=-1)}
        made += [activations[name]] if name in activations else []
    return torch.nn.Sequential(*made)


acting = st.sampled_from(["identity", "tanh", "relu", "softmax"])
of_any_shape = st.one_of(
    st.builds(layer, st.integers(1, 5), acting, st.booleans()),
    acting.map(lambda activation: kind("LayerNorm", activation)),
    acting.map(lambda activation: kind("RMSNorm", activation)),
    acting.map(lambda activation: kind("Dropout", activation, p=0.0)),
)


@examples(10, deadline=None)
@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.lists(of_any_shape, max_size=3),
    st.booleans(),
    st.sampled_from(["float32", "float64"]),
)
def test_a_step_is_what_torchs_modules_make_of_such_rows(
    shape: list[int], inner: list[dict[str, Any]], normed: bool, dtype: str
) -> None:
    layers = [
        *inner,
        *([kind("BatchNorm1d", "tanh")] if normed and len(shape) < 3 else []),
        FLATTEN,
        layer(2, "identity"),
    ]
    spec = net(shape, layers, dtype, int(np.prod(shape)), 2, optimizers=[optimizer("SGD", lr=0.1)], start={"seed": 1})
    run = Lockstep(spec, budget=10_000_000)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        model = model_of(spec)
    assert_same(dict(enumerate(run.start)), {n: w.detach().numpy().copy() for n, w in enumerate(model.parameters())})
    x, y = (torch.from_numpy(np.array(values)) for values in arrays_of(spec))
    assert x.shape == (8, *shape)
    steps = torch.optim.SGD(model.parameters(), lr=0.1)
    torch.nn.functional.mse_loss(model(x), y).backward()
    steps.step()
    run.advance(1)
    close = {"rtol": 1e-4, "atol": 1e-5} if dtype == "float32" else {"rtol": 1e-9, "atol": 1e-10}
    for ours, theirs in zip(run.lanes[0].lane.weights(), model.parameters(), strict=True):
        np.testing.assert_allclose(ours, theirs.detach().numpy(), **close)
    run.advance(5)
    run.judge_newest()
    assert run.parity()[0].verdict in ("lockstep", "not_finite"), run.parity()[0]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_each_stage_is_judged_traced_and_replayed(dtype: str) -> None:
    run = Lockstep(net([2, 3], dtype=dtype, batch={"size": 4, "shuffle": True}), budget=10_000_000)
    run.advance(9)
    told = Debugger(run).trace(TraceStep(0, 0, 3))
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}
    twins = {value.twin for value in told.values}
    assert {"layer3.forward.x_rows", "layer3.forward.z_rows", "layer3.backward.dL_dx_rows", "layer3.z"} <= twins
    late = [tensors_of(run, lane) for lane in (0, 1)]
    run.seek(4)
    run.replay(5)
    for lane in (0, 1):
        assert_same(tensors_of(run, lane), late[lane])


def test_dropout_draws_a_mask_of_the_rows_shape() -> None:
    run = Lockstep(net([2, 3], [kind("Dropout", p=0.4), layer(4), FLATTEN, layer(3, "identity")]), budget=10_000_000)
    run.advance(6)
    trace = Debugger(run).trace_of(0, 3)
    assert isinstance(trace, Trace)
    assert trace.diy["layer1.mask"].shape == (8, 2, 3)
    assert run.parity()[0].verdict == "lockstep"


def test_a_first_layer_without_weights_goes_row_by_row_too() -> None:
    """Nothing is asked of its backward pass, but it has one."""
    layers = [kind("BatchNorm1d", affine=False), kind("LayerNorm", elementwise_affine=False), FLATTEN, layer(3)]
    run = Lockstep(net([2, 3], layers), budget=10_000_000)
    run.advance(4)
    run.judge_newest()
    assert run.parity()[0].verdict == "lockstep", run.parity()[0]


def test_lbfgs_takes_rows_of_several_axes() -> None:
    layers = [layer(4), kind("LayerNorm", "softmax"), FLATTEN, layer(3, "identity")]
    run = Lockstep(net([2, 3], layers, optimizers=[optimizer("LBFGS")]))
    run.advance(3)
    run.judge_newest()
    assert run.parity()[0].verdict == "lockstep"


def test_shapes_go_from_layer_to_layer() -> None:
    spec = net([2, 3])
    assert [one.outputs for one in layers_in(spec)] == [(2, 4), (2, 4), (2, 4), (2, 4), (8,), (3,)]
    assert [one.weights.get("weight") for one in layers_in(spec)] == [(4, 3), (4,), (2,), (4,), None, (3, 8)]
    assert shape_after(layer(7), (5, 2)) == (5, 7)
    assert shape_after({"kind": "Embedding", "params": {"num_embeddings": 9, "embedding_dim": 2}}, (5,)) == (5, 2)
    assert shape_after({"units": 0}, (5,)) is None


def test_a_shape_of_one_axis_is_none_at_all() -> None:
    one, other = net([6], [layer(3)]), net(None, [layer(3)])
    assert type(layers_of(one)[0].kind) is type(layers_of(other)[0].kind)
    assert check(json.loads(one.to_json())) == one
    assert "shape" in one.to_json()
    assert "shape" not in other.to_json()


@pytest.mark.parametrize(
    ("shape", "layers", "words"),
    [
        ([2, 4], NET, "data.shape is [2, 4], 8 numbers, but a row of x has 6: [2, 3] would fit"),
        ([4, 4], NET, "data.shape is [4, 4], 16 numbers, but a row of x has 6: [6] would fit"),
        ([2, 3], [layer(4), layer(3)], "makes [2, 3] of a row, and y has [3]: a Flatten before layer 2 would fit"),
        ([3, 2], [layer(1)], "layers[0] makes [3, 1] of a row, and y has [3]: a Flatten after it would fit"),
        ([2, 3], [layer(5), kind("RMSNorm")], "makes [2, 5] of a row, and y has [3]: add a Flatten, and behind it"),
        ([1, 2, 3], [kind("BatchNorm1d"), FLATTEN, layer(3)], "takes rows of 2 axes at the most, and is given"),
        ([0, 6], NET, "data.shape[0] must be ≥ 1, not 0"),
        ([], NET, "data.shape needs at least one entry"),
        ([2.5, 3], NET, "data.shape[0] must be a whole number"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_what_would(shape: list[Any], layers: list[Any], words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        net(shape, layers)
    assert words in str(caught.value)


def test_a_batch_norm_over_places_takes_a_single_row() -> None:
    layers = [kind("BatchNorm1d"), FLATTEN, layer(3)]
    run = Lockstep(net([2, 3], layers, batch={"size": 1}))
    run.advance(5)
    assert run.parity()[0].verdict == "lockstep"
    with pytest.raises(ExperimentError, match="too small: layer 1, BatchNorm1d, needs batches of 2 rows or more"):
        net([6, 1], layers, batch={"size": 1})


# --- explained ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "index"),
    [
        ("layer1.weight", (2, 1)), ("layer1.bias", (2,)), ("layer2.weight", (3,)), ("layer3.weight", (1,)),
        ("layer3.bias", (0,)), ("layer4.weight", (0,)), ("layer6.weight", (1, 5)),
    ],
)  # fmt: skip
def test_the_shares_of_all_places_add_up(weight: str, index: tuple[int, ...]) -> None:
    rows = {"x": np.random.default_rng(0).normal(size=(3, 6)).tolist(), "y": [[0.1, 0.2, 0.3]] * 3}
    run = Lockstep(net([2, 3], data=rows), budget=10_000_000, judge_at_once=False)
    run.advance(5)
    debugger = Debugger(run)
    trace = debugger.trace_of(0, 3)
    assert isinstance(trace, Trace)
    event = event_of(trace, f"{weight}.grad")
    assert event is not None
    told = debugger.explain(Explain(0, 0, 3, event, weight, index, 1))
    for side in (0, 1):
        assert sum(row.product[side] for row in told.rows) == pytest.approx(told.grad[side], rel=1e-8, abs=1e-15)
    places = {"layer1": 2, "layer2": 2, "layer3": 4, "layer4": 2, "layer6": 1}[weight.partition(".")[0]]
    assert len(told.rows) == 3 * places
    if told.paths is not None:
        for side in (0, 1):
            total = sum(part.value[side] for part in told.paths.parts)
            assert total == pytest.approx(told.paths.total[side], rel=1e-7, abs=1e-14)
    assert (told.paths is not None) == (weight.partition(".")[0] in ("layer1", "layer2", "layer3", "layer4"))


def test_lines_of_a_layer_that_goes_row_by_row_have_numbers_of_both_sides() -> None:
    run = Lockstep(net([2, 3]), budget=10_000_000, judge_at_once=False)
    run.advance(4)
    debugger = Debugger(run)
    trace = debugger.trace_of(0, 2)
    assert isinstance(trace, Trace)
    for tensor in ("layer2.backward.dL_dx_rows", "layer3.forward.x_hat", "layer1.weight.grad"):
        event = event_of(trace, tensor)
        assert event is not None
        told = debugger.explain(Explain(0, 0, 2, event, "layer1.weight", (2, 1), 1))
        assert told.formula
        assert all(told.numbers), tensor


def test_value_maps_lay_leading_axes_below_each_other() -> None:
    run = Lockstep(net([2, 3]), budget=10_000_000, judge_at_once=False)
    run.advance(2)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 1))
    number = next(number for number, value in enumerate(told.values) if value.twin == "layer1.a")
    shown = debugger.look(LookAtValue(0, 0, 1, number, (500, 500), (3, 2))).maps
    assert shown is not None
    assert shown.shape == (16, 4)
    assert shown.reading is not None
    assert shown.reading.diy == debugger.trace_of(0, 1).diy["layer1.a"][1, 1, 2]


# --- elsewhere -------------------------------------------------------------------------------------


def test_the_surface_and_a_sweep_come_to_what_single_runs_come_to() -> None:
    layers = [layer(4), kind("LayerNorm"), FLATTEN, layer(3, "identity")]
    run = Lockstep(net([2, 3], layers), judge_at_once=False)
    run.advance(3)
    part = surface_of(run, RandomPlane(), origin=0, extent=(-1.0, 1.0, -1.0, 1.0))
    assert part.values[5, 5] == pytest.approx(run.training_losses()[0], rel=1e-9)
    wanted = plan(rates(0.001, 0.01))
    end = end_of(net([2, 3], layers), wanted)
    for place, lr in enumerate((0.001, 0.01)):
        run = Lockstep(net([2, 3], layers, optimizers=[optimizer("Adam", lr=lr)]), judge_at_once=False)
        run.advance(wanted.steps)
        assert end.losses.ravel()[place] == pytest.approx(run.training_losses()[0], rel=1e-12)


def test_two_inputs_of_two_places_have_a_boundary() -> None:
    run = Lockstep(net([2, 1], [layer(4), FLATTEN, layer(1)], columns=2, outputs=1))
    run.advance(2)
    learned = LearnedPages(run).answer(LearnedRequest(0, "delta", "inputs"), running=False)
    assert learned is not None
    assert learned.content.values.shape[0] > 8
    assert np.abs(learned.content.values).max() < 1e-6


def test_given_weights_are_those_of_the_shapes(tmp_path: Any) -> None:
    layers = [layer(2, bias=False), FLATTEN, layer(3, "identity", bias=False)]
    start = {"weights": {"layer1.weight": np.eye(2, 3).tolist(), "layer3.weight": np.ones((3, 4)).tolist()}}
    file = tmp_path / "shaped.json"
    file.write_text(net([2, 3], layers, start=start).to_json())
    assert main(["run", str(file), "--steps", "2", "--out", str(tmp_path / "out")]) == 0
    with pytest.raises(ExperimentError, match="has shape 3 × 4, but 3 × 2 is needed"):
        net([1, 6], [layer(2, bias=False), FLATTEN, layer(3, bias=False)], start=start)


MISTAKES = [
    ("layers/linear.py", "dL_dW = dL_dz.mT @ x", "dL_dW = dL_dz[:8].mT @ x[:8]", "layer1.backward",
     "layer1.weight.grad"),
    ("layers/linear.py", "z = z + b", "z = z - b", "layer1.forward", "layer1.forward.z_rows"),
    ("layers/batch_norm1d.py", "mu = x.mean(axis=-2, keepdims=True)", "mu = x[::4].mean(axis=-2, keepdims=True)",
     "layer3.forward", "layer3.forward.mu"),
    ("layers/layer_norm.py", "dL_dx = direct + through_mean + through_variance", "dL_dx = direct + through_mean",
     "layer2.backward", "layer2.backward.dL_dx_rows"),
    ("layers/flatten.py", "dL_dx = dL_dz.reshape(cache.shape)", "dL_dx = dL_dz.reshape(cache.shape)[:, ::-1]",
     "layer4.backward", "layer4.dL_da"),
    ("rows.py", "return np.moveaxis(z.reshape(*last.shape[:-1], -1), -1, axis)",
     "return np.moveaxis(z[::-1].reshape(*last.shape[:-1], -1), -1, axis)", "layer1.forward", "layer1.z"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "right", "wrong", "stage", "tensor", "dtype"), each_with(MISTAKES, ["float32", "float64"])
)
def test_a_mistake_is_found_with_its_stage_and_its_line(
    file: str, right: str, wrong: str, stage: str, tensor: str, dtype: str
) -> None:
    with exchanged([planted(file, right, wrong)]):
        run = Lockstep(net([2, 3], dtype=dtype), budget=10_000_000)
        run.advance(4)
        found = run.parity()[0].mismatch
        trace = Debugger(run).trace_of(0, 2)
    assert isinstance(trace, Trace)
    assert found is not None
    assert (found.stage, found.tensor) == (stage, tensor)
    event = event_of(trace, tensor)
    assert event is not None
    assert file_of(trace, event) == file
