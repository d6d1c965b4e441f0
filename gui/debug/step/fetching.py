"""Traces are asked for one at a time, and of all that were wanted meanwhile only the newest."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.protocol import Traced

Landing = Callable[[Traced], int]  # where the cursor is to stand in a trace that has come


class Wanted(NamedTuple):
    entry: int
    step: int
    landing: Landing


class TraceFetcher(QObject):
    """Fetch traces. ``arrived`` carries the trace that is wanted now, and what wanted it."""

    arrived = Signal(object, object)

    def __init__(self, session: Any, parent: QObject | None = None):
        super().__init__(parent)
        self._session = session
        self._wanted: Wanted | None = None
        self._asked: tuple[int, int] | None = None  # entry and step of what is on its way
        self._again = False  # whether that one is out of date already
        session.traced.connect(self._on_traced)

    @property
    def waiting(self) -> bool:
        return self._wanted is not None

    @property
    def landing(self) -> Landing | None:
        """Return where to land in the trace that is being waited for."""
        return None if self._wanted is None else self._wanted.landing

    def want(self, wanted: Wanted) -> None:
        self._wanted = wanted
        if self._asked is None:
            self._ask()

    def outdate(self) -> None:
        """Mark a trace on its way as outdated: it was asked for under other hyperparameters."""
        self._again = self._asked is not None

    def stop(self) -> None:
        """Want nothing any more; what is on its way is dropped when it comes."""
        self._wanted = None

    def forget(self) -> None:
        """Expect nothing that is on its way: another run began."""
        self._wanted = self._asked = None
        self._again = False

    def _ask(self) -> None:
        assert self._wanted is not None
        self._asked = self._wanted[:2]
        self._session.trace(*self._asked)

    def _on_traced(self, traced: Traced) -> None:
        if self._asked != (traced.entry, traced.step):
            return
        self._asked, again, self._again = None, self._again, False
        wanted = self._wanted
        if wanted is None:
            return
        if again or wanted[:2] != (traced.entry, traced.step):
            self._ask()
        else:
            self._wanted = None
            self.arrived.emit(traced, wanted)
