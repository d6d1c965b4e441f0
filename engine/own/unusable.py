"""Own code that cannot be judged, and the line of it that says why."""

import traceback
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

NOTHING, SEVERAL, ARGUMENTS = "nothing", "several", "arguments"
OURS = str(Path(__file__).parents[1])  # where none of the user's lines stand
LONGEST = 300  # characters of what was raised


class Unusable(Exception):  # noqa: N818  # a verdict more than an error
    """Report own code that does not run, or is nothing of a known form.

    ``line`` is the user's, None where there is none; ``shown`` the user's own traceback, from the first such line on;
    ``code`` is NOTHING where the file has nothing to judge, SEVERAL where one of its ``choices`` is to be chosen,
    ARGUMENTS where it is not known what its ``arguments`` are (``about`` which function), and ``form`` where it was
    asked wrongly otherwise: bad arguments rather than bad code. ``fields`` hold these.
    """

    def __init__(
        self, words: str, line: int | None = None, shown: str = "", code: str = "raised",
        fields: Mapping[str, Any] | None = None,
    ):  # fmt: skip
        super().__init__(words, line, shown, code, fields)
        self.words, self.line, self.shown, self.code = words, line, shown, code
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return self.words

    @property
    def at(self) -> str:
        """Say in which line, where that is known: ``, line 3``."""
        return f", line {self.line}" if self.line else ""


class CannotGoBack(Exception):  # noqa: N818  # no error: own code is as it is
    """Say why own code's past cannot be stood at again."""


class CannotGoOn(CannotGoBack):
    """Say why other code cannot go on from a step: ``code`` and ``fields`` are a Fault's, whose words fit after it."""

    def __init__(self, words: str, code: str = "code_not_gone_on", **fields: str):
        super().__init__(words)
        self.code, self.fields = code, fields or {"detail": words}


def from_error(error: BaseException, file: str) -> Unusable:
    """Tell an exception of own code with its last line in the person's file."""
    if isinstance(error, Unusable):
        return error
    if isinstance(error, SyntaxError) and error.filename == file:
        return Unusable(f"{type(error).__name__}: {error.msg}", error.lineno)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    line = frames[-1].lineno if frames else None
    return Unusable(_words(error), line, _shown(error, file))


def is_from(error: BaseException, file: str) -> bool:
    """Return whether an exception came out of the user's own lines, and not of how they were called."""
    found: TracebackType | None = error.__traceback__
    while found is not None:
        if found.tb_frame.f_code.co_filename == file:
            return True
        found = found.tb_next
    return False


def line_in(frame: FrameType | None, file: str) -> int | None:
    """Return the line of the person's file that a frame stands in, itself or a caller."""
    while frame is not None:
        if frame.f_code.co_filename == file:
            return frame.f_lineno
        frame = frame.f_back
    return None


def _words(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"SystemExit: the code ends the program ({error.code})"
    if isinstance(error, MemoryError):
        return "MemoryError: more memory than it may have"
    if isinstance(error, RecursionError):
        return "RecursionError: it calls itself without end"
    told = str(error).strip().partition("\n")[0][:LONGEST]
    return f"{type(error).__name__}: {told}" if told else type(error).__name__


def _shown(error: BaseException, file: str) -> str:
    """Return the traceback from the user's first frame on, without our own: those of what stands in for a dict, say."""
    found = error.__traceback__
    while found is not None and found.tb_frame.f_code.co_filename != file:
        found = found.tb_next
    if found is None:
        return ""
    told = traceback.TracebackException(type(error), error, found, limit=20)
    theirs = [frame for frame in told.stack if not frame.filename.startswith(OURS)]
    told.stack = traceback.StackSummary.from_list(theirs)
    return "".join(told.format())
