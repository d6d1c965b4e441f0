"""All that is kept of every recorded step: losses, seconds, evaluations, learning rates, and where the weights were.

A step is taken down once: a replay adds nothing, and a fork forgets what came after it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy import ndarray as Array

from engine.diy.closure import takes_closure
from engine.lane.evaluation import evaluate_every
from engine.spec import ExperimentSpec, optimizer_module

from .block_run import LaneBlock, Wanted
from .breakpoint_monitor import LaneName
from .compute_time import ComputeTime
from .evaluated_losses import EvaluatedLosses
from .series import Bundle, Series
from .trajectories import Trajectories


class RunRecord:
    """Keep what lanes measured, by their indices in the run. ``losses`` are each lane's, ``bundle`` all of them
    together.

    ``evaluations``: how many there were up to each step, of those lanes alone that may take more than one a step.
    ``rates``: of those lanes alone that have a schedule. ``training``: the losses over all training rows, ``test``
    those over the test rows; None where there are none.
    """

    def __init__(self, spec: ExperimentSpec, lanes: Sequence[LaneName], start: Sequence[Array]):
        self.bundle = Bundle(len(lanes))
        self.losses = [Series(self.bundle, place) for place in range(len(lanes))]
        every = evaluate_every(spec)
        self.training = EvaluatedLosses(every.training, self.bundle)
        self.test = None if every.test is None else EvaluatedLosses(every.test, self.bundle)
        self.compute_time = ComputeTime(len(lanes))
        self.evaluations: dict[int, Series] = {}
        self.rates: dict[int, Series] = {}
        self.lane_of: dict[int, int] = {}  # of each entry the lane that its path is of: DIY's, where it has one
        for place, lane in enumerate(lanes):
            about = spec.optimizers[lane.entry]
            if takes_closure(optimizer_module(about.name)):
                self.evaluations[place] = Series()
            if about.schedule is not None:
                self.rates[place] = Series()
            if lane.backend == "diy" or lane.entry not in self.lane_of:
                self.lane_of[lane.entry] = place
        self._on_paths = frozenset(self.lane_of.values())
        self.trajectories = Trajectories(start, tuple(self.lane_of))

    def wanted(self, lane: int, done: int, count: int) -> Wanted:
        """Return what is wanted of ``count`` steps after step ``done``: of recorded ones what is watched alone."""
        if done < len(self.bundle):
            return Wanted(rates=lane in self.rates)
        points = self.trajectories.rows(done, count) if lane in self._on_paths else None
        tested = range(0) if self.test is None else self.test.rows(done, count)
        return Wanted(lane in self.evaluations, lane in self.rates, points, self.training.rows(done, count), tested)

    def extend(self, done: int, blocks: Sequence[LaneBlock]) -> None:
        """Take down the steps after step ``done``."""
        count = len(blocks[0].losses)
        self.bundle.extend([block.losses for block in blocks])
        self.training.extend([block.training for block in blocks])
        if self.test is not None:
            self.test.extend([block.test for block in blocks])
        for lane, series in self.evaluations.items():
            series.extend(self.evaluated(lane, done) + np.cumsum(blocks[lane].evaluations))
        for lane, series in self.rates.items():
            series.extend(blocks[lane].rates)
        self.compute_time.add(done + count, [block.seconds for block in blocks])
        self.trajectories.extend(done, count, {entry: blocks[lane].points for entry, lane in self.lane_of.items()})

    def truncate(self, step: int, points: Mapping[int, Array]) -> None:
        """Forget what came after ``step``, where each entry's weights are ``points``."""
        for kept in self._kept():
            kept.truncate(step)
        self.compute_time.truncate(step)
        self.trajectories.truncate(step, points)

    def evaluated(self, lane: int, step: int) -> int:
        """Return how often a lane had computed the gradient when ``step`` was done."""
        counted = self.evaluations.get(lane)
        return step if counted is None or step == 0 else int(counted[step])

    @property
    def nbytes(self) -> int:
        """Return the bytes of what grows with every step; the rest is bounded."""
        return sum(kept.nbytes for kept in self._kept())

    def _kept(self) -> list[Bundle | Series | EvaluatedLosses]:
        tested = [] if self.test is None else [self.test]
        return [self.bundle, self.training, *tested, *self.evaluations.values(), *self.rates.values()]
