"""Advances all lanes step by step over the same batches, compares the pairs, and finds its way in time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.judge.docket import Docket
from engine.judge.screen import begins_span
from engine.lane.accuracy import accuracy
from engine.lane.batches import Batches, Rows
from engine.lane.diy_lane import DiyLane
from engine.lane.evaluation import steps_between_copies
from engine.lane.lane import Lane, Snapshot, StepError, naming_step
from engine.lane.layout import layout_of
from engine.lane.own_lane import OwnLane
from engine.own.memory import CannotGoBack
from engine.own.unusable import CannotGoOn, Unusable
from engine.parity.comparison import record_of
from engine.parity.pair import Pair
from engine.parity.records import MOST_ROWS, Record, is_large, rows_of
from engine.protocol import Branch, Change, PairParity
from engine.recording.probe import Place
from engine.spec import ExperimentSpec, RowsFor, class_kind, files_of_entry, shapes_of, text_of_code

from .block_run import LaneBlock, RowError, Wanted, take
from .branches import Branches
from .breakpoint_monitor import Block, BreakpointMonitor, Hit, LaneName
from .checkpoints import Checkpoint, Checkpoints
from .hyperparameter_changes import HyperparameterChanges
from .run_record import RunRecord
from .series import Series
from .trajectories import Plane, Trajectories, flat

NAN = float("nan")
CHECKPOINT_EVERY = 64  # steps at the most between two checkpoints, before they thin out


class LaneOf(NamedTuple):
    """Hold a lane and whose it is: ``id`` is ``<label>/<backend>``, ``entry`` the optimizer's index."""

    id: str
    entry: int
    backend: str
    lane: Lane


class Before(NamedTuple):
    """Hold the state of every lane before a step; ``spec`` has the hyperparameters of that step."""

    spec: ExperimentSpec
    snapshots: tuple[Snapshot, ...]


