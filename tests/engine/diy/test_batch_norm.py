"""Batch norm in a run: running averages that travel in time, evaluation by them, and what it asks of batches."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray as Array

from engine.headless.cli import main
from engine.lane.row_pass import RowPasses
from engine.protocol import Explain, MapRequest, PictureRequest, RandomPlane, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.server.frames import maps
from engine.server.pictures import Pictures
from engine.spec import ExperimentError, ExperimentSpec, check
from engine.trace import Trace, event_of
from engine.trace.locate import file_of
from tests.drawing import in_turn
from tests.engine.experiments import assert_same, experiment, layer, optimizer, tensors_of
from tests.engine.surface.test_surface import surface_of
from tests.engine.sweep.test_sweep import end_of, plan, rates
from tests.products import covering, one_in
from tests.trial.swapping import exchanged, planted

FILE = "layers/batch_norm1d.py"
NORM = {"kind": "BatchNorm1d", "params": {"momentum": 0.2}, "activation": "tanh"}
NET = [layer(4, bias=False), NORM, layer(2, "identity")]
BUFFERS = ("layer2.running_mean", "layer2.running_var", "layer2.num_batches_tracked")


def net(dtype: str = "float64", *entries: dict[str, Any], **more: Any) -> ExperimentSpec:
    return experiment(
        more.pop("layers", NET),
        inputs=3,
        rows=more.pop("rows", 9),
        dtype=dtype,
        optimizers=entries or [optimizer("Adam", lr=0.01)],
        batch=more.pop("batch", {"size": 4, "shuffle": True}),
        **more,
    )


ROWS_OF_FOUR = {"rows": 12}


def buffers(run: Lockstep) -> list[dict[str, Array]]:
    return [{name: np.array(value) for name, value in one.lane.buffers().items()} for one in run.lanes]


@pytest.mark.parametrize(
    ("name", "dtype"), covering(["SGD", "Adam", "RMSprop", "Adafactor"], ["float32", "float64"], strength=1)
)
def test_it_trains_in_lockstep_with_its_running_averages(dtype: str, name: str) -> None:
    run = Lockstep(net(dtype, optimizer(name), **ROWS_OF_FOUR))
    run.advance(30)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep", pair
    ours, theirs = buffers(run)
    assert tuple(ours) == tuple(theirs) == BUFFERS
    close = 1e-5 if dtype == "float32" else 1e-12
    for buffer in BUFFERS:
        np.testing.assert_allclose(ours[buffer], theirs[buffer], rtol=close, atol=close)
    assert ours[BUFFERS[2]] == 30


def test_a_run_is_what_a_person_writes_in_torch() -> None:
    spec = net(rows=12, batch={"size": 4}, start={"seed": 3})
    run = Lockstep(spec, judge_at_once=False)
    run.advance(6)
    torch.manual_seed(3)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        parts = {"dtype": torch.float64}
        norm = torch.nn.BatchNorm1d(4, momentum=0.2, **parts)
        model = torch.nn.Sequential(
            torch.nn.Linear(3, 4, bias=False, **parts), torch.nn.Tanh(), norm, torch.nn.Tanh(),
            torch.nn.Linear(4, 2, **parts),
        )  # fmt: skip
    x, y = (torch.from_numpy(values.copy()) for values in spec.data.arrays("float64"))
    steps = torch.optim.Adam(model.parameters(), lr=0.01)
    for number in range(6):
        rows = slice(4 * (number % 3), 4 * (number % 3) + 4)
        steps.zero_grad()
        torch.nn.functional.mse_loss(model(x[rows]), y[rows]).backward()
        steps.step()
    model.eval()
    expected = torch.nn.functional.mse_loss(model(x), y).item()
    assert run.training_losses() == pytest.approx([expected, expected], rel=1e-12)
    np.testing.assert_allclose(run.lanes[0].lane.buffers()[BUFFERS[1]], norm.running_var.numpy(), rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_time_travel_replays_running_averages_bit_for_bit(dtype: str) -> None:
    run = Lockstep(net(dtype, **ROWS_OF_FOUR), budget=10_000_000, judge_at_once=False)
    run.advance(9)
    early, weights = buffers(run), [tensors_of(run, lane) for lane in (0, 1)]
    run.advance(20)
    late = buffers(run)
    run.seek(9)
    for lane in (0, 1):
        assert_same(buffers(run)[lane], early[lane])
        assert_same(tensors_of(run, lane), weights[lane])
    run.replay(20)
    for lane in (0, 1):
        assert_same(buffers(run)[lane], late[lane])
    run.seek(0)
    assert buffers(run)[0][BUFFERS[2]] == 0
    assert (buffers(run)[1][BUFFERS[1]] == 1).all()


def test_a_change_in_the_past_forks_running_averages_too() -> None:
    run = Lockstep(net(**ROWS_OF_FOUR), budget=10_000_000)
    run.advance(12)
    before = buffers(run)
    run.seek(5)
    run.set_params(0, {"lr": 0.05})
    run.advance(7)
    assert not np.array_equal(buffers(run)[0][BUFFERS[0]], before[0][BUFFERS[0]])
    assert run.parity()[0].verdict == "lockstep"


def test_what_is_evaluated_goes_by_running_averages_row_by_row() -> None:
    raw = json.loads(net(rows=14, batch={"size": 5, "shuffle": True}).to_json())
    spec = check({**raw, "data": {**raw["data"], "test": {"rows": [2, 7]}}})
    run = Lockstep(spec, judge_at_once=False)
    run.advance(10)
    for losses in (run.training_losses(), run.test_losses()):
        assert losses[0] == pytest.approx(losses[1], rel=1e-9)
    lane = run.lanes[0].lane
    passes = RowPasses(spec)
    for place, row in enumerate(spec.data.rows("training")[:3]):
        passed = passes.passed(lane.weights(), row, lane.buffers())
        np.testing.assert_allclose(passed.layers[-1].a, lane.outputs("training")[place], rtol=1e-12)
        assert passed.loss > 0, row


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rows": 1}, "data.x has too few rows to train on: layer 2, BatchNorm1d, needs batches of 2 or more"),
        ({"batch": {"size": 1}}, "batch.size is too small: layer 2, BatchNorm1d, needs batches of 2 rows or more"),
        ({"rows": 9, "batch": {"size": 4}}, "batch.size leaves a last batch of 1 of 9 rows: layer 2, BatchNorm1d"),
        ({"entry": "LBFGS"}, "optimizers[0].name cannot train layer 2, BatchNorm1d: LBFGS evaluates the loss several"),
    ],
)
def test_what_torch_would_refuse_on_the_way_is_refused_before(changes: dict[str, Any], words: str) -> None:
    entries = [optimizer(changes.pop("entry"))] if "entry" in changes else []
    with pytest.raises(ExperimentError) as caught:
        net("float64", *entries, **{"batch": {"size": None}, **changes})
    assert words in str(caught.value)


@pytest.mark.parametrize("value", [None, 1.5, -0.1, True])
def test_momentum_is_a_share(value: Any) -> None:
    with pytest.raises(ExperimentError, match=r"network.layers\[1\].params.momentum must be"):
        net(layers=[layer(3), {"kind": "BatchNorm1d", "params": {"momentum": value}}, layer(2)], rows=8)


# --- what else shows it ----------------------------------------------------------------------------


def test_the_three_paths_of_a_number_are_those_of_its_column() -> None:
    run = Lockstep(net(**ROWS_OF_FOUR), budget=10_000_000)
    run.advance(3)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 2))
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}
    found = debugger.explain(Explain(0, 0, 2, len(told.lines), "layer2.weight", (1,), row=2))
    assert found.paths is not None
    assert [part.kind for part in found.paths.parts] == ["direct", "through_mean", "through_variance"]
    for side in ("diy", "torch"):
        total = sum(getattr(path.value, side) for path in found.paths.parts)
        np.testing.assert_allclose(total, getattr(found.paths.total, side), rtol=1e-9)
        np.testing.assert_allclose(sum(getattr(row.product, side) for row in found.rows), getattr(found.grad, side))


def test_a_bias_below_has_no_gradient_but_rounding_and_nobody_is_accused() -> None:
    run = Lockstep(net(layers=[layer(4, "identity"), NORM, layer(2, "identity")], **ROWS_OF_FOUR), budget=10_000_000)
    run.advance(20)
    assert run.parity()[0].verdict == "lockstep"
    for lane in (0, 1):
        assert np.abs(tensors_of(run, lane)["layer1.bias.grad"]).max() < 1e-15


def test_running_averages_have_heatmaps_and_are_written(tmp_path, capsys) -> None:
    spec = net(**ROWS_OF_FOUR)
    run = Lockstep(spec, judge_at_once=False)
    run.advance(5)
    shown = maps(run, MapRequest(0, BUFFERS[0], "weight", (50, 50)))
    np.testing.assert_array_equal(shown.diy, run.lanes[0].lane.buffers()[BUFFERS[0]][None])
    assert shown.torch is not None
    file = tmp_path / "norm.json"
    file.write_text(spec.to_json(), encoding="utf-8")
    assert main(["run", str(file), "--steps", "5", "--out", str(tmp_path / "out")]) == 0
    with np.load(tmp_path / "out" / "weights.npz") as written:
        np.testing.assert_array_equal(written["Adam/diy/layer2.running_mean"], shown.diy[0])
    capsys.readouterr()


def test_the_picture_evaluates_a_row_on_both_sides() -> None:
    run = Lockstep(net(**ROWS_OF_FOUR), judge_at_once=False)
    run.advance(5)
    for side in ("diy", "torch", "delta"):
        picture = Pictures(run, maps).answer(PictureRequest(0, side, "weight", 16, (50, 50), row=3, responses=0), False)
        assert picture is not None
        assert picture.passed is not None
        assert len(picture.passed.layers) == 3


def test_a_sweep_trains_one_after_another_and_ends_where_single_runs_end() -> None:
    spec, wanted = net(**ROWS_OF_FOUR), plan(rates(0.001, 0.01))
    end = end_of(spec, wanted)
    for place in (0, 1):
        run = Lockstep(net("float64", optimizer("Adam", lr=(0.001, 0.01)[place]), **ROWS_OF_FOUR), judge_at_once=False)
        run.advance(wanted.steps)
        assert end.losses.ravel()[place] == pytest.approx(run.training_losses()[0], rel=1e-12)


def test_a_surface_is_evaluated_by_the_lanes_running_averages() -> None:
    run = Lockstep(net(**ROWS_OF_FOUR), judge_at_once=False)
    run.advance(10)
    part = surface_of(run, RandomPlane(), origin=0, extent=(-1.0, 1.0, -1.0, 1.0))
    assert part.values.shape == (11, 11)
    assert part.values[5, 5] == pytest.approx(run.training_losses()[0], rel=1e-12)
    assert np.isfinite(part.values).all()


# --- mistakes --------------------------------------------------------------------------------------

SUM = "dL_dx = direct + through_mean + through_variance"
MISTAKES = [
    (SUM, "dL_dx = direct + through_variance", "layer1.backward", "layer1.dL_da"),
    (SUM, "dL_dx = direct + through_mean", "layer1.backward", "layer1.dL_da"),
    ("through_mean = dL_dmu / n", "through_mean = dL_dmu", "layer2.backward", "layer2.backward.through_mean"),
    ("dL_dmu = -direct", "dL_dmu = direct", "layer2.backward", "layer2.backward.dL_dmu"),
    ("dsigma_dx = x_hat / n", "dsigma_dx = x_hat / (n - 1)", "layer2.backward", "layer2.backward.through_variance"),
    ("dx_hat_dsigma = -x_hat / sigma", "dx_hat_dsigma = -x_hat", "layer2.backward", "layer2.backward.dL_dsigma"),
    ("dL_dw = (dL_dz * x_hat)", "dL_dw = (dL_dz * sigma)", "layer2.backward", "layer2.weight.grad"),
    ("dL_dx_hat = dL_dz * w", "dL_dx_hat = dL_dz + 0 * w", "layer2.backward", "layer2.backward.dL_dx_hat"),
    ("(c * c).mean(axis=-2", "c.var(ddof=1, axis=-2", "layer2.forward", "layer2.forward.var"),
    ("    mu = x.mean(axis=-2", "    mu = x.mean(axis=-1", "layer2.forward", "layer2.forward.mu"),
    ("unbiased = var * (n / (n - 1))", "unbiased = var", "layer2.forward", "layer2.running_var"),
    (
        "(1 - alpha) * running_mean + alpha * mu",
        "alpha * running_mean + (1 - alpha) * mu",
        "layer2.forward",
        BUFFERS[0],
    ),
    ("batches = batches + 1", "batches = batches + 2", "layer2.forward", BUFFERS[2]),
]


@pytest.mark.parametrize(
    ("right", "wrong", "stage", "tensor", "dtype"), one_in(2, in_turn(MISTAKES, ["float32", "float64"]))
)
def test_a_mistake_is_found_with_its_stage_and_its_line(
    right: str, wrong: str, stage: str, tensor: str, dtype: str
) -> None:
    with exchanged([planted(FILE, right, wrong)]):
        run = Lockstep(net(dtype, **ROWS_OF_FOUR), budget=10_000_000)
        run.advance(4)
        found = run.parity()[0].mismatch
        trace = Debugger(run).trace_of(0, 2)
    assert isinstance(trace, Trace)
    assert found is not None
    assert (found.stage, found.tensor) == (stage, tensor)
    event = event_of(trace, tensor)
    assert event is not None
    assert file_of(trace, event) == FILE


def test_a_mistake_in_evaluation_shows_in_the_losses() -> None:
    """No step evaluates: what it is worth is told beside torch's."""
    with exchanged([planted(FILE, "    x_hat = (x - mu) / sigma", "    x_hat = (x - mu) / var")]):
        run = Lockstep(net(**ROWS_OF_FOUR), judge_at_once=False)
        run.advance(4)
        ours, theirs = run.training_losses()
    assert abs(ours - theirs) > 1e-6


def test_the_file_is_written_as_it_was_read() -> None:
    spec = net(**ROWS_OF_FOUR)
    assert check(json.loads(spec.to_json())) == spec
