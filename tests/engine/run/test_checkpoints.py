"""Checkpoints stay within their budget, thin out with age, and never lose the start."""

import tracemalloc

import numpy as np
import pytest

import engine.run.lockstep
from engine.lane.lane import Snapshot
from engine.run.checkpoints import MOST, Checkpoint, Checkpoints
from engine.run.lockstep import Lockstep
from engine.run.series import BLOCK, Series
from tests.engine.experiments import experiment, layer, optimizer


def checkpoint(step: int, size: int = 100) -> Checkpoint:
    return Checkpoint(step, (Snapshot((np.zeros(size),), ({"m": np.zeros(size), "t": step},)),), ())


def filled(budget: int, count: int, apart: int = 64) -> Checkpoints:
    history = Checkpoints(budget)
    for number in range(count):
        history.add(checkpoint(number * apart))
        history.thin_out()
    return history


def test_it_keeps_all_while_there_is_room() -> None:
    history = filled(10**9, 50)
    assert history.steps == [64 * number for number in range(50)]
    assert history.nearest(129).step == 128
    assert history.nearest(128).step == 128
    assert history.nearest(127).step == 64


@pytest.mark.parametrize("budget", [20_000, 100_000, 1_000_000])
def test_it_stays_within_its_budget_and_keeps_start_and_newest(budget: int) -> None:
    history = filled(budget, 2000)
    assert history.used <= budget
    assert history.used == sum(history.nearest(step).nbytes for step in history.steps)
    assert (history.steps[0], history.steps[-1]) == (0, 64 * 1999)


def test_the_older_the_wider_apart_and_nowhere_a_hole() -> None:
    count = 40_000
    history = filled(10**9, count)
    assert len(history) <= MOST
    gaps = np.diff(history.steps)
    newest, oldest = gaps[-len(gaps) // 4 :].mean(), gaps[: len(gaps) // 4].mean()
    assert newest < oldest
    share = np.array(history.steps[:-1]) / history.steps[-1]
    early, late = gaps[share < 1 / 8].mean(), gaps[(share >= 6 / 8) & (share < 7 / 8)].mean()
    assert 1.5 <= early / late <= 3.5  # three times as wide, as near as doubling comes to it
    assert (
        gaps.max() <= 64 * count / 500
    )  # so that a seek takes a thousandth of the run, as there are 2 in 1000 at least


def test_a_budget_of_nothing_still_leaves_the_way_back() -> None:
    history = filled(0, 100)
    assert history.steps == [0, 64 * 99]


def test_truncate_forgets_the_future_alone() -> None:
    history = filled(10**9, 50)
    history.truncate(640)
    assert history.steps == [64 * number for number in range(11)]
    assert history.used == sum(history.nearest(step).nbytes for step in history.steps)


def test_losses_count_in_the_budget_of_a_run() -> None:
    budget = 200_000
    entry = {**optimizer("SGD", lr=0.01), "backends": ["diy"]}
    run = Lockstep(experiment([layer(2)], optimizers=[entry]), budget=budget, judge_at_once=False)
    run.advance(6_000)
    assert run.checkpoints is not None
    losses = sum(series.nbytes for series in run.series)
    assert losses + run.checkpoints.used <= max(budget, losses + 2 * run.checkpoints.nearest(0).nbytes)
    run.set_budget(10**8)
    run.advance(1000)
    assert len(run.checkpoints) > 10
    run.set_budget(0)
    assert run.checkpoints.steps == [0, run.checkpoints.steps[-1]]
    run.seek(6_500)
    assert run.step == 6_500


@pytest.mark.parametrize("name", ["SGD", "Adam"])
def test_what_small_checkpoints_are_said_to_take_is_no_less_than_what_they_take(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a network of a few numbers it is the objects that count."""
    monkeypatch.setattr(engine.run.lockstep, "CHECKPOINT_EVERY", 1)
    entries = [optimizer(name, lr=0.01)]
    run = Lockstep(
        experiment([layer(4), layer(4)], optimizers=entries, dtype="float32"), budget=10**9, judge_at_once=False
    )
    run.advance(150)
    history = run.checkpoints
    assert history is not None
    said = history.used
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(150):  # a series has room for 1024 losses from the start
            run.advance()
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert taken <= history.used - said <= 1.3 * taken


def test_a_series_cut_short_is_one_that_never_was_longer() -> None:
    values = np.random.default_rng(0).normal(size=5 * BLOCK)
    cut, short = Series(), Series()
    cut.extend(values)
    for pixels in (3, 40):  # of wide columns and of narrow ones
        cut.thinned(pixels)
    cut.truncate(3 * BLOCK + 7)
    short.extend(values[: 3 * BLOCK + 7])
    for series in (cut, short):
        series.extend(-values)
    for pixels in (3, 40, 100, 10**6):
        for mine, others in zip(cut.thinned(pixels), short.thinned(pixels), strict=True):
            np.testing.assert_array_equal(mine, others)


def test_a_thinning_takes_no_two_neighbours() -> None:
    """Gaps double at the most: a seek between two checkpoints replays at most two stretches for one."""
    history = Checkpoints(10**9)
    for number in range(MOST + 1):
        history.add(checkpoint(number * 64, size=1))
    history.thin_out()
    assert len(history) == pytest.approx(MOST * 7 / 8, abs=1)
    gaps = np.diff(history.steps)
    assert set(gaps.tolist()) == {64, 128}
    assert gaps[: len(gaps) // 3].mean() > gaps[-len(gaps) // 3 :].mean()


def test_a_thinning_leaves_room_for_more() -> None:
    history, each = Checkpoints(200 * checkpoint(0).nbytes), checkpoint(0).nbytes
    for number in range(201):
        history.add(checkpoint(number * 64))
    history.thin_out()
    assert history.used == 175 * each
    lengths = [len(history)]
    for number in range(201, 227):
        history.add(checkpoint(number * 64))
        history.thin_out()
        lengths.append(len(history))
    assert lengths == [*range(175, 201), 175]


def test_checkpoints_stand_in_the_order_of_their_steps_and_once_each() -> None:
    """A replay adds those that were thinned out again, and comes by some that were not."""
    history = Checkpoints(10**9)
    for step in (0, 640, 64, 640, 128, 0, 64):
        history.add(checkpoint(step))
    assert history.steps == [0, 64, 128, 640]
    assert history.used == 4 * checkpoint(0).nbytes
    assert [history.nearest(step).step for step in (63, 64, 639, 10**6)] == [0, 64, 128, 640]


@pytest.mark.parametrize(
    ("dense", "left"),
    [
        ((3000, 3040, 3070, 3100), [3000, 3040, 3100]),  # 3070 is missed least, and then 3040, had it not gone
        ((3000, 3030, 3060, 3100), [3000, 3060, 3100]),
    ],
)
def test_of_two_neighbours_that_would_be_missed_least_one_stays(dense: tuple[int, ...], left: list[int]) -> None:
    steps = [0, 1000, 2000, *dense, 4000, 5000, 5030, 5060, 6000, 7000, 8100]
    history = Checkpoints(int((len(steps) - 0.2) * checkpoint(0).nbytes))
    for step in steps:
        history.add(checkpoint(step))
    history.thin_out()  # by two
    assert history.steps == [0, 1000, 2000, *left, 4000, 5000, 5060, 6000, 7000, 8100]
