"""How a message with large arrays goes from one process to another: the arrays apart from the rest, in pieces.

Pickled as one, they would hold the interpreter's lock of both processes for as long as it takes to copy them.
"""

import pickle
from typing import Any, NamedTuple, Protocol

import numpy as np

LARGE = 1_000_000  # bytes of arrays; less goes as one
PIECE = 1 << 20  # bytes


class Pipe(Protocol):
    """Send and receive, as an end of ``multiprocessing.Pipe`` of whichever class it is on this system."""

    def send(self, obj: Any, /) -> None: ...
    def send_bytes(self, buf: memoryview, /) -> None: ...
    def recv(self) -> Any: ...
    def recv_bytes_into(self, buf: Any, /) -> int: ...


class Parcel(NamedTuple):
    """Hold the message without its arrays; they follow, each of so many bytes."""

    message: bytes
    sizes: tuple[int, ...]


def send_message(connection: Pipe, message: Any) -> None:
    """Send what ``receive_message`` returns at the other end, and ``recv`` too where no large arrays are in it."""
    buffers: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(message, protocol=5, buffer_callback=buffers.append)
    views = [buffer.raw() for buffer in buffers]
    if sum(view.nbytes for view in views) < LARGE:
        connection.send(message)
        return
    connection.send(Parcel(pickled, tuple(view.nbytes for view in views)))
    for view in views:
        for start in range(0, view.nbytes, PIECE):
            connection.send_bytes(view[start : start + PIECE])


def receive_message(connection: Pipe) -> Any:
    """Return the next message. Raises EOFError where there is none to come."""
    message = connection.recv()
    if not isinstance(message, Parcel):
        return message
    buffers = [np.empty(size, np.uint8) for size in message.sizes]
    for buffer in buffers:
        view = buffer.data
        for start in range(0, len(buffer), PIECE):
            connection.recv_bytes_into(view[start : start + PIECE])
    return pickle.loads(message.message, buffers=buffers)
