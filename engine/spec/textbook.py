"""The textbook's files as text: found by looking at the folder, never imported."""

from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "diy"


@cache
def textbook_files() -> tuple[str, ...]:
    """Relative to ``engine/diy``, with forward slashes on every system; those without a line of a step left out."""
    files = (file for file in FOLDER.rglob("*.py") if file.name != "__init__.py")
    return tuple(sorted(file.relative_to(FOLDER).as_posix() for file in files))


@lru_cache(maxsize=100)
def textbook_lines(file: str) -> tuple[str, ...]:
    """The lines of one of the files; none of what is no file of the textbook."""
    if file not in textbook_files():
        return ()
    return tuple((FOLDER / file).read_text(encoding="utf-8").rstrip("\n").split("\n"))
