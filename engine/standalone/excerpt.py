"""The parts of the textbook that a script needs, with all that they use, as one text.

Their source is cut out as it stands, comments and all. What only the program reads is left out: annotations, all of a
docstring but its first paragraph, what a hyperparameter may be. Names that several files share get their file's.
"""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec, resolve_name
from pathlib import Path
from textwrap import dedent, wrap
from typing import NamedTuple

ROOT = "engine."
NO_SUBJECT = ".hyper"  # the files of that name are about the program's forms
WIDTH = 110
COMMON = frozenset(  # names that many files have
    (
        *("DEFAULTS", "Cache", "Hyper", "State", "backward", "evaluate", "forward", "init", "minimize"),
        *("momentum", "observe", "rate", "update"),
    )
)


class Definition(NamedTuple):
    """Name something that a file of the textbook defines."""

    module: str
    name: str


class Module(NamedTuple):
    """Name a file of the textbook that another has imported whole."""

    name: str


class Edit(NamedTuple):
    """Put ``text`` in the place of what stands between two offsets."""

    start: int
    end: int
    text: str


class Excerpt:
    """Gather definitions: ``need`` returns what each is called in the script, ``text`` all of them in order."""

    def __init__(self) -> None:
        self._written: dict[Definition, str] = {}
        self._names: dict[Definition, str] = {}
        self.imports: set[str] = set()

    def need(self, module: str, name: str) -> str:
        """Take a definition, and all that it uses; ``module`` is where it stands, or one that imports it."""
        found = _resolved(Definition(module, name))
        if isinstance(found, str):
            self.imports.add(found)
            return name
        if found not in self._names:
            self._names[found] = self._free_name(found)
            text = self._text_of(found)
            if text not in self._written.values():  # a line may define two
                self._written[found] = text  # behind what it uses
        return self._names[found]

    def text(self) -> str:
        """Return all definitions, each behind those that it uses, under what their files are about."""
        parts: list[str] = []
        before = None
        for found, text in self._written.items():
            is_new = found.module != before and not found.module.endswith(NO_SUBJECT)
            parts.append(f"{_heading(found.module)}\n{text}" if is_new else text)
            before = found.module if is_new else before
        return "\n\n\n".join(parts)

    def _free_name(self, found: Definition) -> str:
        taken = set(self._names.values())
        if found.name not in COMMON and found.name not in taken:
            return found.name
        stem = found.module.rpartition(".")[2]
        if found.name.isupper():
            return f"{stem.upper()}_{found.name}"
        return f"{_camel(stem)}{found.name}" if found.name[0].isupper() else f"{stem}_{found.name}"

    def _text_of(self, found: Definition) -> str:
        source = _source(found.module)
        node = source.defined[found.name]
        if isinstance(node, ast.ClassDef) and _is_plain(node):
            return f"{self._names[found]} = {self._tuple_of(found, node)}"
        edits = [*_trimmed(node, source), *self._renamed(found, node, source)]
        if isinstance(node, ast.ClassDef):
            edits += self._fields_at_the_head(found, node, source)
        start, end = source.span(node)
        if (comment := re.compile(r"  #[^\n]*").match(source.text, end)) is not None:
            end = comment.end()
        return _without_trailing_blanks(source.edited(start, end, edits))

    def _tuple_of(self, found: Definition, node: ast.ClassDef) -> str:
        """Return what makes the class of a NamedTuple's fields, which say nothing of their types."""
        fields = _fields(node)
        names = " ".join(ast.unparse(field.target) for field in fields)
        defaults = ", ".join(ast.unparse(field.value) for field in fields if field.value is not None)
        self.imports.add("from collections import namedtuple")
        name = self._names[found]
        behind = f", defaults=[{defaults}]" if defaults else ""
        made = f'namedtuple("{name}", "{names}"{behind})'
        if len(name) + len(made) < WIDTH:
            return made
        return f'namedtuple(\n    "{name}",\n    "{names}",\n    defaults=[{defaults}],\n)'

    def _fields_at_the_head(self, found: Definition, node: ast.ClassDef, source: "_Source") -> Iterator[Edit]:
        """Yield the edits that move a NamedTuple's fields to where it says what it is."""
        yield Edit(*source.span(node.bases[0]), self._tuple_of(found, node))
        fields = _fields(node)
        end = source.span(fields[-1])[1]
        yield Edit(source.span(fields[0])[0], end + len(source.text[end:]) - len(source.text[end:].lstrip()), "")

    def _renamed(self, found: Definition, node: ast.stmt, source: "_Source") -> Iterator[Edit]:
        """Yield the edits that call everything as the script does."""
        if self._names[found] != found.name and isinstance(node, ast.FunctionDef):
            at = source.text.index(found.name, source.offset(node.lineno, node.col_offset + len("def")))
            yield Edit(at, at + len(found.name), self._names[found])
        for place, module, name in _uses(node, found.module, source):
            called = self.need(module, name)
            start, end = source.span(place)
            if called != source.text[start:end]:
                yield Edit(start, end, called)
        if isinstance(node, ast.Assign | ast.AnnAssign) and self._names[found] != found.name:
            start = source.offset(node.lineno, node.col_offset)
            yield Edit(start, start + len(found.name), self._names[found])


