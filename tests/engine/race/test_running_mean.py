"""Running means and mean logarithms, kept up bit by bit, are those worked out in one go."""

from math import log10, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.race.running_mean import MeanLog, RunningMean
from engine.run.series import Bundle
from tests.drawing import examples

INF = float("inf")


def naive(values: list[float], smoothing: float) -> list[float]:
    """As the formula says it, a step at a time."""
    mean = weight = 0.0
    found: list[float] = []
    for value in values:
        finite = bool(np.isfinite(value))
        mean = smoothing * mean + (1 - smoothing) * (value if finite else 0)
        weight = smoothing * weight + (1 - smoothing) * finite
        found.append(mean / weight if finite else value)
    return found


NUMBERS = st.floats(-1e6, 1e6) | st.sampled_from([nan, INF, -INF])


@examples(60)
@given(
    first=st.lists(NUMBERS, min_size=1, max_size=80),
    pieces=st.lists(st.integers(1, 40), min_size=1, max_size=4),
    smoothing=st.sampled_from([0.1, 0.5, 0.9, 0.999]),
    cut=st.integers(0, 80) | st.none(),
)
def test_a_mean_kept_up_is_the_mean_at_once(
    first: list[float], pieces: list[int], smoothing: float, cut: int | None
) -> None:
    bundle = Bundle(2)
    mean = RunningMean(bundle, smoothing)
    kept: list[float] = []
    for number, size in enumerate(pieces):
        new = (first * size)[number : number + size] or [1.0]
        bundle.extend([new, [2.0] * len(new)])
        kept += new
        means = mean.means().values
        scale = max([1e-9, *(abs(value) for value in kept if np.isfinite(value))])
        np.testing.assert_allclose(means[0], naive(kept, smoothing), atol=1e-12 * scale)
        np.testing.assert_allclose(means[1], 2.0)
        if cut is not None and cut < len(kept):
            bundle.truncate(cut)
            kept = kept[:cut]


def test_long_stretches_are_the_same_in_pieces_and_at_once() -> None:
    values = np.random.default_rng(0).normal(size=(3, 30_000)) + 5
    whole, parts = Bundle(3), Bundle(3)
    whole.extend(values)
    at_once, kept_up = RunningMean(whole, 0.99), RunningMean(parts, 0.99)
    for begin in range(0, 30_000, 7001):
        parts.extend(values[:, begin : begin + 7001])
        kept_up.means()
    np.testing.assert_allclose(at_once.means().values, kept_up.means().values, rtol=1e-12)
    np.testing.assert_allclose(at_once.means().values[1, -5:], naive(values[1].tolist(), 0.99)[-5:], rtol=1e-12)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], nan), ([10.0, 1000.0], 2.0), ([1.0, 0.0], nan), ([1.0, -1.0], nan), ([1.0, nan], nan), ([1.0, INF], INF)],
)
def test_the_mean_logarithm(values: list[float], expected: float) -> None:
    bundle = Bundle(1)
    bundle.extend([values])
    (found,) = MeanLog(bundle).means(len(bundle))
    assert found == pytest.approx(expected, nan_ok=True)


def test_the_mean_logarithm_is_kept_up_and_begun_again_after_a_fork() -> None:
    bundle = Bundle(1)
    logs = MeanLog(bundle)
    bundle.extend([[1.0, 10.0]])
    assert logs.means(len(bundle)) == [0.5]
    bundle.extend([[100.0]])
    assert logs.means(len(bundle)) == [1.0]
    bundle.truncate(1)
    bundle.extend([[1000.0, 1000.0, 1000.0]])
    assert logs.means(len(bundle)) == [pytest.approx(3 * log10(1000) / 4)]
