"""What a run leaves behind: losses.csv, weights.npz and report.json, as the design names them."""

import csv
import json
import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from engine.lockstep import Lockstep, Pair
from engine.whole_files import write_whole

ROWS_AT_ONCE = 4096


def write(run: Lockstep, out: Path) -> None:
    """Raises OSError."""
    writers = {"losses.csv": write_losses, "weights.npz": _write_weights, "report.json": _write_report}
    write_whole({name: partial(write_one, run) for name, write_one in writers.items()}, out)


def write_losses(run: Lockstep, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["step", *(lane.id for lane in run.lanes)])
        table.writerows(_rows(run))


def _rows(run: Lockstep) -> Iterator[tuple[int | float, ...]]:
    """Step and losses, a part at a time: as Python's own numbers they take four times the room."""
    for start in range(0, run.step, ROWS_AT_ONCE):
        columns = [series.values[start : start + ROWS_AT_ONCE].tolist() for series in run.series]
        for step, losses in enumerate(zip(*columns, strict=True), start=start + 1):
            yield step, *losses


def _write_weights(run: Lockstep, path: Path) -> None:
    weights = {
        f"{lane.id}/{name}": weight
        for lane in run.lanes
        for name, weight in zip(run.names, lane.lane.weights(), strict=True)
    }
    np.savez(path, allow_pickle=False, **weights)


def _write_report(run: Lockstep, path: Path) -> None:
    text = json.dumps(plain(report(run)), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def report(run: Lockstep) -> dict[str, Any]:
    lanes = [{"id": lane.id, "final_loss": float(loss)} for lane, loss in zip(run.lanes, run.losses, strict=True)]
    return {"steps": run.step, "lanes": lanes, "parity": [_pair(pair) for pair in run.pairs], "verdict": verdict(run)}


def _pair(pair: Pair) -> dict[str, Any]:
    parity = pair.parity()
    divergence = parity.divergence
    return {
        "label": parity.label,
        "max_abs": {group: pair.meter.worst_of(group) for group in ("loss", "grad", "weight")},
        "first_divergence": None if divergence is None else divergence._asdict(),
    }


def verdict(run: Lockstep) -> str:
    return "diverged" if any(pair.divergence is not None for pair in run.pairs) else "lockstep"


def plain(value: Any) -> Any:
    """JSON knows no NaN and no infinity; they are written as the words that float() reads."""
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
