"""A thinned curve loses no spike, claims no point that was not, and costs no more than its pixels."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.run.series import BLOCK, Series
from tests.drawing import examples
from tests.products import covering


def series_of(values: np.ndarray) -> Series:
    series = Series()
    for value in values:
        series.append(value)
    return series


def assert_same_extremes(found: np.ndarray, expected: np.ndarray) -> None:
    assert np.nanmin(found) == np.nanmin(expected)
    assert np.nanmax(found) == np.nanmax(expected)


@examples(60)
@given(
    count=st.integers(1, 5000),
    pixels=st.integers(1, 400),
    spikes=st.lists(st.tuples(st.integers(0, 4999), st.floats(-1e6, 1e6)), max_size=4),
    ends=st.tuples(st.floats(-10, 5010), st.floats(-10, 5010)) | st.none(),
)
@example(count=5000, pixels=1, spikes=[(4999, 9.0)], ends=None)
@example(count=BLOCK * 8, pixels=4, spikes=[(BLOCK, 9.0), (BLOCK - 1, -9.0)], ends=(BLOCK + 0.5, BLOCK * 6.5))
def test_every_spike_in_range_is_kept(
    count: int, pixels: int, spikes: list[tuple[int, float]], ends: tuple[float, float] | None
) -> None:
    values = np.random.default_rng(count).normal(size=count)
    for position, height in spikes:
        values[position % count] = height
    series = series_of(values)
    steps = None if ends is None else (min(ends), max(ends))
    curve = series.thinned(pixels, steps)

    low, high = (1, count) if steps is None else steps
    inside = np.arange(1, count + 1)
    inside = inside[(inside >= low) & (inside <= high)]
    assert len(curve.steps) == len(curve.losses)
    assert np.isin(curve.losses, values).all()
    assert (np.diff(curve.steps) >= 0).all()
    assert len(curve.steps) <= 2 * pixels + 4
    if len(inside):
        assert curve.losses.min() <= values[inside - 1].min()
        assert curve.losses.max() >= values[inside - 1].max()
        assert curve.steps[0] <= inside[0]
        assert curve.steps[-1] >= inside[-1]
    if steps is None:
        assert_same_extremes(curve.losses, values)


@examples(30)
@given(count=st.integers(1000, 3000), pixels=st.integers(1, 100), growth=st.integers(1, 1500))
def test_a_curve_asked_for_while_it_grows_is_the_same_as_one_asked_for_at_the_end(
    count: int, pixels: int, growth: int
) -> None:
    """The coarse level is summed up bit by bit."""
    values = np.random.default_rng(growth).normal(size=count + growth)
    asked_early, asked_late = series_of(values[:count]), series_of(values)
    asked_early.thinned(pixels)
    for value in values[count:]:
        asked_early.append(value)
    for early, late in zip(asked_early.thinned(pixels), asked_late.thinned(pixels), strict=True):
        np.testing.assert_array_equal(early, late)


def test_a_short_curve_is_given_as_it_is() -> None:
    values = np.array([3.0, 1.0, np.nan, 2.0])
    curve = series_of(values).thinned(2)
    np.testing.assert_array_equal(curve.steps, [1, 2, 3, 4])
    np.testing.assert_array_equal(curve.losses, values)


def test_a_zoomed_range_is_given_as_it_is_with_a_neighbour_on_each_side() -> None:
    curve = series_of(np.arange(1000.0)).thinned(10, (500.2, 503.9))
    np.testing.assert_array_equal(curve.steps, [499, 500, 501, 502, 503, 504, 505])
    np.testing.assert_array_equal(curve.losses, curve.steps - 1)


def test_a_range_beyond_what_was_recorded_is_empty() -> None:
    series = series_of(np.arange(100.0))
    for steps in ((200.0, 300.0), (-50.0, -10.0)):
        assert series.thinned(10, steps).steps.size <= 1
    assert Series().thinned(10).steps.size == 0


@pytest.mark.parametrize("count", [3000, 40 * BLOCK])
def test_a_stretch_of_nan_is_a_gap_and_lone_ones_leave_one_but_hide_nothing(count: int) -> None:
    values = np.ones(count)
    values[count // 2 :] = np.nan
    values[5], values[6], values[7] = np.nan, 9.0, np.nan
    curve = series_of(values).thinned(20)
    assert np.nanmax(curve.losses) == 9.0
    early = curve.losses[curve.steps <= count // 2 - count // 20]
    assert np.isnan(early).tolist() == [False, False, True] + [False] * (len(early) - 3)
    assert np.isnan(curve.losses[curve.steps > count // 2 + count // 10]).all()


def test_values_by_step() -> None:
    series = series_of(np.arange(3000.0))
    assert (len(series), series[1], series[3000]) == (3000, 0.0, 2999.0)
    np.testing.assert_array_equal(series.values, np.arange(3000.0))
    for step in (0, -1, 3001):
        with pytest.raises(IndexError):
            series[step]


@pytest.mark.parametrize(("what", "at"), covering([np.nan, np.inf], [1, 5, 16, 17, 200, 40 * BLOCK - 3], strength=1))
def test_the_step_from_which_a_loss_is_not_finite_is_told_exactly(at: int, what: float) -> None:
    """However wide a column is: that is said in words beside the plot."""
    values = np.linspace(9.0, 1.0, 40 * BLOCK)
    values[at - 1 :] = np.nan
    values[at - 1] = what
    for pixels in (7, 100, 700):
        curve = series_of(values).thinned(pixels)
        assert curve.steps[np.argmax(~np.isfinite(curve.losses))] == at
        assert (np.diff(curve.steps) >= 0).all()
        before = curve.losses[curve.steps < at]
        if at > 1:
            assert (before.max(), before.min()) == (9.0, values[at - 2])


POOL = [0.0, 1.0, -1.0, 0.5, np.nan, np.inf, -np.inf]


@examples(80)
@given(
    head=st.lists(st.sampled_from(POOL), max_size=6),
    filler=st.sampled_from([2.0, np.nan, np.inf]),
    count=st.sampled_from([0, 3, BLOCK - 2, BLOCK, 2 * BLOCK + 5]),
    tail=st.lists(st.sampled_from(POOL), max_size=6),
    value=st.sampled_from([0.0, 0.25, 1.0, -2.0, np.inf]),
)
@example(head=[np.nan, np.inf], filler=2.0, count=0, tail=[], value=0.0)
def test_the_lowest_and_the_first_below_are_those_a_walk_through_all_finds(
    head: list[float], filler: float, count: int, tail: list[float], value: float
) -> None:
    """Of equal ones the first; infinity is a number and NaN is none."""
    values = [*head, *[filler] * count, *tail]
    series = Series()
    series.extend(values)
    numbers = [(number, step) for step, number in enumerate(values, start=1) if number == number]
    assert series.lowest() == (min(numbers)[1] if numbers else None)
    assert series.first_at_most(value) == next((step for number, step in numbers if number <= value), None)
