"""The loss of a network with own code in it at points of a plane: one network at a time, as a DIY lane has it."""

import math
from collections.abc import Mapping

import numpy as np
from numpy import ndarray as Array

from engine.lane.diy_lane import training_loss_of
from engine.lane.lane import NONE
from engine.lane.own_parts import undisturbed
from engine.spec import ExperimentSpec, shapes_of

from .landscape import Scratchpad
from .plane import PlacedPlane


class OwnLandscape:
    """Evaluate a network with own code, in modules of its own: the run's remember nothing of it."""

    points, blocks, in_threads = 1, (slice(None),), False

    def __init__(self, spec: ExperimentSpec, placed: PlacedPlane, buffers: Mapping[str, Array] = NONE):
        self._spec, self._placed, self._buffers = spec, placed, dict(buffers)
        self._dtype, self._shapes = np.dtype(spec.dtype), shapes_of(spec)
        with undisturbed(spec):
            self._loss = training_loss_of(spec)

    def scratchpad(self) -> Scratchpad:
        """Return no memory: nothing is kept between layers here."""
        return Scratchpad((), ())

    def losses(self, places: Array, block: slice, pad: Scratchpad) -> Array:  # noqa: ARG002
        """Return the losses at places. Raises Unusable where own code raises something."""
        _, x, y = places.T
        with undisturbed(self._spec):
            return np.array([self._loss_at(weights) for weights in self._placed.at(x, y).astype(self._dtype)])

    def _loss_at(self, weights: Array) -> float:
        ends = np.cumsum([math.prod(shape) for shape in self._shapes.values()])[:-1]
        parts = zip(self._shapes.items(), np.split(weights, ends), strict=True)
        return self._loss({name: part.reshape(shape) for (name, shape), part in parts} | self._buffers)
