"""An experiment's file, read for the window and the command alike: whatever lies there, nothing hangs."""

from pathlib import Path

from .check import ExperimentError, load
from .faults import Fault
from .model import ExperimentSpec

LARGEST_FILE = 100_000_000  # bytes; more would stall whoever reads it


def read(file: Path) -> ExperimentSpec:
    """Return the experiment in ``file``. Raises ExperimentError with every fault."""
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):  # a pipe or a device may never end
            raise ExperimentError([Fault((), "not_readable", {"detail": "not an ordinary file"})])
        with file.open("rb") as opened:
            text = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ExperimentError([Fault((), "not_readable", {"detail": error.strerror})]) from None
    if len(text) > LARGEST_FILE:
        raise ExperimentError([Fault((), "file_too_large", {"limit": f"{LARGEST_FILE // 1_000_000} MB"})])
    return load(text)
