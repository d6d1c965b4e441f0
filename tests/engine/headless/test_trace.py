"""The trace command: one step's stages on the terminal and as JSON, its exit status, and what it refuses."""

import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from engine.run.lockstep import Lockstep
from engine.spec import check
from tests import mutants
from tests.engine.experiments import layer, optimizer, random_data, raw_article
from tests.engine.headless.test_command import ALONE
from tests.engine.headless.test_run import saved
from tests.programs import run_forked

WINDOWS = sys.platform == "win32"
RUN_OF_THREE = {
    **raw_article(),
    "optimizers": [
        optimizer("SGD", lr=0.1),
        {"name": "Adam", "backends": ["diy"]},
        {"name": "AdamW", "backends": ["torch"]},
    ],
}


def trace(raw: Mapping[str, Any], step: int, folder: Path) -> tuple[int, dict[str, Any]]:
    """The exit status and what was written."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    out = folder / "new" / "trace.json"
    status = main.main(["trace", str(saved(raw, folder)), "--step", str(step), "--out", str(out)])
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    return status, json.loads(out.read_text(encoding="utf-8"), parse_constant=refuse)


def complaints(capsys: Any, *arguments: str | Path) -> list[str]:
    try:
        status = main.main(["trace", *map(str, arguments)])
    except SystemExit as end:
        status = end.code
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    return told.err.removesuffix("\n").split("\n")


def test_stages_are_printed_with_both_sides_and_their_distance(tmp_path: Path, capsys: Any) -> None:
    assert main.main(["trace", str(saved(raw_article(dtype="float64"), tmp_path)), "--step", "3"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "SGD, step 3"
    assert told[1].split() == ["stage", "value", "diy", "torch", "max", "|Δ|", "ULP", "verdict"]
    assert [line.split()[0] for line in told[2:] if not line.startswith("   ")] == [
        *("layer1.forward", "layer1.activation", "loss", "layer1.backward", "layer1.update", "SGD:")
    ]
    run = Lockstep(check(raw_article(dtype="float64")))
    run.advance(3)
    (loss,) = (line.split() for line in told if line.split()[0] == "loss")
    assert [float(number) for number in loss[2:4]] == pytest.approx(run.losses, rel=1e-7)
    assert told[-1].startswith("SGD: in lockstep, max |Δ| ")
    assert len({line.rfind("  ") for line in told[1:-1]}) == 1  # the verdicts stand in a column


@pytest.mark.parametrize("step", [1, 2, 30])
def test_the_file_holds_every_line_and_both_sides_in_full(step: int, tmp_path: Path) -> None:
    status, told = trace(RUN_OF_THREE, step, tmp_path)
    assert (status, told["step"], told["verdict"]) == (0, step, "lockstep")
    sgd, adam, adamw = told["traces"]
    assert [one["label"] for one in told["traces"]] == ["SGD", "Adam", "AdamW"]
    assert [one["refused"] for one in told["traces"]] == [None, None, "no_diy_lane"]
    assert [stage["name"] for stage in sgd["stages"]][-1] == "layer1.update"
    run = Lockstep(check(RUN_OF_THREE))
    run.advance(step)
    weights = [one.lane.weights()[0] for one in run.lanes]
    (made,) = (line["made"]["return"] for line in sgd["lines"] if line["source"].startswith("return new_params"))
    assert sgd["values"][made]["text"] == "(dict, dict)"
    for values, own, twin in ((sgd["values"], weights[0], weights[1]), (adam["values"], weights[2], None)):
        ours = [
            value for value in values if value["diy"] is not None and np.array_equal(value["diy"], own.astype(float))
        ]
        assert ours
        if twin is not None:
            (value,) = ours
            assert (value["twin"], value["dtype"]) == ("layer1.weight", "float32")
            np.testing.assert_array_equal(np.array(value["torch"], np.float32), twin)
            assert value["distance"]["max_abs"] == np.abs(own.astype(float) - twin).max()
    assert (adamw["lines"], adamw["values"]) == ([], [])
    last = adamw["compared"][-1]
    assert (last["name"], last["diy"], last["torch"]) == ("layer1.weight", None, float(weights[3][0, 0]))


def test_a_large_value_is_left_out(tmp_path: Path) -> None:
    data = random_data(200, 100, 2, "mse", 0)
    raw = raw_article(data=data, network={"layers": [layer(100)]}, optimizers=[optimizer("SGD")])
    _, told = trace(raw, 1, tmp_path)
    weight = next(value for value in told["traces"][0]["values"] if value["twin"] == "layer1.weight")
    assert (weight["shape"], weight["diy"], weight["torch"]) == ([100, 200], None, None)
    assert next(value for value in told["traces"][0]["values"] if value["twin"] == "layer1.bias")["diy"] is not None


def test_a_mistake_is_told_and_ends_with_1(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    mutants.install("missing_factor_2", monkeypatch)
    status, told = trace(raw_article(), 1, tmp_path)
    assert (status, told["verdict"]) == (1, "differs")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("SGD: differs at step 1, stage layer1.backward, layer1.dL_da[0, 3]: DIY -")
    verdicts = {stage["name"]: stage["verdict"] for stage in told["traces"][0]["stages"]}
    assert verdicts["layer1.backward"] == "differs"


def test_numbers_that_are_none_are_written_as_words(tmp_path: Path) -> None:
    raw = raw_article(
        network={"layers": [{"units": 4, "bias": False}], "loss": "mse"}, optimizers=[optimizer("SGD", lr=1e6)]
    )
    status, told = trace(raw, 60, tmp_path)
    assert (status, told["verdict"]) == (1, "not_finite")
    assert any(value["diy"] == "NaN" for value in told["traces"][0]["values"])


@pytest.mark.parametrize("step", ["0", "-1", "1.0", "many"])
def test_the_step_must_be_a_whole_number(step: str, tmp_path: Path, capsys: Any) -> None:
    (line,) = complaints(capsys, saved(raw_article(), tmp_path), "--step", step)
    assert "--step" in line


def test_bad_input_is_told_in_a_line_a_fault(tmp_path: Path, capsys: Any) -> None:
    file = saved({**raw_article(dtype="float16"), "nam": 1}, tmp_path)
    assert len(complaints(capsys, file, "--step", 3)) == 2
    file = saved(raw_article(), tmp_path)
    (tmp_path / "folder").mkdir()
    for out in (file / "below.json", tmp_path / "folder"):
        (line,) = complaints(capsys, file, "--step", 3, "--out", out)
        assert "--out cannot be written to: " in line
    (line,) = complaints(capsys, file, "--step", 10**14)
    assert "--step would need about" in line


@pytest.mark.skipif(WINDOWS, reason="needs POSIX signals")
def test_ctrl_c_ends_with_130_and_leaves_no_file(tmp_path: Path) -> None:
    """It comes while the steps before are taken: the first look at the keyboard sends it."""
    arguments = ["trace", str(saved(ALONE, tmp_path)), "--step", str(10**6), "--out", str(tmp_path / "t.json")]
    code = (
        "import os, signal, sys, main, engine.run.lockstep as lockstep; take = lockstep.Lockstep.advance\n"
        "def interrupted(*arguments):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return take(*arguments)\n"
        f"lockstep.Lockstep.advance = interrupted; sys.exit(main.main({arguments!r}))"
    )
    done = run_forked(code)
    assert (done.returncode, done.stderr) == (130, "")
    assert done.stdout == "interrupted after step 1 of 999999\n"
    assert not (tmp_path / "t.json").exists()


def test_a_narrow_encoding_and_no_width_hide_no_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    with (tmp_path / "told").open("w", encoding="ascii") as narrow:
        monkeypatch.setattr(sys, "stdout", narrow)
        assert main.main(["trace", str(saved(RUN_OF_THREE, tmp_path)), "--step", "2"]) == 0
    told = (tmp_path / "told").read_text(encoding="ascii")
    assert "max |?|" in told.splitlines()[1]
    assert "layer1.weight.grad[0, " in told


@pytest.mark.skipif(WINDOWS, reason="needs POSIX pipes")
def test_a_device_is_written_to_and_a_link_is_followed(tmp_path: Path) -> None:
    """Neither is replaced by a file: as root, that would be the end of /dev/null."""
    pipe, link, target = (tmp_path / name for name in ("pipe", "link.json", "target.json"))
    os.mkfifo(pipe)
    target.write_text("old")
    link.symlink_to(target)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    file = str(saved(raw_article(), tmp_path))
    for out in (pipe, link):
        assert main.main(["trace", file, "--step", "1", "--out", str(out)]) == 0
    assert pipe.is_fifo()
    reader.join()
    assert link.is_symlink()
    assert read == [target.read_text(encoding="utf-8")]
    assert json.loads(read[0])["step"] == 1


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
def test_a_table_that_finds_no_room_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["trace", str(saved(raw_article(), tmp_path)), "--step", "1"]
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main.main(arguments) == 130
        assert main.main([*arguments, "--out", str(tmp_path / "trace.json")]) == 0
