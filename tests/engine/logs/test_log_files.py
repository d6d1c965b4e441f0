"""Logs as files: both formats and each way of naming, what is refused and in which words, and the commands."""

import csv
import json
import random
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray as Array

import main
from engine.backends.log_files import read_log
from engine.backends.read_numbers import with_numbers
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, check
from engine.spec.numbers_error import NumbersError
from tests.drawing import in_turn, sample
from tests.engine.logs.logging_scripts import experiment, judged, logged, spec_of, without

ADAM = partial(torch.optim.Adam, lr=0.01)
RAW = experiment("Adam", {"lr": 0.01}, "float64")
STEPS = 12


def written(log: Mapping[str, Array], file: Path, form: str = "{!r}") -> Path:
    """The log as a table, a column a number."""
    columns: dict[str, list[str]] = {}
    for name, values in log.items():
        for index in np.ndindex(values.shape[1:]):
            title = f"{name}[{','.join(map(str, index))}]" if index else name
            cells = values[(slice(None), *index)].tolist()
            columns[title] = [str(int(cell)) if name == "step" else form.format(cell) for cell in cells]
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([columns, *zip(*columns.values(), strict=True)])
    return file


def judged_table(raw: dict[str, Any], file: Path) -> Any:
    spec = check({**raw, "optimizers": [{**raw["optimizers"][0], "log": {"file": str(file)}}]})
    run = Lockstep(with_numbers(spec).spec)
    run.advance(STEPS)
    run.judge_newest()
    return run.parity()[0]


@pytest.mark.parametrize(
    ("form", "dtype"), in_turn(["{!r}", "{:.6f}", "{:.4g}", "{:.3e}", "{:.17g}"], ["float64", "float32"])
)
def test_a_table_is_judged_by_the_digits_that_it_has(form: str, dtype: str, tmp_path: Path) -> None:
    raw, log = {**RAW, "dtype": dtype}, logged(ADAM, dtype, STEPS)
    log = {name: values[1:] for name, values in log.items()}
    found = judged_table(raw, written(log, tmp_path / "log.csv", form))
    assert found.verdict == "lockstep", found.mismatch
    log["2.bias"][7] += 0.02
    found = judged_table(raw, written(log, tmp_path / "log.csv", form))
    assert found.mismatch is not None
    assert (found.mismatch.step, found.mismatch.tensor) == (8, "layer2.bias")


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("index", ["[{}][{}]", "[{}, {}]", "[{};{}]"])
def test_columns_are_taken_as_people_name_and_part_them(between: str, index: str, tmp_path: Path) -> None:
    log = without(logged(ADAM, "float64", STEPS), ".grad")
    titles = {f"0.weight{index.format(i, j)}": log["0.weight"][1:, i, j] for i in range(4) for j in range(3)}
    with (tmp_path / "log.csv").open("w", newline="") as file:
        table = csv.writer(file, delimiter=between)
        table.writerows([["loss", *titles], *zip(log["loss"][1:], *titles.values(), strict=True)])
    spec = check(RAW)
    found = read_log(tmp_path / "log.csv", spec, spec.optimizers[0]).logged
    assert np.array_equal(found.values["layer1.weight"], log["0.weight"][1:])
    assert found.values["loss"].tolist() == log["loss"][1:].tolist()


@pytest.mark.parametrize("names", ["ours", "symbols", "wrapped"])
def test_names_of_ours_and_symbols_are_known(names: str, tmp_path: Path) -> None:
    log = logged(ADAM, "float64", STEPS, state=True)
    turned = {"0.": "layer1.", "2.": "layer2."} if names != "wrapped" else {"0.": "model.0.", "2.": "model.2."}
    renamed = {turned.get(name[:2], name[:2]) + name[2:]: values for name, values in log.items()}
    if names == "symbols":
        ends = {".exp_avg": ".m", ".exp_avg_sq": ".v", ".step": ".t"}
        renamed = {
            next((name.removesuffix(end) + ours for end, ours in ends.items() if name.endswith(end)), name): values
            for name, values in renamed.items()
        }
    found = judged(RAW, renamed, tmp_path)
    assert (found.verdict, found.unlogged) == ("lockstep", ())


def refused(log: Mapping[str, Array], folder: Path, raw: dict[str, Any] = RAW) -> str:
    with pytest.raises(ExperimentError) as error:
        spec_of(raw, log, folder)
    (fault,) = error.value.faults
    return str(fault)


def test_what_is_no_log_of_this_experiment_is_told_in_words(tmp_path: Path) -> None:
    log = logged(ADAM, "float64", STEPS)

    def told(**changed: Array) -> str:
        return refused({**log, **changed}, tmp_path)

    assert "holds W1, which nothing in a step is called" in told(W1=np.ones(STEPS + 1))
    assert "0.weight.grad as 5 × 3, but layer1.weight.grad is 4 × 3" in told(**{"0.weight.grad": np.ones((13, 5, 3))})
    assert "as 3 × 4, but layer1.weight is 4 × 3: the transpose" in told(**{"0.weight": np.ones((13, 3, 4))})
    assert "has 5 rows of loss, but 13 steps" in told(loss=np.ones(5))
    assert "has step 7 where 1 must be" in told(step=np.array([0, 7, *range(2, 13)]))
    assert "not from 5" in told(step=np.arange(5, 18))
    assert "starts at other weights than the experiment: layer2.bias[1]" in told(**{"2.bias": log["2.bias"] + [[0, 1]]})
    before = {name: values[:-1] for name, values in log.items() if name != "step"}
    assert "from before each step’s update" in refused(before, tmp_path)
    assert "holds nothing of a step" in refused({"step": np.arange(1, 4)}, tmp_path)
    assert "whose numbers are float16" in told(loss=np.ones(13, np.float16))


