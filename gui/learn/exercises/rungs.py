"""The rungs of the ladder: which lines are to be written, in which order, and what helps with each."""

import re
import tomllib
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QSettings

from gui.look.icons import RESOURCES

FOLDER = RESOURCES / "exercises"
KEY = "exercises/"
MARK = "# hole"
_HOLE = re.compile(rf"(?P<before>\s*(?:return |[^=\n]*? = )?).*?\s+{MARK}$")


class Rung(NamedTuple):
    """Hold one exercise. ``kind`` and ``against``: what it is held against, as an experiment calls it.

    ``title``, ``task`` and ``hint`` are by language; ``formula`` is the same in each.
    """

    key: str
    kind: str
    against: str
    title: dict[str, str]
    task: dict[str, str]
    hint: dict[str, str]
    formula: str

    @property
    def file(self) -> str:
        """Return what the file is called in the experiment."""
        return f"{self.key}.py"

    @property
    def solution(self) -> str:
        """Return the whole code."""
        lines = (FOLDER / self.file).read_text(encoding="utf-8").splitlines()
        return "\n".join(line.removesuffix(MARK).rstrip() for line in lines) + "\n"

    @property
    def text(self) -> str:
        """Return the code as it is given out: ``...`` where something is to be written."""
        lines = (FOLDER / self.file).read_text(encoding="utf-8").splitlines()
        return "\n".join(_cut(line) for line in lines) + "\n"

    @property
    def holes(self) -> list[int]:
        """Return the lines that are to be written, from 1."""
        lines = (FOLDER / self.file).read_text(encoding="utf-8").splitlines()
        return [number for number, line in enumerate(lines, 1) if line.endswith(MARK)]

    @property
    def missing(self) -> str:
        """Return what belongs there."""
        lines = self.solution.splitlines()
        return "\n".join(lines[number - 1].strip() for number in self.holes)


def _cut(line: str) -> str:
    match = _HOLE.fullmatch(line)
    return line if match is None else f"{match['before']}..."


@cache
def rungs() -> tuple[Rung, ...]:
    """Return the rungs in their order."""
    read = tomllib.loads((FOLDER / "rungs.toml").read_text(encoding="utf-8"))
    return tuple(Rung(**one) for one in read["rung"])


def in_words(texts: dict[str, str]) -> str:
    """Return a rung's text in the language spoken now."""
    return texts[QCoreApplication.translate("lessons", "en", "the language that lessons are read in: en or zh")]


def is_solved(rung: Rung) -> bool:
    """Tell whether the person has written it already."""
    return QSettings().value(f"{KEY}{rung.key}/solved") == "yes"


def keep_solved(rung: Rung) -> None:
    """Keep that the person has written it."""
    QSettings().setValue(f"{KEY}{rung.key}/solved", "yes")


def kept_text(rung: Rung) -> str | None:
    """Return what the person has written of it so far; None where that is nothing."""
    text = QSettings().value(f"{KEY}{rung.key}/text")
    return text if isinstance(text, str) and text else None


def keep_text(rung: Rung, text: str | None) -> None:
    """Keep what the person has written; None: nothing any more."""
    QSettings().setValue(f"{KEY}{rung.key}/text", text or "")
