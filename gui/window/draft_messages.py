"""What the window says of drafts: one that cannot be kept or read, and those that other windows have left."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.files.documents import Documents
from gui.files.drafts import Draft, Drafts, LeftDraft
from gui.look.banner import Banners

from .editing import Editing

KEEPING, LEFT, ASIDE = "draft", "drafts", "draft "  # kinds of messages; after the last stands a file
MOST_OFFERED = 3  # drafts with a button of their own
LONGEST = 24  # letters of a title on a button


class DraftMessages(QObject):
    def __init__(self, drafts: Drafts, editing: Editing, documents: Documents, banners: Banners, window: QWidget):
        super().__init__(window)
        self._drafts, self._editing, self._documents, self._banners = drafts, editing, documents, banners
        editing.draft_failed.connect(self.cannot_be_kept)
        editing.draft_kept.connect(lambda: banners.dismiss(KEEPING))

    def tell_found(self) -> None:
        """Say at the start what could not be read, and what else there is."""
        for place in self._drafts.set_aside:
            self._tell_aside(place)
        self._drafts.set_aside.clear()
        self._tell_left()

    def say_again(self, said: str) -> None:
        """Say what others said that have stood here before; ``said``: its kind of message."""
        if said == KEEPING and self._editing.why_unkept is not None:
            self.cannot_be_kept(self._editing.why_unkept)
        elif said == LEFT:
            self._tell_left()
        elif said.startswith(ASIDE):
            self._tell_aside(said.removeprefix(ASIDE))

    def _tell_aside(self, place: Path | str) -> None:
        text = self.tr("A draft of what was typed could not be read. It is kept as {file}.")
        self._banners.show_message(f"{ASIDE}{place}", "warning", text.format(file=place))

    def cannot_be_kept(self, reason: str) -> None:
        text = self.tr("What you type is not kept for the next start: {reason}")
        save: Callable[[], None] = lambda: self._editing.save(self._documents.save_as)  # noqa: E731
        self._banners.show_message(KEEPING, "error", text.format(reason=reason), [(self.tr("Save as…"), save)])

    def _tell_left(self) -> None:
        left = self._drafts.left()
        if not left:
            self._banners.dismiss(LEFT)
            return
        text = self.tr("Unsaved, from windows closed earlier:")
        offers = [
            (self.tr("Show “{title}”").format(title=self._title(one.draft)), partial(self._show, one))
            for one in left[:MOST_OFFERED]
        ]
        self._banners.show_message(LEFT, "info", text, offers)

    def _title(self, draft: Draft) -> str:
        file, title = draft.get("file"), draft["raw"].get("title")
        name = Path(file).name if isinstance(file, str) else title if isinstance(title, str) and title else ""
        return (name if len(name) <= LONGEST else name[: LONGEST - 1] + "…") or self.tr("Untitled")

    def _show(self, left: LeftDraft, *_: object) -> None:
        """Show a draft; what is in the window stays for another time, or is asked about where it cannot be kept."""
        if self._editing.may_close():
            draft = self._drafts.change_to(left.place)
            if draft is not None:
                self._documents.restore(draft)
                self._editing.begin_drafts()
        self._tell_left()
