"""Commands on experiments whose data are in a file: the numbers of typed ones, scripts too, and faults in lines."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from engine.spec import ExperimentError, check, load, read
from tests.engine.experiments import layer, optimizer
from tests.products import each_with
from tests.programs import SCRIPT, run_forked

ROWS = np.random.default_rng(3).normal(size=(30, 3)).round(3)
NETWORK = {"layers": [layer(3), layer(1, "identity")], "loss": "mse"}
LINKED = {"file": "data.csv", "x": ["a", "b"], "y": ["c"]}


def experiment(data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    entries = [optimizer("SGD", lr=0.1)]
    return {"schema": 1, "data": data, "network": NETWORK, "dtype": "float64", "optimizers": entries, **changes}


def saved(folder: Path, raw: dict[str, Any]) -> Path:
    file = folder / "experiment.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    return file


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    np.savetxt(tmp_path / "data.csv", ROWS, "%.3f", ",", header="a,b,c", comments="")
    return saved(tmp_path, experiment(LINKED | {"test": {"share": 0.2, "seed": 1}}))


def test_a_run_has_the_numbers_of_data_that_are_typed(linked: Path, tmp_path: Path) -> None:
    typed = experiment({"x": ROWS[:, :2].tolist(), "y": ROWS[:, 2:].tolist(), "test": {"share": 0.2, "seed": 1}})
    other = tmp_path / "typed.json"
    other.write_text(json.dumps(typed))
    for file, out in ((linked, "linked"), (other, "typed")):
        assert main.main(["run", str(file), "--steps", "4", "--out", str(tmp_path / out), "--quiet"]) == 0
    one, two = ((tmp_path / out / "losses.csv").read_text() for out in ("linked", "typed"))
    assert one == two


@pytest.mark.parametrize("command", [
    ["trace", "--step", "2"],
    ["compare", "--steps", "2"],
    ["sweep", "--optimizer", "Adam", "--param", "lr", "--log", "0.01", "1", "--points", "2", "--steps", "2"],
])  # fmt: skip
def test_the_other_commands_take_it_too(linked: Path, command: list[str], capsys: Any) -> None:
    assert main.main([command[0], str(linked), *command[1:]]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_that_has_changed_is_told_in_a_line_and_trained_on(linked: Path, capsys: Any) -> None:
    raw = json.loads(linked.read_text())
    raw["data"]["sha256"] = "0" * 64
    linked.write_text(json.dumps(raw))
    assert main.main(["run", str(linked), "--steps", "2"]) == 0
    assert capsys.readouterr().err == (
        f"{linked}: data.file data.csv has changed since the experiment was made; what it holds now is trained on\n"
    )


def test_what_is_wrong_with_the_file_and_with_all_else_is_told_at_once(linked: Path, capsys: Any) -> None:
    raw = json.loads(linked.read_text())
    linked.write_text(json.dumps(raw | {"dtype": "float16", "data": {**LINKED, "x": ["A", "b"], "header": 3}}))
    assert main.main(["run", str(linked), "--steps", "2"]) == 2
    assert [line.removeprefix(f"{linked}: ") for line in capsys.readouterr().err.splitlines()] == [
        "data.header must be true or false, not 3",
        'dtype is not one of float32, float64: "float16" – did you mean float64?',
    ]
    linked.write_text(json.dumps(raw | {"data": {**LINKED, "x": ["A", "b"]}}))
    assert main.main(["run", str(linked), "--steps", "2"]) == 2
    assert "data.x[0] is no column of the file: " in capsys.readouterr().err


def test_the_experiment_is_written_as_it_names_the_file(linked: Path) -> None:
    spec = read(linked)
    assert json.loads(spec.to_json())["data"] == json.loads(linked.read_text())["data"]
    with pytest.raises(ExperimentError, match=r"data\.file is still to be read"):
        load(linked.read_bytes())
    assert check(json.loads(linked.read_text()) | {"data": spec.data}).data == spec.data


def test_standardising_is_said_with_its_numbers(linked: Path, tmp_path: Path, capsys: Any) -> None:
    raw = json.loads(linked.read_text())
    linked.write_text(json.dumps(raw | {"data": {**LINKED, "standardize": True}}))
    assert main.main(["run", str(linked), "--steps", "1", "--out", str(tmp_path / "out")]) == 0
    mean, by = ROWS[:, 0].mean(), ROWS[:, 0].std()
    assert f"x is standardised by the rows that train: a (x - {mean:.6g}) / {by:.6g}, b" in capsys.readouterr().out
    told = json.loads((tmp_path / "out" / "report.json").read_text())["standardized"]
    assert told[0] == {"column": "a", "mean": pytest.approx(mean), "deviation": pytest.approx(by)}


def test_too_large_a_json_is_refused_with_the_advice(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("engine.spec.files.LARGEST_FILE", 100)
    file = saved(tmp_path, experiment({"x": [[1, 2]], "y": [[1]]}))
    assert main.main(["run", str(file), "--steps", "1"]) == 2
    assert 'CSV, .npy or .npz, and name it: "data": {"file": "digits.csv"' in capsys.readouterr().err


# --- scripts: many rows are loaded from the file, few are written out --------------------------------


def large(folder: Path, kind: str) -> dict[str, Any]:
    """Save 900 rows in a file of a kind, and return the experiment's data."""
    drawn = np.random.default_rng(5)
    x, labels = drawn.normal(size=(900, 3)), drawn.choice(["no", "yes", "maybe"], 900)
    if kind == "npz":
        np.savez(folder / "data.npz", x=x, y=labels)
        return {"file": "data.npz", "x": ["x"], "y": ["y"], "classes": True}
    if kind == "npy":
        np.save(folder / "data.npy", np.column_stack([x, drawn.integers(0, 3, 900)]))
        return {"file": "data.npy", "x": [2, 0, 1], "y": [3], "classes": True}
    rows = [";".join([*map(repr, row), label]) for row, label in zip(x.tolist(), labels, strict=True)]
    text = "a;b;c;kind\n" + "\n".join(rows)
    (folder / "data.csv").write_text(text if kind == "csv" else text.replace(".", ","), encoding="utf-8")
    return {"file": "data.csv", "y": ["kind"], "classes": True}


