"""What the window knows of the experiment and its run, apart from any widget.

The window owns the experiment: what was typed is kept here, whatever becomes of the engine. A run
shows either the experiment as typed, or is marked stale. Changed hyperparameters reach a run under
way, and so do breakpoints; anything else that is edited after its first step waits for Reset. Where the
run is shown at another step, the experiment has the hyperparameters that were in force there.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.protocol import (
    Answer,
    Change,
    CodeRefused,
    CodeStopped,
    Failed,
    Frame,
    Loaded,
    Ready,
    Refused,
    SetBreakpoints,
    SetCode,
    StepFailed,
)
from engine.spec import ExperimentError, ExperimentSpec, Fault, FileStart, GivenStart, check, check_part

from .changes import but_paths, live_changes
from .client import EngineClient
from .live_run import LiveRun
from .lost_runs import LostRun

if TYPE_CHECKING:
    from .code_watch import CodeEnd


class Session(LiveRun):
    """Join the experiment that is typed and the run.

    ``changed`` tells that phase, faults, staleness or running may be others now. ``refused`` tells that Run or Step was
    asked for and cannot be, for ``faults`` or because the run is stale. ``params_shown`` carries an optimizer entry and
    the hyperparameters that its form is to show. ``code_judged`` carries what own code is, as the run has it, and
    ``code_stopped`` a CodeStopped; ``code_refused`` the faults for which it cannot go on with other code;
    ``code_shown`` the texts that ran at the step shown. ``lost`` carries how the engine was lost and at which step;
    ``broke`` the Failed of an error in it or in a step; ``revived`` tells that the engine was started again.
    """

    refused = Signal()
    params_shown = Signal(int, object)
    code_judged = Signal(object)
    code_stopped = Signal(object)
    code_refused = Signal(object)
    code_shown = Signal(object)
    lost = Signal(str, int)
    broke = Signal(object)
    revived = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None):
        super().__init__(client, parent)
        self.spec: ExperimentSpec | None = None  # as typed; None while it has faults
        self.faults: tuple[Fault, ...] = ()
        self._but_breakpoints: ExperimentSpec | None = None  # as typed, where breakpoints alone have faults
        self._data_read: tuple[Any, Any] | None = None  # data as typed, and as arrays where they have no fault
        self.code_texts: dict[str, str] = {}  # of own code that is followed, as typed or read last
        self.is_agreed = True  # whether the person wrote, chose or agreed to all own code
        self._refused: ExperimentSpec | None = None  # what the engine could not begin with, and has faults for that
        self.is_trying = False  # whether the run waits for its own code to be tried
        self._compared: tuple[ExperimentSpec, ExperimentSpec, bool] | None = None  # typed, run, and whether they differ
        self.lost_runs: tuple[LostRun, ...] = ()  # those that the person may want again, the last lost at the end
        self.returning: LostRun | None = None  # the one of them that the run at hand is to become
        self.to_open: LostRun | None = None  # a session's run, which is begun with the experiment that is shown next
        client.lost.connect(self._on_lost)

    # --- what the person does -------------------------------------------------------------

    def edit(
        self,
        raw: dict[str, Any],
        texts: Mapping[str, str] | None = None,
        *,
        agreed: bool = True,
        folder: Path | None = None,
    ) -> None:
        """Take over what the forms hold now.

        ``texts`` are those of own code that is followed; unless it is ``agreed`` to, nothing of it runs. ``folder`` is
        where files of numbers are named from.
        """
        self._refused = None
        raw = self._with_data_read(raw)
        self.code_texts, self.is_agreed = dict(texts or {}), agreed
        try:
            self.spec, self.faults, self._but_breakpoints = check(raw).with_texts(self.code_texts), (), None
            self.spec = self.spec.beside(folder or Path())
            unread = tuple(name for name, one in (self.spec.code or {}).items() if one.text is None)
            if unread:
                faults = [Fault(("code", name, "path"), "code_not_readable", {"detail": ""}) for name in unread]
                self.spec, self.faults = None, tuple(faults)
            elif self.spec.code and not agreed:
                self.spec, self.faults = None, (Fault(("code",), "needs_agreement"),)
        except ExperimentError as error:
            self.spec, self.faults = None, error.faults
            only_breakpoints = all(fault.path[:1] == ("breakpoints",) for fault in error.faults)
            self._but_breakpoints = check(raw | {"breakpoints": ()}) if only_breakpoints else None
        if self.to_open is not None and (agreed or not raw.get("code")):
            self._open_run(self.to_open)
        elif self.spec is not None:
            self._follow(self.spec)
        self.changed.emit()

    def _open_run(self, run: LostRun) -> None:
        """Take up a session's run, whatever is typed beside it."""
        self.to_open = None
        breakpoints = run.spec.breakpoints if self.spec is None else self.spec.breakpoints
        self._load(run.spec.model_copy(update={"breakpoints": breakpoints}), run)

    def _with_data_read(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Return the experiment with data that are arrays already, where they are those of the edit before."""
        if self._data_read is None or raw.get("data") is not self._data_read[0]:
            self._data_read = raw.get("data"), check_part("data", raw.get("data"))[0]
        _, data = self._data_read
        return raw if data is None else raw | {"data": data}

    def _follow(self, spec: ExperimentSpec) -> None:
        """Bring the run in line with the experiment, as far as that takes nothing away."""
        run = self.run_spec
        if self._taking_up is not None:  # what it has in force is not known yet
            return
        changes = None if run is None else live_changes(run, spec)
        if run is None or (changes != [] and not self.newest_step and not self.running):
            self._load(spec)
        elif changes is not None and not (self._history and self._history.repeats):
            for entry, params in changes:
                self._change(entry, params)
            if spec.breakpoints != run.breakpoints:
                self._send(SetBreakpoints(self._generation, spec.breakpoints))
            self.run_spec = spec

    @property
    def code_end(self) -> "CodeEnd | None":
        """Return how own code has ended the engine's last life; None where it was not that."""
        return self._client.code_end

    @property
    def stale(self) -> bool:
        """Return whether the run on screen is of another experiment: breakpoints and colours make no other.

        Nor do other texts of own code, with which it can go on.

        Every view asks, so that the answer is kept: with 256 entries to compare them takes a dozen milliseconds.
        """
        typed, run = self.spec or self._but_breakpoints, self.run_spec
        if run is None or typed is None or typed is run:
            return run is not None and typed is None
        if self._compared is None or self._compared[0] is not typed or self._compared[1] is not run:
            self._compared = typed, run, _numbers_of(typed.with_texts(texts_of(run))) != _numbers_of(run)
        return self._compared[2]

    @property
    def has_other_code(self) -> bool:
        """Return whether the code of optimizers is typed otherwise than it runs: the run can go on with it."""
        typed, run = self.spec, self.run_spec
        if typed is None or run is None or typed is run or texts_of(typed) == texts_of(run):
            return False
        return _numbers_of(typed.with_texts(texts_of(run))) == _numbers_of(run)

    def reset(self) -> None:
        """Begin again with what is typed: exactly the same start."""
        if self.spec is None and self._refused is not None:  # a file may be there by now
            self.spec, self.faults = self._refused, ()
        if self.spec is None:
            self.refused.emit()
        else:
            self.revive()
            self._load(self.spec)

    def run(self, steps: int | None = None, rate: float | None = None, over: bool = False) -> None:
        """Take ``steps`` steps, None for on and on, of the experiment as typed.

        ``go_on`` does the same knowingly of the run's own experiment where another is typed.
        """
        self.asked = (steps, rate)
        self.revive()
        if self.spec is not None and self.run_spec is None:
            self._load(self.spec)
        if self.spec is None or self.stale:
            self.refused.emit()
            return
        if self.has_other_code:
            self._send_in_turn(SetCode(self._generation, self.spec))
            self.is_trying = True
        self.go_on(steps, rate, over)

    def repeat(self, run: LostRun) -> None:
        """Have a run again that was lost with the engine: to the step that it had reached, its branches too."""
        self.revive()
        self._load(run.spec, run)
        self.returning = run
        if run.place is None:
            self.go_on(run.step, None)

    def _places_wanted(self) -> list[Path | None]:
        wanted = [*self.lost_runs, self.returning, self.to_open]
        return [one.place for one in wanted if one is not None]

    def decline(self) -> None:
        """Decline what was lost: the user does not want it again."""
        self.lost_runs = () if self.returning is None else (self.returning,)

    def forget_run(self) -> None:
        """Forget the run: another experiment is about to be shown, and its run begins at once."""
        self.run_spec = self.returning = None
        self.decline()
        self._clear_places()

    def revive(self) -> None:
        """Start the engine again if it was given up."""
        if self.phase != "failed":
            return
        self.phase = "warming"
        self._client.start()
        if self.spec is not None:
            self._load(self.spec)
        self.changed.emit()
        self.revived.emit()

    def trace(self, entry: int, step: int) -> None:
        self.revive()
        super().trace(entry, step)

    def close(self) -> None:
        self._poller.stop()
        self._client.close()

    # --- the engine's side ----------------------------------------------------------------

    def _load(self, spec: ExperimentSpec, again: LostRun | None = None) -> None:
        self.returning = None
        self.is_trying = bool(spec.code)
        super()._load(spec, again)

    def _keep_lost(self, at: StepFailed | None = None) -> None:
        """Whatever it was that has ended the run, it can be had again; on its way back it is the one it was.

        ``at``: a step that cannot be taken; what was done before it can.
        """
        run, returning = self._as_lost(None if at is None else at.step - 1), self.returning
        self.returning = None
        is_known = returning is not None and at is None and run is not None and run.changes == returning.changes
        if run is not None and not is_known:
            self.lost_runs = (*(one for one in self.lost_runs if one != run), run)

    def _on_frame(self, frame: Frame) -> None:
        super()._on_frame(frame)
        if self.returning is not None and self.newest_step >= self.returning.step:
            self.lost_runs = tuple(run for run in self.lost_runs if run is not self.returning)
            self.returning = None

    def _set_run_spec(self, spec: ExperimentSpec) -> None:
        """Take the experiment along with the run that it is of; an edit that waits is not touched."""
        before, follows = self.run_spec, self.spec is not None and not self.stale and not self.has_other_code
        if before is None or spec is before:
            return
        self.run_spec = spec
        if follows:
            self.spec = spec
            for entry, (old, new) in enumerate(zip(before.optimizers, spec.optimizers, strict=True)):
                if old.params != new.params:
                    self.params_shown.emit(entry, dict(new.params))
            if spec.code != before.code:
                self.code_shown.emit(texts_of(spec))
        self.changed.emit()

    def _on_ready(self, ready: Ready) -> None:
        super()._on_ready(ready)
        self.look()
        self.changed.emit()

    def _on_answer(self, answer: Answer) -> None:
        if isinstance(answer, Refused) and (lost := self.returning) and lost.place is not None and lost.is_known:
            again = lost.from_start
            self.lost_runs = tuple(again if one is lost else one for one in self.lost_runs)
            self.repeat(again)  # what was written down is of no use: from its start, then
        elif isinstance(answer, Refused):
            self.is_trying = False
            self.faults, self._refused = answer.faults, self.spec
            self.spec = self.run_spec = None
            self.running = False
            self.changed.emit()
        elif isinstance(answer, Failed):
            self._keep_lost(answer.at)
            self.run_spec, self.running = None, False
            self._poller.came()
            self.broke.emit(answer)
            self.changed.emit()
        elif isinstance(answer, Loaded):
            self.is_trying = False
            self.code_judged.emit(answer.code)
            self._on_loaded(answer)
            self.changed.emit()
        elif isinstance(answer, CodeRefused):
            self.is_trying = False
            if answer.faults:
                self.running = self._started = False
                self.look()
            self.changed.emit()
            if answer.faults:
                self.code_refused.emit(answer.faults)
        elif isinstance(answer, CodeStopped):
            self._on_code_stopped(answer)
        else:
            super()._on_answer(answer)

    def _on_code_stopped(self, stopped: CodeStopped) -> None:
        """Stand where own code ended a step: all before it is there still."""
        self.step = stopped.at.step - 1
        self.newest_step = max(self.newest_step, self.step)
        self.running = self._started = self.goes_back = False
        self.look()
        self.changed.emit()
        self.code_stopped.emit(stopped)

    def _on_changed(self, change: Change) -> None:
        repeated = self._history is not None and self._history.repeats
        self.is_trying = False if change.code else self.is_trying
        super()._on_changed(change)
        if repeated and self.spec is not None:
            self._follow(self.spec)  # what was edited while the run was repeated, once all its changes are made

    def _on_lost(self, how: str, _: int | None) -> None:
        """Begin the same run at its start: the engine was gone and has been started again."""
        step = self.newest_step
        self._keep_lost()
        self.phase = "warming"
        self._poller.came()
        if self.run_spec is not None:
            self._load(self.spec or self.run_spec)
        self.changed.emit()
        self.lost.emit(how, step)

    def _on_gave_up(self) -> None:
        self.phase = "failed"
        self.changed.emit()
        self.gave_up.emit()


def texts_of(spec: ExperimentSpec) -> dict[str, str]:
    """Return the texts of the experiment's own code, by the files' names in it."""
    return {name: one.text for name, one in (spec.code or {}).items() if one.text is not None}


def _numbers_of(spec: ExperimentSpec) -> ExperimentSpec:
    """All of it that the run's numbers depend on."""
    entries = tuple(
        entry.model_copy(update={"color": None, "log": None if entry.log is None else entry.log.named()})
        for entry in spec.optimizers
    )
    data = None if spec.data is None else spec.data.unlinked()  # wherever their file lies
    start = spec.start.read_from or spec.start if isinstance(spec.start, GivenStart) else spec.start
    start = start.named() if isinstance(start, FileStart) else start
    same = {"breakpoints": (), "optimizers": entries, "data": data, "start": start}
    return but_paths(spec).model_copy(update=same)
