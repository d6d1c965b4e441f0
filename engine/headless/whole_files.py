"""Files that are there whole or not at all, whatever ends the program or fills the disk while they are written.

They are written into a folder beside their places, called for the process that writes them, and moved from there.
"""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

UNFINISHED = ".unfinished-"
PIECE, MOST_TRIED = 1 << 20, 1 << 24  # bytes
_OWNED = re.compile(re.escape(UNFINISHED) + r"(\d+)-\w+")


def write_whole(writers: Mapping[str, Callable[[Path], None]], out: Path) -> None:
    """Write all the files and only then put them in their places in ``out``: earlier ones are replaced by whole ones.

    Where one of them cannot be put there, all are as they were before. Raises OSError.
    """
    clear_unfinished(out)
    with tempfile.TemporaryDirectory(prefix=f"{UNFINISHED}{os.getpid()}-", dir=out) as name:
        new, before = Path(name, "new"), Path(name, "before")
        new.mkdir()
        before.mkdir()
        for file, write_one in writers.items():
            write_one(new / file)
        _put(new, before, list(writers), out)


def _put(new: Path, before: Path, names: list[str], out: Path) -> None:
    first = [name for name in names if not (out / name).exists()]
    for name in names:
        with suppress(OSError):  # where links are unknown nothing can be brought back
            os.link(out / name, before / name)
    put: list[str] = []
    try:
        for name in names:
            os.replace(new / name, out / name)  # noqa: PTH105  # Path.replace says no more
            put.append(name)
    except OSError:
        for name in put:
            with suppress(OSError):
                if name in first:
                    (out / name).unlink()
                else:
                    os.replace(before / name, out / name)  # noqa: PTH105
        raise


def clear_unfinished(folder: Path) -> None:
    """Remove what writers that were killed have left in ``folder``; those at work keep theirs."""
    with suppress(OSError):
        for left in folder.glob(f"{UNFINISHED}*"):
            owner = _OWNED.fullmatch(left.name)
            if owner is None or not psutil.pid_exists(int(owner[1])):
                shutil.rmtree(left, ignore_errors=True)


def check_room(folder: Path, size: int) -> None:
    """Find out whether ``size`` bytes can be written in ``folder``. Raises OSError where not.

    Some are written: no figure tells of a quota, nor of a disk that takes names and no content.
    """
    if size > shutil.disk_usage(folder).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with tempfile.TemporaryFile(dir=folder) as file:
        for written in range(0, min(size, MOST_TRIED), PIECE):
            file.write(bytes(min(size - written, PIECE)))
