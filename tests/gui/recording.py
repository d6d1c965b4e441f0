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

    def send(self, command: Command) -> None:
        self.sent.append(command)

    def start(self) -> None: ...

    def close(self) -> None: ...

    def last(self, kind: type) -> Any:
        return next(command for command in reversed(self.sent) if isinstance(command, kind))

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
    client.answered.emit(Frame(client.last(Load).generation, step, running, 0.0, (), None, None, (), **parts))


def shown(
    qtbot: QtBot, session: Session, client: RecordingClient, step: int, *, running: bool = False, **parts: Any
) -> None:
    """Let the session ask for a frame, and play the answer."""
    asked = client.count(FrameRequest)
    session.look()
    qtbot.waitUntil(lambda: client.count(FrameRequest) > asked)
    frame(client, step, running=running, **parts)
