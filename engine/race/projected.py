"""The entries' paths on a plane, projected point by point as they come."""

import numpy as np
from numpy import ndarray as Array

from engine.run.trajectories import Plane, Trajectories


class Projected:
    """Project trajectories on a plane, each point once: they may be long."""

    def __init__(self, trajectories: Trajectories, plane: Plane):
        self._trajectories, self.plane = trajectories, plane
        self._forget()

    def _forget(self) -> None:
        self._cuts = self._trajectories.cuts
        self._steps = np.empty(0, int)
        self._x = self._y = np.empty((len(self._trajectories.entries), 0))

    def places(self) -> tuple[Array, Array, Array]:
        """Return the steps (P,) after which the points lie, and where: x and y are (entries, P)."""
        if self._cuts != self._trajectories.cuts:
            self._forget()
        steps = self._trajectories.steps
        place = np.searchsorted(self._steps, steps)
        known = np.append(self._steps, -1)[place] == steps
        x, y = (np.empty((len(side), len(steps))) for side in (self._x, self._y))
        kept = place[known]
        x[:, known], y[:, known] = self._x[:, kept], self._y[:, kept]
        if not known.all():
            x[:, ~known], y[:, ~known] = self._project(np.flatnonzero(~known).tolist())
        self._steps, self._x, self._y = steps, x, y
        return steps, x, y

    def _project(self, places: list[int]) -> tuple[Array, Array]:
        entries = self._trajectories.entries
        points = np.concatenate([self._trajectories.points(entry, places) for entry in entries])
        x, y = self.plane.project(points)
        return x.reshape(len(entries), -1), y.reshape(len(entries), -1)
