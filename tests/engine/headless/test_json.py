"""What the commands tell programs: one JSON text or nothing at all, whatever they would tell a person."""

import json
from pathlib import Path

import pytest

from main import main
from tests.engine.experiments import optimizer, raw_article

COMMANDS = {
    "run": ["--steps", "5"],
    "compare": ["--steps", "5"],
    "sweep": ["--optimizer", "SGD", "--param", "lr", "--log", "0.01", "0.1", "--points", "2", "--steps", "5"],
}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.json"
    file.write_text(json.dumps(raw_article(optimizers=[optimizer("SGD", lr=0.5)])), encoding="utf-8")
    return file


def told(capfd: pytest.CaptureFixture[str], file: Path, command: str, *more: str) -> str:
    main([command, str(file), *COMMANDS[command], *more])
    captured = capfd.readouterr()
    assert captured.err == ""
    return captured.out


def test_run_tells_its_report(article: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = json.loads(told(capfd, article, "run", "--json", "--out", str(tmp_path)))
    assert found == json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [lane["id"] for lane in found["lanes"]] == ["SGD/diy", "SGD/torch"]


def test_compare_tells_its_table_too(article: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capfd, article, "compare", "--json"))
    assert found["verdict"] == "lockstep"
    assert [row["lane"] for row in found["table"]] == ["SGD/diy", "SGD/torch"]
    assert found["table"][0]["final_loss"] == found["lanes"][0]["final_loss"]


def test_sweep_tells_every_configuration(article: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capfd, article, "sweep", "--json"))
    assert (found["optimizer"], found["asked"]) == ("SGD", 5)
    assert [row["lr"] for row in found["configurations"]] == [0.01, 0.1]
    assert [row["diverged"] for row in found["configurations"]] == [False, False]


@pytest.mark.parametrize("command", COMMANDS)
def test_quiet_says_nothing(command: str, article: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert told(capfd, article, command, "--quiet", "--out", str(tmp_path / "out")) == ""
    assert list((tmp_path / "out").iterdir())


def test_both_at_once_are_refused(article: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", str(article), "--steps", "1", "--json", "--quiet"])
    assert ended.value.code == 2
    assert "not allowed with argument" in capfd.readouterr().err
