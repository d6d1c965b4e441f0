"""Where a window's runs are written down while they go on: folders beside its draft, ``draft.runs/<run>``.

A window that goes on with a draft has its runs, too, and those of drafts that are gone: windows have left them that
were killed. A window that closes removes its own; so are runs removed that nobody has asked for in a month.
"""

import contextlib
import shutil
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from .drafts import Drafts, lock_of

OLDEST = 30 * 86_400  # seconds that a run is kept which nobody asks for
TEMPORARY = ".run"
_serials = count(1)


class LeftRun(NamedTuple):
    """Say of a run that was left where it is written down, and how far it had come."""

    place: Path
    newest: int


class KeptRuns:
    """Give each run a folder. Nothing is made before the engine writes into it."""

    def __init__(self, drafts: Drafts):
        self._drafts = drafts
        self._given: set[Path] = set()

    @property
    def _folder(self) -> Path | None:
        place = self._drafts.place()
        return place.with_suffix(".runs") if isinstance(place, Path) else None

    def new(self) -> Path | None:
        """Return a folder for another run; None where nothing can be kept."""
        folder = self._folder
        if folder is None:
            return None
        place = folder / f"{time.time_ns():x}-{next(_serials)}"
        self._given.add(place)
        return place

    def temporary(self) -> Path | None:
        """Return a file that is free to be written for a moment; None where there is no place for one."""
        folder = self._folder
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                return folder / f"{time.time_ns():x}-{next(_serials)}{TEMPORARY}"
        except OSError:
            pass
        return None

    @property
    def may_have_left(self) -> bool:
        """Tell whether there is anything that another window may have left."""
        return any(place not in self._given for place in self._places())

    def left(self) -> list[LeftRun]:
        """List the runs that earlier windows have left, the newest first, and remove what is too old or is none."""
        from engine.session_file import Damaged, read_head  # which no start needs that finds nothing

        found: list[LeftRun] = []
        for place in sorted(set(self._places()) - self._given, key=lambda place: place.name, reverse=True):
            try:
                if _age(place) > OLDEST or place.suffix == TEMPORARY:
                    remove(place)
                else:
                    found.append(LeftRun(place, read_head(place).newest))
            except (Damaged, OSError):
                remove(place)
        return found

    def _places(self) -> Iterator[Path]:
        """Yield what is in this window's folder, and in those of drafts that are gone and no window has."""
        own = self._folder
        for folder in sorted(own.parent.glob("draft*.runs")) if own is not None else ():
            draft = folder.with_suffix(".json")
            if folder == own or not (draft.exists() or _is_had(draft)):
                yield from folder.iterdir()

    def clear(self, but: Iterable[Path | None] = ()) -> None:
        """Remove what this window's runs have left, but for some that may be asked for yet."""
        for place in sorted(self._given - set(but)):
            self._given.discard(place)
            remove(place)

    def take(self, place: Path) -> None:
        """Have a run that another window has left be this one's: it goes with it."""
        self._given.add(place)

    def close(self) -> None:
        """Remove what the window has kept: it is closed, and its runs with it."""
        folders = {place.parent for place in self._given}
        self.clear()
        for folder in folders:
            with contextlib.suppress(OSError):
                folder.rmdir()


def remove(place: Path) -> None:
    """Remove a run that was written down, or a file."""
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            place.unlink()


def _is_had(draft: Path) -> bool:
    lock = lock_of(draft)
    if lock is None:
        return True
    lock.unlock()
    return False


def _age(place: Path) -> float:
    try:
        return time.time() - place.stat().st_mtime
    except OSError:
        return 0.0
