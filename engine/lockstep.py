"""Advances all lanes step by step over the same batches, and compares the pairs."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.batches import Batches, Rows
from engine.judge import judge
from engine.lane import Lane, Snapshot, make_lane
from engine.layout import GROUPS
from engine.meter import MOST_ROWS, Meter, Record
from engine.protocol import Distance, Divergence, PairParity, Verdict
from engine.series import Series
from engine.spec import ExperimentSpec, torch_state, weight_shapes
from engine.start import initial_weights


class LaneOf(NamedTuple):
    """A lane and whose it is: ``id`` is ``<label>/<backend>``, ``entry`` the optimizer's index."""

    id: str
    entry: int
    backend: str
    lane: Lane


class Lockstep:
    """A run: every lane from equal weights over equal batches.

    ``parity`` off compares nothing, ``history`` off remembers no losses but the newest.
    """

    def __init__(self, spec: ExperimentSpec, *, parity: bool = True, history: bool = True):
        self.spec = spec
        self.step = 0
        self.start = initial_weights(spec)
        self.batches = Batches(spec)
        self.names = tuple(weight_shapes(spec.network, len(spec.data.x[0])))
        self.lanes = [
            LaneOf(f"{label}/{backend}", entry, backend, make_lane(spec, entry, backend, self.start))
            for entry, label in enumerate(spec.labels)
            for backend in spec.optimizers[entry].backends
        ]
        self.losses: list[float] = [float("nan")] * len(self.lanes)  # at the newest step
        self.series = [Series() for _ in self.lanes] if history else []
        self.pairs = list(self._pairs()) if parity else []
        self._records = {place: record for pair in self.pairs for place, record in pair.records.items()}
        self._block = min((pair.meter.rows for pair in self.pairs), default=MOST_ROWS)

    def _pairs(self):
        by_entry: dict[int, dict[str, int]] = {}
        for index, lane in enumerate(self.lanes):
            by_entry.setdefault(lane.entry, {})[lane.backend] = index
        for entry, places in by_entry.items():
            if len(places) == 2:
                yield Pair(self.spec, entry, self.lanes, places["diy"], places["torch"])

    def advance(self, steps: int = 1) -> None:
        """Take ``steps`` steps. Overflow and NaN are values here, to be seen; they warn nobody.

        The lanes take turns by the block, not by the step: torch and NumPy run faster undisturbed.
        """
        with np.errstate(all="ignore"):
            target = self.step + steps
            while self.step < target:
                self._advance(min(target - self.step, self._block))

    def _advance(self, count: int) -> None:
        """Take a block of steps with every lane, then compare the pairs over it."""
        batches = [self.batches.rows(self.step + number) for number in range(1, count + 1)]
        for pair in self.pairs:
            pair.meter.begin()
        for index, one in enumerate(self.lanes):
            losses = _run(one.lane, batches, self._records.get(index))
            self.losses[index] = losses[-1]
            if self.series:
                self.series[index].extend(losses)
        self.step += count
        for pair in self.pairs:
            pair.compare(self.step - count, batches)

    def set_params(self, entry: int, params: Mapping[str, Any]) -> None:
        """Give an optimizer entry other hyperparameters from the next step on."""
        if not 0 <= entry < len(self.spec.optimizers):
            raise IndexError(f"there is no optimizer entry {entry}")
        entries = list(self.spec.optimizers)
        entries[entry] = entries[entry].model_copy(update={"params": dict(params)})
        self.spec = self.spec.model_copy(update={"optimizers": tuple(entries)})
        for lane in self.lanes:
            if lane.entry == entry:
                lane.lane.set_params(params)
        for pair in self.pairs:
            pair.spec = self.spec

    def lane_of(self, entry: int, backend: str) -> Lane | None:
        return next((one.lane for one in self.lanes if (one.entry, one.backend) == (entry, backend)), None)

    def parity(self) -> tuple[PairParity, ...]:
        """Where every pair stands at the newest step."""
        return tuple(pair.parity() for pair in self.pairs)


def _run(lane: Lane, batches: Sequence[Rows], record: Record | None) -> list[float]:
    """Take a step on each batch; the losses."""
    losses: list[float] = []
    for row, rows in enumerate(batches, start=1):
        loss = lane.step(rows)
        losses.append(loss)
        if record is not None:
            record.put(row, [loss, *lane.tensors()])
    return losses


class Pair:
    """The diy and the torch lane of one optimizer entry."""

    def __init__(self, spec: ExperimentSpec, entry: int, lanes: list[LaneOf], diy: int, torch: int):
        self.spec, self.entry = spec, entry
        self._torch = lanes[torch].lane
        shapes = weight_shapes(spec.network, len(spec.data.x[0]))
        self.meter = Meter(shapes, tuple(torch_state(spec.optimizers[entry].name)), spec.dtype)
        self.records = {diy: self.meter.diy, torch: self.meter.torch}  # by the lane's place
        self._before: Snapshot | None = None  # None: the meter has what torch's lane was before the newest step
        self._judge_next_from = 0
        self._measured = False
        self.left_at: int | None = None
        self.left: Distance | None = None
        self.divergence: Divergence | None = None
        self.begin()

    def begin(self) -> None:
        """The lanes stand where no step has led them: at the start, or restored."""
        self._before = self._torch.snapshot()

    def compare(self, done: int, batches: Sequence[Rows]) -> None:
        """Compare a block of steps, the first of which is step ``done`` + 1."""
        self.meter.compare(len(batches))
        self._measured = True
        if self.divergence is None and done + len(batches) >= self._judge_next_from:
            for row in self.meter.outside():
                if self.divergence is None and done + row >= self._judge_next_from:
                    self._judge(done + row, row, batches[row - 1])
        self._before = None

    def _judge(self, step: int, row: int, rows: Rows) -> None:
        """Judge this step; a pair found drifting is judged again when its run has doubled."""
        if self.left_at is None:
            self.left_at, self.left = step, self.meter.farthest_excess(row)
        self._judge_next_from = 2 * step
        before = self._before if self._before and row == 1 else self.meter.torch_before(row)
        self.divergence = judge(self.spec, self.entry, before, rows, step)

    @property
    def verdict(self) -> Verdict:
        if self.divergence is not None:
            return "diverged"
        return "lockstep" if self.left_at is None else "drift"

    def parity(self) -> PairParity:
        measured = self._measured
        groups = {group: self.meter.group(group) if measured else None for group in GROUPS}
        worst = float(self.meter.worst.max())
        return PairParity(
            label=self.spec.labels[self.entry],
            **groups,
            worst=worst,
            verdict=self.verdict,
            left_at=self.left_at,
            left=self.left,
            divergence=self.divergence,
        )
