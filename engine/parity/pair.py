"""The diy and the torch lane of one optimizer entry: compared and screened every step, judged at some."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.diy.closure import takes_closure
from engine.judge.docket import Case, Docket
from engine.judge.drift import DriftMonitor, DriftState
from engine.judge.finite import first_not_finite
from engine.judge.footing import Footing
from engine.judge.log_verdict import LogVerdict
from engine.judge.own_reference import ReferenceUpdates
from engine.judge.own_update import OwnUpdates
from engine.judge.screen import Screen, ScreenState
from engine.lane.batches import Batches
from engine.lane.evaluation import steps_between_copies
from engine.lane.lane import Lane, Snapshot
from engine.lane.layout import GROUPS, layout_of
from engine.lane.log_lane import LogLane
from engine.lane.own_lane import OwnLane
from engine.lane.stage import stage_of
from engine.protocol import Drift, Instability, Mismatch, NotFinite, PairParity, Verdict
from engine.spec import ExperimentSpec, files_of_entry, optimizer_module

from .comparison import comparison_of

SEARCHES = 16  # steps of LBFGS that are all judged: by then it mostly has found its minimum
FOOTING_EVERY = 8  # steps: torch's lane is copied for it


class PairState(NamedTuple):
    """Keep a pair's memory of its past with every checkpoint, so that a replay comes to the same."""

    worst: Array
    changed_at: int  # the step after which its hyperparameters are those in force
    is_clipped: bool  # whether a clip has had an effect since
    screen: ScreenState
    drift: DriftState

    def arrays(self) -> Iterator[Array]:
        """Yield all that takes memory in it."""
        yield self.worst
        yield from self.screen
        if self.drift.apart is not None:
            yield self.drift.apart


