"""What a race shows: curves over each axis, the table, scheduled rates, and paths on the newest surface's plane."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.diy.closure import takes_closure
from engine.diy.optimizers import OPTIMIZERS
from engine.pace import Pace
from engine.protocol import CurveRequest, FrameRequest, Race, RaceRequest
from engine.race.race import Racing
from engine.run.lockstep import Lockstep
from engine.server.frames import Frames
from engine.spec import check, optimizer_names
from tests.drawing import examples
from tests.engine.experiments import experiment, layer, optimizer, raw_article

WIDE = 10**6  # pixels: nothing is thinned
NAN, INF = float("nan"), float("inf")
LAYERS = [layer(3, "tanh"), layer(1)]
ENTRIES = (optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.05))
needs_lbfgs = pytest.mark.skipif("LBFGS" not in optimizer_names(), reason="no LBFGS yet")


def run_of(*entries: dict[str, Any], steps: int = 0, **more: Any) -> Lockstep:
    run = Lockstep(experiment(LAYERS, optimizers=entries or ENTRIES, **more), budget=10_000_000, judge_at_once=False)
    run.start_watching()
    run.advance(steps)
    return run


@cache
def raced() -> Lockstep:
    """A run that nobody changes."""
    return run_of(steps=220)


def race(run: Lockstep, **request: Any) -> Race:
    return Racing(run).answer(RaceRequest(**{"pixels": WIDE, **request}))


def losses_of(run: Lockstep, lane: int) -> Array:
    return run.series[lane].values


# --- curves --------------------------------------------------------------------------------------


def test_over_steps_a_curve_is_the_loss_of_each_step() -> None:
    run = run_of(steps=150)
    for lane, curve in enumerate(race(run).curves):
        np.testing.assert_array_equal(curve.x, np.arange(1, 151))
        np.testing.assert_array_equal(curve.losses, losses_of(run, lane))
        assert (curve.smooth, curve.at) == (None, None)


def test_a_loss_lies_where_the_lanes_own_seconds_were_when_its_step_was_done() -> None:
    run = run_of(steps=150)
    found = race(run, axis="seconds")
    for lane, (curve, row) in enumerate(zip(found.curves, found.rows, strict=True)):
        assert (np.diff(curve.x) > 0).all()
        assert curve.x[0] > 0
        assert curve.x[-1] == row.seconds
        assert row.seconds_per_step == row.seconds / 150
        np.testing.assert_array_equal(curve.losses, losses_of(run, lane))


def test_seconds_are_those_of_the_steps_alone_and_a_replay_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10**6))
    monkeypatch.setattr("engine.run.block_run.perf_counter", lambda: float(next(clock)))
    run = run_of(steps=100)
    assert [row.seconds for row in race(run).rows] == [100.0] * 4
    run.seek(50)
    run.seek(100)
    assert [row.seconds for row in race(run).rows] == [100.0] * 4
    run.seek(30)
    run.set_params(0, {"lr": 0.01})
    assert [row.seconds for row in race(run).rows] == pytest.approx([30.0] * 4)
    run.advance(7)
    assert [row.seconds for row in race(run).rows] == pytest.approx([37.0] * 4)


@needs_lbfgs
def test_evaluations_of_the_gradient_are_counted_where_a_step_may_take_many() -> None:
    run = run_of(optimizer("LBFGS", max_iter=4), ENTRIES[0], steps=20)
    found = race(run, axis="evaluations")
    often, once = found.curves[0], found.curves[2]
    assert found.rows[0].evaluations > 20
    assert found.rows[2].evaluations == 20
    np.testing.assert_array_equal(once.x, np.arange(1, 21))
    assert often.x[0] == 1, "the first loss is known after one evaluation"
    assert (np.diff(often.x) >= 1).all()
    assert often.x[-1] <= found.rows[0].evaluations
    middle = float(often.x[7])
    assert race(run, axis="evaluations", at=middle).curves[0].at == losses_of(run, 0)[7]
    assert race(run, axis="evaluations", at=middle - 0.5).curves[0].at == losses_of(run, 0)[6]


@examples(15)
@given(share=st.floats(-0.2, 1.2), axis=st.sampled_from(["step", "seconds", "evaluations"]))
def test_what_is_read_out_is_the_last_loss_not_beyond_the_place(share: float, axis: Any) -> None:
    whole = race(raced(), axis=axis)
    place = share * float(whole.curves[1].x[-1])
    for curve, read in zip(whole.curves, race(raced(), axis=axis, at=place).curves, strict=True):
        there = curve.losses[curve.x <= place]
        assert read.at == (there[-1] if len(there) else None)


@examples(15)
@given(ends=st.tuples(st.floats(0, 1), st.floats(0, 1)), axis=st.sampled_from(["step", "seconds", "evaluations"]))
def test_a_visible_range_has_all_of_its_losses_and_little_more(ends: tuple[float, float], axis: Any) -> None:
    whole = race(raced(), axis=axis)
    low, high = (end * float(whole.curves[1].x[-1]) for end in sorted(ends))
    for curve, part in zip(whole.curves, race(raced(), axis=axis, span=(low, high)).curves, strict=True):
        inside = curve.x[(curve.x >= low) & (curve.x <= high)]
        assert np.isin(inside, part.x).all()
        assert len(part.x) <= len(inside) + 4


def test_many_steps_are_thinned_to_the_width_and_no_spike_is_lost() -> None:
    run = run_of(steps=1000)
    run.run_record.bundle.values[:, 345] = 9e9  # type: ignore[union-attr]
    for axis in ("step", "seconds"):
        for curve in race(run, pixels=100, axis=axis, smoothing=0.5).curves:
            assert len(curve.x) == len(curve.losses) <= 204
            assert curve.losses.max() == 9e9
            assert curve.smooth is not None
            assert len(curve.smooth) <= 204


def test_smoothing_is_the_running_mean_and_follows_a_fork() -> None:
    run = run_of(steps=200)
    racing = Racing(run)
    for smoothing in (0.9, 0.5, 0.9):
        request = RaceRequest(WIDE, smoothing=smoothing)
        racing.answer(request)
        run.seek(run.step - 20)
        run.set_params(0, {"lr": 0.01 * smoothing})
        run.advance(30)
        for lane, curve in enumerate(racing.answer(request).curves):
            mean = weight = 0.0
            for loss in losses_of(run, lane):
                mean, weight = smoothing * mean + (1 - smoothing) * loss, smoothing * weight + 1 - smoothing
            assert curve.smooth is not None
            assert curve.smooth[-1] == pytest.approx(mean / weight)
            np.testing.assert_array_equal(curve.smooth_x, curve.x)


# --- the table -----------------------------------------------------------------------------------


def test_the_table_is_of_where_the_run_stands() -> None:
    run = run_of(steps=150)
    losses = losses_of(run, 0)
    target = float(losses[41])  # the loss that step 42 begins with is the one after step 41
    run.seek(90)
    row = race(run, target=target).rows[0]
    assert (row.final, row.best, row.best_step) == (losses[90], losses[:91].min(), int(losses[:91].argmin()))
    assert row.target_step == int(np.argmax(losses <= target))
    assert row.area == pytest.approx(np.log10(losses[:90]).mean())
    gradients = run.lanes[0].lane.gradients()
    assert row.grad_norm == pytest.approx(np.sqrt(sum((gradient**2).sum() for gradient in gradients)))
    assert row.evaluations == 90
    assert race(run, target=0.0).rows[0].target_step is None
    run.seek(20)
    assert race(run, target=target).rows[0].target_step is None, "it is reached later"
    run.seek(150)
    row = race(run, target=target).rows[0]
    assert row.final < losses[-1], "after the last update it is lower than before"
    assert (row.best, row.best_step) == (row.final, 150)


def test_what_a_row_tells_of_the_past_is_what_it_told_there() -> None:
    run = run_of(batch={"size": 2, "shuffle": True}, steps=60)
    there = race(run, target=0.5).rows
    run.advance(60)
    assert race(run, target=0.5).rows != there
    run.seek(60)
    for row, told in zip(race(run, target=0.5).rows, there, strict=True):
        assert row == told


def test_before_the_first_step_nothing_is_known() -> None:
    run = run_of()
    found = race(run, target=1.0, smoothing=0.5, axis="seconds", at=1.0)
    for curve, row in zip(found.curves, found.rows, strict=True):
        assert (len(curve.x), curve.at) == (0, None)
        assert (row.best_step, row.target_step, row.seconds, row.evaluations) == (None, None, 0, 0)
        assert np.isnan([row.final, row.best, row.area, row.grad_norm, row.seconds_per_step, row.state_bytes]).all()


def test_a_run_that_breaks_has_a_best_and_a_final_that_is_none() -> None:
    run = Lockstep(
        check(raw_article(network={"layers": [{"units": 4}]}, optimizers=[optimizer("SGD", lr=1e3)])),
        judge_at_once=False,
    )
    run.advance(100)
    row = race(run, target=1e9).rows[0]
    assert not np.isfinite(row.final)
    assert row.best == np.nanmin(losses_of(run, 0))
    assert row.target_step == 0, "at the start"
    assert not np.isfinite(row.area)


@pytest.mark.parametrize(
    ("entry", "each"), [(optimizer("SGD"), 0), (optimizer("SGD", momentum=0.9), 8), (ENTRIES[1], 16)]
)
def test_state_is_told_per_weight_alike_for_both_backends(entry: dict[str, Any], each: int) -> None:
    assert [row.state_bytes for row in race(run_of(entry, steps=2)).rows] == [each, each]


def test_a_table_that_is_not_on_screen_is_not_worked_out() -> None:
    assert race(run_of(steps=3), table=False).rows == ()


# --- rates ---------------------------------------------------------------------------------------


def test_the_rate_of_a_schedule_is_told_step_by_step() -> None:
    scheduled = {**ENTRIES[0], "schedule": {"name": "StepLR", "params": {"step_size": 10, "gamma": 0.5}}}
    run = run_of(scheduled, ENTRIES[1], steps=30)
    own, none = race(run).rates
    assert none is None
    assert own is not None
    np.testing.assert_array_equal(own.steps, np.arange(1, 31))
    np.testing.assert_allclose(own.losses, [0.1] * 10 + [0.05] * 10 + [0.025] * 10)
    run.seek(15)
    run.set_params(0, {"lr": 0.2})
    run.advance(1)
    again = race(run).rates[0]
    assert again is not None
    np.testing.assert_allclose(again.losses, [0.1] * 10 + [0.05] * 5 + [0.1])


# --- paths ---------------------------------------------------------------------------------------


class Diagonal:
    """A plane on which the first weight is x and the last one is y."""

    def project(self, points: Array) -> tuple[Array, Array]:
        return points[:, 0], points[:, -1]


def test_paths_lie_on_the_newest_surfaces_plane_and_mark_the_lowest_loss() -> None:
    run = run_of(steps=100)
    racing = Racing(run)
    assert racing.answer(RaceRequest(WIDE, paths=True)).paths == ()
    run.surface = 7, Diagonal()  # type: ignore[assignment]
    found = racing.answer(RaceRequest(WIDE, paths=True))
    assert found.job == 7
    for path in found.paths:
        points = run.trajectories.of(path.entry)[1]
        np.testing.assert_array_equal([path.x, path.y], points[:, [0, -1]].T)
        losses = losses_of(run, 2 * path.entry)
        assert path.best == tuple(points[losses.argmin(), [0, -1]]), "a step's loss is of the weights before it"
    assert racing.answer(RaceRequest(WIDE)).paths == ()


# --- in a frame ----------------------------------------------------------------------------------


def test_a_frame_has_a_race_when_asked_for_one() -> None:
    run = run_of(steps=5)
    frames = Frames(run)
    assert frames.answer(FrameRequest(1, CurveRequest(9), None), Pace()).race is None
    frame = frames.answer(FrameRequest(1, None, None, RaceRequest(9)), Pace())
    assert frame.race is not None
    assert len(frame.race.curves) == len(frame.race.rows) == 4
    assert (frame.generation, frame.step, frame.curves) == (1, 5, None)


def test_while_the_run_goes_on_the_table_is_read_and_not_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    run = run_of(steps=5)
    racing = Racing(run)
    monkeypatch.setattr("engine.pace.time.perf_counter", lambda: now[0])

    def shown(running: bool = True, target: float | None = None) -> int:
        return racing.answer(RaceRequest(9, target=target), running).rows[0].evaluations

    assert shown() == 5
    run.advance()
    assert shown() == 5
    assert shown(target=1.0) == 6, "what is asked for is answered at once"
    run.advance()
    assert shown(running=False, target=1.0) == 7
    run.advance()
    now[0] += 0.2
    assert shown(target=1.0) == 8


def test_fourteen_entries_race() -> None:
    names = [name for name in optimizer_names() if name != "Muon" and not takes_closure(OPTIMIZERS[name])]
    entries = [optimizer(name) for name in (names * 14)[:14]]
    found = race(run_of(*entries, steps=20))
    assert len(found.curves) == len(found.rows) == 28
    assert len({row.final for row in found.rows}) > 1
