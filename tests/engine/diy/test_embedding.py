"""Embedding: torch's vectors and gradients, whole numbers of x and no others, and mistakes in its backward pass."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.diagnosis import diagnose
from engine.headless.cli import main
from engine.protocol import Explain, LearnedRequest, LookAtValue, PictureRequest, RandomPlane, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.server.frames import maps
from engine.server.learned import LearnedPages
from engine.server.pictures import Pictures
from engine.spec import ExperimentError, ExperimentSpec, check, layer_module
from engine.spec.hyperparameters import complete_layer
from engine.trace import Trace, event_of
from engine.trace.locate import file_of
from tests.drawing import examples
from tests.engine.experiments import assert_same, layer, optimizer, tensors_of
from tests.engine.surface.test_surface import surface_of
from tests.engine.sweep.test_sweep import end_of, plan, rates
from tests.products import covering, each_with
from tests.trial.swapping import exchanged, planted

FILE = "layers/embedding.py"
X = [[0, 1, 1], [2, 0, 3], [3, 3, 3], [1, 4, 2], [0, 2, 4], [4, 4, 1]]
Y = [0, 2, 1, 1, 0, 2]


def embedding(activation: str = "identity", **params: Any) -> dict[str, Any]:
    return {
        "kind": "Embedding",
        "params": {"num_embeddings": 6, "embedding_dim": 4, **params},
        "activation": activation,
    }


NET = [embedding(), {"kind": "Flatten"}, layer(5), layer(3, "identity")]


def net(dtype: str = "float64", layers: list[dict[str, Any]] | None = None, **more: Any) -> ExperimentSpec:
    raw = {
        "schema": 1,
        "data": {"x": X, "y": Y, **more.pop("data", {})},
        "network": {"layers": layers or NET, "loss": "cross_entropy"},
        "dtype": dtype,
        "optimizers": more.pop("optimizers", [optimizer("Adam", lr=0.05)]),
    }
    return check(raw | more)


@examples(60)
@given(st.data(), st.sampled_from(["float32", "float64"]), st.integers(0, 10_000))
def test_forward_and_backward_are_torchs(data: st.DataObject, dtype: str, seed: int) -> None:
    """Whatever the shape of a row, and however often a number stands in it."""
    count, length = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 6))
    shape = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    padding = data.draw(st.none() | st.integers(-count, count - 1))
    rng = np.random.default_rng(seed)
    x, W = rng.integers(0, count, shape), rng.normal(size=(count, length)).astype(dtype)
    dL_dz = rng.normal(size=(*shape, length)).astype(dtype)
    kind, hyper = layer_module("Embedding"), complete_layer(
        "Embedding", {"num_embeddings": count, "embedding_dim": length, "padding_idx": padding}
    )  # fmt: skip
    z, cache = kind.forward(x, {"layer1.weight": W}, "layer1", hyper)
    dL_dx, grads = kind.backward(dL_dz, cache, {"layer1.weight": W}, "layer1", hyper)
    theirs = torch.nn.Embedding(count, length, padding_idx=padding, dtype=getattr(torch, dtype))
    with torch.no_grad():
        theirs.weight.copy_(torch.from_numpy(W))
    found = theirs(torch.from_numpy(x))
    found.backward(torch.from_numpy(dL_dz))
    assert dL_dx is None
    np.testing.assert_array_equal(z, found.detach().numpy())
    close = 1e-5 if dtype == "float32" else 1e-13
    np.testing.assert_allclose(grads["layer1.weight"], theirs.weight.grad.numpy(), rtol=close, atol=close)


@pytest.mark.parametrize("padding", [None, 3, -1])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_seed_draws_what_torchs_modules_draw(padding: int | None, dtype: str) -> None:
    layers = [embedding(padding_idx=padding), {"kind": "Flatten"}, layer(3, "identity")]
    run = Lockstep(net(dtype, layers, start={"seed": 5}), judge_at_once=False)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        kind = getattr(torch, dtype)
        made = [torch.nn.Embedding(6, 4, padding_idx=padding, dtype=kind), torch.nn.Linear(12, 3, dtype=kind)]
    expected = [weight.detach().numpy() for module in made for weight in module.parameters()]
    assert_same(dict(enumerate(run.start)), dict(enumerate(expected)))
    assert run.names == ("layer1.weight", "layer3.weight", "layer3.bias")
    if padding is not None:
        assert not run.start[0][padding].any()


def test_an_init_draws_its_weight() -> None:
    layers = [embedding() | {"init": {"name": "constant_", "params": {"val": 0.5}}}, *NET[1:]]
    assert (Lockstep(net(layers=layers)).start[0] == 0.5).all()


@pytest.mark.parametrize(
    ("params", "name", "dtype"),
    covering(
        [{}, {"padding_idx": 1}], ["SGD", "Adam", "Adagrad", "Rprop", "LBFGS"], ["float32", "float64"], strength=1
    ),
)
def test_it_trains_in_lockstep_and_travels_in_time(dtype: str, name: str, params: dict[str, Any]) -> None:
    layers = [embedding("tanh", **params), *NET[1:]]
    batch = {"size": None} if name == "LBFGS" else {"size": 4, "shuffle": True, "seed": 1}
    run = Lockstep(net(dtype, layers, optimizers=[optimizer(name)], batch=batch), budget=10_000_000)
    run.advance(9)
    run.judge_newest()
    assert run.parity()[0].verdict == "lockstep", run.parity()[0]
    late = [tensors_of(run, lane) for lane in (0, 1)]
    run.seek(4)
    run.replay(5)
    for lane in (0, 1):
        assert_same(tensors_of(run, lane), late[lane])


def test_the_row_that_stands_for_nothing_never_moves() -> None:
    run = Lockstep(net(layers=[embedding(padding_idx=3), *NET[1:]]), judge_at_once=False)
    run.advance(20)
    for one in run.lanes:
        assert not np.asarray(one.lane.weights()[0])[3].any()
        assert np.asarray(one.lane.weights()[0])[0].any()


def test_each_stage_of_a_step_is_judged_and_traced() -> None:
    run = Lockstep(net("float32"), budget=10_000_000)
    run.advance(5)
    told = Debugger(run).trace(TraceStep(0, 0, 3))
    stages = {stage.name: stage.verdict for stage in told.stages}
    assert {"layer1.forward", "layer2.forward", "layer1.backward", "layer1.update"} <= {*stages}
    assert {*stages.values()} <= {"equal", "rounding"}


def test_a_line_that_adds_in_place_shows_what_was_before_it() -> None:
    """Nothing has been added yet in the line that makes the zeros."""
    run = Lockstep(net(layers=[embedding(padding_idx=3), *NET[1:]]), budget=10_000_000, judge_at_once=False)
    run.advance(3)
    trace = Debugger(run).trace_of(0, 2)
    assert isinstance(trace, Trace)
    own = [line for event, line in enumerate(trace.lines) if trace.layer_of(event) == 1]
    held = [line.made["dL_dW"] for line in own if "dL_dW" in line.made]
    assert not held[0].any()
    assert held[1][3].any()
    assert not held[2][3].any()
    np.testing.assert_array_equal(held[2], trace.diy["layer1.weight.grad"])


# --- explained ------------------------------------------------------------------------------------


def explained(run: Lockstep, index: tuple[int, int], row: int = 0, tensor: str = "layer1.weight.grad") -> Any:
    debugger = Debugger(run)
    trace = debugger.trace_of(0, 3)
    assert isinstance(trace, Trace)
    event = event_of(trace, tensor)
    assert event is not None
    return debugger.explain(Explain(0, 0, 3, event, "layer1.weight", index, row))


def test_a_gradient_is_the_sum_over_the_places_where_its_number_stands() -> None:
    run = Lockstep(net(), budget=10_000_000, judge_at_once=False)
    run.advance(5)
    told = explained(run, (3, 1))
    assert [(row.place, row.position) for row in told.rows] == [(1, (2,)), (2, (0,)), (2, (1,)), (2, (2,))]
    assert told.sharing == 2
    for side in (0, 1):
        assert sum(row.product[side] for row in told.rows) == pytest.approx(told.grad[side], rel=1e-9)
        assert all(row.dz_dw[side] == 1 for row in told.rows)


def test_the_number_that_stands_for_nothing_has_no_share_and_one_that_stands_nowhere_no_row() -> None:
    run = Lockstep(net(layers=[embedding(padding_idx=3), *NET[1:]]), budget=10_000_000, judge_at_once=False)
    run.advance(5)
    told = explained(run, (3, 1))
    assert told.rows
    assert all(row.product[side] == 0 for row in told.rows for side in (0, 1))
    nowhere = explained(run, (5, 0))
    assert (nowhere.rows, nowhere.sharing, nowhere.grad) == ((), 0, (0, 0))


@pytest.mark.parametrize("activation", ["softmax", "tanh"])
def test_the_shares_add_up_through_any_activation(activation: str) -> None:
    run = Lockstep(net(layers=[embedding(activation), *NET[1:]]), budget=10_000_000, judge_at_once=False)
    run.advance(5)
    told = explained(run, (2, 1))
    for side in (0, 1):
        assert sum(row.product[side] for row in told.rows) == pytest.approx(told.grad[side], rel=1e-9)


def test_its_lines_have_formulas_with_numbers() -> None:
    run = Lockstep(net(), budget=10_000_000, judge_at_once=False)
    run.advance(5)
    looked_up = explained(run, (3, 1), row=2, tensor="layer1.z")
    weight = float(np.asarray(Debugger(run).trace_of(0, 3).diy["layer1.weight.before"])[3, 1])
    assert looked_up.formula == "z = W_{x}"
    assert looked_up.numbers[0].startswith("z = W_{3,1} = ")
    assert looked_up.numbers[0].endswith(f"{abs(weight):.4g}")
    added = explained(run, (3, 1), row=2)
    assert r"\sum_{x = i}" in added.formula
    assert added.numbers[0].count("+") + added.numbers[0].count("-") >= 3
    assert added.numbers[1]


def test_arrays_of_three_axes_are_shown_as_matrices() -> None:
    run = Lockstep(net(), budget=10_000_000, judge_at_once=False)
    run.advance(3)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 2))
    number = next(number for number, value in enumerate(told.values) if value.twin == "layer1.z")
    shown = debugger.look(LookAtValue(0, 0, 2, number, (500, 500), (7, 2))).maps
    assert shown is not None
    assert shown.shape == (18, 4)
    z = debugger.trace_of(0, 2).diy["layer1.z"]
    assert shown.reading is not None
    assert shown.reading.diy == z[2, 1, 2]


# --- predictions, pictures, surfaces, sweeps -------------------------------------------------------


def test_predictions_and_the_picture_take_whole_numbers() -> None:
    run = Lockstep(net(data={"test": {"rows": [1]}}), budget=10_000_000)
    run.advance(4)
    pages = LearnedPages(run)
    learned = pages.answer(LearnedRequest(0, "delta", "predictions", rows=(0, 6)), running=False)
    assert learned is not None
    assert np.abs(learned.content.values).max() < 1e-9
    assert pages.answer(LearnedRequest(0, "diy", "inputs"), running=False).content is None
    assert pages.answer(LearnedRequest(0, "diy", "confusion"), running=False).content.counts is not None
    picture = Pictures(run, maps).answer(PictureRequest(0, "diy", "weight", 32, (32, 32), 0, 0), running=False)
    assert picture is not None
    assert picture.responses is None
    assert picture.passed is not None
    assert picture.passed.x.tolist() == X[0]
    assert [len(one.a) for one in picture.passed.layers] == [12, 12, 5, 3]
    assert {sign.kind for sign in diagnose(run, 0) if sign is not None} <= {"plateau", "loss_has_its_own"}


def test_a_surface_moves_its_weights() -> None:
    run = Lockstep(net())
    run.advance(3)
    part = surface_of(run, RandomPlane(), origin=0, extent=(-1.0, 1.0, -1.0, 1.0))
    assert part.values[5, 5] == pytest.approx(run.training_losses()[0], rel=1e-9)
    assert len({*part.values.ravel()}) > 100


def test_a_sweep_ends_where_single_runs_end() -> None:
    wanted = plan(rates(0.001, 0.01))
    end = end_of(net(), wanted)
    for place, lr in enumerate((0.001, 0.01)):
        run = Lockstep(net(optimizers=[optimizer("Adam", lr=lr)]), judge_at_once=False)
        run.advance(wanted.steps)
        assert end.losses.ravel()[place] == pytest.approx(run.training_losses()[0], rel=1e-12)


def test_a_command_writes_its_weights_and_says_how_it_sweeps(tmp_path: Any, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "names.json"
    file.write_text(net().to_json())
    assert main(["run", str(file), "--steps", "3", "--out", str(tmp_path / "out")]) == 0
    weights = np.load(tmp_path / "out" / "weights.npz")
    assert weights["Adam/diy/layer1.weight"].shape == (6, 4)
    args = ["--optimizer", "Adam", "--param", "lr", "--values", "0.1,0.2", "--steps", "2"]
    assert main(["sweep", str(file), *args]) == 0
    assert "one after another: a layer takes one network at a time" in capsys.readouterr().out


# --- refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"x": [[0, 1.5], [2, 0]]}, "data.x[0][1] must be a whole number from 0 to 5 for Embedding; row 1, col"),
        ({"x": [[0, 1], [6, 0]]}, "data.x[1][0] must be a whole number from 0 to 5 for Embedding; row 2, col"),
        ({"x": [[0, -1], [1, 0]]}, "row 1, column 2 has -1"),
    ],
)  # fmt: skip
def test_other_numbers_are_refused_by_row_and_column(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        net(data={**change, "y": [0, 1]})
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([layer(4), embedding(), {"kind": "Flatten"}, layer(3)], "layers[1].kind cannot be Embedding behind another"),
        ([embedding(padding_idx=6), *NET[1:]], "params.padding_idx must be the number of a vector"),
        ([embedding(padding_idx=-7), *NET[1:]], "params.padding_idx must be the number of a vector"),
        ([{"kind": "Embedding", "params": {"embedding_dim": 4}}, *NET[1:]], "params.num_embeddings is missing"),
        ([embedding(max_norm=1.0), *NET[1:]], "params.max_norm is not one of"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(layers: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        net(layers=layers)
    assert words in str(caught.value)


def test_it_is_written_as_it_was_read() -> None:
    spec = net(layers=[embedding(padding_idx=2), *NET[1:]], data={"shape": [3]})
    assert check(json.loads(spec.to_json())) == spec


# --- mistakes and innocents -------------------------------------------------------------------------

MISTAKES = [
    ("np.add.at(dL_dW, x, dL_dz)", "dL_dW[x] = dL_dz", "layer1.backward", "layer1.weight.grad"),
    ("np.add.at(dL_dW, x, dL_dz)", "dL_dW[x] += dL_dz", "layer1.backward", "layer1.weight.grad"),
    ("np.add.at(dL_dW, x, dL_dz)", "np.add.at(dL_dW, (x + 1) % len(W), dL_dz)", "layer1.backward",
     "layer1.weight.grad"),
    ("dL_dW[hyper.padding_idx] = 0", "pass", "layer1.backward", "layer1.weight.grad"),
    ("dL_dW[hyper.padding_idx] = 0", "dL_dW[hyper.padding_idx - 1] = 0", "layer1.backward", "layer1.weight.grad"),
    ("z = W[x]", "z = W[x - 1]", "layer1.forward", "layer1.z"),
    ("z = W[x]", "z = 0 * W[x[..., :1]] + W[x[..., ::-1]]", "layer1.forward", "layer1.z"),
]  # fmt: skip
INNOCENTS = [
    ("np.add.at(dL_dW, x, dL_dz)", "np.add.at(dL_dW, x[::-1], dL_dz[::-1])"),
    ("np.add.at(dL_dW, x, dL_dz)", "dL_dW += np.eye(len(W), dtype=W.dtype)[x.ravel()].T @ dL_dz.reshape(-1, 4)"),
    ("z = W[x]", "z = W.take(x, axis=0)"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "stage", "tensor", "dtype"), each_with(MISTAKES, ["float32", "float64"]))
def test_a_mistake_is_found_with_its_stage_and_its_line(
    right: str, wrong: str, stage: str, tensor: str, dtype: str
) -> None:
    with exchanged([planted(FILE, right, wrong)]):
        run = Lockstep(net(dtype, [embedding(padding_idx=4), *NET[1:]]), budget=10_000_000)
        run.advance(4)
        found = run.parity()[0].mismatch
        trace = Debugger(run).trace_of(0, 2)
    assert isinstance(trace, Trace)
    assert found is not None
    assert (found.stage, found.tensor) == (stage, tensor)
    event = event_of(trace, tensor)
    assert event is not None
    assert file_of(trace, event) == FILE


@pytest.mark.parametrize(("right", "other", "dtype"), each_with(INNOCENTS, ["float32", "float64"]))
def test_another_right_way_is_rounding(right: str, other: str, dtype: str) -> None:
    with exchanged([planted(FILE, right, other)]):
        run = Lockstep(net(dtype))
        run.advance(8)
        run.judge_newest()
    assert run.parity()[0].verdict == "lockstep"
