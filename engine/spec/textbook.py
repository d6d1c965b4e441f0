"""The textbook's files as text: found by looking at the folder, never imported."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from engine.kept_source import lines_of

FOLDER = Path(__file__).parent.parent / "diy"

_told: dict[str, tuple[str, ...]] = {}  # the lines that another process runs


@cache
def textbook_files() -> tuple[str, ...]:
    """List the files relative to ``engine/diy``, with forward slashes; those without a line of a step left out."""
    files = (file for file in FOLDER.rglob("*.py") if file.name != "__init__.py")
    return tuple(sorted(file.relative_to(FOLDER).as_posix() for file in files))


def textbook_lines(file: str) -> tuple[str, ...]:
    """Return the lines of one of the files as they run, if they do; none of what is no file of the textbook."""
    if file not in textbook_files():
        return ()
    return _told[file] if file in _told else lines_of(str(FOLDER / file))


def textbook_text(file: str, line: int) -> str | None:
    """Return what stands in a line, from 1, without the space around it; None where there is no such line."""
    lines = textbook_lines(file)
    return lines[line - 1].strip() if 1 <= line <= len(lines) else None


def tell_textbook(texts: Mapping[str, str]) -> None:
    """Take these for the texts of the files from now on: another process has loaded them, and runs the steps."""
    _told.clear()
    _told.update((file, tuple(text.rstrip("\n").split("\n"))) for file, text in texts.items())