class _Source:
    """A file of the textbook, parsed."""

    def __init__(self, module: str):
        spec = find_spec(module)
        assert spec is not None
        assert spec.origin is not None
        self.text = Path(spec.origin).read_text(encoding="utf-8")
        self._lines = self.text.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        package = module if Path(spec.origin).name == "__init__.py" else module.rpartition(".")[0]
        self.defined: dict[str, ast.stmt] = {}
        self.imported: dict[str, Definition | Module | str] = {}
        self.tree = ast.parse(self.text)
        for node in self.tree.body:
            self._take(node, package)

    def _take(self, node: ast.stmt, package: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.defined[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in (name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)):
                self.defined[name.id] = node
        elif isinstance(node, ast.ImportFrom):
            self._take_imports(node, package)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                line = f"import {alias.name} as {alias.asname}" if alias.asname else f"import {alias.name}"
                self.imported[alias.asname or alias.name] = line

    def _take_imports(self, node: ast.ImportFrom, package: str) -> None:
        module = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module or ""
        for alias in node.names:
            behind = f" as {alias.asname}" if alias.asname else ""
            found: Definition | Module | str = f"from {module} import {alias.name}{behind}"
            if module.startswith(ROOT):
                whole = f"{module}.{alias.name}"
                found = Module(whole) if _is_module(whole) else Definition(module, alias.name)
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

    def edited(self, start: int, end: int, edits: list[Edit]) -> str:
        """Return what stands between two offsets, edited."""
        text = self.text
        for edit in sorted(edits, reverse=True):
            assert edit.end <= end
            text = text[: edit.start] + edit.text + text[edit.end :]
            end += len(edit.text) - (edit.end - edit.start)
        return text[start:end]


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # what it would be in is a file itself
        return False


@lru_cache(maxsize=128)
def _source(module: str) -> _Source:
    return _Source(module)


def _resolved(wanted: Definition) -> Definition | str:
    """Return where something is defined; the import of what is not of the textbook."""
    source = _source(wanted.module)
    if wanted.name in source.defined:
        return wanted
    found = source.imported[wanted.name]
    assert not isinstance(found, Module)
    return _resolved(found) if isinstance(found, Definition) else found


def _trimmed(node: ast.stmt, source: _Source) -> Iterator[Edit]:
    """Yield the edits that leave annotations out, and all of docstrings but their first paragraph."""
    fields = _fields(node) if isinstance(node, ast.ClassDef) else []
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef):
            yield from _without_annotations(part, source)
            if (docstring := _docstring_of(part)) is not None:
                start, end = source.span(docstring)
                yield Edit(start, end, _first_paragraph(source.text[start:end]))
        elif isinstance(part, ast.AnnAssign) and part not in fields:
            yield Edit(source.span(part.target)[1], source.span(part.annotation)[1], "")


