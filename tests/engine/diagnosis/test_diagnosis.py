"""Each diagnosis: an experiment that has it, one that nearly has it, and words with the numbers that show it."""

from typing import Any

import numpy as np
import pytest

from engine.diagnosis import diagnose
from engine.protocol import DIAGNOSES, Diagnosis, Place, sentences
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check
from tests.engine.experiments import ARTICLE, layer, optimizer
from tests.products import covering

RNG = np.random.default_rng(3)
INPUTS = RNG.uniform(-1, 1, (40, 2))
SUMS = INPUTS.sum(axis=1, keepdims=True)
CLASSES = (INPUTS[:, 0] > 0).astype(int)


def spec_of(x: Any, y: Any, layers: list[dict[str, Any]], loss: str = "mse", **more: Any) -> ExperimentSpec:
    raw = {
        "schema": 1,
        "data": {"x": np.asarray(x).tolist(), "y": np.asarray(y).tolist()},
        "network": {"layers": layers, "loss": loss},
        "optimizers": [optimizer("Adam", lr=0.01)],
    }
    return check(raw | more)


def found_in(spec: ExperimentSpec, steps: int = 60) -> dict[str, Diagnosis]:
    """Return what is found of the first entry after so many steps, by kind."""
    run = Lockstep(spec, judge_at_once=False)
    run.advance(steps)
    return {found.kind: found for found in diagnose(run, 0) if found is not None}


def weights_of(shapes: dict[str, tuple[int, ...]], **scales: float) -> dict[str, Any]:
    """Return given weights at random, each tensor times its scale (1 where none is given)."""
    rng = np.random.default_rng(5)
    scaled = {name: rng.normal(size=shape) * scales.get(name.replace(".", "_"), 1.0) for name, shape in shapes.items()}
    return {"weights": {name: values.tolist() for name, values in scaled.items()}}


def deep(layers: int, scale: float) -> ExperimentSpec:
    """A deep tanh net whose weights are drawn with this deviation, times 1/√16."""
    units = 16
    shapes = {"layer1.weight": (units, 2), f"layer{layers + 1}.weight": (1, units)}
    shapes |= {f"layer{number}.weight": (units, units) for number in range(2, layers + 1)}
    start = weights_of(dict(sorted(shapes.items())), **{f"layer{n}_weight": scale / 4 for n in range(1, layers + 2)})
    parts = [layer(units, "tanh", bias=False)] * layers + [layer(1, "identity", bias=False)]
    return spec_of(INPUTS, SUMS, parts, start=start, optimizers=[optimizer("SGD", lr=1e-6)])


def relu(bias: float) -> ExperimentSpec:
    """Eight ReLUs, four of which have this bias and inputs between -1 and 1."""
    start = weights_of({"layer1.weight": (8, 2), "layer2.weight": (1, 8)}, layer1_weight=0.3)
    start["weights"] |= {"layer1.bias": [bias] * 4 + [0.5] * 4, "layer2.bias": [0.0]}
    return spec_of(INPUTS, SUMS, [layer(8, "relu"), layer(1, "identity")], start=start)


def sigmoids(scale: float) -> ExperimentSpec:
    start = weights_of({"layer1.weight": (8, 2), "layer2.weight": (1, 8)}, layer1_weight=scale)
    start["weights"] |= {"layer1.bias": [30 * scale / 100] * 8, "layer2.bias": [0.0]}
    return spec_of(INPUTS, SUMS, [layer(8, "sigmoid"), layer(1, "identity")], start=start)


def steep() -> ExperimentSpec:
    """Five identities whose weights are drawn large."""
    units = 16
    shapes = {"layer1.weight": (units, 2), "layer6.weight": (1, units)}
    shapes |= {f"layer{number}.weight": (units, units) for number in range(2, 6)}
    start = weights_of(dict(sorted(shapes.items())), **{f"layer{number}_weight": 2.0 for number in range(1, 7)})
    parts = [layer(units, "identity", bias=False)] * 5 + [layer(1, "identity", bias=False)]
    return spec_of(INPUTS, SUMS, parts, start=start, optimizers=[optimizer("SGD", lr=1e-12)])


def normed(*first: dict[str, Any]) -> ExperimentSpec:
    """A dense layer, or several, before a batch norm."""
    return spec_of(INPUTS, SUMS, [*first, {"kind": "BatchNorm1d", "activation": "tanh"}, layer(1)])


def grouped(rate: float, of_bias: float) -> dict[str, Any]:
    return {**optimizer("SGD", lr=rate), "groups": [{"match": "*.bias", "params": {"lr": of_bias}}]}


