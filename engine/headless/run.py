"""A run without a window: the table on the terminal, and Ctrl+C."""

import contextlib
import math
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.backends import torch_facts
from engine.backends.number_files import Format
from engine.protocol import MINUS, PairParity, Verdict, pair_sentence, past_plans
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, ExperimentSpec, Fault, shapes_of
from engine.spec.groups import empty_groups

from .data_words import data_in_words
from .diagnoses import diagnoses_in_words
from .ended import advanced, lockstep_of
from .own_code import in_words as own_code_in_words
from .own_code import named, trusted
from .results import evaluated, report, verdict, write
from .screen import WIDTH, Screen, Telling

ROWS = 20  # of the table, about
LAST_ROWS = {"test_loss": "test", "test_accuracy": "test acc"}  # as short as the column of steps is
LOOK = 0.1  # seconds, about, between two looks at the keyboard
MOST_AT_ONCE = 4096  # steps between two looks

DISAGREED, INTERRUPTED = 1, 130
ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")


def train(
    spec: ExperimentSpec,
    steps: int,
    out: Path | None = None,
    telling: Telling = "lines",
    formats: Sequence[Format] = (),
) -> int:
    """Take the steps, print the table, write the files; returns the exit status.

    ``formats``: of files of each lane's weights that are written beside ``weights.npz``.

    As JSON it tells what report.json has.

    Raises ExperimentError where the experiment's device is not there, OSError where ``out`` cannot be written, and
    StepError, after what was done has been told and written, where own code ends it.
    """
    check_device(spec)
    with interruptions() as interrupted, trusted(spec) as (spec, own, notes):
        screen, run = Screen(telling), lockstep_of(spec)
        began = time.perf_counter()
        done, ended = advanced(
            run, lambda: advance(run, steps, screen, lambda: bool(interrupted) or (screen.gone and out is None))
        )
        seconds = time.perf_counter() - began
        if ended is not None:
            for row in _last_rows(run):
                screen.tell(row)
        run.judge_newest()
        for line in diagnoses_in_words(run, seconds) if done else ():
            screen.tell(line)
        for pair in run.parity():
            screen.tell(in_words(pair, spec))
        records = named(run, own)
        for line in (*own_code_in_words(run, records), *notes):
            screen.tell(line)
        for line in notes_in_words(spec, run.step):
            screen.tell(line)
        screen.give(report(run, records, ended))
        if out is not None and run.step:  # nothing done takes no earlier result's place
            write(run, out, records, ended, formats)
        if ended is not None:
            screen.tell(in_words_of_end(run, steps))
            raise ended.error
        if not done:
            screen.tell(f"interrupted after step {run.step} of {steps}")
            return INTERRUPTED
        return exit_status(verdict(run))


def in_words_of_end(run: Lockstep, steps: int) -> str:
    """Return the line that tells how far a run came that own code ended."""
    return f"ended by own code after step {run.step} of {steps}"


def exit_status(found: Verdict) -> int:
    """Return that of a command whose worst pair was found to be so."""
    return 0 if found == "lockstep" else DISAGREED


def check_device(spec: ExperimentSpec) -> None:
    """Raise ExperimentError where the experiment's device is not there."""
    _, devices = torch_facts()
    if spec.device not in devices:
        fields = {"given": spec.device, "known": ", ".join(devices)}
        raise ExperimentError([Fault(("device",), "device_missing", fields)])


