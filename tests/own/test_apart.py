"""What Python cannot end within a process is ended from without, late in a run too, and told with its line.

In a Python of its own: where torch is loaded already, as in the forks of other tests, no process goes on as two.
"""

import sys
from pathlib import Path

import pytest

from tests.own.experiments import LONE, raw_with, saved
from tests.own.test_in_experiments import LATE
from tests.programs import run_python

RUN = """import sys
from engine.headless import apart
from engine.headless.cli import main
from engine.own.limits import Limits
apart.LIMITS = Limits(seconds=0.5)
sys.exit(sum(main(["run", file, "--steps", "150", "--trust"], apart=True) for file in sys.argv[1:]))
"""
ENDS = [
    ("import itertools; sum(itertools.repeat(0))", "no end: a call took more than 0.5 s, line 13"),
    ("import os; os._exit(0)", "the code ended its process (exit status 0)"),
    ("import ctypes; ctypes.string_at(0)", "it crashed Python: Segmentation fault, line 13"),  # told as the first is
]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there no process goes on as two")


@pytest.mark.parametrize("ends", [ENDS[:2], pytest.param(ENDS[2:], marks=pytest.mark.every)], ids=["usual", "rare"])
def test_what_ends_never_or_at_once_is_told_late_in_a_run(ends: list[tuple[str, str]], tmp_path: Path) -> None:
    files = []
    for number, (body, _) in enumerate(ends):
        (folder := tmp_path / str(number)).mkdir()
        files.append(saved(raw_with(LATE.format(body), "SGD", layers=LONE), folder))
    program = run_python("-c", RUN, *files)
    assert program.returncode == 2 * len(ends)
    assert program.stderr.splitlines() == [f"{file}: {told}" for file, (_, told) in zip(files, ends, strict=True)]


def test_what_goes_well_apart_ends_as_it_would() -> None:
    good = "from engine.headless.apart import worked_apart; print(worked_apart('x', lambda: print('done') or 1))"
    assert run_python("-c", good).stdout == "done\n1\n"
