"""A sweep without a window: the best settings on the terminal, all of them in a table, and a picture."""

import csv
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.protocol import StartSweep, SweepPart, SweepPlan, in_turn_text, past_plan, spread_of, sweep_rows
from engine.settled.settle import check_axes
from engine.spec import ExperimentSpec, RowsFor, configurations, path_in_words
from engine.sweep import in_turn, sweep_job

from .own_code import trusted
from .run import INTERRUPTED, interruptions
from .screen import Screen, Telling
from .whole_files import write_whole

FILES = ("sweep.csv", "sweep.svg")
SHOWN = 10  # of the best settings
WIDTH = 12  # of a number's column


def sweep(
    spec: ExperimentSpec,
    plan: SweepPlan,
    out: Path | None = None,
    by: RowsFor = "training",
    telling: Telling = "lines",
) -> int:
    """Train all configurations, tell the best, write the files; returns the exit status.

    As JSON it tells the rows of sweep.csv by their headings. ``by``: over which rows the loss is that tells the best.

    The plan is one that ``check_plan`` has no fault of. Raises OSError where ``out`` cannot be written.
    """
    with interruptions() as interrupted, trusted(spec) as (spec, _, notes):
        check_axes(spec, plan)
        screen = Screen(telling)
        part = _train(spec, plan, screen, interrupted, out is not None)
        if part is None or not part.step:
            screen.tell("interrupted before the first step")
            return INTERRUPTED
        for line in (*lines(part, by), *notes):
            screen.tell(line)
        screen.give(_content(spec, part))
        if told := past_plan(spec.optimizers[plan.entry], part.step):
            screen.tell(f"{spec.labels[plan.entry]}: {told}")
        if out is not None:
            write(spec, part, out, by)
        if part.state != "finished":
            screen.tell(f"interrupted after step {part.step} of {plan.steps}")
            return INTERRUPTED
        return 0


def _train(
    spec: ExperimentSpec, plan: SweepPlan, screen: Screen, interrupted: list[int], has_out: bool
) -> SweepPart | None:
    """Train and return the last part reported: the end, or how far it came."""
    last: SweepPart | None = None
    columns = (TextColumn("step"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen.tell(heading(spec, plan))
    with Progress(*columns, console=screen.console, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("", total=plan.steps)
        for part in sweep_job(StartSweep(0, spec, plan)):
            if isinstance(part, SweepPart):
                last = part
                progress.update(task, completed=part.step)
            if interrupted or (screen.gone and not has_out):
                break
    return last


def heading(spec: ExperimentSpec, plan: SweepPlan) -> str:
    """Return one line: what is about to be trained."""
    axes = " and ".join(
        f"{path_in_words(axis.path)} from {min(axis.values):g} to {max(axis.values):g} ({len(axis.values)})"
        for axis in plan.axes
    )
    seeds = f", {len(plan.seeds)} seeds" if plan.seeds else ""
    count = f"{configurations(plan):,} configurations"
    turns = in_turn_text(in_turn(spec, plan))
    if not turns and spec.optimizers[plan.entry].code is not None:
        turns = "together: its code broadcasts"
    return f"{spec.labels[plan.entry]}: {axes}{seeds}: {count}, {plan.steps:,} steps each{turns and f', {turns}'}"


def lines(part: SweepPart, by: RowsFor = "training") -> list[str]:
    """Return the table of the best settings, and what became of the others."""
    spread = spread_of(part, by=by)
    order = np.argsort(spread.median, axis=None, kind="stable")  # NaN, where all diverged, is last
    there = [place for place in order if not np.isnan(spread.median.flat[place])][:SHOWN]
    rows = [_cells(part, by, *np.unravel_index(place, spread.median.shape)) for place in there]
    told = [_aligned(_headings(part, by)), *map(_aligned, rows)] if rows else []
    count = int(part.diverged.sum())
    told.append(f"diverged: {count:,} of {part.diverged.size:,}; {part.seconds:.2f} s of compute")
    return told


def _headings(part: SweepPart, by: RowsFor) -> list[str]:
    """Return the headings: the loss that is ranked by, with its spread, then the others."""
    spread = ["lowest", "highest"] if len(part.plan.seeds) > 1 else []
    names = {"training": "final loss", "test": "test loss"}
    return [
        *(path_in_words(axis.path) for axis in part.plan.axes),
        names[by],
        *spread,
        *(names[other] for other in _others(part, by)),
        "best loss",
    ]


def _others(part: SweepPart, by: RowsFor) -> list[RowsFor]:
    """Return over which other rows there are losses."""
    if part.test is None:
        return []
    return ["test"] if by == "training" else ["training"]


def _cells(part: SweepPart, by: RowsFor, first: int, second: int) -> list[str]:
    place, spread = (first, second), spread_of(part, by=by)
    others = [spread_of(part, by=other).median[place] for other in _others(part, by)]
    values = [axis.values[number] for axis, number in zip(part.plan.axes, place, strict=False)]
    ends = [spread.low[place], spread.high[place]] if len(part.plan.seeds) > 1 else []
    losses = (spread.median[place], *ends, *others, spread_of(part, best=True).low[place])
    return [f"{number:.6g}" for number in (*values, *losses)]


def _aligned(cells: list[str]) -> str:
    return "  ".join(f"{cell:>{WIDTH}}" for cell in cells)


def write(spec: ExperimentSpec, part: SweepPart, out: Path, by: RowsFor = "training") -> None:
    """Write the sweep's files. Raises OSError."""
    write_whole({"sweep.csv": partial(_write_table, part), "sweep.svg": partial(_write_picture, spec, part, by)}, out)


def _content(spec: ExperimentSpec, part: SweepPart) -> dict[str, Any]:
    names, *rows = sweep_rows(part)
    configurations = [dict(zip(names, row, strict=True)) for row in rows]
    for one in configurations:
        one["diverged"] = one["diverged"] == "true"
    found = {"optimizer": spec.labels[part.plan.entry], "steps": part.step, "asked": part.plan.steps}
    return {**found, "configurations": configurations}


def _write_table(part: SweepPart, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(sweep_rows(part))


def _write_picture(spec: ExperimentSpec, part: SweepPart, by: RowsFor, path: Path) -> None:
    from engine.report.sweep import picture  # brings matplotlib, which takes its time

    path.write_text(picture(spec, part, by=by), encoding="utf-8")
