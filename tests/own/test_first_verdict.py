"""The first verdict comes soon: of torch no more is loaded than it takes; whoever asks for more has it all the same."""

import sys
from subprocess import run

from tests.own.experiments import WRONG
from tests.programs import ROOT

JUDGED = """import runpy, sys
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    status = end.code
loaded = [name for name in sys.modules if name.startswith(("torch._dynamo.", "PySide6"))]
import torch
real = torch._dynamo.config.recompile_limit > 0
print(status, len(loaded), real, "torch._dynamo.config" in sys.modules)
"""


def test_the_program_itself_judges_an_optimizer_without_the_window_and_torchs_compiler() -> None:
    code = f"import sys; sys.argv = sys.argv[1:]; {JUDGED}"
    command = [sys.executable, "-c", code, "main.py", "verify", str(WRONG / "adam_no_correction_of_m.py")]
    told = run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout.splitlines()
    assert "mistake: does not correct the bias of m" in told[0]
    assert told[-1] == "1 0 True True"
