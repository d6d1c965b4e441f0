"""Which hunts there are, by level, and which of them a seed draws. All of them were checked when they were made."""

import json
import random
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from gui.look.icons import RESOURCES

FILE = RESOURCES / "hunts" / "hunts.json"
CHOICES = 4  # causes to choose from


class Bug(NamedTuple):
    """Hold a mistake: ``line`` of ``text``, in the file ``name``, and what it ``does`` beside what torch does."""

    name: str
    kind: str
    against: str
    text: str
    line: int
    id: str
    does: str
    torch_does: str
    edit: str
    params: dict[str, Any]


class Hunt(NamedTuple):
    """Hold a run with one bug or two. ``experiment``: as a file has it, but for the code."""

    key: str
    level: int
    experiment: dict[str, Any]
    bugs: tuple[Bug, ...]

    def raw(self, title: str) -> dict[str, Any]:
        """Return the experiment with the code in it."""
        code = {bug.name: {"text": bug.text} for bug in self.bugs}
        return self.experiment | {"title": title, "code": code}


@cache
def hunts() -> tuple[Hunt, ...]:
    """Return all hunts, the easy ones first."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Hunt(**one | {"bugs": tuple(Bug(**bug) for bug in one["bugs"])}) for one in read)


def levels() -> list[int]:
    """Return the levels that there are."""
    return sorted({hunt.level for hunt in hunts()})


def drawn(level: int, seed: int) -> Hunt:
    """Return the hunt that a seed draws: the same for everybody who types it."""
    of_level = [hunt for hunt in hunts() if hunt.level == level]
    order = random.Random(level).sample(of_level, len(of_level))  # so that seeds in a row draw different ones
    return order[seed % len(order)]


def causes(bug: Bug, seed: int) -> list[str]:
    """Return what a bug does, among other mistakes of the same kind of code, in an order drawn by the seed."""
    others = [one.does for hunt in hunts() for one in hunt.bugs if one.kind == bug.kind and one.does != bug.does]
    like = [one.does for hunt in hunts() for one in hunt.bugs if one.against == bug.against and one.does != bug.does]
    draw = random.Random(f"{bug.id} {seed}")
    chosen = _some(draw, like, CHOICES - 1)
    chosen += _some(draw, [one for one in others if one not in chosen], CHOICES - 1 - len(chosen))
    found = [bug.does, *chosen]
    draw.shuffle(found)
    return found


def _some(draw: random.Random, texts: Sequence[str], count: int) -> list[str]:
    distinct = list(dict.fromkeys(texts))
    return draw.sample(distinct, min(count, len(distinct)))
