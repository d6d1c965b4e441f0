"""The textbook's files parsed: what each defines and imports, and where its definitions use others'."""

import ast
import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .textbook import textbook_files, textbook_lines


class Definition(NamedTuple):
    """Name something that a file of the textbook defines."""

    file: str
    name: str


class Whole(NamedTuple):
    """Name a file of the textbook that another has imported as a whole."""

    file: str


class Edit(NamedTuple):
    """Put ``text`` in the place of what stands between two offsets."""

    start: int
    end: int
    text: str


class Use(NamedTuple):
    """Tell where a definition reads something that is defined elsewhere, or imported."""

    place: ast.expr
    of: Definition


class TextbookSource:
    """Hold a file with its tree. ``imported`` by name: what is of the textbook, or the line that imports it."""

    def __init__(self, file: str, text: str):
        self.file, self.text = file, text
        self._lines = text.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self.defined: dict[str, ast.stmt] = {}
        self.imported: dict[str, Definition | Whole | str] = {}
        self.tree = ast.parse(text)
        for node in self.tree.body:
            self._take(node)

    def _take(self, node: ast.stmt) -> None:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.defined[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in (name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)):
                self.defined[name.id] = node
        elif isinstance(node, ast.ImportFrom):
            self._take_imports(node)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                line = f"import {alias.name} as {alias.asname}" if alias.asname else f"import {alias.name}"
                self.imported[alias.asname or alias.name] = line

    def _take_imports(self, node: ast.ImportFrom) -> None:
        up = posixpath.join(posixpath.dirname(self.file), *[".."] * (node.level - 1))
        folder = posixpath.normpath(posixpath.join(up, (node.module or "").replace(".", "/")))
        for alias in node.names:
            behind = f" as {alias.asname}" if alias.asname else ""
            found: Definition | Whole | str = f"from {node.module} import {alias.name}{behind}"
            if node.level:
                whole = posixpath.normpath(f"{folder}/{alias.name}.py")
                found = Whole(whole) if whole in textbook_files() else Definition(f"{folder}.py", alias.name)
            self.imported[alias.asname or alias.name] = found

    def offset(self, line: int, column: int) -> int:
        """Return the place in the text of a line and of a column, which is counted in bytes of UTF-8."""
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node begins and ends."""
        assert isinstance(node, ast.stmt | ast.expr | ast.arg)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def text_of(self, node: ast.AST) -> str:
        """Return a node as it stands."""
        start, end = self.span(node)
        return self.text[start:end]

    def edited(self, start: int, end: int, edits: list[Edit]) -> str:
        """Return what stands between two offsets, edited."""
        text = self.text
        for edit in sorted(edits, reverse=True):
            assert edit.end <= end
            text = text[: edit.start] + edit.text + text[edit.end :]
            end += len(edit.text) - (edit.end - edit.start)
        return text[start:end]

    def uses(self, node: ast.stmt, *, annotations: bool = False) -> Iterator[Use]:
        """Yield where a definition reads something defined elsewhere, in its ``annotations`` too where they count."""
        own = _local_names(node)
        left_out = () if annotations else _annotations(node)
        skipped = {id(inner) for part in left_out for inner in ast.walk(part)}
        for part in ast.walk(node):
            if id(part) in skipped:
                continue
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id not in own:
                if isinstance(whole := self.imported.get(part.value.id), Whole):
                    yield Use(part, Definition(whole.file, part.attr))
            elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part.id not in own:
                is_known = part.id in self.defined or part.id in self.imported
                if part.id != "NamedTuple" and is_known and not isinstance(self.imported.get(part.id), Whole):
                    yield Use(part, Definition(self.file, part.id))


def parsed_file(file: str) -> TextbookSource:
    """Return a file of the textbook as it runs, parsed."""
    return _parsed(file, "\n".join(textbook_lines(file)) + "\n")


@lru_cache(maxsize=256)
def _parsed(file: str, text: str) -> TextbookSource:
    return TextbookSource(file, text)


def resolved(wanted: Definition) -> Definition | str:
    """Return where something is defined; the import of what is not of the textbook."""
    source = parsed_file(wanted.file)
    if wanted.name in source.defined:
        return wanted
    found = source.imported[wanted.name]
    assert not isinstance(found, Whole)
    return resolved(found) if isinstance(found, Definition) else found


def _annotations(node: ast.stmt) -> Iterator[ast.expr]:
    for part in ast.walk(node):
        if isinstance(part, ast.arg | ast.AnnAssign) and part.annotation is not None:
            yield part.annotation
        elif isinstance(part, ast.FunctionDef) and part.returns is not None:
            yield part.returns


def _local_names(node: ast.stmt) -> set[str]:
    """Return what a function calls something of its own; nothing of what else is defined."""
    if not isinstance(node, ast.FunctionDef):
        return set()
    stored = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    inner = {part.name for part in ast.walk(node) if isinstance(part, ast.FunctionDef) and part is not node}
    return stored | inner | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
