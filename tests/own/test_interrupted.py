"""Ctrl+C during ``verify`` ends it, and the process that the person's code runs in."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).parents[2] / "main.py"


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl+C goes to all processes of a console")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    file = tmp_path / "endless.py"
    file.write_text(f"open({str(begun)!r}, 'w').close()\nwhile True:\n    pass\n", encoding="utf-8")
    command = [sys.executable, MAIN, "verify", file, "--seconds", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        begun.open(encoding="utf-8").close()  # waits until the code runs
        program.send_signal(signal.SIGINT)
        _, told = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "Traceback" not in told
