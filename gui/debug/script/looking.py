"""A file of a person's own looked at beside the experiment: shown, asked about, run, stopped, and run again."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.protocol import JobFailed, StartVerify, Verified
from engine.spec import OwnCode
from gui.look.notes import not_told
from gui.look.theme import Theme
from gui.session.jobs import NewestJob
from gui.session.session import Session

from .file_watch import FileWatch
from .view import ScriptView

AT_ONCE = 20.0  # seconds: what took no longer runs again as soon as the file is saved
DROPPED = "none"  # torch's value of what is not to be paired


class KeptScript(NamedTuple):
    """Hold what is looked at: ``verified`` is None of what has not run; ``pairs`` those that a person told, ``part``
    which of the file's functions, with what its arguments are.

    ``job`` is the number of a run under way, None without one.
    """

    file: Path
    verified: Verified | None
    pairs: dict[str, str]
    part: OwnCode
    event: int
    job: int | None


class ScriptLook(QObject):
    """Look at one file at a time. ``wanted``: it is to come to the front; ``closed``: the experiment is.

    What a person has opened himself runs once he has said so, and then again as he saves it in an editor of his own.
    """

    wanted = Signal()
    closed = Signal()

    def __init__(self, session: Session, view: ScriptView, parent: QObject | None = None):
        super().__init__(parent)
        self._session = session
        self.view = view
        self.file: Path | None = None
        self._pairs: dict[str, str] = {}
        self._part = OwnCode("", None)
        self._verified: Verified | None = None
        self._runs = False  # whether what is asked for is a run, and not the text alone
        self._watch = FileWatch(self)
        self._watch.changed.connect(self._on_file)
        self._job = NewestJob(session.jobs, self)
        self._job.answered.connect(self._on_answered)
        self._job.failed.connect(self._on_failed)
        self._job.lost.connect(self._on_lost)
        self.view.go.connect(self._go)
        self.view.close_wanted.connect(self.close)
        self.view.pairs.paired.connect(self._pair)
        self.view.which.chosen.connect(self._choose)
        self.view.which.told.connect(self._tell)
        self.view.pairs.dropped.connect(lambda own: self._pair(own, DROPPED))

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    def open(self, file: Path) -> None:
        """Show a file's code and ask whether it is to run."""
        self._pairs, self._verified = {}, None
        self.file = file.absolute()
        self._part = OwnCode(self._name, None)
        self._runs = False
        self._watch.watch(self.file)
        self.view.say(self.tr("Reading {file}…").format(file=file.name), "")
        self._begin()
        self.wanted.emit()

    def close(self) -> None:
        """Go back to the experiment, which has stayed as it was."""
        self._job.drop()
        self._watch.watch(None)
        self.file = self._verified = None
        self.view.steps.show(None)
        self.closed.emit()

    def kept(self) -> KeptScript | None:
        """Return what another view in its place needs to show the same."""
        if self.file is None:
            return None
        job = self._job.number if self._job.running and self._runs else None
        return KeptScript(self.file, self._verified, self._pairs, self._part, self.view.steps.cursor, job)

    def put_back(self, kept: KeptScript) -> None:
        if kept.verified is None and kept.job is None:
            self.open(kept.file)
            return
        self.file, self._pairs, self._verified = kept.file, kept.pairs, kept.verified
        self._part, self._runs = kept.part, True
        self._watch.watch(kept.file)
        if kept.verified is not None:
            self.view.show_verified(kept.file, kept.verified, kept.part)
            self.view.steps.go_to(kept.event)
        self._job.follow(kept.job, kept.job is not None)
        self.wanted.emit()

    # --- runs ----------------------------------------------------------------------------------

    def _go(self) -> None:
        if self._job.running and self._runs:
            self._job.stop()
        elif self.file is not None and not self._job.running:
            self._run()

    def _run(self) -> None:
        if self._session.is_hushed:
            text = self.tr("What {file} is beside torch’s is {untold}.")
            self.view.say(text.format(file=self._name, untold=not_told()), self.tr("&Run again"))
            return
        self._runs = True
        self._begin()

    def _on_file(self) -> None:
        """Run it again, as it was agreed to; what takes long only where that is asked for."""
        if self._verified is None:
            self._begin()
        elif self._verified.seconds <= AT_ONCE:
            self._run()
        else:
            self._watch.note()
            self.view.say(self.tr("{file} has changed since it ran.").format(file=self._name), self.tr("&Run again"))

    @property
    def _name(self) -> str:
        return "" if self.file is None else self.file.name

    def _begin(self) -> None:
        self._watch.note()
        file, runs, pairs, part = str(self.file), self._runs, tuple(self._pairs.items()), self._part
        self._job.begin(lambda _, job: StartVerify(job, file, runs, pairs, part.name, part.told))

    def _pair(self, own: str, torch: str) -> None:
        self._pairs[own] = torch
        if self.file is not None:
            self._run()

    def _choose(self, name: str) -> None:
        """Judge another of the file's functions; it stays chosen when the file is saved."""
        self._part = OwnCode(self._name, name)
        self._run()

    def _tell(self, argument: str, role: str) -> None:
        told = dict(self._part.told) | {argument: role}
        self._part = self._part._replace(told=tuple(told.items()))
        self._run()

    def _on_answered(self, answer: Verified) -> None:
        if self.file is None:
            return
        if answer.state == "running":
            if self._runs:
                self.view.show_progress(answer)
        elif self._runs or answer.record is not None:
            self._verified = answer
            self.view.show_verified(self.file, answer, self._part)
        elif answer.text is not None:
            self.view.ask(self.file, answer.text)

    def _on_failed(self, failed: JobFailed) -> None:
        last = failed.detail.strip().rpartition("\n")[2]
        self.view.say(self.tr("It could not be judged: {detail}").format(detail=last), self.tr("&Run again"), "error")

    def _on_lost(self) -> None:
        text = self.tr("The engine has stopped, and with it the run of this file.")
        self.view.say(text, self.tr("&Run again"), "error")
