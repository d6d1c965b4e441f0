"""What the window says in words: the run's state, and what went wrong and what can be done."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, qVersion
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.protocol import Branch, Failed, Ready, Stopped
from engine.spec import MOST_TOLD, Fault, MovedLine
from gui.forms.breakpoints.words import moved_text
from gui.forms.experiment_form import ExperimentForm
from gui.look.banner import Action, Banners, Offer
from gui.look.naming import plain_text
from gui.look.own_sheets import Level
from gui.look.wording import fault_line
from gui.session.lost_runs import LostRun
from gui.session.session import Session

from .stop_words import step_failed_text, stop_text

if TYPE_CHECKING:
    from gui.session.code_watch import CodeEnd

MOST_FAULTS = 3  # named in a banner; the fields tell the others
MOST_RETURNS = 3  # buttons
Told = ParamSpec("Told")
PASSING = 10_000  # ms that a message stands which asks for nothing


class Said(NamedTuple):
    """Hold a message's kind, and the method that said it and what about."""

    kind: str
    method: str
    about: tuple[Any, ...]


Tell = Callable[Concatenate["Messages", Told], None]


def _stands_as(kind: str) -> Callable[[Tell[Told]], Tell[Told]]:
    """Have it remembered how a message came about that stands, so that another window's part can say it again."""

    def decorate(tell: Tell[Told]) -> Tell[Told]:
        @wraps(tell)
        def told(self: "Messages", *args: Told.args, **kwargs: Told.kwargs) -> None:
            self._said.pop(kind, None)
            self._said[kind] = Said(kind, tell.__name__, args)
            tell(self, *args, **kwargs)

        return told

    return decorate


