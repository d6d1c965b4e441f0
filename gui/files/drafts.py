"""The experiment as it was typed, kept for the next start: each window has a draft of its own.

A draft is JSON, half-typed fields included: ``about`` it in short, ``raw`` as the forms hold it, ``file`` and ``saved``
(what the file has), many numbers as ``packing`` has them. A large one takes its time to be read, and is read beside the
window: only its head is looked at here.
Beside the draft that a window keeps, or has taken over from one that was closed, is a lock; where the window is killed,
its lock counts no longer. What cannot be read is set aside under another name, never replaced.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QLockFile, QStandardPaths

from .draft_file import About, Draft, about, read_draft, read_head
from .settings import write_safely

SMALL = 500_000  # bytes of a draft that is read at once
TRIED = 4096  # bytes written to find out why a draft cannot be kept
LEFTOVER = re.compile(r"(draft(-\d+)?\.json)\.\w{6}")  # what QSaveFile writes, where it was killed in the midst


class LeftDraft(NamedTuple):
    """Hold where a draft is that a window has left, and what it says of itself. No other window has it: the lock."""

    place: Path
    lock: QLockFile
    about: About
    draft: Draft | None  # None: it is large, and to be read beside the window


class Drafts:
    """Keep drafts. ``found``: what this window begins with, None for nothing; ``set_aside`` could not be read."""

    def __init__(self) -> None:
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
        self._place: Path | None = None
        self._lock: QLockFile | None = None
        self.set_aside: list[Path] = []
        self.found: LeftDraft | None = None

    def begin(self) -> None:
        """Find the newest draft that no window has, one with something unsaved before any other.

        Those without are of no more use to anybody, and go.
        """
        free = sorted(self._free(), key=lambda one: (one.about.unsaved, _written(one.place)), reverse=True)
        for one in free[1:]:
            if not one.about.unsaved:
                _remove(one.place)
            one.lock.unlock()
        self.found = free[0] if free else None
        if self.found is not None and self.found.draft is not None:
            self.go_on_with(self.found)
        self._clear()

    def left(self) -> list[LeftDraft]:
        """List what else was left unsaved by windows that are closed, the newest first, for any window to take."""
        free = list(self._free())
        for one in free:
            one.lock.unlock()
        return sorted((one for one in free if one.about.unsaved), key=lambda one: _written(one.place), reverse=True)

    def claim(self, place: Path) -> LeftDraft | None:
        """Take a draft that was left, for this window alone. None: another has it by now."""
        claimed: LeftDraft | None = None
        for one in self._free():
            if one.place == place:
                claimed = one
            else:
                one.lock.unlock()
        return claimed

    def go_on_with(self, claimed: LeftDraft) -> None:
        """Keep what is typed where that draft is; this window's own, if it has one, stays for another."""
        self.release()
        self._place, self._lock = claimed.place, claimed.lock

    def put_aside(self, claimed: LeftDraft) -> None:
        """Set a draft aside that could not be read."""
        self.set_aside.append(_put_aside(claimed.place))
        claimed.lock.unlock()

    def keep(self, text: str) -> str | None:
        """Write this window's draft, as JSON; returns what went wrong, if anything."""
        place = self.place()
        return place if isinstance(place, str) else write_safely(place, text)

    def place(self) -> Path | str:
        """Return where this window's draft is to be written, or why it cannot be."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return error.strerror or str(error)
        return self._place if self._claim() and self._place is not None else self._why_not()

    def release(self) -> None:
        """Release the draft for the next window: this one is closed."""
        if self._lock is not None:
            self._lock.unlock()
        self._place = self._lock = None

    # --- places ------------------------------------------------------------------------------

    def _claim(self) -> bool:
        """Whether the window has a place for its draft; a new one is taken where it has none."""
        if self._place is not None and self._lock is not None:
            if self._lock.isLocked() or self._lock.tryLock(0):
                return True
            if self._lock.error() != QLockFile.LockError.LockFailedError:
                return False
        for number in count(1):
            place = self._folder / ("draft.json" if number == 1 else f"draft-{number}.json")
            lock = _lock_of(place)
            if lock is None:
                continue
            if not lock.isLocked():
                return False
            if not place.exists():
                self._place, self._lock = place, lock
                return True
            lock.unlock()
        return False

    def _why_not(self) -> str:
        try:
            with tempfile.TemporaryFile(dir=self._folder) as file:
                file.write(bytes(TRIED))
        except OSError as error:
            return error.strerror or str(error)
        return os.strerror(errno.EACCES)

    def _free(self) -> Iterator[LeftDraft]:
        """Every draft that no window has; the lock may not hold where nothing can be written."""
        for place in sorted(self._folder.glob("draft*.json")):
            lock = _lock_of(place) if place != self._place else None
            if lock is None:
                continue
            if _size(place) > SMALL:
                yield LeftDraft(place, lock, read_head(place), None)
                continue
            draft = read_draft(place)
            if draft is not None:
                yield LeftDraft(place, lock, about(draft), draft)
                continue
            if place.exists():
                self.set_aside.append(_put_aside(place))
            lock.unlock()

    def _clear(self) -> None:
        """Remove what windows have left that were killed while they wrote."""
        for file in self._folder.glob("draft*.json.*"):
            name = LEFTOVER.fullmatch(file.name)
            if name is None:
                continue
            place = self._folder / name[1]
            lock = _lock_of(place) if place != self._place else None
            if lock is not None or place == self._place:
                _remove(file)
            if lock is not None:
                lock.unlock()


def _lock_of(place: Path) -> QLockFile | None:
    """Return a lock that holds, or that cannot as nothing can be written there; None where a window has it."""
    lock = QLockFile(f"{place}.lock")
    lock.setStaleLockTime(0)  # however long a window is open
    held = not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError
    return None if held else lock


def _put_aside(place: Path) -> Path:
    """Where it stays as it is, if it cannot be moved."""
    free = (place.with_name(f"unreadable-{number}.json") for number in count(1))
    aside = next(name for name in free if not name.exists())
    try:
        os.rename(place, aside)  # noqa: PTH104  # Path.rename says no more
    except OSError:
        return place
    return aside


def _written(place: Path) -> int:
    try:
        return place.stat().st_mtime_ns
    except OSError:
        return 0


def _size(place: Path) -> int:
    try:
        return place.stat().st_size
    except OSError:
        return 0


def _remove(file: Path) -> None:
    try:
        file.unlink()
    except OSError:
        return
