"""What a lesson is: steps in their order, each with what is to be read, predicted, done and pointed at."""

import math
from pathlib import Path
from typing import NamedTuple

from .condition import Condition

SHARE, LEAST = 0.01, 0.005  # of an answer that it may be off, where the lesson does not say; and for an answer of 0


class Question(NamedTuple):
    """Ask for a number before the window shows it. ``within``: how far off is still right; ``because``: said after."""

    text: str
    answer: float
    within: float
    hint: str = ""
    because: str = ""

    def is_right(self, number: float) -> bool:
        """Tell whether an answer is near enough."""
        return math.isclose(number, self.answer, rel_tol=0, abs_tol=self.within * (1 + 1e-9))


class Point(NamedTuple):
    """Point at the widget of a name for as long as ``when`` holds. ``value``: what it is set to; "": it is clicked."""

    widget: str
    value: str = ""
    when: Condition = Condition()


class Step(NamedTuple):
    """Hold one step. ``text`` is Markdown; ``until`` None: it is done by reading; ``seen``: said once it is done.

    ``experiment`` is a file's name in the lesson's folder that the step begins with; "": that of the step before.
    """

    title: str
    text: str
    questions: tuple[Question, ...] = ()
    until: Condition | None = None
    points: tuple[Point, ...] = ()
    seen: str = ""
    experiment: str = ""
    line: int = 1  # of the file, where the step begins


class Lesson(NamedTuple):
    """Hold a lesson in one language. ``key`` names it where progress is kept."""

    key: str
    folder: Path
    language: str
    title: str
    about: str
    steps: tuple[Step, ...]


class LessonFault(NamedTuple):
    """Say what is wrong, in which file and line: ``code`` and ``fields``, which the window words."""

    file: str
    line: int
    code: str
    fields: dict[str, str]


class LessonError(ValueError):
    """Carry the faults of a lesson."""

    def __init__(self, *faults: LessonFault):
        super().__init__("; ".join(f"{fault.file}:{fault.line}: {fault.code}" for fault in faults))
        self.faults = faults


def tolerance(answer: float) -> float:
    """Return how far off an answer may be where its lesson does not say."""
    return abs(answer) * SHARE or LEAST


def read_number(text: str) -> float | None:
    """Read a number as people write it: ``0.5``, ``0,5``, ``1/2``, ``-3e-2``; None where it is none."""
    parts = text.strip().replace(",", ".").replace("−", "-").split("/")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if len(numbers) > 2 or (len(numbers) == 2 and not numbers[1]) or not all(map(math.isfinite, numbers)):
        return None
    return numbers[0] if len(numbers) == 1 else numbers[0] / numbers[1]
