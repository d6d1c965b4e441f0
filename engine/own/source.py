"""A person's file: its text, what stands in it, and its module once it has run."""

import ast
import linecache
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeGuard

from engine.notebook import code_of_notebook

from .unusable import Unusable, from_error


class Literal(NamedTuple):
    """Locate a number written in the code; ``name`` is what it is assigned to, empty where it is part of a term."""

    value: float
    line: int
    name: str = ""


class Source:
    """Read a user's code: a file or a notebook. ``file`` is what tracebacks call it, ``given`` its text as it is."""

    def __init__(self, path: Path, text: str | None = None):
        self.path, self.file = path, str(path)
        self.given = self._read() if text is None else text
        self.cells: tuple[int, ...] = ()  # of a notebook the lines in which its cells of code begin
        self.skipped: tuple[int, ...] = ()  # its lines that are for the notebook, or for a shell
        self.text = self._of_cells() if path.suffix == ".ipynb" else self.given
        self.lines = self.text.split("\n")

    def _read(self) -> str:
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            detail = error.strerror if isinstance(error, OSError) else "it is no text"
            raise Unusable(f"cannot be read: {detail}", code="form") from None
        return text

    def _of_cells(self) -> str:
        try:
            text, self.cells, self.skipped = code_of_notebook(self.given)
        except ValueError as error:
            raise Unusable(str(error), code="form") from None
        return text

    def place(self, line: int) -> tuple[int, int] | None:
        """Return which of a notebook's cells of code a line stands in, from 1, and which line of it that is."""
        before = [start for start in self.cells if start <= line]
        is_mark = line + 1 in self.cells
        return (len(before), line - before[-1] + 1) if before and not is_mark else None

    @property
    def places(self) -> tuple[tuple[int, int] | None, ...]:
        """Return of a notebook the places of all lines; nothing of a file."""
        return tuple(self.place(line) for line in range(1, len(self.lines) + 1)) if self.cells else ()

    @cached_property
    def tree(self) -> ast.Module:
        """Raise Unusable where it is no Python."""
        try:
            return ast.parse(self.text, self.file)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise from_error(error, self.file) from None

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """Return the modules that the file imports anywhere, in their order."""
        found: dict[str, None] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= dict.fromkeys(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found[node.module or ""] = None
        return tuple(found)

    def imports(self, package: str) -> bool:
        """Return whether the file imports a package anywhere."""
        return any(name.partition(".")[0] == package for name in self.modules)

    @cached_property
    def hole(self) -> int | None:
        """Return the first line that hands out or keeps ``...``, which is still to be written; None where none does."""
        kept = (ast.Return, ast.Assign, ast.AnnAssign)
        values = [(node.value, node.lineno) for node in ast.walk(self.tree) if isinstance(node, kept)]
        holes = [line for value, line in values if isinstance(value, ast.Constant) and value.value is ...]
        return min(holes, default=None)

    def executed(self, tree: ast.Module | None = None, names: Mapping[str, Any] | None = None) -> ModuleType:
        """Run the file's top level as an import does, or a changed ``tree`` of it among further ``names``.

        Whatever it raises goes on.
        """
        module = ModuleType(self.path.stem.replace(" ", "_"))
        module.__file__ = self.file
        linecache.cache[self.file] = (len(self.text), None, [line + "\n" for line in self.lines], self.file)
        sys.modules.setdefault(module.__name__, module)  # dataclasses look themselves up there
        module.__dict__.update(names or {})
        exec(compile(tree or self.tree, self.file, "exec"), module.__dict__)
        return module

    def literals(self, first: int, last: int) -> list[Literal]:
        """List the numbers written from line ``first`` to ``last``, and those that the file gives names of its own."""
        found: list[Literal] = []
        for node in ast.walk(self.tree):
            line = getattr(node, "lineno", 0)
            if isinstance(node, ast.Assign | ast.AnnAssign) and (first <= line <= last or node in self.tree.body):
                found += _assigned(node)
            elif isinstance(node, ast.Constant) and first <= line <= last and _is_number(node.value):
                found.append(Literal(float(node.value), line))
        return found


def _assigned(node: ast.Assign | ast.AnnAssign) -> list[Literal]:
    """Numbers given to names or attributes, in pairs too: ``b1, b2 = 0.9, 0.999``."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    found: list[Literal] = []
    for target in targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=False))
        else:
            pairs = [(target, node.value)]
        for name, value in pairs:
            number = _number(value)
            if number is not None and (called := _name(name)):
                found.append(Literal(number, node.lineno, called))
    return found


def _name(node: ast.expr | None) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return ""


def _number(node: Any) -> float | None:
    """Return what a constant expression comes to: ``1e-8``, ``10 ** -8``, ``-0.5``."""
    try:
        value = eval(compile(ast.Expression(node), "", "eval"), {"__builtins__": {}}) if _is_constant(node) else None
    except Exception:
        return None
    return float(value) if _is_number(value) else None


def _is_constant(node: Any) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_constant(node.left) and _is_constant(node.right) and not isinstance(node.op, ast.LShift)
    if isinstance(node, ast.UnaryOp):
        return _is_constant(node.operand)
    return isinstance(node, ast.Constant) and _is_number(node.value) and abs(node.value) < 1e6


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