LINEAR = [layer(1, "identity")]
LOGITS = [layer(2, "identity")]
FLAT_START = {"weights": {"layer1.weight": [[0.0, 0.0]], "layer1.bias": [0.0]}}

# kind: what has it, what nearly has it, and how many steps are taken
CASES: dict[str, tuple[ExperimentSpec, ExperimentSpec, int]] = {
    "out_of_reach": (
        check(ARTICLE),
        check(ARTICLE | {"data": {"x": [[1, 2, 3, 4]], "y": [[1, 0, 0.4, 0.5]]}}),
        60,
    ),
    "loss_has_its_own": (
        spec_of(INPUTS, CLASSES, [layer(8), layer(2, "sigmoid")], "cross_entropy"),
        spec_of(INPUTS, CLASSES, [layer(8), layer(2, "leaky_relu")], "cross_entropy"),
        5,
    ),
    "rate_too_large": (
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[optimizer("SGD", lr=4.0)]),
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[optimizer("SGD", lr=0.9)]),
        40,
    ),
    "group_rate_too_large": (
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[grouped(0.3, 4.0)]),
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[grouped(0.3, 0.6)]),
        40,
    ),
    "rates_too_large": (
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[grouped(8.0, 8.0)]),
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[grouped(0.3, 8.0)]),
        40,
    ),
    "not_finite": (
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[optimizer("SGD", lr=1e6)]),
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[optimizer("SGD", lr=3.0)]),
        25,
    ),
    "dead_units": (relu(-9.0), relu(-0.2), 5),
    "saturated_units": (sigmoids(60.0), sigmoids(2.0), 5),
    "vanishing": (deep(12, 0.3), deep(12, 0.9), 5),
    "exploding": (steep(), deep(4, 1.5), 1),
    "unscaled_inputs": (
        spec_of(INPUTS * [1, 1000], SUMS, LINEAR),
        spec_of(INPUTS * [1, 30], SUMS, LINEAR),
        5,
    ),
    "bias_before_norm": (normed(layer(4, "identity")), normed(layer(4, "tanh")), 5),
    "plateau": (
        spec_of(INPUTS, RNG.uniform(-1, 1, (40, 1)), LINEAR, optimizers=[optimizer("SGD", lr=0.3)]),
        spec_of(INPUTS, SUMS, LINEAR, optimizers=[optimizer("SGD", lr=0.003)]),
        400,
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_what_has_it_is_told_in_words_and_what_nearly_has_it_is_not(kind: str) -> None:
    has_it, nearly, steps = CASES[kind]
    assert kind not in found_in(nearly, steps)
    for text in sentences(found_in(has_it, steps)[kind]):
        assert text
        assert "{" not in text
        assert "nan" not in text


def test_every_kind_is_shown_by_an_experiment() -> None:
    assert set(CASES) == set(DIAGNOSES)


def test_the_article_cannot_fall_below_its_floor() -> None:
    """A sigmoid cannot reach 3, 2, 4, 5: 7.5 is what is left at best, and the loss comes near to it and no lower."""
    run = Lockstep(check(ARTICLE), judge_at_once=False)
    run.advance(1500)
    told = {found.kind: found for found in diagnose(run, 0) if found is not None}
    assert "plateau" not in told, "a loss at its floor is on none"
    found = told["out_of_reach"]
    assert found.fields["floor"] == pytest.approx(7.5)
    assert (found.fields["count"], found.fields["all"], found.fields["target"]) == (4, 4, 5.0)
    run.advance(1500)
    assert 7.5 < run.training_losses()[0] < 7.6
    assert "7.5" in sentences(found).what


def test_a_floor_is_that_of_all_rows_however_many_there_are() -> None:
    """The first rows are within reach, the last are not."""
    y = np.concatenate([np.full(1100, 0.5), np.full(100, 3.0)])[:, None]
    spec = spec_of(np.ones((1200, 1)), y, [layer(1, "sigmoid")])
    found = found_in(spec, 5)["out_of_reach"].fields
    assert (found["count"], found["all"]) == (100, 1200)
    assert found["floor"] == pytest.approx(100 * 4 / 1200)


def test_what_overflows_only_in_the_next_step_is_said_of_that() -> None:
    spec = CASES["not_finite"][0]
    run = Lockstep(spec, judge_at_once=False)
    step = found_in(spec, 25)["not_finite"].fields["step"]
    run.advance(step - 1)
    assert np.isfinite(run.series[0].values).all()
    (found,) = (one for one in diagnose(run, 0) if one is not None and one.kind == "not_finite")
    assert found.fields["step"] == step


def test_the_rate_that_is_advised_does_what_is_said() -> None:
    spec = CASES["rate_too_large"][0]
    found = found_in(spec, 40)["rate_too_large"].fields
    better = Lockstep(spec.with_params([{"lr": found["better"]}]), judge_at_once=False)
    better.advance(found["steps"])
    last = better.series[0].values[-found["steps"] // 10 :]
    assert float(np.mean(last)) == pytest.approx(found["better_end"])
    assert found["better_end"] < found["end"] / 2


def test_the_first_number_that_is_not_finite_is_named() -> None:
    found = found_in(CASES["not_finite"][0], 25)["not_finite"].fields
    run = Lockstep(CASES["not_finite"][0], judge_at_once=False)
    run.advance(found["step"] - 1)
    with np.errstate(all="ignore"):
        before = run.lanes[0].lane.recorded_step(run.batches.rows(found["step"]))
    first = next(name for name, value in before.items() if not np.isfinite(value).all())
    assert first == found["name"]


def test_a_test_function_has_diagnoses_too() -> None:
    raw = {"schema": 1, "problem": {"function": "rosenbrock", "start": [-1.5, 2.0]}}
    spec = check(raw | {"optimizers": [optimizer("SGD", lr=0.02)]})
    assert "not_finite" in found_in(spec, 60)
    tame = check(raw | {"optimizers": [optimizer("SGD", lr=0.0005)]})
    assert not found_in(tame, 60)


def test_what_others_do_not_have_is_told_of_its_entry_alone() -> None:
    spec = spec_of(INPUTS, SUMS, LINEAR, optimizers=[optimizer("SGD", lr=0.3), optimizer("SGD", lr=4.0)])
    run = Lockstep(spec, judge_at_once=False)
    run.advance(40)
    assert [one for one in diagnose(run, 0) if one] == []
    assert {one.entry for one in diagnose(run, 1) if one} == {1}


@pytest.mark.parametrize(("scale", "dtype"), covering([1e-3, 1.0, 1e3], ["float32", "float64"], strength=1))
def test_a_bias_before_a_batch_norm_is_named_with_its_layer_and_what_was_measured(scale: float, dtype: str) -> None:
    layers = [layer(3, "tanh"), layer(4, "identity"), {"kind": "BatchNorm1d"}, layer(2, "identity")]
    layers += [{"kind": "BatchNorm1d"}, layer(1)]
    found = found_in(spec_of(INPUTS * scale, SUMS, layers, dtype=dtype), 20)["bias_before_norm"]
    assert found.fields["layers"] == "2, 4"
    assert 100 * found.fields["bias"] < found.fields["weight"]
    assert found.place == Place("network", "layer2.bias")


@pytest.mark.parametrize(
    "layers",
    [
        [layer(4, "identity", bias=False), {"kind": "BatchNorm1d"}],
        [layer(4, "identity"), {"kind": "LayerNorm"}],
        [layer(4, "identity"), {"kind": "RMSNorm"}],
        [layer(4, "identity"), {"kind": "Dropout"}, {"kind": "BatchNorm1d"}],
        [{"kind": "BatchNorm1d"}, layer(4, "identity")],
    ],
)
def test_no_other_bias_is_said_never_to_learn(layers: list[dict[str, Any]]) -> None:
    assert "bias_before_norm" not in found_in(spec_of(INPUTS, SUMS, [*layers, layer(1)]), 20)


def test_the_rate_of_a_group_that_is_advised_does_what_is_said() -> None:
    spec = CASES["group_rate_too_large"][0]
    found = found_in(spec, 40)["group_rate_too_large"].fields
    assert (found["weights"], found["rate"]) == ("layer1.bias", 4.0)
    better = Lockstep(spec_of(INPUTS, SUMS, LINEAR, optimizers=[grouped(0.3, found["better"])]), judge_at_once=False)
    better.advance(found["steps"])
    last = better.series[0].values[-found["steps"] // 10 :]
    assert float(np.mean(last)) == pytest.approx(found["better_end"])


def test_what_a_group_has_of_its_entry_stays_where_only_the_entrys_rate_is_lowered() -> None:
    """The weights' rate is too large, and the bias's, which is the entry's, has its own momentum alone."""
    entry = {**optimizer("SGD", lr=4.0), "groups": [{"match": "*.bias", "params": {"momentum": 0.1, "lr": 0.3}}]}
    found = found_in(spec_of(INPUTS, SUMS, LINEAR, optimizers=[entry]), 40)["group_rate_too_large"].fields
    assert (found["weights"], found["rate"]) == ("layer1.weight", 4.0)
