"""Watches the window for the guide: what the run does, and what is in front."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from gui.debug.debugging import Debugging
from gui.debug.step.cursor import stage_at
from gui.session.session import Session
from gui.views.diagnosis.diagnosing import Diagnosing

from .station import Seen


class Watch(QObject):
    """Tell what is to be seen, whenever that may be something else. ``rate`` is to be told by whoever knows it."""

    changed = Signal(object)

    def __init__(
        self,
        session: Session,
        debugging: Debugging,
        diagnosing: Diagnosing,
        run: QWidget,
        tabs: QTabWidget,
        parent: QObject,
    ):
        super().__init__(parent)
        self._session, self._debugging, self._diagnosing, self._run = session, debugging, diagnosing, run
        self._rate: float | None = None
        self._last: Seen | None = None
        self._is_on = False
        for signal in (session.frame, session.changed, session.begun, session.explained, diagnosing.told_changed):
            signal.connect(self._look)
        for signal in (debugging.controller.cursor_changed, debugging.controller.state_changed):
            signal.connect(self._look)
        for pages in (tabs, debugging.view.pages):
            pages.currentChanged.connect(self._look)

    def set_on(self, is_on: bool) -> None:
        """Set whether anybody wants to know."""
        self._is_on, self._last = is_on, None
        self._look()

    def set_rate(self, rate: float | None) -> None:
        self._rate = rate
        self._look()

    def _look(self, *_: object) -> None:
        if not self._is_on:
            return
        seen = self._seen()
        if seen != self._last:
            self._last = seen
            self.changed.emit(seen)

    def _seen(self) -> Seen:
        session, view, formula = self._session, self._debugging.view, self._debugging.formula
        return Seen(
            step=session.step,
            is_running=session.running,
            rate=self._rate,
            optimizer=session.run_spec.optimizers[0].name or "" if session.run_spec else "",
            typed_optimizer=session.spec.optimizers[0].name or "" if session.spec else "",
            is_stale=session.stale,
            shows_run=self._run.isVisible(),
            diagnosis=self._diagnosing.told_kind,
            is_reason_open=self._diagnosing.is_reason_open,
            shows_debug=view.isVisible(),
            stage=self._stage(),
            element=formula.shown if formula.isVisible() else None,
        )

    def _stage(self) -> int:
        """Return the stage that the cursor is in; behind the last one where all of the step has run."""
        controller = self._debugging.controller
        traced = controller.traced
        if traced is None or controller.state != "ready":
            return -1
        stage = stage_at(traced, controller.cursor)
        return len(traced.stages) if stage is None else stage
