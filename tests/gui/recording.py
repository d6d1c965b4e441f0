"""A session without a window and without an engine: a test plays the engine's answers."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from engine.protocol import Command, Frame, FrameRequest, Load
from gui.session.session import Session


class RecordingClient(QObject):
    """Stands for the engine: keeps what is sent; a test plays the answers."""

    answered = Signal(object)
    ready = Signal(object)
    lost = Signal(str, object)
    gave_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Command] = []
        self._shown = 0  # how many of them had been sent when a frame was last played

    def send(self, command: Command) -> None:
        self.sent.append(command)

    def start(self) -> None: ...

    def close(self) -> None: ...

    def last(self, kind: type) -> Any:
        return next(command for command in reversed(self.sent) if isinstance(command, kind))

    @property
    def awaits_frame(self) -> bool:
        """Whether the newest run has asked for one that was not played yet."""
        asked = [command for command in self.sent[self._shown :] if isinstance(command, FrameRequest)]
        return any(request.generation == self.last(Load).generation for request in asked)

    def frame_played(self) -> None:
        self._shown = len(self.sent)

    def count(self, kind: type) -> int:
        return sum(isinstance(command, kind) for command in self.sent)


def raw(**changes: Any) -> dict[str, Any]:
    """The article's experiment as the forms would hold it."""
    return {
        "schema": 1,
        "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
        "network": {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}], "loss": "mse"},
        "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
    } | changes


def with_rate(rate: Any) -> dict[str, Any]:
    return raw(optimizers=[{"name": "SGD", "params": {"lr": rate}}])


def frame(client: RecordingClient, step: int, *, running: bool, **parts: Any) -> None:
    """Play the engine's answer to the newest request; ``parts`` are the frame's other fields."""
    client.frame_played()
    client.answered.emit(Frame(client.last(Load).generation, step, running, 0.0, (), None, None, (), **parts))


def shown(
    qtbot: QtBot, session: Session, client: RecordingClient, step: int, *, running: bool = False, **parts: Any
) -> None:
    """Let the session ask for a frame, unless it has done so already, and play the answer."""
    session.look()
    qtbot.waitUntil(lambda: client.awaits_frame)
    frame(client, step, running=running, **parts)
