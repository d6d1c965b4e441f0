"""The text of textbook functions, to be changed in a few places and run: nothing of it is written twice."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

FILE_NAME = "<changed textbook>"
"""Of the code that is run, for whoever traces its lines."""


class Edit(NamedTuple):
    """``old``, which stands in the text just once, gives way to ``new``."""

    old: str
    new: str


class Source:
    """Some functions of the textbook, in their own words. ``first`` are edits without which nothing is run."""

    def __init__(self, *functions: Callable[..., Any], first: Sequence[Edit] = ()):
        self._functions = functions
        self._first = tuple(first)

    @cached_property
    def text(self) -> str:
        text = "\n\n".join(inspect.getsource(function).rstrip("\n") for function in self._functions) + "\n"
        return edited(text, self._first)

    @cached_property
    def _names(self) -> dict[str, Any]:
        names: dict[str, Any] = {}
        for function in self._functions:
            names |= inspect.unwrap(function).__globals__
        return names

    def run(self, edits: Sequence[Edit]) -> Mapping[str, Any]:
        """Return what the functions' modules hold, with the edited functions in place of their own.

        Raises ValueError where an edit does not fit: its ``old`` is not in the text just once.
        """
        names = dict(self._names)
        text = edited(self.text, edits) if edits else self.text
        exec(compile(text, FILE_NAME, "exec", dont_inherit=True), names)
        return names


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return the text after one edit after the other; ValueError where one does not fit."""
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in the text, not once")
        text = text.replace(old, new)
    return text


def fits(text: str, edits: Sequence[Edit]) -> bool:
    """Tell whether the edits can be made one after the other."""
    try:
        edited(text, edits)
    except ValueError:
        return False
    return True
