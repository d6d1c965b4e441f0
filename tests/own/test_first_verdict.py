"""The first verdict comes soon: of torch no more is loaded than it takes; whoever asks for more has it all the same."""

import sys
from subprocess import run

from tests.own.experiments import WRONG

JUDGED = """import sys
import main
main.main(["verify", sys.argv[1]])
loaded = [name for name in sys.modules if name.startswith("torch._dynamo.")]
import torch
real = torch._dynamo.config.recompile_limit > 0
print(len(loaded), real, "torch._dynamo.config" in sys.modules)
"""


def test_an_optimizer_is_judged_without_torchs_compiler() -> None:
    command = [sys.executable, "-c", JUDGED, str(WRONG / "adam_no_correction_of_m.py")]
    told = run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    assert "mistake: does not correct the bias of m" in told[0]
    assert told[-1] == "0 True True"
