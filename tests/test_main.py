"""The command line: what it says, and what it refuses to load."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions

import main
from tests.programs import ROOT, run_main, run_python


def test_version_is_the_projects():
    done = run_main("--version")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (done.returncode, done.stdout) == (0, f"Lockstep {project['version']}\n")


def test_help_names_both_ways_to_use_it():
    done = run_main("--help")
    assert done.returncode == 0
    assert "FILE.json" in done.stdout
    assert "python main.py run FILE.json --steps N" in done.stdout


def test_an_unknown_option_is_refused_in_one_line_beside_the_usage():
    done = run_main("--nonsense")
    assert done.returncode == 2
    assert "unrecognized arguments: --nonsense" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_told_as_such_whatever_the_display():
    for words in (["frobnicate"], ["swep", "file.json", "--steps", "3"]):
        done = run_main(*words)
        assert done.returncode == 2
        assert f"{words[0]}: neither a command nor a file" in done.stderr
        assert "display" not in done.stderr
    assert "Did you mean sweep?" in done.stderr


def test_importing_it_loads_nothing_that_takes_time():
    """The engine's process imports main.py again before it does anything else."""
    code = "import sys; before = set(sys.modules); import main; print(*sorted(set(sys.modules) - before))"
    assert run_python("-c", code).stdout.split() == ["__future__", "main"]


def test_an_old_python_can_read_it_and_says_so():
    ast.parse((ROOT / "main.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    message = main.too_old((3, 8, 10))
    assert "needs Python 3.11 or newer; this is Python 3.8" in message
    assert "python3.11 -m venv .venv" in message


def test_missing_packages_are_named_with_the_commands_that_install_them():
    done = run_python("-S", "main.py")  # without site-packages
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "PySide6" in done.stderr
    assert "torch" in done.stderr
    assert "pip install -r requirements.txt" in done.stderr


def test_the_headless_command_does_not_ask_for_the_windows_packages():
    done = run_python("-S", "main.py", "run", "file.json", "--steps", "1")
    assert done.returncode == 2
    assert "numpy" in done.stderr
    assert "PySide6" not in done.stderr


def test_all_requirements_are_looked_for():
    """So that a package added to the requirements is named when it is missing, too."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    wanted = {normal(name) for name in re.findall(r"^[\w-]+", text, re.MULTILINE)}
    brought_by = packages_distributions()
    looked_for = {normal(package) for name in (*main.ENGINE_NEEDS, *main.WINDOW_NEEDS) for package in brought_by[name]}
    assert looked_for & wanted == wanted


def normal(package: str) -> str:
    return package.lower().replace("_", "-")
