"""One step of an experiment without a window: its stages on the terminal, and all of it as JSON."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane.diy_lane import DiyLane
from engine.lane.log_lane import LogLane
from engine.lane.own_lane import OwnLane
from engine.lane.stage import stage_of
from engine.parity.distances import distance
from engine.protocol import (
    MINUS,
    PAIR_WORDS,
    Distance,
    StageVerdict,
    Verdict,
    counted,
    distance_text,
    exact,
    place,
)
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, OptimizerSpec, layout, parts_of
from engine.trace import TwinStep, trace_log_step, trace_own_step, trace_step, twin_step
from engine.trace.message import Told, tell

from .json_text import plain
from .own_code import in_words as own_code_in_words
from .own_code import named, trusted
from .results import worst
from .run import INTERRUPTED, advance, check_device, exit_status, in_words, interruptions, notes_in_words
from .screen import WIDTH, Screen
from .whole_files import write_whole

LARGEST = 10_000  # elements of a value that is written in full
HEADINGS = ("stage", "value", "diy", "torch", "max |Δ|", "ULP", "verdict")
WRONG: dict[StageVerdict, Verdict] = {"differs": "differs", "unstable": "unstable", "not_finite": "not_finite"}
RIGHT = ("diy", "torch", "max |Δ|", "ULP")  # columns of numbers


class Row(NamedTuple):
    """Hold a value of the step, at the element farthest apart or the first one. None: not on that side."""

    stage: str
    name: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    diy: float | None
    torch: float | None
    distance: Distance | None
    verdict: StageVerdict


def trace(spec: ExperimentSpec, step: int, out: Path | None = None) -> int:
    """Take the steps before, record this one in every optimizer entry, and tell of it; returns the exit status.

    Raises ExperimentError where the experiment's device is not there, StepError where a step cannot be taken, OSError
    where ``out`` cannot be written.
    """
    check_device(spec)
    with interruptions() as interrupted, trusted(spec) as (spec, own, notes):
        screen = Screen()
        run = Lockstep(spec)
        if not advance(run, step - 1, screen, lambda: bool(interrupted) or (screen.gone and out is None), table=False):
            screen.tell(f"interrupted after step {run.step} of {step - 1}")
            return INTERRUPTED
        steps = [_recorded(run, entry, step) for entry in range(len(spec.optimizers))]
        tables = [rows(one) for one in steps]
        for entry, table in enumerate(tables):
            _print(screen, spec, entry, step, table)
        for pair in run.parity():
            if pair.verdict != "lockstep":
                screen.tell(in_words(pair, spec))
        wrong = {entry: row.name for entry, table in enumerate(tables) if (row := _first_wrong(table)) is not None}
        for line in (*own_code_in_words(run, named(run, own, wrong)), *notes, *notes_in_words(spec, step)):
            screen.tell(line)
        found = worst([*(pair.verdict for pair in run.parity()), *map(verdict_of, tables)])
        if out is not None:
            _write(report(spec, step, steps, tables, found), out)
        elif screen.gone:
            return INTERRUPTED  # nobody has seen it all, and there is no file to look it up in
        return exit_status(found)


def _recorded(run: Lockstep, entry: int, step: int) -> Told | TwinStep:
    batch, diy, twin = run.batches.rows(step), run.lane_of(entry, "diy"), run.lane_of(entry, "torch")
    reference = twin if isinstance(twin, OwnLane) else None
    torch = None if twin is None else reference.weights_alone() if reference is not None else twin.snapshot()
    if diy is None:
        assert torch is not None
        return twin_step(run.spec, entry, torch, batch, step)
    if isinstance(diy, LogLane) and not parts_of(run.spec):
        return tell(trace_log_step(run.spec, entry, diy, diy.snapshot(), torch, batch, step), 0, step)
    if isinstance(diy, DiyLane) and (isinstance(diy, OwnLane) or parts_of(run.spec)):
        return tell(trace_own_step(run.spec, entry, diy, torch, batch, step, reference), 0, step)
    return tell(trace_step(run.spec, entry, diy.snapshot(), torch, batch, step), 0, step)


# --- the table ---------------------------------------------------------------------------------


def rows(step: Told | TwinStep) -> list[Row]:
    """Yield what arises in the step, in order, the values of a stage together."""
    found = list(_rows(step))
    stages = list(dict.fromkeys(row.stage for row in found))
    return sorted(found, key=lambda row: stages.index(row.stage))


def _rows(step: Told | TwinStep) -> Iterator[Row]:
    if isinstance(step, TwinStep):
        yield from (_row(name, None, value, "alone") for name, value in step.recorded.items())
        return
    torch = step.trace.torch or {}
    for name in step.trace.recorded:
        verdict = step.verdicts.verdict(name) if name in torch else "alone"
        yield _row(name, step.trace.diy[name], torch.get(name), verdict)


def _row(name: str, diy: Array | None, torch: Array | None, verdict: StageVerdict) -> Row:
    apart = distance(diy, torch, name) if diy is not None and torch is not None else None
    sides = [side for side in (diy, torch) if side is not None]
    index = apart.index if apart is not None else (0,) * sides[0].ndim
    own, twin = (None if side is None else float(side[index]) for side in (diy, torch))
    return Row(stage_of(name), name, index, own, twin, apart, verdict)


def _first_wrong(table: Sequence[Row]) -> Row | None:
    return next((row for row in table if row.verdict in WRONG), None)


def verdict_of(table: Sequence[Row]) -> Verdict:
    """Return that of an entry's step: its first value that is neither torch's nor within rounding of it decides."""
    wrong = _first_wrong(table)
    return WRONG[wrong.verdict] if wrong is not None else "lockstep"


def _print(screen: Screen, spec: ExperimentSpec, entry: int, step: int, table: Sequence[Row]) -> None:
    one, label = spec.optimizers[entry], spec.labels[entry]
    sides = {"diy": "log" if one.log is not None else "diy", "torch": one.other}
    cells = [tuple(sides.get(head, head) for head in HEADINGS), *_cells(table)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(HEADINGS))]
    screen.tell(f"{label}, step {step}")
    for row in cells:
        aligned = (
            cell.rjust(max(width, WIDTH if head in RIGHT[:2] else 0)) if head in RIGHT else cell.ljust(width)
            for cell, width, head in zip(row, widths, HEADINGS, strict=True)
        )
        screen.tell("  ".join(("", *aligned)).rstrip())
    screen.tell(f"{label}: {_summary(step, table, spec.dtype, one).replace(MINUS, '-')}")


def _cells(table: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the table's cells: a stage's name stands beside its first value alone."""
    before = ""
    for row in table:
        stage, before = "" if row.stage == before else row.stage, row.stage
        numbers = ("–" if number is None else f"{number:.8g}" for number in (row.diy, row.torch))
        name = row.name + (str(list(row.index)) if row.index else "")
        yield stage, name, *numbers, *_apart(row), row.verdict.replace("_", " ")


