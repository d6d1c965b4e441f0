"""The textbook's files and functions as the window shows them, with the formulas of their docstrings."""

import ast
import re
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from pkgutil import walk_packages
from types import CodeType
from typing import NamedTuple

import engine.diy
from engine.kept_source import text_of
from engine.protocol import Source
from engine.spec import textbook_files, textbook_lines

INLINE = re.compile(r":math:`([^`]*)`")
BLOCK = re.compile(r"^\.\. math::\n((?:\s*\n|[ \t]+.*\n?)+)", re.MULTILINE)


class Written(NamedTuple):
    """Hold a function as it stands in its file: ``last`` is its last line."""

    last: int
    formulas: tuple[str, ...]


def load_textbook() -> tuple[Source, ...]:
    """Import all of the textbook and return its files: from now on they are what runs, whatever becomes of them.

    What else is imported when it is first wanted would be the file as it is by then.
    """
    for module in walk_packages(engine.diy.__path__, f"{engine.diy.__name__}.", onerror=lambda _: None):
        with suppress(Exception):  # a file that is being written is of interest only to who uses it
            import_module(module.name)
    return tuple(Source(file, "\n".join(textbook_lines(file)) + "\n") for file in textbook_files())


def written(code: CodeType) -> Written:
    """Return the function that a code object was compiled from."""
    return _functions(text_of(code.co_filename))[code.co_firstlineno]


@lru_cache(maxsize=100)
def _functions(text: str) -> dict[int, Written]:
    """Return a file's functions by their first line, decorators included."""
    tree = ast.parse(text)
    of_file = formulas(ast.get_docstring(tree) or "")
    found: dict[int, Written] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            docstring = ast.get_docstring(node)
            own = of_file if docstring is None else formulas(docstring)
            found[first] = Written(node.end_lineno or node.lineno, own)
    return found


def formulas(docstring: str) -> tuple[str, ...]:
    r"""Return the equations of a docstring in LaTeX: each of a ``.. math::`` block, and what else has a ``=`` in it."""
    found: list[str] = []
    for block in BLOCK.findall(docstring + "\n"):
        found += _equations(block)
    found += [formula for formula in INLINE.findall(docstring) if "=" in formula]
    return tuple(found)


def _equations(block: str) -> list[str]:
    r"""Rows end in ``\\``; in a row, ``&`` stands between the two sides of an equation and between equations."""
    equations: list[str] = []
    for row in re.split(r"\\\\", " ".join(block.split())):
        cells = [cell.strip() for cell in row.split("&")]
        pairs = zip(cells[::2], [*cells[1::2], ""], strict=False)
        equations += [f"{left} {right}".strip() for left, right in pairs if left or right]
    return equations
