"""``python -m tests.trial mutants`` or ``innocents``: try the judge at length; exits with 1 if it fails.

What workers are given to do stands in other modules: a spawned process does not find it here.
"""

import argparse
import json
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from tests.trial.experiments import all_experiments
from tests.trial.hunt import Tried, tried_one
from tests.trial.innocents import Heard, heard
from tests.trial.mutants import all_mutants
from tests.trial.reach import reach_of, reaching
from tests.trial.workers import done_by_all

from . import innocents_report, mutants_report

STEPS = 1000
REACH_STEPS = 128  # in which an experiment has run every line that it ever runs
BOTH = ("float32", "float64")


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    console = Console()
    work = _mutants if arguments.what == "mutants" else _innocents
    passed, record = work(arguments, console)
    if arguments.json:
        text = json.dumps(record, indent=1, default=str)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return 0 if passed else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.trial", description=(__doc__ or "").splitlines()[0])
    what = parser.add_subparsers(dest="what", required=True)
    mutants = what.add_parser("mutants", help="wrong textbooks, which are to be convicted")
    mutants.add_argument("--precision", choices=(*BOTH, "both"), default="both")
    mutants.add_argument("--only", default="", help="modules, with commas between: adam,losses,schedules/step_lr")
    mutants.add_argument("--steps", type=int, default=STEPS, help="of a run in which a mutant must be convicted")
    mutants.add_argument("--every", type=int, default=1, help="take every so-manieth mutant only")
    innocents = what.add_parser("innocents", help="right programs at the edge of floats, and in other algebra")
    innocents.add_argument("--runs", type=int, default=5000)
    innocents.add_argument("--seed", type=int, default=0)
    innocents.add_argument("--first", type=int, default=0, help="the number of the first run")
    innocents.add_argument("--steps", type=int, help="of each run; 20 to 60 by chance if not given")
    innocents.add_argument("--no-algebra", action="store_true", help="leave out right code in other algebra")
    for part in (mutants, innocents):
        part.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 2), help="processes")
        part.add_argument("--json", type=Path, metavar="FILE", help="write a record of every run here")
    return parser


# --- mutants -----------------------------------------------------------------------------------------


def _mutants(arguments: argparse.Namespace, console: Console) -> tuple[bool, list[dict[str, Any]]]:
    modules = [name for name in arguments.only.split(",") if name]
    dtypes = BOTH if arguments.precision == "both" else (arguments.precision,)
    chosen = all_mutants(modules)[:: arguments.every]
    with console.status("which experiments reach which lines") as status:
        reach = reach_of(all_experiments(), min(arguments.steps, REACH_STEPS), status.update)
    tasks = [(mutant, reaching(mutant, reach)) for mutant in chosen]
    work = partial(tried_one, dtypes=dtypes, steps=arguments.steps)
    found = done_by_all(work, tasks, arguments.jobs, console, _in_short, _is_left)
    passed = mutants_report.show(console, found, dtypes, whole=not modules and arguments.every == 1)
    return passed, mutants_report.as_json(found)


def _in_short(one: Tried) -> str:
    verdicts = " ".join(found.verdict for found in one.verdicts.values())
    return f"{one.mutant.id} {verdicts or one.fate}: {one.mutant.after}"


def _is_left(one: Tried) -> bool:
    return any(not (one.verdicts[dtype].is_guilty and one.is_right(dtype)) for dtype in one.bound_to)


# --- innocents ---------------------------------------------------------------------------------------


def _innocents(arguments: argparse.Namespace, console: Console) -> tuple[bool, list[dict[str, Any]]]:
    tasks = list(innocents_report.planned(arguments))
    found = done_by_all(heard, tasks, arguments.jobs, console, _heard_in_short, _is_accused)
    return innocents_report.show(console, found), innocents_report.as_json(found)


def _heard_in_short(one: Heard) -> str:
    return f"{one.innocent.name} {one.found.verdict}: {one.found.stage or one.found.told}"


def _is_accused(one: Heard) -> bool:
    return one.is_accused


if __name__ == "__main__":
    raise SystemExit(main())
