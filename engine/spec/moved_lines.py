"""Line breakpoints of a file that another version of the textbook had: found by their lines' text, or dropped."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from .breakable_lines import breakable_lines
from .faults import cut, one_line, shown
from .textbook import textbook_files, textbook_lines, textbook_text

Place = tuple[str, int]  # a file of the textbook and a line of it, from 1
WORDS = {
    "moved": "the breakpoint on line {line} of {file} is on line {to_line} of {to_file} now, where its text is",
    "dropped": "the breakpoint on line {line} of {file} is dropped: no step runs that line any more",
    "dropped_text": "the breakpoint on line {line} of {file} is dropped: its text, {text}, stands nowhere that a step "
    "comes to, or in several places",
}


class MovedLine(NamedTuple):
    """Say what became of a line breakpoint whose line is no longer there. ``to`` is None where it was dropped.

    ``text``: what stood in the line; None where the file does not say.
    """

    file: str
    line: int
    text: str | None
    to: Place | None

    @property
    def kind(self) -> str:
        """Return the key of what is said of it in ``WORDS``, and in the window's own."""
        return "moved" if self.to is not None else "dropped" if not self.text else "dropped_text"

    @property
    def fields(self) -> dict[str, Any]:
        """Return what stands for the names in braces there."""
        to_file, to_line = self.to or ("", 0)
        named = {"file": cut(one_line(self.file)), "line": self.line, "to_file": to_file, "to_line": to_line}
        return named | {"text": shown(self.text)}

    def __str__(self) -> str:
        return WORDS[self.kind].format(**self.fields)


def follow_lines(raw: Any) -> tuple[Any, tuple[MovedLine, ...]]:
    """Return an experiment file's structure with its line breakpoints where their lines are now, and what moved.

    Where a file says what stood in a line (``text``), the line is looked for; an older one without it is believed, as
    long as a run can come to the line. What is no line breakpoint, or is a faulty one, stays as it is.
    """
    given = raw.get("breakpoints") if isinstance(raw, dict) else None
    if not isinstance(given, list | tuple) or not any(map(_is_line, given)):
        return raw, ()
    own = raw.get("code")
    own_files = tuple(own) if isinstance(own, dict) else ()
    kept: list[Any] = []
    moved: list[MovedLine] = []
    for one in given:
        if not _is_line(one) or one["file"] in own_files:
            kept.append(one)
            continue
        place, text = (one["file"], one["line"]), one.get("text")
        to = _found(place, text)
        if to is not None:
            kept.append(one | {"file": to[0], "line": to[1], "text": textbook_text(*to)})
        if to != place:
            moved.append(MovedLine(*place, text, to))
    return raw | {"breakpoints": kept}, tuple(moved)


def _is_line(one: Any) -> bool:
    """Whether it is a line breakpoint whose fields have the right types: others are told as faults."""
    if not isinstance(one, dict) or one.get("kind") != "line":
        return False
    file, line, text = one.get("file"), one.get("line"), one.get("text")
    return isinstance(file, str) and type(line) is int and line >= 1 and (text is None or isinstance(text, str))


def _found(place: Place, text: str | None) -> Place | None:
    """Where the line is: as given, the nearest with this text in its file, or the only one in all the others."""
    file, line = place
    if text == textbook_text(file, line) if text is not None else line in _breakable(file):
        return place
    if not text:
        return None
    here = list(_with_text(file, text))
    if here:
        return min(here, key=lambda one: abs(one[1] - line))
    elsewhere = [one for other in textbook_files() for one in _with_text(other, text)]
    return elsewhere[0] if len(elsewhere) == 1 else None  # of several, which was meant is a guess


def _with_text(file: str, text: str) -> Iterator[Place]:
    return ((file, line) for line in _breakable(file) if textbook_text(file, line) == text)


def _breakable(file: str) -> tuple[int, ...]:
    return breakable_lines("\n".join(textbook_lines(file)))
