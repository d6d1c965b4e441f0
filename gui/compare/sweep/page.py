"""A sweep in the window: what to train, how far it is, its picture, and the way from a point to an entry."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from engine.protocol import JobFailed, StartSweep, SweepPart, SweepPlan, sweep_rows
from engine.spec import ExperimentSpec, OptimizerSpec, RowsFor, complete, sweepable, with_value
from engine.spec.plans import as_kind
from gui.look.naming import name_field
from gui.look.own_sheets import Severity, mute, set_severity
from gui.look.theme import LIGHT, Theme
from gui.session.jobs import Jobs, NewestJob

from ..page import Around, Page, PlotExport, RowsExport
from .canvas import SweepCanvas
from .form import SweepForm
from .plot import SweepPlot
from .words import (
    empty_text,
    lost_text,
    plan_fault_text,
    plan_text,
    settings_text,
    state_text,
    values_text,
    waiting_text,
)

translate = QCoreApplication.translate


class Begun(NamedTuple):
    """Hold a sweep: what it is of, what is known of it by now, and the engine's job."""

    spec: ExperimentSpec
    plan: SweepPlan
    part: SweepPart | None
    number: int | None
    running: bool
    paused: bool


class SweepPage(Page):
    """Sweep hyperparameters. ``entry_wanted``: the setting that was chosen, as an entry of the experiment file.

    A sweep is of no run, and goes on where the run begins again. What was found stays on screen with its settings until
    the next sweep: cancelled, failed or lost with the engine.
    """

    def __init__(self, jobs: Jobs, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("sweep_page")
        self.setAccessibleName(self.tr("Sweep"))
        self._theme = LIGHT
        self._spec: ExperimentSpec | None = None
        self._typed: ExperimentSpec | None = None  # where it is known and sound
        self._begun: tuple[ExperimentSpec, SweepPlan] | None = None  # what the newest sweep is of
        self._job = NewestJob(jobs, self)
        self._part: SweepPart | None = None
        self._paused = self._from_before = False
        self._build()
        self._job.answered.connect(self._on_part)
        self._job.failed.connect(self._on_failed)
        self._job.lost.connect(self._on_lost)
        self._say("")
        self.set_experiment(None)

    def _build(self) -> None:
        self._form, self._plot = SweepForm(), SweepPlot()
        self._start, self._pause, self._cancel = (
            QPushButton(self.tr("&Start")),
            QPushButton(),
            QPushButton(self.tr("Cancel")),
        )
        name_field(
            self._start,
            "sweep_start",
            self.tr("Start the sweep"),
            self.tr("Train all of them; an earlier picture goes"),
        )
        self._pause.setObjectName("sweep_pause")
        tip = self.tr("Stop; what was found so far stays")
        name_field(self._cancel, "sweep_cancel", self.tr("Cancel the sweep"), tip)
        self._progress = QProgressBar()
        name_field(self._progress, "sweep_progress", self.tr("Steps of the sweep"))
        self._progress.setFormat("%v / %m")
        self._settings, self._state, self._note = QLabel(), QLabel(), QLabel()
        name_field(self._settings, "sweep_settings", self.tr("What the picture is of"))
        name_field(self._state, "sweep_state", self.tr("State of the sweep"))
        self._note.setObjectName("sweep_note")
        self._note.hide()
        for label in (self._settings, self._state, self._note):
            label.setWordWrap(True)
        mute(self._settings)
        self._add = QPushButton()
        tip = self.tr("Another entry in the experiment with this setting (or click its point)")
        name_field(self._add, "sweep_add", self.tr("Add as entry"), tip)
        self._lay_out()
        self._form.edited.connect(self._show_buttons)
        self._start.clicked.connect(self.start)
        self._pause.clicked.connect(self._on_pause)
        self._cancel.clicked.connect(self._on_cancel)
        self._add.clicked.connect(lambda: self._plot.point and self._want(*self._plot.point))
        self._plot.chosen.connect(self._want)
        self._plot.pinned_changed.connect(self._show_buttons)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self._start, self._pause, self._cancel):
            buttons.addWidget(button)
        buttons.addWidget(self._progress, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(self._form)
        column.addLayout(buttons)
        column.addWidget(self._state)
        column.addWidget(self._note)
        column.addWidget(self._settings)
        column.addWidget(self._plot, 1)
        column.addWidget(self._add)

    # --- what the comparison calls ------------------------------------------------------------

    @property
    def title(self) -> str:
        return translate("compare", "Sweep")

    @property
    def tip(self) -> str:
        return translate("compare", "Train at many hyperparameters at once: which is best, and how much it matters")

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take what the next sweep is of. The newest one's picture stays, marked where it is of another."""
        self._spec, self._typed = spec, None
        self._form.set_experiment(spec)
        if self._part is None and not self._job.running:
            self._plot.show_note(empty_text(spec is not None))
        self._show_buttons()
        self._show_stale()

    def set_typed(self, spec: ExperimentSpec | None) -> None:
        """Take the experiment as typed, which may wait for Reset; None while it has faults."""
        self._typed = spec
        self._show_stale()

    def set_stale(self, stale: bool) -> None:
        """Take that an edit waits. Where it isn't known, a sweep begun before may be of another experiment."""
        self._from_before = stale and (self._part is not None or self._job.running)
        self._show_stale()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._plot.set_theme(theme)
        if self._part is not None:
            self._show_part(self._part)

    def kept(self) -> Begun | None:
        """Return the sweep at hand, which goes on meanwhile; None where there is none."""
        if self._begun is None:
            return None
        return Begun(*self._begun, self._part, self._job.number, self._job.running, self._paused)

    def put_back(self, kept: Begun | None) -> None:
        """Show a sweep that another page has begun, and follow it."""
        if kept is None:
            return
        self._begun, self._paused = (kept.spec, kept.plan), kept.paused
        self._job.follow(kept.number, kept.running)
        self._show_begun()
        if kept.part is not None:
            self._show_part(kept.part)
        self._show_buttons()

    @property
    def sweep_part(self) -> SweepPart | None:
        """Return the newest that is known of the newest sweep."""
        return self._part

    @property
    def sweep_by(self) -> RowsFor:
        return self._plot.by

    @property
    def picture(self) -> SweepCanvas:
        return self._plot.view

    @property
    def plots(self) -> tuple[PlotExport, ...]:
        title = translate("Exporter", "S&weep…")
        return (PlotExport("sweep", title, lambda: self.picture, is_there=lambda: self._part is not None),)

    @property
    def tables(self) -> tuple[RowsExport, ...]:
        title = translate("Exporter", "Sweep's &numbers…")
        return (RowsExport("sweep", title, self.csv_rows, lambda: self._part is not None),)

    def csv_rows(self) -> Iterator[list[str | int | float]]:
        """Yield headings, then a row for each configuration and seed; nothing where nothing was swept."""
        return sweep_rows(self._part) if self._part is not None else iter(())

    # --- a sweep's course ---------------------------------------------------------------------

    def start(self) -> None:
        """Begin what the form says; one under way is given up."""
        plan = self._form.plan
        if plan is None or self._spec is None:
            return
        self._begun, self._part = (self._spec, plan), None
        self._paused = self._from_before = False
        spec = self._spec
        self._job.begin(lambda _, job: StartSweep(job, spec, plan))
        self._show_begun()

    def _show_begun(self) -> None:
        """Show what a sweep is of; nothing has come of it yet."""
        assert self._begun is not None
        spec, plan = self._begun
        self._plot.show_note(waiting_text())
        self._settings.setText(settings_text(spec, plan))
        self._progress.setRange(0, min(plan.steps, 2**31 - 1))
        self._progress.setValue(0)
        self._say("")
        self._show_buttons()
        self._show_stale()

    def _on_pause(self) -> None:
        if self._job.running:
            self._paused = not self._paused
            (self._job.pause if self._paused else self._job.resume)()
            self._show_buttons()

    def _on_cancel(self) -> None:
        if self._job.running:
            self._job.cancel()
            self._end()

    def _end(self) -> None:
        """End the sweep; the engine may tell once more what it came to."""
        self._paused = False
        if self._part is None:
            self._job.drop()  # its last word would be as empty
            self._plot.show_note(empty_text(self._spec is not None))
            self._settings.setText("")
        elif self._part.state != "finished":
            self._show_part(self._part._replace(state="cancelled"))
        self._show_buttons()

    def _on_part(self, part: SweepPart) -> None:
        """Of the sweep under way, or the last word of one that was cancelled."""
        if part.state in ("finished", "cancelled"):
            self._paused = False
        self._show_part(part)
        self._show_buttons()

    def _show_part(self, part: SweepPart) -> None:
        assert self._begun is not None
        self._part = part
        spec, plan = self._begun
        entry = spec.optimizers[plan.entry]
        self._settings.setText(settings_text(spec, plan, part.in_turn))
        self._progress.setValue(min(part.step, self._progress.maximum()))
        self._plot.show_part(part, entry.name, self._theme.entry_color(spec.colors[plan.entry]))
        self._say(state_text(part))

    def _on_failed(self, failed: JobFailed) -> None:
        if self._begun is None:
            return
        spec, plan = self._begun
        self._paused = False
        if failed.fault is not None:
            text = plan_fault_text(failed.fault, spec.optimizers[plan.entry].name, plan)
        else:
            text = self.tr("The sweep met an error of the program's own")
        if self._part is None:
            self._plot.show_note("")
        self._say(text, "error", failed.detail)
        self._show_buttons()

    def _on_lost(self) -> None:
        self._paused = False
        if self._part is None:
            self._plot.show_note("")
        self._say(lost_text(self._part), "warning")
        self._show_buttons()

    # --- from a point to an entry -------------------------------------------------------------

    def _want(self, first: int, second: int) -> None:
        if self._begun is not None:
            self.entry_wanted.emit(entry_at(*self._begun, (first, second)))

    # --- showing ------------------------------------------------------------------------------

    def _say(self, text: str, severity: Severity = "", detail: str = "") -> None:
        self._state.setText(text)
        self._state.setToolTip(detail)
        self._state.setVisible(bool(text))
        self._show_note()
        set_severity(self._state, severity)

    def _show_note(self) -> None:
        note = plan_text(self._begun[0], self._part) if self._begun and self._part else ""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _show_buttons(self) -> None:
        busy = self._job.running
        self._start.setEnabled(self._form.plan is not None)
        self._pause.setEnabled(busy)
        self._pause.setText(self.tr("Resume") if self._paused else self.tr("Pause"))
        self._pause.setAccessibleName(self.tr("Resume the sweep") if self._paused else self.tr("Pause the sweep"))
        self._cancel.setEnabled(busy)
        self._progress.setVisible(busy)
        self._settings.setVisible(bool(self._settings.text()))
        point = self._plot.point if self._part is not None else None
        self._add.setEnabled(point is not None)
        text = self.tr("Add as entry")
        if point is not None and self._part is not None:
            text = self.tr("Add as entry: {values}").format(values=values_text(self._part.plan, point))
        self._add.setText(text)

    def _show_stale(self) -> None:
        there = self._part is not None or self._job.running
        unknown = self._from_before and self._typed is None
        self._plot.view.veil.set_stale(there and (unknown or self._is_of_another))

    @property
    def _is_of_another(self) -> bool:
        """Whether no entry of the experiment would give this picture any more."""
        typed = self._typed or self._spec
        if self._begun is None or typed is None:
            return False
        spec, plan = self._begun
        own = _numbers_of(spec, spec.optimizers[plan.entry], plan)
        same = (entry for entry in typed.optimizers if entry.name == spec.optimizers[plan.entry].name)
        return not any(_numbers_of(typed, entry, plan) == own for entry in same)


def make_page(around: Around) -> Page:
    return SweepPage(around.jobs)


def entry_at(spec: ExperimentSpec, plan: SweepPlan, at: tuple[int, int]) -> dict[str, Any]:
    """Return the setting at a point as an entry of the experiment file; label and colour are its own."""
    entry = spec.optimizers[plan.entry]
    fields = {field.path: field for field in sweepable(entry.name)}
    for axis, place in zip(plan.axes, at, strict=False):
        entry = with_value(entry, axis.path, as_kind(fields[axis.path], axis.values[place]))
    return entry.model_dump(mode="json") | {"label": None, "color": None}


def _numbers_of(spec: ExperimentSpec, entry: OptimizerSpec, plan: SweepPlan) -> ExperimentSpec:
    """All that the sweep's numbers depend on: what it varies is no part of that, nor are the other entries."""
    fields = {field.path: field for field in sweepable(entry.name)}
    for axis in plan.axes:
        entry = with_value(entry, axis.path, as_kind(fields[axis.path], axis.values[0]))
    params = complete(entry.name, entry.params)._asdict()
    entry = entry.model_copy(update={"params": params, "label": None, "color": None, "backends": ("diy",)})
    plain = {"optimizers": (entry,), "breakpoints": (), "title": "", "device": "cpu"}
    start = {"start": ()} if plan.seeds else {}
    return spec.model_copy(update=plain | start)
