"""The page of the bug hunt: a bug is planted into the window's run, and what becomes of the hunt is followed."""

from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gui.debug.source.source_view import SourceView
from gui.files.agreed_code import remember

from ..page import Around, LearnPage
from ..shelved import ShelvedPage
from .at_hand import HuntAtHand
from .hunting import Hunting
from .hunts import drawn
from .start import HuntStart
from .words import hunt_title


class KeptHunt(NamedTuple):
    """Hold the hunt that is on, and how it stands."""

    level: int
    seed: int
    found: tuple[str, ...]
    at: str
    misses: int
    given_up: bool


class HuntPage(ShelvedPage):
    """Plant bugs, and say what becomes of the hunt. While line or cause is to be found, the window is hushed."""

    name = "hunt"

    def __init__(self, around: Around, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("hunt_page")
        self._around = around
        self.hunting: Hunting | None = None
        self._is_joined = False
        self._start, self._at_hand = HuntStart(), HuntAtHand()
        self._put_in(self._start, self._at_hand)
        self._connect()

    @property
    def title(self) -> str:
        return self.tr("Bug hunt")

    @property
    def tip(self) -> str:
        return self.tr("Find a mistake that was planted into a run whose loss still falls")

    def _connect(self) -> None:
        at_hand = self._at_hand
        self._start.wanted.connect(self.begin)
        at_hand.left.connect(self.leave)
        at_hand.code_wanted.connect(self._show_code)
        at_hand.pointed.connect(self._on_pointed)
        at_hand.chosen.connect(self._on_chosen)
        at_hand.given_up.connect(lambda: self.hunting and self.hunting.give_up())
        at_hand.next_wanted.connect(self._begin_next)

    # --- which hunt ------------------------------------------------------------------------------

    def begin(self, level: int, seed: int) -> None:
        """Plant the bug that a seed draws, and have the window show the run, its differences hushed."""
        hunt = drawn(level, seed)
        remember([bug.text for bug in hunt.bugs])
        self._around.lead()
        self._around.hush(True)
        if not self._around.show_experiment(hunt.raw(hunt_title(level, seed))):
            self._around.hush(self._hides)
            return
        self._start.choose(level, seed)
        self._take(Hunting(hunt, seed, self))
        QTimer.singleShot(0, self, self._show_code)

    def _begin_next(self) -> None:
        level, seed = self._start.chosen
        self.begin(level, seed + 1)

    def _take(self, hunting: Hunting) -> None:
        self._drop()
        self.hunting = hunting
        hunting.changed.connect(self.refresh)
        self._at_hand.begin(hunt_title(hunting.hunt.level, hunting.seed))
        self._join()
        self._show_part(self._at_hand)
        self.refresh()

    def _join(self) -> None:
        if not self._is_joined:
            self._is_joined = True
            self._around.form.code_door.judged.connect(lambda _: self._on_judged())
            self._around.documents.opened.connect(lambda _: self._on_opened())

    def _drop(self) -> None:
        if self.hunting is not None:
            self.hunting.deleteLater()
            self.hunting = None

    def leave(self) -> None:
        """End the hunt: the window tells all again."""
        self._end()
        self.setFocus()

    def _end(self) -> None:
        self._drop()
        self._around.hush(False)
        self._show_shelf()

    def _on_opened(self) -> None:
        """End the hunt where another experiment was opened: of that the window is to tell all."""
        QTimer.singleShot(0, self, self._end_elsewhere)

    def _end_elsewhere(self) -> None:
        if self.hunting is not None and not self._is_in_window:
            self._end()

    @property
    def _hides(self) -> bool:
        """Return whether something is still to be found."""
        return self.hunting is not None and not self.hunting.is_revealed

    @property
    def _is_in_window(self) -> bool:
        names = self._around.form.code_door.names
        return self.hunting is not None and all(bug.name in names for bug in self.hunting.hunt.bugs)

    # --- the hunt --------------------------------------------------------------------------------

    def _show_code(self) -> None:
        """Show the code where the text cursor was left, of several files another than the one shown."""
        if self.hunting is not None and self._is_in_window:
            shown = self._shown_file()
            names = [bug.name for bug in self.hunting.hunt.bugs]
            following = names[(names.index(shown) + 1) % len(names)] if shown in names else names[0]
            self._around.show_code(following, 0)

    def _shown_file(self) -> str | None:
        own = self._around.debugging().view.own
        return own.shown if own is not None else None

    def _on_pointed(self) -> None:
        """Take the line that the text cursor is in for the bug's."""
        source, file = self._around.window.findChild(SourceView, "source"), self._shown_file()
        if self.hunting is None or source is None:
            return
        if file is None:
            self._at_hand.say(self.tr("Put the text cursor into the line first: “To the code” leads there."))
        elif self.hunting.point(file, source.cursor_line):
            self._at_hand.say(self.tr("Yes, that is the line. What does it do?") if self.hunting.at else "")
        else:
            self._at_hand.say(self.tr("No, that line is as it should be."))

    def _on_chosen(self, cause: str) -> None:
        bug = self.hunting.at if self.hunting is not None else None
        if self.hunting is None or bug is None:
            return
        if self.hunting.choose(cause):
            self._at_hand.say("")
            self._around.show_code(bug.name, bug.line)  # to mend it there
        else:
            self._at_hand.say(self.tr("No, that it does not do."))

    def _on_judged(self) -> None:
        """Take what the judge says of the code now; it may not be told before the bug is found."""
        hunting, door = self.hunting, self._around.form.code_door
        if hunting is not None:
            for bug in hunting.hunt.bugs:
                found = door.found_of(bug.name)
                changed = door.text(bug.name) != bug.text
                hunting.set_mended(bug.name, changed and bool(found) and all(one.is_right for one in found))

    def refresh(self) -> None:
        """Say how the hunt stands."""
        if self.hunting is not None:
            self._around.hush(self._hides)
            self._at_hand.show_hunt(self.hunting)

    # --- made once more --------------------------------------------------------------------------

    def kept(self) -> KeptHunt | None:
        hunting = self.hunting
        if hunting is None:
            return None
        found = tuple(bug.id for bug in hunting.found)
        at = hunting.at.id if hunting.at is not None else ""
        return KeptHunt(hunting.hunt.level, hunting.seed, found, at, hunting.misses, hunting.given_up)

    def put_back(self, kept: KeptHunt | None) -> None:
        """Go on with the hunt where another page stood."""
        if kept is None:
            return
        hunting = Hunting(drawn(kept.level, kept.seed), kept.seed, self)
        by_id = {bug.id: bug for bug in hunting.hunt.bugs}
        hunting.found = [by_id[one] for one in kept.found]
        hunting.at, hunting.misses, hunting.given_up = by_id.get(kept.at), kept.misses, kept.given_up
        self._start.choose(kept.level, kept.seed)
        self._take(hunting)


def make_page(around: Around) -> LearnPage:
    return HuntPage(around)
