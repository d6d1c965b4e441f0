"""The example experiments: valid, honest about their data, and worth watching."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from engine.diagnosis import diagnose
from engine.diy.problems import problem_of
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, SeedStart, load, optimizer_names
from tests.products import each_with
from tests.programs import ROOT

EXAMPLES = sorted((ROOT / "resources" / "examples").glob("*.json"))
STUCK = "deep-tanh-stuck"  # which is there to be seen to learn nothing
RACES = {"rosenbrock": 2000, "iris-all": 500}  # all fourteen optimizers: after so many steps the slowest has learnt
FLOOR_OF_NAMES = 0.774


def example(name: str) -> ExperimentSpec:
    return load((ROOT / "resources" / "examples" / f"{name}.json").read_bytes())


def diy_alone(spec: ExperimentSpec, backend: str = "diy") -> ExperimentSpec:
    """The experiment with one lane an entry; ``backend``: torch's instead of the textbook's."""
    entries = (entry.model_copy(update={"backends": (backend,)}) for entry in spec.optimizers)
    return spec.model_copy(update={"optimizers": tuple(entries)})


def test_the_promised_examples_are_there():
    assert {path.stem for path in EXAMPLES} >= {"article", "xor", "regression", "iris", *RACES}


@pytest.mark.parametrize("name", RACES)
def test_all_optimizers_race_in_lockstep(name: str):
    spec = example(name)
    assert tuple(entry.name for entry in spec.optimizers) == optimizer_names()
    run = Lockstep(spec)
    run.advance(100)
    run.judge_newest()
    assert [pair.verdict for pair in run.parity()] == ["lockstep"] * len(optimizer_names())
    assert min(series[100] / series[1] for series in run.series) < 0.1


def test_from_the_middle_of_himmelblaus_hills_not_all_find_the_same_minimum():
    run = Lockstep(diy_alone(example("himmelblau")), parity=False)
    run.advance(300)
    reached = np.array([one.lane.weights()[0][0] for one in run.lanes])
    minima = np.array(problem_of("himmelblau").minima)
    nearest = np.abs(reached[:, None] - minima).max(axis=-1)
    assert nearest.min(axis=1).max() < 1e-3
    assert len({*nearest.argmin(axis=1)}) > 1


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_valid_and_survives_being_saved(path: Path):
    spec = load(path.read_text(encoding="utf-8"))
    assert spec.title
    assert load(spec.to_json()) == spec


LONG = [(path, "diy") for path in EXAMPLES if path.stem in RACES]
OTHERS = each_with([path for path in EXAMPLES if path.stem not in (STUCK, *RACES)], ["diy", "torch"])


@pytest.mark.parametrize(("path", "backend"), [*LONG, *OTHERS])
def test_every_lane_of_an_example_learns(path: Path, backend: str):
    """In the suite on one side, in turn: what keeps both in lockstep is tested elsewhere."""
    run = Lockstep(diy_alone(load(path.read_bytes()), backend), parity=False)
    run.advance(RACES.get(path.stem, 200))
    # A sigmoid cannot reach the article's targets above 1, and the same three letters go on in several ways.
    floor = {"article": 7.5, "names": FLOOR_OF_NAMES}.get(path.stem, 0.0)
    for series in run.series:
        assert np.mean(series.values[-20:]) - floor < 0.3 * (series[1] - floor)


def test_without_its_skips_the_deep_net_does_not_learn():
    spec = diy_alone(example("residual"))
    assert spec.network is not None
    flat = [inner for layer in spec.network.layers for inner in getattr(layer, "layers", (layer,))]
    plain = spec.model_copy(update={"network": spec.network.model_copy(update={"layers": tuple(flat)})})
    run = Lockstep(plain, parity=False)
    run.advance(200)
    (sgd,) = (series for one, series in zip(run.lanes, run.series, strict=True) if one.entry == 1)
    assert np.mean(sgd.values[-20:]) > 0.3


def test_no_guess_of_the_next_letter_is_better_than_how_often_it_follows() -> None:
    data = example("names").data
    following = Counter(zip(map(tuple, np.array(data.x).tolist()), np.array(data.y).tolist(), strict=True))
    contexts = Counter(map(tuple, np.array(data.x).tolist()))
    logs = sum(count * np.log(count / contexts[context]) for (context, _), count in following.items())
    assert -logs / len(data.y) == pytest.approx(FLOOR_OF_NAMES, abs=1e-3)


def test_a_deep_net_of_tanh_learns_from_the_right_start_alone() -> None:
    """The same data, layers and rate: what differs is how the weights begin."""
    right, stuck = example("deep-tanh"), example(STUCK)
    assert right.data == stuck.data
    assert right.optimizers == stuck.optimizers
    inits = [[one.init and one.init.name for one in spec.network.layers] for spec in (right, stuck)]
    assert inits == [[*[name] * 8, None] for name in ("xavier_uniform_", "normal_")]
    for spec, reached in ((right, 0.05), (stuck, np.log(2))):
        run = Lockstep(spec)
        run.advance(200)
        run.judge_newest()
        assert run.parity()[0].verdict == "lockstep"
        assert run.training_losses() == pytest.approx([reached] * 2, abs=0.04 if spec is right else 1e-4)
    assert "vanishing" in {sign.kind for sign in diagnose(run, 0) if sign is not None}


def test_the_article_is_the_default_experiment():
    spec = example("article")
    assert (spec.data.x.tolist(), spec.data.y.tolist()) == ([[1, 2, 3, 4]], [[3, 2, 4, 5]])
    assert [layer.model_dump() for layer in spec.network.layers] == [
        {"units": 4, "activation": "sigmoid", "bias": False}
    ]
    assert (spec.network.loss, spec.start, spec.dtype) == ("mse", SeedStart(seed=0), "float32")
    assert [(entry.name, entry.params, entry.backends) for entry in spec.optimizers] == [
        ("SGD", {"lr": 0.1}, ("diy", "torch"))
    ]


def test_the_stopping_distances_are_ezekiels():
    """Their straight line is known from many textbooks: -17.58 + 3.93 speed."""
    data = example("regression").data
    slope, offset = np.polyfit(np.ravel(data.x) * 10, np.ravel(data.y) * 10, 1)
    assert len(data.x) == 50
    assert (slope, offset) == pytest.approx((3.9324, -17.5791), abs=1e-4)


def test_the_irises_are_fishers():
    """Against the means that he printed, for each species 50 flowers."""
    x, y = np.array(example("iris").data.x), np.array(example("iris").data.y)
    assert np.bincount(y).tolist() == [50, 50, 50]
    means = [[5.006, 3.428, 1.462, 0.246], [5.936, 2.770, 4.260, 1.326], [6.588, 2.974, 5.552, 2.026]]
    np.testing.assert_allclose([x[y == species].mean(axis=0) for species in range(3)], means, atol=1e-9)
