"""The work in the background that a surface is: its plane is placed, then it is computed pass by pass."""

from collections.abc import Generator, Iterator, Mapping
from time import perf_counter

import numpy as np
from numpy import ndarray as Array

from engine.diy.problems import Problem, problem_of
from engine.own.unusable import Unusable
from engine.protocol import JobFailed, StartSurface, SurfacePart
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, Fault, parts_of

from .extent import Extent, around_domain, around_paths, in_order, is_drawable
from .grid import Grid
from .landscape import Landscape, landscape_of
from .plane import PlacedPlane
from .planes import buffers_at, place
from .trajectory_points import TrajectoryPoints, trajectory_points
from .worker_pool import WorkerPool

TELL_EVERY = 0.1  # seconds between two parts in the midst of a pass
LARGEST = 1001  # points a side

NOTHING = np.zeros(0)


def surface_job(run: Lockstep, command: StartSurface) -> Iterator[SurfacePart | JobFailed | None]:
    """Yield a surface's parts, from coarse to fine, and None after every few milliseconds without one.

    From the plane's choice on ``run.surface`` says where it lies. The run must keep trajectories. Where a network's own
    code raises something at some weights, one ``JobFailed`` says so.
    """
    try:
        yield from _parts(run, command)
    except Unusable as error:
        path = (*parts_of(run.spec)[0].path, "code")
        yield JobFailed(command.job, Fault(path, "code_unusable", {"detail": f"{error.words}{error.at}"}))


def _parts(run: Lockstep, command: StartSurface) -> Iterator[SurfacePart | None]:
    assert run.trajectories is not None
    paths: list[Array] = []
    for entry in run.trajectories.entries:
        paths.append(run.trajectories.of(entry)[1])
        yield None
    visited = trajectory_points(run.start, paths)
    yield None
    placed = kept_plane(run, command) or place(run, command.plane, command.origin, visited)
    placed = placed._replace(asked=(command.plane, command.origin))
    run.surface = command.job, placed
    yield None
    problem = problem_in(run.spec)
    asked = command.extent
    extent = in_order(asked) if asked and is_drawable(asked) else found_extent(command, problem, placed, visited)
    grid = Grid(extent, min(max(command.resolution, 2), LARGEST))
    part, buffers = empty_part(command, problem, placed, visited), buffers_at(run, command.origin)
    if buffers:
        part = part._replace(averages_of=run.spec.labels[command.origin or 0])
    with WorkerPool(_landscape(run.spec, placed, buffers)) as pool:
        for stride in grid.strides:
            part = yield from one_pass(pool, grid, stride, part)


def _landscape(spec: ExperimentSpec, placed: PlacedPlane, buffers: Mapping[str, Array]) -> Landscape:
    if not parts_of(spec):
        return landscape_of(spec, placed, buffers)
    from .own_landscape import OwnLandscape  # with what it takes to call own code

    return OwnLandscape(spec, placed, buffers)


def one_pass(
    pool: WorkerPool, grid: Grid, stride: int, part: SurfacePart
) -> Generator[SurfacePart | None, None, SurfacePart]:
    """Compute what the grid of ``stride`` has more than the one before, which is in ``part``; return the new part."""
    rows, columns = grid.unknown(stride)
    known, told = grid.known, perf_counter()
    for share, losses in pool.losses(grid.x[columns], grid.y[rows]):
        if losses is not None:
            grid.learn(rows, columns, losses)
        elif part.values.size and perf_counter() - told > TELL_EVERY:
            told = perf_counter()
            yield part._replace(done=(known + share * rows.size) / grid.size)
        else:
            yield None
    x, y, values = grid.part(stride)
    state = "finished" if stride == 1 else "running"
    part = part._replace(x=x, y=y, values=values, done=grid.known / grid.size, state=state)
    yield part
    return part


def kept_plane(run: Lockstep, command: StartSurface) -> PlacedPlane | None:
    """Return the plane of the surface before where the command asks for that one again, else None.

    An extent is given in that plane's coordinates: so the plane stays where it lay.
    """
    before = run.surface[1] if run.surface is not None else None
    if not isinstance(before, PlacedPlane) or command.extent is None:
        return None
    return before if before.asked == (command.plane, command.origin) else None


def problem_in(spec: ExperimentSpec) -> Problem | None:
    """Return the test function that the experiment trains, None where it trains a network."""
    return None if spec.problem is None else problem_of(spec.problem.function, spec.problem.condition)


def found_extent(
    command: StartSurface, problem: Problem | None, placed: PlacedPlane, visited: TrajectoryPoints
) -> Extent:
    """Return the extent that shows the paths, for a command that names none."""
    x, y = placed.project(visited.points)
    if problem is not None:
        return around_domain(problem.domain, x, y)
    return around_paths(command.plane, x, y, float(np.linalg.norm(visited.start)))


def empty_part(
    command: StartSurface, problem: Problem | None, placed: PlacedPlane, visited: TrajectoryPoints
) -> SurfacePart:
    """Return the part that is reported before any loss is known: plane, start and minima."""
    (x,), (y,) = placed.project(visited.start[None])
    return SurfacePart(
        generation=command.generation,
        job=command.job,
        plane=command.plane,
        x=NOTHING,
        y=NOTHING,
        values=NOTHING[:, None],
        done=0.0,
        state="running",
        shares=placed.shares,
        start=(float(x), float(y)),
        minima=problem.minima if problem is not None else (),
    )
