"""The README's lines that log a training are run as they stand, and Lockstep finds their log in lockstep."""

import json
import re
from pathlib import Path

import pytest

import main
from tests.programs import ROOT, SCRIPT, run_forked

README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_lines_write_a_log_that_is_in_lockstep(
    dtype: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    head = "" if dtype == "float32" else "import torch\ntorch.set_default_dtype(torch.float64)\n"
    Path("script.py").write_text(
        f"{head}import os\nos.chdir({str(tmp_path)!r})\n{block('log-script')}", encoding="utf-8"
    )
    done = run_forked(SCRIPT, tmp_path / "script.py")
    assert done.returncode == 0, done.stderr
    Path("mine.json").write_text(json.dumps(json.loads(block("log-experiment")) | {"dtype": dtype}), encoding="utf-8")
    assert main.main(["run", "mine.json", "--steps", "100"]) == 0
    shown = capsys.readouterr().out
    assert "Adam: in lockstep" in shown
    assert "not judged" not in shown
