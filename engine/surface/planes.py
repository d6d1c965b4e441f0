"""Where the planes lie that a person can ask for."""

from collections.abc import Mapping

import numpy as np
from numpy import ndarray as Array

from engine.protocol import MainPlane, Plane, RandomPlane
from engine.run.lockstep import Lockstep
from engine.spec import shapes_of

from .main_directions import main_directions
from .plane import PlacedPlane
from .random_directions import random_directions
from .trajectory_points import TrajectoryPoints


def place(run: Lockstep, plane: Plane, origin: int | None, visited: TrajectoryPoints) -> PlacedPlane:
    """Return where the plane lies. A test function has one of its own.

    ``origin``: the entry through whose weights it goes, None: through the start.
    """
    shapes = shapes_of(run.spec)
    if run.spec.problem is not None:
        return over_two(np.zeros(2), 0, 1)
    if isinstance(plane, MainPlane):
        return main_directions(visited.points, visited.start)
    at = visited.start if origin is None else standing(run, origin)
    if isinstance(plane, RandomPlane):
        return PlacedPlane(at, *random_directions(at, shapes, plane.seed))
    return over_two(at, number_of(shapes, *plane.first), number_of(shapes, *plane.second))


def over_two(at: Array, first: int, second: int) -> PlacedPlane:
    """Return the plane over two weights, by their indices: x and y are these weights themselves."""
    origin, across, along = at.copy(), np.zeros(at.size), np.zeros(at.size)
    origin[[first, second]] = 0
    across[first] = along[second] = 1
    return PlacedPlane(origin, across, along)


def number_of(shapes: Mapping[str, tuple[int, ...]], tensor: str, index: tuple[int, ...]) -> int:
    """Return the index of a weight among all weights laid end to end. Raises KeyError for an unknown tensor."""
    before = 0
    for name, shape in shapes.items():
        if name == tensor:
            return before + int(np.ravel_multi_index(index, shape))
        before += int(np.prod(shape))
    raise KeyError(tensor)


def buffers_at(run: Lockstep, origin: int | None) -> dict[str, Array]:
    """Return the buffers by which the network is evaluated: an entry's where the run stands, the first one's for None.

    Weights of the plane that no lane has been at have no running averages of their own.
    """
    entry = origin or 0
    lane = run.lane_of(entry, "diy") or run.lane_of(entry, "torch")
    return {} if lane is None else {name: np.array(buffer) for name, buffer in lane.buffers().items()}


def standing(run: Lockstep, entry: int) -> Array:
    """Return an entry's weights (n,) where the run stands: DIY's, where there are any."""
    lane = run.lane_of(entry, "diy") or run.lane_of(entry, "torch")
    assert lane is not None
    return np.concatenate([np.asarray(weight, float).ravel() for weight in lane.weights()])
