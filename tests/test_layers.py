"""The arrows between the layers: as written in the source, and as loaded in running processes."""

import re
import shutil
from pathlib import Path

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


FORBIDDEN = {
    "gui.late_torch": ("import torch", "The window never imports torch, not even through others"),
    "gui.late_engine": ("from engine.run import lockstep", "Of the engine the window knows the protocol and the"),
    "engine.late_qt": ("import PySide6.QtCore", "The engine never imports Qt"),
    "engine.late_torch": ("import torch", "torch is imported by its twin only"),
    "engine.late_twin": ("import engine.twin.lane", "The twin is reached through the backends only"),
    "engine.diy.late": ("from engine import spec", "The textbook imports nothing of ours"),
}


def test_a_forbidden_import_breaks_its_contract(tmp_path: Path):
    """Each is told of in the report of its contract."""
    for name in ("engine", "gui"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, (line, _) in FORBIDDEN.items():
        file = tmp_path / Path(*module.split(".")).with_suffix(".py")
        file.write_text(line + "\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout
    _, _, broken = done.stdout.partition("Broken contracts\n")
    reports = re.split(r"\n(?=.*\n-+\n)", broken)
    for module, (_, contract) in FORBIDDEN.items():
        (report,) = (report for report in reports if report.startswith(contract))
        assert f"{module} ->" in report, module


def loaded_after(*codes: str) -> list[set[str]]:
    """The top-level modules that a fresh interpreter has loaded after running each of the codes in turn."""
    tell = "\nimport sys; print('loaded', *sys.modules)\n"
    done = run_python("-c", "".join(code + tell for code in codes), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith("loaded ")]
    return [{name.partition(".")[0] for name in line.split()} for line in told]


def test_the_windows_modules_never_load_torch_nor_the_reports_template():
    (loaded,) = loaded_after("import gui.window.app")
    assert "PySide6" in loaded
    assert loaded.isdisjoint(("torch", "jinja2"))


def test_the_engine_and_its_commands_load_nothing_of_the_window_nor_what_they_do_not_write(tmp_path: Path):
    file, out = str(ROOT / "resources" / "examples" / "article.json"), str(tmp_path / "out")
    over_rates = ["--optimizer", "SGD", "--param", "lr", "--log", "0.1", "1", "--points", "2", "--steps", "2"]
    commands = [
        ["run", file, "--steps", "2"],
        ["trace", file, "--step", "2"],
        ["compare", file, "--steps", "2"],
        ["sweep", file, *over_rates, "--out", out],
    ]
    codes = [f"import main; assert main.main({command!r}) == 0" for command in commands]
    codes.append("import sys; assert not any(name.startswith('torch._dynamo.') for name in sys.modules)")
    server, *trained = loaded_after("import engine.server.server, engine.server.jobs", *codes)
    assert "torch" not in server
    assert all("torch" in loaded for loaded in trained)
    assert all(loaded.isdisjoint((*QT, "gui", "jinja2")) for loaded in (server, *trained))
    *without_pictures, with_one, _ = trained
    assert all("matplotlib" not in loaded for loaded in without_pictures)
    assert "matplotlib" in with_one


def test_the_headless_command_answers_through_main():
    done = run_main("run", "there is no such file.json", "--steps", "2")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
