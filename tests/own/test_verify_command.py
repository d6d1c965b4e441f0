"""``python main.py verify``: what it prints, what it writes, and its exit status."""

import json
from pathlib import Path

import pytest

import engine.headless.cli as cli
from tests.programs import MAIN, Forked

RIGHT = "def sgd(w, g, lr=0.1):\n    return w - lr * g\n"
HALF = "import numpy as np\n\n\ndef mse(a, y):\n    return 0.5 * np.mean((a - y) ** 2)\n\n\n"
HALF += "def mse_grad(a, y):\n    return (a - y) / a.size\n"
KEYS = ["schema", "file", "kind", "name", "form", "against", "params", "steps", "dtype", "verdict", "named", "first",
        "rounding", "pairs", "error"]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "sgd.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "half.py").write_text(HALF, encoding="utf-8")
    return tmp_path


def test_a_record_is_printed_in_words_with_the_line(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(files / "half.py")]) == 1
    printed = capsys.readouterr().out
    assert "convention: has a factor ½" in printed
    assert "line 5" in printed
    assert "> " in printed
    assert "--accept loss.half" in printed


def test_json_is_the_contracts_object(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(files / "half.py"), "--json", "-"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert list(told) == KEYS
    assert told["schema"] == 1
    assert told["verdict"] == "convention"
    assert told["named"]["id"] == "loss.half"
    assert set(told["first"]) == {"step", "stage", "tensor", "index", "own", "reference", "line"}


def test_a_convention_may_be_meant(files: Path) -> None:
    assert cli.main(["verify", str(files / "half.py"), "--accept", "loss.half"]) == 0
    assert cli.main(["verify", str(files / "half.py"), "--accept", "loss.per_row"]) == 1


def test_a_folder_is_a_table_and_a_list_and_the_worst_status(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = files / "out.json"
    assert cli.main(["verify", str(files), "--json", str(out)]) == 1
    assert len(capsys.readouterr().out.strip().splitlines()) == 2
    assert [one["verdict"] for one in json.loads(out.read_text(encoding="utf-8"))] == ["convention", "rounding"]


def test_a_rounding_is_proved(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(files / "sgd.py"), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["rounding"] == {"line": 2, "id": "fused"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--param", "lr"], "name=value"),
        (["--param", "lr=fast"], "must be a number"),
        (["--param", "beta1=0.5"], "no such hyperparameter"),
        (["--against", "Lion"], "none of the"),
        (["--steps", "0"], "whole number"),
        (["--seconds", "no"], "number above 0"),
        (["--pair", "a=b"], "not both values"),
    ],
)
def test_bad_arguments_are_told_in_a_line(
    files: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    try:
        status = cli.main(["verify", str(files / "sgd.py"), *options])
    except SystemExit as end:
        status = end.code
    assert status == 2
    printed = capsys.readouterr()
    assert words in printed.out + printed.err
    assert "Traceback" not in printed.out + printed.err


def test_an_argument_of_unknown_name_is_asked_for_and_can_be_told(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = files / "odd.py"
    file.write_text("def sgd(foo, bar, lr=0.1):\n    return foo - lr * bar\n", encoding="utf-8")
    assert cli.main(["verify", str(file), "--as", "optimizer"]) == 2
    assert "--arg foo=" in capsys.readouterr().out
    assert cli.main(["verify", str(file), "--as", "optimizer", "--arg", "foo=weight", "--arg", "bar=grad"]) == 0


def test_params_go_to_both_sides_and_what_they_cannot_reach_is_told(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify", str(files / "sgd.py"), "--param", "lr=0.25", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["params"] == {"lr": 0.25}
    file = files / "fixed.py"
    file.write_text("def sgd(w, g):\n    lr = 0.1\n    return w - lr * g\n", encoding="utf-8")
    assert cli.main(["verify", str(file), "--param", "lr=0.25"]) == 0
    assert "--param lr does not reach it" in capsys.readouterr().out


def test_a_notebook_and_one_of_several_functions_are_taken(files: Path) -> None:
    cells = [{"cell_type": "code", "source": ["%matplotlib inline\n", RIGHT]}, {"cell_type": "markdown", "source": "x"}]
    notebook = files / "own.ipynb"
    notebook.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert cli.main(["verify", str(notebook)]) == 0
    (files / "two.py").write_text(RIGHT + "\n\n" + RIGHT.replace("sgd", "other"), encoding="utf-8")
    assert cli.main(["verify", str(files / "two.py")]) == 2
    assert cli.main(["verify", f"{files / 'two.py'}::other"]) == 0


def test_a_reader_that_leaves_is_no_error_of_ours(files: Path) -> None:
    with Forked(MAIN, "verify", files / "half.py") as program:
        assert program.stdout is not None
        program.stdout.close()
        told = program.stderr.read()
    assert (program.returncode, told) == (1, b"")
