"""The DIY lane of an entry whose optimizer is a person's own code: all else of a step is the textbook's."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Grads
from engine.diy.step import Clip, Step
from engine.own.live_optimizer import LiveMark, LiveOptimizer
from engine.own.live_textbook import LiveTextbook
from engine.own.memory import CannotGoBack
from engine.own.plain_memory import NotPlain
from engine.recording.own_values import replace_known
from engine.recording.recorded_step import RecordedStep
from engine.recording.recorder import Recording
from engine.spec import ExperimentSpec, OptimizerSpec, complete, is_elementwise

from .batches import Rows
from .diy_lane import DiyLane, Draw
from .lane import Snapshot, State
from .names import BEFORE
from .own_code import DOES_NOT_REPEAT, OwnEntry
from .update_history import Ran, UpdateHistory, UpdatesMade


class _Adapter:
    """The textbook's door to own code: ``see`` is handed all gradients first, ``update`` asked for each weight."""

    def __init__(self, live: LiveOptimizer | LiveTextbook, clip: Clip | None):
        self.live, self._clip = live, clip
        self._gradients: list[Array] = []
        self.new: list[Array] = []
        self._at, self.is_wider = 0, False

    def see(self, grads: Grads) -> Grads:
        """Clip as the entry says, and note what own code will be given."""
        clipped = self._clip(grads) if self._clip is not None else grads
        self._gradients, self._at = list(clipped.values()), 0
        return clipped

    def update(self, _: Array, state: Any, weight: Array, hyper: Any) -> tuple[Array, Any]:
        """Return the next weight; the first that is asked for has own code take its step with all."""
        if self._at == 0:
            self.new = self.live.step(self._gradients, hyper.lr)
        new = self.new[self._at]
        self._at += 1
        if new.dtype != weight.dtype:  # wider inside: a run keeps its precision
            self.is_wider, new = True, new.astype(weight.dtype)
        return new, state


class Version(NamedTuple):
    """Hold code that a lane runs or has run. ``before`` is what ran before it, ``recent`` the history since then."""

    opened: OwnEntry
    live: LiveOptimizer | LiveTextbook
    ran: Ran
    before: "Version | None" = None
    recent: UpdateHistory | None = None

    @property
    def all(self) -> tuple[Ran, ...]:
        """Return what has run up to here, the first at the beginning."""
        return (self.ran,) if self.before is None else (*self.before.all, self.ran)


class OwnMark(NamedTuple):
    """Mark where own code's lane stood: how many steps it had taken, and own code itself.

    ``reason`` says why it cannot be stood there again; None where it can.
    """

    taken: int
    mark: LiveMark | None
    reason: str | None
    version: "Version | None" = None

    @property
    def nbytes(self) -> int:
        return 0 if self.mark is None else self.mark.nbytes

    @property
    def may_be_data(self) -> bool:
        """Tell whether ``plain`` can be tried: the code that the run began with stands there, and can again."""
        return self.mark is not None and self.version is not None and self.version.before is None

    def plain(self) -> dict[str, Any]:
        """Return it as data. Raises NotPlain."""
        if self.mark is None or self.version is None or not self.may_be_data:
            raise NotPlain("other code")
        return {"taken": self.taken, "live": self.version.live.plain(self.mark)}


