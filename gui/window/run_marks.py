"""What happened at which step of the run, as marks on the timeline."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from gui.session import param_words
from gui.session.live_run import LiveRun

from .step_slider import Mark
from .timeline import Timeline

translate = QCoreApplication.translate


class RunMarks(QObject):
    """Keep the timeline's marks those of the run: they are made again only where something has happened."""

    def __init__(self, run: LiveRun, timeline: Timeline, parent: QObject | None = None):
        super().__init__(parent)
        self._run, self._timeline = run, timeline
        self._known: Any = None
        for signal in (run.begun, run.frame, run.changed):
            signal.connect(self._look)
        run.names.changed.connect(self._mark)

    def _look(self) -> None:
        run = self._run
        known = (run.start_spec is None, run.changes, run.branches, run.stop)
        if known != self._known:
            self._known = known
            self._mark()

    def _mark(self) -> None:
        self._timeline.set_marks(marks_of(self._run))


def marks_of(run: LiveRun) -> tuple[Mark, ...]:
    if run.start_spec is None:
        return ()
    return (*_changes(run), *_forks(run), *_stop(run))


def _changes(run: LiveRun) -> Iterator[Mark]:
    spec = run.start_spec
    assert spec is not None
    before = [entry.params for entry in spec.optimizers]
    text = translate("timeline", "After step {step}: {label} {change}")
    for change in run.changes:
        what = param_words.changed(spec.optimizers[change.entry].name, before[change.entry], change.params)
        before[change.entry] = change.params
        if what:
            label = spec.labels[change.entry]
            told = text.format(step=f"{change.step:,}", label=label, change=what)
            yield Mark(change.step, "change", told, spec.colors[change.entry])


def _forks(run: LiveRun) -> Iterator[Mark]:
    assert run.start_spec is not None
    colors = run.start_spec.colors
    for branch in run.branches:
        text = translate("timeline", "Fork after step {step}: {name}")
        told = text.format(step=f"{branch.start:,}", name=run.names.full(branch))
        yield Mark(branch.start, "fork", told, colors[branch.entry])


def _stop(run: LiveRun) -> Iterator[Mark]:
    if run.stop is not None:
        text = translate("timeline", "Stopped before the update of step {step}")
        yield Mark(run.stop.step - 1, "stop", text.format(step=f"{run.stop.step:,}"))
