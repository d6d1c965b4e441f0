"""The experiment as it was typed, kept for the next start: each window has a draft of its own.

A draft is JSON, half-typed fields included: ``raw`` as the forms hold it, ``file`` and ``saved`` (what the file has),
many numbers as ``packing`` has them.
Beside the draft that a window keeps, or has taken over from one that was closed, is a lock; where the window is killed,
its lock counts no longer. What cannot be read is set aside under another name, never replaced.
"""

import errno
import json
import os
import re
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QLockFile, QStandardPaths

from .packing import unpacked
from .settings import write_safely

LARGEST_DRAFT = 300_000_000  # bytes; three times the largest experiment that is opened
TRIED = 4096  # bytes written to find out why a draft cannot be kept
LEFTOVER = re.compile(r"(draft(-\d+)?\.json)\.\w{6}")  # what QSaveFile writes, where it was killed in the midst

Draft = dict[str, Any]


class LeftDraft(NamedTuple):
    """Hold a draft that a window has left, and that holds something unsaved."""

    place: Path
    draft: Draft


class Drafts:
    """Keep drafts. ``taken_over``: what this window begins with, None for nothing; ``set_aside`` could not be read."""

    def __init__(self) -> None:
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
        self._place: Path | None = None
        self._lock: QLockFile | None = None
        self.set_aside: list[Path] = []
        self.taken_over: Draft | None = None

    def begin(self) -> None:
        """Take over the newest draft that no window has, one with something unsaved before any other.

        Those without are of no more use to anybody, and go.
        """
        found = [(draft, place, lock) for place, lock, draft in self._free()]
        found.sort(key=lambda one: (is_unsaved(one[0]), _written(one[1])), reverse=True)
        for draft, place, lock in found:
            if self._place is None:
                self._place, self._lock, self.taken_over = place, lock, draft
            else:
                if not is_unsaved(draft):
                    _remove(place)
                lock.unlock()
        self._clear()

    def left(self) -> list[LeftDraft]:
        """List what else was left unsaved by windows that are closed, the newest first."""
        found: list[LeftDraft] = []
        for place, lock, draft in self._free():
            lock.unlock()
            if is_unsaved(draft):
                found.append(LeftDraft(place, draft))
        return sorted(found, key=lambda one: _written(one.place), reverse=True)

    def change_to(self, place: Path) -> Draft | None:
        """Go on with another draft that was left; this window's stays for another. None: a window has that by now."""
        for found, lock, draft in self._free():
            if found == place:
                self.release()
                self._place, self._lock = found, lock
                return draft
            lock.unlock()
        return None

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

    def _free(self) -> Iterator[tuple[Path, QLockFile, Draft]]:
        """Every draft that no window has; the lock may not hold where nothing can be written."""
        for place in sorted(self._folder.glob("draft*.json")):
            lock = _lock_of(place) if place != self._place else None
            if lock is None:
                continue
            draft = _read(place)
            if draft is not None:
                yield place, lock, draft
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


def is_unsaved(draft: Draft) -> bool:
    return draft["raw"] != draft.get("saved")


def _lock_of(place: Path) -> QLockFile | None:
    """Return a lock that holds, or that cannot as nothing can be written there; None where a window has it."""
    lock = QLockFile(f"{place}.lock")
    lock.setStaleLockTime(0)  # however long a window is open
    held = not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError
    return None if held else lock


def _read(place: Path) -> Draft | None:
    try:
        if place.stat().st_size > LARGEST_DRAFT:
            return None
        draft = json.loads(place.read_text(encoding="utf-8"))
        if not isinstance(draft, dict) or not isinstance(draft.get("raw"), dict):
            return None
        return unpacked(draft)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, ArithmeticError):
        return None


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


def _remove(file: Path) -> None:
    try:
        file.unlink()
    except OSError:
        return
