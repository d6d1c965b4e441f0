"""Where one stands in a script's recorded run, and how one gets elsewhere. No widgets."""

from PySide6.QtCore import QObject, Signal

from engine.protocol import Recording, Traced

from ..step import cursor as moves


class ScriptSteps(QObject):
    """Keep the cursor. ``moved`` carries the event it is at, ``looked`` that of the stack's frame looked at.

    ``changed``: another run is shown, or none.
    """

    moved = Signal(int)
    looked_changed = Signal(int)
    changed = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.recording: Recording | None = None
        self.cursor = self.looked = 0
        self.breakpoints: set[int] = set()

    @property
    def traced(self) -> Traced | None:
        return None if self.recording is None else self.recording.traced

    @property
    def last(self) -> int:
        """Return the event at which all lines have run."""
        return 0 if self.traced is None else len(self.traced.lines)

    def show(self, recording: Recording | None, event: int | None = None) -> None:
        """Show a run, at ``event`` or at its end."""
        self.recording = recording if recording is not None and recording.traced.lines else None
        self.changed.emit()
        self.go_to(self.last if event is None else event)

    def go_to(self, event: int) -> None:
        if self.traced is not None:
            self.cursor = self.looked = max(0, min(event, self.last))
            self.moved.emit(self.cursor)
            self.looked_changed.emit(self.looked)

    def look_at(self, event: int) -> None:
        """Look at a frame of the stack, without going anywhere."""
        if event != self.looked:
            self.looked = event
            self.looked_changed.emit(event)

    def go_to_line(self, line: int) -> bool:
        """Go to the next time that a line runs, else the first; False where it never does."""
        events = self._events_at({line})
        ahead = [event for event in events if event > self.cursor]
        if events:
            self.go_to((ahead or events)[0])
        return bool(events)

    # --- keys ------------------------------------------------------------------------------------

    def over(self) -> None:
        self._move(moves.step_over)

    def into(self) -> None:
        self._move(moves.step_into)

    def out(self) -> None:
        self._move(moves.step_out)

    def over_back(self) -> None:
        self._move(moves.step_over_back)

    def into_back(self) -> None:
        self._move(moves.step_into_back)

    def out_back(self) -> None:
        self._move(moves.step_out_back)

    def departure(self) -> None:
        """Go to the next line that makes a value which departs from torch's; to the end where none does."""
        self.go_to(next((event for event in self._departures() if event > self.cursor), self.last))

    def departure_back(self) -> None:
        self.go_to(max((event for event in self._departures() if event < self.cursor), default=0))

    def continue_(self) -> None:
        """Go to the next breakpoint, or to the end."""
        self.go_to(next((event for event in self._events_at(self.breakpoints) if event > self.cursor), self.last))

    def continue_back(self) -> None:
        self.go_to(max((event for event in self._events_at(self.breakpoints) if event < self.cursor), default=0))

    def toggle_breakpoint(self, line: int) -> None:
        self.breakpoints ^= {line}

    def _move(self, move: moves.Move) -> None:
        if self.traced is not None:
            self.go_to(move(self.traced, self.cursor))

    def _departures(self) -> list[int]:
        traced = self.traced
        if traced is None:
            return []
        values = traced.values
        lines = enumerate(traced.lines)
        return [at for at, line in lines if any(values[made.value].verdict == "departs" for made in line.made)]

    def _events_at(self, lines: set[int]) -> list[int]:
        """Return every time that one of the lines runs: the recorded run is of one file."""
        traced = self.traced
        return [] if traced is None else [at for at, one in enumerate(traced.lines) if one.line in lines]
