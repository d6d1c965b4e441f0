"""A sweep under way: all configurations stepped in turn, and what is told of them now and then."""

import time
from collections.abc import Iterator

import numpy as np
from numpy import ndarray as Array

from engine.backends.start import initial_weights
from engine.lane.batches import Batches
from engine.lane.own_code import OwnEntry
from engine.protocol import StartSweep, SweepPart, SweepPlan
from engine.spec import OWN_CODE, ExperimentSpec, InTurn, SeedStart, row_count, why_in_turn
from engine.spec.plans import chunk_size, step_rows

from .chunk import Chunk, Turn
from .grid import Grid
from .objective import objective_of
from .own_stack import OwnStack, broadcasts
from .single import Single
from .stack import Stack

WORK = 0.006  # seconds, about, between two looks up
BETWEEN_PARTS = 0.1  # seconds
PART_SHARE = 0.2  # of the time, at the most, that goes into the losses that a part tells
MOST_AT_ONCE = 4096  # steps of a round

Pauses = Iterator[SweepPart | None]


def in_turn(spec: ExperimentSpec, plan: SweepPlan) -> InTurn | None:
    """Return why the plan's configurations are trained one after another; None where they are trained as one."""
    entry = spec.optimizers[plan.entry]
    if (why := why_in_turn(spec, entry)) is None and entry.code is not None:
        return None if broadcasts(spec, Grid(spec, plan)) else OWN_CODE
    return why


class Sweep:
    """Take a round's steps of one chunk of configurations after another; after it all stand at ``step``."""

    def __init__(self, command: StartSweep):
        self._job, self._spec, self._plan = command.job, command.spec, command.plan
        self._grid = Grid(self._spec, self._plan)
        self._objective = objective_of(self._spec, self._grid.entry)
        self._in_turn = in_turn(self._spec, self._plan)
        self._batches = Batches(self._spec)
        self._chunks: list[Chunk] = []
        self._step_time = 1.0  # seconds that a step of all configurations takes; at first a guess
        self._spent, self._resumed = 0.0, time.perf_counter()
        self.step = 0

    def run(self) -> Pauses:
        """Train from the first draw of weights to the end, yielding parts now and then, None where there is time to
        look up.
        """
        self._resumed = time.perf_counter()
        yield from self._prepare()
        self._spent, self._resumed = 0.0, time.perf_counter()  # loading torch, which draws, is no part of it
        yield from self._measure()
        for chunk in self._chunks:
            chunk.begin()
        yield from self._pause(self._part())
        told, pause = self._seconds, BETWEEN_PARTS
        while self.step < self._plan.steps:
            yield from self._round()
            if self.step == self._plan.steps or self._seconds - told >= pause:
                began = self._seconds
                yield from self._measure()
                if all(chunk.is_lost for chunk in self._chunks):
                    self.step = self._plan.steps  # what is no number stays none
                told = self._seconds
                pause = max(BETWEEN_PARTS, (told - began) / PART_SHARE)
                yield from self._pause(self._part())

    # --- time ---------------------------------------------------------------------------------

    @property
    def _seconds(self) -> float:
        """Return the seconds of compute so far."""
        return self._spent + time.perf_counter() - self._resumed

    def _pause(self, told: SweepPart | None = None) -> Pauses:
        self._spent = self._seconds
        yield told
        self._resumed = time.perf_counter()

    def _rest(self) -> Pauses:
        """Pause where enough has been done since the last pause."""
        if time.perf_counter() - self._resumed >= WORK:
            yield from self._pause()

    # --- work ---------------------------------------------------------------------------------

    def _prepare(self) -> Pauses:
        """Draw the starts and put configurations together."""
        drawn: list[list[Array]] = []
        for seed in self._plan.seeds or (None,):
            start = self._spec.start if seed is None else SeedStart(seed=seed)
            drawn.append(initial_weights(self._spec.model_copy(update={"start": start})))
            yield from self._rest()
        starts = [np.stack(weights) for weights in zip(*drawn, strict=True)]
        size = 1 if self._in_turn else chunk_size(self._spec, step_rows(self._spec))
        piece = chunk_size(self._spec, max(row_count(self._spec), row_count(self._spec, "test")))
        climbs = bool(self._grid.entry.params.get("maximize"))
        for numbers in self._grid.groups(size):
            own = [start[self._grid.seeds(numbers)] for start in starts]
            self._chunks.append(Chunk(numbers, self._networks(numbers, own), piece, climbs))
            yield from self._rest()

    def _networks(self, numbers: Array, starts: list[Array]) -> Stack | Single:
        if self._in_turn:
            entry = self._grid.entry_of(int(numbers[0]))
            return Single(self._objective, self._spec, entry, [start[0] for start in starts])
        hyper = self._grid.hyper(numbers)
        if self._grid.entry.code is not None:
            opened = OwnEntry(self._spec, self._grid.entry)  # a module of its own, and so state of its own
            return OwnStack(self._spec, self._grid.entry, opened, starts, hyper)
        return Stack(self._objective, self._grid.entry, starts, hyper)

    def _measure(self) -> Pauses:
        for chunk in self._chunks:
            for first in chunk.pieces:
                chunk.measure(first)
                yield from self._rest()

    def _round(self) -> Pauses:
        """Take as many steps of every configuration as fit the time between two parts."""
        began = self._seconds
        steps = min(max(int(BETWEEN_PARTS / 2 / self._step_time), 1), MOST_AT_ONCE, self._plan.steps - self.step)
        turns = [self._turn(self.step + ahead) for ahead in range(1, steps + 1)]
        for chunk in self._chunks:
            done = steps if chunk.is_lost else 0
            while done < steps:
                done += chunk.advance(turns[done:], WORK - (time.perf_counter() - self._resumed))
                yield from self._rest()
        self.step += steps
        self._step_time = max((self._seconds - began) / steps, 1e-7)

    def _turn(self, step: int) -> Turn:
        rows = self._batches.rows(step)
        if rows is None or self._batches.per_epoch == 1:
            return Turn(rows, 1.0, True)
        count = rows.stop - rows.start if isinstance(rows, slice) else len(rows)
        return Turn(rows, count / row_count(self._spec), step % self._batches.per_epoch == 0)

    def _part(self) -> SweepPart:
        shape = self._grid.shape
        losses, tested, best = np.empty((3, self._grid.count))
        diverged = np.empty(self._grid.count, bool)
        for chunk in self._chunks:
            losses[chunk.numbers], tested[chunk.numbers] = chunk.reached, chunk.tested
            best[chunk.numbers], diverged[chunk.numbers] = chunk.best, chunk.diverged
        state = "finished" if self.step == self._plan.steps else "running"
        losses, best, diverged = losses.reshape(shape), best.reshape(shape), diverged.reshape(shape)
        test = tested.reshape(shape) if row_count(self._spec, "test") else None
        part = SweepPart(self._job, self._plan, self.step, losses, best, diverged, self._seconds, state, test)
        return part._replace(in_turn=self._in_turn)