def advance(run: Lockstep, steps: int, screen: Screen, interrupted: Callable[[], bool], *, table: bool = True) -> bool:
    """Step to the end, printing a row of the table now and then; False when interrupted."""
    rows = {min(1, steps), *(math.ceil(steps * row / ROWS) for row in range(1, ROWS + 1))}
    columns = (TextColumn("step"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    if table:
        screen.tell(_header(run))
    with Progress(*columns, console=screen.console, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("", total=steps)
        at_once = 1
        for stop in sorted(rows):
            while run.step < stop and not interrupted():
                began = time.perf_counter()
                run.advance(min(at_once, stop - run.step))
                at_once = _next_count(at_once, time.perf_counter() - began)
                progress.update(task, completed=run.step)
            if run.step < stop:
                return False
            if table:
                screen.tell(_row(run))
    if table and run.step:
        for row in _last_rows(run):
            screen.tell(row)
    return True


def _next_count(steps: int, seconds: float) -> int:
    """How many steps to take before the next look at the keyboard."""
    if seconds > LOOK:
        return max(1, steps // 2)
    return min(2 * steps, MOST_AT_ONCE) if seconds < LOOK / 2 else steps


@contextlib.contextmanager
def interruptions() -> Iterator[list[int]]:
    """Collect Ctrl+C instead of raising in the middle of a step, which would leave lanes uneven, or of a file.

    So it does the polite signals that end a program; those that are ignored, as below nohup, stay so.
    """
    interrupted: list[int] = []
    kinds = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]
    caught = [kind for kind in kinds if kind == signal.SIGINT or signal.getsignal(kind) != signal.SIG_IGN]
    before = [signal.signal(kind, lambda number, _: interrupted.append(number)) for kind in caught]
    try:
        yield interrupted
    finally:
        for kind, handler in zip(caught, before, strict=True):
            signal.signal(kind, handler)


def _header(run: Lockstep) -> str:
    return "    step  " + "  ".join(f"{cell:>{WIDTH}}" for cell in _headings(run))


def _headings(run: Lockstep) -> list[str]:
    return [f"batch loss {lane.id}" for lane in run.lanes] + [f"max |Δ| {pair.parity().label}" for pair in run.pairs]


def _row(run: Lockstep) -> str:
    """Columns as wide as their headings."""
    cells = [f"{loss:.8g}" for loss in run.losses] + [f"{newest(pair.parity()):.1e}" for pair in run.pairs]
    aligned = (f"{cell:>{max(len(head), WIDTH)}}" for cell, head in zip(cells, _headings(run), strict=True))
    return f"{run.step:>8}  " + "  ".join(aligned)


def _last_rows(run: Lockstep) -> Iterator[str]:
    """Yield the losses over all training rows, and over the test rows if there are any, after the last update.

    They stand below each lane's of the batches before theirs. Where targets are classes, accuracies come next.
    """
    for name, numbers in ({"final": run.training_losses()} | evaluated(run)).items():
        cells = zip(numbers, _headings(run), strict=False)  # the pairs' columns come last
        head = LAST_ROWS.get(name, name)
        yield f"{head:>8}  " + "  ".join(f"{number:.8g}".rjust(max(len(over), WIDTH)) for number, over in cells)


def newest(pair: PairParity) -> float:
    """Return the largest distance at the newest step."""
    return pair.farthest.max_abs if pair.farthest is not None else 0.0


def notes_in_words(spec: ExperimentSpec, step: int) -> Iterator[str]:
    """Yield a line for each entry that has passed the end of its schedule's plan at ``step``, or has empty groups.

    And one for data that were standardised.
    """
    yield from data_in_words(spec)
    yield from (f"{spec.labels[entry]}: {told}" for entry, told in past_plans(spec, step))
    for label, entry in zip(spec.labels, spec.optimizers, strict=True):
        for place in empty_groups(entry, shapes_of(spec)):
            match = (entry.groups or ())[place].match
            yield f"{label}: group {place + 1} ({match}) has no weight: none has such a name that no earlier group has"


def in_words(pair: PairParity, spec: ExperimentSpec) -> str:
    """Return one line: how the pair has fared, in the window's words and with numbers that programs read."""
    other = spec.optimizers[spec.labels.index(pair.label)].other
    return f"{pair.label}: {pair_sentence(pair, spec.dtype).replace('torch', other).replace(MINUS, '-')}"
