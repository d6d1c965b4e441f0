"""A run without a window: the table on the terminal and the files it leaves behind."""

import contextlib
import csv
import json
import math
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.lane import torch_facts
from engine.lockstep import Lockstep
from engine.memory import keep_freed_memory
from engine.protocol import PairParity
from engine.spec import ExperimentError, ExperimentSpec, Fault

ROWS = 20  # of the table, about
CHUNK = 100  # steps between two looks at the keyboard
WIDTH = 14  # of a number's column

DIVERGED, INTERRUPTED = 1, 130


def train(spec: ExperimentSpec, steps: int, out: Path | None) -> int:
    """Take the steps, print the table, write the files; returns the exit status.

    Raises ExperimentError where the experiment's device is not there.
    """
    _, devices = torch_facts()
    if spec.device not in devices:
        fields = {"given": spec.device, "known": ", ".join(devices)}
        raise ExperimentError([Fault(("device",), "device_missing", fields)])
    keep_freed_memory()
    run = Lockstep(spec)
    console = Console(highlight=False, soft_wrap=True, markup=False)
    done = _advance(run, steps, console)
    for pair in run.parity():
        console.print(in_words(pair))
    if out is not None:
        write(run, out)
    if not done:
        console.print(f"interrupted after step {run.step} of {steps}")
        return INTERRUPTED
    return DIVERGED if verdict(run) == "diverged" else 0


def _advance(run: Lockstep, steps: int, console: Console) -> bool:
    """Step to the end, printing a row of the table now and then; False when interrupted."""
    rows = {1, *(math.ceil(steps * row / ROWS) for row in range(1, ROWS + 1))}
    columns = (TextColumn("step"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console.print(_header(run))
    with (
        _interruptions() as interrupted,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("", total=steps)
        for stop in sorted(rows):
            while run.step < stop and not interrupted:
                run.advance(min(CHUNK, stop - run.step))
                progress.update(task, completed=run.step)
            if interrupted:
                return False
            console.print(_row(run))
    return True


@contextlib.contextmanager
def _interruptions() -> Iterator[list[int]]:
    """Collects Ctrl+C instead of raising in the middle of a step, which would leave lanes uneven."""
    interrupted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: interrupted.append(number))
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def _header(run: Lockstep) -> str:
    cells = [f"loss {lane.id}" for lane in run.lanes] + [f"max |Δ| {pair.parity().label}" for pair in run.pairs]
    return "    step  " + "  ".join(f"{cell:>{WIDTH}}" for cell in cells)


def _row(run: Lockstep) -> str:
    """Columns as wide as their headings."""
    widths = [len(f"loss {lane.id}") for lane in run.lanes] + [
        len(f"max |Δ| {pair.parity().label}") for pair in run.pairs
    ]
    cells = [f"{loss:.8g}" for loss in run.losses] + [f"{newest(pair.parity()):.1e}" for pair in run.pairs]
    aligned = (f"{cell:>{max(width, WIDTH)}}" for cell, width in zip(cells, widths, strict=True))
    return f"{run.step:>8}  " + "  ".join(aligned)


def newest(pair: PairParity) -> float:
    """The largest distance at the newest step."""
    return pair.farthest.max_abs if pair.farthest is not None else 0.0


def in_words(pair: PairParity) -> str:
    """One line: how the pair has fared."""
    if pair.divergence is not None:
        where = pair.divergence
        return (
            f"{pair.label}: differs at step {where.step}, {where.stage}, {where.tensor}{list(where.index)}: "
            f"diy {where.diy!r}, torch {where.torch!r}"
        )
    ulps = pair.farthest.ulps if pair.farthest is not None else 0.0
    now = f"max |Δ| {newest(pair):.1e} ({ulps:.0f} ULP) at the last step, {pair.worst:.1e} over the run"
    if pair.verdict == "drift":
        return f"{pair.label}: rounding drift since step {pair.left_at}; one step from the same state agrees; {now}"
    return f"{pair.label}: in lockstep, {now}"


def verdict(run: Lockstep) -> str:
    return "diverged" if any(pair.divergence is not None for pair in run.pairs) else "lockstep"


def write(run: Lockstep, out: Path) -> None:
    """losses.csv, weights.npz and report.json, as the design names them."""
    with (out / "losses.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["step", *(lane.id for lane in run.lanes)])
        columns = [series.values.tolist() for series in run.series]
        table.writerows(enumerate_rows(columns))
    weights = {
        f"{lane.id}/{name}": weight
        for lane in run.lanes
        for name, weight in zip(run.names, lane.lane.weights(), strict=True)
    }
    np.savez(out / "weights.npz", allow_pickle=False, **weights)
    text = json.dumps(_plain(report(run)), indent=2, ensure_ascii=False, allow_nan=False)
    (out / "report.json").write_text(text + "\n", encoding="utf-8")


def enumerate_rows(columns: list[list[float]]) -> Iterator[tuple[Any, ...]]:
    for step, losses in enumerate(zip(*columns, strict=True), start=1):
        yield step, *losses


def report(run: Lockstep) -> dict[str, Any]:
    lanes = [{"id": lane.id, "final_loss": float(loss)} for lane, loss in zip(run.lanes, run.losses, strict=True)]
    return {"steps": run.step, "lanes": lanes, "parity": [_pair(pair) for pair in run.pairs], "verdict": verdict(run)}


def _pair(pair) -> dict[str, Any]:
    parity = pair.parity()
    divergence = parity.divergence
    return {
        "label": parity.label,
        "max_abs": {group: pair.meter.worst_of(group) for group in ("loss", "grad", "weight")},
        "first_divergence": None if divergence is None else divergence._asdict(),
    }


def _plain(value: Any) -> Any:
    """JSON knows no NaN and no infinity; they are written as the words that float() reads."""
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
