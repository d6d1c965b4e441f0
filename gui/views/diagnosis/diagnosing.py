"""Asks the engine now and then what keeps the run from going well, and shows it below the plot."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.protocol import Diagnosed, Diagnosis, Frame, StartDiagnosis
from engine.spec import ExperimentSpec
from gui.session.jobs import NewestJob
from gui.session.session import Session

from .diagnosis_words import told
from .strip import DiagnosisStrip

FIRST, TIMES = 30, 3  # a running run is looked at after so many steps, and whenever they have grown so much


class KeptDiagnoses(NamedTuple):
    """Hold what was found, which of it is shown, at which step, when it was asked for, and what was waved away."""

    found: tuple[Diagnosis, ...]
    place: int
    step: int
    asked_at: int
    waved: frozenset[tuple[str, int | None]]


class Diagnosing(QObject):
    """Look at a run where it pauses, and while it runs more and more seldom.

    What was waved away is not said again of the experiment. ``show_wanted`` carries a diagnosis, and the step at which
    it was made, for whoever can lead to its place; ``told_changed``: another is told now, or more of it.
    """

    show_wanted = Signal(object, int)
    told_changed = Signal()

    def __init__(self, session: Session, strip: DiagnosisStrip, is_wanted: Callable[[], bool], parent: QObject):
        super().__init__(parent)
        self._session, self._strip, self._is_wanted = session, strip, is_wanted
        self._job = NewestJob(session.jobs, self)
        self._found: tuple[Diagnosis, ...] = ()
        self._place = self._step = self._asked_at = 0
        self._waved: set[tuple[str, int | None]] = set()
        self._job.answered.connect(self._on_answered)
        session.frame.connect(self._on_frame)
        session.begun.connect(self._on_begun)
        session.changed.connect(self._on_changed)
        strip.dismissed.connect(self._wave_away)
        strip.next_wanted.connect(lambda: self._turn(1))
        strip.show_wanted.connect(self._show)
        strip.changed.connect(self.told_changed)

    def forget_waved(self) -> None:
        """Say everything again: another experiment was opened."""
        self._waved.clear()

    def kept(self) -> KeptDiagnoses:
        """Return what was found and what was waved away."""
        return KeptDiagnoses(self._found, self._place, self._step, self._asked_at, frozenset(self._waved))

    def put_back(self, kept: KeptDiagnoses) -> None:
        """Say what another has found out about the run."""
        self._found, self._place, self._step, self._asked_at, waved = kept
        self._waved = set(waved)
        self._tell()

    @property
    def told_kind(self) -> str:
        """Return the kind of the diagnosis that is told; empty where none is."""
        return self._found[self._place].kind if self._found and not self._strip.isHidden() else ""

    @property
    def is_reason_open(self) -> bool:
        return self._strip.is_open

    def _on_begun(self, _: ExperimentSpec) -> None:
        self._job.drop()
        self._found, self._asked_at = (), 0
        self._tell()

    def _on_changed(self) -> None:
        if self._session.stale:
            self._strip.hide()
        elif self._found and self._strip.isHidden():
            self._tell()

    def _on_frame(self, frame: Frame) -> None:
        if not self._is_wanted() or not frame.step or self._job.running:
            return
        grown = frame.step >= max(FIRST, TIMES * self._asked_at)
        paused = not frame.running and frame.step != self._asked_at
        if grown or paused:
            self._asked_at = frame.step
            self._job.begin(StartDiagnosis)

    def _on_answered(self, answer: Diagnosed) -> None:
        shown = self._found[self._place] if self._found else None
        self._step = answer.step
        self._found = tuple(one for one in answer.found if (one.kind, one.entry) not in self._waved)
        kinds = [(one.kind, one.entry) for one in self._found]
        self._place = kinds.index((shown.kind, shown.entry)) if shown and (shown.kind, shown.entry) in kinds else 0
        self._tell()

    def _tell(self) -> None:
        spec = self._session.run_spec
        if not self._found or spec is None or self._session.stale:
            self._strip.hide()
            return
        found = self._found[self._place]
        label = "" if found.entry is None or len(spec.optimizers) == 1 else spec.labels[found.entry]
        leads_on = found.place.where != "loss"
        self._strip.show_words(told(found, label), self._place + 1, len(self._found), leads_on=leads_on)

    def _turn(self, places: int) -> None:
        self._place = (self._place + places) % len(self._found)
        self._tell()

    def _wave_away(self) -> None:
        found = self._found[self._place]
        self._waved.add((found.kind, found.entry))
        self._found = tuple(one for one in self._found if one is not found)
        self._place = min(self._place, max(len(self._found) - 1, 0))
        self._tell()

    def _show(self) -> None:
        if self._found:
            self.show_wanted.emit(self._found[self._place], self._step)
