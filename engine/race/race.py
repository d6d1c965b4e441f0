"""What a race of optimizers shows: each lane's loss over steps, seconds or evaluations, the table, and the paths.

Curves and paths are of all that is recorded, the table of where the run stands. What takes all steps to compute is
kept up as they come, so that a frame late in a run costs about what an early one does.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import prod

import numpy as np
from numpy import ndarray as Array

from engine.lane.lane import Lane
from engine.lane.own_lane import OwnLane
from engine.pace import Figures
from engine.protocol import (
    Axis,
    BranchCurves,
    Curve,
    CurveRequest,
    Evaluated,
    Race,
    RaceCurve,
    RacePath,
    RaceRequest,
    RaceRow,
)
from engine.run.evaluated_losses import EvaluatedLosses
from engine.run.lockstep import Lockstep
from engine.run.series import Bundle, in_order
from engine.run.trajectories import Plane, flat
from engine.spec import RowsFor, row_count, shapes_of

from .projected import Projected
from .running_mean import MeanLog, RunningMean

NAN = float("nan")
AT_ONCE = 2_000_000  # multiplications, of all lanes, that hold up a run by no more than some milliseconds
RATE_PIXELS = 500  # of a rate at the least: there are few of them, and a step down in one is to be steep


class Racing:
    """Answer for one run, which must have a history of its losses."""

    def __init__(self, run: Lockstep):
        assert run.run_record is not None, "a run without a history has no race"
        self._run, self._run_record = run, run.run_record
        self._mean: RunningMean | None = None  # of the smoothing asked for last
        self._logs = MeanLog(run.run_record.bundle)
        self._projected: Projected | None = None
        self._figures: Figures[tuple[RaceRow, ...]] = Figures()
        weights = sum(map(prod, shapes_of(run.spec).values()))
        rows = row_count(run.spec) + row_count(run.spec, "test")
        self._is_large = weights * rows * len(run.lanes) > AT_ONCE

    def answer(self, request: RaceRequest, running: bool = False) -> Race:
        """Answer a request. ``running``: the next answer will be of other steps, so the table may be behind."""
        target: tuple[float | None, RowsFor] = request.target, request.target_of
        test = self._run_record.test
        surface = self._run.surface
        return Race(
            axis=request.axis,
            curves=tuple(self._curves(request)),
            rows=self._figures.of(target, running, lambda: self.rows(*target, running=running))
            if request.table
            else (),
            rates=tuple(self.rate(entry, request) for entry in range(len(self._run.spec.optimizers))),
            job=None if surface is None else surface[0],
            paths=self._paths() if request.paths else (),
            step=self._run.step,
            newest=self._run.newest,
            every=None if self._training.is_of_batches else self._training.every,
            branches=self._branches(request) if request.branches and request.axis == "step" else (),
            test_every=None if test is None else test.every,
        )

    @property
    def _training(self) -> EvaluatedLosses:
        return self._run_record.training

    def _branches(self, request: RaceRequest) -> tuple[BranchCurves, ...]:
        wanted = CurveRequest(request.pixels, request.span)
        return tuple(abandoned.curves(wanted) for abandoned in self._run.branches)

    # --- curves ------------------------------------------------------------------------------

    def _curves(self, request: RaceRequest) -> Iterator[RaceCurve]:
        axis, lanes = request.axis, range(len(self._run.lanes))
        raws, smooths = self._thinned(self._run_record.bundle, request), self._smooth(request)
        trainings, tests = (self._evaluated(losses, request) for losses in (self._training, self._run_record.test))
        for lane, raw, smooth, training, test in zip(lanes, raws, smooths, trainings, tests, strict=True):
            x = self.places(lane, axis, raw.steps)
            curve = RaceCurve(x, raw.losses, None, None, self._at(lane, request), here=self._here(lane, axis))
            if smooth is not None:
                alike = np.array_equal(raw.steps, smooth.steps)
                smooth_x = x if alike else self.places(lane, axis, smooth.steps)
                curve = curve._replace(smooth_x=smooth_x, smooth=smooth.losses)
            if training is not None:
                curve = curve._replace(training_x=self.after(lane, axis, training.steps), training=training.losses)
            if test is not None:
                curve = curve._replace(test_x=self.after(lane, axis, test.steps), test=test.losses)
            yield curve

    def _evaluated(self, losses: EvaluatedLosses | None, request: RaceRequest) -> Sequence[Curve | None]:
        """Return each lane's curve of what was evaluated, or None for each where nothing is."""
        found = () if losses is None else losses.curves(request.pixels)
        return found or [None] * len(self._run.lanes)

    def _here(self, lane: int, axis: Axis) -> tuple[float, float] | None:
        step = self._run.step
        if not step:
            return None
        return float(self.places(lane, axis, np.array([step]))[0]), self._run.series[lane][step]

    def _smooth(self, request: RaceRequest) -> Sequence[Curve | None]:
        if not request.smoothing:
            self._mean = None
            return [None] * len(self._run.lanes)
        if self._mean is None or self._mean.smoothing != request.smoothing:
            self._mean = RunningMean(self._run_record.bundle, request.smoothing)
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
        """Return where steps lie on the axis: there where their loss was known, after their first evaluation."""
        counted = self._run_record.evaluations.get(lane)
        if axis == "step" or (axis == "evaluations" and counted is None):
            return steps
        seconds = self._run_record.compute_time.seconds
        if counted is None:
            return seconds(lane, steps)
        place = steps.astype(int) - 1
        before = np.where(place > 0, counted.values[place - 1], 0)
        if axis == "evaluations":
            return before + 1
        began, ended = seconds(lane, steps - 1), seconds(lane, steps)
        return began + (ended - began) / (counted.values[place] - before)

    def after(self, lane: int, axis: Axis, steps: Array) -> Array:
        """Return where on the axis a lane was when ``steps`` were done, 0 at the start."""
        if axis == "seconds":
            return self._run_record.compute_time.seconds(lane, steps)
        counted = self._run_record.evaluations.get(lane)
        if axis == "step" or counted is None:
            return steps
        return np.where(steps > 0, counted.values[np.maximum(steps.astype(int), 1) - 1], 0)

    def step_at(self, lane: int, axis: Axis, place: float) -> float:
        """Return the last step not beyond ``place``; 0 before the first. On the axis of steps it is the place."""
        newest = len(self._run.series[lane])
        counted = self._run_record.evaluations.get(lane)
        if axis == "step" or (axis == "evaluations" and counted is None):
            return min(max(place, 0.0), float(newest))
        if axis == "evaluations" and counted is not None:
            known_at = counted.values[: newest - 1] + 1  # the loss of the step after
            return 0.0 if place < 1 or not newest else 1.0 + float(np.searchsorted(known_at, place, side="right"))
        step = min(int(self._run_record.compute_time.steps(lane, place)) + 1, newest)
        while step > 0 and self.places(lane, axis, np.array([step]))[0] > place:
            step -= 1
        return float(step)

    def rate(self, entry: int, request: RaceRequest) -> Curve | None:
        """Return an entry's learning rate over the steps; None where it has no schedule."""
        rates = self._run_record.rates.get(self._run_record.lane_of[entry])
        return None if rates is None else rates.thinned(max(request.pixels, RATE_PIXELS))

    # --- the table ---------------------------------------------------------------------------

    def rows(
        self, target: float | None, target_of: RowsFor = "training", *, running: bool = False
    ) -> tuple[RaceRow, ...]:
        """Return the rows. ``running``: their losses are the last ones known, and no lane is evaluated for them."""
        step, training, lanes = self._run.step, self._training, range(len(self._run.lanes))
        finals, tests = self._finals(running), self._tests(running)
        lowest, areas = training.lowest(step), self._logs.means(step)
        reached = self._reached(target, target_of, finals if target_of == "training" else tests)
        rows = [
            self._row(lane, final, _lower(low, final), first, area)._replace(test=test.loss if test else NAN)
            for lane, final, low, first, area, test in zip(lanes, finals, lowest, reached, areas, tests, strict=True)
        ]
        shares = zip(rows, self._accuracies("training", running), self._accuracies("test", running), strict=True)
        return tuple(row._replace(accuracy=own, test_accuracy=tested) for row, own, tested in shares)

    def _accuracies(self, use: RowsFor, running: bool) -> Sequence[float]:
        """Return each lane's accuracy. While a run goes on, one that would hold it up is not known."""
        run = self._run
        is_known = run.step and row_count(run.spec, use) and not (running and self._is_large)
        return run.accuracies(use) if is_known else [NAN] * len(run.lanes)

    def _finals(self, running: bool) -> Sequence[Evaluated | None]:
        run = self._run
        if running:
            return self._training.newest(run.step)
        return [Evaluated(run.step, loss) if run.step else None for loss in run.training_losses()]

    def _tests(self, running: bool) -> Sequence[Evaluated | None]:
        """Return what is known over the test rows; None for each lane where there are none."""
        run, tested = self._run, self._run_record.test
        if tested is None or not run.step:
            return [None] * len(run.lanes)
        return tested.newest(run.step) if running else [Evaluated(run.step, loss) for loss in run.test_losses()]

    def _reached(
        self, target: float | None, target_of: RowsFor, finals: Sequence[Evaluated | None]
    ) -> Sequence[int | None]:
        """Return after which step the target was first known to be reached, of each lane."""
        losses = self._training if target_of == "training" else self._run_record.test
        if target is None or losses is None:
            return [None] * len(finals)
        found = losses.first_at_most(target, self._run.step)
        return [_first_step(first, final, target) for first, final in zip(found, finals, strict=True)]

    def _row(
        self, lane: int, final: Evaluated | None, best: Evaluated | None, reached: int | None, area: float
    ) -> RaceRow:
        own, step = self._run.lanes[lane].lane, self._run.step
        seconds = float(self._run_record.compute_time.seconds(lane, [step])[0])
        return RaceRow(
            final=final.loss if final else NAN,
            best=best.loss if best else NAN,
            best_step=best.step if best else None,
            target_step=reached,
            area=area,
            grad_norm=_grad_norm(own),
            seconds=seconds,
            seconds_per_step=seconds / step if step else NAN,
            evaluations=self._run_record.evaluated(lane, step),
            state_bytes=_state_bytes(own) if step else NAN,
        )

    # --- paths -------------------------------------------------------------------------------

    def _paths(self) -> tuple[RacePath, ...]:
        if self._run.surface is None:
            return ()
        _, plane = self._run.surface
        if self._projected is None or self._projected.plane is not plane:
            self._projected = Projected(self._run_record.trajectories, plane)
        steps, x, y = self._projected.places()
        entries = self._run_record.trajectories.entries
        best = self._lowest(steps)
        here = self._standing(plane)
        return tuple(
            RacePath(entry, x[row], y[row], _place(x[row], y[row], best[row]), here[row])
            for row, entry in enumerate(entries)
        )

    def _standing(self, plane: Plane) -> list[tuple[float, float]]:
        """Where each entry's weights are now."""
        lanes = (self._run.lanes[place].lane for place in self._run_record.lane_of.values())
        x, y = plane.project(np.array([flat(lane.weights()) for lane in lanes], np.float64))
        return list(zip(x.tolist(), y.tolist(), strict=True))

    def _lowest(self, steps: Array) -> list[int | None]:
        """Of each path the point of its lowest loss: the loss at the weights after a step is told by the next one."""
        losses = self._run_record.bundle.values
        lanes = np.array([self._run_record.lane_of[entry] for entry in self._run_record.trajectories.entries])
        told = losses[lanes[:, None], steps[steps < losses.shape[1]]]
        if not told.size:
            return [None] * len(lanes)
        best = np.asarray(np.argmin(in_order(told), axis=1)).tolist()
        none = np.asarray(np.isnan(told).all(axis=1)).tolist()
        return [None if nothing else place for place, nothing in zip(best, none, strict=True)]


def _lower(known: Evaluated | None, other: Evaluated | None) -> Evaluated | None:
    """Return the lower of two, the first of equal ones. A final loss that is no number is lower than none."""
    if other is None or np.isnan(other.loss):
        return known
    return other if known is None or other.loss < known.loss else known


def _first_step(known: Evaluated | None, final: Evaluated | None, target: float) -> int | None:
    """Return the first step of those known, or of the one stood at, after which the target was reached."""
    if known is not None:
        return known.step
    return final.step if final is not None and final.loss <= target else None


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
    """Return the bytes of what the optimizer keeps of each weight in arrays; its few single numbers are left out.

    NaN of own code, which keeps what it keeps where it will.
    """
    if isinstance(lane, OwnLane):
        return NAN
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
