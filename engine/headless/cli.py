"""The headless commands: ``python main.py run FILE.json --steps N [--out DIR]`` trains an experiment, ``python
main.py trace FILE.json --step K [--out trace.json]`` looks into one step of it, ``python main.py sweep FILE.json
--optimizer NAME --param lr --log A B --steps N [--out DIR]`` trains an optimizer with many settings at once, ``python
main.py compare FILE.json --steps N [--out DIR]`` races an experiment's optimizers, ``python main.py verify
FILE.py[::NAME]`` says of own code what it is beside torch, ``python main.py script FILE.json --of torch --steps N
[--out FILE.py]`` writes an optimizer's training as a script of its own.

Exit status: of ``run``, ``trace`` and ``compare`` 0 in lockstep, 1 where a pair differs, is unstable or not finite; of
``sweep`` 0 whatever explodes in it; of ``verify`` 1 where own code is not torch's. Of all: 2 bad input (one line a
fault on standard error), 70 an error of ours or of torch's (one line on standard error; with ``LOCKSTEP_TRACEBACK``
set, the traceback before it), 130 interrupted (what was done is written).
"""

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Literal, NoReturn

from engine.headless import verify_options
from engine.lane.lane import StepError
from engine.own.unusable import Unusable
from engine.spec import ExperimentError, ExperimentSpec, Fault, configurations, read
from engine.spec.check import ALWAYS_FREE, free_memory
from engine.spec.faults import listed, one_line, told
from engine.spec.sizes import in_words

from .log_option import with_logs
from .surface_options import add_surface_options, surface_asked
from .sweep_options import add_options, add_rows_option, asked_for, check_rows_for
from .weight_files import weight_files
from .whole_files import check_room, clear_unfinished

BAD_INPUT, SOFTWARE_ERROR = 2, 70  # the latter as BSD's sysexits.h has it
TRACEBACK = "LOCKSTEP_TRACEBACK"  # the environment variable
EXIT_STATUS = (
    "exit status: 0 in lockstep; 1 a pair differs, is unstable or not finite (sweep: never); 2 bad input; "
    "70 an error in a step or in Lockstep itself; 130 interrupted"
)
FILES = ("losses.csv", "losses.npz", "weights.npz", "report.json")
MOST_STEPS = 10**15
LEAST_ROOM, PICTURES_ROOM = 4_000, 64_000  # bytes of the smallest result without pictures, and with
CELL_BYTES = 16  # of a number that is written out, at the least that is usual
LOSS_BYTES = 24  # of a step's loss: 8, and three times as much while their list grows


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with one line, as for any other bad input."""
        self.exit(BAD_INPUT, one_line(f"{self.prog}: {message}") + "\n")


def main(argv: list[str], *, apart: bool = False) -> int:
    """Run the command line after the program's name; returns the exit status.

    ``apart``: what runs a person's code does so in a child of this process, where that can be.
    """
    arguments = _parser().parse_args([_as_value(text) for text in argv])
    if apart and getattr(arguments, "trust", False):
        from .apart import can_part, worked_apart

        if can_part():
            return worked_apart(str(arguments.file), lambda: _done(arguments))
    return _done(arguments)


def _done(arguments: argparse.Namespace) -> int:
    try:
        return _chosen(arguments)
    except ExperimentError as error:
        for line in told(error.faults):
            print(one_line(f"{arguments.file}: {line}"), file=sys.stderr)
        return BAD_INPUT
    except Exception as error:
        if (own := _own_fault(error)) is not None:
            print(one_line(f"{arguments.file}: {error}{own.at}"), file=sys.stderr)
            print(own.shown, end="", file=sys.stderr)
            return BAD_INPUT
        if os.environ.get(TRACEBACK):
            traceback.print_exc()
        print(one_line(f"{arguments.file}: {_in_words(error)}"), file=sys.stderr)
        return SOFTWARE_ERROR


def _chosen(arguments: argparse.Namespace) -> int:
    if arguments.command == "verify":
        return _verify(arguments)
    if arguments.command == "trace":
        return _trace(arguments)
    if arguments.command == "sweep":
        return _sweep(arguments)
    if arguments.command == "compare":
        return _compare(arguments)
    if arguments.command == "script":
        return _script(arguments)
    return _run(arguments)


def _verify(arguments: argparse.Namespace) -> int:
    from engine.headless.verify import verify  # as above

    arguments.file = ", ".join(arguments.files)
    return verify(arguments)


def _own_fault(error: Exception) -> Unusable | None:
    """Return what own code raised in a step, which is a person's to mend; None where it was something else."""
    cause = error.__cause__ if isinstance(error, StepError) else error
    return cause if isinstance(cause, Unusable) else None


