"""Files that an experiment names: as they are seen from where it lies."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

OF_TORCH = (".safetensors", ".pt", ".pth")  # which hold weights, and nothing else of an experiment's
OF_WEIGHTS = (".npz", *OF_TORCH)
LONGEST_PATH = 200  # characters, as well


def placed(path: Path, folder: Path | None) -> str:
    """Return a path as it is seen from a folder, with ``/``; absolute where it is not seen from there.

    Beyond a folder that is a link ``..`` leads elsewhere.
    """
    absolute = Path(os.path.normpath(path.absolute()))
    if folder is None:
        return str(absolute)
    try:
        seen = Path(os.path.relpath(absolute, folder.absolute()))
        is_there = not absolute.exists() or (folder / seen).samefile(absolute)
    except (OSError, ValueError):  # no such folder, or another drive
        return str(absolute)
    return seen.as_posix() if is_there and len(str(seen)) <= LONGEST_PATH else str(absolute)


class FileNews(NamedTuple):
    """Say of a file that the experiment names how it is another one: ``before``, ``now`` or ``gone``.

    ``take`` has the experiment be of what it holds now; ``find`` asks for another file in its place, where that can be.
    ``begins``: a run takes what it holds now from its start alone.
    """

    name: str
    how: str
    take: Callable[[], object]
    find: Callable[[], object] | None
    begins: bool = True