class Pair:
    """Compare an entry's two lanes. ``spec`` holds the hyperparameters in force; the run keeps it up to date.

    ``changes``: asked for the steps after which the lanes ran other own code than before.
    """

    def __init__(
        self, spec: ExperimentSpec, entry: int, lanes: Mapping[str, Lane], batches: Batches, docket: Docket,
        changes: Callable[[], Sequence[int]] = tuple,
    ):  # fmt: skip
        self.spec, self.entry, self._changes = spec, entry, changes
        self._lanes, self._batches, self._docket = lanes, batches, docket
        self._files = files_of_entry(spec, entry)
        self.comparison = comparison_of(layout_of(spec, entry), spec.dtype)
        # Loss and gradients flicker from batch to batch; what is wrong in them goes into weights or states, and stays.
        layout = layout_of(spec, entry)
        self._kept = slice(1 + len(layout.weights), None)
        self._screen = Screen(len(layout.shapes) - self._kept.start, spec.dtype)
        self._drift = DriftMonitor()
        self._footings: deque[Footing] = deque(maxlen=2)
        self._footing_every = min(FOOTING_EVERY, steps_between_copies(spec))
        self._searches = takes_closure(optimizer_module(spec.optimizers[entry].name))
        self._changed_at, self._is_clipped = 0, False
        self._not_finite: NotFinite | None = None  # kept apart from the docket: it is seen at once
        self._step, self._measured = 0, False
        self._own: OwnUpdates | LogVerdict | None = None
        self._log_ends: int | None = None  # the step after which there is no other
        if isinstance(log := lanes["diy"], LogLane):
            self._log_ends = len(log.log)
            self._own = LogVerdict(spec, entry, log, log.start, batches)

    # --- stepping ----------------------------------------------------------------------------

    def begin(self, step: int, state: PairState | None = None) -> None:
        """Begin where no step has led the lanes: at the start, or restored, and then with what was known there."""
        self._step, self._measured = step, False
        self._footings.clear()
        if state is not None:
            self.comparison.worst[:] = state.worst
            self._changed_at, self._is_clipped = state.changed_at, state.is_clipped
            self._screen.state, self._drift.state = state.screen, state.drift

    def state(self) -> PairState:
        return PairState(
            self.comparison.worst.copy(), self._changed_at, self._is_clipped, self._screen.state, self._drift.state
        )

    def change(self, spec: ExperimentSpec, step: int) -> None:
        """Put other hyperparameters in force after ``step``."""
        is_other = any((spec.code or {})[file] != (self.spec.code or {})[file] for file in self._files)
        if is_other or spec.optimizers[self.entry] != self.spec.optimizers[self.entry]:
            self._changed_at, self._is_clipped = step, False
            self._footings.clear()
        self.spec = spec

    def stand(self, step: int) -> None:
        """Remember, now and then, where the lanes are: a block of steps after ``step`` is about to be taken."""
        self.comparison.begin(step)
        every = 1 if self._searches else self._footing_every
        if not self._footings or step - self._footings[-1].step >= every or self._is_due(step + 1):
            snapshots = {backend: _standing(lane) for backend, lane in self._lanes.items()}
            self._footings.append(Footing(self.spec, self.entry, step, snapshots, self._batches))

    def next_look(self, step: int) -> int:
        """Return the end of a block after ``step``: a power of two, at which the lanes' drift is looked at, or just
        before it, so that it is judged from where the lanes then stand.
        """
        if self._searches:  # what is saved by taking several in one go is nothing beside one of its steps
            return step + 1
        end = self._changed_at + (1 << (step - self._changed_at).bit_length())
        return end - 1 if end - 1 > step else end

    def measure(self, count: int) -> None:
        """Compare a block of ``count`` steps that both lanes have taken."""
        self.comparison.compare(count)
        self._measured = True

    def settle(self, done: int, count: int) -> None:
        """Take the block that was measured, which begins with step ``done`` + 1, into the pair's past."""
        self.comparison.remember()
        self._step = done + count
        sudden = self._screen.sudden(
            done, self.comparison.distances[:, self._kept], self.comparison.magnitudes[..., self._kept]
        )
        if self._drift.state.since is None and (row := self.comparison.first_outside()) is not None:
            self._drift.leave(done + row + 1)
        if is_power_of_two(self._step - self._changed_at):
            self._drift.look(*self.comparison.newest("weight"))
        if not self.comparison.all_finite:
            sudden += self._look_for_not_finite(done, count)
        if self.spec.optimizers[self.entry].schedule is not None:  # which counts on at the end of the step before
            sudden += [step - 1 for step in sudden]
        for step in sorted({*self._due(done, count), *sudden}):
            self._summon(step)

    def _due(self, done: int, count: int) -> list[int]:
        """List the steps of the block that are judged in any case."""
        steps = [step for step in range(done + 1, done + count + 1) if self._is_due(step)]
        if not self._is_clipped and (row := self._first_clipped(count)) is not None:
            self._is_clipped = True
            steps.append(done + row + 1)
        return steps

    def _is_due(self, step: int) -> bool:
        """1, 2, 4, 8 … after the start and after a change; twice as many where the lanes part steadily, and the first
        batch of another size. Of LBFGS more, as each of its steps searches another way.
        """
        since = step - self._changed_at
        if is_power_of_two(since) or step == self._batches.per_epoch or step == self._log_ends:
            return True
        if self._searches:
            return since <= SEARCHES or since % 2 ** (since.bit_length() - 3) == 0
        return self._drift.state.growth == "steady" and since % max(1, 2 ** (since.bit_length() - 2)) == 0

    def _first_clipped(self, count: int) -> int | None:
        """Find the first row whose gradients are as large as their clip allows; of large ones only the last is seen."""
        clip = self.spec.optimizers[self.entry].clip
        if clip is None:
            return None
        rows = self.comparison.torch.rows("grad", count).astype(np.float64)
        with np.errstate(all="ignore"):
            if clip.norm is not None:
                bound = np.sqrt(np.einsum("ij,ij->i", rows, rows)) >= clip.norm * 0.999
            else:
                bound = np.abs(rows).max(axis=1) >= (clip.value or 0.0)
        return count - len(bound) + int(np.argmax(bound)) if bound.any() else None

    def _look_for_not_finite(self, done: int, count: int) -> list[int]:
        """Find out where numbers broke, and have that step judged."""
        broken = [record.first_broken(count) for record in (self.comparison.diy, self.comparison.torch)]
        rows = [row for row in broken if row is not None]
        if not rows:
            return []
        step = done + min(rows) + 1
        if self._not_finite is None or step < self._not_finite.step:
            footing = self._footing_for(step)
            one = self.spec.optimizers[self.entry]
            if one.code is not None or one.log is not None:
                self._not_finite = self._seen_broken(step, min(rows), count)
            elif footing is not None:
                self._not_finite = first_not_finite(footing, step)
        return [step]

    def _seen_broken(self, step: int, row: int, count: int) -> NotFinite | None:
        """Return the first value that is not finite among those compared: own code takes no step twice for it."""
        layout = layout_of(self.spec, self.entry)
        for group in ("loss", "grad", "weight"):
            sides = {"diy": self.comparison.diy.rows(group, count), "torch": self.comparison.torch.rows(group, count)}
            broken = {side: ~np.isfinite(rows[min(row, len(rows) - 1)]) for side, rows in sides.items()}
            found = tuple(side for side, where in broken.items() if where.any())
            if found:
                place = layout.part_of(group).start + int(np.argmax(broken[found[0]]))
                name, index = layout.place_of(place)
                return NotFinite(step, stage_of(name), name, index, found)
        return None

    def _footing_for(self, step: int) -> Footing | None:
        return next((footing for footing in reversed(self._footings) if footing.step < step), None)

    def judge_newest(self) -> None:
        """Have the step stood at judged."""
        self._summon(self._step)

    def _summon(self, step: int) -> None:
        footing = self._footing_for(step)
        if footing is not None and not (self._not_finite is not None and self._not_finite.step < step):
            self._docket.put(self.case(step, footing))

    def case(self, step: int, footing: Footing) -> Case:
        """Return a step that is to be judged from where the lanes stood before."""
        return Case(step, self.entry, footing, self._own_updates(), self._since(step))

    def _since(self, step: int) -> int:
        """Return the step after which the own code ran that has taken ``step``; 0 where it ran from the start."""
        return max((one for one in self._changes() if one < step), default=0) if self._files else 0

    def _own_updates(self) -> OwnUpdates | LogVerdict | None:
        """Return the judge of the updates of the own code at hand, or of a log, where the pair has either."""
        lane, twin = self._lanes["diy"], self._lanes["torch"]
        made = lane.made if isinstance(lane, OwnLane) else None
        if made is None or isinstance(self._own, LogVerdict):
            return self._own
        reference = twin.ran if isinstance(twin, OwnLane) else ()
        key = (*made.key, *((one.since, one.text) for one in reference))
        if self._own is None or self._own.key != key:
            kind = ReferenceUpdates if reference else OwnUpdates
            self._own = kind(self.spec, self.entry, made._replace(reference=reference))
        return self._own

    @property
    def not_finite(self) -> NotFinite | None:
        """Return where the pair's numbers first stopped being finite, wherever the run stands."""
        return self._not_finite

    @not_finite.setter
    def not_finite(self, found: NotFinite | None) -> None:
        self._not_finite = found

    def truncate(self, step: int) -> None:
        """Forget what comes after ``step``."""
        if self._not_finite is not None and self._not_finite.step > step:
            self._not_finite = None

    # --- what it is --------------------------------------------------------------------------

    def parity(self) -> PairParity:
        """Return how the pair stands at the step stood at."""
        since = self._since(self._step)
        finding, judged = (
            self._docket.finding(self.entry, self._step, since),
            self._docket.last_judged(self.entry, self._step),
        )
        before = self._docket.finding(self.entry, since)
        broken = self._not_finite
        if broken is not None and (broken.step > self._step or (finding is not None and finding.step <= broken.step)):
            broken = None
        if broken is not None:
            finding = None
        groups = {group: self.comparison.group(group) if self._measured else None for group in GROUPS}
        return PairParity(
            label=self.spec.labels[self.entry],
            **groups,
            worst=float(self.comparison.worst.max()),
            verdict=_verdict(finding, broken),
            mismatch=finding if isinstance(finding, Mismatch) else None,
            unstable=finding if isinstance(finding, Instability) else None,
            not_finite=broken,
            drift=self._drifted() if before is None else None,
            judged=judged if judged > since else 0,
            updates_judged=None if self._own is None else self._own.reach(self._step),
            since=since,
            before=before,
            inherits=self._docket.has_inherited(self.entry, self._step, since),
            unlogged=self._own.unjudged if isinstance(self._own, LogVerdict) else None,
        )

    def _drifted(self) -> Drift | None:
        since, growth, _ = self._drift.state
        return None if since is None else Drift(since, float(self.comparison.worst.max()), growth)


def _standing(lane: Lane) -> Snapshot:
    """Return where a lane stands; of own code, which is judged by its history, the weights alone."""
    return lane.weights_alone() if isinstance(lane, OwnLane) else lane.snapshot()


def _verdict(finding: Mismatch | Instability | None, broken: NotFinite | None) -> Verdict:
    if broken is not None:
        return "not_finite"
    if finding is None:
        return "lockstep"
    return "differs" if isinstance(finding, Mismatch) else "unstable"


def is_power_of_two(count: int) -> bool:
    return count > 0 and count & (count - 1) == 0
