"""``python main.py compare``: its table, its files, its exit status, and what it refuses."""

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import main
from engine.diy.activations import ACTIVATIONS
from engine.headless import compare as headless_compare
from engine.protocol import MainPlane, RaceRequest, RandomPlane, StartSurface, SurfacePart, WeightPlane
from engine.race.race import Racing
from engine.run.lockstep import Lockstep
from engine.spec import check
from engine.surface import surface_job
from tests.engine.experiments import optimizer, raw_article, raw_problem
from tests.engine.headless.test_command import ALONE
from tests.engine.headless.test_run import run, saved
from tests.engine.report.test_report import Page
from tests.programs import MAIN, Forked, run_forked, run_main

WINDOWS = sys.platform == "win32"
ALWAYS = ["curves.csv", "curves.npz", "loss.svg", "loss_seconds.svg", "report.html", "table.csv"]
SURFACE = ["surface.npz", "surface.png", "surface.svg"]
TWO = [optimizer("SGD", lr=1e-3), {"name": "Adam", "params": {"lr": 0.1}, "backends": ["diy"], "label": "mine"}]


def compare(raw: dict[str, Any], folder: Path, *more: str) -> tuple[int, Path]:
    """In this process: the exit status and where the files are."""
    out = folder / "out"
    return main.main(["compare", str(saved(raw, folder)), "--steps", "40", "--out", str(out), *more]), out


