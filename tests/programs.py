"""Runs the program as its own process, for tests that look from outside."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 300.0  # seconds: guards against a program that never ends


def run_python(*arguments: str | Path, without: Sequence[str] = (), **environ: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter in the project's folder; ``without`` names environment variables to leave out."""
    kept = {key: value for key, value in os.environ.items() if key not in without}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, env=kept | environ, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)


def run_main(*arguments: str | Path, without: Sequence[str] = (), **environ: str) -> subprocess.CompletedProcess[str]:
    return run_python("main.py", *arguments, without=without, **environ)
