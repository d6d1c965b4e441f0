"""Which lessons there are, and how far a person has come in each."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings

from gui.files.agreed_code import remember
from gui.look.icons import RESOURCES

from .lesson import Lesson
from .reading import read_lesson

FOLDER = RESOURCES / "lessons"
ORDER = FOLDER / "order.txt"  # folders, a line each
KEY = "lessons/"


def language() -> str:
    """Return the language that lessons are wanted in: the window's."""
    return QCoreApplication.translate("lessons", "en", "the language that lessons are read in: en or zh")


def lessons() -> Iterator[Lesson]:
    """Yield our own lessons, in their order."""
    for name in ORDER.read_text(encoding="utf-8").split():
        yield read_lesson(FOLDER / name, language())


def steps_done(lesson: Lesson) -> int:
    """Return how many steps of a lesson are behind the person."""
    try:
        return min(int(str(QSettings().value(_key(lesson), 0))), len(lesson.steps))
    except ValueError:
        return 0


def keep_steps_done(lesson: Lesson, steps: int) -> None:
    """Keep how far a person has come; going back takes nothing away."""
    if steps > steps_done(lesson):
        QSettings().setValue(_key(lesson), steps)


def is_ours(lesson: Lesson) -> bool:
    """Tell whether a lesson came with the program."""
    return lesson.folder.parent == FOLDER


def agree_to(experiment: Path) -> None:
    """Have own code in one of our experiments run without a question: it came with the program."""
    code = json.loads(experiment.read_bytes()).get("code", {})
    remember([one["text"] for one in code.values()])


def _key(lesson: Lesson) -> str:
    """Name a lesson: one of ours by its folder, so that another place of the program changes nothing."""
    if is_ours(lesson):
        return KEY + lesson.key
    return KEY + hashlib.sha256(str(lesson.folder.resolve()).encode()).hexdigest()[:16]
