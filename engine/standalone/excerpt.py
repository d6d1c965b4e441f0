"""The parts of the textbook that a script needs, with all that they use, as one text.

Their source is cut out as it stands, comments and all. What only the program reads is left out: annotations, all of a
docstring but its first paragraph, what a hyperparameter may be. Names that several files share get their file's.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from textwrap import dedent, wrap

from engine.spec.textbook_source import Definition, Edit, TextbookSource, parsed_file, resolved

ROOT = "engine.diy."
NO_SUBJECT = "hyper.py"  # the files of that name are about the program's forms
WIDTH = 110
COMMON = frozenset(  # names that many files have
    (
        *("DEFAULTS", "Cache", "Hyper", "State", "backward", "evaluate", "forward", "init", "minimize"),
        *("momentum", "observe", "rate", "update"),
    )
)


class Excerpt:
    """Gather definitions: ``need`` returns what each is called in the script, ``text`` all of them in order."""

    def __init__(self) -> None:
        self._written: dict[Definition, str] = {}
        self._names: dict[Definition, str] = {}
        self.imports: set[str] = set()

    def need(self, module: str, name: str) -> str:
        """Take a definition, and all that it uses; ``module`` is where it stands, or one that imports it."""
        return self._need(Definition(f"{module.removeprefix(ROOT).replace('.', '/')}.py", name))

    def _need(self, wanted: Definition) -> str:
        found = resolved(wanted)
        if isinstance(found, str):
            self.imports.add(found)
            return wanted.name
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
            is_new = found.file != before and not found.file.endswith(NO_SUBJECT)
            parts.append(f"{_heading(found.file)}\n{text}" if is_new else text)
            before = found.file if is_new else before
        return "\n\n\n".join(parts)

    def _free_name(self, found: Definition) -> str:
        taken = set(self._names.values())
        if found.name not in COMMON and found.name not in taken:
            return found.name
        stem = PurePosixPath(found.file).stem
        if found.name.isupper():
            return f"{stem.upper()}_{found.name}"
        return f"{_camel(stem)}{found.name}" if found.name[0].isupper() else f"{stem}_{found.name}"

    def _text_of(self, found: Definition) -> str:
        source = parsed_file(found.file)
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

    def _fields_at_the_head(self, found: Definition, node: ast.ClassDef, source: TextbookSource) -> Iterator[Edit]:
        """Yield the edits that move a NamedTuple's fields to where it says what it is."""
        yield Edit(*source.span(node.bases[0]), self._tuple_of(found, node))
        fields = _fields(node)
        end = source.span(fields[-1])[1]
        yield Edit(source.span(fields[0])[0], end + len(source.text[end:]) - len(source.text[end:].lstrip()), "")

    def _renamed(self, found: Definition, node: ast.stmt, source: TextbookSource) -> Iterator[Edit]:
        """Yield the edits that call everything as the script does."""
        if self._names[found] != found.name and isinstance(node, ast.FunctionDef):
            at = source.text.index(found.name, source.offset(node.lineno, node.col_offset + len("def")))
            yield Edit(at, at + len(found.name), self._names[found])
        for place, used in source.uses(node):
            called = self._need(used)
            start, end = source.span(place)
            if called != source.text[start:end]:
                yield Edit(start, end, called)
        if isinstance(node, ast.Assign | ast.AnnAssign) and self._names[found] != found.name:
            start = source.offset(node.lineno, node.col_offset)
            yield Edit(start, start + len(found.name), self._names[found])


def _trimmed(node: ast.stmt, source: TextbookSource) -> Iterator[Edit]:
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


def _without_annotations(function: ast.FunctionDef, source: TextbookSource) -> Iterator[Edit]:
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


def _closed_up(end: int, source: TextbookSource) -> Iterator[Edit]:
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


def _heading(file: str) -> str:
    """Return a file's subject as a comment: the first sentence of its docstring, without the markup of formulas."""
    docstring = ast.get_docstring(parsed_file(file).tree) or ""
    sentence = " ".join(docstring.partition("\n\n")[0].split())
    plain = re.sub(r":math:`([^`]*)`", r"\1", sentence).replace("``", "")
    return "\n".join(f"# {line}" for line in wrap(plain, WIDTH - 2))


def _camel(stem: str) -> str:
    return "".join(part.capitalize() for part in stem.split("_"))


def _without_trailing_blanks(text: str) -> str:
    return "\n".join(line.rstrip() for line in dedent(text).splitlines())
