"""One file adds a kind of layer, an activation, a loss, an optimizer, a schedule: all else derives from it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.backends.start import initial_weights
from engine.headless.cli import main
from engine.protocol import Explain, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.spec import (
    ExperimentError,
    ExperimentSpec,
    activation_names,
    check,
    layer_kinds,
    loss_names,
    optimizer_names,
    schedule_names,
    textbook_files,
)
from tests.doors import FILES, added
from tests.drawing import in_turn
from tests.engine.experiments import layer, optimizer
from tests.engine.surface.test_surface import assert_is_the_textbooks, surface_of
from tests.engine.sweep.test_sweep import assert_as_alone, end_of, plan, rates

SLOW = {"name": "HeavyBall", "params": {"lr": 0.01}, "schedule": {"name": "Halving", "params": {"step_size": 4}}}
LAYERS = [
    layer(4, "tanhshrink"),
    {"kind": "PReLU", "params": {"init": 0.1}, "activation": "tanh"},
    layer(2, "identity"),
]


@pytest.fixture(autouse=True)
def _toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added(tmp_path / "textbook", monkeypatch)


def raw(dtype: str = "float32", layers: list[Any] = LAYERS, **changes: Any) -> dict[str, Any]:
    rng = np.random.default_rng(2)
    data = {"x": rng.normal(size=(9, 3)).tolist(), "y": rng.poisson(2, size=(9, 2)).tolist()}
    network = {"layers": layers, "loss": "poisson"}
    batch = {"size": 4, "shuffle": True}
    whole = {"schema": 1, "data": data, "network": network, "dtype": dtype, "batch": batch, "optimizers": [SLOW]}
    return whole | changes


def spec_of(*arguments: Any, **changes: Any) -> ExperimentSpec:
    return check(raw(*arguments, **changes))


def test_each_comes_last_where_names_are_listed() -> None:
    assert activation_names()[-1] == "tanhshrink"
    assert loss_names()[-1] == "poisson"
    assert optimizer_names()[-1] == "HeavyBall"
    assert schedule_names()[-1] == "Halving"
    assert layer_kinds()[-1] == "PReLU"
    assert {*FILES} <= {*textbook_files()}


def test_a_toy_is_no_part_of_the_textbook_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert "tanhshrink" not in activation_names()
    assert "PReLU" not in layer_kinds()


@pytest.mark.parametrize(
    ("entry", "dtype"),
    in_turn(
        [SLOW, optimizer("Adam", lr=0.01), optimizer("LBFGS", line_search_fn="strong_wolfe")], ["float32", "float64"]
    ),
)
def test_both_sides_train_in_lockstep(entry: dict[str, Any], dtype: str) -> None:
    whole = entry["name"] == "LBFGS"  # whose every step is many, and judged
    run = Lockstep(spec_of(dtype, optimizers=[entry], batch={"size": None if whole else 4}))
    begins = run.lanes[0].lane.training_loss()
    run.advance(3 if whole else 32)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep", pair
    assert run.lanes[0].lane.training_loss() < begins


@pytest.mark.parametrize(
    ("file", "right", "wrong", "stage"),
    [
        ("layers/prelu.py", "dz_dw = np.minimum(x, 0)", "dz_dw = np.maximum(x, 0)", "layer2.backward"),
        ("layers/prelu.py", "np.maximum(x, 0) + w", "np.maximum(x, 0) + 1.001 * w", "layer2.forward"),
        ("activations/tanhshrink.py", "return t * t", "return t", "layer1.backward"),
        ("losses/poisson.py", "(np.exp(z) - y) / count(z)", "(np.exp(z) - y) / len(z)", "layer3.backward"),
        ("optimizers/heavy_ball.py", "momentum * state.b + grad", "momentum * state.b - grad", "layer1.update"),
    ],
)
def test_a_mistake_in_a_toy_is_found(file: str, right: str, wrong: str, stage: str, tmp_path: Path) -> None:
    own = tmp_path / "textbook" / file
    text = own.read_text(encoding="utf-8")
    assert text.count(right) == 1
    own.write_text(text.replace(right, wrong), encoding="utf-8")
    run = Lockstep(spec_of())
    run.advance(8)
    (pair,) = run.parity()
    assert pair.verdict == "differs"
    assert pair.mismatch is not None
    assert pair.mismatch.stage == stage


def test_a_seed_draws_as_torchs_modules_made_one_after_another() -> None:
    torch.manual_seed(5)
    modules = [torch.nn.Linear(3, 4), torch.nn.PReLU(4, 0.1), torch.nn.Linear(4, 2)]
    expected = [weight.detach().numpy() for module in modules for weight in module.parameters()]
    found = initial_weights(spec_of(start={"seed": 5}))
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs, strict=True)


def test_a_seek_replays_a_toy_bit_for_bit() -> None:
    run = Lockstep(spec_of(), budget=10_000_000)
    run.advance(20)
    after = [weight.copy() for lane in run.lanes for weight in lane.lane.weights()]
    run.seek(7)
    run.advance(13)
    again = [weight for lane in run.lanes for weight in lane.lane.weights()]
    for one, other in zip(after, again, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("network", "words"),
    [
        ({"kind": "PRelu"}, "network.layers[0].kind is not one of Linear, LayerNorm, RMSNorm, "),
        ({"kind": "PReLU", "params": {"init": "steep"}}, "network.layers[0].params.init"),
        ({"kind": "PReLU", "params": {"slope": 1.0}}, "network.layers[0].params.slope"),
        ({"kind": "PReLU", "units": 3}, "network.layers[0].units"),
        ({"kind": "Linear"}, "network.layers[0].units is missing"),
    ],
)
def test_what_a_kind_does_not_take_is_refused(network: dict[str, Any], words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        spec_of(layers=[network, layer(2, "identity")])
    assert words in str(caught.value)


def test_an_experiment_with_toys_is_written_and_read_again() -> None:
    spec = spec_of()
    written = json.loads(spec.to_json())
    assert written["network"]["layers"][0] == {"units": 4, "activation": "tanhshrink", "bias": True}
    assert written["network"]["layers"][1] == {"kind": "PReLU", "params": {"init": 0.1}, "activation": "tanh"}
    assert check(written) == spec


# --- debugger ------------------------------------------------------------------------------------


def traced(step: int = 3) -> tuple[Debugger, Any]:
    run = Lockstep(spec_of(), budget=10_000_000)
    run.advance(step)
    debugger = Debugger(run)
    return debugger, debugger.trace(TraceStep(0, 0, step))


def test_a_step_is_recorded_line_by_line_through_every_toy() -> None:
    _, told = traced()
    assert {*FILES} - {"schedules/halving.py"} <= {source.file for source in told.sources}
    names = [stage.name for stage in told.stages]
    assert names[:5] == ["schedule", "layer1.forward", "layer1.activation", "layer2.forward", "layer2.activation"]
    assert names[-3:] == ["layer1.update", "layer2.update", "layer3.update"]
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}


def test_a_toys_lines_are_formulas() -> None:
    _, told = traced()
    formulas = {line.formula for line in told.lines}
    assert (
        r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial z} \odot \frac{\partial z}{\partial x}" in formulas
    )
    assert any(formula.startswith("a = z - \\tanh") for formula in formulas), formulas


@pytest.mark.parametrize(("weight", "index"), [("layer2.weight", (1,)), ("layer1.weight", (1, 2))])
def test_the_chain_rule_of_a_weight_adds_up_to_its_gradient(weight: str, index: tuple[int, ...]) -> None:
    debugger, told = traced()
    found = debugger.explain(Explain(0, 0, 3, len(told.lines), weight, index))
    assert len(found.rows) == found.row_count
    for side in ("diy", "torch"):
        products = [getattr(row.product, side) for row in found.rows]
        np.testing.assert_allclose(sum(products), getattr(found.grad, side), rtol=1e-5)
    assert any(row.dz_dw.diy == 0 for row in found.rows) or weight == "layer1.weight"


def test_parts_of_a_change_stand_in_the_optimizers_own_file() -> None:
    debugger, told = traced()
    found = debugger.explain(Explain(0, 0, 3, len(told.lines), "layer2.weight", (1,)))
    assert [part.kind for part in found.parts][:2] == ["gradient", "momentum"]


# --- commands, surface, sweep --------------------------------------------------------------------


def test_the_command_trains_toys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "toys.json"
    file.write_text(spec_of().to_json(), encoding="utf-8")
    assert main(["run", str(file), "--steps", "20", "--out", str(tmp_path / "out")]) == 0
    assert "lockstep" in capsys.readouterr().out
    with np.load(tmp_path / "out" / "weights.npz") as weights:
        assert any(name.endswith("layer2.weight") for name in weights)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_surface_of_toys_is_the_textbooks(dtype: str) -> None:
    run = Lockstep(spec_of(dtype))
    assert_is_the_textbooks(run, surface_of(run))


def test_a_sweep_of_toys_ends_where_single_runs_end() -> None:
    spec, wanted = spec_of("float64"), plan(rates(0.001, 0.01, 0.02))
    assert_as_alone(spec, wanted, end_of(spec, wanted))
