"""A person's files in a script: each as it stands, at the top level where that clashes with nothing, else as a module.

While a script is put together, what it calls of a file is behind a mark, as only at the end it is known what else has
names of its own.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.own.source import Source

from .cells import Cell

MODULE = '''def module_of(name, text):
    """Run a file's text as an import does."""
    module = types.ModuleType(name)
    sys.modules[name] = module
    module.print = lambda *told, **how: print(*told, **{"file": sys.stderr, **how})  # the script's lines are the losses
    exec(compile(text, name + ".py", "exec"), module.__dict__)
    return module'''
MARK = "OWN_FILE_{number}_"
BEHIND = {"__future__", "__name__", "__file__", "print"}  # what a file may ask for that is another in a script


class Written(NamedTuple):
    """Hold how a file is written: the mark before its names, and what is called instead."""

    source: Source
    mark: str


class OwnFiles:
    """Gather the files that a script needs. ``imports`` are those of the script's lines that call them."""

    def __init__(self) -> None:
        self.imports: set[str] = set()  # of what calls them
        self._files: dict[tuple[str, str, str], Written] = {}
        self._of_each: set[str] = set()

    def called(self, source: Source, name: str, *, for_each: bool = False, place: str = "") -> str:
        """Return what something of a file is called, behind the file's mark.

        ``for_each``: each weight, by its ``name``, has a module of its own, as its globals are remembered; ``place``:
        so has what is called there.
        """
        key = source.file, source.text, place
        if key not in self._files:
            self._files[key] = Written(source, MARK.format(number=len(self._files)))
        mark = self._files[key].mark
        if for_each:
            self._of_each.add(mark)
        return f"{mark}{name}"

    def settled(
        self, first: Sequence[Cell], rest: Sequence[Cell], imports: Collection[str]
    ) -> tuple[set[str], list[Cell]]:
        """Return the imports that the files need, and all cells, the files behind the ``first`` ones.

        What is called of a file has its name at last.
        """
        cells = [*first, *rest]
        if not self._files:
            return set(), cells
        taken = names_in([*(cell.code for cell in cells), *imports])
        texts: list[Cell] = []
        prefixes: dict[str, str] = {}
        wants_modules = False
        for written in self._files.values():
            own = top_level_names(written.source, imports)
            is_plain = not own & taken and not names_in([written.source.text]) & BEHIND
            if is_plain and written.mark not in self._of_each:
                prefixes[written.mark] = ""
                texts.append(Cell(f"{Path(written.source.file).name}, as it is.", written.source.text))
                taken |= own
                continue
            wants_modules = True
            stem = _free_stem(written.source, taken)
            taken.add(stem)
            texts.append(self._as_module(written, stem))
            prefixes[written.mark] = f"{stem}[name]." if written.mark in self._of_each else f"{stem}."
        if wants_modules:
            texts.insert(0, Cell("What a file of its own names is in a module.", MODULE))
        needed = {"import sys", "import types"} if wants_modules else set()
        behind = [Cell(cell.title, _without_marks(cell.code, prefixes)) for cell in rest]
        return needed, [*first, *texts, *behind]

    def _as_module(self, written: Written, stem: str) -> Cell:
        made, name = f'module_of("{stem}", {quoted(written.source.text)})', Path(written.source.file).name
        if written.mark in self._of_each:
            text = f"{stem.upper()} = {quoted(written.source.text)}\n"
            return Cell(
                f"{name}, as it is: for each weight, as it remembers in its globals.",
                f'{text}{stem} = {{name: module_of("{stem}", {stem.upper()}) for name in params}}',
            )
        return Cell(f"{name}, as it is.", f"{stem} = {made}")


def _without_marks(code: str, prefixes: dict[str, str]) -> str:
    for mark, prefix in prefixes.items():
        code = code.replace(mark, prefix)
    return code


def _free_stem(source: Source, taken: set[str]) -> str:
    stem = re.sub(r"\W", "_", Path(source.file).stem) or "own"
    stem = f"own_{stem}" if stem[0].isdigit() or stem in taken else stem
    while stem in taken:
        stem += "_"
    return stem


def quoted(text: str) -> str:
    """Return a text as Python writes it, line by line where it goes."""
    body = f"\n{text.strip(chr(10))}\n"
    for quotes in ("'''", '"""'):
        if quotes not in body and "\\" not in body:
            return f"{quotes}{body}{quotes}"
        if quotes not in body:
            return f"r{quotes}{body}{quotes}"
    return repr(body)


def names_in(codes: Iterable[str]) -> set[str]:
    """Return all names that code reads or sets, at any level."""
    found: set[str] = set()
    for code in codes:
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
                found |= {"__future__"} if getattr(node, "module", "") == "__future__" else set()
    return found


def top_level_names(source: Source, imports: Collection[str]) -> set[str]:
    """Return what a file's top level names, but for what it imports as the script does."""
    found: set[str] = set()
    for node in source.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {name for name, line in _imported(node) if line not in imports}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        else:
            found |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return found | {name for node in ast.walk(source.tree) if isinstance(node, ast.Global) for name in node.names}


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield the names that a line imports, each with the line that imports it alone."""
    start = f"from {'.' * node.level}{node.module or ''} " if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        behind = f" as {alias.asname}" if alias.asname else ""
        yield (alias.asname or alias.name).partition(".")[0], f"{start}import {alias.name}{behind}"
