"""All that a run is, as plain values: what is taken down of it, and what it is made of again.

A run is taken down in parts. The first holds all, each one after it what has changed since: what came after a step is
forgotten, then what is new is added.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from numpy import ndarray as Array

from engine.lane.update_history import TakenSteps
from engine.protocol import Change, NotFinite
from engine.run.branches import Abandoned
from engine.run.breakpoint_monitor import MonitorKept
from engine.run.checkpoints import Checkpoint
from engine.run.trajectories import KeptPoints

Judged = dict[int, list[int]]


class ToldMark(NamedTuple):
    """Hold where own code stood as a file tells of it, to be taken up by the lane that runs it."""

    told: Any


class Waiting(NamedTuple):
    """Hold a step that waits to be judged, and where both lanes stood at a step before, as data."""

    entry: int
    step: int
    stood_at: int
    lanes: Mapping[str, Any]


class Verdicts(NamedTuple):
    """Hold what was found of the pairs: ``judged`` steps and ``findings`` of each entry, what waits, what broke.

    ``inherited``: the steps at which what was left to an entry's code told.
    """

    judged: Judged
    findings: Mapping[int, Mapping[int, Any]]
    waiting: tuple[Waiting, ...]
    not_finite: Mapping[int, NotFinite]
    inherited: Mapping[int, list[int]] = {}


class Series(NamedTuple):
    """Hold what is kept of every step, after those that an earlier part holds.

    ``losses`` are (lanes, steps). ``training`` and ``test`` are (lanes, evaluations) from evaluation ``training_from``
    and ``test_from`` on, None where there are none. ``evaluations`` and ``rates`` are (steps,) of a lane each.
    """

    losses: Array
    training: Array | None
    training_from: int
    test: Array | None
    test_from: int
    evaluations: Mapping[int, Array]
    rates: Mapping[int, Array]


class Part(NamedTuple):
    """Hold a part of a run's past: what was recorded up to step ``after`` an earlier part holds.

    ``step`` is where the run stood. ``checkpoints`` are those that no part before has; ``branches`` likewise, and
    ``numbers`` are those of all branches that there are, ``branch_count`` the last that was given. ``breakpoints``
    are the run's as JSON, of which ``monitor`` holds the hits. ``updates`` are those that own code has made, by lane,
    of which an earlier part holds the first. All else is whole in each part.
    """

    after: int
    step: int
    newest: int
    series: Series
    checkpoints: tuple[Checkpoint, ...]
    branches: tuple[Abandoned, ...]
    numbers: tuple[int, ...]
    branch_count: int
    changes: tuple[Change, ...]
    seconds: tuple[Array, Array]
    points: KeptPoints
    verdicts: Verdicts
    monitor: MonitorKept | None
    breakpoints: str
    updates: Mapping[int, tuple[TakenSteps, ...]] = {}
