"""A run that a person's own code ends in its midst: what was done until then counts, and the error is told with it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from engine.lane.lane import StepError
from engine.own.unusable import Unusable
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, code_of

BUDGET = 1 << 26  # bytes of checkpoints: an end in the midst of a block of steps is found by going back


class Ended(NamedTuple):
    """Hold what own code raised in a step of an optimizer entry; ``line`` is the person's."""

    error: StepError
    words: str
    line: int | None

    @property
    def at(self) -> str:
        """Say in which line, where that is known: ``, line 3``."""
        return f", line {self.line}" if self.line else ""

    def as_json(self) -> dict[str, Any]:
        """Return what report.json has of it."""
        return {"label": self.error.label, "step": self.error.step, "line": self.line, "words": self.words}


def lockstep_of(spec: ExperimentSpec) -> Lockstep:
    """Return the run of an experiment, which can go back where own code may end it."""
    return Lockstep(spec, budget=BUDGET if code_of(spec) else None)


def advanced(run: Lockstep, advance: Callable[[], bool]) -> tuple[bool, Ended | None]:
    """Return whether the run came to its end, and what own code ended it with: it stands behind its last whole step.

    Raises StepError where something else ended it, or nothing is left of it.
    """
    try:
        return advance(), None
    except StepError as error:
        cause = error.__cause__
        if not isinstance(cause, Unusable) or not run.stand_before(error.step):
            raise
        return False, Ended(error, cause.words, cause.line)
