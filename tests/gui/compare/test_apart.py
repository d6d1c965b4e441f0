"""How far two runs are apart, how an earlier one's curve is thinned and smoothed, and which settings differ."""

from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.session_file import losses_apart, weights_apart
from engine.spec import check
from gui.compare.earlier.settings import differences
from gui.compare.race import earlier_means
from gui.compare.race.earlier_lines import thinned
from gui.compare.race.earlier_means import running_mean
from gui.files.earlier_run import EarlierLane
from tests.gui.frames import make_spec
from tests.gui.windows import TINY

LOSSES = st.lists(st.sampled_from([0.5, 0.25, -0.0, 0.0, 1e308, -1e308, nan, inf, -inf]), max_size=12)


@given(LOSSES, LOSSES)
def test_the_first_and_the_largest_difference_are_found(then: list[float], now: list[float]) -> None:
    found = losses_apart(np.array(then), np.array(now))
    pairs = [(a, b) for a, b in zip(then, now, strict=False)]
    differing = [place for place, (a, b) in enumerate(pairs, start=1) if a != b and not (a != a and b != b)]
    assert (found.steps, found.first) == (len(pairs), differing[0] if differing else None)
    if not differing:
        assert (found.largest, found.at) == (0, None)
        return
    each = {place: abs(pairs[place - 1][0] - pairs[place - 1][1]) for place in differing}
    each = {place: inf if value != value else value for place, value in each.items()}
    assert found.largest == max(each.values())
    assert found.at == min(place for place, value in each.items() if value == found.largest)


def test_weights_of_other_names_or_shapes_have_no_distance() -> None:
    then = {"a": np.zeros((2, 2)), "b": np.ones(3), "gone": np.ones(1)}
    now = {"a": np.full((2, 2), 0.25), "b": np.ones(4), "new": np.ones(1)}
    assert weights_apart(then, now) == {"a": 0.25, "b": None, "new": None, "gone": None}


@given(st.integers(1, 700), st.floats(0.01, 0.999), st.integers(0, 2**32 - 1))
def test_a_running_mean_is_what_it_is_step_by_step(steps: int, share: float, seed: int) -> None:
    losses = np.random.default_rng(seed).lognormal(size=steps)
    mean, wanted = losses[0], []
    for loss in losses:
        mean = share * mean + (1 - share) * loss
        wanted.append(mean)
    assert np.allclose(running_mean(losses, share), wanted, rtol=1e-12)


def test_from_a_loss_that_is_none_on_there_is_no_mean() -> None:
    assert np.isnan(running_mean(np.array([1.0, 2.0, nan, 3.0]), 0.5)).tolist() == [False, False, True, True]


@given(st.integers(1, 5000), st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_a_thinned_curve_keeps_its_ends_and_its_extremes(steps: int, pixels: int, seed: int) -> None:
    losses = np.random.default_rng(seed).lognormal(size=steps)
    curve = thinned(np.arange(1.0, steps + 1), losses, pixels, None)
    assert len(curve.steps) == len(curve.losses) <= 4 * pixels + 1
    assert (curve.losses.min(), curve.losses.max()) == (losses.min(), losses.max())
    assert (curve.steps[0], curve.steps[-1], curve.losses[-1]) == (1, steps, losses[-1])
    assert (np.diff(curve.steps) >= 0).all()


def found(**changes: Any) -> list[tuple[str, ...]]:
    return [tuple(one) for one in differences(check(TINY), check(TINY | changes))]


@pytest.mark.parametrize(
    ("changes", "place", "then", "now"),
    [
        ({"dtype": "float32"}, "Start, precision", "float64", "float32"),
        ({"batch": {"size": 1}}, "Start, batch size", "–", "1"),
        ({"data": {"x": [[1, 2], [3, 5]], "y": [[1], [2]]}}, "Data, x", "2 × 2 numbers", "2 × 2 numbers, others"),
        ({"network": TINY["network"] | {"loss": "l1"}}, "Network, loss", "mse", "l1"),
    ],
)
def test_a_setting_that_differs_is_named_as_in_the_forms(
    changes: dict[str, Any], place: str, then: str, now: str
) -> None:
    assert found(**changes) == [(place, then, now)]


def test_entries_are_paired_by_their_labels_and_defaults_are_written_out() -> None:
    sgd, adam = {"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"]}, {"name": "Adam", "backends": ["diy"]}
    assert found(optimizers=[adam, sgd | {"params": {"lr": 0.1, "momentum": 0.9}}]) == [
        ("SGD: Momentum", "0", "0.9"),
        ("Optimizer Adam", "–", "there"),
    ]


def test_but_for_colors_equal_experiments_have_no_difference() -> None:
    then, now = make_spec({"name": "SGD", "color": 3}), make_spec({"name": "SGD", "color": 4})
    assert differences(then, now) == []


def test_the_mean_of_many_losses_comes_later_and_the_newest_wish_counts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier_means, "AT_ONCE", 10)
    owner = QObject()
    means = earlier_means.EarlierMeans(owner)
    losses = np.linspace(1, 0, 200)
    numbers = {"final": 0.0, "best": 0.0, "best_step": None, "test": nan, "total_seconds": 0.0}
    one = EarlierLane("SGD", "diy", losses, None, None, **numbers, total_evaluations=None, area=nan)
    other = one._replace(label="Adam", losses=losses * 2)
    assert means.of(one, 0.5) is losses
    assert means.of(one, 0.9) is losses
    assert means.of(other, 0.9) is other.losses
    qtbot.waitUntil(lambda: np.array_equal(means.of(one, 0.9), running_mean(losses, 0.9)))
    qtbot.waitUntil(lambda: np.array_equal(means.of(other, 0.9), running_mean(losses * 2, 0.9)))
    every_second = one._replace(label="RMSprop", losses=losses[:9], at=1 + 2 * np.arange(9))
    assert np.array_equal(means.of(every_second, 0.9), running_mean(losses[:9], 0.9**2))