def _in_words(error: Exception) -> str:
    if isinstance(error, StepError):
        return str(error)
    told = ": ".join(filter(None, (type(error).__name__, str(error).strip())))
    return f"an error of Lockstep's own: {told} (set {TRACEBACK}=1 to see where)"


def _read(arguments: argparse.Namespace) -> ExperimentSpec:
    """Read the experiment; breakpoints whose lines have moved are told, and hold up nothing.

    One with a person's code in it is run by those alone who say that they trust it.
    """
    file: Path = arguments.file
    spec = read(file, lambda moved: _note(file, str(moved)), lambda changed: _note(file, _changed(changed)))
    if spec.code and not arguments.trust:
        raise ExperimentError([Fault(("code",), "needs_trust", {"known": listed(tuple(spec.code))})])
    from engine.backends.read_numbers import with_numbers  # NumPy alone, but for torch's own files

    found = with_numbers(with_logs(spec.beside(file.parent), getattr(arguments, "log", ())))
    for fault in found.changed:
        print(one_line(f"{file}: {fault}"), file=sys.stderr)
    return found.spec


def _note(file: Path, text: str) -> None:
    print(one_line(f"{file}: {text}"), file=sys.stderr)


def _changed(data: str) -> str:
    return f"data.file {data} has changed since the experiment was made; what it holds now is trained on"


def _run(arguments: argparse.Namespace) -> int:
    steps, out = arguments.steps, arguments.out
    spec = _read(arguments)
    _check_room(spec, steps)
    if out is None:
        from .run import train  # brings torch, which a faulty file need not wait for

        return train(spec, steps, None, _telling(arguments))
    try:
        names = (*FILES, *weight_files(spec, arguments.weights))
        _make_folder(out, names, _losses_room(spec, steps))
        from .run import train

        return train(spec, steps, out, _telling(arguments), arguments.weights)
    except OSError as error:
        raise _not_writable(out, error) from None


def _trace(arguments: argparse.Namespace) -> int:
    step, out = arguments.step, arguments.out
    spec = _read(arguments)
    _check_room(spec, step, "--step")
    try:
        if out is not None:
            _make_room_for(out)
        from .trace import trace  # as above

        return trace(spec, step, out)
    except OSError as error:
        raise _not_writable(out, error) from None


def _sweep(arguments: argparse.Namespace) -> int:
    spec, plan = asked_for(_read(arguments), arguments)
    out: Path | None = arguments.out
    try:
        from .sweep import FILES, sweep  # as above

        if out is not None:
            _make_folder(out, FILES, LEAST_ROOM + CELL_BYTES * configurations(plan))
        return sweep(spec, plan, out, arguments.by, _telling(arguments))
    except OSError as error:
        raise _not_writable(out, error) from None


