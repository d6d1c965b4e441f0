"""``python main.py sweep``: what it tells, what it writes, and what it refuses in which words."""

import csv
import signal
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

import main
from engine.sweep import sweep as sweep_module
from tests.engine.experiments import optimizer, raw_article
from tests.engine.headless.test_command import on_a_terminal
from tests.engine.headless.test_run import saved

WINDOWS = sys.platform == "win32"
RANGE = ("--param", "lr", "--log", "1e-4", "1")
ADAM_AND_SGD = [optimizer("SGD", lr=0.1), optimizer("Adam") | {"label": "steady"}]


def sweep(file: Path, *arguments: Any) -> int:
    try:
        return main.main(["sweep", str(file), *map(str, arguments)])
    except SystemExit as end:
        return int(end.code or 0)


def rows_in(out: Path) -> list[dict[str, str]]:
    with (out / "sweep.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def complaint(capsys: Any, file: Path, *arguments: Any) -> str:
    status = sweep(file, *arguments)
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    (line,) = told.err.removesuffix("\n").split("\n")
    return line


# --- what it tells and writes --------------------------------------------------------------------


def test_the_best_rates_are_told_and_all_are_written(tmp_path: Path, capsys: Any) -> None:
    file, out = saved(raw_article(optimizers=ADAM_AND_SGD), tmp_path), tmp_path / "out"
    status = sweep(file, "--optimizer", "Adam", *RANGE, "--points", 33, "--steps", 50, "--out", out)
    told = capsys.readouterr().out.splitlines()
    assert status == 0
    assert told[0] == "steady: lr from 0.0001 to 1 (33): 33 configurations, 50 steps each"
    assert told[1].split() == ["lr", "final", "loss", "best", "loss"]
    assert told[-1].startswith("diverged: 0 of 33")
    rows = rows_in(out)
    assert list(rows[0]) == ["lr", "seed", "steps", "final_loss", "best_loss", "diverged"]
    assert [float(row["lr"]) for row in rows] == pytest.approx([10 ** (power / 8) for power in range(-32, 1)])
    best = min(rows, key=lambda row: float(row["final_loss"]))
    assert float(told[2].split()[0]) == pytest.approx(float(best["lr"]), rel=1e-5)
    assert {(row["seed"], row["steps"], row["diverged"]) for row in rows} == {("", "50", "false")}


def test_two_hyperparameters_and_seeds_and_what_diverged(tmp_path: Path, capsys: Any) -> None:
    network = {"layers": [{"units": 4}], "loss": "mse"}
    file, out = saved(raw_article(network=network, start={"seed": 3}), tmp_path), tmp_path / "out"
    rates = ("--param", "lr", "--values", "1,0.001,30")
    momenta = ("--param", "momentum", "--grid", 0, 0.9, "--points", 2)
    assert sweep(file, *rates, *momenta, "--seeds", 2, "--steps", 40, "--out", out) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1].split() == ["lr", "momentum", "final", "loss", "lowest", "highest", "best", "loss"]
    rows = rows_in(out)
    settings = [(float(row["lr"]), float(row["momentum"]), row["seed"]) for row in rows]
    assert settings == [(lr, momentum, seed) for lr in (0.001, 1, 30) for momentum in (0, 0.9) for seed in ("3", "4")]
    assert {row["lr"] for row in rows if row["diverged"] == "true"} == {"1.0", "30.0"}
    assert told[-1].startswith("diverged: 8 of 12")


@pytest.mark.parametrize("second", [[], ["--param", "betas[0]", "--values", "0,0.5,0.9"]])
def test_the_picture_is_the_same_for_the_same_sweep(second: list[str], tmp_path: Path) -> None:
    file = saved(raw_article(optimizers=[optimizer("Adam") | {"label": "A$x^ <b>"}]), tmp_path)
    found = []
    for name in ("one", "two"):
        assert sweep(file, *RANGE, "--points", 9, *second, "--steps", 5, "--out", tmp_path / name) == 0
        found.append((tmp_path / name / "sweep.svg").read_text(encoding="utf-8"))
    assert found[0] == found[1]
    text = " ".join(ET.fromstring(found[0]).itertext())
    assert "A$x^ <b>: loss after 5 steps" in text
    assert "lr" in text
    assert ("betas[0]" in text) == bool(second)


