"""A run that keeps rows for testing: it trains as if it had the others alone, and tells what these lose."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from engine.headless.results import report
from engine.lane import evaluation
from engine.protocol import CurveRequest, RaceRequest, RandomPlane, StartSurface, StartSweep, SweepAxis, SweepPlan
from engine.race.race import Racing
from engine.run.lockstep import Lockstep
from engine.server.frames import curves
from engine.spec import ExperimentSpec, check, loss_names, target_of
from engine.surface import surface_job
from engine.sweep import sweep_job
from tests.drawing import in_turn
from tests.engine.experiments import SUITED, experiment, layer, optimizer, random_data
from tests.engine.headless.test_run import losses_in, report_in, saved
from tests.engine.run.test_training_losses import columns, full_batch, run_of

TESTED, ROWS = (1, 4, 9), 11
LAYERS = [layer(5), layer(3, "identity")]
ENTRIES = (optimizer("SGD", lr=0.05), optimizer("Adam", lr=0.02))
BATCHED = {"size": 3, "shuffle": True, "seed": 5}


def data_of(loss: str = "mse") -> dict[str, Any]:
    data = random_data(2, 3, ROWS, loss, 0)
    if target_of(loss) == "probabilities":
        data["y"] = np.round(data["y"]).tolist()
    return data


def only(data: dict[str, Any], rows: Any) -> dict[str, Any]:
    return {name: [data[name][row] for row in rows] for name in ("x", "y")}


def experiment_on(data: dict[str, Any], loss: str = "mse", batch: Any = BATCHED, **more: Any) -> ExperimentSpec:
    activation = SUITED.get(loss, "sigmoid" if loss == "bce" else "identity")
    settings = {"optimizers": ENTRIES, "batch": batch} | more
    return experiment([LAYERS[0], layer(3, activation)], loss=loss, data=data, **settings)


def split(loss: str = "mse", **more: Any) -> ExperimentSpec:
    return experiment_on({**data_of(loss), "test": {"rows": list(TESTED)}}, loss, **more)


def training_alone(loss: str = "mse", **more: Any) -> ExperimentSpec:
    return experiment_on(only(data_of(loss), [row for row in range(ROWS) if row not in TESTED]), loss, **more)


@pytest.mark.parametrize(("loss", "batch"), in_turn(loss_names(), [BATCHED, {"size": None}, {"size": 4}]))
def test_it_trains_on_the_other_rows_alone_bit_for_bit(loss: str, batch: dict[str, Any]) -> None:
    run, alone = (run_of(spec, 20) for spec in (split(loss, batch=batch), training_alone(loss, batch=batch)))
    for one, other in zip(run.lanes, alone.lanes, strict=True):
        for weight, expected in zip(one.lane.weights(), other.lane.weights(), strict=True):
            np.testing.assert_array_equal(weight, expected)
    assert run.training_losses() == alone.training_losses()
    assert [series.values.tolist() for series in run.series] == [series.values.tolist() for series in alone.series]


@pytest.mark.parametrize("loss", loss_names())
def test_the_test_loss_is_what_these_rows_lose_as_a_batch_at_the_same_weights(loss: str) -> None:
    run = run_of(split(loss), 20)
    tested = Lockstep(experiment_on(only(data_of(loss), TESTED), loss, batch={"size": None}), judge_at_once=False)
    for one, other, found in zip(run.lanes, tested.lanes, run.test_losses(), strict=True):
        other.lane.restore(one.lane.snapshot())
        assert found == pytest.approx(float(other.lane.step(None)), rel=1e-12)
        assert found != run.training_losses()[0]


def test_test_rows_in_blocks_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run_of(split(), 4).test_losses()
    monkeypatch.setattr(evaluation, "MOST_NUMBERS", 10)
    assert [(block.rows.start, block.rows.stop) for block in evaluation.row_blocks(split(), "test")] == [(0, 2), (2, 3)]
    assert run_of(split(), 4).test_losses() == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("batch", [BATCHED, {"size": None}])
def test_the_file_has_it_where_it_was_evaluated_and_at_the_end(batch: dict[str, Any], tmp_path: Path) -> None:
    spec = split(batch=batch)
    every = evaluation.evaluate_every(spec).test
    steps = 3 * every + 2
    run = run_of(spec, steps)
    found = columns(run, tmp_path)
    ids = [one.id for one in run.lanes]
    kinds = ["", "/all", "/test"]
    assert list(found) == ["step", *(f"{one}{kind}" for kind in kinds for one in ids), "SGD/lr", "Adam/lr"]
    for place, one in enumerate(ids):
        column = found[f"{one}/test"]
        known = {every, 2 * every, 3 * every, steps}
        assert {step for step, loss in enumerate(column, start=1) if not np.isnan(loss)} == known
        for step in known:
            run.seek(step)
            assert column[step - 1] == run.test_losses()[place]


def test_a_replay_adds_nothing_and_a_fork_forgets_what_came_after(tmp_path: Path) -> None:
    spec = split()
    steps = 3 * evaluation.evaluate_every(spec).test
    run = run_of(spec, steps)
    before = columns(run, tmp_path)
    run.seek(7)
    run.seek(steps)
    assert str(columns(run, tmp_path)) == str(before)
    run.seek(steps // 2)
    run.set_params(0, {"lr": 0.2})
    run.advance(steps - steps // 2)
    again = Lockstep(spec, budget=10_000_000, changes=tuple(run.changes), judge_at_once=False)
    again.advance(steps)
    assert str(columns(run, tmp_path)) == str(columns(again, tmp_path)) != str(before)


def test_without_one_nothing_is_told_of_it(tmp_path: Path) -> None:
    run = run_of(training_alone(), 20)
    assert not any("test" in name for name in columns(run, tmp_path))
    assert [set(lane) for lane in report(run)["lanes"]] == [{"id", "final_loss"}] * 4
    assert np.isnan(run.test_losses()).all()
    race = Racing(run).answer(RaceRequest(100, target=0.0, target_of="test"))
    assert (race.test_every, race.curves[0].test, race.rows[0].target_step) == (None, None, None)
    assert np.isnan(race.rows[0].test)
    assert curves(run, CurveRequest(100)).test == curves(run, CurveRequest(100)).test_at == ()


def test_race_report_and_frame_tell_the_same(tmp_path: Path) -> None:
    run = run_of(split(), 200)
    race = Racing(run).answer(RaceRequest(10_000))
    found = columns(run, tmp_path)
    told = {lane["id"]: lane["test_loss"] for lane in report(run)["lanes"]}
    assert [row.test for row in race.rows] == run.test_losses() == list(told.values())
    for one, curve, framed in zip(run.lanes, race.curves, curves(run, CurveRequest(10_000)).test, strict=True):
        column = np.array(found[f"{one.id}/test"])
        steps = curve.test_x.astype(int)
        assert steps.tolist() == list(range(0, 201, race.test_every))
        np.testing.assert_array_equal(curve.test[1:], column[steps[1:] - 1])
        np.testing.assert_array_equal(framed.losses, curve.test)


def test_the_plots_reading_is_of_the_weights_stood_at_or_the_last_evaluated() -> None:
    run = run_of(split(), 200)
    every = evaluation.evaluate_every(split()).test
    assert [one.loss for one in curves(run, CurveRequest(100)).test_at] == run.test_losses()
    assert {one.step for one in curves(run, CurveRequest(100)).test_at} == {200}
    assert {one.step for one in curves(run, CurveRequest(100), running=True).test_at} == {200 // every * every}
    at = 2 * every + 1
    (first, *_) = curves(run, CurveRequest(100, at=at)).test_at
    run.seek(2 * every)
    assert first == (2 * every, run.test_losses()[0])


def test_a_target_may_be_of_the_test_rows() -> None:
    run = run_of(split(), 200)
    racing = Racing(run)
    curve = racing.answer(RaceRequest(10_000)).curves[0]
    target = float(np.median(curve.test))
    first = int(curve.test_x[np.argmax(curve.test <= target)])
    rows = racing.answer(RaceRequest(100, target=target, target_of="test")).rows
    assert rows[0].target_step == first != racing.answer(RaceRequest(100, target=target)).rows[0].target_step


def test_a_sweep_trains_on_the_others_and_measures_both() -> None:
    steps, rate = 30, 0.05
    plan = SweepPlan(0, (SweepAxis(("lr",), (rate, 0.1), False),), (), steps)
    *_, part = filter(None, sweep_job(StartSweep(1, split(), plan)))
    *_, alone = filter(None, sweep_job(StartSweep(1, training_alone(), plan)))
    run = run_of(split(), steps)
    np.testing.assert_array_equal(part.losses, alone.losses)
    np.testing.assert_array_equal(part.best, alone.best)
    assert part.test[0, 0, 0] == pytest.approx(run.test_losses()[0], rel=1e-12)
    assert alone.test is None


def test_a_sweep_of_an_optimizer_that_goes_one_after_another_measures_both() -> None:
    spec = split(optimizers=[optimizer("LBFGS", lr=0.5, max_iter=2)])
    plan = SweepPlan(0, (SweepAxis(("lr",), (0.1, 0.5), False),), (), 5)
    *_, part = filter(None, sweep_job(StartSweep(1, spec, plan)))
    assert part.test[1, 0, 0] == pytest.approx(run_of(spec, 5).test_losses()[0], rel=1e-12)


def test_the_surface_is_the_loss_of_the_training_rows() -> None:
    values = []
    for spec in (split(), training_alone()):
        run = run_of(spec, 5)
        *_, part = filter(None, surface_job(run, StartSurface(1, 1, RandomPlane(), resolution=7)))
        values.append(part.values)
    np.testing.assert_array_equal(*values)


def test_full_batches_are_all_training_rows_at_once() -> None:
    spec = full_batch(split())
    assert evaluation.evaluate_every(spec).training is None
    run = run_of(spec, 30)
    assert all(curve.training is None for curve in Racing(run).answer(RaceRequest(100)).curves)


# --- the commands --------------------------------------------------------------------------------


def command(name: str, folder: Path, *more: str, raw: Any = None) -> tuple[int, Path]:
    file = saved(raw or split().model_dump(mode="json", by_alias=True), folder)
    try:
        return main.main([name, str(file), "--steps", "40", *more]), folder / "out"
    except SystemExit as end:
        return int(end.code or 0), folder / "out"


def test_run_prints_both_losses_and_writes_them(tmp_path: Path, capsys: Any) -> None:
    status, out = command("run", tmp_path, "--out", str(tmp_path / "out"))
    assert status == 0
    last = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line.split()}
    lanes = report_in(out)["lanes"]
    assert [float(cell) for cell in last["test"]] == pytest.approx([lane["test_loss"] for lane in lanes], rel=1e-6)
    assert [float(cell) for cell in last["final"]] == pytest.approx([lane["final_loss"] for lane in lanes], rel=1e-6)
    assert losses_in(out)["SGD/diy/test"][-1] == lanes[0]["test_loss"]


def test_compare_has_a_column_and_aims_at_either(tmp_path: Path, capsys: Any) -> None:
    status, out = command("compare", tmp_path, "--target", "1e9", "--target-of", "test", "--out", str(tmp_path / "out"))
    assert status == 0
    head, first, *_ = capsys.readouterr().out.splitlines()[1:]
    assert head.split()[:5] == ["lane", "final", "best", "test", "best"]
    header, row, *_ = (out / "table.csv").read_text(encoding="utf-8").splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert float(cells["test_loss"]) == pytest.approx(float(first.split()[3].replace("−", "-")), rel=1e-4)
    assert cells["target_step"] == "0"
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Test loss" in page
    assert "3 of the rows only test" in page
    assert "test rows: diamonds" in (out / "loss.svg").read_text(encoding="utf-8")
    assert json.loads(page.split('<pre id="file">')[1].split("</pre>")[0].replace("&#34;", '"'))["data"]["test"] == {
        "rows": [1, 4, 9]
    }


def test_sweep_tells_the_best_by_either_loss(tmp_path: Path, capsys: Any) -> None:
    plan = ("--optimizer", "SGD", "--param", "lr", "--log", "1e-3", "1", "--points", "9")
    status, out = command("sweep", tmp_path, *plan, "--by", "test", "--out", str(tmp_path / "out"))
    assert status == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1].split() == ["lr", "test", "loss", "final", "loss", "best", "loss"]
    header, *rows = (line.split(",") for line in (out / "sweep.csv").read_text(encoding="utf-8").splitlines())
    assert header == ["lr", "seed", "steps", "final_loss", "best_loss", "test_loss", "diverged"]
    best = min(rows, key=lambda row: float(row[5]))
    assert [float(cell) for cell in told[2].split()[:3]] == pytest.approx(
        [float(best[0]), float(best[5]), float(best[3])], rel=1e-5
    )
    assert "test loss" in (out / "sweep.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "more", "option"),
    [
        ("compare", ("--target-of", "test"), "--target-of"),
        ("sweep", ("--param", "lr", "--values", "1", "--by", "test"), "--by"),
    ],
)
def test_what_asks_for_test_rows_where_there_are_none_is_refused(
    name: str, more: tuple[str, ...], option: str, tmp_path: Path, capsys: Any
) -> None:
    raw = training_alone(optimizers=ENTRIES[:1]).model_dump(mode="json", by_alias=True)
    raw = {key: value for key, value in raw.items() if value is not None}
    check(raw)
    assert command(name, tmp_path, *more, raw=raw)[0] == 2
    assert f"{option} cannot be test, as the experiment keeps no rows for testing" in capsys.readouterr().err
