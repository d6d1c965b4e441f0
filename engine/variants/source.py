"""The text of textbook functions, to be changed in a few places and run: nothing of it is written twice."""

import ast
import inspect
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

FILE_NAME = "<changed textbook>"
"""Of the code that is run, for whoever traces its lines."""

_NOTED = "_noted"
NAMED = " ="
"""What stands after a name, where a value that was given to it is noted."""

Note = Callable[[Any, str], object]
"""Is given a value, and the text that it comes of: an operation, a call, or a name with ``NAMED``."""


class Edit(NamedTuple):
    """Replace ``old``, which stands in the text just once, by ``new``."""

    old: str
    new: str


class Source:
    """Hold some functions of the textbook as text, to be changed and run."""

    def __init__(self, *functions: Callable[..., Any]):
        self._functions = functions

    @cached_property
    def text(self) -> str:
        return "\n\n".join(inspect.getsource(function).rstrip("\n") for function in self._functions) + "\n"

    @cached_property
    def _names(self) -> dict[str, Any]:
        names: dict[str, Any] = {}
        for function in self._functions:
            names |= inspect.unwrap(function).__globals__
        return names

    def run(self, edits: Sequence[Edit], *, exact: bool = False, note: Note | None = None) -> dict[str, Any]:
        """Return what the functions' modules hold, with the edited functions in place of their own.

        ``exact``: nothing is rounded to float32, as torch rounds nothing to it where float64 is its default;
        ``note``: is given the result of every operation and call, and what names are given, in the order in which they
        are computed.
        Raises ValueError where an edit does not fit: its ``old`` is not in the text just once.
        """
        names = dict(self._names)
        tree = ast.parse(edited(self.text, edits))
        if note is not None:
            names[_NOTED] = _noted(note)
            tree = _watched(tree)
        if exact:
            names["to_float32"] = _as_it_is
        exec(compile(tree, FILE_NAME, "exec", dont_inherit=True), names)
        return names


def _as_it_is(number: Any) -> Any:
    return number


def _noted(note: Note) -> Callable[[Any, str], Any]:
    def noted(value: Any, text: str) -> Any:
        note(value, text)
        return value

    return noted


class _Watched(ast.NodeTransformer):
    """Every operation's and call's result, and what a name is given, goes through a function on its way."""

    def visit(self, node: ast.AST) -> ast.AST:
        text = ast.unparse(node) if isinstance(node, ast.BinOp | ast.UnaryOp | ast.Call) else ""
        visited = self.generic_visit(node)
        if isinstance(visited, ast.Assign) and isinstance(name := visited.targets[-1], ast.Name):
            visited.value = _through(visited.value, name.id + NAMED)
        return _through(visited, text) if text and isinstance(visited, ast.expr) else visited


def _through(value: ast.expr, text: str) -> ast.expr:
    return ast.copy_location(ast.Call(ast.Name(_NOTED, ast.Load()), [value, ast.Constant(text)], []), value)


def _watched(tree: ast.Module) -> ast.Module:
    watched = _Watched()
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            for line in function.body:  # not its decorators, nor its annotations
                watched.visit(line)
    return ast.fix_missing_locations(tree)


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
