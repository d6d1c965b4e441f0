"""The loss over a plane without a window: worked out as the window's is, and written as numbers and pictures."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.protocol import JobFailed, StartSurface, SurfacePart
from engine.report import Figures
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, shapes_of
from engine.surface import PlacedPlane, surface_job


def surface_of(run: Lockstep, command: StartSurface, is_stopped: Callable[[], bool]) -> SurfacePart | None:
    """Return the whole of a surface; None where it was stopped before. Raises ExperimentError where own code fails."""
    newest = None
    for part in surface_job(run, command):
        if isinstance(part, JobFailed):
            assert part.fault is not None
            raise ExperimentError([part.fault])
        if is_stopped():
            return None
        newest = part or newest
    return newest


def write_surface(run: Lockstep, figures: Figures, path: Path) -> None:
    """Write the losses and where they are as NumPy's arrays. Raises OSError.

    ``losses[i, j]`` is the loss at ``y[i]``, ``x[j]``, whose weights are ``origin`` + x ``first`` + y ``second``, laid
    end to end in the order of ``weights``; ``start`` is where the run began, ``<label>/x`` and ``<label>/y`` an entry's
    path, ``minima`` a test function's lowest points.
    """
    part = figures.surface
    assert part is not None
    assert run.surface is not None
    placed = run.surface[1]
    assert isinstance(placed, PlacedPlane)
    arrays = {"x": part.x, "y": part.y, "losses": part.values, "start": np.array(part.start)}
    arrays |= {"origin": placed.origin, "first": placed.first, "second": placed.second}
    arrays["weights"] = np.array(list(shapes_of(run.spec)))
    if part.minima:
        arrays["minima"] = np.array(part.minima)
    for drawn in figures.paths:
        label = run.spec.labels[drawn.entry]
        arrays |= {f"{label}/x": drawn.x, f"{label}/y": drawn.y}
    np.savez(path, allow_pickle=False, **arrays)
