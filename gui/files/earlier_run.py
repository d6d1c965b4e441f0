"""An earlier run as it is laid beside the one at hand. Nothing of Qt is here: it is read in a process of its own."""

import contextlib
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import send_message
from engine.session_file import Damaged, LookedAt, RunFolder, look_at, look_at_folder
from engine.spec import ExperimentError, ExperimentSpec, Fault

from .reader import Unread, is_session

PAGES = (".html", ".htm")  # of a report, which has its numbers as pictures alone
OF_FOLDER = (".csv", ".npz", ".json")  # of a run's folder: any of its files stands for all of them


class EarlierLane(NamedTuple):
    """Hold a lane's numbers: its batch losses, and where each lies over seconds and evaluations, None if unknown.

    ``final`` is the loss over all training rows that is known last, ``best`` the least (``best_step``: after how many
    steps), ``test`` the last over the test rows, ``area`` the mean of log10 of the batch losses; NaN and None where
    there is none.
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

    @property
    def id(self) -> str:
        return f"{self.label}/{self.side}"


class EarlierRun(NamedTuple):
    """Hold a run as it was written down. ``spec``: what it began with, None where its files don't have that.

    ``changes`` are ``(step, entry, params before, params after)`` each. ``weights`` are each lane's after step
    ``weights_at``.
    """

    file: Path
    name: str
    spec: ExperimentSpec | None
    lanes: tuple[EarlierLane, ...]
    changes: tuple[tuple[int, int, Mapping[str, Any], Mapping[str, Any]], ...]
    weights: Mapping[str, Mapping[str, Array]]
    weights_at: int

    @property
    def steps(self) -> int:
        return max((len(lane.losses) for lane in self.lanes), default=0)


def read_earlier(file: Path) -> EarlierRun | Unread:
    """Return the run of a session's file, or of the folder that holds ``file``; or why there is none."""
    try:
        if file.suffix.lower() in PAGES:
            return _unread("report_without_numbers")
        if file.is_dir():
            return _of_folder(file, look_at_folder(file))
        if is_session(file) or file.suffix.lower() not in OF_FOLDER:
            return _of_session(file, look_at(file))
        return _of_folder(file.parent, look_at_folder(file.parent))
    except Damaged as error:
        return _unread(error.code, **error.fields)
    except ExperimentError as error:
        return Unread(error.faults[:1], len(error.faults))


def read_earlier_for(connection: Connection, file: Path) -> None:
    """Send what ``read_earlier`` returns. The target of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(BrokenPipeError):
        send_message(connection, read_earlier(file))


def _unread(code: str, **fields: object) -> Unread:
    return Unread((Fault((), code, dict(fields)),), 1)


# --- of a session ---------------------------------------------------------------------------------


def _of_session(file: Path, seen: LookedAt) -> EarlierRun:
    lanes = tuple(_lane(seen, place, name) for place, name in enumerate(seen.lanes))
    return EarlierRun(file, file.stem, seen.spec, lanes, _changes(seen), seen.weights, seen.weights_at)


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


def _changes(seen: LookedAt) -> tuple[tuple[int, int, Mapping[str, Any], Mapping[str, Any]], ...]:
    params = {entry: one.params for entry, one in enumerate(seen.spec.optimizers)}
    found: list[tuple[int, int, Mapping[str, Any], Mapping[str, Any]]] = []
    for step, entry, after, *_ in seen.changes:
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
    return EarlierRun(folder, folder.name, None, tuple(lanes), (), seen.weights, seen.steps)


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
