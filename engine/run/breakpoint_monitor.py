"""Whether a run is to stop: breakpoints, and numbers that are not finite, looked for in a block of steps at once.

What is looked at are the records of the lanes, after the block was taken; the run then goes back to
before the step that is to be looked into. So a condition costs next to nothing while it is not met.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane.batches import Rows
from engine.parity.pair import Pair
from engine.parity.records import Record
from engine.recording.probe import LineProbe, Place
from engine.spec import Breakpoint, ConditionBreakpoint, ExperimentSpec, LineBreakpoint, StageBreakpoint, complete

from .block_run import LaneBlock


class Block(NamedTuple):
    """Hold a step on each of ``batches`` after step ``done``: each lane's block and record, measured, not recorded
    yet.

    ``spec`` has their hyperparameters. ``lines``: how often each DIY lane, by its entry, ran lines that are watched.
    """

    spec: ExperimentSpec
    done: int
    batches: Sequence[Rows]
    lane_blocks: Sequence[LaneBlock]
    records: Mapping[int, Record]
    pairs: Sequence[Pair]
    lines: Mapping[int, Counter[Place]]

    @property
    def size(self) -> int:
        return len(self.batches)

    def rows(self, lane: int, group: str) -> Array:
        """Return the numbers of a group of a lane's tensors after each step, (steps, size)."""
        return self.records[lane].rows(group, self.size)


class LaneName(NamedTuple):
    id: str
    entry: int
    backend: str


class Hit(NamedTuple):
    """Say why the run stops in ``step``. ``breakpoint`` None: a number is not finite, in the lanes ``broken``."""

    step: int
    entry: int
    breakpoint: int | None
    lane: str | None = None
    value: float | None = None
    broken: tuple[int, ...] = ()


class MonitorKept(NamedTuple):
    """Hold in which steps each breakpoint was ``met``, the lanes whose numbers are ``broken``, and where it stopped."""

    met: tuple[Array, ...]
    broken: tuple[int, ...]
    passed: int


class Found(NamedTuple):
    """Hold a breakpoint's hits in a block: which rows, and for each row the lane and the value measured."""

    rows: Array  # of bool
    tell: Callable[[int], tuple[int, str | None, float | None]]