def _apart(row: Row) -> tuple[str, str]:
    """How far it is: nothing of what is not finite, and no ULPs where their count says nothing."""
    if row.distance is None or row.verdict == "not_finite":
        return "–", "–"
    return f"{row.distance.max_abs:.1e}", counted(row.distance.ulps).replace(",", "") or "–"


def _summary(step: int, table: Sequence[Row], dtype: str, entry: OptimizerSpec) -> str:
    if wrong := _first_wrong(table):
        numbers = ("none" if number is None else exact(number, dtype) for number in (wrong.diy, wrong.torch))
        own = "DIY" if entry.log is None else "log"
        told = "{} at step {}, stage {}, {}: " + own + " {}, " + entry.other + " {}"
        verdict = wrong.verdict.replace("_", " ")
        return told.format(verdict, f"{step:,}", wrong.stage, place(wrong.name, wrong.index), *numbers)
    distances = [row.distance for row in table if row.distance is not None]
    if not distances:
        return "one lane alone, nothing to compare"
    farthest = max(distances, key=lambda one: (one.max_abs, one.ulps))
    if not farthest.max_abs:
        return PAIR_WORDS["pair_equal"]
    distance = distance_text(farthest, dtype)
    told = PAIR_WORDS["pair_lockstep"].format(distance=distance) if distance else PAIR_WORDS["pair_rounding"]
    return f"{told}, in {farthest.tensor}"


# --- the file ----------------------------------------------------------------------------------


def report(
    spec: ExperimentSpec,
    step: int,
    steps: Sequence[Told | TwinStep],
    tables: Sequence[Sequence[Row]],
    verdict: Verdict,
) -> dict[str, Any]:
    traces = [
        {"label": label, **_trace_in_full(one), "compared": [_plain_row(row) for row in table]}
        for label, one, table in zip(spec.labels, steps, tables, strict=True)
    ]
    return {"step": step, "traces": traces, "verdict": verdict}


def _plain_row(row: Row) -> dict[str, Any]:
    return {**row._asdict(), "distance": _plain_distance(row.distance)}


def _plain_distance(apart: Distance | None) -> dict[str, Any] | None:
    return None if apart is None else apart._asdict()


def _trace_in_full(step: Told | TwinStep) -> dict[str, Any]:
    if isinstance(step, TwinStep):
        return {"refused": "no_diy_lane", "stages": [], "lines": [], "values": []}
    traced = step.traced
    stages = [{**stage._asdict(), "distance": _plain_distance(stage.distance)} for stage in traced.stages]
    values = [_value(step, number) for number in range(len(traced.values))]
    return {"refused": None, "stages": stages, "lines": list(_lines(step)), "values": values}


def _lines(step: Told) -> Iterator[dict[str, Any]]:
    traced = step.traced
    for event, line in enumerate(traced.lines):
        call = traced.calls[line.call]
        function = traced.functions[call.function]
        yield {
            "file": traced.sources[function.source].file,
            "line": line.line,
            "source": step.trace.source_line(event).strip(),
            "function": function.name,
            "called_by": call.caller,
            "layer": call.layer,
            "weight": call.weight,
            "stage": traced.stages[line.stage].name,
            "made": {binding.name: binding.value for binding in line.made},
        }


def _value(step: Told, number: int) -> dict[str, Any]:
    told, held = step.traced.values[number], step.held[number]
    torch = None if told.twin is None or step.trace.torch is None else step.trace.torch[told.twin]
    about = {"text": told.text, "dtype": told.dtype, "shape": told.shape, "twin": told.twin}
    sides = {"diy": None if told.shape is None else _in_full(held.value), "torch": _in_full(torch)}
    return {**about, **sides, "distance": _plain_distance(told.distance), "verdict": told.verdict}


def _in_full(value: Any) -> Any:
    """Numbers in nested lists; the shape alone has to do for what is too large."""
    if value is None or np.size(value) > LARGEST:
        return None
    return np.asarray(value).tolist()


def _write(content: dict[str, Any], out: Path) -> None:
    """Write a whole file or none; a device is written to as it is, not replaced by a file."""
    text, out = layout(plain(content)) + "\n", out.resolve()
    if out.exists() and not out.is_file():
        out.write_text(text, encoding="utf-8")
        return
    write_whole({out.name: partial(_write_text, text)}, out.parent)


def _write_text(text: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
