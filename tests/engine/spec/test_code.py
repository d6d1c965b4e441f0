"""Own code in the experiment file: data that is kept, and faults that are told at their place."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.spec import ExperimentError, check, code_of, load, read
from tests.own.experiments import raw_with, saved


def faults_of(raw: dict[str, Any]) -> list[str]:
    with pytest.raises(ExperimentError) as raised:
        check(raw)
    return [str(fault) for fault in raised.value.faults]


def test_code_is_saved_with_the_experiment() -> None:
    raw = raw_with("x = 1\n", None) | {"code": {"own.py": {"text": "x = 1\n"}, "b/c.py": {"path": "../c.py"}}}
    spec = check(raw)
    assert spec.optimizers[0].backends == ("diy",)
    assert (spec.labels, code_of(spec)) == (("own",), ["own.py"])
    written = json.loads(spec.to_json())
    assert written["code"] == raw["code"]
    assert written["optimizers"][0]["name"] is None
    assert load(spec.to_json()) == spec


def test_an_experiment_without_code_says_nothing_of_it() -> None:
    raw = raw_with("", "SGD")
    raw["optimizers"][0].pop("code")
    assert '"code"' not in check({**raw, "code": None}).to_json()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"code": "other.py"}, "optimizers[0].code names other.py"),
        ({"code": None, "name": None}, "optimizers[0].name may be null only where own code"),
        ({"name": "LBFGS"}, "optimizers[0].code has no place here: LBFGS"),
        ({"name": None, "backends": ["diy", "torch"]}, "optimizers[0].backends may hold diy alone"),
        ({"backends": ["torch"]}, "optimizers[0].backends must hold diy"),
        ({"code": 5}, "optimizers[0].code must be text, not 5"),
        ({"name": None, "params": {"lr": "much"}}, "optimizers[0].params.lr must be a number"),
        ({"schedule": {"name": "OneCycleLR", "params": {"max_lr": 1.0, "total_steps": 9}}}, "cycle_momentum must be"),
    ],
)
def test_a_faulty_entry_is_told(entry: dict[str, Any], told: str) -> None:
    (fault,) = faults_of(raw_with("", "Adam", entry=entry))
    assert told in fault


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ({"own.py": {"text": "", "path": "own.py"}}, "code.own.py may have a text or a path, not both"),
        ({"own.py": {}}, "code.own.py needs a text or a path"),
        ({"own.py": {"text": ""}, "own.txt": {"text": ""}}, "code.own.txt is no name of a file of code"),
        ({"own.py": {"txt": ""}}, "code.own.py.txt is not a known field – did you mean text?"),
        ([], "code must be an object"),
    ],
)
def test_faulty_code_is_told(code: Any, told: str) -> None:
    (fault,) = faults_of(raw_with("", "Adam") | {"code": code})
    assert told in fault


def test_code_that_is_followed_is_read_and_not_written_back(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("x = 1\n", encoding="utf-8")
    file = saved(raw_with("", "SGD") | {"code": {"own.py": {"path": "own.py"}}}, tmp_path)
    spec = read(file)
    assert spec.code is not None
    assert spec.code["own.py"].text == "x = 1\n"
    assert json.loads(spec.to_json())["code"] == {"own.py": {"path": "own.py"}}