class BreakpointMonitor:
    """Watch for breakpoints. ``lanes`` in the order of the run's; each needs a record while it is watched."""

    def __init__(self, lanes: Sequence[LaneName]):
        self._lanes = lanes
        self.breakpoints: tuple[Breakpoint, ...] = ()
        self.probe: LineProbe | None = None  # of the lines that enabled breakpoints stand on, if any do
        self.hits: list[int] = []  # of each breakpoint, up to the step stood at or stopped in
        self._met: list[array[int]] = []  # the steps that each was met in, in order
        self._before: dict[tuple[int, int], float] = {}  # of a condition and a lane, at the step before
        self._broken: set[int] = set()  # lanes whose numbers have stopped the run already
        self.passed = 0  # the step in which the run was stopped last: it is not stopped there again
        self._over = 0  # a step in which no breakpoint stops the run, though it counts

    def set_breakpoints(self, breakpoints: Sequence[Breakpoint]) -> None:
        self.breakpoints = tuple(breakpoints)
        lines = {(one.file, one.line) for one in breakpoints if one.enabled and isinstance(one, LineBreakpoint)}
        self.probe = LineProbe(lines) if lines else None
        self._met = [array("q") for _ in breakpoints]
        self.stand(0)

    def stand(self, step: int, stopped_in: int = 0) -> None:
        """Follow the run, which was taken to ``step``, by a search to before the step that it is ``stopped_in``.

        Hits are those that it had there.
        """
        self.passed, self._over = stopped_in, 0
        self._count(stopped_in or step)

    def kept(self) -> MonitorKept:
        """Return what was found of the run so far."""
        return MonitorKept(
            tuple(np.array(met, np.int64) for met in self._met), tuple(sorted(self._broken)), self.passed
        )

    def restore(self, kept: MonitorKept) -> None:
        """Take what was found of an earlier run with the same breakpoints."""
        self._met = [array("q", met.tolist()) for met in kept.met]
        self._broken, self.passed = set(kept.broken), kept.passed

    def _count(self, step: int) -> None:
        self.hits = [bisect_right(met, step) for met in self._met]

    def go_over(self, step: int) -> None:
        """Stop at no breakpoint in this step: its lines have been gone through."""
        self._over = step

    def forget(self, step: int) -> None:
        """Forget what came after ``step``: numbers may break again in the new future, and hits are counted again."""
        self._broken.clear()
        for met in self._met:
            del met[bisect_right(met, step) :]
        self.stand(step)

    def remember(self, newest: Block | None) -> None:
        """Take down what conditions that look one step back must know of the ``newest`` steps taken; None: of none."""
        self._before.clear()
        if newest is None:
            return
        for place, one in enumerate(self.breakpoints):
            if isinstance(one, ConditionBreakpoint) and one.op == "rises":
                for number, (_, _, values) in enumerate(self._sources(one, newest)):
                    self._before[place, number] = float(values[-1])

    def look(self, block: Block) -> Hit | None:
        """Return the block's first step to stop in; hits are counted up to it."""
        broken = self._not_finite(block)
        found = dict(self._found(block))
        stops = {place: row for place, one in found.items() if (row := self._stop_row(place, one, block)) is not None}
        rows = [*stops.values(), *([broken[0]] if broken else [])]
        last = min(rows, default=block.size - 1)
        for place, one in found.items():
            _meet(self._met[place], np.flatnonzero(one.rows[: last + 1]) + block.done + 1)
        self._count(block.done + last + 1)
        if not rows:
            return None
        self.passed = block.done + last + 1
        if broken and broken[0] == last:
            self._broken.update(broken[1])
            return Hit(self.passed, self._lanes[broken[1][0]].entry, None, broken=tuple(broken[1]))
        place = next(place for place, row in stops.items() if row == last)
        return Hit(self.passed, *_reordered(found[place].tell(last), place))

    def last_hit(self, block: Block, before: int) -> Hit | None:
        """Return the block's last step before step ``before`` that a breakpoint holds in, however often it has held."""
        best: Hit | None = None
        for place, one in self._found(block):
            rows = [int(row) for row in np.flatnonzero(one.rows) if block.done + row + 1 < before]
            if rows and (best is None or block.done + rows[-1] + 1 > best.step):
                best = Hit(block.done + rows[-1] + 1, *_reordered(one.tell(rows[-1]), place))
        return best

    def _stop_row(self, place: int, found: Found, block: Block) -> int | None:
        counts = bisect_right(self._met[place], block.done) + np.cumsum(found.rows)
        stops = found.rows & (counts >= self.breakpoints[place].hits)
        told = (self.passed, self._over)
        return next((int(row) for row in np.flatnonzero(stops) if block.done + row + 1 not in told), None)

    def _found(self, block: Block) -> Iterator[tuple[int, Found]]:
        for place, one in enumerate(self.breakpoints):
            if one.enabled:
                yield place, self._holds(place, one, block)

    def _holds(self, place: int, one: Breakpoint, block: Block) -> Found:
        if isinstance(one, ConditionBreakpoint):
            return self._condition(place, one, block)
        entries = [lane.entry for lane in self._lanes if lane.backend == "diy"]
        if isinstance(one, StageBreakpoint):
            network = block.spec.network
            is_there = one.layer is None or (network is not None and one.layer <= len(network.layers))
            rows = np.full(block.size, bool(entries) and is_there)
        else:
            entries = [entry for entry in entries if block.lines.get(entry, {}).get((one.file, one.line))]
            rows = np.full(block.size, bool(entries))
        return Found(rows, lambda _: (entries[0], None, None))

    # --- conditions --------------------------------------------------------------------------

    def _condition(self, place: int, one: ConditionBreakpoint, block: Block) -> Found:
        sources = list(self._sources(one, block))
        held = [
            _compare(one, self._before.get((place, number), np.nan), values)
            for number, (_, _, values) in enumerate(sources)
        ]
        rows = np.any(held, axis=0) if held else np.zeros(block.size, bool)

        def tell(row: int) -> tuple[int, str | None, float | None]:
            entry, name, values = next(source for source, holds in zip(sources, held, strict=True) if holds[row])
            return entry, name, float(values[row])

        return Found(rows, tell)

    def _sources(self, one: ConditionBreakpoint, block: Block) -> Iterator[tuple[int, str, Array]]:
        """Yield the entry, the name and the values of every lane or pair that the condition is of."""
        if one.quantity.startswith("parity"):
            for pair in block.pairs:
                if one.lane in (None, label := block.spec.labels[pair.entry]):
                    distances = _parity_of(one.quantity, pair)
                    yield pair.entry, label, distances
            return
        for place, lane in enumerate(self._lanes):
            if one.lane in (None, lane.id):
                yield lane.entry, lane.id, _measured(one.quantity, place, lane, block)

    # --- numbers that are not finite ---------------------------------------------------------

    def _not_finite(self, block: Block) -> tuple[int, list[int]] | None:
        """Find the first row in which a lane's numbers break, and which lanes do; None while all are well."""
        if all(pair.comparison.all_finite for pair in block.pairs) and len(block.pairs) * 2 == len(self._lanes):
            return None
        rows: dict[int, int] = {}
        for place in block.records.keys() - self._broken:
            if (row := block.records[place].first_broken(block.size)) is not None:
                rows[place] = row
        first = min(rows.values(), default=None)
        return None if first is None else (first, sorted(place for place, row in rows.items() if row == first))


def _meet(met: "array[int]", steps: Array) -> None:
    """Take down steps; those that a run has come by again are there already."""
    for step in steps.tolist():
        if not met or step > met[-1]:
            met.append(step)
        elif met[place := bisect_left(met, step)] != step:
            met.insert(place, step)


def _parity_of(quantity: str, pair: Pair) -> Array:
    """Each step's largest distance, absolute or in ULPs."""
    return pair.comparison.distances.max(axis=1) if quantity == "parity_abs" else pair.comparison.largest_ulps()


def _measured(quantity: str, place: int, lane: LaneName, block: Block) -> Array:
    if quantity == "loss":
        return np.asarray(block.lane_blocks[place].losses, float)
    if quantity == "lr":
        if block.lane_blocks[place].rates:  # of a schedule; the record's are rounded
            return np.asarray(block.lane_blocks[place].rates)
        entry = block.spec.optimizers[lane.entry]
        return np.full(block.size, float(complete(entry.name, entry.params).lr))
    rows = block.rows(place, "grad" if quantity == "grad_norm" else "weight").astype(float)
    return np.sqrt(np.einsum("ij,ij->i", rows, rows))


def _compare(one: ConditionBreakpoint, before: float, values: Array) -> Array:
    """Where the condition holds; ``before`` is the value at the step before the first."""
    if one.op == "not_finite":
        return ~np.isfinite(values)
    assert one.value is not None
    if one.op == "rises":
        return values > one.value * np.concatenate([[before], values[:-1]])
    return values < one.value if one.op == "<" else values > one.value


def _reordered(told: tuple[int, str | None, float | None], place: int) -> tuple[int, int, str | None, float | None]:
    entry, name, value = told
    return entry, place, name, value