def test_tables_that_are_none_are_told_in_words(tmp_path: Path) -> None:
    spec = check(RAW)
    for text, told in {
        "": "has no row of a step",
        "loss\n": "has no row of a step",
        "loss\nabc\n": 'has "abc" in line 2, column "loss"',
        "loss,step\n1\n": "has 1 cells in line 2, but 2 in the first",
        "loss,loss\n1,2\n": 'has the column "loss" twice',
        "layer1.bias[0],layer1.bias[3]\n1,2\n": 'has columns of some numbers of "layer1.bias"',
    }.items():
        (file := tmp_path / "log.csv").write_text(text, encoding="utf-8")
        with pytest.raises(NumbersError) as error:
            read_log(file, spec, spec.optimizers[0])
        assert told in str(error.value.at(()))


def test_mutated_tables_and_archives_are_read_or_refused_in_words(tmp_path: Path) -> None:
    spec, log = check(RAW), logged(ADAM, "float64", 4)
    written(log, tmp_path / "whole.csv")
    np.savez(tmp_path / "whole.npz", **log)
    for suffix in ("csv", "npz"):
        content = (tmp_path / f"whole.{suffix}").read_bytes()
        for seed in sample(range(2000), 20):
            draw, changed = random.Random(seed), bytearray(content)
            for _ in range(draw.choice((1, 2, 9))):
                changed[draw.randrange(len(changed))] = draw.choice((draw.randrange(256), *b",;.[]0e-\n"))
            del changed[draw.randrange(len(changed)) : draw.choice((0, 0, len(changed)))]
            (file := tmp_path / f"mutated.{suffix}").write_bytes(bytes(changed))
            try:
                found = read_log(file, spec, spec.optimizers[0]).logged.values
            except NumbersError as error:
                found = {"": str(error.at(())).isprintable()}
            assert found


@pytest.mark.parametrize("wrong", [{"code": "a.py"}, {"backends": ["torch"]}, {"name": "LBFGS", "params": {}}])
def test_where_a_log_has_no_place_it_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ExperimentError, match="optimizers\\[0\\]"):
        check({**RAW, "optimizers": [{**RAW["optimizers"][0], "log": {"file": "a.npz"}, **wrong}]})


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("command", ["run", "compare"])
def test_the_commands_judge_a_log(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file := tmp_path / "e.json").write_text(json.dumps(RAW), encoding="utf-8")
    log = without(logged(ADAM, "float64", STEPS), ".grad")
    np.savez(tmp_path / "mine.npz", **log)
    steps = ["--steps", str(STEPS)]
    assert main.main([command, str(file), *steps, "--log", str(tmp_path / "mine.npz")]) == 0
    shown = capsys.readouterr().out
    assert "Adam/log" in shown
    assert "Adam: in lockstep" in shown
    assert "not logged, so not judged: gradients, optimizer state" in shown
    log["0.bias"][5, 2] *= 1.5
    np.savez(tmp_path / "mine.npz", **log)
    out = tmp_path / "out"
    assert (
        main.main([command, str(file), *steps, "--log", f"Adam={tmp_path / 'mine.npz'}", "--json", "--out", str(out)])
        == 1
    )
    (pair,) = json.loads(capsys.readouterr().out)["parity"]
    assert (pair["first_divergence"]["step"], pair["first_divergence"]["tensor"]) == (5, "layer1.bias")
    assert pair["first_divergence"]["diy"] == log["0.bias"][5, 2]
    assert pair["not_judged"] == ["grad", "state"]


def test_a_rate_that_is_too_large_is_diagnosed_in_a_log_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file := tmp_path / "e.json").write_text(json.dumps(experiment("SGD", {"lr": 30.0}, "float64")), encoding="utf-8")
    np.savez(log := tmp_path / "mine.npz", **logged(partial(torch.optim.SGD, lr=30.0), "float64", STEPS))
    assert main.main(["run", str(file), "--steps", str(STEPS), "--log", str(log)]) == 0
    assert "rate" in capsys.readouterr().out


def test_the_commands_refuse_what_they_cannot_judge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file := tmp_path / "e.json").write_text(json.dumps(RAW), encoding="utf-8")
    np.savez(log := tmp_path / "mine.npz", **logged(ADAM, "float64", STEPS))
    for options, told in {
        ("--steps", "13", "--log", str(log)): "--steps must be at most 12, where the log mine.npz ends",
        ("--steps", "3", "--log", f"SGD={log}"): "--log is not one of Adam",
        ("--steps", "3", "--log", str(tmp_path / "none.npz")): "optimizers[0].log.file cannot be read",
    }.items():
        assert main.main(["run", str(file), *options]) == 2
        assert told in capsys.readouterr().err
