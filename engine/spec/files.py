"""An experiment's file, read for the window and the command alike: whatever lies there, nothing hangs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .check import ExperimentError, load
from .faults import Fault
from .model import ExperimentSpec
from .moved_lines import MovedLine, follow_lines

LARGEST_FILE = 100_000_000  # bytes; more would stall whoever reads it


def read(file: Path, tell: Callable[[MovedLine], object] = lambda _: None) -> ExperimentSpec:
    """Return the experiment in ``file``, its line breakpoints where their lines are in this textbook.

    ``tell`` is called for each that has moved or was dropped. Raises ExperimentError with every fault.
    """
    moved: tuple[MovedLine, ...] = ()

    def amend(raw: Any) -> Any:
        nonlocal moved
        raw, moved = follow_lines(raw)
        return raw

    spec = load(_text_of(file), amend)
    for one in moved:
        tell(one)
    return spec


def _text_of(file: Path) -> bytes:
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):  # a pipe or a device may never end
            raise ExperimentError([Fault((), "not_readable", {"detail": "not an ordinary file"})])
        with file.open("rb") as opened:
            text = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ExperimentError([Fault((), "not_readable", {"detail": error.strerror})]) from None
    if len(text) > LARGEST_FILE:
        raise ExperimentError([Fault((), "file_too_large", {"limit": f"{LARGEST_FILE // 1_000_000} MB"})])
    return text
