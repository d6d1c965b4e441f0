"""Where a run's past lies: in a session's file, or in a folder to which it is written while the run goes on.

Such a folder holds ``<number>.whole``, a part that holds all, and ``<number>.more``, parts that follow. Each is a file
of its own, there whole or not at all. What stands before the newest whole part counts no more.
"""

from pathlib import Path
from typing import Any, NamedTuple

from .archive import ABOUT, Archive, check_schema
from .damage import Damaged, damaged

WHOLE, MORE = ".whole", ".more"
MOST_PARTS = 10_000


class PastHead(NamedTuple):
    """Say of a run that was written down how far it had come, where it stood, and the code that it went on with."""

    newest: int
    step: int
    texts: tuple[str, ...]


def files_in(place: Path) -> list[Path]:
    """List the files whose parts make up a past: the newest that is whole, and those that follow it."""
    if not place.is_dir():
        return [place]
    numbered = sorted((int(file.stem), file) for file in place.iterdir() if file.stem.isdecimal())
    wholes = [number for number, file in numbered if file.suffix == WHOLE]
    if not wholes:
        raise Damaged("no_run_kept")
    last = wholes[-1]
    files = [file for number, file in numbered if number == last and file.suffix == WHOLE]
    for number, file in numbered:
        if number == last + 1 and file.suffix == MORE:
            last = number
            files.append(file)
    return files


def parts_in(archive: Archive) -> int:
    """Return how many parts of a run a file has; 0 for a session without one. Raises Damaged."""
    count = check_schema(archive.json(ABOUT)).get("parts", 0)
    if type(count) is not int or not 0 <= count < MOST_PARTS:
        damaged("a session of so many parts as none has")
    return count


def read_head(place: Path) -> PastHead:
    """Return what there is of a run, without reading all of it. Raises Damaged."""
    with Archive(files_in(place)[-1]) as archive:
        count = parts_in(archive)
        if not count:
            raise Damaged("no_run_kept")
        return head_of(archive.json(f"part_{count - 1}/part.json"))


def head_of(about: Any) -> PastHead:
    try:
        newest, step, changes = about["newest"], about["step"], about["changes"]
        texts = [text for _, _, _, code in changes for _, text in code]
    except (LookupError, TypeError, ValueError):
        damaged("a run that is none")
    if type(newest) is not int or type(step) is not int or not all(isinstance(one, str) for one in texts):
        damaged("a run that is none")
    return PastHead(newest, step, tuple(texts))
