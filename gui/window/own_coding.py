"""The experiment's own code in the window: asked about, judged as it is typed, watched where it is followed."""

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from engine.protocol import CheckCode, CodeChecked, CodeStopped, CodeUse, CodeVerdict
from engine.spec import Fault, OwnCode
from gui.forms.own.door import CodeDoor, Unread
from gui.look.banner import Banners
from gui.look.failure_words import failure_words
from gui.look.wording import fault_line
from gui.session.jobs import NewestJob
from gui.session.session import Session

PAUSE = 300  # ms without typing after which code is judged
TRUST = "trust"  # the kind of the message that asks
SETTLED = 80  # ms after which a file that was just written is read: editors write in several steps
AGAIN = 1000  # ms until another look for a file that is gone


class OwnCoding(QObject):
    """Keep the verdicts as new as the texts. ``raw``: the experiment as typed; ``show`` brings a file to the front."""

    def __init__(
        self, door: CodeDoor, session: Session, raw: Callable[[], dict[str, Any]], banners: Banners,
        show: Callable[[str, int], None], parent: QObject,
    ):  # fmt: skip
        super().__init__(parent)
        self.door, self._session, self._raw, self._banners, self._show = door, session, raw, banners, show
        self._judged: dict[tuple[str, str, str | None], tuple[str, Any]] = {}  # of which text and params
        self._to_judge: deque[CodeUse] = deque()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._judge_all)
        self._job = NewestJob(session.jobs, self)
        self._job.answered.connect(self._on_checked)
        self._job.failed.connect(lambda _: self._judge_next())
        self._job.lost.connect(self._pause.start)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda _: self._look.start())
        self._watcher.directoryChanged.connect(lambda _: self._look.start())
        self._look = QTimer(self, singleShot=True, interval=SETTLED)
        self._look.timeout.connect(self._read_again)
        self._gone = QTimer(self, singleShot=True, interval=AGAIN)
        self._gone.timeout.connect(self._read_again)
        door.unread.connect(self._on_unread)
        door.agreed.connect(lambda: banners.dismiss(TRUST))
        door.open_wanted.connect(show)
        door.edited.connect(self._pause.start)
        door.put_back.connect(lambda *_: self._pause.start())
        door.files_changed.connect(self._on_files)
        session.changed.connect(self._on_changed)
        session.code_judged.connect(self._on_judged)
        session.code_stopped.connect(self._on_stopped)
        session.code_refused.connect(self._on_code_refused)
        session.code_shown.connect(door.show_texts)
        session.begun.connect(lambda _: self._look.start())  # a step of an earlier run may have shown another text
        session.refused.connect(self._on_refused)
        self._on_files()

    def _on_files(self) -> None:
        self._judged.clear()
        self._on_changed()
        self._watch()
        self._ask()

    # --- may it run ------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask whether code that came in a file may run, with the code on screen."""
        if self.door.is_agreed:
            self._banners.dismiss(TRUST)
            return
        files = ", ".join(self.door.names)
        text = self.tr(
            "This experiment has code in it ({files}). It would run on this computer with all that you may do. "
            "Read it, and say whether it may."
        )
        offers = [(self.tr("Run it"), self._agree), (self.tr("Show only"), self._decline)]
        self._banners.show_message(TRUST, "warning", text.format(files=files), offers)
        QTimer.singleShot(0, self, lambda: self._show(self.door.names[0], 0) if self.door.names else None)

    def _on_refused(self) -> None:
        """Where nothing but the person's word is wanting, ask for that."""
        if [fault.code for fault in self._session.faults] == ["needs_agreement"]:
            self._banners.dismiss("refused")
            self._decline()

    def _agree(self) -> None:
        self.door.agree()

    def _decline(self) -> None:
        """Show what is there, and run nothing of it."""
        text = self.tr("Code of this experiment is shown and not run.")
        self._banners.show_message(TRUST, "info", text, [(self.tr("Run it"), self._agree)])

    # --- files that are followed -----------------------------------------------------------------

    def _watch(self) -> None:
        """Watch the files, and their folders: many an editor puts another file in the place of the one before."""
        paths = [path for name in self.door.names if (path := self.door.path(name)) is not None]
        wanted = {str(path) for path in paths if path.exists()} | {str(path.parent) for path in paths}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))

    def _read_again(self) -> None:
        for name in self.door.names:
            self.door.read_again(name)
        self._watch()
        if self.door.failures:
            self._gone.start()

    def _on_unread(self, name: str, unread: Unread | None) -> None:
        """Tell that a file that is followed cannot be read, and what goes on meanwhile; or that it can again."""
        kind = f"code {name}"
        if unread is None:
            self._banners.dismiss(kind)
            return
        reasons = {
            "gone": self.tr("{file} is gone, or has another name."),
            "no_text": self.tr("{file} is no text."),
            "too_long": self.tr("{file} is too long."),
            "no_notebook": self.tr("{file} is no notebook yet."),
        }
        reasons["no_python"] = self.tr("{file} is no Python yet: {detail}, line {line}.")
        text = reasons[unread.reason].format(file=name, detail=unread.detail, line=unread.line)
        if self.door.text(name) is not None:
            text += " " + self.tr("What it held last goes on.")
        self._banners.show_message(kind, "warning", text)
        self._gone.start()

    def _on_changed(self) -> None:
        """Look whether other code stands somewhere now, or beside something else."""
        uses = self.door.uses_with(self._raw())
        if uses != self.door.uses:
            self.door.uses = uses
            self._pause.start()

    # --- judging --------------------------------------------------------------------------------

    def _judge_all(self) -> None:
        """Judge what is another than it was; not what nobody agreed to."""
        self.door.uses = self.door.uses_with(self._raw())
        self._to_judge.clear()
        if self.door.is_agreed:
            self._to_judge.extend(use for use in self.door.uses if self._is_new(use))
        self._judge_next()

    def _is_new(self, use: CodeUse) -> bool:
        text = self.door.text(OwnCode.of(use.code).file)
        return text is not None and self._judged.get(_key(use)) != (text, use.params)

    def _judge_next(self) -> None:
        if self._to_judge:
            use = self._to_judge.popleft()
            text = self.door.text(OwnCode.of(use.code).file) or ""
            self._job.begin(lambda _, job: CheckCode(job, text, use))

    def _on_checked(self, checked: CodeChecked) -> None:
        use = checked.verdict.use
        if checked.text == self.door.text(OwnCode.of(use.code).file):
            self._judged[_key(use)] = checked.text, use.params
            self.door.judge([checked.verdict])
        self._judge_next()

    def _on_judged(self, verdicts: tuple[CodeVerdict, ...]) -> None:
        """Take what the run has found out when it began."""
        spec = self._session.run_spec
        for one in verdicts:
            file = OwnCode.of(one.use.code).file
            ran = (spec.code or {}).get(file) if spec is not None else None
            if ran is not None and ran.text == self.door.text(file):
                self.door.judge([one])

    def _on_code_refused(self, faults: tuple[Fault, ...]) -> None:
        """Tell why the run cannot go on with what is written; it can be begun anew with it."""
        told = "; ".join(fault_line(fault) for fault in faults)
        self._banners.show_message("code", "error", told, [(self.tr("Reset"), self._session.reset)])

    def _on_stopped(self, stopped: CodeStopped) -> None:
        """Tell what own code raised in a step, with a way to its line."""
        at, line = stopped.at, stopped.line
        text = self.tr("{label}, step {failed:,}: {words}. The run stands after step {step:,}; nothing is lost.")
        words = failure_words(at.detail).rstrip(".。")
        if line is not None:
            words = self.tr("{words}, line {line}").format(words=words, line=line)
        told = text.format(label=at.label, failed=at.step, words=words, step=at.step - 1)
        show = (self.tr("Show the line"), lambda: self._show(stopped.files[0], line or 0))
        self._banners.show_message("engine", "error", told, [show] if stopped.files else [])


def _key(use: CodeUse) -> tuple[str, str, str | None]:
    return use.kind, use.code, use.against