class OwnLane(DiyLane):
    """Run own code in the textbook's step. ``history`` is what it was given and made, where that is to be judged."""

    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array], draw: Draw | None = None):
        self.opened = OwnEntry(spec, entry)
        self._live = self.opened.live()
        self._first = self._version = Version(self.opened, self._live, Ran(0, self.opened.given, spec, entry))
        is_judged = "torch" in entry.backends
        self.history = UpdateHistory(is_elementwise=is_elementwise(entry.name)) if is_judged else None
        self._recent: dict[tuple[int, str], UpdateHistory] = {}  # of codes that took over, by when and their texts
        self._taken = 0
        super().__init__(spec, entry, start, draw)

    def _begin_optimizer(self, entry: OptimizerSpec) -> None:
        self._name, self._takes_closure = entry.name, False
        self._params_given = dict(entry.params)
        self._hyper = complete(entry.name, entry.params)
        self._fields = ()
        if isinstance(self._live, LiveTextbook):
            self._optimizer: Any = self._live
            self._clipping = self._clip
        else:
            self._optimizer = _Adapter(self._live, self._clip)
            self._clipping = self._optimizer.see

    def _take(self, x: Array, y: Array) -> Step:
        step = super()._take(x, y)
        if self.history is not None:
            self._note(self.history, self._taken, step)
            if self._version.recent is not None:
                self._note(self._version.recent, self._taken - self._version.ran.since, step)
        self._taken += 1
        if self._optimizer.is_wider:
            self._optimizer.is_wider = False
            self._live.place(list(step.params.values()))
            self._params = dict(zip(self._names, self._live.weights(), strict=True))
        return step

    def _note(self, history: UpdateHistory, taken: int, step: Step) -> None:
        if history.takes(taken):
            history.add(taken, [*step.clipped.values(), *step.params.values()], float(self.rate))

    @property
    def made(self) -> UpdatesMade | None:
        """Return what own code made of what it was given, where that is to be judged."""
        if self.history is None:
            return None
        return UpdatesMade(self.history, self.ran, self._version.recent)

    @property
    def ran(self) -> tuple[Ran, ...]:
        """Return which code has run up to here, the first at the beginning."""
        return self._version.all

    def _recording(self) -> Recording:
        return Recording({*self._model.own_files, self.opened.file})

    def traced_step(self, rows: Rows) -> RecordedStep:
        """Take a step and record it line by line, own code's lines too.

        Where these hold a gradient or a weight, which own code has copies of, they hold the step's own.
        """
        before = [weight.copy() for weight in self._params.values()]
        recorded = super().traced_step(rows)
        names = dict(recorded.named)
        names |= {f"{name}{BEFORE}": weight for name, weight in zip(self._names, before, strict=True)}
        names |= {name: weight.copy() for name, weight in self._params.items()}
        ends = (BEFORE, ".grad", ".clipped", "")
        replace_known(
            recorded.recording, [names[name + end] for name in self._names for end in ends if name + end in names]
        )
        return recorded._replace(named=names)

    def states(self) -> list[State]:
        return [{} for _ in self._names]

    def snapshot(self) -> Snapshot:
        """Copy the weights, which own code may change in place, and all that it remembers."""
        mark = self._live.save() if self.opened.repeats else None
        reason = None if mark is not None else self._live.why_not_back or DOES_NOT_REPEAT
        return self.weights_alone()._replace(own=OwnMark(self._taken, mark, reason, self._version))

    def weights_alone(self) -> Snapshot:
        """Return a snapshot of the weights that no lane of own code can go on from."""
        weights = tuple(weight.copy() for weight in self.weights())
        states, scheduled = ({},) * len(weights), self._schedule and self._scheduled
        return Snapshot(weights, states, scheduled, self._buffers, parts=self._parts_mark(), taken=self._steps)

    def restore(self, snapshot: Snapshot) -> None:
        self._grads: Mapping[str, Array] = {}
        if self._schedule is not None:
            self._scheduled: dict[str, Any] = dict(snapshot.schedule or self._schedule.begin())
        self._restore_parts(snapshot)
        self._buffers, self._steps = dict(snapshot.buffers), snapshot.taken
        own: OwnMark | None = snapshot.own
        if own is None:
            self._use(self._first)
            self._start_at(snapshot.weights)
        else:
            self._use(own.version or self._first)
            self._live.put(own.mark)
            self._taken = own.taken
            if self.history is not None:
                self.history.truncate(self._taken)
            if self._version.recent is not None:
                self._version.recent.truncate(self._taken - self._version.ran.since)
        self._states = dict.fromkeys(self._names)
        self._params = dict(zip(self._names, self._live.weights(), strict=True))

    def mark_of(self, told: Any) -> OwnMark:
        """Return where the code that the lane began with stood, of what ``plain`` has returned.

        Raises LookupError, TypeError or ValueError for what is none.
        """
        taken, mark = told["taken"], self._first.live.mark_of(told["live"])
        if type(taken) is not int or mark.taken != taken or taken < 0:
            raise NotPlain("another count of steps")
        return OwnMark(taken, mark, None, self._first)

    def _start_at(self, weights: Sequence[Array]) -> None:
        settings = self.opened.settings(self._params_given)
        self._live.start([np.array(weight) for weight in weights], settings, self.opened.counts_from)
        self._taken = 0
        if self.history is not None:
            self.history.begin(weights)

    @property
    def live(self) -> LiveOptimizer | LiveTextbook:
        """Return what calls the code at hand."""
        return self._live

    @property
    def settings(self) -> dict[str, Any]:
        """Return what the code is handed, by its own names."""
        return self.opened.settings(self._params_given)

    # --- other code on the way --------------------------------------------------------------------

    @property
    def code(self) -> str:
        """Return the text of the file that the code at hand stands in."""
        return self._version.ran.text

    def set_code(self, spec: ExperimentSpec, entry: OptimizerSpec) -> None:
        """Go on with other code of the entry, which takes what was remembered. Raises CannotGoOn, Unusable."""
        opened, before = OwnEntry(spec, entry), self._version
        if before.ran.since == self._taken and before.before is not None:
            before = before.before  # what has taken no step is forgotten
        live, weights = opened.live(), [np.array(one) for one in self.weights()]
        live.start(weights, opened.settings(entry.params), opened.counts_from)
        live.take_over(before.live)
        ran = Ran(self._taken, opened.given, spec, entry)
        self._use(Version(opened, live, ran, before, self._begun(ran)))
        self._params_given, self._hyper = dict(entry.params), complete(self._name, entry.params)

    def _begun(self, ran: Ran) -> UpdateHistory | None:
        """Return a history that begins where other code does: the same one whenever the run comes there again."""
        if self.history is None:
            return None
        key = ran.since, ran.text
        kept = {at: one for at, one in self._recent.items() if at[0] < ran.since}
        known = self._recent.get(key) or UpdateHistory(is_elementwise=is_elementwise(self._name))
        known.begin(self.weights())
        known.truncate(0)
        self._recent = {**kept, key: known}
        return known

    def _use(self, version: Version) -> None:
        if version is self._version:
            return
        self._version, self.opened, self._live = version, version.opened, version.live
        if isinstance(self._live, LiveTextbook):
            self._optimizer, self._clipping = self._live, self._clip
        else:
            self._optimizer = _Adapter(self._live, self._clip)
            self._clipping = self._optimizer.see
        self.opened.keep()
        self._params = dict(zip(self._names, self._live.weights(), strict=True))

    def set_params(self, params: Mapping[str, Any]) -> None:
        """Change the rate; of own code nothing else can be changed on the way. Raises CannotGoBack."""
        own, new = complete(self._name, self._version.ran.entry.params), complete(self._name, dict(params))
        if own._replace(lr=new.lr) != new:
            raise CannotGoBack("of own code nothing but the rate can be changed on the way")
        self._params_given, self._hyper = dict(params), new