class Lockstep:
    """Run every lane from equal weights over equal batches.

    It stands after step ``step``; steps up to ``newest`` are recorded, and any of them can be stood at again.
    ``parity`` off compares nothing, ``history`` off remembers no losses but the newest. ``budget``: bytes of memory
    for checkpoints and losses, without which there is no going back. ``changes`` are made when their steps are
    reached; those made by ``set_params`` join them, so that a replay makes them again. ``judge_at_once`` off leaves
    the steps to be judged in the ``docket``, for whoever has time.
    """

    def __init__(
        self,
        spec: ExperimentSpec,
        *,
        parity: bool = True,
        history: bool = True,
        budget: int | None = None,
        changes: Sequence[Change] = (),
        judge_at_once: bool = True,
    ):
        self.spec = spec
        self.step = 0
        self.version = 0  # raised when what is recorded becomes another past, or the next step another one
        self.settled_to = 0  # what is recorded up to here is as it was when somebody last wrote it down
        self.start = initial_weights(spec)
        self.batches = Batches(spec)
        self.names = tuple(shapes_of(spec))
        self.lanes = [
            LaneOf(spec.lane_id(entry, backend), entry, backend, make_lane(spec, entry, backend, self.start))
            for entry, one in enumerate(spec.optimizers)
            for backend in one.backends
        ]
        self._in_turn = sorted(
            enumerate(self.lanes), key=lambda place: place[1].backend
        )  # as comparisons want it: diy first
        self.losses: list[float] = [NAN] * len(self.lanes)  # at the step stood at
        self.run_record = RunRecord(spec, self._lane_names(), self.start) if history else None
        self.series = self.run_record.losses if self.run_record else []
        self.trajectories = self.run_record.trajectories if self.run_record else Trajectories(self.start, ())
        self.surface: tuple[int, Plane] | None = None  # the newest one's job, and where it lies
        self._records: dict[int, Record] = {}
        self.docket, self._judges_at_once = Docket(), judge_at_once
        self.changes = HyperparameterChanges(spec, changes)
        self.pairs = list(self._pairs()) if parity else []
        self.branches = Branches()
        self._changes_made = 0
        self.monitor: BreakpointMonitor | None = None
        self.newest_block: Block | None = None  # the steps taken last, where the run stands at their end
        self._budget = budget or 0
        self.checkpoints = None if budget is None else Checkpoints(budget)
        self.block = min((pair.comparison.rows for pair in self.pairs), default=MOST_ROWS)  # steps taken in one go
        self._is_live = any(is_large(layout_of(spec, one.entry), spec.dtype) for one in self.lanes)
        self._checkpoint_every = min(CHECKPOINT_EVERY, 4 * self.block, steps_between_copies(spec))
        self._last_checkpoint = 0
        self._evaluated: dict[str, tuple[tuple[int, int], list[float]]] = {}  # at which step and version, and what
        self._evaluate_start()
        self._make_changes()
        self._keep_checkpoint()

    def _evaluate_start(self) -> None:
        record = self.run_record
        if record is not None and not record.training.is_of_batches:
            record.training.extend([[loss] for loss in self.training_losses()])
        if record is not None and record.test is not None:
            record.test.extend([[loss] for loss in self.test_losses()])

    def _pairs(self) -> Iterator[Pair]:
        by_entry: dict[int, dict[str, int]] = {}
        for index, lane in enumerate(self.lanes):
            by_entry.setdefault(lane.entry, {})[lane.backend] = index
        for entry, places in by_entry.items():
            if len(places) == 2:
                lanes = {backend: self.lanes[place].lane for backend, place in places.items()}
                changes = partial(self.changes.of_code, files_of_entry(self.spec, entry))
                pair = Pair(self.spec, entry, lanes, self.batches, self.docket, changes)
                self._records |= {places["diy"]: pair.comparison.diy, places["torch"]: pair.comparison.torch}
                yield pair

    @property
    def ends(self) -> int | None:
        """Return the step after which there is no other, as a log ends there; None where there is no log."""
        return min((len(entry.log.numbers) for entry in self.spec.optimizers if entry.log is not None), default=None)

    @property
    def newest(self) -> int:
        """Return the last recorded step."""
        return len(self.series[0]) if self.series else self.step

    # --- stepping ----------------------------------------------------------------------------

    def advance(self, steps: int = 1) -> Hit | None:
        """Take ``steps`` steps, or fewer where the monitor stops the run: then it stands before the step of the Hit.

        Overflow and NaN are values here, to be seen; they warn nobody. The lanes take turns by the block, not by the
        step: torch and NumPy run faster undisturbed.
        """
        with np.errstate(all="ignore"):
            target = self.step + steps if self.ends is None else min(self.step + steps, self.ends)
            while self.step < target:
                block = self._take(self._room(target))
                hit = self.monitor.look(block) if self.monitor else None
                if hit is not None:
                    self._go_back(block.done, hit.step - 1)
                    return hit
                self._settle(block)
        return None

    def replay(self, steps: int) -> None:
        """Take ``steps`` steps that no monitor stops."""
        monitor, self.monitor = self.monitor, None
        try:
            self.advance(steps)
        finally:
            self.monitor = monitor

    def _room(self, target: int) -> int:
        """How many steps the next block may have: no change, and no end of what is recorded, within it."""
        ends = [target, self.step + self.block]
        if self.step < self.newest:
            ends.append(self.newest)
        if (change := self.changes.next_after(self.step)) is not None:
            ends.append(change)
        if self.monitor and (self.monitor.probe or (self._is_live and self.monitor.breakpoints)):
            ends.append(self.step + 1)
        if self.pairs:
            ends += [_before_span(self.step), *(pair.next_look(self.step) for pair in self.pairs)]
        return min(end for end in ends if end > self.step) - self.step

    def _take(self, count: int) -> Block:
        """Take a block of steps with every lane, and measure the pairs over it. Nothing is recorded yet."""
        done = self.step
        batches = [self.batches.rows(done + number) for number in range(1, count + 1)]
        if self.monitor:
            self.monitor.remember(self.newest_block)
        for pair in self.pairs:
            pair.stand(done)
        blocks, lines = self._take_with_all(batches)
        self.step += count
        for pair in self.pairs:
            pair.measure(count)
        self.newest_block = Block(self.spec, done, batches, blocks, self._records, self.pairs, lines)
        return self.newest_block

    def _take_with_all(self, batches: Sequence[Rows]) -> tuple[list[LaneBlock], dict[int, Counter[Place]]]:
        """Let every lane take the steps, and count the lines watched that DIY's ran. Raises StepError."""
        probe = self.monitor.probe if self.monitor else None
        blocks: dict[int, LaneBlock] = {}
        lines: dict[int, Counter[Place]] = {}
        failed: list[StepError] = []
        for index, one in self._in_turn:
            watching = probe if one.backend == "diy" else None
            with watching or nullcontext():
                try:
                    blocks[index] = self._take_with(index, batches)
                except StepError as error:
                    failed.append(error)
            if watching is not None:
                lines[one.entry] = watching.hits
        if failed:  # where torch breaks off too, it is its word that counts
            raise min(failed, key=lambda error: (error.step, error.backend != "torch"))
        return [blocks[index] for index in range(len(self.lanes))], lines

    def _take_with(self, index: int, batches: Sequence[Rows]) -> LaneBlock:
        """Take a block of a lane. Raises StepError: torch divides by zero, say, where numbers have outgrown it."""
        one = self.lanes[index]
        try:
            return take(one.lane, batches, self._records.get(index), self._wanted(index, len(batches)))
        except RowError as error:
            side = self.spec.side(one.entry, one.backend)
            with naming_step(self.spec.labels[one.entry], side, self.step + error.row):
                raise error.__cause__ or error from None

    def _wanted(self, lane: int, count: int) -> Wanted:
        return Wanted() if self.run_record is None else self.run_record.wanted(lane, self.step, count)

    def _settle(self, block: Block) -> None:
        """Record a block: losses, verdicts, and a checkpoint now and then."""
        self.losses = [one.losses[-1] for one in block.lane_blocks]
        if self.run_record is not None and block.done == self.newest:
            self.run_record.extend(block.done, block.lane_blocks)
        for pair in self.pairs:
            pair.settle(block.done, block.size)
        if self._judges_at_once:
            self.docket.finish()
        self._make_changes()
        if self.checkpoints is not None and self.step - self._last_checkpoint >= self._checkpoint_every:
            self._keep_checkpoint()

    def parity(self) -> tuple[PairParity, ...]:
        """Return how every pair stands at the step stood at."""
        return tuple(pair.parity() for pair in self.pairs)

    def training_losses(self) -> list[float]:
        """Return every lane's loss over all training rows, at the weights that it stands at."""
        return self._over_lanes("training loss", lambda lane: lane.training_loss())

    def test_losses(self) -> list[float]:
        """Return every lane's loss over the test rows, at the weights that it stands at; NaN where there are none."""
        return self._over_lanes("test loss", lambda lane: lane.test_loss())

    def accuracies(self, use: RowsFor) -> list[float]:
        """Return each lane's share of rows answered rightly; NaN of targets that are no classes, or of no rows."""
        kind = class_kind(self.spec)
        if kind is None:
            return [NAN] * len(self.lanes)
        assert self.spec.data is not None
        _, y = self.spec.data.arrays(self.spec.dtype, use)
        return self._over_lanes(f"accuracy {use}", lambda lane: accuracy(lane.outputs(use), y, kind))

    def _over_lanes(self, what: str, evaluate: Callable[[Lane], float]) -> list[float]:
        """Return what is found of each lane where it stands, found once; NaN where own code gives no answer."""
        at, known = (self.step, self.version), self._evaluated.get(what)
        if known is None or known[0] != at:
            with np.errstate(all="ignore"):
                known = self._evaluated[what] = at, [_evaluated(one.lane, evaluate) for one in self.lanes]
        return known[1]

    def judge_newest(self) -> None:
        """Judge the step stood at, and all that waits to be judged: a run that ends here has a verdict on its end."""
        for pair in self.pairs:
            pair.judge_newest()
        self.docket.finish()

    def lane_of(self, entry: int, backend: str) -> Lane | None:
        return next((one.lane for one in self.lanes if (one.entry, one.backend) == (entry, backend)), None)

    # --- hyperparameters over time -----------------------------------------------------------

    def set_params(self, entry: int, params: Mapping[str, Any]) -> Branch | None:
        """Give an optimizer entry other hyperparameters from the next step on.

        Before the newest step that forks the run: what was recorded after this one becomes the branch returned.
        """
        if not 0 <= entry < len(self.spec.optimizers):
            raise IndexError(f"there is no optimizer entry {entry}")
        in_force = self.spec.optimizers[entry].params
        if params == in_force:
            return None
        branch = self._fork(entry, in_force) if self.step < self.newest else None
        self.changes.add(Change(self.step, entry, dict(params)))
        self.version += 1
        self._make_changes()
        return branch

    def set_code(self, spec: ExperimentSpec) -> list[Branch]:
        """Go on with the own code of ``spec``, which has other texts, from the next step on.

        Before the newest step that forks the run, into a branch for each entry that runs other code than before.
        Raises CannotGoOn where what the code remembers does not fit, and Unusable; then nothing has changed.
        """
        texts = {name: one.text or "" for name, one in (spec.code or {}).items()}
        before = {name: one.text for name, one in (self.spec.code or {}).items()}
        changed = {name: text for name, text in texts.items() if before.get(name) != text}
        if not changed:
            return []
        if spec.network != self.spec.network:
            raise CannotGoOn("torch’s side would take other numbers of it", "code_other_numbers")
        mark = [one.lane.snapshot() for one in self.lanes]
        if reason := next(filter(None, map(_why_not_back, mark)), None):
            raise CannotGoOn(reason)
        entries = self._running(spec, changed)
        try:
            self._take_code(spec)
        except (CannotGoBack, Unusable):
            for one, snapshot in zip(self.lanes, mark, strict=True):
                one.lane.restore(snapshot)
            raise
        branches = self._fork_all(entries, changed) if self.step < self.newest else []
        for place in entries:
            self.changes.add(Change(self.step, place, dict(spec.optimizers[place].params), tuple(changed.items())))
        self.version += 1
        self._make_changes()
        self._keep_checkpoint(anew=True)
        return branches

    def _running(self, spec: ExperimentSpec, files: Collection[str]) -> list[int]:
        """List the entries that run code of one of these files; of code that nothing runs, all that have a DIY side."""
        with_own = sorted({one.entry for one in self.lanes if isinstance(one.lane, DiyLane)})
        return [entry for entry in with_own if files_of_entry(spec, entry) & set(files)] or with_own

    def _take_code(self, spec: ExperimentSpec) -> None:
        """Have each lane run the code that an experiment has for it, unless it does so already."""
        for one in self.lanes:
            if isinstance(one.lane, DiyLane):
                one.lane.set_parts(spec)
            if isinstance(one.lane, OwnLane):
                entry = spec.optimizers[one.entry]
                entry = entry if one.backend == "diy" else entry.reference_entry
                if entry.code is not None and one.lane.code != text_of_code(spec, entry.code):
                    one.lane.set_code(spec, entry)

    def _fork_all(self, entries: Sequence[int], changed: Collection[str]) -> list[Branch]:
        first, *rest = entries
        losses, changes = {place: self._losses_of(place) for place in rest}, tuple(self.changes)
        files = {place: sorted(files_of_entry(self.spec, place) & set(changed)) for place in entries}
        params = {place: self.spec.optimizers[place].params for place in entries}
        kept = [self._fork(first, params[first], files[first])]
        return kept + [
            self.branches.keep(self.step, place, params[place], losses[place], files[place], changes) for place in rest
        ]

    def _losses_of(self, entry: int) -> dict[int, Series]:
        losses = {place: self.series[place] for place, lane in enumerate(self.lanes) if lane.entry == entry}
        return {place: _copy_of(series) for place, series in losses.items()}

    def _fork(self, entry: int, params: Mapping[str, Any], files: Sequence[str] = ()) -> Branch:
        losses = {place: self.series[place] for place, lane in enumerate(self.lanes) if lane.entry == entry}
        branch = self.branches.keep(self.step, entry, params, losses, files, tuple(self.changes))
        self._forget_future()
        return branch

    def forget_future(self, changes: Sequence[Change]) -> None:
        """Forget what was recorded after the step stood at; ``changes`` are made from here on."""
        self._forget_future()
        for change in changes:
            self.changes.add(change)
        self.version += 1
        self._make_changes()

    def _forget_future(self) -> None:
        assert self.run_record is not None
        self.settled_to = min(self.settled_to, self.step)
        lanes = self.run_record.lane_of.items()
        self.run_record.truncate(self.step, {entry: flat(self.lanes[place].lane.weights()) for entry, place in lanes})
        if self.checkpoints is not None:
            self.checkpoints.truncate(self.step)
        if self.monitor:
            self.monitor.forget(self.step)
        self.docket.truncate(self.step)
        for pair in self.pairs:
            pair.truncate(self.step)
        self.changes.truncate(self.step)

    def _make_changes(self) -> None:
        """Put in force what was changed up to this step, and nothing that was changed later."""
        made = self.changes.count(self.step)
        if made == self._changes_made:
            return
        self._changes_made, spec = made, self.changes.in_force(self.step)
        if spec.code != self.spec.code:
            self._take_code(spec)
        for one in self.lanes:
            if spec.optimizers[one.entry] != self.spec.optimizers[one.entry]:
                one.lane.set_params(spec.optimizers[one.entry].params)
        self.spec = spec
        for pair in self.pairs:
            pair.change(spec, self.step)

    # --- seeking -----------------------------------------------------------------------------

    def seek(self, step: int) -> None:
        """Stand after the recorded step ``step``, bit for bit as the run did: restore, then replay."""
        step = min(max(step, 0), self.newest)
        self.rewind(step)
        self.replay(step - self.step)

    def rewind(self, step: int) -> None:
        """Stand at the recorded step from which ``step`` is soonest reached by a replay."""
        if step == self.step:
            return
        assert self.checkpoints is not None, "a run without a budget keeps no checkpoints"
        checkpoint = self.checkpoints.nearest(
            max(step - 1, 0)
        )  # the last step is taken again: its gradients are to be seen
        if not checkpoint.step <= self.step < step:
            self._restore(checkpoint)

    def look_through(self, begin: int, end: int, before: int) -> Iterator[Hit | None]:
        """Take the steps after ``begin``, a checkpoint's, up to ``end`` again; the last hit of each block."""
        assert self.checkpoints is not None, "a run without a budget keeps no checkpoints"
        self._restore(self.checkpoints.nearest(begin))
        while self.step < end:
            with np.errstate(all="ignore"):
                block = self._take(self._room(end))
                hit = self.monitor.last_hit(block, before) if self.monitor else None
                self._settle(block)
            yield hit

    def before(self, step: int) -> Before:
        """Return where the lanes stood before ``step``, a recorded one or the next. The run is then where it was."""
        if not 1 <= step <= self.newest + 1:
            raise IndexError(step)
        stood_at = self.step
        self.seek(step - 1)
        before = Before(self.spec, tuple(one.lane.snapshot() for one in self.lanes))
        self.seek(stood_at)
        return before

    @contextmanager
    def standing_before(self, step: int) -> Iterator[None]:
        """Stand before ``step``, a recorded one or the next, with the lanes at hand; then where it stood.

        Raises CannotGoBack where own code cannot be stood at its past again.
        """
        if not 1 <= step <= self.newest + 1:
            raise IndexError(step)
        assert self.checkpoints is not None, "a run without a budget keeps no checkpoints"
        stood_at = self.step
        self.seek(step - 1)
        for reason in filter(None, (_why_not_back(one.lane.snapshot()) for one in self.lanes)):
            self.seek(stood_at)
            raise CannotGoBack(reason)
        try:
            yield
        finally:
            self._restore(self.checkpoints.nearest(max(stood_at - 1, 0)))
            self.replay(stood_at - self.step)

    def set_budget(self, budget: int) -> None:
        """Set the bytes that checkpoints, losses and branches may take together from now on."""
        self._budget = budget
        self._fit_checkpoints()

    @property
    def budget(self) -> int:
        """Return the bytes that checkpoints, losses and branches may take together."""
        return self._budget

    def begin_at_checkpoint(self) -> None:
        """Stand at the first checkpoint, which was put there in the place of the start that was drawn here."""
        assert self.checkpoints is not None, "a run without a budget keeps no checkpoints"
        first = self.checkpoints.nearest(0)
        self.start = list(first.lanes[0].weights)
        self._restore(first)

    def stand_at_newest_checkpoint(self) -> None:
        """Stand at the last checkpoint that there is."""
        assert self.checkpoints is not None, "a run without a budget keeps no checkpoints"
        self._restore(self.checkpoints.nearest(self.newest))

    def _fit_checkpoints(self) -> None:
        """Losses and branches are kept whole; checkpoints have what they leave of the budget."""
        if self.checkpoints is not None:
            kept = (self.run_record.nbytes if self.run_record else 0) + self.branches.nbytes
            self.checkpoints.budget = max(self._budget - kept, 0)
            self.checkpoints.thin_out()

    def _go_back(self, done: int, step: int) -> None:
        """After a block that is not to count: stand after ``step`` of it, with what came before recorded."""
        assert self.checkpoints is not None, "a watched run needs a history"
        self._restore(self.checkpoints.nearest(max(done - 1, 0)))
        self.replay(step - self.step)

    def stand_before(self, step: int) -> bool:
        """Stand before a step that could not be taken, with all before it recorded; the lanes may have come apart.

        Return whether there is anything before it that can be stood at.
        """
        if step <= 1 or self.checkpoints is None:
            return False
        try:
            self._restore(self.checkpoints.nearest(self.step))
            self.replay(step - 1 - self.step)
        except (CannotGoBack, StepError):
            return False
        return True

    def _restore(self, checkpoint: Checkpoint) -> None:
        """Stand at a checkpoint. Raises CannotGoBack where own code cannot; then the run is where it was."""
        for reason in filter(None, map(_why_not_back, checkpoint.lanes)):
            raise CannotGoBack(reason)
        for one, snapshot in zip(self.lanes, checkpoint.lanes, strict=True):
            one.lane.restore(snapshot)
        self.step = self._last_checkpoint = checkpoint.step
        self.newest_block = None
        self.losses = [series[self.step] if self.step else NAN for series in self.series]
        self._make_changes()  # where these are the same as before, the lanes have come to the code then
        for pair, state in zip(self.pairs, checkpoint.pairs, strict=True):
            pair.begin(self.step, state)

    def keep_checkpoint(self) -> None:
        """Keep a checkpoint of the step stood at, so that whoever writes the run down has its weights there."""
        if self.checkpoints is not None and self.step <= self.newest and self.step not in self.checkpoints.steps:
            self._keep_checkpoint()

    def _keep_checkpoint(self, *, anew: bool = False) -> None:
        """Keep where all stands; ``anew``: in place of what was kept of this step."""
        if self.checkpoints is None:
            return
        if anew:
            self.checkpoints.truncate(self.step - 1)
        snapshots = tuple(one.lane.snapshot() for one in self.lanes)
        self.checkpoints.add(Checkpoint(self.step, snapshots, tuple(pair.state() for pair in self.pairs)))
        self._last_checkpoint = self.step
        self._fit_checkpoints()

    # --- watching ----------------------------------------------------------------------------

    def start_watching(self) -> BreakpointMonitor:
        """Stop at breakpoints and at numbers that are not finite from now on."""
        self.newest_block = None  # not every lane has a record of it
        self.monitor = BreakpointMonitor(self._lane_names())
        for place, one in enumerate(self.lanes):
            if place not in self._records:
                layout = layout_of(self.spec, one.entry)
                self._records[place] = record_of(layout, self.spec.dtype)
                self.block = min(self.block, rows_of(layout, self.spec.dtype))
        return self.monitor

    def _lane_names(self) -> list[LaneName]:
        return [LaneName(one.id, one.entry, one.backend) for one in self.lanes]


def _why_not_back(lane: Snapshot) -> str | None:
    """Return why own code cannot be stood at a snapshot again; None where it can."""
    return next((kept.reason for kept in (lane.own, lane.parts) if kept is not None and kept.reason is not None), None)


def _evaluated(lane: Lane, evaluate: Callable[[Lane], float]) -> float:
    try:
        return evaluate(lane)
    except Unusable:
        return NAN


def _copy_of(series: Series) -> Series:
    copied = Series()
    copied.extend(series.values.copy())
    return copied


def _before_span(step: int) -> int:
    """Return the last step, after ``step``, before a span of the screen begins."""
    return next(end for end in range(step + 1, step + MOST_ROWS + 1) if begins_span(end + 1))
