"""What the window says of drafts: one that cannot be kept or read, and those that other windows have left."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gui.files.documents import AGAIN, Documents
from gui.files.draft_file import About, Draft, read_draft_for
from gui.files.drafts import Drafts, LeftDraft
from gui.files.reader import Unread
from gui.files.reading import Reading
from gui.look.banner import Banners

from .editing import Editing

KEEPING, LEFT, READING, ASIDE = "draft", "drafts", "reading draft", "draft "  # kinds; after the last stands a file
MOST_OFFERED = 3  # drafts with a button of their own
LONGEST = 24  # letters of a title on a button


class DraftMessages(QObject):
    """Show drafts and tell of them. A large one is read beside the window, which may be typed in meanwhile."""

    def __init__(self, drafts: Drafts, editing: Editing, documents: Documents, banners: Banners, window: QWidget):
        super().__init__(window)
        self._drafts, self._editing, self._documents, self._banners = drafts, editing, documents, banners
        self._reading: Reading | None = None
        self._awaited: LeftDraft | None = None  # what is being read
        self._shown: Draft = {}  # what the window held when that began
        editing.draft_failed.connect(self.cannot_be_kept)
        editing.draft_kept.connect(lambda: banners.dismiss(KEEPING))

    def begin(self, wanted: bool = True) -> None:
        """Show what was found at the start, if it is ``wanted``, else the default; and say what else there is."""
        found = self._drafts.found
        if found is None or found.draft is None:
            self._documents.show_default()
        else:
            self._documents.restore(found.draft)
        self._editing.begin_drafts()
        if found is not None and found.draft is None:
            self._read(found) if wanted else found.lock.unlock()
        self._tell_set_aside()
        self._tell_left()

    def stop_reading(self) -> Path | None:
        """Leave what is being read for another window; returns where that is."""
        if self._reading is None or self._awaited is None:
            return None
        place = self._awaited.place
        self._reading.cancel()
        self._reading.deleteLater()
        self._awaited.lock.unlock()
        self._banners.dismiss(READING)
        self._reading = self._awaited = None
        return place

    def go_on_reading(self, place: Path) -> None:
        """Read a draft from its beginning, unless something has been typed by now."""
        claimed = None if self._documents.unsaved else self._drafts.claim(place)
        if claimed is None:
            self._tell_left()
        else:
            self._show_claimed(claimed)

    def _tell_set_aside(self) -> None:
        for place in self._drafts.set_aside:
            self._tell_aside(place)
        self._drafts.set_aside.clear()

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
            (self.tr("Show “{title}”").format(title=self._title(one.about)), partial(self._show, one.place))
            for one in left[:MOST_OFFERED]
        ]
        self._banners.show_message(LEFT, "info", text, offers)

    def _title(self, about: About) -> str:
        name = Path(about.file).name if about.file else about.title
        return (name if len(name) <= LONGEST else name[: LONGEST - 1] + "…") or self.tr("Untitled")

    def _show(self, place: Path, *_: object) -> None:
        """Show a draft; what is in the window stays for another time, or is asked about where it cannot be kept."""
        if self._editing.may_close():
            self.stop_reading()
            claimed = self._drafts.claim(place)
            if claimed is not None:
                self._show_claimed(claimed)
        self._tell_left()

    def _show_claimed(self, claimed: LeftDraft) -> None:
        if claimed.draft is None:
            self._read(claimed)
        else:
            self._go_on_with(claimed, claimed.draft)

    def _go_on_with(self, claimed: LeftDraft, draft: Draft) -> None:
        self._drafts.go_on_with(claimed)
        self._documents.restore(draft)
        self._editing.begin_drafts()

    def _read(self, claimed: LeftDraft) -> None:
        self._awaited, self._reading = claimed, Reading(claimed.place, self, read_draft_for)
        self._shown = self._documents.draft()
        self._reading.done.connect(self._on_read)
        text = self.tr("Reading what was typed last: {title}")
        self._banners.show_message(READING, "info", text.replace("{title}", self._title(claimed.about)))

    def _on_read(self, draft: Draft | Unread | None) -> None:
        """Show it where nothing was typed meanwhile; else it is offered."""
        claimed, reading = self._awaited, self._reading
        assert claimed is not None
        assert reading is not None
        if QApplication.activeModalWidget() is not None:  # first what is asked
            QTimer.singleShot(AGAIN, reading, lambda: self._on_read(draft))
            return
        self._reading = self._awaited = None
        reading.deleteLater()
        self._banners.dismiss(READING)
        if draft is None:
            self._drafts.put_aside(claimed)
            self._tell_set_aside()
        elif isinstance(draft, Unread) or self._documents.draft() != self._shown:
            claimed.lock.unlock()
        else:
            self._go_on_with(claimed, draft)
        self._tell_left()
