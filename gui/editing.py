"""From the form to the run and back: when an edit counts, what is kept for the next start, what a run shows in it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.documents import Documents
from gui.forms.experiment_form import ExperimentForm
from gui.session import Session
from gui.settings import Settings

EDIT_PAUSE = 120  # ms without typing after which an edit is taken over
DRAFT_PAUSE = 1000  # ms after which it is also kept for the next start


class Editing(QObject):
    """``changed``: the form holds something else, whoever has put it there."""

    changed = Signal()

    def __init__(
        self, form: ExperimentForm, session: Session, documents: Documents, settings: Settings, parent: QObject
    ):
        super().__init__(parent)
        self._form, self._session, self._documents, self._settings = form, session, documents, settings
        self._taken: dict[str, Any] = {"optimizers": []}  # what the form held when an edit last counted
        self._edits = QTimer(self, singleShot=True, interval=EDIT_PAUSE)
        self._drafts = QTimer(self, singleShot=True, interval=DRAFT_PAUSE)
        form.edited.connect(self._edits.start)
        form.edited.connect(self._drafts.start)
        self._edits.timeout.connect(self.take_over)
        self._drafts.timeout.connect(self.keep_draft)
        documents.opened.connect(self._on_opened)
        session.params_shown.connect(self._show_params)

    def take_over(self) -> None:
        """What the form holds becomes the experiment."""
        self._edits.stop()
        self._taken = self._form.raw()
        self._session.edit(self._taken)
        self.changed.emit()

    def flush(self) -> None:
        """Let an edit that is still waiting for the next keystroke count before a command."""
        self._form.breakpoints.settle()
        if self._edits.isActive():
            self.take_over()

    def save(self, save: Callable[[], bool]) -> None:
        self.flush()  # what is saved is also what is checked
        save()

    def keep_draft(self) -> None:
        self._drafts.stop()
        self._settings.save_draft(self._documents.draft())

    def _on_opened(self, raw: dict[str, Any]) -> None:
        """Another experiment: its run begins at once, whatever ran before."""
        self._form.set_raw(raw)
        self._session.forget_run()
        self.take_over()
        self._drafts.start()

    def _show_params(self, entry: int, params: dict[str, Any]) -> None:
        """What was in force at the step shown; never over something that is just being typed.

        An edit under way does not count any sooner for it: the rest of the form may still be of another step.
        """
        typed, taken = self._form.raw()["optimizers"], self._taken["optimizers"]
        if _without_params(typed) == _without_params(taken):  # else it will be of another experiment anyway
            self._form.show_params(entry, params, keep=_changed(taken[entry]["params"], typed[entry]["params"]))
            taken[entry]["params"] = params
            self._drafts.start()
            self.changed.emit()


def _without_params(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry | {"params": None} for entry in entries]


def _changed(before: dict[str, Any], now: dict[str, Any]) -> set[str]:
    """The names whose values differ, or that only one of the two has."""
    return {name for name in before | now if (name in before, before.get(name)) != (name in now, now.get(name))}
