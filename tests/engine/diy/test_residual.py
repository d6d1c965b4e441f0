"""Residuals beside torch's ``x + f(x)``: names, draws, both passes, mistakes, time travel, and what is refused."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from engine.explain.tex import number
from engine.protocol import Explain, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.spec import ExperimentError, ExperimentSpec, check, layers_in, shapes_of
from engine.trace import Trace, event_of
from engine.trace.locate import file_of
from tests.drawing import examples
from tests.engine.diy.test_random_kinds import kept
from tests.engine.experiments import assert_same, layer, optimizer, random_data, tensors_of
from tests.engine.surface.test_surface import assert_is_the_textbooks, surface_of
from tests.engine.sweep.test_sweep import assert_as_alone, end_of, plan, rates
from tests.products import covering, each_with
from tests.trial.swapping import exchanged, planted

Raw = dict[str, Any]
RESIDUAL = "layers/residual.py"


def residual(*layers: Raw) -> Raw:
    return {"kind": "Residual", "layers": list(layers)}


NET = [
    layer(5),
    residual(
        {"kind": "LayerNorm"},
        layer(7, "relu"),
        residual(layer(7, "tanh"), {"kind": "Dropout", "params": {"p": 0.25}}),
        {"kind": "BatchNorm1d"},
        layer(5, "identity"),
    ),
    layer(2, "identity"),
]
PLAIN = [layer(5), residual({"kind": "RMSNorm"}, layer(6, "tanh"), layer(5, "sigmoid")), layer(2, "identity")]


def net(dtype: str = "float64", entry: Raw | None = None, **more: Any) -> ExperimentSpec:
    return check(
        {
            "schema": 1,
            "data": random_data(3, 2, 9, "mse", 0),
            "network": {"layers": more.pop("layers", NET), "loss": "mse"},
            "dtype": dtype,
            "optimizers": [entry or optimizer("Adam", lr=0.01)],
            "batch": {"size": 3, "shuffle": True},
            **more,
        }
    )


# --- names and draws -------------------------------------------------------------------------------


def test_weights_and_layers_are_named_as_torch_has_them() -> None:
    spec = net()
    order = ["layer1", "layer2.1", "layer2.2", "layer2.3.1", "layer2.3.2", "layer2.3", "layer2.4", "layer2.5"]
    assert [one.name for one in layers_in(spec)] == [*order, "layer2", "layer3"]
    inside = [name for name in shapes_of(spec) if name.startswith("layer2.")]
    assert inside[:4] == ["layer2.1.weight", "layer2.1.bias", "layer2.2.weight", "layer2.2.bias"]
    assert inside[4:] == [f"layer2.{place}.{name}" for place in ("3.1", "4", "5") for name in ("weight", "bias")]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_seed_draws_modules_in_the_files_order_and_inits_afterwards(dtype: str) -> None:
    drawn = {"init": {"name": "xavier_uniform_", "params": {}}}
    layers = [layer(5), residual(layer(6) | drawn, {"kind": "LayerNorm"}, layer(5)), layer(2, "identity") | drawn]
    run = Lockstep(net(dtype, layers=layers, start={"seed": 7}))
    torch.manual_seed(7)
    kind = getattr(torch, dtype)
    sizes = [(3, 5), (5, 6), (6, 5), (5, 2)]
    made = [nn.Linear(*size, dtype=kind) for size in sizes]
    nn.init.xavier_uniform_(made[1].weight)
    nn.init.xavier_uniform_(made[3].weight)
    wanted = [weight.detach().numpy() for one in made for weight in one.parameters()]
    for lane in run.lanes:
        found = dict(zip(run.names, lane.lane.weights(), strict=True))
        dense = [value for name, value in found.items() if not name.startswith("layer2.2.")]
        for one, other in zip(dense, wanted, strict=True):
            np.testing.assert_array_equal(one, other, strict=True)


# --- beside torch ----------------------------------------------------------------------------------


class OwnNet(nn.Module):
    """The network as a person writes it in torch."""

    def __init__(self) -> None:
        super().__init__()
        self.below, self.above = nn.Linear(3, 5), nn.Linear(5, 2)
        self.inside = nn.Sequential(nn.RMSNorm(5), nn.Linear(5, 6), nn.Tanh(), nn.Linear(6, 5), nn.Sigmoid())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.tanh(self.below(x))
        return self.above(x + self.inside(x))


def test_a_step_is_that_of_a_network_written_in_torch() -> None:
    run = Lockstep(net(layers=PLAIN, entry=optimizer("SGD", lr=0.1), batch={}))
    own = OwnNet().double()
    names = ["layer1.weight", "layer1.bias", *(f"layer2.{n}" for n in ("1.weight", "2.weight", "2.bias", "3.weight"))]
    names += ["layer2.3.bias", "layer3.weight", "layer3.bias"]
    assert [*run.names] == names
    weights = dict(zip(run.names, run.start, strict=True))
    mine = [own.below, *(m for m in own.inside if any(True for _ in m.parameters())), own.above]
    with torch.no_grad():
        for value, parameter in zip(weights.values(), [p for m in mine for p in m.parameters()], strict=True):
            parameter.copy_(torch.tensor(value))
    assert run.spec.data is not None
    x, y = map(torch.tensor, run.spec.data.arrays("float64"))
    nn.functional.mse_loss(own(x), y).backward()
    run.advance(1)
    for lane in (0, 1):
        found = tensors_of(run, lane)
        for name, parameter in zip(run.names, [p for m in mine for p in m.parameters()], strict=True):
            np.testing.assert_allclose(found[f"{name}.grad"], parameter.grad.numpy(), rtol=1e-10, atol=1e-14)


activations = st.sampled_from(["identity", "tanh", "relu", "sigmoid", "softmax", "gelu"])
norms = st.sampled_from(["LayerNorm", "RMSNorm", "BatchNorm1d", "Dropout"]).flatmap(
    lambda kind: st.builds(lambda f: {"kind": kind, "activation": f}, activations)
)


def insides(width: int, depth: int) -> st.SearchStrategy[list[Raw]]:
    """Layers that make as many numbers of a row as they are given."""
    wide = st.builds(
        lambda units, f, g: [layer(units, f), layer(width, g)], st.integers(1, 6), activations, activations
    )
    one = st.one_of(norms.map(lambda kind: [kind]), wide)
    if depth:
        one |= insides(width, depth - 1).map(lambda inside: [residual(*inside)])
    return st.lists(one, min_size=1, max_size=3).map(lambda parts: [single for part in parts for single in part])


@st.composite
def networks(draw: st.DrawFn) -> list[Raw]:
    width, layers = draw(st.integers(1, 5)), list[Raw]()
    if draw(st.booleans()):
        layers.append(residual(*draw(insides(3, 1))))  # of the inputs themselves
    layers.append(layer(width, draw(activations)))
    layers += [residual(*inside) for inside in draw(st.lists(insides(width, 2), min_size=1, max_size=2))]
    return [*layers, layer(2, "identity")]


@examples(5, deadline=None)
@given(networks(), st.sampled_from(["float32", "float64"]), st.sampled_from(["SGD", "AdamW", "Rprop"]))
def test_any_residuals_are_rounding_and_travel_in_time(layers: list[Raw], dtype: str, name: str) -> None:
    run = Lockstep(net(dtype, optimizer(name), layers=layers), budget=10_000_000)
    run.advance(8)
    run.judge_newest()
    (pair,) = run.parity()
    assert pair.verdict in ("lockstep", "not_finite"), pair
    after = [kept(run, lane) for lane in (0, 1)]
    run.seek(3)
    run.replay(5)
    for lane in (0, 1):
        assert_same(kept(run, lane), after[lane])


@pytest.mark.parametrize(
    ("layers", "dtype"),
    covering([NET, [residual(layer(3)), layer(2)], [layer(2), residual(layer(2))]], ["float32", "float64"], strength=1),
)
def test_every_value_of_a_recorded_step_has_torchs_beside_it(layers: list[Raw], dtype: str) -> None:
    run = Lockstep(net(dtype, layers=layers), budget=10_000_000)
    run.advance(4)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 3))
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}
    trace = debugger.trace_of(0, 3)
    assert isinstance(trace, Trace)
    assert trace.twin is not None
    assert set(trace.recorded) == set(trace.twin.recorded)
    for name in trace.recorded:
        tolerance = 1e-9 if dtype == "float64" else 1e-4
        np.testing.assert_allclose(trace.diy[name], trace.twin.recorded[name], rtol=tolerance, atol=tolerance)


def test_lbfgs_trains_a_residual() -> None:
    run = Lockstep(net(entry=optimizer("LBFGS"), layers=PLAIN, batch={}), budget=10_000_000)
    run.advance(4)
    assert run.parity()[0].verdict == "lockstep"


def test_the_stages_are_those_inside_and_then_the_sum() -> None:
    run = Lockstep(net(layers=PLAIN), budget=10_000_000, judge_at_once=False)
    run.advance(1)
    names = [stage.name for stage in Debugger(run).trace(TraceStep(0, 0, 1)).stages]
    forward = [name.removesuffix(".forward") for name in names if name.endswith(".forward")]
    assert forward == ["layer1", "layer2.1", "layer2.2", "layer2.3", "layer2", "layer3"]
    back = [name.removesuffix(".backward") for name in names if name.endswith(".backward")]
    assert back == ["layer3", "layer2", "layer2.3", "layer2.2", "layer2.1", "layer2", "layer1"]
    updated = [name.removesuffix(".update") for name in names if name.endswith(".update")]
    assert updated == ["layer1", "layer2.1", "layer2.2", "layer2.3", "layer3"]


def test_a_pattern_finds_weights_inside() -> None:
    entry = optimizer("SGD", lr=0.1) | {"groups": [{"match": "layer2.*.bias", "params": {"lr": 0.0}}]}
    run = Lockstep(net(layers=PLAIN, entry=entry), budget=10_000_000)
    before = dict(zip(run.names, [weight.copy() for weight in run.start], strict=True))
    run.advance(3)
    assert run.parity()[0].verdict == "lockstep"
    for name, value in zip(run.names, run.lanes[0].lane.weights(), strict=True):
        assert np.array_equal(value, before[name]) == (name in ("layer2.2.bias", "layer2.3.bias"))


def test_a_fork_goes_on_from_masks_and_averages_inside() -> None:
    run = Lockstep(net(), budget=10_000_000, judge_at_once=False)
    run.advance(12)
    whole = [kept(run, lane) for lane in (0, 1)]
    run.seek(5)
    run.set_params(0, {"lr": 0.01})
    run.advance(7)
    for lane in (0, 1):
        assert_same(kept(run, lane), whole[lane])


def test_a_sweep_and_a_surface_are_the_textbooks() -> None:
    spec, wanted = net(layers=PLAIN), plan(rates(0.001, 0.01))
    assert_as_alone(spec, wanted, end_of(spec, wanted))
    run = Lockstep(spec)
    assert_is_the_textbooks(run, surface_of(run))


# --- in the debugger -------------------------------------------------------------------------------


@pytest.mark.parametrize(("weight", "index"), [("layer1.weight", (3, 1)), ("layer1.bias", (2,))])
def test_two_paths_add_up_for_a_number_that_a_residual_is_given(weight: str, index: tuple[int, ...]) -> None:
    run = Lockstep(net(layers=PLAIN), budget=10_000_000, judge_at_once=False)
    run.advance(3)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 2))
    found = debugger.explain(Explain(0, 0, 2, len(told.lines), weight, index, row=1)).paths
    assert found is not None
    assert (found.layer, [path.kind for path in found.parts]) == ("layer2", ["through_skip", "through_inside"])
    assert found.index == (1, index[0])
    for side in ("diy", "torch"):
        total = sum(getattr(path.value, side) for path in found.parts)
        np.testing.assert_allclose(total, getattr(found.total, side), rtol=1e-12)


@pytest.mark.parametrize("weight", ["layer1.weight", "layer2.1.weight", "layer2.2.weight", "layer2.3.bias"])
def test_the_chain_rule_of_a_weight_adds_up_to_its_gradient(weight: str) -> None:
    run = Lockstep(net(layers=PLAIN), budget=10_000_000, judge_at_once=False)
    run.advance(3)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 3))
    index = (1, 2) if weight in ("layer1.weight", "layer2.2.weight") else (1,)
    found = debugger.explain(Explain(0, 0, 3, len(told.lines), weight, index, row=1))
    for side in ("diy", "torch"):
        products = [getattr(row.product, side) for row in found.rows]
        np.testing.assert_allclose(sum(products), getattr(found.grad, side), rtol=1e-9)


def test_every_line_can_be_asked_for_the_numbers_of_a_weight_inside() -> None:
    run = Lockstep(net(layers=PLAIN), budget=10_000_000, judge_at_once=False)
    run.advance(2)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 2))
    sums = [event for event, line in enumerate(told.lines) if line.formula.startswith("z = x + ")]
    assert len(sums) == 1
    for event in range(len(told.lines)):
        debugger.explain(Explain(0, 0, 2, event, "layer2.2.weight", (4, 3), row=2))
    numbers = debugger.explain(Explain(0, 0, 2, sums[0], "layer1.weight", (4, 1), row=2)).numbers
    trace = debugger.trace_of(0, 2)
    assert isinstance(trace, Trace)
    for text, side in zip(numbers, (trace.diy, trace.torch), strict=True):
        assert side is not None
        assert text.endswith(f"= {number(side['layer2.z'][2, 4], 4).text}")


# --- mistakes --------------------------------------------------------------------------------------

MISTAKES = [
    ("dL_dx = through_skip + through_inside", "dL_dx = through_inside", "layer1.dL_da"),
    ("dL_dx = through_skip + through_inside", "dL_dx = through_skip + through_skip + through_inside", "layer1.dL_da"),
    ("dL_dx = through_skip + through_inside", "dL_dx = through_skip", "layer1.dL_da"),
    ("through_skip = dL_dz", "through_skip = 2 * dL_dz", "layer2.backward.through_skip"),
    ("dL_da = dL_dz  # of", "dL_da = 0.5 * dL_dz  # of", "layer2.3.dL_da"),
]
FORWARD = "z = x + f_x\n    return z, Cache(caches, network.new_buffers(caches))"


@pytest.mark.parametrize(("right", "wrong", "tensor", "dtype"), each_with(MISTAKES, ["float32", "float64"]))
def test_a_mistake_on_the_way_back_is_found_with_its_stage_and_line(
    right: str, wrong: str, tensor: str, dtype: str
) -> None:
    assert_found(right, wrong, tensor, dtype, stage=f"{tensor.partition('.d')[0].partition('.b')[0]}.backward")


@pytest.mark.parametrize(("wrong", "dtype"), each_with(["x + x + f_x", "f_x", "x - f_x"], ["float32", "float64"]))
def test_a_mistake_in_the_sum_is_found_with_its_stage_and_line(wrong: str, dtype: str) -> None:
    assert_found(FORWARD, FORWARD.replace("x + f_x", wrong), "layer2.z", dtype, stage="layer2.forward")


def assert_found(right: str, wrong: str, tensor: str, dtype: str, stage: str) -> None:
    with exchanged([planted(RESIDUAL, right, wrong)]):
        run = Lockstep(net(dtype, layers=PLAIN), budget=10_000_000)
        run.advance(4)
        found = run.parity()[0].mismatch
        trace = Debugger(run).trace_of(0, 2)
    assert isinstance(trace, Trace)
    assert found is not None
    assert (found.stage, found.tensor) == (stage, tensor)
    event = event_of(trace, tensor)
    assert event is not None
    assert file_of(trace, event) == RESIDUAL
    assert trace.stage_of(event) == stage


def test_layers_inside_taken_in_the_wrong_order_are_found() -> None:
    right = "zip(reversed(hyper.layers), reversed(cache.caches), strict=True)"
    layers = [layer(5), residual(layer(5, "tanh"), layer(5, "sigmoid")), layer(2, "identity")]
    with exchanged([planted(RESIDUAL, right, right.replace("reversed(", "tuple("))]):
        run = Lockstep(net(layers=layers), budget=10_000_000)
        run.advance(2)
        found = run.parity()[0].mismatch
    assert found is not None
    assert found.stage in ("layer2.1.backward", "layer2.2.backward")


# --- what is refused -------------------------------------------------------------------------------


def refused(layers: Sequence[Raw], **more: Any) -> str:
    with pytest.raises(ExperimentError) as caught:
        net(layers=list(layers), **more)
    return str(caught.value)


def bomb(depth: int) -> Raw:
    return layer(3) if depth == 0 else residual(bomb(depth - 1))


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (
            [layer(4), layer(6)],
            "layers[1].layers[1].units makes rows of 6 where the residual adds its input, rows of 5",
        ),
        ([layer(4), {"kind": "LayerNorm"}], "set the units of layer 2.1 to 5"),
        ([residual(layer(7)), layer(5)], "network.layers[1].layers[0].layers[0].units makes rows of 7"),
        ([], "network.layers[1].layers needs at least one entry"),
        ([{"units": 0}], "network.layers[1].layers[0].units must be ≥ 1, not 0"),
        ([{"kind": "Dropout", "params": {"p": 2}}], "network.layers[1].layers[0].params.p must be"),
        ([{"kind": "LayerNrom"}], "network.layers[1].layers[0].kind is not one of"),
        ([layer(5, "tahn")], "did you mean tanh?"),
        ([layer(5) | {"init": {"name": "xavier_uniform_", "params": {"gain": -1}}}], "layers[0].init.params.gain must"),
        ([{"kind": "Dropout", "init": {"name": "zeros_", "params": {}}}], "layers[0].init has no place here"),
        ([bomb(9)], "are nested too deeply"),
        ([bomb(900)], "are nested too deeply"),
        ([layer(5)] * 300, "network.layers has too many entries"),
    ],
)
def test_what_cannot_be_inside_is_refused_by_its_place(inside: list[Raw], words: str) -> None:
    assert words in refused([layer(5), residual(*inside), layer(2)])


@pytest.mark.parametrize("field", ["activation", "params", "init", "units", "bias"])
def test_a_residual_has_nothing_of_its_own(field: str) -> None:
    told = refused([layer(5), residual(layer(5)) | {field: "relu"}, layer(2)])
    assert f"network.layers[1].{field} has no place here: a residual adds" in told


def test_a_wide_bomb_is_counted_not_read() -> None:
    told = refused([layer(5), residual(*[residual(*[residual(*[layer(5)] * 60)] * 60)] * 60), layer(2)])
    assert told.count("\n") == 0
    assert "has too many entries" in told


def test_batches_too_small_for_a_norm_inside_are_refused() -> None:
    told = refused([layer(5), residual({"kind": "BatchNorm1d"}), layer(2)], batch={"size": 1})
    assert "layer 2.1, BatchNorm1d, needs batches of 2 rows or more" in told
    told = refused(NET, entry=optimizer("LBFGS"), batch={})
    assert "cannot train layer 2.3.2, Dropout" in told


def test_own_code_inside_is_refused_in_words() -> None:
    code = {"own.py": {"text": "def relu(z): return z"}}
    inside = residual(layer(5) | {"code": "own.py"}, layer(5, {"name": "relu", "code": "own.py"}))
    told = refused([layer(5), inside, layer(2)], code=code)
    assert "network.layers[1].layers[0].code has no place here: own code cannot stand inside a residual yet" in told
    assert "network.layers[1].layers[1].activation.code has no place here" in told


def test_a_file_written_is_the_file_read() -> None:
    spec = net()
    again = check(spec.model_dump(mode="json", by_alias=True))
    assert again == spec
    assert again.model_dump(mode="json", by_alias=True)["network"]["layers"][1]["layers"][2]["kind"] == "Residual"
