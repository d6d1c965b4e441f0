"""The loss over all training rows: what run, race, sweep and report mean by a final loss, and a curve of its own."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.headless.results import report, write_losses
from engine.lane import evaluation
from engine.protocol import RaceRequest, StartSweep, SweepAxis, SweepPart, SweepPlan
from engine.race.race import Racing
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check, loss_names
from engine.sweep import sweep_job
from tests.engine.experiments import experiment, layer, optimizer, raw_problem
from tests.engine.headless.test_run import losses_in

ENTRIES = (optimizer("SGD", lr=0.05), optimizer("Adam", lr=0.02))
BATCHED = {"size": 3, "shuffle": True, "seed": 5}


def batched(loss: str = "mse", **more: Any) -> ExperimentSpec:
    return experiment([layer(5), layer(3, "identity")], loss=loss, optimizers=ENTRIES, batch=BATCHED, **more)


def run_of(spec: ExperimentSpec, steps: int) -> Lockstep:
    run = Lockstep(spec, budget=10_000_000, judge_at_once=False)
    run.advance(steps)
    return run


def columns(run: Lockstep, folder: Path) -> dict[str, list[float]]:
    write_losses(run, folder / "losses.csv")
    return losses_in(folder)


def full_batch(spec: ExperimentSpec) -> ExperimentSpec:
    return spec.model_copy(update={"batch": spec.batch.model_copy(update={"size": None})})


@pytest.mark.parametrize("loss", loss_names())
def test_it_is_what_a_batch_of_all_rows_would_lose_at_the_same_weights(loss: str) -> None:
    spec = batched(loss)
    run = run_of(spec, 25)
    for one, found in zip(run.lanes, run.training_losses(), strict=True):
        whole = make_lane(full_batch(spec), one.entry, one.backend, initial_weights(spec))
        whole.restore(one.lane.snapshot())
        assert found == pytest.approx(float(whole.step(None)), rel=1e-12)


def test_rows_in_blocks_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run_of(batched(), 4).training_losses()
    monkeypatch.setattr(evaluation, "MOST_NUMBERS", 10)
    blocks = evaluation.row_blocks(batched())
    assert [(block.rows.start, block.rows.stop) for block in blocks] == [(0, 2), (2, 4), (4, 6), (6, 7)]
    assert run_of(batched(), 4).training_losses() == pytest.approx(whole, rel=1e-12)


def test_every_so_many_steps_and_at_the_end_it_stands_in_the_file(tmp_path: Path) -> None:
    spec = batched()
    every = evaluation.evaluate_every(spec).training
    steps = 3 * every + 2
    run = run_of(spec, steps)
    known = {every, 2 * every, 3 * every, steps}
    found = columns(run, tmp_path)
    for place, one in enumerate(run.lanes):
        column = found[f"{one.id}/all"]
        assert {step for step, loss in enumerate(column, start=1) if not np.isnan(loss)} == known
        for step in known:
            run.seek(step)
            assert column[step - 1] == run.training_losses()[place]


def test_of_full_batches_it_is_the_loss_of_the_next_step(tmp_path: Path) -> None:
    run = run_of(full_batch(batched()), 40)
    found = columns(run, tmp_path)
    for one, last in zip(run.lanes, run.training_losses(), strict=True):
        assert found[f"{one.id}/all"] == [*found[one.id][1:], last]
    assert all(curve.training is None for curve in Racing(run).answer(RaceRequest(100)).curves)


def test_a_replay_adds_nothing_and_a_fork_forgets_what_came_after(tmp_path: Path) -> None:
    spec = batched()
    steps = 3 * evaluation.evaluate_every(spec).training
    run = run_of(spec, steps)
    before = columns(run, tmp_path)
    run.seek(7)
    run.seek(steps)
    assert str(columns(run, tmp_path)) == str(before)
    run.seek(steps // 2)
    run.set_params(0, {"lr": 0.2})
    run.advance(steps - steps // 2)
    again = Lockstep(spec, budget=10_000_000, judge_at_once=False, changes=tuple(run.changes))
    again.advance(steps)
    assert str(columns(run, tmp_path)) == str(columns(again, tmp_path)) != str(before)


def test_the_rate_of_every_update_stands_in_the_file(tmp_path: Path) -> None:
    stepped = {
        **optimizer("SGD", lr=0.1),
        "label": "stepped",
        "schedule": {"name": "StepLR", "params": {"step_size": 4}},
    }
    run = run_of(experiment([layer(1)], optimizers=[optimizer("Adam"), stepped]), 10)
    run.seek(6)
    run.set_params(0, {"lr": 0.5})
    run.advance(4)
    found = columns(run, tmp_path)
    assert found["Adam/lr"] == [0.001] * 6 + [0.5] * 4
    assert found["stepped/lr"] == pytest.approx([0.1] * 4 + [0.01] * 4 + [0.001] * 2)


def test_run_race_and_sweep_mean_the_same_by_final_loss() -> None:
    spec = batched()
    steps, rate = 30, 0.05
    run = run_of(spec, steps)
    plan = SweepPlan(0, (SweepAxis(("lr",), (rate, 0.1), False),), (), steps)
    *_, swept = (part for part in sweep_job(StartSweep(1, spec, plan)) if isinstance(part, SweepPart))
    told = {lane["id"]: lane["final_loss"] for lane in report(run)["lanes"]}
    raced = [row.final for row in Racing(run).rows(None)]
    assert raced == list(told.values()) == run.training_losses()
    assert swept.losses[0] == pytest.approx(told["SGD/diy"], rel=1e-12)


def test_best_and_target_are_over_all_rows_whatever_a_batch_has_lost() -> None:
    run = run_of(batched(), 100)
    curves = Racing(run).answer(RaceRequest(10_000)).curves
    for lane, row in enumerate(Racing(run).rows(None)):
        known = [*curves[lane].training, row.final]
        assert row.best == min(known) > min(run.series[lane].values)
    target = float(np.mean(curves[0].training))
    row = Racing(run).rows(target)[0]
    first = int(np.argmax(curves[0].training <= target))
    assert row.target_step == curves[0].training_x[first]


@pytest.mark.parametrize("axis", ["step", "seconds", "evaluations"])
def test_its_curve_lies_on_every_axis_where_the_steps_were_done(axis: Any) -> None:
    run = run_of(experiment([layer(2), layer(1)], optimizers=[optimizer("LBFGS", max_iter=3)], batch=BATCHED), 60)
    race = Racing(run).answer(RaceRequest(10_000, axis))
    every, curve = race.every, race.curves[0]
    assert len(curve.training) == 60 // every + 1
    assert curve.training_x[0] == 0
    row = Racing(run).rows(None)[0]
    last = {"step": 60 // every * every, "seconds": row.seconds, "evaluations": row.evaluations}[axis]
    assert 0.5 * last < curve.training_x[-1] <= last


def test_a_million_steps_come_thinned() -> None:
    run = run_of(batched(), 1)
    training = run.run_record.training
    lanes, many = len(run.lanes), 100_000
    training.extend([[float(number % 977) for number in range(many)]] * lanes)
    (curve, *_) = training.curves(300)
    assert len(curve.steps) < 1500
    assert (curve.losses.max(), curve.steps.max()) == (976.0, many * training.every)
    near, *_ = training.curves(300, (1000.0 * training.every, 1010.0 * training.every))
    assert 11 <= len(near.steps) <= 15


def test_of_a_test_function_it_is_the_value_after_the_update() -> None:
    run = run_of(check(raw_problem(dtype="float64")), 5)
    final = run.training_losses()
    run.advance(1)
    assert [series[6] for series in run.series] == pytest.approx(final, rel=1e-12)