def test_a_picture_of_what_all_diverged_is_drawn_too(tmp_path: Path) -> None:
    network = {"layers": [{"units": 4}], "loss": "mse"}
    file = saved(raw_article(network=network), tmp_path)
    for number, second in enumerate(([], ["--param", "momentum", "--values", "0.5"])):
        out = tmp_path / str(number)
        assert (
            sweep(file, "--param", "lr", "--log", 1e10, 1e20, "--points", 3, *second, "--steps", 50, "--out", out) == 0
        )
        assert "diverged" in " ".join(ET.parse(out / "sweep.svg").getroot().itertext())


def test_an_optimizer_that_no_entry_has_comes_with_torchs_defaults(tmp_path: Path, capsys: Any) -> None:
    file = saved(raw_article(), tmp_path)
    assert sweep(file, "--optimizer", "RMSprop", "--param", "alpha", "--values", "0.9,0.99", "--steps", 3) == 0
    assert capsys.readouterr().out.startswith("RMSprop: alpha from 0.9 to 0.99 (2): 2 configurations")


def test_a_test_function_is_swept(tmp_path: Path, capsys: Any) -> None:
    raw = {"schema": 1, "problem": {"function": "rosenbrock", "start": [-1.5, 2.0]}, "optimizers": [optimizer("Adam")]}
    assert sweep(saved(raw, tmp_path), *RANGE, "--steps", 30) == 0
    assert "32 configurations" in capsys.readouterr().out


# --- what it refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--optimizer", "adm", *RANGE], "--optimizer is not one of SGD, steady, Adam"),
        ([*RANGE], "--optimizer is needed where the experiment has several: SGD, steady"),
        (["--optimizer", "SGD", "--param", "rate", "--log", "0.1", "1"], "--param rate is not one of lr, momentum"),
        (["--optimizer", "SGD", "--param", "nesterov", "--values", "0"], "--param nesterov is no number"),
        (["--optimizer", "SGD", "--param", "lr", "--log", "0", "1"], "--param lr must be > 0, not 0.0"),
        (["--optimizer", "SGD", "--param", "lr", "--log", "0.1", "inf"], "--param lr must be a finite number"),
        (["--optimizer", "SGD", "--param", "momentum", "--grid", "-1", "1"], "--param momentum must be ≥ 0"),
        (["--optimizer", "SGD", "--param", "lr"], "--param lr needs --log, --grid or --values"),
        (["--optimizer", "SGD", *RANGE, "--points", "100000"], "--points make too many configurations: 100,000"),
        (["--optimizer", "SGD", *RANGE, *RANGE], "--param lr is varied by the other axis already"),
        (["--optimizer", "SGD", *RANGE, "--seeds", "2000"], "--seeds must be ≤ 1,000, not 2000"),
        (["--optimizer", "SGD", *RANGE, "--grid", "1", "2"], "lr has --log already"),
        (["--optimizer", "SGD", "--points", "3", *RANGE], "--points: comes after a --param"),
        (["--optimizer", "SGD", "--param", "lr", "--values", "1,x"], "must be a number, not 'x'"),
        (["--optimizer", "SGD", "--param", "lr", "--values", "1", "--points", "3"], "has --values, and --points"),
        (["--optimizer", "SGD", *RANGE, "--points", "0"], "must be a whole number from 1"),
        (
            ["--optimizer", "SGD", *RANGE, "--points", "-1e3"],
            "must be a whole number from 1 to 1,000,000,000,000,000, not '-1e3'",
        ),
        (["--optimizer", "SparseAdam", *RANGE], "--optimizer cannot be SparseAdam, which needs sparse"),
        (["--optimizer", "SGD", "--param", "momentum", "--grid", "-1e308", "1"], "--param momentum must be ≥ 0"),
        (["--optimizer", "SGD", "--param", "momentum", "--values", "-1e-3,0"], "--param momentum must be ≥ 0"),
        (["--optimizer", "SGD", "--param", "lr", "--log", "-inf", "1"], "--param lr must be a finite number"),
    ],
)
def test_bad_input_is_a_line_that_names_the_option(
    arguments: list[str], told: str, tmp_path: Path, capsys: Any
) -> None:
    file = saved(raw_article(optimizers=ADAM_AND_SGD), tmp_path)
    assert told in complaint(capsys, file, *arguments, "--steps", 3)


