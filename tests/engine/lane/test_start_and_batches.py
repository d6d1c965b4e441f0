"""Where every lane starts and what it sees: torch's own seeded weights, and the same rows for all."""

import numpy as np
import pytest
import torch
from torch import nn

from engine.backends.start import initial_weights
from engine.lane.batches import Batches
from engine.run.lockstep import Lockstep
from tests.engine.experiments import experiment, layer, optimizer

LAYERS = [layer(5, "relu"), layer(4, "identity", bias=False), layer(2, "tanh")]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("seed", [0, 1, 12345, 2**32 - 1])
def test_seeded_weights_are_those_of_nn_linear_bit_for_bit(seed: int, dtype: str) -> None:
    torch.manual_seed(seed)
    kind = getattr(torch, dtype)
    stack = [nn.Linear(3, 5, dtype=kind), nn.Linear(5, 4, bias=False, dtype=kind), nn.Linear(4, 2, dtype=kind)]
    expected = [weight.detach().numpy() for one in stack for weight in one.parameters()]

    found = initial_weights(experiment(LAYERS, inputs=3, dtype=dtype, start={"seed": seed}))

    for ours, torchs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours, torchs, strict=True)


def test_drawing_weights_leaves_torchs_generator_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    initial_weights(experiment(LAYERS))
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_given_weights_are_taken_as_they_are(dtype: str) -> None:
    given = {"layer1.weight": [[0.1, -0.2]], "layer1.bias": [0.3]}
    found = initial_weights(experiment([layer(1)], dtype=dtype, start={"weights": given}))
    np.testing.assert_array_equal(found[0], np.array([[0.1, -0.2]], dtype), strict=True)
    np.testing.assert_array_equal(found[1], np.array([0.3], dtype), strict=True)


def test_all_lanes_start_from_equal_weights() -> None:
    entries = [optimizer("SGD"), optimizer("Adam"), {**optimizer("AdamW"), "backends": ["torch"]}]
    lockstep = Lockstep(experiment(LAYERS, optimizers=entries))
    assert [one.id for one in lockstep.lanes] == ["SGD/diy", "SGD/torch", "Adam/diy", "Adam/torch", "AdamW/torch"]
    for one in lockstep.lanes:
        for weight, start in zip(one.lane.weights(), lockstep.start, strict=True):
            np.testing.assert_array_equal(weight, start, strict=True)


def rows_seen(batches: Batches, step: int, count: int) -> list[int]:
    rows = batches.rows(step)
    return np.arange(count)[slice(None) if rows is None else rows].tolist()


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("size", [None, 1, 3, 7, 10, 99])
def test_every_epoch_sees_every_row_once_and_the_rest_is_a_step_of_its_own(size: int | None, shuffle: bool) -> None:
    count = 10
    batches = Batches(experiment([layer(1)], rows=count, batch={"size": size, "shuffle": shuffle, "seed": 4}))
    full = min(size or count, count)
    for epoch in range(3):
        steps = [rows_seen(batches, epoch * batches.per_epoch + n + 1, count) for n in range(batches.per_epoch)]
        assert sorted(row for rows in steps for row in rows) == list(range(count))
        assert [len(rows) for rows in steps[:-1]] == [full] * (batches.per_epoch - 1)
        assert len(steps[-1]) == (count % full or full)


def test_unshuffled_rows_come_in_order() -> None:
    batches = Batches(experiment([layer(1)], rows=5, batch={"size": 2}))
    assert [rows_seen(batches, step, 5) for step in range(1, 5)] == [[0, 1], [2, 3], [4], [0, 1]]


def test_epochs_are_shuffled_anew_by_the_seed_alone() -> None:
    def epochs(seed: int) -> list[list[int]]:
        batches = Batches(experiment([layer(1)], rows=30, batch={"shuffle": True, "seed": seed}))
        return [rows_seen(batches, step, 30) for step in (1, 2, 3)]

    assert epochs(1) == epochs(1)
    assert epochs(1) != epochs(2)
    assert len({tuple(epoch) for epoch in epochs(1)}) == 3


def test_rows_are_a_pure_function_of_the_step() -> None:
    spec = experiment([layer(1)], rows=10, batch={"size": 3, "shuffle": True})
    forwards = [rows_seen(Batches(spec), step, 10) for step in range(1, 13)]
    wandering, order = Batches(spec), np.random.default_rng(0).permutation(12)
    assert {int(n): rows_seen(wandering, int(n) + 1, 10) for n in order} == dict(enumerate(forwards))


def test_all_lanes_see_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [optimizer("SGD"), optimizer("Adam")]
    lockstep = Lockstep(
        experiment([layer(2)], rows=7, optimizers=entries, batch={"size": 3, "shuffle": True}), judge_at_once=False
    )
    seen: dict[str, list[list[int]]] = {one.id: [] for one in lockstep.lanes}
    for one in lockstep.lanes:
        take = one.lane.step

        def watched(rows, take=take, log=seen[one.id]):
            log.append(np.arange(7)[rows].tolist())
            return take(rows)

        monkeypatch.setattr(one.lane, "step", watched)
    lockstep.advance(8)
    first, *others = seen.values()
    assert [len(rows) for rows in first] == [3, 3, 1, 3, 3, 1, 3, 3]
    assert all(other == first for other in others)
