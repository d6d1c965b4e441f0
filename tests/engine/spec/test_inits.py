"""First weights of a layer by ``torch.nn.init``: drawn by torch itself, bit for bit, and refused where it refuses."""

import copy
import warnings
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from engine.backends.start import initial_weights
from engine.protocol import REPORT_WORDS, StartSweep, SweepAxis, SweepPart, SweepPlan
from engine.report.settings import facts
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, ExperimentSpec, check, init_fields, init_names, load
from engine.sweep import sweep_job
from tests.drawing import examples
from tests.engine.experiments import experiment, layer, raw_article

AT = "network.layers[0].init"
INPUTS, UNITS = 5, (4, 3)


def initialized(name: str, units: int = 4, **params: Any) -> dict[str, Any]:
    return {**layer(units), "init": {"name": name, "params": params}}


def by_torch(spec: ExperimentSpec, seed: int) -> list[np.ndarray]:
    """What a person gets who makes the layers one after another, and then draws anew by hand."""
    assert spec.network is not None
    torch.manual_seed(seed)
    kind = getattr(torch, spec.dtype)
    sizes = [INPUTS, *UNITS]
    stack = [nn.Linear(one, other, dtype=kind) for one, other in zip(sizes, UNITS, strict=False)]
    for made, asked in zip(stack, spec.network.layers, strict=True):
        if asked.init is not None:
            getattr(nn.init, asked.init.name)(made.weight, **asked.init.params)
    return [weight.detach().numpy() for made in stack for weight in made.parameters()]


def of_two(dtype: str, seed: int, *inits: dict[str, Any] | None) -> ExperimentSpec:
    layers = [layer(units) | ({} if init is None else {"init": init}) for units, init in zip(UNITS, inits, strict=True)]
    return experiment(layers, inputs=INPUTS, dtype=dtype, start={"seed": seed})


def assert_as_torch_draws(spec: ExperimentSpec, seed: int) -> None:
    for ours, torchs in zip(initial_weights(spec), by_torch(spec, seed), strict=True):
        np.testing.assert_array_equal(ours, torchs, strict=True)


@st.composite
def inits(draw: st.DrawFn) -> dict[str, Any] | None:
    """Any function, or none, with any of its arguments given, within what the checks take."""
    name = draw(st.sampled_from((None, *init_names())))
    if name is None:
        return None
    params: dict[str, Any] = {}
    for field in init_fields(name):
        if field.required or draw(st.booleans()):
            low = -3.0 if field.about.low < 0 else 0.1
            numbers = st.floats(low, 3.0) | st.integers(1, 3)
            params[str(field.path[0])] = draw(st.sampled_from(field.about.choices) if field.about.choices else numbers)
    if "a" in params and name in ("uniform_", "trunc_normal_"):
        params["b"] = params["a"] + 2
    if name == "uniform_" and "b" in params:
        params.setdefault("a", params["b"] - 1)
    if name == "trunc_normal_":
        params = {key: value for key, value in params.items() if key in ("std", "mean")}
    return {"name": name, "params": params}


@pytest.mark.filterwarnings("ignore:mean is more than 2 std")
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@given(first=inits(), second=inits(), seed=st.integers(0, 2**32 - 1))
@examples(20)
def test_weights_are_torchs_bit_for_bit(dtype: str, first: Any, second: Any, seed: int) -> None:
    assert_as_torch_draws(of_two(dtype, seed, first, second), seed)


@pytest.mark.parametrize("name", init_names())
def test_defaults_are_torchs(name: str) -> None:
    params = {"val": 0.5} if name == "constant_" else {}
    assert_as_torch_draws(of_two("float32", 7, None, {"name": name, "params": params}), 7)


@pytest.mark.parametrize(
    "params",
    [{"a": 1, "b": 2}, {"mean": 3}, {"std": 0.01, "a": 0.02}, {"mean": -4, "std": 0.5}, {"a": 1, "b": 1}, {"b": 1e30}],
)
@pytest.mark.filterwarnings("ignore:mean is more than 2 std")
def test_a_normal_distribution_with_its_ends_cut_off_anywhere(params: dict[str, float]) -> None:
    assert_as_torch_draws(of_two("float32", 3, {"name": "trunc_normal_", "params": params}, None), 3)


def test_a_function_that_draws_in_another_order_gives_other_weights() -> None:
    """The order matters: the second layer's weights are drawn after all modules, not behind its own."""
    spec = of_two("float32", 3, {"name": "normal_", "params": {}}, {"name": "uniform_", "params": {}})
    torch.manual_seed(3)
    first = nn.Linear(INPUTS, UNITS[0])
    nn.init.normal_(first.weight)
    assert not np.array_equal(initial_weights(spec)[0], first.weight.detach().numpy())


def test_drawing_warns_of_nothing_and_leaves_the_generator_alone() -> None:
    spec = of_two("float32", 3, {"name": "trunc_normal_", "params": {"mean": -4, "std": 0.5}}, None)
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        initial_weights(spec)
    assert torch.equal(torch.rand(3), expected)


