"""Where the lanes of a pair stood some steps ago, from which any step since can be taken again."""

from collections.abc import Mapping

import numpy as np

from engine.backends import make_lane
from engine.lane.batches import Batches
from engine.lane.lane import Snapshot
from engine.spec import ExperimentSpec


class Footing:
    """Keep what a step begins with: ``step`` is the last one before, ``spec`` has hyperparameters of those after."""

    def __init__(self, spec: ExperimentSpec, entry: int, step: int, lanes: Mapping[str, Snapshot], batches: Batches):
        self.spec, self.entry, self.step = spec, entry, step
        self.batches = batches
        self._lanes = dict(lanes)

    def before(self, backend: str, step: int) -> Snapshot:
        """Return where a lane stood before a later step, by taking those between again: they come out the same."""
        snapshot = self._lanes[backend]
        if step == self.step + 1:
            return snapshot
        lane = make_lane(self.spec, self.entry, backend, snapshot.weights)
        lane.restore(snapshot)
        with np.errstate(all="ignore"):
            for between in range(self.step + 1, step):
                lane.step(self.batches.rows(between))
        return lane.snapshot()
