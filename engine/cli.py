"""The headless command: ``python main.py run FILE.json --steps N [--out DIR]``.

Exit status: 0 in lockstep, 1 diverged, 2 bad input (one line a fault on standard error), 130
interrupted (what was done is written).
"""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from engine.spec import ExperimentError, ExperimentSpec, Fault, load

BAD_INPUT = 2


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, as for any other bad input."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(argv: list[str]) -> int:
    """Run the command line after the program's name; returns the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        return _run(arguments.file, arguments.steps, arguments.out)
    except ExperimentError as error:
        for fault in error.faults:
            print(f"{arguments.file}: {fault}", file=sys.stderr)
        return BAD_INPUT


def _run(file: Path, steps: int, out: Path | None) -> int:
    spec = read_experiment(file)
    if out is not None:
        _make_folder(out)
    from engine.headless import train  # brings torch, which a faulty file need not wait for

    return train(spec, steps, out)


def _parser() -> Parser:
    parser = Parser(prog="main.py", description="Train an experiment's lanes in lockstep, without a window.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="train an experiment and compare its lanes")
    run.add_argument("file", type=Path, metavar="FILE.json", help="the experiment")
    run.add_argument("--steps", type=_positive, required=True, metavar="N", help="how many optimizer steps to take")
    run.add_argument("--out", type=Path, metavar="DIR", help="write losses.csv, weights.npz and report.json here")
    return parser


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number ≥ 1, not {text}")
    return int(text)


def read_experiment(file: Path) -> ExperimentSpec:
    """The experiment in ``file``. Raises ExperimentError with every fault."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise ExperimentError([Fault((), "not_readable", {"detail": error.strerror})]) from None
    return load(text)


def _make_folder(folder: Path) -> None:
    """Before the training: an hour's run is not lost for want of a place to put it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").touch()
    except OSError as error:
        detail = f"{error.strerror}: {folder}"
        raise ExperimentError([Fault(("--out",), "not_writable", {"detail": detail})]) from None
