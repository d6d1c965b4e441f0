"""Networks of any kinds that hypothesis draws, over optimizers and precisions: in lockstep, replayed to the bit."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, ExperimentSpec, activation_names, check, loss_names, optimizer_names
from tests.drawing import examples
from tests.engine.experiments import assert_same, layer, optimizer, random_data, tensors_of

STEPS = 9
eps = st.sampled_from([1e-5, 1e-3, 1.0])
PARAMS = {
    "LayerNorm": {"eps": eps, "elementwise_affine": st.booleans(), "bias": st.booleans()},
    "RMSNorm": {"eps": eps, "elementwise_affine": st.booleans()},
    "BatchNorm1d": {"eps": eps, "momentum": st.floats(0, 1), "affine": st.booleans()},
    "Dropout": {"p": st.sampled_from([0.0, 0.2, 0.5, 0.9])},
}
activations = st.sampled_from(activation_names())
kinds = st.sampled_from(sorted(PARAMS)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {
            "kind": st.just(kind),
            "params": st.fixed_dictionaries({}, optional=PARAMS[kind]),
            "activation": st.just("identity") | activations,
        }
    )
)
denses = st.builds(layer, st.integers(1, 8), activations, st.booleans())
NAMES = [name for name in optimizer_names() if name != "Muon"]  # which takes matrices only
ENDS = {"binary_cross_entropy": "sigmoid", "nll": "log_softmax", "kl_div": "log_softmax"}  # what they are losses of


Layers = list[dict[str, Any]]


def plain(_: st.DrawFn, __: dict[str, Any], layers: Layers) -> Layers:
    return layers


def shaped(draw: st.DrawFn, data: dict[str, Any], layers: Layers) -> Layers:
    """Make rows of two axes of those in the data, which are flattened before the last layer."""
    data["shape"] = draw(st.sampled_from([[len(data["x"][0]), 1], [1, len(data["x"][0])]]))
    return [*layers[:-1], {"kind": "Flatten"}, layers[-1]]


def looked_up(draw: st.DrawFn, data: dict[str, Any], layers: Layers) -> Layers:
    """Make whole numbers of those in the data, of which vectors are made first."""
    data["x"] = [[abs(round(2 * number)) for number in row] for row in data["x"]]
    padding = draw(st.none() | st.integers(-3, 2))
    params = {"num_embeddings": 12, "embedding_dim": draw(st.integers(1, 3)), "padding_idx": padding}
    return [{"kind": "Embedding", "params": params}, *layers[:-1], {"kind": "Flatten"}, layers[-1]]


@st.composite
def experiments(draw: st.DrawFn) -> dict[str, Any]:
    loss, rows = draw(st.sampled_from(loss_names())), draw(st.integers(2, 12))
    outputs = draw(st.integers(1, 4))
    layers = [*draw(st.lists(kinds | denses, max_size=4)), layer(outputs, ENDS.get(loss, "identity"))]
    data = random_data(draw(st.integers(1, 5)), outputs, rows, loss, draw(st.integers(0, 10_000)))
    layers = draw(st.sampled_from([plain, shaped, looked_up]))(draw, data, layers)
    return {
        "schema": 1,
        "data": data,
        "network": {"layers": layers, "loss": loss},
        "start": {"seed": draw(st.integers(0, 1000))},
        "dtype": draw(st.sampled_from(["float32", "float64"])),
        "batch": {"size": draw(st.none() | st.integers(1, rows)), "shuffle": True, "seed": draw(st.integers(0, 1000))},
        "optimizers": [optimizer(draw(st.sampled_from(NAMES)))],
    }


def checked(raw: dict[str, Any]) -> ExperimentSpec:
    """Return the experiment; where a layer takes no such batches or optimizer, with others that it takes."""
    try:
        return check(raw)
    except ExperimentError:
        return check({**raw, "batch": {"size": None}, "optimizers": [optimizer("Adam")]})


@examples(6, deadline=None)
@given(experiments())
def test_all_of_it_is_rounding_and_travels_in_time(raw: dict[str, Any]) -> None:
    run = Lockstep(checked(raw), budget=10_000_000)
    run.advance(STEPS)
    run.judge_newest()
    (pair,) = run.parity()
    assert pair.verdict in ("lockstep", "not_finite"), pair
    after = [kept(run, lane) for lane in (0, 1)]
    run.seek(4)
    run.replay(STEPS - 4)
    for lane in (0, 1):
        assert_same(kept(run, lane), after[lane])


def kept(run: Lockstep, lane: int) -> dict[str, Any]:
    """Return weights, gradients, states and buffers of a lane."""
    buffers = {name: np.array(value) for name, value in run.lanes[lane].lane.buffers().items()}
    return tensors_of(run, lane) | buffers