@pytest.fixture
def no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the page is not looked at, it need not be drawn."""
    monkeypatch.setattr(headless_compare, "page", lambda *_: "")
    monkeypatch.setattr(headless_compare, "drawn", lambda *_: {})


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_a_test_functions_files_are_of_one_run(tmp_path: Path, capsys: Any) -> None:
    raw = raw_problem(optimizers=TWO, dtype="float64")
    status, out = compare(raw, tmp_path, "--target", "5")
    told = capsys.readouterr().out
    assert status == 0
    assert sorted(path.name for path in out.iterdir()) == sorted([*ALWAYS, *SURFACE])
    again = Lockstep(check(raw))
    again.advance(40)
    for row, lane, expected in zip(rows_of(out / "table.csv"), again.lanes, Racing(again).rows(5.0), strict=True):
        assert row["lane"] == lane.id
        found = {key: float(row[key]) for key in ("final_loss", "best_loss", "area_log10", "grad_norm")}
        assert list(found.values()) == [expected.final, expected.best, expected.area, expected.grad_norm]
        assert row["target_step"] == ("" if expected.target_step is None else str(expected.target_step))
        assert float(row["us_per_step"]) > 0
    curves = rows_of(out / "curves.csv")
    assert [float(row["mine/diy"]) for row in curves] == again.series[2].values.tolist()
    page = Page((out / "report.html").read_text(encoding="utf-8"))
    assert page.table["SGD/torch"]["Final loss"][1] == rows_of(out / "table.csv")[1]["final_loss"]
    for name in ("loss.svg", "loss_seconds.svg", "surface.svg"):
        assert ElementTree.parse(out / name).getroot().tag.endswith("svg")
    assert "surface" in page.pictures
    heading, heads, *lanes, parity = told.splitlines()
    assert heading == "2 entries in 3 lanes, 40 steps"
    assert heads.split()[:3] == ["lane", "final", "best"]
    assert [line.split()[0] for line in lanes] == ["SGD/diy", "SGD/torch", "mine/diy"]
    assert parity.startswith("SGD: in lockstep")


def test_a_network_has_no_surface_and_none_is_left_over(
    tmp_path: Path, no_page: None, no_pictures: None, capsys: Any
) -> None:
    compare(raw_problem(), tmp_path)
    status, out = compare(raw_article(), tmp_path)
    assert status == 0
    assert sorted(path.name for path in out.iterdir()) == ALWAYS
    assert "to target" not in capsys.readouterr().out


def test_the_curves_are_the_run_commands_losses(tmp_path: Path, no_page: None, no_pictures: None) -> None:
    raw = raw_article(optimizers=[optimizer("SGD"), optimizer("Adam", lr=0.1)])
    _, out = run(raw, 40, tmp_path)
    losses = (out / "losses.csv").read_bytes()
    _, out = compare(raw, tmp_path)
    assert (out / "curves.csv").read_bytes() == losses


def test_equal_runs_leave_equal_files_but_for_what_is_measured(tmp_path: Path, no_page: None) -> None:
    found = []
    for _ in range(2):
        _, out = compare(raw_problem(optimizers=TWO), tmp_path)
        found.append([(out / name).read_bytes() for name in ("curves.csv", "loss.svg", "surface.svg")])
    assert found[0] == found[1]


def test_a_wrong_derivative_exits_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    right = ACTIVATIONS["sigmoid"]
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", right._replace(df=lambda z, a: right.df(z, a) * 1.01))
    assert main.main(["compare", str(saved(raw_article(dtype="float64"), tmp_path)), "--steps", "5"]) == 1
    told = capsys.readouterr().out
    assert "SGD: differs at step 1" in told
    assert len(re.findall(r"\bdiffers\b", told)) == 3


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--steps", "0"], "--steps"),
        (["--steps", "5", "--target", "low"], "must be a finite number, not 'low'"),
        (["--steps", "5", "--target", "nan"], "must be a finite number"),
        (["--steps", "5", "--out", "experiment.json"], "--out cannot be written to"),
        (["--steps", str(10**14)], "--steps would need about"),
        ([], "--steps"),
    ],
)
def test_bad_input_is_told_in_a_line(
    more: list[str], told: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = saved(raw_article(), tmp_path)
    monkeypatch.chdir(tmp_path)
    try:
        status = main.main(["compare", str(file), *more])
    except SystemExit as end:
        status = end.code
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


def test_every_fault_of_the_file_is_a_line(tmp_path: Path, capsys: Any) -> None:
    raw = raw_article(dtype="float16", name=1)
    assert main.main(["compare", str(saved(raw, tmp_path)), "--steps", "5"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_full_disk_leaves_the_earlier_files_as_they_were(
    tmp_path: Path, no_pictures: None, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out = compare(raw_problem(), tmp_path)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def no_room(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(headless_compare, "page", no_room)
    capsys.readouterr()
    status, _ = compare(raw_article(), tmp_path)
    assert status == 2
    assert "--out cannot be written to: No space left on device" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


# --- as its own process --------------------------------------------------------------------------


@pytest.mark.skipif(WINDOWS, reason="needs POSIX signals")
def test_ctrl_c_writes_what_was_done_and_exits_130(tmp_path: Path) -> None:
    """It comes while the first steps are taken: before them nothing would be written."""
    out = tmp_path / "out"
    code = (
        "import os, signal, sys, main, engine.run.lockstep as lockstep; take = lockstep.Lockstep.advance\n"
        "def interrupted(*arguments):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return take(*arguments)\n"
        "lockstep.Lockstep.advance = interrupted; sys.exit(main.main(sys.argv[1:]))"
    )
    alone = raw_problem(optimizers=[{**optimizer("SGD", lr=1e-3), "backends": ["diy"]}])
    told = run_forked(code, "compare", saved(alone, tmp_path), "--steps", "10000000", "--out", out)
    done = len(rows_of(out / "curves.csv"))
    assert (told.returncode, told.stderr) == (130, "")
    assert told.stdout.splitlines()[0] == "1 entry in 1 lane, 10,000,000 steps"
    assert told.stdout.splitlines()[-1] == f"interrupted after step {done} of 10000000"
    assert sorted(path.name for path in out.iterdir()) == sorted([*ALWAYS, *SURFACE])


@pytest.mark.skipif(WINDOWS, reason="needs POSIX pipes")
def test_a_reader_that_leaves_ends_a_race_that_has_no_files_to_write(tmp_path: Path) -> None:
    with Forked(MAIN, "compare", saved(ALONE, tmp_path), "--steps", str(10**8)) as program:
        assert program.stdout is not None
        program.stdout.close()
        complaints = program.stderr.read()
    assert (program.returncode, complaints) == (130, b"")


def test_columns_stand_below_each_other_whatever_the_label(tmp_path: Path, capsys: Any) -> None:
    entries = [{"name": "SGD", "label": "学习率很大的一个"}, {"name": "SGD", "label": ":smile: [red]x"}]
    assert main.main(["compare", str(saved(raw_article(optimizers=entries), tmp_path)), "--steps", "3"]) == 0
    _, head, *lines = capsys.readouterr().out.splitlines()
    from rich.cells import cell_len

    assert {cell_len(line) for line in [head, *lines[:4]]} == {cell_len(head)}
    assert lines[2].startswith(":smile: [red]x/diy ")


def test_help_tells_of_it() -> None:
    assert "python main.py compare FILE.json --steps N [--out DIR]" in " ".join(run_main("--help").stdout.split())


NETWORK: dict[str, Any] = {
    "data": {"x": [[0, 0], [0, 1], [1, 0], [1, 1]], "y": [[0], [1], [1], [0]]},
    "network": {"layers": [{"units": 3, "activation": "tanh"}, {"units": 1}], "loss": "mse"},
    "optimizers": [optimizer("SGD", lr=0.1), {"name": "Adam", "params": {"lr": 0.05}, "label": "mine"}],
}
PLANES: dict[str, tuple[list[str], StartSurface]] = {
    "main": (["main"], StartSurface(1, 5, MainPlane(), None, 9)),
    "random": (
        ["random", "--surface-seed", "3", "--surface-at", "mine"],
        StartSurface(1, 5, RandomPlane(3), None, 9, 1),
    ),
    "weights": (
        [
            *("weights", "--surface-weights", "layer1.weight[2,1]", "layer2.bias[0]"),
            *("--surface-extent", "-2", "1", "0", "3"),
        ],
        StartSurface(1, 5, WeightPlane(("layer1.weight", (2, 1)), ("layer2.bias", (0,))), (-2, 1, 0, 3), 9),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("options", "command"), PLANES.values(), ids=PLANES)
def test_a_networks_surface_is_the_windows(
    options: list[str], command: StartSurface, tmp_path: Path, no_page: None, no_pictures: None
) -> None:
    """The numbers of the job that the window begins, where a run of the window stands after as many steps."""
    raw = raw_article(**NETWORK)
    status, out = compare(raw, tmp_path, "--surface", *options, "--surface-points", "9")
    assert status == 0
    assert sorted(path.name for path in out.iterdir()) == sorted([*ALWAYS, *SURFACE])
    again = Lockstep(check(raw), judge_at_once=False)
    again.advance(40)
    *_, part = (one for one in surface_job(again, command) if isinstance(one, SurfacePart))
    race = Racing(again).answer(RaceRequest(600, paths=True))
    with np.load(out / "surface.npz") as arrays:
        assert np.array_equal(arrays["losses"], part.values)
        assert np.array_equal(arrays["x"], part.x)
        assert np.array_equal(arrays["y"], part.y)
        assert arrays["start"].tolist() == list(part.start)
        for path, label in zip(race.paths, ("SGD", "mine"), strict=True):
            assert np.array_equal(arrays[f"{label}/x"], path.x)
            assert np.array_equal(arrays[f"{label}/y"], path.y)
        here = arrays["origin"] + part.x[4] * arrays["first"] + part.y[2] * arrays["second"]
        assert arrays["weights"].tolist() == ["layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"]
    again.lanes[0].lane.restore(again.lanes[0].lane.snapshot()._replace(weights=unflat(here, again.start)))
    assert again.lanes[0].lane.training_loss() == pytest.approx(part.values[2, 4], rel=1e-5)
    assert (out / "surface.png").read_bytes().startswith(b"\x89PNG")
    ElementTree.parse(out / "surface.svg")


def unflat(values: np.ndarray, like: Any) -> tuple[np.ndarray, ...]:
    ends = np.cumsum([one.size for one in like])
    parts = np.split(values, ends[:-1])
    return tuple(part.reshape(one.shape).astype(one.dtype) for part, one in zip(parts, like, strict=True))


def test_a_networks_surface_is_in_the_report(tmp_path: Path) -> None:
    status, out = compare(raw_article(**NETWORK), tmp_path, "--surface", "main", "--surface-points", "5")
    assert status == 0
    assert "The two directions along which all paths spread most" in (out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--surface", "weights"], "--surface-weights is missing"),
        (["--surface-seed", "1"], "--surface-seed has no place here: it belongs to --surface random"),
        (["--surface", "main", "--surface-at", "mine"], "it belongs to --surface random, --surface weights"),
        (["--surface", "random", "--surface-at", "nobody"], "--surface-at is not one of"),
        (["--surface", "weights", "--surface-weights", "w", "b"], 'is no weight: "w"; one is layer1.weight[0, 0], say'),
        (
            ["--surface", "weights", "--surface-weights", "layer1.bias[0]", "layer1.bias[3]"],
            'is beyond its tensor: "layer1.bias[3]", of 3',
        ),
        (["--surface", "random", "--surface-points", "5000"], "must be ≥ 2 and ≤ 1,001, not 5000"),
    ],
)
def test_a_surface_that_cannot_be_is_refused_before_the_training(
    options: list[str], told: str, tmp_path: Path, capsys: Any
) -> None:
    status, out = compare(raw_article(**NETWORK), tmp_path, *options)
    assert status == 2
    assert told in capsys.readouterr().err
    assert not out.exists()
    file = str(saved(raw_problem(), tmp_path))
    assert main.main(["compare", file, "--steps", "4", "--out", str(out), "--surface", "random"]) == 2
    assert "a test function has a plane of its own" in capsys.readouterr().err
    assert main.main(["compare", file, "--steps", "4", "--surface", "main"]) == 2
    assert "--out is missing" in capsys.readouterr().err


def test_an_earlier_run_is_laid_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its report, written by the command itself: the settings that differ, and from which step on the losses do."""
    raw = raw_article(optimizers=[optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.01)])
    status, out = compare(raw, tmp_path)
    assert status == 0
    raw["optimizers"][1] = optimizer("Adam", lr=0.02)
    raw["optimizers"][0]["label"] = "Mine"
    capsys.readouterr()
    command = ["compare", str(saved(raw, tmp_path)), "--beside", str(out / "report.html")]
    assert main.main(command) == 0
    told = capsys.readouterr().out
    assert "beside report, 40 steps:" in told
    assert "Adam: params.lr: 0.01 → 0.02" in told
    assert "optimizer SGD: there → –" in told
    assert "Adam/diy: apart from step 2" in told
    assert "in this run alone: Mine/diy, Mine/torch" in told
    assert main.main([*command, "--steps", "3", "--json"]) == 0
    beside = json.loads(capsys.readouterr().out)["beside"]
    assert {"place": "Adam: params.lr", "then": 0.01, "now": 0.02} in beside["settings"]
    lane = beside["lanes"][0]
    assert (lane["id"], lane["steps_in_both"], lane["first_apart"]) == ("Adam/diy", 3, 2)
    assert main.main([*command, "--quiet"]) == 0
    assert not capsys.readouterr().out


def test_what_is_no_earlier_run_is_refused_before_the_race(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(saved(raw_article(), tmp_path))
    (tmp_path / "page.html").write_text("<html></html>")
    for earlier, words in (("page.html", "without numbers"), ("gone.lockstep", "not_readable"), ("", "--steps")):
        command = ["compare", file, *(["--beside", str(tmp_path / earlier)] if earlier else [])]
        assert main.main(command) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert words in told or "cannot be read" in told or "could not" in told
