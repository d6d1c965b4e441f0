"""The arrows between the layers: as written in the source, and as loaded in running processes."""

import shutil
from pathlib import Path

import pytest

from tests.programs import ROOT, run_main, run_python

LINT = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, config_filename={!r}))"
)
QT = ("PySide6", "shiboken6", "pyqtgraph")


def lint(folder: Path):
    code = f"import os, sys; os.chdir({str(folder)!r}); sys.path[0] = '';" + LINT.format(str(folder / "pyproject.toml"))
    return run_python("-c", code)


def test_the_contracts_hold():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("gui/late.py", "import torch", "The window never imports torch, not even through others"),
        ("gui/late.py", "from engine.run import lockstep", "Of the engine the window knows the protocol"),
        ("engine/late.py", "import PySide6.QtCore", "The engine never imports Qt"),
        ("engine/late.py", "import torch", "torch is imported by its twin only"),
        ("engine/late.py", "import engine.twin.lane", "The twin is reached through the backends only"),
        ("engine/diy/late.py", "from engine import spec", "The textbook imports nothing of ours"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tmp_path: Path, module: str, line: str, broken: str):
    for name in ("engine", "gui"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / module).write_text(line + "\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout
    assert any(told.startswith(broken) and "BROKEN" in told for told in done.stdout.splitlines())


def loaded_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after running the code."""
    done = run_python("-c", f"{code}\nimport sys; print('loaded', *sys.modules)", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_the_windows_modules_never_load_torch():
    loaded = loaded_after("import gui.window.app")
    assert "PySide6" in loaded
    assert "torch" not in loaded


def test_the_engine_and_the_headless_command_train_without_qt_and_the_window():
    arguments = ["run", str(ROOT / "resources" / "examples" / "article.json"), "--steps", "2"]
    loaded = loaded_after(f"import main, engine.server.server; assert main.main({arguments!r}) == 0")
    assert "torch" in loaded
    assert loaded.isdisjoint((*QT, "gui"))


def test_the_headless_command_answers_through_main():
    done = run_main("run", "there is no such file.json", "--steps", "2")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
