"""When steps are due, by a clock that the test moves."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from engine import pace as pace_module
from engine.pace import FIGURES_EVERY, LONGEST_WAIT, RATE_SPAN, SLICE, Figures, Pace, TimeBudget


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace_module, "time", SimpleNamespace(perf_counter=clock.perf_counter))
    return clock


def running(last: int | None = None, rate: float | None = None) -> Pace:
    pace = Pace()
    pace.start(0, last, rate)
    return pace


# --- how many steps fit a slice ------------------------------------------------------------------


def test_it_trusts_quicker_steps_by_halves_and_slower_ones_at_once() -> None:
    pace, each = running(), SLICE / 8
    found = []
    for _ in range(6):
        pace.took(10, 10 * each)
        found.append(pace.due(0))
    assert found == [1, 2, 4, 5, 6, 7]  # of the 8 that would fit
    pace.took(4, 4 * SLICE / 2)
    assert pace.due(0) == 2


def test_no_more_steps_are_due_than_are_left() -> None:
    pace = running(last=103)
    for _ in range(60):
        pace.took(1, SLICE / 100)
    assert (pace.due(0), pace.due(100), pace.due(102)) == (99, 3, 1)
    assert pace.running
    assert pace.due(103) == 0
    assert not pace.running
    assert pace.pause(103) is None


def test_a_run_to_where_it_stands_does_not_begin() -> None:
    pace = Pace()
    pace.start(5, 5, None)
    assert not pace.running
    assert pace.due(5) == 0


def test_steps_that_take_no_time_are_taken_by_many_and_not_without_end() -> None:
    pace = running()
    for _ in range(100):
        pace.took(1000, 0.0)
    assert pace.due(0) == pytest.approx(SLICE / 1e-7, abs=1)


# --- at a rate -----------------------------------------------------------------------------------


def test_at_a_rate_the_first_step_is_due_at_once_and_each_other_in_its_turn(clock: Clock) -> None:
    pace = running(rate=4.0)
    pace.took(1, 1e-6)
    assert (pace.due(0), pace.due(1)) == (1, 0)
    assert pace.pause(0) == 0
    assert pace.pause(1) == pytest.approx(0.25)
    clock.now += 0.2
    assert pace.due(1) == 0
    assert pace.pause(1) == pytest.approx(0.05)
    clock.now += 0.06
    assert pace.due(1) == 1


def test_a_new_rate_counts_from_now(clock: Clock) -> None:
    pace = running(rate=0.1)
    pace.set_rate(1, 2.0)
    assert pace.pause(1) == pytest.approx(0.5)
    clock.now += 0.51
    assert pace.due(1) == 1
    pace.set_rate(2, None)
    assert pace.pause(2) == 0


def test_it_looks_at_the_clock_now_and_then_however_slow_the_rate(clock: Clock) -> None:
    pace = running(rate=1e-6)
    assert pace.pause(1) == LONGEST_WAIT


def test_a_rate_beyond_reach_is_none_and_one_below_0_is_refused() -> None:
    assert running(rate=1e300).pause(0) == 0
    assert running(rate=1e300).due(0) == 1
    assert running(rate=5e-324).due(0) == 1
    for rate in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="rate"):
            running(rate=rate)


def test_its_speed_is_that_of_the_last_second(clock: Clock) -> None:
    pace = running()
    assert pace.steps_per_second == 0
    step = 0
    for ahead in [1] * 20 + [10] * 12:  # ten a second, then a hundred
        clock.now += 0.1 * RATE_SPAN
        step += ahead
        pace.mark(step)
    assert pace.steps_per_second == pytest.approx(100 / RATE_SPAN, rel=0.01)
    pace.stop()
    assert pace.steps_per_second == 0
    clock.now += 0.5 * RATE_SPAN
    pace.start(step, None, None)
    clock.now += 0.1
    pace.mark(step + 1)
    assert pace.steps_per_second == pytest.approx(10)  # a pause is no part of it


# --- what is done beside it ----------------------------------------------------------------------


def test_what_is_done_beside_a_run_waits_until_it_is_no_more_than_its_share(clock: Clock) -> None:
    share = TimeBudget(0.2)
    assert share.is_due
    share.took(0.1)
    clock.now += 0.39
    assert not share.is_due
    clock.now += 0.02
    assert share.is_due


def test_figures_stand_for_a_while_and_only_while_something_runs(clock: Clock) -> None:
    figures: Figures[int] = Figures()
    numbers = iter(range(100))
    ask: Callable[[object, bool], int] = lambda key, runs: figures.of(key, runs, lambda: next(numbers))  # noqa: E731
    assert [ask("a", True), ask("a", True)] == [0, 0]
    assert ask("b", True) == 1
    clock.now += FIGURES_EVERY * 0.9
    assert ask("b", True) == 1
    clock.now += FIGURES_EVERY * 0.2
    assert ask("b", True) == 2
    assert [ask("b", False), ask("b", False)] == [3, 4]
