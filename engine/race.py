"""What a race of optimizers shows: each lane's loss over steps, seconds or evaluations, the table, and the paths.

All of it is over what is recorded, wherever the run stands. What takes all steps to work out is kept up as they come,
so that a frame late in a run costs about what an early one does.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy import ndarray as Array

from engine.lane import Lane
from engine.lockstep import Lockstep
from engine.pace import Figures
from engine.projected import Projected
from engine.protocol import Axis, Curve, Race, RaceCurve, RacePath, RaceRequest, RaceRow
from engine.running_mean import MeanLog, RunningMean
from engine.series import Bundle, in_order

NAN = float("nan")
RATE_PIXELS = 500  # of a rate at the least: there are few of them, and a step down in one is to be steep


class Racing:
    """Answers for one run, which must have a history of its losses."""

    def __init__(self, run: Lockstep):
        assert run.chronicle is not None, "a run without a history has no race"
        self._run, self._chronicle = run, run.chronicle
        self._mean: RunningMean | None = None  # of the smoothing asked for last
        self._logs = MeanLog(run.chronicle.bundle)
        self._projected: Projected | None = None
        self._figures: Figures[tuple[RaceRow, ...]] = Figures()

    def answer(self, request: RaceRequest, running: bool = False) -> Race:
        """``running``: whether the next answer will be of other steps, so that the table may be a little behind."""
        target = request.target
        surface = self._run.surface
        return Race(
            axis=request.axis,
            curves=tuple(self._curves(request)),
            rows=self._figures.of(target, running, lambda: self.rows(target)) if request.table else (),
            rates=tuple(
                self.rate(entry, max(request.pixels, RATE_PIXELS)) for entry in range(len(self._run.spec.optimizers))
            ),
            job=None if surface is None else surface[0],
            paths=self._paths() if request.paths else (),
        )

    # --- curves ------------------------------------------------------------------------------

    def _curves(self, request: RaceRequest) -> Iterator[RaceCurve]:
        axis, lanes = request.axis, range(len(self._run.lanes))
        raws, smooths = self._thinned(self._chronicle.bundle, request), self._smooth(request)
        for lane, raw, smooth in zip(lanes, raws, smooths, strict=True):
            x = self.places(lane, axis, raw.steps)
            at = self._at(lane, request)
            if smooth is None:
                yield RaceCurve(x, raw.losses, None, None, at)
            else:
                alike = np.array_equal(raw.steps, smooth.steps)
                yield RaceCurve(x, raw.losses, x if alike else self.places(lane, axis, smooth.steps), smooth.losses, at)

    def _smooth(self, request: RaceRequest) -> Sequence[Curve | None]:
        if not request.smoothing:
            self._mean = None
            return [None] * len(self._run.lanes)
        if self._mean is None or self._mean.smoothing != request.smoothing:
            self._mean = RunningMean(self._chronicle.bundle, request.smoothing)
        return self._thinned(self._mean.means(), request)

    def _thinned(self, values: Bundle, request: RaceRequest) -> list[Curve]:
        """Of all lanes at once, where they show the same steps."""
        if request.span is None:
            return values.thinned(request.pixels)
        low, high = request.span
        shown = [
            (self.step_at(lane, request.axis, low), self.step_at(lane, request.axis, high))
            for lane in range(values.lanes)
        ]
        if len(set(shown)) == 1:
            return values.thinned(request.pixels, shown[0])
        return [values.thinned(request.pixels, own, slice(lane, lane + 1))[0] for lane, own in enumerate(shown)]

    def _at(self, lane: int, request: RaceRequest) -> float | None:
        if request.at is None:
            return None
        step = int(self.step_at(lane, request.axis, request.at))
        return self._run.series[lane][step] if step else None

    def places(self, lane: int, axis: Axis, steps: Array) -> Array:
        """Where steps lie on the axis: there where their loss was known, after their first evaluation."""
        counted = self._chronicle.evaluations.get(lane)
        if axis == "step" or (axis == "evaluations" and counted is None):
            return steps
        seconds = self._chronicle.stopwatch.seconds
        if counted is None:
            return seconds(lane, steps)
        place = steps.astype(int) - 1
        before = np.where(place > 0, counted.values[place - 1], 0)
        if axis == "evaluations":
            return before + 1
        began, ended = seconds(lane, steps - 1), seconds(lane, steps)
        return began + (ended - began) / (counted.values[place] - before)

    def step_at(self, lane: int, axis: Axis, place: float) -> float:
        """The last step that lies not beyond ``place``; 0 before the first. On the axis of steps it is the place."""
        newest = len(self._run.series[lane])
        counted = self._chronicle.evaluations.get(lane)
        if axis == "step" or (axis == "evaluations" and counted is None):
            return min(max(place, 0.0), float(newest))
        if axis == "evaluations" and counted is not None:
            known_at = counted.values[: newest - 1] + 1  # the loss of the step after
            return 0.0 if place < 1 or not newest else 1.0 + float(np.searchsorted(known_at, place, side="right"))
        step = min(int(self._chronicle.stopwatch.steps(lane, place)) + 1, newest)
        while step > 0 and self.places(lane, axis, np.array([step]))[0] > place:
            step -= 1
        return float(step)

    def rate(self, entry: int, pixels: int) -> Curve | None:
        """The learning rate of an entry that has a schedule, over the steps."""
        rates = self._chronicle.rates.get(self._chronicle.lane_of[entry])
        return None if rates is None else rates.thinned(pixels)

    # --- the table ---------------------------------------------------------------------------

    def rows(self, target: float | None) -> tuple[RaceRow, ...]:
        losses = self._chronicle.bundle
        lowest, areas = losses.lowest(), self._logs.means()
        reached = [None] * losses.lanes if target is None else losses.first_at_most(target)
        places = range(losses.lanes)
        return tuple(map(self._row, places, lowest, reached, areas))

    def _row(self, lane: int, best: int | None, reached: int | None, area: float) -> RaceRow:
        series, own = self._run.series[lane], self._run.lanes[lane].lane
        steps, seconds = len(series), self._chronicle.stopwatch.total(lane)
        return RaceRow(
            final=series[steps] if steps else NAN,
            best=series[best] if best else NAN,
            best_step=best,
            target_step=reached,
            area=area,
            grad_norm=_grad_norm(own),
            seconds=seconds,
            seconds_per_step=seconds / steps if steps else NAN,
            evaluations=self._chronicle.evaluated(lane, steps),
            state_bytes=_state_bytes(own) if steps else NAN,
        )

    # --- paths -------------------------------------------------------------------------------

    def _paths(self) -> tuple[RacePath, ...]:
        if self._run.surface is None:
            return ()
        _, plane = self._run.surface
        if self._projected is None or self._projected.plane is not plane:
            self._projected = Projected(self._chronicle.paths, plane)
        steps, x, y = self._projected.places()
        entries = self._chronicle.paths.entries
        best = self._lowest(steps)
        places = enumerate(entries)
        return tuple(RacePath(entry, x[row], y[row], _place(x[row], y[row], best[row])) for row, entry in places)

    def _lowest(self, steps: Array) -> list[int | None]:
        """Of each path the point of its lowest loss: the loss at the weights after a step is told by the next one."""
        losses = self._chronicle.bundle.values
        lanes = np.array([self._chronicle.lane_of[entry] for entry in self._chronicle.paths.entries])
        told = losses[lanes[:, None], steps[steps < losses.shape[1]]]
        if not told.size:
            return [None] * len(lanes)
        best = np.asarray(np.argmin(in_order(told), axis=1)).tolist()
        none = np.asarray(np.isnan(told).all(axis=1)).tolist()
        return [None if nothing else place for place, nothing in zip(best, none, strict=True)]


def _place(x: Array, y: Array, point: int | None) -> tuple[float, float] | None:
    return None if point is None else (float(x[point]), float(y[point]))


def _grad_norm(lane: Lane) -> float:
    """NaN where no step has led to where the lane stands."""
    gradients = lane.gradients()
    if not len(gradients):
        return NAN
    with np.errstate(over="ignore"):
        return float(np.sqrt(sum(float(np.sum(np.square(gradient, dtype=np.float64))) for gradient in gradients)))


def _state_bytes(lane: Lane) -> float:
    """What the optimizer keeps of each weight in arrays; its few single numbers are left out."""
    kept = sum(_bytes(state.values()) for state in lane.states())
    return kept / sum(weight.size for weight in lane.weights())


def _bytes(values: Iterable[object]) -> int:
    total = 0
    for value in values:
        if isinstance(value, np.ndarray) and value.ndim:
            total += value.nbytes
        elif isinstance(value, list | tuple):
            total += _bytes(value)
    return total