def test_an_optimizer_that_no_entry_has_is_told_at_the_option(tmp_path: Path, capsys: Any) -> None:
    network = {"layers": [{"units": 4, "bias": True}], "loss": "mse"}
    file = saved(raw_article(network=network, start={"seed": 1}), tmp_path)
    told = complaint(capsys, file, "--optimizer", "Muon", *RANGE, "--steps", 3)
    assert told.startswith(f"{file}: --optimizer cannot be Muon, which takes matrices only")


def test_seeds_of_a_test_function_and_a_place_that_cannot_be_written(tmp_path: Path, capsys: Any) -> None:
    raw = {"schema": 1, "problem": {"function": "rosenbrock", "start": [-1.5, 2.0]}, "optimizers": [optimizer("Adam")]}
    assert "--seeds have no meaning" in complaint(capsys, saved(raw, tmp_path), *RANGE, "--seeds", 2, "--steps", 3)
    file = saved(raw_article(), tmp_path)
    (tmp_path / "taken" / "sweep.svg").mkdir(parents=True)
    for out in (file, tmp_path / "taken"):
        assert "--out cannot be written to: " in complaint(capsys, file, *RANGE, "--steps", 3, "--out", out)


# --- cut short -----------------------------------------------------------------------------------


def test_an_interruption_writes_what_was_found(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As by Ctrl+C in the midst of the training."""
    measure = sweep_module.Sweep._part
    told: list[int] = []

    def interrupting(self: sweep_module.Sweep) -> Any:
        told.append(self.step)
        if len(told) == 3:
            signal.raise_signal(signal.SIGINT)
        return measure(self)

    monkeypatch.setattr(sweep_module.Sweep, "_part", interrupting)
    monkeypatch.setattr(sweep_module, "BETWEEN_PARTS", 0.0)
    file, out = saved(raw_article(), tmp_path), tmp_path / "out"
    assert sweep(file, *RANGE, "--points", 5, "--steps", 10**6, "--out", out) == 130
    assert capsys.readouterr().out.splitlines()[-1] == f"interrupted after step {told[2]} of 1000000"
    assert {row["steps"] for row in rows_in(out)} == {str(told[2])}
    assert f"loss after {told[2]:,} / 1,000,000 steps" in (out / "sweep.svg").read_text(encoding="utf-8")


@pytest.mark.skipif(WINDOWS, reason="needs a pseudo terminal")
def test_a_progress_bar_is_shown_on_a_terminal(tmp_path: Path) -> None:
    told = on_a_terminal("sweep", saved(raw_article(), tmp_path), *RANGE, "--steps", 2000)
    assert "/2000" in told
    assert "diverged: 0 of 32" in told


def test_the_heading_says_why_settings_are_trained_one_after_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = [{"match": "*.weight", "params": {"momentum": 0.9}}]
    file = saved(raw_article(optimizers=[{"name": "SGD", "params": {"lr": 0.1}, "groups": groups}]), tmp_path)
    assert sweep(file, *RANGE, "--points", 2, "--steps", 2) == 0
    heading = capsys.readouterr().out.splitlines()[0]
    assert heading.endswith("2 steps each, one after another: groups of weights have rules of their own")
