"""The diy and the torch lane of one optimizer entry: measured every step, judged when out of tolerance."""

from collections.abc import Sequence
from typing import NamedTuple

from numpy import ndarray as Array

from engine.batches import Rows
from engine.judge import judge
from engine.lane import Lane, Snapshot
from engine.layout import GROUPS, layout_of
from engine.meter import Meter
from engine.protocol import Distance, Divergence, PairParity, Verdict
from engine.spec import ExperimentSpec


class PairState(NamedTuple):
    """What a pair knows of its past: kept with every checkpoint, so that a replay comes to the same verdicts."""

    worst: Array
    left_at: int | None
    left: Distance | None
    divergence: Divergence | None
    judge_next_from: int


class Pair:
    """``spec`` holds the hyperparameters in force; the run keeps it up to date."""

    def __init__(self, spec: ExperimentSpec, entry: int, torch: Lane):
        self.spec, self.entry = spec, entry
        self._torch = torch
        self.meter = Meter(layout_of(spec, entry), spec.dtype)
        self._before: Snapshot | None = None  # None: the meter has what torch's lane was before the newest step
        self._judge_next_from = 0
        self._measured = False
        self.left_at: int | None = None
        self.left: Distance | None = None
        self.divergence: Divergence | None = None
        self.begin()

    def begin(self, state: PairState | None = None) -> None:
        """The lanes stand where no step has led them: at the start, or restored, and then with what was known there."""
        self._before, self._measured = self._torch.snapshot(), False
        if state is not None:
            worst, self.left_at, self.left, self.divergence, self._judge_next_from = state
            self.meter.worst[:] = worst

    def state(self) -> PairState:
        return PairState(self.meter.worst.copy(), self.left_at, self.left, self.divergence, self._judge_next_from)

    def measure(self, count: int) -> None:
        """Compare a block of ``count`` steps that both lanes have taken."""
        self.meter.compare(count)
        self._measured = True

    def settle(self, done: int, batches: Sequence[Rows]) -> None:
        """Take the block that was measured, which begins with step ``done`` + 1, into the pair's past."""
        self.meter.remember()
        if self.divergence is None and done + len(batches) >= self._judge_next_from:
            for row in self.meter.outside():
                if self.divergence is None and done + row >= self._judge_next_from:
                    self._judge(done + row, row, batches[row - 1], len(batches) - row + 1)
        self._before = None

    def _judge(self, step: int, row: int, rows: Rows, back: int) -> None:
        """Judge this step, ``back`` steps ago; a pair found drifting is judged again when its run has doubled."""
        if self.left_at is None:
            self.left_at, self.left = step, self.meter.farthest_excess(row)
        self._judge_next_from = 2 * step
        at_start = self._before if row == 1 else None
        before = at_start or self._torch.before(back, self.meter.torch_before(row))
        self.divergence = judge(self.spec, self.entry, before, rows, step)

    @property
    def verdict(self) -> Verdict:
        if self.divergence is not None:
            return "diverged"
        return "lockstep" if self.left_at is None else "drift"

    def parity(self) -> PairParity:
        groups = {group: self.meter.group(group) if self._measured else None for group in GROUPS}
        return PairParity(
            label=self.spec.labels[self.entry],
            **groups,
            worst=float(self.meter.worst.max()),
            verdict=self.verdict,
            left_at=self.left_at,
            left=self.left,
            divergence=self.divergence,
        )
