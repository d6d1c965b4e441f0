"""The numbers of a report as data, so that it can be opened beside a later run: what a page holds of them."""

import json
from typing import Any

import numpy as np

from engine.protocol import RaceRow
from engine.race.race import Racing
from engine.run.lockstep import Lockstep
from engine.session_file.report_page import FORMAT, MOST_MARKS, MOST_NUMBERS, SCHEMA, number, packed

LARGEST_EXPERIMENT = 2_000_000  # letters of an experiment file that are put on a page


def numbers_of(run: Lockstep, racing: Racing, rows: tuple[RaceRow, ...]) -> dict[str, Any]:
    """Return what a report tells of a run as data: its experiment, its changes, and of each lane losses and table.

    Of long runs it has the losses of every k-th step, bit for bit. See ``engine.session_file.report_page``.
    """
    every = max(-(-run.newest * len(run.lanes) // MOST_NUMBERS), 1)
    experiment = run.changes.first.by_names().to_json()
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "newest": run.newest,
        "every": every,
        "experiment": json.loads(experiment) if len(experiment) <= LARGEST_EXPERIMENT else None,
        "changes": [[one.step, one.entry, dict(one.params)] for one in run.changes if one.params is not None],
        "lanes": [_lane(run, racing, place, row, every) for place, row in enumerate(rows)],
    }


def _lane(run: Lockstep, racing: Racing, place: int, row: RaceRow, every: int) -> dict[str, Any]:
    lane, steps = run.lanes[place], np.arange(1, run.newest + 1, every)
    marks = np.unique(np.linspace(1, max(run.newest, 1), min(MOST_MARKS, max(run.newest, 1))).astype(np.int64))
    counted = run.run_record is not None and place in run.run_record.evaluations
    return {
        "id": lane.id,
        "losses": packed(np.asarray(run.series[place].values[: run.newest : every], float)),
        "marks": [packed(marks), packed(np.asarray(racing.places(place, "seconds", marks), float))],
        "evaluations": packed(racing.places(place, "evaluations", steps).astype(np.int64)) if counted else None,
        **{name: number(getattr(row, name)) for name in ("final", "best", "test", "seconds", "area")},
        "best_step": row.best_step,
        "total_evaluations": int(row.evaluations),
    }
