"""Where a window's runs are written down while they go on: folders in one of the window's own, ``runs/<window>/<run>``.

What a window has left whose process is gone is any other's to take. A window that closes removes its own; so are runs
removed that nobody has asked for in a month.
"""

import contextlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths

OLDEST = 30 * 86_400  # seconds that a run is kept which nobody asks for
TEMPORARY = ".run"
_serials = count(1)


class LeftRun(NamedTuple):
    """Say of a run that was left where it is written down, and how far it had come."""

    place: Path
    newest: int


class KeptRuns:
    """Give each run a folder. Nothing is made before the engine writes into it."""

    def __init__(self) -> None:
        kept = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
        self._all = kept / "runs"
        self._folder = self._all / f"{os.getpid()}-{time.time_ns()}"
        self._given: set[Path] = set()

    def new(self) -> Path:
        """Return a folder for another run."""
        place = self._folder / f"{time.time_ns():x}-{next(_serials)}"
        self._given.add(place)
        return place

    def temporary(self) -> Path | None:
        """Return a file that is free to be written for a moment; None where there is no place for one."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return self._folder / f"{time.time_ns():x}-{next(_serials)}{TEMPORARY}"

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
        """Yield what windows have left whose processes are gone."""
        for folder in sorted(self._all.iterdir()) if self._all.is_dir() else ():
            if folder != self._folder and not _is_had(folder):
                yield from folder.iterdir()
                with contextlib.suppress(OSError):
                    folder.rmdir()  # where nothing is in it

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
        self.clear()
        with contextlib.suppress(OSError):
            self._folder.rmdir()


def remove(place: Path) -> None:
    """Remove a run that was written down, or a file."""
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            place.unlink()


def _is_had(folder: Path) -> bool:
    """Tell whether the process that has made a folder is there still: none that has its number by now."""
    import psutil  # when there is something to find out

    number, _, made = folder.name.partition("-")
    try:
        return psutil.Process(int(number)).create_time() <= int(made) / 1e9
    except (psutil.Error, ValueError):
        return False


def _age(place: Path) -> float:
    try:
        return time.time() - place.stat().st_mtime
    except OSError:
        return 0.0
