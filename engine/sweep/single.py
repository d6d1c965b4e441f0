"""A configuration that cannot be trained together with others: its optimizer decides how often to compute the loss.

LBFGS searches along a line until it has gone far enough, which takes one configuration two evaluations and another
twenty. Such a sweep trains its configurations one after another: as many lanes as there are configurations.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.backends import make_lane
from engine.lane.batches import Rows
from engine.lane.lane import naming_step
from engine.spec import ExperimentSpec, OptimizerSpec, has_mode, parts_of, row_count

from .objective import Objective


class Single:
    """Train one configuration by itself, with what a ``Stack`` offers."""

    def __init__(self, objective: Objective, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array]):
        self._objective, self._label, self._taken = objective, entry.label or entry.title, 0
        # of own code the textbook's network, the objective, knows nothing, and nothing of what a lane's steps leave
        self._evaluates_itself = bool(parts_of(spec)) or has_mode(spec)
        self._tests = row_count(spec, "test") > 0
        self._lane = make_lane(spec.model_copy(update={"optimizers": (entry,)}), 0, "diy", start)

    def step(self, rows: Rows) -> Array:
        """Take a step and return its loss, (1,). Raises StepError where it cannot be taken."""
        self._taken += 1
        with naming_step(self._label, "diy", self._taken):
            return np.reshape(self._lane.step(rows), 1)

    def losses(self, first: int, last: int) -> Array:
        """Return the loss of the weights reached, on all rows, (1,)."""
        if self._evaluates_itself:
            return np.reshape(self._lane.training_loss(), 1)[first:last]
        return np.reshape(self._objective.losses(self._objective.params(self._lane.weights())), 1)[first:last]

    def test_losses(self, first: int, last: int) -> Array | None:
        """Return the loss of the weights reached on the test rows, (1,); None where there are none."""
        if self._evaluates_itself and self._tests:
            return np.reshape(self._lane.test_loss(), 1)[first:last]
        found = self._objective.test_losses(self._objective.params(self._lane.weights()))
        return None if found is None else np.reshape(found, 1)[first:last]

    @property
    def is_lost(self) -> bool:
        """Return whether a weight is no number: none comes back from there."""
        return any(bool(np.isnan(weight).any()) for weight in self._lane.weights())
