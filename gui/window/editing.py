"""From the form to the run and back: when an edit counts, what is kept for the next start, what a run shows in it."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.files.documents import Documents
from gui.files.drafts import Drafts
from gui.files.packing import Packed, packed
from gui.files.saving import is_waited_for
from gui.files.writing import Writing
from gui.forms.experiment_form import ExperimentForm
from gui.session.session import Session

EDIT_PAUSE = 120  # ms without typing after which an edit is taken over
DRAFT_PACE = 250  # ms, at the most, that something typed is kept for the next start nowhere
DRAFT_SHARE = 0.05  # of the time, at the most, may go into that: a large experiment is kept less often
DRAFT_LATEST = 1000  # ms after which what is small is kept all the same: two seconds of typing are not to be lost
DRAFT_RETRY = 5000  # ms after which what could not be kept is tried again


class Editing(QObject):
    """Keep what is typed. ``changed``: the form holds something else, whoever has put it there.

    ``draft_failed`` carries why what is typed cannot be kept for the next start; ``draft_kept``: now it is.
    """

    changed = Signal()
    draft_failed = Signal(str)
    draft_kept = Signal()

    def __init__(self, session: Session, documents: Documents, drafts: Drafts, parent: QObject):
        super().__init__(parent)
        self._session, self._documents, self._drafts = session, documents, drafts
        self._taken: dict[str, Any] = {"optimizers": []}  # what the form held when an edit last counted
        self._edits = QTimer(self, singleShot=True, interval=EDIT_PAUSE)
        self._is_another = False  # whether another experiment was opened and its run is still to begin
        self._pace = DRAFT_PACE
        self._unkept = QTimer(self, singleShot=True)
        self._kept: int | None = None  # the hash of what is kept, or need not be
        self._why_unkept: str | None = None
        self._writing: Writing | None = None  # of a draft that is large
        self._is_awaited = False  # whether the window is to be closed as soon as that is written
        self._edits.timeout.connect(self.take_over)
        self._unkept.timeout.connect(self.keep_draft)

    def join(self, form: ExperimentForm) -> None:
        """Take what is typed from ``form``, also where that takes another's place that held the same."""
        self._form = form
        form.edited.connect(self._edits.start)
        form.edited.connect(self._keep_soon)
        form.breakpoints.typed.connect(self._keep_soon)
        self._documents.agreed = lambda: form.may_run
        self._documents.code_texts = lambda: form.code_texts
        self._documents.opened.connect(self._on_opened)
        self._documents.saving.connect(lambda file: form.move_files(None if file is None else file.parent))
        self._session.params_shown.connect(self._show_params)

    def take_over(self) -> None:
        """Make what the form holds the experiment."""
        self._edits.stop()
        if self._is_another:
            self._is_another = False
            self._session.forget_run()
        self._taken = self._form.raw()
        folder = self._folder
        self._session.edit(self._taken, self._form.code_texts, agreed=self._form.may_run, folder=folder)
        self.changed.emit()

    @property
    def _folder(self) -> Path | None:
        """Where the experiment lies, which files are named from; None where it lies nowhere yet."""
        file = self._documents.file
        return None if file is None else file.parent

    def flush(self) -> None:
        """Let an edit that is still waiting for the next keystroke count before a command."""
        self._form.breakpoints.settle()
        if self._edits.isActive():
            self.take_over()

    def save(self, save: Callable[[], bool]) -> None:
        self.flush()  # what is saved is also what is checked
        save()

    # --- for the next start -------------------------------------------------------------------

    def begin_drafts(self) -> None:
        """Take what the form holds now as kept: nobody has typed it, or it is kept already."""
        self._unkept.stop()
        self._kept = packed(self._documents.draft()).key

    def keep_draft(self) -> None:
        self._unkept.stop()
        if self._writing is not None:
            self._unkept.start(self._pace)  # what is written by then is older
            return
        began = time.perf_counter()
        draft = packed(self._documents.draft())
        if draft.key == self._kept:
            self._on_kept(began, draft.key, None)
        elif not draft.arrays:
            self._on_kept(began, draft.key, self._drafts.keep(draft.text))
            self._pace = min(self._pace, DRAFT_LATEST)
        else:
            self._keep_large(began, draft)

    def _keep_large(self, began: float, draft: Packed) -> None:
        """Keep a large draft: it takes as long as it takes, and the window goes on."""
        place = self._drafts.place()
        if isinstance(place, str):
            self._on_kept(began, draft.key, place)
            return
        self._writing = Writing(place, draft.pieces(), self)
        self._writing.done.connect(lambda wrong: self._on_written(began, draft.key, wrong))

    def _on_written(self, began: float, key: int, wrong: str | None) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.deleteLater()
        self._on_kept(began, key, wrong)

    def _on_kept(self, began: float, key: int, wrong: str | None) -> None:
        if wrong is not None:
            self._unkept.start(DRAFT_RETRY)
        else:
            self._kept = key
            self._pace = max(DRAFT_PACE, round(1000 * (time.perf_counter() - began) / DRAFT_SHARE))
        self._tell(wrong)

    @property
    def why_unkept(self) -> str | None:
        """Return why what is typed cannot be kept for the next start; None where it can."""
        return self._why_unkept

    def may_close(self) -> bool:
        """Tell whether nothing is lost that the person does not want to lose."""
        if self._is_awaited:  # asked once more while a person is told that it takes a moment
            return False
        self._is_awaited = True
        try:
            kept = self._keep_now()
        finally:
            self._is_awaited = False
        if not kept:
            return False
        self._unkept.stop()
        return self._why_unkept is None or self._documents.may_close(self._why_unkept)

    def _keep_now(self) -> bool:
        """Keep what is being written, and what was typed since; False where the person waits for it no longer."""
        if not self._is_written():
            return False
        self.keep_draft()
        return self._is_written()

    def _is_written(self) -> bool:
        """Wait for a draft that is being written, with the window alive."""
        if self._writing is None:
            return True
        text = self.tr("Keeping what was typed for the next start…")
        return is_waited_for(self._writing, self._documents.window, self._documents.title, text)

    def _keep_soon(self) -> None:
        """At a steady pace: somebody may type without a pause."""
        if not self._unkept.isActive() or self._unkept.remainingTime() > self._pace:
            self._unkept.start(self._pace)

    def _tell(self, wrong: str | None) -> None:
        before, self._why_unkept = self._why_unkept, wrong
        if wrong is not None and wrong != before:
            self.draft_failed.emit(wrong)
        elif wrong is None and before is not None:
            self.draft_kept.emit()

    def show_again(self, raw: dict[str, Any]) -> None:
        """Show what was typed in another form that takes the place of the one before; it counts as it did there."""
        self._form.folder = self._folder
        self._form.set_code(raw, self._session.code_texts, self._folder, agreed=self._session.is_agreed)
        self._form.set_data_folder(self._folder)
        self._form.set_raw(raw)
        if raw.get("title") != self._taken.get("title"):  # an example's, in another language
            self._edits.start(0)
            self._keep_soon()

    # --- what the run does to it --------------------------------------------------------------

    def _on_opened(self, raw: dict[str, Any]) -> None:
        """Another experiment: its run begins at once, whatever ran before."""
        code = self._documents.opened_code
        self._form.folder = self._folder
        self._form.set_data_folder(self._folder)
        self._form.set_code(raw, code.texts, self._folder, agreed=code.agreed)
        self._form.set_raw(raw)
        self._is_another = True
        self._edits.start(0)  # the views follow in a turn of their own: of many entries each takes its time
        self._keep_soon()

    def _show_params(self, entry: int, params: dict[str, Any]) -> None:
        """Show what was in force at the step shown; never over something that is just being typed.

        An edit under way does not count any sooner for it: the rest of the form may still be of another step.
        """
        typed, taken = self._form.raw()["optimizers"], self._taken["optimizers"]
        if _without_params(typed) == _without_params(taken):  # else it will be of another experiment anyway
            self._form.show_params(entry, params, keep=_changed(taken[entry]["params"], typed[entry]["params"]))
            taken[entry]["params"] = params
            self._keep_soon()
            self.changed.emit()


def _without_params(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry | {"params": None} for entry in entries]


def _changed(before: dict[str, Any], now: dict[str, Any]) -> set[str]:
    """Return the names whose values differ, or that only one of the two has."""
    return {name for name in before | now if (name in before, before.get(name)) != (name in now, now.get(name))}
