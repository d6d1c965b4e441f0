"""Reads files of data in a process of its own. Nothing of Qt is imported here."""

import contextlib
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from engine.protocol import send_message
from engine.spec import MOST_TOLD, DataFile, ExperimentError, Fault

TOLD_EACH = 0.1  # seconds between two reports of how far the reading has come


class Refusal(NamedTuple):
    """Say why a file of data cannot be read: the first faults, and how many there are in all."""

    faults: tuple[Fault, ...]
    number: int


def read_table_for(connection: Connection, file: Path, asked: DataFile, folder: Path) -> None:
    """Send now and then which share is read, then a TableRead or a Refusal. The target of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    told = time.monotonic()

    def tell(share: float) -> None:
        nonlocal told
        if time.monotonic() - told >= TOLD_EACH:
            told = time.monotonic()
            connection.send(share)

    from engine.spec.tables import read_table

    with contextlib.suppress(BrokenPipeError):
        try:
            send_message(connection, read_table(file, asked, folder, tell))
        except ExperimentError as error:
            send_message(connection, Refusal(error.faults[:MOST_TOLD], len(error.faults)))


def preview_for(connection: Connection, file: Path, asked: DataFile | None) -> None:
    """Send a Preview or a Refusal. The target of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from engine.spec.tables import preview

    with contextlib.suppress(BrokenPipeError):
        try:
            send_message(connection, preview(file, asked))
        except ExperimentError as error:
            send_message(connection, Refusal(error.faults[:MOST_TOLD], len(error.faults)))
