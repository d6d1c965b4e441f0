"""An experiment's file as the forms take it. Nothing of Qt is imported here: it also runs in a process of its own."""

import contextlib
import gc
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.protocol import send_message
from engine.spec import MOST_TOLD, ExperimentError, Fault, MovedLine
from engine.spec import read as read_experiment

if TYPE_CHECKING:
    from .session_reader import OpenedSession

Raw = dict[str, Any]
KEPT = 2_000  # numbers in one place; more stay an array
SESSION = ".lockstep"


class Read(NamedTuple):
    """Hold a file's experiment as the forms take it, and its breakpoints whose lines are elsewhere by now or gone.

    ``texts`` are those of the own code that it follows, by the files' names in it. ``session``: what else there is,
    where the file is a session's.
    """

    raw: Raw
    moved: tuple[MovedLine, ...]
    texts: Mapping[str, str] = {}
    session: "OpenedSession | None" = None


class Unread(NamedTuple):
    """Say why a file cannot be opened: the first faults, and how many there are in all."""

    faults: tuple[Fault, ...]
    number: int


def read(file: Path) -> Read:
    """Return what the file holds. Raises ExperimentError with every fault."""
    moved: list[MovedLine] = []
    session, linked = None, list[Raw]()
    if is_session(file):
        from .session_reader import read_session  # which most files are none of

        spec, lines, session = read_session(file, linked.append)
        moved += lines
    else:
        spec = read_experiment(file, moved.append, leave=linked.append)
    texts = {name: one.text for name, one in (spec.code or {}).items() if one.path is not None and one.text is not None}
    raw = spec.as_typed(keep=KEPT)
    if linked:
        raw["data"] = linked[0]  # of a file, which is read beside the window
    return Read(raw, tuple(moved), texts, session)


def is_session(file: Path) -> bool:
    """Tell by its name whether a file is a session's."""
    return file.suffix.lower() == SESSION


def try_to_read(file: Path) -> Read | Unread:
    try:
        return read(file)
    except ExperimentError as error:
        return Unread(error.faults[:MOST_TOLD], len(error.faults))


def read_for(connection: Connection, file: Path) -> None:
    """Send what ``try_to_read`` returns. The target of a process."""
    gc.disable()  # to look through millions of lists for garbage takes longer than to read them
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    with contextlib.suppress(BrokenPipeError):
        send_message(connection, try_to_read(file))
