"""What the window asked to see of a run, and no more of it."""

import numpy as np
from numpy import ndarray as Array

from engine.lane.lane import Lane
from engine.pace import Figures, Pace
from engine.parity.distances import ulps_apart
from engine.protocol import CurveRequest, Curves, Evaluated, Frame, FrameRequest, MapRequest, Maps, PairParity, Reading
from engine.race.race import Racing
from engine.run.lockstep import Lockstep
from engine.spec import is_buffer

from .learned import LearnedPages
from .pictures import Pictures
from .step_size import plain_rate, step_size


class Frames:
    """Answer the window's requests for frames of one run."""

    def __init__(self, run: Lockstep):
        self._run, self._racing = run, Racing(run)
        self._pictures, self._learned = Pictures(run, maps), LearnedPages(run)
        self._parity: Figures[tuple[PairParity, ...]] = Figures()

    def answer(self, request: FrameRequest, pace: Pace) -> Frame:
        """Return all that was asked for. ``pace`` is that of the run."""
        run = self._run
        return Frame(
            generation=request.generation,
            step=run.step,
            running=pace.running,
            steps_per_second=pace.steps_per_second,
            losses=tuple(float(loss) for loss in run.losses),
            curves=None if request.curves is None else curves(run, request.curves, pace.running),
            maps=None if request.maps is None else maps(run, request.maps),
            pairs=self._parity.of(None, pace.running, run.parity),
            newest=run.newest,
            branches=tuple(abandoned.branch for abandoned in run.branches),
            hits=tuple(run.monitor.hits) if run.monitor else (),
            judging=run.docket.is_waiting(run.step),
            race=None if request.race is None else self._racing.answer(request.race, pace.running),
            network=None if request.network is None else self._pictures.answer(request.network, pace.running),
            learned=None if request.learned is None else self._learned.answer(request.learned, pace.running),
        )


def curves(run: Lockstep, request: CurveRequest, running: bool = False) -> Curves:
    """Return every lane's losses as far as they are recorded, and the branches', thinned to the plot's width.

    ``running``: no lane is evaluated for them.
    """
    lanes = tuple(run.series[0].bundle.thinned(request.pixels, request.steps)) if run.series else ()
    branches = tuple(abandoned.curves(request) for abandoned in run.branches)
    record = run.run_record
    training = record.training.curves(request.pixels, request.steps) if record else ()
    at = None if request.at is None or not run.newest else min(max(request.at, 1), run.newest)
    found = Curves(lanes, None if at is None else (at, tuple(series[at] for series in run.series)), branches, training)
    if record is None or record.test is None:
        return found
    if at is None and not running:
        known = [Evaluated(run.step, loss) for loss in run.test_losses()]
    else:
        known = record.test.newest(run.step if at is None else at)
    tests = tuple(one for one in known if one is not None)
    return found._replace(test=record.test.curves(request.pixels, request.steps), test_at=tests)


def maps(run: Lockstep, request: MapRequest) -> Maps:
    """Return a matrix of both lanes of the entry and their difference."""
    if request.quantity == "step_size":
        diy, torch = (step_size(run, request.entry, backend, request.tensor) for backend in ("diy", "torch"))
        return maps_of(request, diy, torch)._replace(rate=plain_rate(run, request.entry, request.tensor))
    diy, torch = (_matrix(run, run.lane_of(request.entry, backend), request) for backend in ("diy", "torch"))
    return maps_of(request, diy, torch)


def maps_of(request: MapRequest, diy: Array | None, torch: Array | None) -> Maps:
    """Return two matrices and their difference. Those of unlike shapes have none: LBFGS may have kept one step more."""
    there = [matrix.shape for matrix in (diy, torch) if matrix is not None]
    shape = max((rows for rows, _ in there), default=0), max((columns for _, columns in there), default=0)
    delta = ulps = None
    if diy is not None and torch is not None and diy.shape == torch.shape:
        delta, ulps = difference(diy, torch)
    block = (_per_cell(shape[0], request.pixels[0]), _per_cell(shape[1], request.pixels[1]))
    return Maps(
        request=request,
        shape=shape,
        block=block,
        diy=_pooled(diy, block),
        torch=_pooled(torch, block),
        delta=_pooled(delta, block),
        ulps=_pooled(ulps, block),
        scale=max(_magnitude(diy), _magnitude(torch)),
        delta_scale=_magnitude(delta),
        ulps_scale=_magnitude(ulps),
        reading=_reading(request.at, shape, diy, torch, delta, ulps),
    )


def _matrix(run: Lockstep, lane: Lane | None, request: MapRequest) -> Array | None:
    """Return the lane's tensor, a bias as one row; None where it is not there (yet)."""
    if lane is None:
        return None
    if is_buffer(request.tensor):
        kept = lane.buffers().get(request.tensor)
        return None if kept is None or request.quantity != "weight" else np.atleast_2d(kept).copy()
    if request.tensor not in run.names:
        return None
    place = run.names.index(request.tensor)
    if request.quantity == "weight":
        tensor = lane.weights()[place]
    elif request.quantity == "grad":
        gradients = lane.gradients()
        tensor = gradients[place] if gradients else None
    else:
        tensor = lane.states()[place].get(request.quantity)
    return np.atleast_2d(tensor).copy() if isinstance(tensor, np.ndarray) else None


def difference(diy: Array, torch: Array) -> tuple[Array, Array]:
    """Return ``diy - torch`` in float64, and the same in ULPs with its sign."""
    with np.errstate(all="ignore"):
        delta = diy.astype(np.float64) - torch
        delta[(diy == torch) | (np.isnan(diy) & np.isnan(torch))] = 0  # inf - inf, NaN in both: alike
        return delta, np.where(delta < 0, -1, 1) * ulps_apart(diy, torch)


def _per_cell(length: int, pixels: int) -> int:
    return max(1, -(-length // max(pixels, 1)))


def _pooled(matrix: Array | None, block: tuple[int, int]) -> Array | None:
    """Each block's element of the largest magnitude; NaN wins over all."""
    if matrix is None or block == (1, 1):
        return matrix
    rows, columns = (-length % per for length, per in zip(matrix.shape, block, strict=True))
    padded = np.pad(matrix, ((0, rows), (0, columns)), mode="edge")  # what is there twice changes no extreme
    by_row = padded.reshape(-1, block[0], padded.shape[1])
    high, low = (part.reshape(len(part), -1, block[1]) for part in (by_row.max(axis=1), by_row.min(axis=1)))
    high, low = high.max(axis=2), low.min(axis=2)
    return np.where(high >= -low, high, low)


def _magnitude(matrix: Array | None) -> float:
    """Return the largest finite magnitude; 0 where there is none."""
    if matrix is None or not matrix.size:
        return 0.0
    return float(np.max(np.abs(matrix), where=np.isfinite(matrix), initial=0))


def _reading(
    at: tuple[int, int] | None,
    shape: tuple[int, int],
    diy: Array | None,
    torch: Array | None,
    delta: Array | None,
    ulps: Array | None,
) -> Reading | None:
    if at is None or not (0 <= at[0] < shape[0] and 0 <= at[1] < shape[1]):
        return None
    return Reading(*at, *(_element(matrix, at) for matrix in (diy, torch, delta, ulps)))


def _element(matrix: Array | None, at: tuple[int, int]) -> float | None:
    """Return the number at a place; None where the matrix, if there is one, does not reach so far."""
    if matrix is None or at[0] >= matrix.shape[0] or at[1] >= matrix.shape[1]:
        return None
    return float(matrix[at])
