"""Where the weights have been: bounded, true to the run and to its paths' shape, and of one future alone."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.race.projected import Projected
from engine.run.lockstep import Lockstep
from engine.run.trajectories import MOST, Trajectories, flat, kept_points
from tests.drawing import examples
from tests.engine.experiments import experiment, layer, optimizer
from tests.products import covering

LAYERS = [layer(3, "tanh"), layer(1)]


def run_of(*entries: dict[str, Any], **more: Any) -> Lockstep:
    entries = entries or (optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.05))
    return Lockstep(experiment(LAYERS, optimizers=entries), budget=10_000_000, judge_at_once=False, **more)


@cache
def walked() -> dict[int, Array]:
    """All weights of the first lane after each step, taken one by one."""
    run = run_of(optimizer("SGD", lr=0.1))
    found = {0: flat(run.lanes[0].lane.weights())}
    while run.step < 700:
        run.advance()
        found[run.step] = flat(run.lanes[0].lane.weights())
    return found


@pytest.mark.parametrize(("steps", "watched"), covering([0, 1, 63, 200, 700], [False, True], strength=1))
def test_points_are_the_weights_after_their_steps_up_to_the_newest(steps: int, watched: bool) -> None:
    run, expected = run_of(), walked()
    if watched:
        run.start_watching()
    run.advance(steps)
    found, points = run.trajectories.of(0)
    assert (found[0], found[-1]) == (0, steps)
    assert len(found) <= MOST + 1
    assert (np.diff(found) > 0).all()
    for step, point in zip(found.tolist(), points, strict=True):
        np.testing.assert_array_equal(point, expected[step])


def test_of_an_entry_without_diy_it_is_torchs_path() -> None:
    run = run_of({**optimizer("SGD", lr=0.1), "backends": ["torch"]})
    run.advance(10)
    np.testing.assert_array_equal(run.trajectories.of(0)[1][-1], flat(run.lanes[0].lane.weights()))


def test_a_replay_adds_nothing_and_a_seek_takes_nothing_away() -> None:
    run = run_of()
    run.advance(300)
    steps, points = run.trajectories.of(1)
    for step in (100, 0, 299, 300):
        run.seek(step)
        again, same = run.trajectories.of(1)
        np.testing.assert_array_equal(again, steps)
        np.testing.assert_array_equal(same, points)


def test_a_fork_leads_elsewhere_from_the_step_at_which_it_was_made() -> None:
    run, other = (run_of(optimizer("SGD", lr=0.1)) for _ in range(2))
    run.advance(1100)  # far fewer steps are kept by now
    run.seek(301)
    run.set_params(0, {"lr": 0.01})
    assert run.trajectories.of(0)[0][-1] == 301
    run.advance(9)
    other.advance(301)
    other.set_params(0, {"lr": 0.01})
    other.advance(9)
    np.testing.assert_array_equal(run.trajectories.of(0)[1][-1], other.trajectories.of(0)[1][-1])
    steps, points = other.trajectories.of(0)
    for step, point in zip(*run.trajectories.of(0), strict=True):
        np.testing.assert_array_equal(point, points[np.flatnonzero(steps == step)[0]])


def test_a_run_without_history_has_no_paths() -> None:
    run = run_of(history=False)
    run.advance(5)
    assert run.trajectories.entries == ()


def test_a_quick_beginning_keeps_its_shape_however_long_the_end_goes_on() -> None:
    """As LBFGS has it: at its goal after 30 steps of 20,000, around a hill."""
    turns = np.linspace(0, np.pi, 31)
    way = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    rest = np.tile(way[-1], (20_000, 1))
    points = np.concatenate([way, rest])
    paths = Trajectories([points[0]], (0,))
    for done in range(0, 20_000, 50):
        rows = paths.rows(done, 50)
        paths.extend(done, 50, {0: [points[done + row] for row in rows] + [points[done + 50]]})
    steps, kept = paths.of(0)
    assert len(steps) <= MOST + 51
    assert (steps[0], steps[-1]) == (0, 20_000)
    assert np.abs(distances(way, kept)).max() < 1e-3


def distances(points: Array, line: Array) -> Array:
    """From each point to the nearest place of a broken line."""
    first, last = line[:-1], line[1:]
    across = last - first
    length = np.maximum(np.sum(across**2, axis=1), 1e-300)
    along = np.clip(np.sum((points[:, None] - first) * across, axis=2) / length, 0, 1)
    return np.sqrt(np.sum((points[:, None] - first - along[..., None] * across) ** 2, axis=2)).min(axis=1)


@examples(10)
@given(seed=st.integers(0, 10**6), count=st.integers(2, 40), paths=st.integers(1, 3))
def test_thinning_keeps_the_ends_in_order_and_drops_what_lies_on_a_line(seed: int, count: int, paths: int) -> None:
    random = np.random.default_rng(seed)
    corners = np.sort(random.choice(np.arange(1, 99), 8, replace=False)).tolist()
    places = [0, *corners, 99]
    found = []
    for _ in range(paths):
        ends = random.normal(size=(10, 5))
        found.append([*np.stack([np.interp(range(100), places, side) for side in ends.T], axis=1)])
    kept = kept_points(found, count).tolist()
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1], len(kept)) == (0, 99, count)
    if count >= len(places):
        assert set(places) <= set(kept)


def test_one_entry_that_explodes_takes_no_points_from_the_others() -> None:
    turns = np.linspace(0, 2 * np.pi, 400)
    circle = [*np.stack([np.cos(turns), np.sin(turns)], axis=1)]
    with np.errstate(over="ignore"):
        explodes = [np.full(2, np.float64(1.5) ** min(step, 3000)) for step in range(400)]
    explodes[300:] = [np.full(2, np.nan)] * 100
    kept = kept_points([circle, explodes], 64)
    assert distances(np.array(circle), np.array(circle)[kept]).max() < 0.02


def test_large_weights_have_fewer_points() -> None:
    paths = Trajectories([np.zeros((1000, 1000), np.float32)], (0, 1))
    for step in range(40):
        count = len(paths.rows(step, 1))
        paths.extend(step, 1, {entry: [np.full(10**6, step + 1, np.float32)] * (count + 1) for entry in (0, 1)})
    steps, points = paths.of(1)
    assert len(steps) <= 6
    np.testing.assert_array_equal(points[:, 0], steps)


class Flat:
    """A plane that points are dropped on; it counts them."""

    def __init__(self) -> None:
        self.count = 0

    def project(self, points: Array) -> tuple[Array, Array]:
        self.count += len(points)
        return points[:, 0], points[:, 1]


@examples(4)
@given(moves=st.lists(st.tuples(st.integers(1, 200), st.booleans()), min_size=1, max_size=4))
def test_places_on_a_plane_are_those_of_the_points_whatever_came_between(moves: list[tuple[int, bool]]) -> None:
    run, plane = run_of(optimizer("SGD", lr=0.1)), Flat()
    projected = Projected(run.trajectories, plane)
    for number, (steps, forks) in enumerate(moves):
        run.advance(steps)
        if forks:
            run.seek(run.step // 2)
            run.set_params(0, {"lr": 0.1 / (number + 2)})
        found, x, y = projected.places()
        steps_of_path, points = run.trajectories.of(0)
        np.testing.assert_array_equal(found, steps_of_path)
        np.testing.assert_array_equal([x[0], y[0]], points[:, :2].T)


def test_only_new_points_are_projected() -> None:
    run, plane = run_of(optimizer("SGD", lr=0.1)), Flat()
    projected = Projected(run.trajectories, plane)
    run.advance(200)
    projected.places()
    before = plane.count
    run.advance(3)
    projected.places()
    projected.places()
    assert plane.count == before + 3
