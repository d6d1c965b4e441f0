"""The run is written down while it goes on, so that little is lost with the engine: a part now and then, in slices.

A part is there whole or not at all. Once those that follow are as large as what they follow, a whole one takes the
place of all: so the folder stays within a small multiple of the run's own size, and writing it within a share of the
time, however long the run.
"""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.kept_run.files import file_members
from engine.kept_run.gather import NOTHING, Known, gather
from engine.pace import SLICE, TimeBudget
from engine.run.lockstep import Lockstep
from engine.session_file import MORE, WHOLE, zip_pieces
from engine.spec import ExperimentSpec

EVERY = 5.0  # seconds between two parts, while there is news
SOON = 0.5  # the same, where the run was changed or stands still
AGAIN = 30.0  # after which it is tried once more, where nothing could be written
SHARE = 0.04  # of a run's time
MOST_MORE = 256  # parts that follow a whole one
ROOM = 32_000_000  # bytes that they may have beside it in any case
MOST_BYTES = 64_000_000  # of a part's checkpoints


class Keeper:
    """Write a run down in ``folder``. ``spec`` is what it began with, ``written`` the newest step that is there."""

    def __init__(self, run: Lockstep, spec: ExperimentSpec, folder: Path):
        self._run, self._spec, self._folder = run, spec, folder
        self._known: Known = NOTHING
        self._next_known: Known = NOTHING
        self._number = 0
        self._more, self._more_bytes, self._whole_bytes = 0, 0, 0
        self._pieces: Iterator[bytes] | None = None
        self._opened: BinaryIO | None = None
        self._is_whole, self._size = True, 0
        self._seen: tuple[int, ...] = ()
        self._began = time.perf_counter()
        self._budget = TimeBudget(SHARE)
        self._last_failed = False
        self.written: int | None = None

    def _news(self) -> tuple[int, ...]:
        run = self._run
        return run.newest, run.version, run.branches.count, len(tuple(run.branches)), run.changes.count(run.newest)

    def wait(self, hurried: bool) -> float | None:
        """Return how long until there is something to do: no time while a part is written, None while there is no
        news.
        """
        if self._pieces is not None:
            return 0.0
        news = self._news()
        if news == self._seen or not self._run.newest:
            return None
        every = AGAIN if self._last_failed else EVERY if hurried and news[1:] == self._seen[1:] else SOON
        return max(self._began + every - time.perf_counter(), 0.0)

    def work(self, hurried: bool) -> bool:
        """Go on writing for a slice; True where a part has come to its end. ``hurried``: a run waits for it."""
        if self.wait(hurried) != 0.0 or (hurried and not self._budget.is_due):
            return False
        began = time.perf_counter()
        try:
            return self._write(began + SLICE)
        except (OSError, TypeError):  # TypeError: what an optimizer keeps is no data
            self._give_up()
            return False
        finally:
            self._budget.took(time.perf_counter() - began)

    def flush(self) -> None:
        """Write all that is not written yet, however long it takes."""
        with contextlib.suppress(OSError, TypeError):
            if self._pieces is not None:
                self._write(None)
            if self._run.newest and self._news() != self._seen:
                self._begin()
                self._write(None)

    def close(self) -> None:
        """Give up what is being written."""
        if self._opened is not None:
            self._opened.close()
            with contextlib.suppress(OSError):
                self._path(".part").unlink()
        self._opened = self._pieces = None

    def _write(self, until: float | None) -> bool:
        if self._pieces is None:
            self._begin()
        assert self._pieces is not None
        assert self._opened is not None
        for piece in self._pieces:
            self._opened.write(piece)
            self._size += len(piece)
            if until is not None and time.perf_counter() > until:
                return False
        self._end()
        return True

    def _begin(self) -> None:
        run, self._seen, self._began = self._run, self._news(), time.perf_counter()
        room = self._whole_bytes + ROOM
        self._is_whole = not self._number or self._more >= MOST_MORE or self._more_bytes > room
        run.keep_checkpoint()
        known, most = (NOTHING, None) if self._is_whole else (self._known, MOST_BYTES)
        part, self._next_known = gather(run, known, most)
        run.settled_to = run.newest
        self._folder.mkdir(parents=True, exist_ok=True)
        self._size, self._number = 0, self._number + 1
        self._opened = self._path(".part").open("wb")
        self._pieces = zip_pieces(file_members(part, self._spec if self._is_whole else None))
        self.written = part.newest

    def _end(self) -> None:
        assert self._opened is not None
        self._opened.close()
        self._path(".part").replace(self._path(WHOLE if self._is_whole else MORE))
        self._opened = self._pieces = None
        self._known, self._last_failed = self._next_known, False
        if self._is_whole:
            self._more, self._more_bytes, self._whole_bytes = 0, 0, self._size
            self._clear()
        else:
            self._more, self._more_bytes = self._more + 1, self._more_bytes + self._size

    def _clear(self) -> None:
        """Remove what stands before the newest whole part."""
        for file in self._folder.iterdir():
            if file.stem.isdecimal() and int(file.stem) < self._number:
                with contextlib.suppress(OSError):
                    file.unlink()

    def _give_up(self) -> None:
        """Begin with a whole part, a while later: what was written of this one is not there."""
        self.close()
        self._seen, self._last_failed, self._began = (), True, time.perf_counter()
        self._known, self._more = NOTHING, MOST_MORE

    def _path(self, suffix: str) -> Path:
        return self._folder / f"{self._number:06d}{suffix}"
