"""Seconds of compute a lane: they add up, stay within memory, and lead back to the step."""

import numpy as np
import pytest

from engine.run.compute_time import MOST, ComputeTime


def test_seconds_add_up_and_lie_on_a_line_between_two_marks() -> None:
    time = ComputeTime(2)
    time.add(10, [1.0, 5.0])
    time.add(30, [1.0, 10.0])
    np.testing.assert_allclose(time.seconds(0, [0, 5, 10, 20, 30]), [0, 0.5, 1, 1.5, 2])
    assert (time.total(0), time.total(1)) == (2.0, 15.0)
    assert time.steps(1, 7.5) == 15
    assert time.steps(1, 99.0) == 30


@pytest.mark.parametrize("step", [0, 5, 10, 25, 30, 31])
def test_a_fork_forgets_what_came_after_it(step: int) -> None:
    time, known = ComputeTime(1), ComputeTime(1)
    for each in (time, known):
        each.add(10, [1.0])
        each.add(30, [1.0])
    time.truncate(step)
    (expected,) = known.seconds(0, [min(step, 30)])
    assert time.total(0) == expected
    time.add(40, [3.0])
    assert time.total(0) == expected + 3
    np.testing.assert_allclose(time.seconds(0, [min(step, 30) / 2]), known.seconds(0, [min(step, 30) / 2]))


@pytest.mark.parametrize("marks", [MOST - 1, MOST, MOST + 1, 3 * MOST])
def test_many_marks_are_thinned_and_no_second_is_lost(marks: int) -> None:
    taken = np.random.default_rng(marks).uniform(0, 1, marks)
    time = ComputeTime(1)
    for number, seconds in enumerate(taken, start=1):
        time.add(number, [seconds])
    assert time.total(0) == pytest.approx(taken.sum())
    exact = np.concatenate([[0], np.cumsum(taken)])
    assert np.abs(time.seconds(0, np.arange(marks + 1)) - exact).max() < 4.5  # one mark in four, at the worst
