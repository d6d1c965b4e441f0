"""Where the lanes of a pair stood some steps ago, from which any step since can be taken again."""

from collections.abc import Mapping

import numpy as np

from engine.backends import make_lane
from engine.lane.batches import Batches
from engine.lane.lane import Snapshot
from engine.lane.own_parts import PartsMark, undisturbed
from engine.spec import ExperimentSpec

from .judge import without_code


class Footing:
    """Keep what a step begins with: ``step`` is the last one before, ``spec`` has hyperparameters of those after."""

    def __init__(self, spec: ExperimentSpec, entry: int, step: int, lanes: Mapping[str, Snapshot], batches: Batches):
        self.spec, self.entry, self.step = spec, entry, step
        self.batches = batches
        self._lanes = dict(lanes)

    @property
    def lanes(self) -> Mapping[str, Snapshot]:
        """Return where each lane stood, by its backend."""
        return self._lanes

    def judged_from(self, step: int) -> Snapshot:
        """Return where torch's lane stood before a later step, with what own code in DIY's network had remembered."""
        before = self.before("torch", step)
        parts = self._lanes["diy"].parts
        if parts is None:
            return before
        if step > self.step + 1:
            parts = self._parts_before(step, parts)
        return before._replace(parts=parts)

    def _parts_before(self, step: int, parts: PartsMark) -> PartsMark:
        """Return what they remember after the steps between, taken from torch's state: what counts is that they are
        taken.
        """
        spec, snapshot = without_code(self.spec, self.entry), self._lanes["torch"]
        with undisturbed(spec), np.errstate(all="ignore"):
            lane = make_lane(spec, self.entry, "diy", snapshot.weights)
            lane.restore(snapshot._replace(parts=parts))
            for between in range(self.step + 1, step):
                lane.step(self.batches.rows(between))
            return lane.snapshot().parts

    def before(self, backend: str, step: int) -> Snapshot:
        """Return where a lane stood before a later step, by taking those between again: they come out the same."""
        snapshot = self._lanes[backend]
        if step == self.step + 1:
            return snapshot
        with undisturbed(self.spec), np.errstate(all="ignore"):
            lane = make_lane(self.spec, self.entry, backend, snapshot.weights)
            lane.restore(snapshot)
            for between in range(self.step + 1, step):
                lane.step(self.batches.rows(between))
        return lane.snapshot()
