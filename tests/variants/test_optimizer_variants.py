"""Every variant of an optimizer is another rule than its reference, and than every other variant."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.diy.optimizers import OPTIMIZERS
from engine.variants import Variant, reference_named, reference_of, variants_of
from engine.variants.making import variant as made
from engine.variants.moments import STAYS
from engine.variants.over_steps import RESET
from engine.variants.rule import Rule
from tests.variants.benches import MATRIX, ON, PAIR, Bench, Probe, alike

NAMES = [name for name in OPTIMIZERS if name != "LBFGS"]


def textbook(name: str) -> Rule:
    module = OPTIMIZERS[name]
    return Rule(module.Hyper, module.State, module.init, module.update)


@pytest.mark.parametrize("name", NAMES)
def test_unchanged_it_is_the_textbook_bit_for_bit(name: str) -> None:
    bench = Bench(name)
    ours, theirs = bench.everywhere(reference_of("optimizer", name)), bench.everywhere(textbook(name))
    np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", NAMES)
def test_all_are_told_apart(name: str) -> None:
    bench = Bench(name)
    found = [("the reference", bench.everywhere(reference_of("optimizer", name)))]
    found += [(variant.id, bench.everywhere(variant.function)) for variant in variants_of("optimizer", name)]
    for (one, path), (other, other_path) in combinations(found, 2):
        assert not alike(path, other_path), f"{one} is {other}"


@pytest.mark.parametrize("name", NAMES)
def test_each_shows_where_it_says(name: str) -> None:
    bench, reference = Bench(name), reference_of("optimizer", name)
    for variant in variants_of("optimizer", name):
        on, off, needs, steps = variant.shows
        rules = variant.function, reference

        def is_seen(on: tuple[str, ...], needs: tuple[str, ...], steps: int = steps, rules: Any = rules) -> bool:
            params = bench.params(on)
            shapes = PAIR if "several weights" in needs else MATRIX
            probe = Probe(shapes, steps, "changing rate" in needs)
            return params is not None and not alike(*(bench.path(rule, params, probe) for rule in rules))

        assert {*on, *off} <= {*ON}
        assert is_seen(on, needs), variant.id
        fewer = [(tuple(name for name in on if name != switch), needs) for switch in on]
        fewer += [((*on, switch), needs) for switch in off]
        fewer += [(on, tuple(need for need in needs if need != left_out)) for left_out in needs]
        for less in fewer:
            assert not is_seen(*less), f"{variant.id} with {less}"


@pytest.mark.parametrize(
    ("name", "listed", "others"),
    [
        (
            "Adam",
            "adam.correction_without_power",
            [made(variants_of("optimizer", "Adam")[0].reference, "adam.t_stays", STAYS)],
        ),
        (
            "Adagrad",
            "adagrad.not_accumulated",
            [made(variants_of("optimizer", "Adagrad")[0].reference, "any.state_reset", wraps=[RESET])],
        ),
        (
            "Adamax",
            "adam.correction_without_power",
            [made(variants_of("optimizer", "Adamax")[0].reference, "adam.t_stays", STAYS)],
        ),
    ],
)
def test_those_listed_as_one_are_not_told_apart(name: str, listed: str, others: list[Variant]) -> None:
    """With the arguments that people write: no decay of Adagrad's rate, no start of its sum."""
    bench = Bench(name)
    ways = [variant for variant in variants_of("optimizer", name) if variant.id == listed and variant.same_as]
    for way in ways:
        for other in others:
            assert other.id in way.same_as
            for seed in range(20):
                params = bench.params(("weight_decay",))
                assert params is not None
                paths = [bench.path(each.function, params, Probe(PAIR, 20), seed) for each in (way, other)]
                assert alike(*paths)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_float32_stays_so(name: str) -> None:
    rng = np.random.default_rng(0)
    for variant in variants_of("optimizer", name):
        rule = variant.function
        params = Bench(name).params(variant.shows.on)
        assert params is not None
        weights = [rng.normal(size=(2, 3)).astype(np.float32)]
        states = rule.begin(weights)
        for _ in range(7):
            weights, states = rule.step([np.ones((2, 3), np.float32)], states, weights, rule.Hyper(**params))
        assert weights[0].dtype == np.float32, variant.id


def test_plain_descent_has_one_weight_decay() -> None:
    bench = Bench("SGD")
    params = bench.params(("weight_decay",))
    [decoupled] = [each for each in variants_of("optimizer", "SGD") if each.id == "any.decoupled_for_l2"]
    assert params is not None
    paths = [bench.path(rule, params, Probe(PAIR)) for rule in (decoupled.function, reference_of("optimizer", "SGD"))]
    assert alike(*paths)


@pytest.mark.parametrize("name", ["NAdam", "ASGD"])
def test_an_exact_one_rounds_nothing_to_float32(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bench, reference = Bench(name), reference_named("optimizer", name)
    exact, rounded = bench.everywhere(reference.function(exact=True)), bench.everywhere(reference.function())
    assert not alike(exact, rounded)
    monkeypatch.setattr(OPTIMIZERS[name], "to_float32", lambda number: number)
    np.testing.assert_array_equal(exact, bench.everywhere(textbook(name)))


def test_what_is_computed_on_the_way_is_told_in_its_order() -> None:
    told: list[Any] = []
    [inside, *_] = [each for each in variants_of("optimizer", "Adam") if each.id == "adam.eps_inside_root"]
    rule, plain = inside.made(note=lambda value, _: told.append(value)), inside.function
    weight, grad = np.array([1.0]), np.array([2.0])
    hyper = rule.Hyper(lr=0.5)
    results = [each.update(grad, each.init(weight), weight, hyper)[0] for each in (rule, plain)]
    np.testing.assert_array_equal(*results)
    numbers = [float(value) for each in told if not isinstance(each, tuple) for value in np.ravel(each)]
    m = (1 - 0.9) * 2.0
    root = np.sqrt((1 - 0.999) * 2.0 * 2.0 / (1 - 0.999) + 1e-8)
    assert numbers.index(m) < numbers.index(root) < numbers.index(float(results[0].item()))


def minimized(rule: Rule, lr: float) -> Array:
    scales = np.array([1.0, 3.0, 0.5])
    weight = np.array([1.0, -2.0, 0.5])
    state = rule.init(weight)
    results: list[Array] = []

    def evaluate(w: Array) -> tuple[Array, Array]:
        return np.sum(scales * w**4), 4 * scales * w**3

    hyper: Any = rule.Hyper(lr=lr, max_iter=3)
    for _ in range(3):
        assert rule.minimize is not None
        weight, state = rule.minimize(*evaluate(weight), evaluate, weight, state, hyper)
        results.append(weight)
    return np.concatenate(results)


def test_those_of_lbfgs_are_told_apart() -> None:
    module = OPTIMIZERS["LBFGS"]
    book = Rule(module.Hyper, module.State, module.init, Rule.step, module.minimize)
    rules = [reference_of("optimizer", "LBFGS"), *(each.function for each in variants_of("optimizer", "LBFGS"))]
    found = [minimized(rule, 0.3) for rule in rules]
    np.testing.assert_array_equal(found[0], minimized(book, 0.3))
    for one, other in combinations(found, 2):
        assert not alike(one, other)
