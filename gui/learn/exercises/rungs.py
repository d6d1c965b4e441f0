"""The rungs of the ladder: which lines are to be written, in which order, and what helps with each."""

import re
import tomllib
from functools import cache
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QSettings

from gui.look.icons import RESOURCES

FOLDER = RESOURCES / "exercises"
KEY = "exercises/"
MARK = "# hole"
_MARKED = re.compile(rf"\s+{MARK}(: (?P<part>\w+))?$")
_HOLE = re.compile(r"(?P<before>\s*(?:return |[^=\n]*? = )?).*")


class Rung(NamedTuple):
    """Hold one exercise. ``kind`` and ``against``: what it is held against, as an experiment calls it.

    ``title``, ``task`` and ``hint`` are by language; ``formula`` is the same in each. ``code`` names the file that it
    is cut from, several from one: its holes are those of its ``part``.
    """

    key: str
    kind: str
    against: str
    title: dict[str, str]
    task: dict[str, str]
    hint: dict[str, str]
    formula: str
    code: str
    part: str = ""

    @property
    def file(self) -> str:
        """Return what the file is called in the experiment."""
        return f"{self.key}.py"

    @property
    def is_apart(self) -> bool:
        """Tell whether its code stands nowhere in the experiment: what a residual leads past is the textbook's own."""
        return self.against == "Residual"

    @property
    def _lines(self) -> list[str]:
        return (FOLDER / f"{self.code}.py").read_text(encoding="utf-8").splitlines()

    @property
    def solution(self) -> str:
        """Return the whole code."""
        return "\n".join(_MARKED.sub("", line) for line in self._lines) + "\n"

    @property
    def text(self) -> str:
        """Return the code as it is given out: ``...`` where something is to be written."""
        return "\n".join(_cut(line) if self._is_hole(line) else _MARKED.sub("", line) for line in self._lines) + "\n"

    @property
    def holes(self) -> list[int]:
        """Return the lines that are to be written, from 1."""
        return [number for number, line in enumerate(self._lines, 1) if self._is_hole(line)]

    @property
    def missing(self) -> str:
        """Return what belongs there."""
        lines = self.solution.splitlines()
        return "\n".join(lines[number - 1].strip() for number in self.holes)

    def line_of(self, line: int | None, text: str) -> int | None:
        """Return the line that a departure stands in: the hole, where the person wrote that one line alone.

        ``line`` is where its value is found first: in code that was given, what is written may come to the same.
        """
        pairs = list(zip(self.text.splitlines(), text.splitlines(), strict=False))
        written = [number for number, (given, now) in enumerate(pairs, 1) if given != now]
        is_one = len(written) == 1 and written == self.holes and text.count("\n") == self.text.count("\n")
        return written[0] if is_one and line is not None else line

    def _is_hole(self, line: str) -> bool:
        marked = _MARKED.search(line)
        return marked is not None and (marked["part"] or "") == self.part


class Chapter(NamedTuple):
    """Hold some rungs under a title, which is by language."""

    title: dict[str, str]
    rungs: tuple[Rung, ...]

    @property
    def solved(self) -> int:
        """Return how many of its rungs the person has written already."""
        return sum(map(is_solved, self.rungs))


def _cut(line: str) -> str:
    match = _HOLE.fullmatch(line)
    return line if match is None else f"{match['before']}..."


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the ladder's chapters in their order."""
    read = tomllib.loads((FOLDER / "rungs.toml").read_text(encoding="utf-8"))
    tasks = read["task"]
    return tuple(Chapter(one["title"], tuple(_rung(each, tasks) for each in one["rung"])) for one in read["chapter"])


def _rung(raw: dict[str, Any], tasks: dict[str, dict[str, str]]) -> Rung:
    task = raw["task"]
    return Rung(**{"code": raw["key"], **raw, "task": tasks[task] if isinstance(task, str) else task})


@cache
def rungs() -> tuple[Rung, ...]:
    """Return the rungs in their order."""
    return tuple(rung for chapter in chapters() for rung in chapter.rungs)


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
