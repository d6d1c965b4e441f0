"""``python -m tests.kept.long engines|windows|mutants COUNT``: many deaths at random moments, many mutated sessions.

``soak MINUTES``: the program with a monkey at it. Prints what was lost at the most, or how memory and pace went; exits
with 1 where that is more than is allowed, or where a mutant is not refused.
"""

import random
import sys
import tempfile
import traceback
from pathlib import Path

from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.engine.experiments import raw_article
from tests.engine.kept_run.past_of import BUDGET, written
from tests.engine.session_file.test_archive import open_mutant

from .deaths import OLDEST, TYPED, Closing, Death, kill_engine, kill_window
from .soak import soak

LONGEST = 8.0  # seconds that a run lasts before it is killed


def engines(count: int, folder: Path) -> int:
    deaths: list[Death] = []
    for seed in range(count):
        deaths.append(kill_engine(folder / str(seed), random.Random(seed), LONGEST))
        print(f"{seed + 1}: {deaths[-1]}", flush=True)
    ages = sorted(one.age for one in deaths)
    print(f"{count} engines killed; of their runs {ages[-1]:.1f} s lost at the most, {ages[count // 2]:.1f} s usually")
    return sum(age > OLDEST for age in ages)


def windows(count: int, folder: Path) -> int:
    found: list[Closing] = []
    for seed in range(count):
        found.append(kill_window(folder / str(seed), random.Random(seed), LONGEST / 2))
        print(f"{seed + 1}: {found[-1]}", flush=True)
    typed, short = max(one.typed for one in found), sum(one.kept < one.newest for one in found)
    print(f"{count} windows killed; {typed:.2f} s of typing lost at the most, {short} runs shorter than was seen")
    return sum(one.typed > TYPED for one in found) + short


def mutants(count: int, folder: Path) -> int:
    run = Lockstep(check(raw_article(optimizers=[{"name": "Adam", "params": {}}])), budget=BUDGET)
    run.advance(130)
    run.seek(20)
    run.set_params(0, {"lr": 0.5})
    run.advance(9)
    session, bad = written(run, folder / "whole.lockstep").read_bytes(), 0
    found = {"refused": 0, "opened": 0}
    for seed in range(count):
        try:
            found[open_mutant(session, seed, folder / "mutant.lockstep")] += 1
        except Exception:
            bad += 1
            print(f"seed {seed}:\n{traceback.format_exc()}", flush=True)
    print(f"{count} mutants: {found['refused']} refused, {found['opened']} opened whole, {bad} met otherwise")
    return bad


def main() -> int:
    what, count = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        return int(
            {"engines": engines, "windows": windows, "mutants": mutants, "soak": soak}[what](count, Path(folder)) > 0
        )


if __name__ == "__main__":
    sys.exit(main())