def _without_annotations(function: ast.FunctionDef, source: _Source) -> Iterator[Edit]:
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if argument.annotation is not None:
            start, end = source.span(argument)
            yield Edit(start + len(argument.arg), end, "")
            yield from _closed_up(end, source)
    if function.returns is not None:
        end = source.span(function.returns)[1]
        start = source.text.rindex("->", 0, source.span(function.returns)[0])
        yield Edit(len(source.text[:start].rstrip()), end, "")


def _closed_up(end: int, source: _Source) -> Iterator[Edit]:
    """Write a default as it is written without an annotation: ``name=value``."""
    if (found := re.compile(r"\s=\s").match(source.text, end)) is not None:
        yield Edit(*found.span(), "=")


def _docstring_of(function: ast.FunctionDef) -> ast.expr | None:
    first = function.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return first.value if is_text and isinstance(first.value.value, str) else None  # pyright: ignore[reportAttributeAccessIssue]


def _first_paragraph(docstring: str) -> str:
    begin, break_, _ = docstring.partition("\n\n")
    return f'{begin.rstrip()}"""' if break_ else docstring


def _fields(node: ast.ClassDef) -> list[ast.AnnAssign]:
    return [part for part in node.body if isinstance(part, ast.AnnAssign)]


def _is_plain(node: ast.ClassDef) -> bool:
    """Tell whether a class holds fields and does nothing."""
    return all(isinstance(part, ast.AnnAssign | ast.Expr) for part in node.body)


def _uses(node: ast.stmt, module: str, source: _Source) -> Iterator[tuple[ast.expr, str, str]]:
    """Yield where a definition reads something defined elsewhere, with its file and name; annotations are left out."""
    own = _local_names(node)
    skipped = {id(inner) for part in _annotations(node) for inner in ast.walk(part)}
    for part in ast.walk(node):
        if id(part) in skipped:
            continue
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id not in own:
            if isinstance(whole := source.imported.get(part.value.id), Module):
                yield part, whole.name, part.attr
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part.id not in own:
            is_known = part.id in source.defined or part.id in source.imported
            if part.id != "NamedTuple" and is_known and not isinstance(source.imported.get(part.id), Module):
                yield part, module, part.id


def _annotations(node: ast.stmt) -> Iterator[ast.expr]:
    for part in ast.walk(node):
        if isinstance(part, ast.arg | ast.AnnAssign) and part.annotation is not None:
            yield part.annotation
        elif isinstance(part, ast.FunctionDef) and part.returns is not None:
            yield part.returns


def _heading(module: str) -> str:
    """Return a file's subject as a comment: the first sentence of its docstring, without the markup of formulas."""
    docstring = ast.get_docstring(_source(module).tree) or ""
    sentence = " ".join(docstring.partition("\n\n")[0].split())
    plain = re.sub(r":math:`([^`]*)`", r"\1", sentence).replace("``", "")
    return "\n".join(f"# {line}" for line in wrap(plain, WIDTH - 2))


def _local_names(node: ast.stmt) -> set[str]:
    """Return what a function calls something of its own; nothing of what else is defined."""
    if not isinstance(node, ast.FunctionDef):
        return set()
    stored = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    inner = {part.name for part in ast.walk(node) if isinstance(part, ast.FunctionDef) and part is not node}
    return stored | inner | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}


def _camel(stem: str) -> str:
    return "".join(part.capitalize() for part in stem.split("_"))


def _without_trailing_blanks(text: str) -> str:
    return "\n".join(line.rstrip() for line in dedent(text).splitlines())
