"""The training so far as a program of its own: by hand in NumPy, by PyTorch, or a notebook of both."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from engine.protocol import JobFailed, MakeScript, Script, ScriptForm
from gui.look.wording import fault_text
from gui.session.jobs import NewestJob
from gui.session.session import Session

Ask = Callable[[str, list[tuple[str, str]]], Path | None]


class ScriptExport(QObject):
    """Have the engine write scripts. ``actions`` stand in the Export menu; of several entries each has a menu.

    ``written`` carries a file and its text; ``failed`` words for the person.
    """

    written = Signal(object, str)
    failed = Signal(str)

    def __init__(self, session: Session, ask: Ask, parent: QWidget):
        super().__init__(parent)
        self._session, self._ask, self._window = session, ask, parent
        self._job, self._file = NewestJob(session.jobs, self), Path()
        self._job.answered.connect(self._on_answered)
        self._job.failed.connect(self._on_failed)
        self._job.lost.connect(lambda: self.failed.emit(self.tr("The script was lost with the engine.")))
        self.actions = [
            self._action("diy", self.tr("&NumPy script…")),
            self._action("torch", self.tr("&PyTorch script…")),
            self._action("notebook", self.tr("Note&book of both…")),
        ]

    def _action(self, form: ScriptForm, title: str) -> QAction:
        action = QAction(title, self)
        action.setObjectName(f"export-script-{form}")
        action.setToolTip(self.tr("Trains as this run has until now, and prints the same losses, without Lockstep"))
        action.triggered.connect(lambda: self.save(0, form))
        return action

    def show_possible(self, *, begun: bool) -> None:
        """Enable the actions where steps were taken; where there are several entries each action asks which."""
        spec = self._session.run_spec
        labels = () if spec is None else spec.labels
        for action in self.actions:
            tells = action.objectName().endswith("notebook")  # how far both sides are apart
            action.setEnabled(begun and not (tells and self._session.is_hushed))
            old = action.menu()
            action.setMenu(self._menu(action, labels) if len(labels) > 1 else None)  # type: ignore[arg-type]
            if isinstance(old, QMenu):
                old.deleteLater()

    def _menu(self, action: QAction, labels: tuple[str, ...]) -> QMenu:
        menu = QMenu(self._window)
        form: ScriptForm = action.objectName().rpartition("-")[2]  # type: ignore[assignment]
        for entry, label in enumerate(labels):
            menu.addAction(label.replace("&", "&&"), lambda entry=entry: self.save(entry, form))
        return menu

    def save(self, entry: int, form: ScriptForm) -> None:
        """Ask where to, and have the script written; it comes as a job's answer."""
        kind = (self.tr("Notebook"), "ipynb") if form == "notebook" else (self.tr("Python script"), "py")
        file = self._ask({"diy": "by_hand", "torch": "by_torch", "notebook": "both"}[form], [kind])
        if file is None:
            return
        self._file = file
        self._job.begin(lambda generation, job: MakeScript(generation, job, entry, form))

    def _on_answered(self, script: Script) -> None:
        self.written.emit(self._file, script.text)

    def _on_failed(self, failed: JobFailed) -> None:
        lines = failed.detail.strip().splitlines()
        reason = fault_text(failed.fault) if failed.fault is not None else lines[-1] if lines else ""
        self.failed.emit(self.tr("The script could not be written: {reason}").format(reason=reason))