@pytest.mark.parametrize(
    ("kind", "more", "of"),
    each_with(
        [
            ("csv", {"standardize": True, "test": {"share": 0.25, "seed": 4}}),
            ("npz", {"test": {"rows": [0, 3, 5]}}),
            ("npy", {"standardize": True}),
            ("commas", {}),
        ],
        ["diy", "torch"],
    ),
)
def test_a_script_loads_many_rows_and_prints_the_very_losses(tmp_path: Path, of: str, kind: str, more: Any) -> None:
    data = large(tmp_path, kind) | more
    network = {"layers": [layer(3, "identity")], "loss": "cross_entropy"}
    raw = experiment(data, network=network, dtype="float32", batch={"size": 64, "shuffle": True, "seed": 2})
    file, script, out = saved(tmp_path, raw), tmp_path / "script.py", tmp_path / "out"
    assert main.main(["run", str(file), "--steps", "5", "--out", str(out), "--quiet"]) == 0
    assert main.main(["script", str(file), "--of", of, "--steps", "5", "--out", str(script)]) == 0
    assert ("DATA = " in script.read_text()) == (kind != "commas")  # NumPy reads no decimal commas
    done = run_forked(SCRIPT, script)
    assert done.returncode == 0, done.stderr
    header, *rows = (out / "losses.csv").read_text().splitlines()
    place = header.split(",").index(f"SGD/{of}")
    assert [float(line) for line in done.stdout.split()] == [float(row.split(",")[place]) for row in rows]