def test_both_sides_begin_there_and_stay_in_lockstep() -> None:
    spec = of_two("float64", 3, {"name": "orthogonal_", "params": {"gain": 2}}, {"name": "zeros_", "params": {}})
    run = Lockstep(spec)
    start = run.start[0]
    np.testing.assert_allclose(start @ start.T, 4 * np.eye(4), atol=1e-12)
    run.advance(20)
    one, other = (lane.lane.weights() for lane in run.lanes)
    for ours, torchs in zip(one, other, strict=True):
        np.testing.assert_allclose(ours, torchs, rtol=1e-10)


def test_a_sweep_over_seeds_draws_each() -> None:
    spec = of_two("float64", 3, {"name": "xavier_normal_", "params": {}}, None)
    plan = SweepPlan(0, (SweepAxis(("lr",), (0.01, 0.1), True),), (1, 2), 3)
    parts = [part for part in sweep_job(StartSweep(1, spec, plan)) if isinstance(part, SweepPart)]
    for place, seed in enumerate((1, 2)):
        one = Lockstep(of_two("float64", seed, {"name": "xavier_normal_", "params": {}}, None), judge_at_once=False)
        one.advance(3)
        np.testing.assert_allclose(parts[-1].losses[1, 0, place], one.lanes[0].lane.training_loss(), rtol=1e-12)


FAULTY: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "xavier_normal"}, f"{AT}.name", "did you mean xavier_normal_?"),
    ({"name": "eye_"}, f"{AT}.name", "is not one of xavier_uniform_"),
    ({}, f"{AT}.name", "is missing"),
    ("zeros_", AT, "must be an object"),  # type: ignore[list-item]
    ({"name": "zeros_", "params": {"val": 1}}, f"{AT}.params.val", "is not one of"),
    ({"name": "constant_"}, f"{AT}.params.val", "is missing"),
    ({"name": "constant_", "params": {"val": 1e300}}, f"{AT}.params.val", "must be ≥ -1e+30 and ≤ 1e+30"),
    ({"name": "normal_", "params": {"std": -1}}, f"{AT}.params.std", "must be ≥ 0"),
    ({"name": "normal_", "params": {"mean": True}}, f"{AT}.params.mean", "must be a number"),
    ({"name": "uniform_", "params": {"a": 2}}, f"{AT}.params.a", "must not be above b"),
    ({"name": "xavier_uniform_", "params": {"gain": -1}}, f"{AT}.params.gain", "must be ≥ 0"),
    ({"name": "kaiming_normal_", "params": {"mode": "fan"}}, f"{AT}.params.mode", "is not one of fan_in, fan_out"),
    ({"name": "kaiming_normal_", "params": {"nonlinearity": "gelu"}}, f"{AT}.params.nonlinearity", "is not one of"),
    ({"name": "trunc_normal_", "params": {"std": 0}}, f"{AT}.params.std", "must be > 0"),
    ({"name": "trunc_normal_", "params": {"a": 3}}, f"{AT}.params.a", "must not be above b"),
    ({"name": "trunc_normal_", "params": {"a": 300, "b": 1e5}}, f"{AT}.params.std", "torch would draw for ever"),
    ({"name": "trunc_normal_", "params": {"std": 1e-5, "a": 1}}, f"{AT}.params.std", "torch would draw for ever"),
    ({"name": "trunc_normal_", "params": {"std": 1e-300, "a": 1}}, f"{AT}.params.std", "torch would draw for ever"),
    ({"name": "zeros_", "gain": 1}, f"{AT}.gain", "is not a known field"),
]


def faults_of(raw: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ExperimentError) as caught:
        check(copy.deepcopy(raw))
    return {fault.where: fault.message for fault in caught.value.faults}


@pytest.mark.parametrize(("init", "where", "words"), FAULTY)
def test_a_fault_is_named_with_its_place(init: Any, where: str, words: str) -> None:
    raw = raw_article(network={"layers": [{"units": 4, "init": init}]})
    assert words in faults_of(raw).get(where, ""), faults_of(raw)


def test_given_weights_leave_nothing_to_draw() -> None:
    weights = {"layer1.weight": [[0.0] * 4] * 4, "layer1.bias": [0.0] * 4}
    raw = raw_article(network={"layers": [initialized("zeros_")]}, start={"weights": weights})
    assert "needs a seed" in faults_of(raw)[AT]


def test_the_file_has_it_only_where_it_is_given_and_the_report_says_it() -> None:
    spec = check(raw_article(network={"layers": [initialized("normal_", std=0.5), layer(4)]}))
    assert load(spec.to_json()) == spec
    assert spec.to_json().count('"init"') == 1
    assert "4 tanh (normal_, std 0.5) → 4 tanh" in dict(facts(spec, REPORT_WORDS)).values().__repr__()
