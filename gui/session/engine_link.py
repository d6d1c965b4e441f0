"""What is said between window and engine about the run at hand: whether it answers, and which answers count.

Every command carries the run's generation; an answer about an older run is dropped.
"""

from typing import Literal

from PySide6.QtCore import QObject, Signal

from engine.protocol import Answer, Command, Explain, Explained, LookAtValue, Ready, Traced, TraceStep, ValueMaps

from .client import EngineClient
from .jobs import Jobs

Phase = Literal["warming", "ready", "failed"]


class EngineLink(QObject):
    """Talk with the engine. ``traced``, ``value_maps`` and ``explained`` carry the debugger's answers.

    ``engine_ready`` tells what the engine is and has; ``gave_up`` that it is not started again any more.
    ``hush_changed``: from now on how far DIY and torch are apart ``is_hushed``, or told again.
    """

    traced = Signal(object)
    value_maps = Signal(object)
    explained = Signal(object)
    engine_ready = Signal(object)
    gave_up = Signal()
    hush_changed = Signal(bool)

    def __init__(self, client: EngineClient, parent: QObject | None = None):
        super().__init__(parent)
        self._client = client
        self._generation = 0
        self.phase: Phase = "warming"
        self.is_hushed = False
        self.ready: Ready | None = None  # what the engine has told of itself
        self.jobs = Jobs(client.send, lambda: self._generation, self)
        client.lost.connect(lambda *_: self.jobs.lost.emit())
        client.ready.connect(self._on_ready)
        client.answered.connect(self._on_any_answer)
        client.gave_up.connect(self._on_gave_up)

    def set_hushed(self, is_hushed: bool) -> None:
        """Set whether no difference of DIY and torch is told, as somebody is to find it out himself."""
        if is_hushed != self.is_hushed:
            self.is_hushed = is_hushed
            self.hush_changed.emit(is_hushed)

    def trace(self, entry: int, step: int) -> None:
        """Have a recorded step of an optimizer entry, or the next one, recorded line by line."""
        self._send(TraceStep(self._generation, entry, step))

    def look_at(
        self, entry: int, step: int, value: int, pixels: tuple[int, int], at: tuple[int, int] | None = None
    ) -> None:
        """See a value of a trace as a matrix on so many pixels, with the element ``at`` read out."""
        self._send(LookAtValue(self._generation, entry, step, value, pixels, at))

    def explain(self, entry: int, step: int, event: int, weight: str, index: tuple[int, ...], row: int = 0) -> None:
        """Have numbers put into the formulas of one element of a weight, and of the line at ``event``."""
        self._send(Explain(self._generation, entry, step, event, weight, index, row))

    def _send(self, command: Command) -> None:
        if self.is_hushed:
            from .hush import hushed_command  # which most sessions do without

            command = hushed_command(command)
        self._client.send(command)

    def _on_any_answer(self, answer: Answer) -> None:
        if getattr(answer, "generation", self._generation) != self._generation:
            return
        if self.jobs.take(answer):
            return
        if self.is_hushed:
            from .hush import hushed_answer

            answer = hushed_answer(answer)
        if isinstance(answer, Traced):
            self.traced.emit(answer)
        elif isinstance(answer, ValueMaps):
            self.value_maps.emit(answer)
        elif isinstance(answer, Explained):
            self.explained.emit(answer)
        else:
            self._on_answer(answer)

    def _on_answer(self, answer: Answer) -> None:
        """Take the answers about the run itself."""

    def _on_ready(self, ready: Ready) -> None:
        self.phase, self.ready = "ready", ready
        self.engine_ready.emit(ready)

    def _on_gave_up(self) -> None:
        self.phase = "failed"
        self.gave_up.emit()
