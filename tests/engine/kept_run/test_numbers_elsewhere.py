"""Runs with numbers of other files, written down and taken up where these have gone."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.backends.read_numbers import with_numbers
from engine.kept_run.files import read_start
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, GivenStart, check, read
from tests.engine.experiments import layer
from tests.engine.headless.test_data_files import experiment, saved
from tests.engine.kept_run.past_of import BUDGET, state_of, taken_up, written
from tests.engine.logs.logging_scripts import experiment as log_experiment
from tests.engine.logs.logging_scripts import logged

ROWS = "width;length;kind\n" + "".join(
    f"{n / 7:.3f};{(n * n) % 11},5;{('setosa', 'virginica', 'rubra')[n % 3]}\n".replace(".", ",") for n in range(12)
)
LINKED = {
    "file": "iris.csv", "x": ["width", "length"], "y": ["kind"], "header": True, "separator": ";", "decimal": ",",
    "classes": True, "standardize": True,
}  # fmt: skip
CLASSES = {"layers": [layer(4), layer(3, "identity")], "loss": "cross_entropy"}


def goes_on(spec: ExperimentSpec, folder: Path, gone: Path) -> ExperimentSpec:
    """Write a run down, take its file of numbers away, take it up, and go on with both; returns what it began with."""
    run = Lockstep(spec, budget=BUDGET, judge_at_once=False)
    run.start_watching()
    run.advance(12)
    file = written(run, folder / "run")
    gone.unlink()
    again = taken_up(file)
    assert state_of(again) == state_of(run)
    for one in (run, again):
        one.advance(5)
        one.seek(3)
    assert state_of(again) == state_of(run)
    return read_start(file)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_linked_data_are_in_the_session_with_names_and_standards(tmp_path: Path, dtype: str) -> None:
    spec = read(
        saved(tmp_path, experiment(LINKED | {"test": {"share": 0.25, "seed": 1}}, network=CLASSES, dtype=dtype))
    )
    again = goes_on(spec, tmp_path, tmp_path / "iris.csv")
    assert again.data is not None
    assert spec.data is not None
    assert again.data.source == spec.data.source
    assert again.data.classes == spec.data.classes == ("rubra", "setosa", "virginica")
    assert again.to_json() == spec.to_json()
    for one, other in zip(again.data.arrays(dtype, "test"), spec.data.arrays(dtype, "test"), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> None:
    (tmp_path / "iris.csv").write_text(ROWS, encoding="utf-8")


def test_a_start_from_a_file_is_in_the_session(tmp_path: Path) -> None:
    network: dict[str, Any] = {"layers": [layer(2, "identity")], "loss": "mse"}
    raw = experiment({"x": [[1.0, 2.0], [3.0, 5.0]], "y": [[1.0, 0.0], [0.0, 1.0]]}, network=network)
    weights: dict[str, Any] = {"layer1.weight": [[0.1, 0.2], [0.3, -0.4]], "layer1.bias": [0.5, 0.25]}
    np.savez(tmp_path / "w.npz", **weights)
    spec = read(saved(tmp_path, raw | {"start": {"file": "w.npz"}})).beside(tmp_path)
    again = goes_on(with_numbers(spec).spec, tmp_path, tmp_path / "w.npz")
    assert isinstance(again.start, GivenStart)
    assert again.start.read_from == spec.start


def test_a_log_is_in_the_session(tmp_path: Path) -> None:
    file = tmp_path / "mine.npz"
    numbers: dict[str, Any] = logged(partial(torch.optim.Adam, lr=0.01), "float64", 30, state=True)
    np.savez(file, **numbers)
    spec = check(log_experiment("Adam", {"lr": 0.01}, "float64", log={"file": str(file)}))
    again = goes_on(with_numbers(spec).spec, tmp_path, file)
    assert again.optimizers[0].log is not None
    assert len(again.optimizers[0].log.numbers) == 30
    assert with_numbers(again).spec is again