def _compare(arguments: argparse.Namespace) -> int:
    spec, out, earlier = _read(arguments), arguments.out, None
    if arguments.beside is not None:
        from .beside import earlier as read_earlier  # as above

        earlier = read_earlier(arguments.beside)
        arguments.steps = arguments.steps or earlier.steps
    if not arguments.steps:
        raise ExperimentError([Fault(("--steps",), "missing")])
    check_rows_for(spec, arguments.target_of, "--target-of")
    plane = surface_asked(spec, arguments)
    _check_room(spec, arguments.steps)
    try:
        from .compare import FILES, compare  # as above

        if out is not None:
            points = 0 if plane is None else 8 * plane.points**2
            _make_folder(out, FILES, PICTURES_ROOM + points + _losses_room(spec, arguments.steps))
        aimed = arguments.target, arguments.target_of
        return compare(spec, arguments.steps, out, *aimed, _telling(arguments), plane, earlier)
    except OSError as error:
        raise _not_writable(out, error) from None


def _telling(arguments: argparse.Namespace) -> Literal["lines", "json", "nothing"]:
    if arguments.json:
        return "json"
    return "nothing" if arguments.quiet else "lines"


def _script(arguments: argparse.Namespace) -> int:
    out: Path | None = arguments.out
    spec = _read(arguments)
    try:
        from .script import script, size_of  # as above

        if out is not None:
            _make_room_for(out, size_of(spec, arguments.steps))
        return script(spec, arguments.of, arguments.steps, out, arguments.optimizer)
    except OSError as error:
        raise _not_writable(out, error) from None


def _not_writable(out: Path | None, error: OSError) -> ExperimentError:
    detail = f"{error.strerror or error}: {out}"
    return ExperimentError([Fault(("--out",), "not_writable", {"detail": detail})])


def _parser() -> Parser:
    about = "Train an experiment's lanes in lockstep, without a window."
    parser = Parser(prog="main.py", description=about, epilog=EXIT_STATUS)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="train an experiment and compare its lanes")
    run.add_argument("file", type=_path, metavar="FILE.json", help="the experiment")
    run.add_argument("--steps", type=_positive, required=True, metavar="N", help="how many optimizer steps to take")
    run.add_argument(
        "--out", type=_path, metavar="DIR", help="write losses as csv and npz, weights and report.json here"
    )
    run.add_argument(
        "--weights", action="append", choices=("safetensors", "torch"), default=[], metavar="FORMAT",
        help="write each lane's weights with --out as well: safetensors, or torch's state_dict",
    )  # fmt: skip
    trace = commands.add_parser("trace", help="look into one step of an experiment, line by line")
    trace.add_argument("file", type=_path, metavar="FILE.json", help="the experiment")
    trace.add_argument("--step", type=_positive, required=True, metavar="K", help="which step, counted from 1")
    trace.add_argument("--out", type=_path, metavar="trace.json", help="write stages, lines and all values here")
    sweep = commands.add_parser("sweep", help="train one optimizer with many settings at once")
    sweep.add_argument("file", type=_path, metavar="FILE.json", help="the experiment")
    add_options(sweep, _positive)
    sweep.add_argument("--steps", type=_positive, required=True, metavar="N", help="how many optimizer steps to take")
    sweep.add_argument("--out", type=_path, metavar="DIR", help="write sweep.csv and sweep.svg here")
    compare = commands.add_parser("compare", help="race an experiment's optimizers")
    compare.add_argument("file", type=_path, metavar="FILE.json", help="the experiment")
    compare.add_argument(
        "--steps", type=_positive, metavar="N", help="how many optimizer steps to take; by default those of --beside"
    )
    compare.add_argument(
        "--beside", type=_path, metavar="EARLIER",
        help="tell what differs from an earlier run: a session, a report, or the folder that a run was written to",
    )  # fmt: skip
    compare.add_argument("--target", type=_finite, metavar="LOSS", help="tell which step first had a loss as low")
    add_rows_option(compare, "--target-of", "the rows that the target's loss is over")
    add_surface_options(compare, _positive, _finite)
    compare.add_argument(
        "--out", type=_path, metavar="DIR", help="write table.csv, curves.csv and .npz, pictures and report.html"
    )
    script = commands.add_parser("script", help="write an optimizer's training as a script or a notebook of its own")
    script.add_argument("file", type=_path, metavar="FILE.json", help="the experiment")
    script.add_argument("--of", choices=("diy", "torch"), help="by hand in NumPy, or by PyTorch; a notebook has both")
    script.add_argument("--steps", type=_positive, required=True, metavar="N", help="how many optimizer steps it takes")
    script.add_argument("--optimizer", metavar="LABEL", help="of several entries, which one")
    script.add_argument(
        "--out", type=_path, metavar="FILE.py", help="write it here; a notebook where it ends in .ipynb"
    )
    for command in (run, sweep, compare):
        told = command.add_mutually_exclusive_group()
        told.add_argument("--json", action="store_true", help="print the results as one JSON text, and nothing else")
        told.add_argument("--quiet", action="store_true", help="print nothing; the exit status and --out tell")
    for command in (run, trace, compare):
        command.add_argument(
            "--log", action="append", default=[], metavar="[LABEL=]FILE",
            help="judge what a program of yours has logged, .npz or .csv, in DIY's place",
        )  # fmt: skip
    for command in (run, trace, sweep, compare, script):
        command.add_argument("--trust", action="store_true", help="run the code that the experiment holds")
    verify = commands.add_parser("verify", help="say of own code what it is beside torch")
    verify_options.add_options(verify, _positive)
    return parser


