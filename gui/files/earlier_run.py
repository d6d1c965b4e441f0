"""An earlier run as it is laid beside the one at hand. Nothing of Qt is here: it is read in a process of its own."""

import contextlib
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from engine.protocol import send_message
from engine.session_file import Damaged, EarlierLane, EarlierRun
from engine.session_file import read_earlier as read_run
from engine.spec import ExperimentError, Fault

from .reader import Unread

__all__ = ["EarlierLane", "EarlierRun", "read_earlier", "read_earlier_for"]


def read_earlier(file: Path) -> EarlierRun | Unread:
    """Return the run of a session's file, of a report, or of the folder that holds ``file``; or why there is none."""
    try:
        return read_run(file)
    except Damaged as error:
        return Unread((Fault((), error.code, dict(error.fields)),), 1)
    except ExperimentError as error:
        return Unread(error.faults[:1], len(error.faults))


def read_earlier_for(connection: Connection, file: Path) -> None:
    """Send what ``read_earlier`` returns. The target of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(BrokenPipeError):
        send_message(connection, read_earlier(file))
