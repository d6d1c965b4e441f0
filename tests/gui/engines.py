"""Engine processes for tests of the client: each does one thing, good or bad, and none loads torch."""

import os
import signal
import time
from multiprocessing.connection import Connection

from engine.protocol import Frame, FrameRequest, Heartbeat, Loaded, Ready

READY = Ready("test", ("cpu",))


def obliging(connection: Connection) -> None:
    """Ready at once; answers every load and every request for a frame."""
    connection.send(READY)
    while True:
        command = connection.recv()
        if isinstance(command, FrameRequest):
            connection.send(Frame(command.generation, 0, False, 0.0, (), None, None, ()))
        else:
            connection.send(Loaded(command.generation, ()))


def silent(connection: Connection) -> None:
    """Gives a sign of life, then none, whatever it is told."""
    connection.send(READY)
    connection.send(Heartbeat())
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def crashing(connection: Connection) -> None:
    """Dies of the first command."""
    connection.send(READY)
    connection.recv()
    os._exit(3)


def stillborn(_: Connection) -> None:
    """Dies before it is ready."""
    os._exit(4)