class Messages(QObject):
    """Show messages. ``debug_wanted``: the person wants to see in the debugger where the run has stopped.

    ``line_wanted`` carries a file of own code and the line of it that is to be seen.
    """

    debug_wanted = Signal()
    line_wanted = Signal(str, int)

    def __init__(self, session: Session, banners: Banners, form: ExperimentForm, window: QWidget):
        super().__init__(window)
        self._session, self._banners, self._form, self._window = session, banners, form, window
        self._torch = ""
        self._said: dict[str, Said] = {}
        self._told: tuple[Fault, ...] = ()  # the faults that the last refusal was for
        self._offers_returns = False  # whether what is said of the engine offers to return to a run
        self._debugging = False  # whether the debugger is in front, which says itself why a run has stopped
        self._passing = QTimer(self, singleShot=True, interval=PASSING)
        self._passing.timeout.connect(lambda: self._banners.dismiss("fork"))
        self._returning = QTimer(self, singleShot=True, interval=PASSING)
        self._returning.timeout.connect(lambda: self._banners.dismiss("back"))
        session.refused.connect(self.run_refused)
        session.stopped.connect(self.run_stopped)
        session.forked.connect(self.run_forked)
        session.lost.connect(self.engine_lost)
        session.gave_up.connect(self.engine_gave_up)
        session.revived.connect(self.engine_revived)
        session.broke.connect(self.engine_broke)
        session.changed.connect(self._tidy)

    def note_engine(self, ready: Ready) -> None:
        """Take down what the engine is, once it has told."""
        self._torch = ready.torch_version

    @property
    def standing(self) -> list[Said]:
        """Return what is said now, the oldest first."""
        return [said for said in self._said.values() if self._banners.text(said.kind)]

    def say_again(self, said: Sequence[Said]) -> None:
        """Say what others said that have stood here before, in the language spoken now."""
        for one in said:
            getattr(self, one.method)(*one.about)

    def state(self) -> str:
        """Say the run's state in a word or two."""
        session = self._session
        if session.phase == "failed":
            return self.tr("Engine stopped")
        if session.phase == "warming":
            return self.tr("Loading torch, then runs") if session.running else self.tr("Loading torch…")
        if session.faults:
            return self.tr("Faulty entries")
        if session.stale:
            return self.tr("Edits wait for Reset")
        if session.running:
            return self.tr("Going back") if session.goes_back else self.tr("Running")
        if session.is_trying:
            return self.tr("Trying the code…")
        return self.tr("Paused") if session.newest_step else self.tr("Ready")

    def _tidy(self) -> None:
        """Take down what no longer holds."""
        if self._session.stop is None:
            self._banners.dismiss("stop")
        if self._session.running or not self._session.newest_step:
            self._banners.dismiss("fork")
        if self._offers_returns and not self._session.lost_runs:
            self._offers_returns = False
            self._banners.dismiss("engine")  # they are of an experiment that is no longer open
        if not self._session.faults and not self._session.stale:
            self._banners.dismiss("refused")
        elif self._session.faults != self._told and self._banners.text("refused"):
            self._tell_refused()  # what was corrected is no longer asked for

    def set_debugging(self, debugging: bool) -> None:
        self._debugging = debugging
        stop = self._session.stop
        if stop is not None:
            self.run_stopped(stop)

    @_stands_as("stop")
    def run_stopped(self, stop: Stopped) -> None:
        """Say that a breakpoint, or a number that is not finite, has stopped the run."""
        spec = self._session.run_spec
        if self._debugging and stop.event is not None:
            self._banners.dismiss("stop")
        elif spec is not None and self._session.stop is stop:  # it may have been sent on already
            level = "warning" if stop.breakpoint is None else "info"
            offers = [(self.tr("Show in Debug"), self.debug_wanted.emit), (self.tr("Go on"), self._session.resume)]
            self._banners.show_message("stop", level, stop_text(stop, spec), offers)

    def why_stopped(self, stop: Stopped) -> str:
        """Say why the run stopped; the debugger says it too, where the line is."""
        spec = self._session.run_spec
        return stop_text(stop, spec) if spec is not None else ""

    @_stands_as("fork")
    def run_forked(self, branch: Branch) -> None:
        """Say in passing that the run forked: nothing is lost, and nothing needs to be done."""
        text = self.tr("The run was forked after step {step}; the old future is kept as {branch}.")
        told = text.format(step=f"{branch.start:,}", branch=self._session.names.name(branch))
        self._banners.show_message("fork", "info", told)
        self._passing.start()

    def run_refused(self) -> None:
        """Run or Step cannot start: say which fields are wrong, or that Reset is needed first."""
        self._reveal_first()
        self._tell_refused()

    @_stands_as("refused")
    def _tell_refused(self) -> None:
        session = self._session
        self._told = session.faults
        if session.faults:
            text = self.tr("Not started. Please correct: {faults}").format(faults=_listed(session.faults))
            show = (self.tr("Show"), self._reveal_first)
            self._banners.show_message("refused", "error", text, [show])
            return
        text = self.tr("Not started: the experiment was edited, and the run on screen is of the one before.")
        offers = [
            (self.tr("Reset and step") if session.asked[0] == 1 else self.tr("Reset and run"), self._reset_and_run),
            (self.tr("Go on with the old one"), lambda: session.go_on(*session.asked)),
        ]
        self._banners.show_message("refused", "warning", text, offers)

    def _reveal_first(self) -> None:
        if self._session.faults:
            self._form.reveal(self._session.faults[0])

    def _reset_and_run(self) -> None:
        self._session.reset()
        self._session.run(*self._session.asked)

    @_stands_as("engine")
    def engine_gave_up(self) -> None:
        text = self.tr("The engine keeps stopping. Nothing that you typed is lost.")
        start = (self.tr("Start it again"), self._session.revive)
        self._banners.show_message("engine", "error", text, [start, *self._returns()])

    @_stands_as("engine")
    def engine_revived(self) -> None:
        """Say that the engine was started again, and offer still what was offered before."""
        returns = self._returns()
        if returns:
            self._tell_of_engine("info", self.tr("The engine was started again."), returns)
        else:
            self._banners.dismiss("engine")

    @_stands_as("engine")
    def engine_lost(self, how: str, _: int) -> None:
        end = self._session.code_end
        if end is not None:
            self._code_ended(end)
            return
        reasons = {
            "died": self.tr("The engine stopped unexpectedly"),
            "hung": self.tr("The engine did not answer any more"),
        }
        text = self.tr("{reason} and was started again. Nothing that you typed is lost.").format(reason=reasons[how])
        self._tell_of_engine("warning", text, self._returns())

    def _code_ended(self, end: "CodeEnd") -> None:
        """Say what own code has done to the engine, with a way to its line."""
        texts = {
            "endless": self.tr("{where}: no end, a call took more than 5 s."),
            "crashed": self.tr("{where}: it crashed Python ({detail})."),
            "ended": self.tr("{where}: it ended the process that it ran in."),
        }
        where = end.file or self.tr("Own code")
        if end.line is not None:
            where = self.tr("{file}, line {line}").format(file=where, line=end.line)
        text = texts[end.how].format(where=where, detail=end.detail)
        text += " " + self.tr("The engine was started again; nothing that you typed is lost.")
        show = [] if end.line is None else [(self.tr("Show the line"), partial(self._show_line, end.file, end.line))]
        self._tell_of_engine("error", text, [*show, *self._returns()])

    def _show_line(self, file: str, line: int, *_: object) -> None:
        self.line_wanted.emit(file, line)
        self.engine_revived()  # the way back is offered still

    @_stands_as("engine")
    def engine_broke(self, failed: Failed) -> None:
        """Show an error of the engine's own, or of a step, in a line here, all of it for a report."""
        if failed.at is None:
            reason = failed.detail.strip().splitlines()[-1]
            text = self.tr("The engine met an error and ended the run: {reason}").format(reason=reason)
        else:
            text = step_failed_text(failed.at)
        details = (self.tr("Details…"), lambda: self._show_details(failed))
        self._tell_of_engine("error", text, [*self._returns(), details])

    def _tell_of_engine(self, level: Level, text: str, offers: Sequence[Offer]) -> None:
        self._banners.show_message("engine", level, text, offers, self._session.decline)
        self._offers_returns = bool(self._session.lost_runs)

    def _returns(self) -> list[Offer]:
        """Offer a way back to each of the runs last lost, the last of all first."""
        runs = [run for run in self._session.lost_runs if run is not self._session.returning]
        text = self.tr("Return to step {step:,}")
        return [(text.format(step=run.step), partial(self._return, run)) for run in runs[: -MOST_RETURNS - 1 : -1]]

    def _return(self, run: LostRun, *_: object) -> None:
        self._session.repeat(run)
        self.engine_revived()  # there may be others

    def _show_details(self, failed: Failed) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Error in the engine"), "", parent=self._window)
        if failed.at is None:
            box.setText(self.tr("This is a mistake in Lockstep. The text below helps to find it."))
        else:
            box.setText(self.tr("The text below tells where it was raised."))
        box.setDetailedText(failed.detail)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @_stands_as("reading")
    def show_reading(self, file: Path | None, cancel: Action) -> None:
        """Say that a large file takes its time; None: it is read, or given up."""
        if file is None:
            self._banners.dismiss("reading")
            return
        self._banners.dismiss("file")
        text = self.tr("Reading {file}… What is in the window can be used meanwhile.").format(file=file.name)
        self._banners.show_message("reading", "info", text, [(self.tr("Cancel"), cancel)], declined=cancel)

    @_stands_as("file")
    def file_failed(self, file: Path, faults: Sequence[Fault], count: int) -> None:
        """Say that a file cannot be opened; ``faults`` are the first of so many."""
        text = self.tr("{file}: {faults}").format(file=file.name, faults=_listed(faults, count=count))
        offers = [(self.tr("Details…"), lambda: self._show_faults(file, faults, count))] if count > MOST_FAULTS else []
        self._banners.show_message("file", "error", text, offers)

    def _show_faults(self, file: Path, faults: Sequence[Fault], count: int) -> None:
        """More of a file's faults than a banner has room for."""
        text = _listed(faults, MOST_TOLD, "\n", count)
        box = QMessageBox(QMessageBox.Icon.Warning, file.name, text, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @_stands_as("moved")
    def lines_moved(self, moved: Sequence[MovedLine]) -> None:
        """Say of what was opened which breakpoints are elsewhere than they were, with their lines, or gone."""
        self._banners.dismiss("moved")
        if moved:
            level = "info" if all(one.to is not None for one in moved) else "warning"
            show = (self.tr("Show"), self._form.breakpoints.reveal_wanted.emit)
            self._banners.show_message("moved", level, _first([moved_text(one) for one in moved]), [show])

    @_stands_as("data")
    def data_changed(self, name: str, news: bool) -> None:
        """Say that a file of data holds something else: since just now (``news``), or since the experiment was made."""
        if news:
            text = self.tr("{file} was changed just now. What is trained on is what was read of it before.")
            offer = self.tr("Read it again")
        else:
            text = self.tr("{file} has changed since the experiment was made. It trains on what the file holds now.")
            offer = self.tr("Keep it so")
        take = (offer, lambda: self._form.take_data_as_they_are(news))
        self._banners.show_message("data", "warning", text.replace("{file}", name), [take])

    @_stands_as("file")
    def file_saved(self, file: Path) -> None:
        """Warn where a file was saved with faults: Open reads faultless files only."""
        faults = self._session.faults
        if faults:
            text = self.tr("{file} is saved as typed, but it cannot be opened before this is corrected: {faults}")
            show = (self.tr("Show"), self._reveal_first)
            message = text.format(file=file.name, faults=_listed(faults))
            self._banners.show_message("file", "warning", message, [show])

    def file_returned(self, file: Path | None) -> None:
        """Tell where an experiment belongs that an undo has brought back."""
        text = self.tr("{file} is back as it was left, and Save writes to it. Its run begins anew.")
        untitled = self.tr("The experiment is back as it was left; it belongs to no file. Its run begins anew.")
        self._banners.show_message("back", "info", untitled if file is None else text.format(file=file.name))
        self._returning.start()

    def shortcuts(self, general: Sequence[QAction], debugger: Sequence[QAction]) -> None:
        """Show all keys, read off the actions themselves."""
        title = self.tr("In the Debug view")
        sides = (_keys(general), f"<tr><td colspan=2><b>{title}</b></td></tr>{_keys(debugger)}")
        cells = "".join(f"<td style='padding-right:32px'><table>{side}</table></td>" for side in sides)
        self._tell(self.tr("Keyboard shortcuts"), f"<table><tr>{cells}</tr></table>")

    def about(self) -> None:
        text = self.tr(
            "<b>Lockstep</b><p>Trains one network twice, by hand-written NumPy and by PyTorch, "
            "and compares every number on the way.</p><p>torch {torch}, Qt {qt}</p>"
        )
        self._tell(self.tr("About Lockstep"), text.format(torch=self._torch or "…", qt=qVersion()))

    def _tell(self, title: str, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.Close, self._window)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def _keys(actions: Sequence[QAction]) -> str:
    return "".join(
        f"<tr><td style='padding-right:24px; white-space:nowrap'>{action.whatsThis() or plain_text(action.text())}</td>"
        f"<td><b>{action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)}</b></td></tr>"
        for action in actions
    )


def _listed(
    faults: Sequence[Fault], most: int = MOST_FAULTS, between: str | None = None, count: int | None = None
) -> str:
    """List the first few faults with their places, and how many more there are; ``count`` where not all are there."""
    return _first(
        [fault_line(fault) for fault in faults[:most]], most, between, len(faults) if count is None else count
    )


def _first(texts: Sequence[str], most: int = MOST_FAULTS, between: str | None = None, count: int | None = None) -> str:
    """List the first few of several sentences, and how many more there are."""
    between = QCoreApplication.translate("Messages", "; ") if between is None else between
    named = between.join(texts[:most])
    more = (len(texts) if count is None else count) - most
    if more <= 0:
        return named
    return QCoreApplication.translate("Messages", "{named}; and {more} more").format(named=named, more=more)