def _as_value(text: str) -> str:
    """Negative numbers are no options: argparse knows those alone that have neither exponent nor comma."""
    with suppress(ValueError):
        if text.startswith("-") and [float(part) for part in text.split(",")]:
            return " " + text
    return text


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("must not be empty")  # or Path would take it for the folder at hand
    return Path(text)


def _positive(text: str) -> int:
    sound = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_STEPS))
    if not sound or not 1 <= int(text) <= MOST_STEPS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {MOST_STEPS:,}, not {text.strip()[:60]!r}")
    return int(text)


def _finite(text: str) -> float:
    with suppress(ValueError):
        if isfinite(number := float(text)):
            return number
    raise argparse.ArgumentTypeError(f"must be a finite number, not {text.strip()[:60]!r}")


def _check_room(spec: ExperimentSpec, steps: int, option: str = "--steps") -> None:
    """Every step's loss is kept: as with the lanes, what would not fit is told beforehand; so is where a log ends."""
    for entry in spec.optimizers:
        if entry.log is not None and steps > (last := len(entry.log.numbers)):
            fields = {"steps": f"{last:,}", "file": Path(entry.log.file).name}
            raise ExperimentError([Fault((option,), "log_too_short", fields)])
    needed = steps * LOSS_BYTES * sum(len(entry.backends) for entry in spec.optimizers)
    if needed > ALWAYS_FREE and needed > (available := free_memory()):
        words = {"needed": in_words(needed), "available": in_words(available)}
        raise ExperimentError([Fault((option,), "too_large", words)])


def _losses_room(spec: ExperimentSpec, steps: int) -> int:
    """Bytes that the losses take, about, as a table and as arrays, and what comes with them."""
    return LEAST_ROOM + (CELL_BYTES + 8) * steps * sum(len(entry.backends) for entry in spec.optimizers)


def _make_folder(folder: Path, names: Sequence[str], size: int) -> None:
    """Before the training: an hour's run is not lost for want of a place to put it, ``size`` bytes or so."""
    folder.mkdir(parents=True, exist_ok=True)
    clear_unfinished(folder)
    check_room(folder, size)
    for name in names:
        _refuse_folder(folder / name)


def _make_room_for(file: Path, size: int = LEAST_ROOM) -> None:
    """Make the folder that a file is to stand in; a device, as /dev/null, needs none."""
    if file.exists() and not file.is_file() and not file.is_dir():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    clear_unfinished(file.parent)
    check_room(file.parent, size)
    _refuse_folder(file)


def _refuse_folder(file: Path) -> None:
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
