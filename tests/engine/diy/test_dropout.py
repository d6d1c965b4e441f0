"""Dropout: torch's own masks for a seed and a step on both sides, which a replay draws again; none in evaluation."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.backends import masks_of
from engine.protocol import RandomPlane, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.spec import ExperimentError, ExperimentSpec, check
from engine.trace import Trace, event_of
from engine.trace.locate import file_of
from engine.twin.masks import GivenDropout
from tests.drawing import examples
from tests.engine.experiments import assert_same, experiment, layer, optimizer, tensors_of
from tests.engine.surface.test_surface import surface_of
from tests.engine.sweep.test_sweep import end_of, plan, rates
from tests.products import covering, each_with
from tests.trial.swapping import exchanged, planted

FILE = "layers/dropout.py"
NET = [
    layer(6),
    {"kind": "Dropout", "params": {"p": 0.3}},
    layer(5),
    {"kind": "Dropout", "activation": "tanh"},
    layer(2, "identity"),
]


def net(dtype: str = "float64", *entries: dict[str, Any], **more: Any) -> ExperimentSpec:
    return experiment(
        more.pop("layers", NET),
        inputs=3,
        rows=9,
        dtype=dtype,
        optimizers=entries or [optimizer("Adam", lr=0.01)],
        batch={"size": 4, "shuffle": True, "seed": 11},
        **more,
    )


@examples(40)
@given(
    st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), st.sampled_from(["float32", "float64"]), st.integers(0, 2**32 - 1),
    st.integers(1, 7), st.integers(1, 30),
)  # fmt: skip
def test_with_a_given_mask_it_is_torchs_module_to_the_bit(
    p: float, dtype: str, seed: int, rows: int, units: int
) -> None:
    """What both sides are given is what ``torch.nn.Dropout`` draws after ``torch.manual_seed(seed + step)``."""
    layers = [layer(units), {"kind": "Dropout", "params": {"p": p}}, layer(2)]
    spec = experiment(layers, inputs=2, rows=rows, dtype=dtype, batch={"size": None, "seed": seed})
    draw = masks_of(spec)
    assert draw is not None
    mask = draw(5, rows)["layer2.mask"]
    x = torch.randn(rows, units, dtype=getattr(torch, dtype), generator=torch.Generator().manual_seed(1))
    module, given_to = torch.nn.Dropout(p), GivenDropout(p)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed + 5)
        expected = module(x)
    given_to.mask = torch.from_numpy(mask)
    assert torch.equal(given_to(x), expected)
    assert torch.equal(given_to.eval()(x), module.eval()(x))


def test_masks_are_the_same_in_every_precision_and_other_ones_in_every_step() -> None:
    single, double = masks_of(net("float32")), masks_of(net("float64"))
    assert single is not None
    assert double is not None
    for name, mask in single(3, 4).items():
        np.testing.assert_array_equal(mask, double(3, 4)[name])
        assert not np.array_equal(mask, single(4, 4)[name])


@pytest.mark.parametrize(("name", "dtype"), covering(["SGD", "Adam", "Rprop"], ["float32", "float64"], strength=1))
def test_it_trains_in_lockstep(dtype: str, name: str) -> None:
    run = Lockstep(net(dtype, optimizer(name)))
    run.advance(30)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep", pair
    ours, theirs = run.training_losses()
    assert ours == pytest.approx(theirs, rel=1e-4 if dtype == "float32" else 1e-9)


@pytest.mark.parametrize("p", [0.0, 1.0])
@pytest.mark.parametrize("first", [True, False])
def test_none_and_all_are_dropped(p: float, first: bool) -> None:
    dropping = {"kind": "Dropout", "params": {"p": p}}
    run = Lockstep(net(layers=[dropping, layer(2)] if first else [layer(3), dropping, layer(2)]), budget=10_000_000)
    run.advance(6)
    assert run.parity()[0].verdict == "lockstep"
    told = Debugger(run).trace(TraceStep(0, 0, 2))
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_time_travel_draws_the_same_masks_again(dtype: str) -> None:
    run = Lockstep(net(dtype), budget=10_000_000, judge_at_once=False)
    run.advance(9)
    early = [tensors_of(run, lane) for lane in (0, 1)]
    run.advance(17)
    late = [tensors_of(run, lane) for lane in (0, 1)]
    run.seek(9)
    for lane in (0, 1):
        assert_same(tensors_of(run, lane), early[lane])
    run.replay(17)
    for lane in (0, 1):
        assert_same(tensors_of(run, lane), late[lane])


def test_a_recorded_step_has_the_masks_of_its_step_on_both_sides() -> None:
    spec = net()
    run = Lockstep(spec, budget=10_000_000, judge_at_once=False)
    run.advance(7)
    for step in (2, 8):  # one that was taken, and the one to come
        trace = Debugger(run).trace_of(0, step)
        assert isinstance(trace, Trace)
        assert trace.torch is not None
        drawn = masks_of(spec)(step, len(trace.rows))
        for name in ("layer2.mask", "layer4.mask"):
            np.testing.assert_array_equal(trace.diy[name], drawn[name])
            np.testing.assert_array_equal(trace.torch[name], drawn[name])


def test_what_is_evaluated_drops_nothing() -> None:
    run = Lockstep(net(), judge_at_once=False)
    run.advance(5)
    weights = {name: torch.from_numpy(np.array(value)) for name, value in tensors_of(run, 0).items()}
    x, y = (torch.from_numpy(np.array(values)) for values in run.spec.data.arrays("float64"))
    a = torch.tanh(x @ weights["layer1.weight"].T + weights["layer1.bias"])
    a = torch.tanh(torch.tanh(a @ weights["layer3.weight"].T + weights["layer3.bias"]))
    a = a @ weights["layer5.weight"].T + weights["layer5.bias"]
    expected = torch.nn.functional.mse_loss(a, y).item()
    assert run.training_losses() == pytest.approx([expected] * 2, rel=1e-9)
    part = surface_of(run, RandomPlane(), origin=0, extent=(-1.0, 1.0, -1.0, 1.0))
    assert part.values[5, 5] == pytest.approx(expected, rel=1e-9)


def test_a_sweep_ends_where_single_runs_end() -> None:
    wanted = plan(rates(0.001, 0.01))
    end = end_of(net(), wanted)
    for place, lr in enumerate((0.001, 0.01)):
        run = Lockstep(net("float64", optimizer("Adam", lr=lr)), judge_at_once=False)
        run.advance(wanted.steps)
        assert end.losses.ravel()[place] == pytest.approx(run.training_losses()[0], rel=1e-12)


@pytest.mark.parametrize(
    ("params", "entry", "words"),
    [
        ({"p": 1.5}, "SGD", "network.layers[0].params.p must be ≥ 0 and ≤ 1, not 1.5"),
        ({"p": None}, "SGD", "network.layers[0].params.p must be a number, not null"),
        ({"inplace": True}, "SGD", "network.layers[0].params.inplace is not one of p"),
        (
            {},
            "LBFGS",
            "optimizers[0].name cannot train layer 1, Dropout: LBFGS evaluates the loss several times a step",
        ),
    ],
)
def test_what_cannot_be_is_refused(params: dict[str, Any], entry: str, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        net("float64", optimizer(entry), layers=[{"kind": "Dropout", "params": params}, layer(2)])
    assert words in str(caught.value)


def test_a_network_without_a_weight_is_refused() -> None:
    x = [[1.0, 2.0], [3.0, 4.0]]
    raw = {"schema": 1, "data": {"x": x, "y": x}, "optimizers": [optimizer("SGD", lr=0.1)]}
    with pytest.raises(ExperimentError, match=r"network\.layers have no weight to train"):
        check(
            {
                **raw,
                "network": {
                    "layers": [{"kind": "Dropout"}, {"kind": "RMSNorm", "params": {"elementwise_affine": False}}]
                },
            }
        )


def test_it_is_written_as_it_was_read() -> None:
    spec = net()
    assert check(json.loads(spec.to_json())) == spec


MISTAKES = [
    ("dL_dx = dL_dz * dz_dx", "dL_dx = dL_dz * (dz_dx > 0)", "layer3.backward", "layer3.dL_da"),
    ("dL_dx = dL_dz * dz_dx", "dL_dx = dL_dz + 0 * dz_dx", "layer3.backward", "layer3.dL_da"),
    ("dz_dx = mask / (1 - hyper.p)", "dz_dx = mask / hyper.p", "layer2.forward", "layer2.z"),
    ("dz_dx = mask / (1 - hyper.p)", "dz_dx = mask / 1", "layer2.forward", "layer2.z"),
    ("dz_dx = mask / (1 - hyper.p)", "dz_dx = (1 - mask) / (1 - hyper.p)", "layer2.forward", "layer2.z"),
    ("z = x * dz_dx", "z = x * dz_dx * dz_dx", "layer2.forward", "layer2.z"),
]


@pytest.mark.parametrize(("right", "wrong", "stage", "tensor", "dtype"), each_with(MISTAKES, ["float32", "float64"]))
def test_a_mistake_is_found_with_its_stage_and_its_line(
    right: str, wrong: str, stage: str, tensor: str, dtype: str
) -> None:
    with exchanged([planted(FILE, right, wrong)]):
        run = Lockstep(net(dtype), budget=10_000_000)
        run.advance(4)
        found = run.parity()[0].mismatch
        trace = Debugger(run).trace_of(0, 2)
    assert isinstance(trace, Trace)
    assert found is not None
    assert (found.stage, found.tensor) == (stage, tensor)
    event = event_of(trace, tensor)
    assert event is not None
    assert file_of(trace, event) == FILE
