"""What a lane promises on either backend: an ordinary run, saved and restored bit for bit, looked into unharmed."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.judge.footing import Footing
from engine.lane.batches import Batches
from engine.lane.functions import is_of_rows
from engine.lane.lane import Lane, Snapshot
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, activation_names
from tests.drawing import in_turn
from tests.engine.experiments import assert_same, experiment, layer, optimizer, tensors_of

OPTIMIZERS = [
    optimizer("SGD", lr=0.1),
    optimizer("SGD", lr=0.1, momentum=0.9, dampening=0.1),
    optimizer("SGD", lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    optimizer("Adam", lr=0.01),
    optimizer("Adam", lr=0.01, amsgrad=True),
    optimizer("AdamW", lr=0.01, maximize=True),
    optimizer("Adamax", lr=0.01),
    optimizer("NAdam", lr=0.01, weight_decay=0.01, decoupled_weight_decay=True),
    optimizer("RAdam", lr=0.01),
    optimizer("Adagrad", lr=0.1, initial_accumulator_value=0.1, lr_decay=0.1),
    optimizer("Adadelta"),
    optimizer("RMSprop", lr=0.01, momentum=0.9, centered=True),
    optimizer("Rprop", lr=0.01),
    optimizer("ASGD", lr=0.1, lambd=0.1, t0=2.0),
]
LAYERS = [layer(3, "tanh"), layer(3, "identity", bias=False), layer(2, "sigmoid")]
BOTH = ["diy", "torch"]


def spec_of(entry: dict[str, Any], dtype: str = "float32", loss: str = "mse") -> ExperimentSpec:
    return experiment(LAYERS, loss=loss, optimizers=[entry], dtype=dtype, batch={"size": 3, "shuffle": True})


def lane_of(spec: ExperimentSpec, backend: str) -> Lane:
    return make_lane(spec, 0, backend, initial_weights(spec))


def walk(lane: Lane, spec: ExperimentSpec, first: int, steps: int) -> list[float]:
    batches = Batches(spec)
    return [float(lane.step(batches.rows(step))) for step in range(first, first + steps)]


def assert_alike(one: Lane, other: Lane, **tolerance: float) -> None:
    for part, twin in ((one.weights(), other.weights()), (one.gradients(), other.gradients())):
        assert_same(dict(enumerate(part)), dict(enumerate(twin)), **tolerance)
    for state, twin in zip(one.states(), other.states(), strict=True):
        assert {symbol: value is None for symbol, value in state.items()} == {s: v is None for s, v in twin.items()}
        there = {symbol: np.asarray(value) for symbol, value in state.items() if value is not None}
        assert_same(there, {symbol: np.asarray(twin[symbol]) for symbol in there}, **tolerance)


def test_torch_lane_is_a_plain_torch_loop() -> None:
    spec = experiment(LAYERS, rows=7, optimizers=[optimizer("Adam", lr=0.01)], dtype="float32", start={"seed": 3})
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 3, bias=False), nn.Linear(3, 2), nn.Sigmoid())
    x, y = torch.tensor(spec.data.x), torch.tensor(spec.data.y)
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for _ in range(10):
        adam.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        adam.step()
        losses.append(loss.item())

    lane = lane_of(spec, "torch")

    assert walk(lane, spec, 1, 10) == losses
    for ours, torchs in zip(lane.weights(), model.parameters(), strict=True):
        np.testing.assert_array_equal(ours, torchs.detach().numpy(), strict=True)


@pytest.mark.parametrize(("backend", "entry", "taken"), in_turn(product(BOTH, OPTIMIZERS), [0, 5]), ids=str)
def test_restored_lane_continues_bit_for_bit(backend: str, entry: dict[str, Any], taken: int) -> None:
    spec = spec_of(entry)
    lane = lane_of(spec, backend)
    walk(lane, spec, 1, taken)
    snapshot = lane.snapshot()
    losses = walk(lane, spec, taken + 1, 6)  # must not reach into the snapshot
    fresh = lane_of(spec, backend)

    for restored in (fresh, lane):
        straight = lane_of(spec, backend)
        walk(straight, spec, 1, taken + 6)
        restored.restore(snapshot)
        assert walk(restored, spec, taken + 1, 6) == losses
        assert_alike(restored, straight)


@pytest.mark.parametrize(
    ("source", "target", "entry", "taken"),
    in_turn([(*way, entry) for way in (BOTH, BOTH[::-1]) for entry in OPTIMIZERS], [0, 5]),
    ids=str,
)
def test_one_backend_continues_from_the_others_snapshot(
    source: str, target: str, entry: dict[str, Any], taken: int
) -> None:
    spec = spec_of(entry, "float64")
    lane, other = lane_of(spec, source), lane_of(spec, target)
    walk(lane, spec, 1, taken)
    other.restore(lane.snapshot())
    np.testing.assert_allclose(walk(lane, spec, taken + 1, 6), walk(other, spec, taken + 1, 6), rtol=1e-11)
    assert_alike(lane, other, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("entry", OPTIMIZERS, ids=str)
@pytest.mark.parametrize("backend", BOTH)
def test_recorded_step_is_the_step_bit_for_bit(backend: str, entry: dict[str, Any]) -> None:
    spec = spec_of(entry)
    plain, recorded = lane_of(spec, backend), lane_of(spec, backend)
    batches = Batches(spec)
    for step in range(1, 6):
        loss = plain.step(batches.rows(step))
        named = recorded.recorded_step(batches.rows(step))
        assert named["loss"] == np.asarray(loss, spec.dtype)
        assert_alike(plain, recorded)


@pytest.mark.parametrize(("entry", "loss"), in_turn(OPTIMIZERS, ["mse", "bce", "cross_entropy"]), ids=str)
def test_recorded_names_and_values_match_between_backends(entry: dict[str, Any], loss: str) -> None:
    spec = spec_of(entry, "float64", loss)
    diy, twin = lane_of(spec, "diy"), lane_of(spec, "torch")
    for step in range(1, 4):
        rows = Batches(spec).rows(step)
        ours, torchs = diy.recorded_step(rows), twin.recorded_step(rows)
        assert list(ours) == list(torchs)
        assert_same(ours, torchs, rtol=1e-10, atol=1e-13)
    assert list(ours)[:4] == ["layer1.z", "layer1.a", "layer2.z", "layer2.a"]
    assert list(ours)[6:10] == ["loss", "layer3.dL_da", "layer3.da_dz", "layer3.dL_dz"]
    assert list(ours)[10:12] == ["layer3.weight.grad", "layer3.bias.grad"]
    assert list(ours)[-1] == "layer3.bias"


@pytest.mark.parametrize("activation", activation_names())
def test_an_activations_slope_is_torchs_own(activation: str) -> None:
    """By autograd, and without leaving anything in the gradients."""
    spec = experiment([layer(3, activation), layer(2, activation)], optimizers=[optimizer("SGD")])
    ours, torchs = (lane_of(spec, backend).recorded_step(None) for backend in BOTH)
    assert_same(ours, torchs, rtol=1e-10, atol=1e-13)
    if is_of_rows(activation):
        assert "layer1.da_dz" not in {**ours, **torchs}, "it is a matrix for each row"
        return
    product = torchs["layer1.dL_da"] * torchs["layer1.da_dz"]
    np.testing.assert_allclose(torchs["layer1.dL_dz"], product, rtol=1e-12)


@pytest.mark.parametrize("backend", BOTH)
def test_hyperparameters_are_told_as_numbers(backend: str) -> None:
    lane = lane_of(spec_of(optimizer("Adam", lr=0.5, amsgrad=True)), backend)
    expected = {"lr": 0.5, "betas[0]": 0.9, "betas[1]": 0.999, "eps": 1e-8, "weight_decay": 0.0}
    assert lane.hyperparameters() == expected
    lane.set_params({"lr": 0.25})
    assert lane.hyperparameters() == expected | {"lr": 0.25}


@pytest.mark.parametrize("backend", BOTH)
def test_a_batch_is_the_rows_asked_for(backend: str) -> None:
    spec = spec_of(optimizer("SGD"))
    rows = np.array([4, 0])
    x, y = lane_of(spec, backend).batch(rows)
    np.testing.assert_array_equal(x, np.array(spec.data.x, spec.dtype)[rows], strict=True)
    np.testing.assert_array_equal(y, np.array(spec.data.y, spec.dtype)[rows], strict=True)


def test_recorded_arrays_outlive_later_steps() -> None:
    spec = spec_of(optimizer("Adam"))
    for backend in BOTH:
        lane = lane_of(spec, backend)
        kept = lane.recorded_step(None)
        before = {name: value.copy() for name, value in kept.items()}
        walk(lane, spec, 2, 3)
        assert_same(kept, before)


@pytest.mark.parametrize("backend", BOTH)
def test_set_params_applies_from_the_next_step(backend: str) -> None:
    """Other hyperparameters midway equal a lane that was restored into them."""
    slow, fast = optimizer("SGD", lr=0.01, momentum=0.9), optimizer("SGD", lr=0.5, momentum=0.5)
    lane = lane_of(spec_of(slow), backend)
    walk(lane, spec_of(slow), 1, 4)
    other = lane_of(spec_of(fast), backend)
    other.restore(lane.snapshot())
    lane.set_params(fast["params"])
    assert walk(lane, spec_of(fast), 5, 4) == walk(other, spec_of(fast), 5, 4)


def test_lockstep_hands_changed_params_to_both_lanes_of_the_entry_alone() -> None:
    entries = [optimizer("SGD", lr=0.1), {**optimizer("SGD", lr=0.1), "label": "other"}]
    lockstep, untouched = (Lockstep(experiment(LAYERS, optimizers=entries)) for _ in range(2))
    for run in (lockstep, untouched):
        run.advance(3)
    lockstep.set_params(0, {"lr": 0.7})
    for run in (lockstep, untouched):
        run.advance(3)
    assert lockstep.spec.optimizers[0].params == {"lr": 0.7}
    assert_same(tensors_of(lockstep, 0), tensors_of(lockstep, 1), rtol=1e-10, atol=1e-13)
    assert not np.array_equal(lockstep.lanes[0].lane.weights()[0], untouched.lanes[0].lane.weights()[0])
    assert_same(tensors_of(lockstep, 2), tensors_of(untouched, 2))
    assert_same(tensors_of(lockstep, 3), tensors_of(untouched, 3))
    assert [pair.verdict for pair in lockstep.parity()] == ["lockstep", "lockstep"]


# --- where torch's lane stood some steps ago ----------------------------------------------------

REMEMBERED = [
    optimizer("SGD", lr=0.1) | {"schedule": {"name": "ExponentialLR", "params": {"gamma": 0.9}}},
    optimizer("Adam", lr=0.1)
    | {"schedule": {"name": "ReduceLROnPlateau", "params": {"factor": 0.5, "patience": 0, "threshold": 0.5}}},
    optimizer("LBFGS", lr=0.1, max_iter=3, history_size=4),
    optimizer("LBFGS", lr=0.1, max_iter=2) | {"schedule": {"name": "StepLR", "params": {"step_size": 2}}},
]


def as_told(snapshot: Snapshot) -> dict[str, Any]:
    """All that is in it, by name."""
    states = {f"{place}.{name}": value for place, own in enumerate(snapshot.states) for name, value in own.items()}
    scheduled = {f"schedule.{name}": value for name, value in (snapshot.schedule or {}).items()}
    weights = {f"weight{place}": value for place, value in enumerate(snapshot.weights)}
    return {name: np.asarray(value) for name, value in (states | scheduled | weights).items() if value is not None}


@pytest.mark.parametrize("entry", REMEMBERED, ids=lambda entry: f"{entry['name']}-{'schedule' in entry}")
def test_a_step_is_reached_again_from_where_torch_stood_before(entry: dict[str, Any]) -> None:
    """What LBFGS keeps of all weights, and where a schedule stands, included: the judge begins there."""
    spec = spec_of(entry)
    lane, batches = lane_of(spec, "torch"), Batches(spec)
    befores: list[Snapshot] = []
    for step in range(1, 71):
        befores.append(lane.snapshot())
        lane.step(batches.rows(step))
    for back in (1, 2, 3, 17, 64):
        step = 71 - back
        begin = max(step - back // 2 - 1, 0)
        footing = Footing(spec, 0, begin, {"torch": befores[begin]}, batches)
        assert_same(as_told(footing.before("torch", step)), as_told(befores[step - 1]), rtol=0, atol=0)
