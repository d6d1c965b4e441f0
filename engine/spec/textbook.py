"""The textbook's files as text: found by looking at the folder, never imported."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import engine.diy
from engine.kept_source import lines_of

_told: dict[str, tuple[str, ...]] = {}  # the lines that another process runs


def textbook_files() -> tuple[str, ...]:
    """List the files relative to ``engine/diy``, with forward slashes; those without a line of a step left out."""
    return tuple(_files(tuple(engine.diy.__path__)))


@cache
def _files(folders: tuple[str, ...]) -> dict[str, Path]:
    """Each file by its path relative to the folder of the textbook that it is in."""
    found = [(file.relative_to(folder).as_posix(), file) for folder in folders for file in Path(folder).rglob("*.py")]
    return dict(sorted(one for one in found if one[1].name != "__init__.py"))


def textbook_lines(file: str) -> tuple[str, ...]:
    """Return the lines of one of the files as they run, if they do; none of what is no file of the textbook."""
    if file not in textbook_files():
        return ()
    return _told[file] if file in _told else lines_of(str(_files(tuple(engine.diy.__path__))[file]))


def textbook_text(file: str, line: int) -> str | None:
    """Return what stands in a line, from 1, without the space around it; None where there is no such line."""
    lines = textbook_lines(file)
    return lines[line - 1].strip() if 1 <= line <= len(lines) else None


def tell_textbook(texts: Mapping[str, str]) -> None:
    """Take these for the texts of the files from now on: another process has loaded them, and runs the steps."""
    _told.clear()
    _told.update((file, tuple(text.rstrip("\n").split("\n"))) for file, text in texts.items())
