"""A row on its way through the network: the textbook's own numbers, at whatever weights."""

import numpy as np
import pytest

from engine.lane.row_pass import RowPasses
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check

ROWS = {"x": [[0.5, -1.0], [1.5, 2.0], [-0.3, 0.7]], "y": [[1.0, 0.0], [0.5, 2.0], [0.0, -1.0]]}
LAYERS = [{"units": 3, "activation": "tanh"}, {"units": 2, "activation": "sigmoid"}]
WEIGHTS = {
    "layer1.weight": [[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6]],
    "layer1.bias": [0.01, 0.02, -0.03],
    "layer2.weight": [[0.7, -0.8, 0.9], [1.0, 0.2, -0.1]],
    "layer2.bias": [0.05, -0.06],
}


def experiment(data: dict = ROWS, loss: str = "mse") -> ExperimentSpec:
    return check(
        {
            "schema": 1,
            "data": data,
            "network": {"layers": LAYERS, "loss": loss},
            "start": {"weights": WEIGHTS},
            "dtype": "float64",
            "optimizers": [{"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"]}],
        }
    )


def test_a_row_alone_goes_as_in_a_step_of_that_row_bit_for_bit() -> None:
    spec = experiment({"x": ROWS["x"][1:2], "y": ROWS["y"][1:2]})
    lane = Lockstep(spec).lanes[0].lane
    way = RowPasses(spec).passed(lane.weights(), 0)
    step = lane.recorded_step(None)
    for number, layer in enumerate(way.layers, start=1):
        for name in ("z", "a", "dL_da", "dL_dz"):
            np.testing.assert_array_equal(getattr(layer, name), step[f"layer{number}.{name}"][0], name)
    assert way.loss == step["loss"]
    assert list(way.grads) == list(WEIGHTS)
    for name, grad in way.grads.items():
        np.testing.assert_array_equal(grad, step[f"{name}.grad"])


def test_the_rows_gradients_have_the_batch_as_their_mean() -> None:
    spec = experiment()
    lane = Lockstep(spec).lanes[0].lane
    ways = [RowPasses(spec).passed(lane.weights(), row) for row in range(3)]
    batch = lane.recorded_step(None)
    for name in WEIGHTS:
        mean = np.mean([way.grads[name] for way in ways], axis=0)
        np.testing.assert_allclose(mean, batch[f"{name}.grad"], rtol=1e-12, atol=1e-15)
    assert np.mean([way.loss for way in ways]) == pytest.approx(float(batch["loss"]), rel=1e-12)


def test_rows_are_numbered_as_in_the_data_those_that_test_too() -> None:
    alike = experiment(ROWS | {"test": {"rows": [1]}})
    ways = [RowPasses(spec).passed(Lockstep(alike).lanes[0].lane.weights(), 2) for spec in (experiment(), alike)]
    np.testing.assert_array_equal(ways[0].x, ROWS["x"][2])
    np.testing.assert_array_equal(ways[1].x, ROWS["x"][2])
    assert ways[0].loss == ways[1].loss


def test_of_classes_the_target_is_a_number_without_dimensions() -> None:
    spec = experiment({"x": ROWS["x"], "y": [0, 1, 1]}, loss="cross_entropy")
    way = RowPasses(spec).passed(Lockstep(spec).lanes[0].lane.weights(), 2)
    assert way.y.ndim == 0
    assert int(way.y) == 1


def test_there_is_no_row_before_the_first_or_behind_the_last() -> None:
    passes, weights = RowPasses(experiment()), Lockstep(experiment()).lanes[0].lane.weights()
    for row in (-1, 3):
        with pytest.raises(IndexError):
            passes.passed(weights, row)


def test_outputs_of_every_layer_for_any_inputs() -> None:
    spec = experiment()
    passes, weights = RowPasses(spec), Lockstep(spec).lanes[0].lane.weights()
    first, last = passes.outputs(weights, np.array(ROWS["x"]))
    assert (first.shape, last.shape) == ((3, 3), (3, 2))
    np.testing.assert_array_equal(last[1], passes.passed(weights, 1).layers[-1].a)
