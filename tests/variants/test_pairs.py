"""Two variants at once: both are in it, in whichever order, and a mistake makes it one."""

from itertools import combinations

import numpy as np
import pytest

from engine.variants import Kind, Variant, combined, reference_of, variants_of
from tests.drawing import sample
from tests.variants.benches import Bench, alike


def one(name: str, wanted: str, kind: Kind = "optimizer") -> Variant:
    return next(variant for variant in variants_of(kind, name) if variant.id == wanted)


def pair_of(name: str, *ids: str, kind: Kind = "optimizer") -> Variant:
    first, second = (one(name, wanted, kind) for wanted in ids)
    pair = combined(first, second)
    assert pair is not None
    return pair


def test_tells_of_both() -> None:
    pair = pair_of("Adam", "adam.eps_inside_root", "any.decoupled_for_l2")
    assert pair.ids == ("adam.eps_inside_root", "any.decoupled_for_l2")
    assert pair.kind == "convention"
    for part in pair.parts:
        assert part.does in pair.does
        assert part.torch_does in pair.torch_does
        assert part.edit in pair.edit
    assert pair.shows.on == ("weight_decay",)


def test_one_mistake_makes_it_a_mistake() -> None:
    assert pair_of("Adam", "adam.eps_inside_root", "adam.no_correction_of_m").kind == "mistake"


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Adam", ("adam.eps_inside_root", "adam.eps_before_correction")),
        ("Adam", ("adam.no_bias_correction", "adam.no_correction_of_m")),
        ("SGD", ("any.state_reset", "any.stale_gradient")),
        ("SGD", ("sgd.heavy_ball_for_nesterov", "sgd.nesterov_without_gradient")),
    ],
)
def test_two_changes_of_the_same_thing_are_no_pair(name: str, ids: tuple[str, str]) -> None:
    first, second = (one(name, wanted) for wanted in ids)
    assert combined(first, second) is None
    assert combined(first, first) is None


def test_variants_of_two_references_are_no_pair() -> None:
    assert combined(one("Adam", "any.ascent"), one("SGD", "any.ascent")) is None


@pytest.mark.parametrize("name", ["Adagrad", "Adadelta", "Adamax"])
def test_a_pair_is_the_same_in_either_order_and_never_the_reference(name: str) -> None:
    bench = Bench(name)
    reference = bench.everywhere(reference_of("optimizer", name))
    pairs = [(combined(a, b), combined(b, a)) for a, b in sample(combinations(variants_of("optimizer", name), 2), 3)]
    assert sum(pair is not None for pair, _ in pairs) > len(pairs) // 2
    for pair, turned in pairs:
        assert (pair is None) == (turned is None)
        if pair is None or turned is None:
            continue
        path = bench.everywhere(pair.function)
        assert not alike(path, reference), pair.id
        if turned.change != pair.change:
            assert alike(path, bench.everywhere(turned.function)), pair.id


def test_half_a_sum_of_squares() -> None:
    rng = np.random.default_rng(0)
    a, y = rng.normal(size=(2, 5, 3))
    loss = pair_of("mse", "loss.half", "loss.sum_for_mean", kind="loss").function
    np.testing.assert_allclose(loss.f(a, y), 0.5 * np.sum((a - y) ** 2))
    np.testing.assert_allclose(loss.df(a, y), a - y)


def test_edits_of_a_function_and_a_factor_go_together() -> None:
    rng = np.random.default_rng(0)
    a, y = rng.normal(size=(2, 5, 3))
    loss = pair_of("mse", "loss.factor_2_missing", "loss.per_row", kind="loss").function
    np.testing.assert_allclose(loss.f(a, y), np.sum((a - y) ** 2) / 5)
    np.testing.assert_allclose(loss.df(a, y), (a - y) / 5)
