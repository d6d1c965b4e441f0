"""Surfaces and races as the engine would send them, made from NumPy arrays: what the surface view's tests show."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.protocol import JobState, Race, RaceCurve, RacePath, StartSurface, SurfacePart

PROBLEM = {"function": "rosenbrock", "start": [-1.5, 2.0]}
DONE: dict[int, float] = {11: 0.012, 21: 0.043, 51: 0.29, 101: 1.0}


def make_part(asked: StartSurface, side: int = 101, values: Array | None = None, **more: Any) -> SurfacePart:
    """A bowl over −2 … 2, as far as it is known with ``side`` points a side."""
    x = np.linspace(-2, 2, side)
    state: JobState = "finished" if side == 101 else "running"
    fields = {"done": DONE.get(side, 1.0), "state": state, "shares": None, "start": (-1.5, 1.0)}
    bowl = 0.01 + x**2 + 4 * x[:, None] ** 2
    return SurfacePart(
        asked.generation, asked.job, asked.plane, x, x, bowl if values is None else values, **(fields | more)
    )


def make_race(job: int | None = None, *ways: Sequence[tuple[float, float]], steps: int = 5) -> Race:
    """``ways``: of each entry the places on the surface of ``job``; the last is the best."""
    paths = []
    for entry, way in enumerate(ways):
        x, y = np.array(way, float).T
        paths.append(RacePath(entry, x, y, way[-1]))
    curve = RaceCurve(np.arange(1.0, steps + 1), np.ones(steps), None, None, None)
    return Race("step", (curve,), (), (), job, tuple(paths))
