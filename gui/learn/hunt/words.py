"""What is said of a hunt: what is still to be found, and what was."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from gui.look.code_words import departure

from .hunting import Hunting
from .hunts import Bug

translate = QCoreApplication.translate


def hunt_title(level: int, seed: int) -> str:
    """Name a hunt."""
    return translate("hunt", "Bug hunt, level {level}, seed {seed}").format(level=level, seed=seed)


def task_words(hunting: Hunting) -> str:
    """Say how a hunt stands, in paragraphs."""
    return "\n\n".join(_parts(hunting))


def _parts(hunting: Hunting) -> Iterator[str]:
    bugs = hunting.hunt.bugs
    if not hunting.is_revealed:
        yield _asked_words(hunting)
    yield from (found_words(bug) for bug in bugs if hunting.given_up or bug in hunting.found)
    if hunting.misses:
        yield translate("hunt", "Wrong guesses: {count}").format(count=hunting.misses)
    if hunting.is_won:
        yield translate("hunt", "✓ Mended: the code is torch’s now.")
    elif hunting.is_revealed:
        yield translate("hunt", "Now mend it in the source.")


def _asked_words(hunting: Hunting) -> str:
    bugs, count = hunting.hunt.bugs, len(hunting.hunt.bugs) - len(hunting.found)
    one = translate("hunt", "A line is wrong in {files}. Which?")
    several = translate("hunt", "{count} lines are wrong in {files}. Which?")
    return (one if count == 1 else several).format(files=", ".join(bug.name for bug in bugs), count=count)


def found_words(bug: Bug) -> str:
    """Say what a bug is."""
    text = translate("hunt", "{file}, line {line}: {does}; torch {torch}.")
    return text.format(file=bug.name, line=bug.line, does=departure(bug.does), torch=departure(bug.torch_does))
