"""A person's optimizer beside another of his: the other lane of the pair runs that one in torch's place."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from tests.drawing import sample
from tests.own.experiments import RIGHT, WRONG, raw_beside, run, saved, text_of, trusted_run

SIGN = "import numpy as np\n\n\ndef sign(w, g, lr=0.01):\n    return w - lr * np.sign(g)\n"
SIGNS = """class Signs:
    def __init__(self, learning_rate=0.5):
        self.learning_rate = learning_rate

    def update(self, w, g):
        return w - self.learning_rate * (1 * (g > 0) - 1 * (g < 0))
"""
PAIRS = [
    ("config_adam", "dict_adam_init"), ("moments_adam", "config_adam"), ("globals_momentum", "dict_momentum"),
    ("dict_adagrad", "layer_adagrad"),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "dtype"), sample(product(PAIRS, ("float32", "float64")), 3))
def test_one_rule_in_two_forms_is_in_lockstep(pair: tuple[str, str], dtype: str, tmp_path: Path) -> None:
    file, other = pair
    raw = raw_beside(text_of(RIGHT, file), text_of(RIGHT, other), dtype=dtype)
    status, report = run(raw, tmp_path, steps=60)
    assert (status, report["verdict"]) == (0, "lockstep"), report
    assert [lane["id"] for lane in report["lanes"]] == ["own/diy", "own/reference"]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_two_rules_differ_and_each_side_has_its_name(
    dtype: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = raw_beside(text_of(WRONG, "adam_no_correction_of_m"), text_of(RIGHT, "config_adam"), dtype=dtype)
    status, report = run(raw, tmp_path)
    first = report["parity"][0]["first_divergence"]
    assert (status, report["verdict"], first["step"], first["stage"]) == (1, "differs", 1, "layer1.update")
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("own: differs"))
    assert ", other.py " in line
    assert "torch" not in line


def test_what_torch_has_nothing_of_takes_the_codes_numbers_on_both_sides(tmp_path: Path) -> None:
    assert run(raw_beside(SIGN, SIGNS), tmp_path)[0] == 0  # 0.01, though the other has 0.5 of its own
    assert run(raw_beside(SIGN, SIGNS, params={"lr": 0.03}), tmp_path)[0] == 0
    assert run(raw_beside(SIGN, SIGNS.replace("(g < 0)", "(g < 1e-3)")), tmp_path, steps=20)[0] == 1
    schedule = {"schedule": {"name": "ExponentialLR", "params": {"gamma": 0.9}}, "clip": {"norm": 0.5}}
    assert run(raw_beside(SIGN, SIGNS, entry=schedule), tmp_path)[0] == 0


def test_what_each_has_alone_is_told_and_may_be_given_by_either_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = text_of(RIGHT, "layer_rmsprop"), text_of(RIGHT, "config_rmsprop")  # rho, beside decay_rate
    assert run(raw_beside(*texts), tmp_path)[0] == 1
    assert "own: other.py has numbers of its own: decay_rate 0.99" in capsys.readouterr().out
    assert run(raw_beside(*texts, params={"rho": 0.95, "decay_rate": 0.95}), tmp_path)[0] == 0


def test_all_commands_run_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "trace.json"
    file = str(saved(raw_beside(SIGN, SIGNS.replace("(g < 0)", "(g < 1e9)")), tmp_path))
    assert main.main(["trace", file, "--step", "2", "--trust", "--out", str(out)]) == 1
    (trace,) = json.loads(out.read_text(encoding="utf-8"))["traces"]
    assert {line["file"] for line in trace["lines"]} >= {"own.py"}
    assert any(row["verdict"] == "differs" and row["name"].startswith("layer") for row in trace["compared"])
    assert " other.py " in capsys.readouterr().out
    assert main.main(["compare", file, "--steps", "5", "--trust", "--out", str(tmp_path / "race")]) == 1
    assert "own/reference" in (tmp_path / "race" / "table.csv").read_text(encoding="utf-8")
    assert main.main(["run", file, "--steps", "5"]) == 2


def test_each_step_is_reached_again_bit_for_bit() -> None:
    raw: dict[str, Any] = raw_beside(text_of(RIGHT, "globals_momentum"), text_of(RIGHT, "dict_momentum"))
    stepped = trusted_run(raw, budget=1 << 26)
    seen: list[list[np.ndarray]] = []
    for _ in range(70):
        seen.append([np.array(weight) for one in stepped.lanes for weight in one.lane.weights()])
        stepped.advance()
    for step in (40, 3, 66, 0):
        stepped.seek(step)
        now = [weight for one in stepped.lanes for weight in one.lane.weights()]
        for one, before in zip(now, seen[step], strict=True):
            np.testing.assert_array_equal(one, before)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"name": "SGD"}, "optimizers[0].reference has no place here"),
        ({"reference": "third.py"}, "optimizers[0].reference names third.py"),
        ({"params": {"beta": 1}}, "optimizers[0].params.beta is no hyperparameter of this code"),
    ],
)
def test_faults_are_told_where_they_are(
    entry: dict[str, Any], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(raw_beside(SIGN, SIGNS, entry=entry), tmp_path)[0] == 2
    assert told in capsys.readouterr().err


def test_a_reference_that_cannot_be_used_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(raw_beside(SIGN, "x = 1\n"), tmp_path)[0] == 2
    assert "optimizers[0].reference cannot be used: no optimizer of a known form" in capsys.readouterr().err
