"""A run that was written down before its last forks becomes what the window knows of it."""

from pathlib import Path

from engine.kept_run.files import read_past
from engine.protocol import Load, RunWritten, WriteRun
from engine.run.lockstep import Lockstep
from engine.server.futures import taken_again
from engine.server.taking_up import taken_up
from engine.server.written_run import write_job
from engine.spec import check
from tests.engine.experiments import raw_article
from tests.engine.kept_run.past_of import BUDGET, written


def curves(run: Lockstep) -> list[object]:
    return [(one.branch, [series.values.tobytes() for series in one.losses]) for one in run.branches]


def test_what_came_after_the_first_fork_that_it_lacks_is_taken_again(tmp_path: Path) -> None:
    spec = check(raw_article(optimizers=[{"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"]}]))
    run = Lockstep(spec, budget=BUDGET)
    run.start_watching()
    run.advance(50)
    file = written(run, tmp_path / "run")
    for step, rate in ((20, 0.5), (10, 0.05), (5, 0.2)):
        run.seek(step)
        run.set_params(0, {"lr": rate})
        run.advance(41)
    run.branches.remove(2)
    futures = tuple(one.future for one in run.branches)
    past = read_past(file)
    again = Lockstep(spec, budget=BUDGET, changes=past.changes)
    again.start_watching()
    load = Load(1, spec, tuple(run.changes), BUDGET, futures, past=str(file), known=True)
    taken, missing = taken_up(load, again, past)
    for _ in taken_again(spec, missing, again):
        pass
    assert (taken.newest, [one.branch.number for one in taken.futures]) == (5, [1, 3])
    again.seek(taken.step)
    again.advance(run.newest - again.step)
    assert curves(again) == curves(run)
    assert again.series[0].values.tobytes() == run.series[0].values.tobytes()


def test_a_file_that_was_told_to_be_written_stays_and_one_that_was_given_up_does_not(tmp_path: Path) -> None:
    """Another experiment, loaded at once, ends the job that wrote it."""
    run, file = Lockstep(check(raw_article()), budget=BUDGET, judge_at_once=False), tmp_path / "run.lockstep"
    run.advance(5)
    job = write_job(run, WriteRun(1, 1, str(file)))
    assert next(answer for answer in job if answer is not None) == RunWritten(1, 5, 5)
    job.close()
    assert read_past(file).newest == 5
    given_up = write_job(run, WriteRun(1, 2, str(file)))
    assert next(given_up) is None
    given_up.close()
    assert not file.exists()
