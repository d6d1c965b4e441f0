"""An earlier run as it is laid beside another, out of whatever it was written down in: a session, a folder, a report.

Of NumPy alone: nothing of it is run, and no torch is needed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import ExperimentSpec

from .look import LookedAt, look_at
from .report_page import ReportRun, look_at_report
from .run_folder import RunFolder, look_at_folder

PAGES = (".html", ".htm")
OF_FOLDER = (".csv", ".npz", ".json")  # of a run's folder: any of its files stands for all of them


class EarlierLane(NamedTuple):
    """Hold a lane's numbers: its batch losses, and where each lies over seconds and evaluations, None if unknown.

    ``final`` is the loss over all training rows that is known last, ``best`` the least (``best_step``: after how many
    steps), ``test`` the last over the test rows, ``area`` the mean of log10 of the batch losses; NaN and None where
    there is none. ``at``: the steps, from 1, that the losses are of, where not all are known; None for all.
    """

    label: str
    side: str
    losses: Array
    seconds: Array | None
    evaluations: Array | None
    final: float
    best: float
    best_step: int | None
    test: float
    total_seconds: float
    total_evaluations: int | None
    area: float
    at: Array | None = None

    @property
    def id(self) -> str:
        return f"{self.label}/{self.side}"

    @property
    def steps(self) -> int:
        """Return how many steps the lane has taken."""
        return len(self.losses) if self.at is None else int(self.at[-1]) if len(self.at) else 0


class EarlierRun(NamedTuple):
    """Hold a run as it was written down. ``spec``: what it began with, None where its files don't have that.

    ``changes`` are ``(step, entry, params before, params after)`` each. ``weights`` are each lane's after step
    ``weights_at``. ``linked``: what the experiment says of its data where they are in a file, which is not read.
    """

    file: Path
    name: str
    spec: ExperimentSpec | None
    lanes: tuple[EarlierLane, ...]
    changes: tuple[tuple[int, int, Mapping[str, Any], Mapping[str, Any]], ...]
    weights: Mapping[str, Mapping[str, Array]]
    weights_at: int
    linked: Mapping[str, Any] | None = None

    @property
    def steps(self) -> int:
        return max((lane.steps for lane in self.lanes), default=0)

    @property
    def every(self) -> int:
        """Return of how many steps the loss of one is known: 1 where it is of all."""
        return max((int(lane.at[1] - lane.at[0]) for lane in self.lanes if lane.at is not None and len(lane.at) > 1),
                   default=1)  # fmt: skip


def read_earlier(file: Path) -> EarlierRun:
    """Return the run of a session's file, of a report, or of the folder that holds ``file``.

    Raises Damaged; ExperimentError of its experiment.
    """
    if file.is_dir():
        return _of_folder(file, look_at_folder(file))
    if file.suffix.lower() in PAGES:
        return _of_report(file, look_at_report(file))
    if file.suffix.lower() in OF_FOLDER:
        return _of_folder(file.parent, look_at_folder(file.parent))
    return _of_session(file, look_at(file))


# --- of a session ---------------------------------------------------------------------------------


def _of_session(file: Path, seen: LookedAt) -> EarlierRun:
    lanes = tuple(_lane(seen, place, name) for place, name in enumerate(seen.lanes))
    changes = _changes(seen.spec, seen.changes)
    return EarlierRun(file, file.stem, seen.spec, lanes, changes, seen.weights, seen.weights_at)


def _lane(seen: LookedAt, place: int, name: str) -> EarlierLane:
    label, _, side = name.rpartition("/")
    losses, steps = seen.losses[place], np.arange(1, seen.newest + 1)
    counted = seen.evaluations.get(place)
    training = losses if seen.training is None else seen.training[place]
    each = seen.training is None or len(training) == seen.newest + 1  # known after each step, from the start on
    return EarlierLane(
        *(label, side, losses, np.interp(steps, seen.marks[0], seen.marks[1][place])),
        evaluations=steps if counted is None else np.concatenate([[0], counted[:-1]]) + 1,
        final=_last(training),
        best=_least(training),
        best_step=_place_of_least(training) if each else None,
        test=_last(seen.test[place]) if seen.test is not None else np.nan,
        total_seconds=seen.seconds[place],
        total_evaluations=seen.newest if counted is None else int(counted[-1]) if len(counted) else 0,
        area=_area(losses),
    )


def _changes(
    spec: ExperimentSpec, changes: tuple[tuple[Any, ...], ...]
) -> tuple[tuple[int, int, Mapping[str, Any], Mapping[str, Any]], ...]:
    params = {entry: one.params for entry, one in enumerate(spec.optimizers)}
    found: list[tuple[int, int, Mapping[str, Any], Mapping[str, Any]]] = []
    for step, entry, after, *_ in changes:
        if isinstance(after, dict) and entry in params:
            found.append((int(step), entry, params[entry], after))
            params[entry] = after
    return tuple(found)


# --- of a folder ----------------------------------------------------------------------------------


def _of_folder(folder: Path, seen: RunFolder) -> EarlierRun:
    lanes: list[EarlierLane] = []
    for name, losses in seen.losses.items():
        label, _, side = name.rpartition("/")
        training, test = seen.training.get(name, losses[:0]), seen.test.get(name, losses[:0])
        least = _place_of_least(training)
        lanes.append(
            EarlierLane(
                *(label, side, np.asarray(losses, float), None, None, _last(training), _least(training)),
                best_step=None if least is None else least + 1,
                test=_last(test),
                total_seconds=np.nan,
                total_evaluations=None,
                area=_area(losses),
            )
        )
    return EarlierRun(folder, folder.resolve().name, None, tuple(lanes), (), seen.weights, seen.steps)


def _last(values: Array) -> float:
    there = values[~np.isnan(values)]
    return float(there[-1]) if len(there) else np.nan


def _least(values: Array) -> float:
    there = values[~np.isnan(values)]
    return float(there.min()) if len(there) else np.nan


def _place_of_least(values: Array) -> int | None:
    return int(np.nanargmin(values)) if len(values) and not np.isnan(values).all() else None


def _area(losses: Array) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.log10(losses).mean()) if len(losses) else np.nan


# --- of a report ----------------------------------------------------------------------------------


def _of_report(file: Path, seen: ReportRun) -> EarlierRun:
    at = None if seen.every == 1 else seen.at
    lanes: list[EarlierLane] = []
    for one in seen.lanes:
        label, _, side = one.id.rpartition("/")
        counted = one.evaluations
        lanes.append(
            EarlierLane(
                *(label, side, one.losses, np.interp(seen.at, *one.marks), seen.at if counted is None else counted),
                *(one.final, one.best, one.best_step, one.test, one.seconds, one.total_evaluations, one.area, at),
            )
        )
    changes = () if seen.spec is None else _changes(seen.spec, seen.changes)
    return EarlierRun(file, file.stem, seen.spec, tuple(lanes), changes, {}, 0, seen.linked)
