"""Every curve as a column: the window's by a job, and the commands' files."""

from pathlib import Path

import numpy as np

from engine.headless.results import write_arrays, write_losses
from engine.protocol import MakeCurves
from engine.race.columns import curves_job
from engine.run.lockstep import Lockstep
from tests.engine.experiments import experiment, layer, optimizer


def some_run() -> Lockstep:
    entries = [optimizer("SGD", lr=0.1), optimizer("LBFGS", lr=0.5)]
    schedule = {"name": "StepLR", "params": {"step_size": 2}}
    entries[0]["schedule"] = schedule
    batch = {"size": 3, "shuffle": True, "seed": 1}
    run = Lockstep(experiment([layer(3), layer(2)], optimizers=entries, batch=batch), budget=10**7, judge_at_once=False)
    run.advance(9)
    return run


def test_the_window_and_the_commands_have_the_same_columns(tmp_path: Path) -> None:
    run = some_run()
    write_losses(run, tmp_path / "losses.csv")
    write_arrays(run, tmp_path / "losses.npz")
    read = np.genfromtxt(tmp_path / "losses.csv", delimiter=",", names=True, deletechars="", replace_space=" ")
    names = (tmp_path / "losses.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    (answer,) = curves_job(run, MakeCurves(1, 5))
    with np.load(tmp_path / "losses.npz") as arrays:
        assert list(arrays) == names
        for column, name in zip(answer.columns, names, strict=False):
            assert column.name == name
            np.testing.assert_array_equal(arrays[name], column.values)
            np.testing.assert_array_equal(arrays[name], read[name])
    assert answer.job == 5


def test_where_the_race_lies_and_its_means_are_columns_too() -> None:
    run = some_run()
    (answer,) = curves_job(run, MakeCurves(1, 5, 0.5))
    found = {column.name: column.values for column in answer.columns}
    assert np.all(np.diff(found["SGD/diy/seconds"]) > 0)
    np.testing.assert_array_equal(found["SGD/diy/evaluations"], np.arange(1, 10))
    assert found["LBFGS/diy/evaluations"][-1] > 9
    losses = found["SGD/diy"]
    assert found["SGD/diy/mean"][1] == (0.25 * losses[0] + 0.5 * losses[1]) / 0.75


def test_a_fork_has_its_losses_from_where_it_left_the_run() -> None:
    run = some_run()
    losses = run.series[0].values.copy()
    run.seek(4)
    run.set_params(0, {"lr": 0.3})
    run.advance(2)
    (answer,) = curves_job(run, MakeCurves(1, 5))
    found = {column.name: column for column in answer.columns}
    assert found["step"].values.tolist() == list(range(1, 10))
    fork = found["SGD/diy/fork 1"]
    assert fork.known is not None
    assert fork.known.tolist() == [False] * 3 + [True] * 6
    np.testing.assert_array_equal(fork.values[3:], losses[3:])
    own = found["SGD/diy"]
    assert own.known is not None
    assert own.known.tolist() == [True] * 6 + [False] * 3
