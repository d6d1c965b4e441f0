"""Every kind of fault: named with its path and what would be accepted, all of a file at once."""

import copy
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from engine.spec import ExperimentError, Fault, check
from engine.spec.check import size_fault
from tests.engine.experiments import raw_article

CLASSES = {
    "schema": 1,
    "data": {"x": [[1, 2], [3, 4]], "y": [0, 1]},
    "network": {"layers": [{"units": 2}], "loss": "cross_entropy"},
    "optimizers": [{"name": "SGD"}],
}


def with_value(raw: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A deep copy with the field at ``path`` set; ... removes it."""
    changed = copy.deepcopy(raw)
    part: Any = changed
    for key in path[:-1]:
        part = part.setdefault(key, {}) if isinstance(part, dict) else part[key]
    if value is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return changed


def faults_of(raw: Any) -> list[Fault]:
    with pytest.raises(ExperimentError) as caught:
        check(raw)
    return list(caught.value.faults)


NAN, INF = float("nan"), float("inf")
PARAMS = ("optimizers", 0, "params")
ADAM = raw_article(optimizers=[{"name": "Adam", "params": {}}])
ARTICLE_FAULTS: list[tuple[tuple[str | int, ...], Any, str, str]] = [
    (("schema",), ..., "schema", "is missing"),
    (("schema",), 2, "schema", "this version of Lockstep reads schema 1"),
    (("schema",), "1", "schema", 'must be a whole number, not "1"'),
    (("schema",), True, "schema", "must be a whole number, not true"),
    (("schema",), 1.5, "schema", "must be a whole number, not 1.5"),
    (("schema",), 0, "schema", "must be 1, not 0"),
    (("data",), ..., "data", "is missing"),
    (("data", "x"), ..., "data.x", "is missing"),
    (("data", "x"), [], "data.x", "needs at least one entry"),
    (("data", "x"), [[]], "data.x[0]", "needs at least one entry"),
    (("data", "x"), "1 2 3", "data.x", "must be a list"),
    (("data", "x"), [[1, 2, 3, 4], [1, 2, 3]], "data.x[1]", "has 3 values in row 2, but row 1 has 4"),
    (("data", "x", 0, 1), "two", "data.x[0][1]", 'must be a number, not "two"'),
    (("data", "x", 0, 1), True, "data.x[0][1]", "must be a number, not true"),
    (("data", "x", 0, 1), None, "data.x[0][1]", "must be a number, not null"),
    (("data", "x", 0, 2), NAN, "data.x[0][2]", "must be a finite number, not NaN"),
    (("data", "y", 0, 0), INF, "data.y[0][0]", "must be a finite number, not Infinity"),
    (("data", "y", 0, 0), -INF, "data.y[0][0]", "must be a finite number, not -Infinity"),
    (("data", "x"), [[1, 2, 3, 4]] * 2, "data.y", "has 1 row, but x has 2"),
    (("data", "x"), [[1, 2, 3, 4], [1]], "data.x[1]", "has 1 value in row 2, but row 1 has 4"),
    (("data", "y"), [[1]], "data.y", "has 1 column, but the last layer has 4 units"),
    (("data", "y"), [[1, 2]], "data.y", "has 2 columns, but the last layer has 4 units"),
    (("data", "y"), [1], "data.y", "must be rows of numbers for the loss mse"),
    (("network", "loss"), "cross_entropy", "data.y", "must be class numbers, one a row"),
    (("network", "loss"), "bce", "data.y[0][0]", "must lie between 0 and 1 for the loss bce; row 1 has 3"),
    (("network", "layers"), [], "network.layers", "needs at least one entry"),
    (("network", "layers", 0, "units"), 0, "network.layers[0].units", "must be ≥ 1, not 0"),
    (("network", "layers", 0, "units"), 4.5, "network.layers[0].units", "must be a whole number, not 4.5"),
    (("network", "layers", 0, "units"), "4", "network.layers[0].units", 'must be a whole number, not "4"'),
    (("network", "layers", 0, "units"), 10**7, "network.layers[0].units", "must be ≤ 1000000"),
    (("network", "layers", 0, "bias"), "yes", "network.layers[0].bias", 'must be true or false, not "yes"'),
    (("network", "layers", 0, "activation"), "sigmod", "network.layers[0].activation", "did you mean sigmoid?"),
    (("network", "layers", 0, "activation"), "ReLU", "network.layers[0].activation", "did you mean relu?"),
    (("network", "loss"), "hubert", "network.loss", "is not one of mse, l1, smooth_l1, huber, bce, cross_entropy"),
    (("network", "loss"), "hubert", "network.loss", "did you mean huber?"),
    (("network", "layer"), 1, "network.layer", "did you mean layers?"),
    (("start", "seed"), -1, "start.seed", "must be ≥ 0, not -1"),
    (("start", "seed"), 2**32, "start.seed", "must be ≤ 4294967295"),
    (("start", "weights"), {"layer1.weight": [[1, 2]] * 4}, "start.weights.layer1.weight", "4 × 4 is needed"),
    (("start", "weights"), {"layer1.weight": [[1], [2, 3]]}, "start.weights.layer1.weight", "has shape ragged rows"),
    (("start", "weights"), {}, "start.weights.layer1.weight", "is missing"),
    (("dtype",), "float16", "dtype", "is not one of float32, float64"),
    (("device",), "gpu", "device", "is not one of cpu, cuda, mps"),
    (("batch", "size"), 0, "batch.size", "must be ≥ 1, not 0"),
    (("batch", "shuffle"), 1, "batch.shuffle", "must be true or false, not 1"),
    (("title",), "x" * 201, "title", "is too long: 201 characters, at most 200"),
    (("titel",), "", "titel", "did you mean title?"),
    (("optimizers",), [], "optimizers", "needs at least one entry"),
    (("optimizers", 0, "name"), "sdg", "optimizers[0].name", "did you mean SGD?"),
    (("optimizers", 0, "name"), "Adams", "optimizers[0].name", "is not one of SGD, Adam, AdamW"),
    (("optimizers", 0, "backends"), [], "optimizers[0].backends", "needs at least one entry"),
    (("optimizers", 0, "backends"), ["diy", "jax"], "optimizers[0].backends[1]", "is not one of diy, torch"),
    (("optimizers", 0, "backends"), ["diy", "diy"], "optimizers[0].backends", "names a backend twice"),
    (("optimizers", 0, "label"), "a/b", "optimizers[0].label", "may not hold “/”"),
    (("optimizers", 0, "color"), 99, "optimizers[0].color", "must be < 16, not 99"),
    (("optimizers", 0, "label"), "  ", "optimizers[0].label", "may not hold"),
    ((*PARAMS, "lr"), -0.1, "optimizers[0].params.lr", "must be ≥ 0, not -0.1"),
    ((*PARAMS, "lr"), "fast", "optimizers[0].params.lr", 'must be a number, not "fast"'),
    ((*PARAMS, "lr"), NAN, "optimizers[0].params.lr", "must be a finite number, not NaN"),
    ((*PARAMS, "lr"), 10**400, "optimizers[0].params.lr", "must be a finite number"),
    ((*PARAMS, "momentun"), 0.9, "optimizers[0].params.momentun", "did you mean momentum?"),
    ((*PARAMS, "nesterov"), True, "optimizers[0].params.nesterov", "needs a momentum above 0 and a dampening of 0"),
    ((*PARAMS, "nesterov"), 1, "optimizers[0].params.nesterov", "must be true or false, not 1"),
    ((*PARAMS, "dampening"), 1.5, "optimizers[0].params.dampening", "must be ≥ 0 and ≤ 1, not 1.5"),
]
ADAM_FAULTS = [
    ((*PARAMS, "betas"), [0.9, 1.0], "optimizers[0].params.betas[1]", "must be ≥ 0 and < 1, not 1.0"),
    ((*PARAMS, "betas"), [-0.1, 0.5], "optimizers[0].params.betas[0]", "must be ≥ 0 and < 1, not -0.1"),
    ((*PARAMS, "betas"), [0.9], "optimizers[0].params.betas", "must be a list of 2 numbers, not [0.9]"),
    ((*PARAMS, "betas"), 0.9, "optimizers[0].params.betas", "must be a list of 2 numbers, not 0.9"),
    ((*PARAMS, "eps"), -1e-8, "optimizers[0].params.eps", "must be ≥ 0"),
    ((*PARAMS, "weight_decay"), -1, "optimizers[0].params.weight_decay", "must be ≥ 0, not -1"),
    ((*PARAMS, "momentum"), 0.9, "optimizers[0].params.momentum", "is not one of lr, betas, eps"),
]
CLASS_FAULTS = [
    (("data", "y"), [0, 2], "data.y[1]", "has class 2 in row 2, but the last layer has 2 units, for classes 0 to 1"),
    (("data", "y"), [0, -1], "data.y[1]", "must be ≥ 0, not -1"),
    (("data", "y"), [0, 0.5], "data.y[1]", "must be a whole number, not 0.5"),
    (("data", "y"), [0, 1, 1], "data.y", "has 3 rows, but x has 2"),
    (("network", "loss"), "mse", "data.y", "must be rows of numbers for the loss mse"),
]
CASES = [
    *((raw_article(), *case) for case in ARTICLE_FAULTS),
    *((ADAM, *case) for case in ADAM_FAULTS),
    *((CLASSES, *case) for case in CLASS_FAULTS),
]


@pytest.mark.parametrize(("raw", "path", "value", "where", "words"), CASES)
def test_fault_is_named_with_its_place_and_what_is_accepted(
    raw: dict[str, Any], path: tuple[str | int, ...], value: Any, where: str, words: str
) -> None:
    check(raw)
    faults = faults_of(with_value(raw, path, value))
    told = [fault for fault in faults if fault.where == where]
    assert told, faults
    assert any(words in fault.message for fault in told), told
    assert all(str(fault) == f"{fault.where} {fault.message}" for fault in faults)


@pytest.mark.parametrize("raw", [None, 3, [], "text"])
def test_a_file_that_is_no_object(raw: Any) -> None:
    (fault,) = faults_of(raw)
    assert fault.message.startswith("must be an object")


def test_all_faults_are_told_at_once() -> None:
    raw = {
        "schema": 1,
        "data": {"x": [[1, 2], [3]], "y": [[NAN], [1]]},
        "network": {"layers": [{"units": 0}, {"units": 1, "activation": "tan"}], "loss": "l3"},
        "start": {"seed": -1},
        "dtype": "half",
        "batch": {"size": 0},
        "optimizers": [
            {"name": "SGD", "params": {"lr": -1, "momentum": "much"}},
            {"name": "Adan", "label": "a/b"},
            {"name": "AdamW", "params": {"betas": [2, 0.9]}, "backends": ["torch", "cuda"]},
        ],
        "colour": "red",
    }
    assert {fault.where for fault in faults_of(raw)} == {
        "colour",
        "data.y[0][0]",
        "network.layers[0].units",
        "network.layers[1].activation",
        "network.loss",
        "start.seed",
        "dtype",
        "batch.size",
        "optimizers[0].params.lr",
        "optimizers[0].params.momentum",
        "optimizers[1].name",
        "optimizers[1].label",
        "optimizers[2].backends[1]",
    }


def test_a_label_may_not_be_used_twice() -> None:
    entries = [{"name": "SGD", "label": "mine"}, {"name": "Adam", "label": "mine"}]
    (fault,) = faults_of(raw_article(optimizers=entries))
    assert str(fault) == "optimizers[1].label is used by another optimizer already: mine"


def test_what_does_not_fit_in_memory_is_refused_before_anything_is_allocated(monkeypatch: pytest.MonkeyPatch) -> None:
    layers = [{"units": 1_000_000}, {"units": 1_000_000}, {"units": 4}]

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("allocated")

    for maker in ("zeros", "empty", "array"):
        monkeypatch.setattr(np, maker, refuse)
    (fault,) = faults_of(raw_article(network={"layers": layers}))
    assert fault.path == ("network", "layers")
    assert "would need about 560 TB of memory" in fault.message


def test_the_estimate_covers_weights_and_activations_of_every_lane() -> None:
    small = check(raw_article())
    assert size_fault(small, available=300_000) is None
    assert size_fault(small, available=100_000) is not None
    more_lanes = check(raw_article(optimizers=[{"name": "Adam", "label": str(n)} for n in range(50)]))
    assert size_fault(more_lanes, available=5_000_000) is not None


def test_an_experiment_is_frozen_and_takes_no_further_fields() -> None:
    spec = check(raw_article())
    for part, name in ((spec, "title"), (spec.data, "x"), (spec.network.layers[0], "units"), (spec, "colour")):
        with pytest.raises(ValidationError):
            setattr(part, name, 1)
