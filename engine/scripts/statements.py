"""A script's statements: which names a line mentions and makes, in which loop it stands, and what its comments pair."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from functools import cached_property
from types import CodeType
from typing import NamedTuple

COMMENT = re.compile(r"#\s*lockstep:\s*(?P<own>[^=]+?)\s*=\s*(?P<reference>.+?)\s*$")
COMPOUND = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.Match)
DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Statement:
    """Hold one simple statement, or the head of a compound one: ``mentioned`` names, ``made`` names, ``reads``."""

    def __init__(self, node: ast.stmt, parts: Sequence[ast.AST], is_simple: bool):
        self.node, self.is_simple, self.line = node, is_simple, node.lineno
        names = [one for part in parts for one in ast.walk(part) if isinstance(one, ast.Name)]
        self.mentioned = tuple(dict.fromkeys(one.id for one in names))
        self.reads = frozenset(one.id for one in names if isinstance(one.ctx, ast.Load)) | _added_to(node)
        self.made = frozenset(_made(node)) if is_simple else frozenset()
        attributes = {one.attr for part in parts for one in ast.walk(part) if isinstance(one, ast.Attribute)}
        self.touches_gradients = bool(attributes & {"grad", "zero_grad"})

    def begins_anew(self, name: str) -> bool:
        """Return whether it binds a name to something that it does not make of what the name was."""
        stored = any(
            isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)
            for one in ast.walk(self.node)
        )
        return stored and not isinstance(self.node, ast.AugAssign) and name not in self.reads

    @cached_property
    def code(self) -> CodeType:
        module = ast.Module([self.node], [])
        return compile(ast.fix_missing_locations(module), "<again>", "exec")


class Comment(NamedTuple):
    """Hold a pair that a comment names, and its line."""

    own: str
    reference: str
    line: int


class Statements:
    """Hold a script's statements by line, the names that it binds, and its loops."""

    def __init__(self, tree: ast.Module):
        self.at: dict[int, Statement] = {}
        self.bound: set[str] = set()
        self.loops: list[tuple[int, int]] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.bound.add(node.id)
            elif isinstance(node, ast.arg):
                self.bound.add(node.arg)
            elif isinstance(node, ast.For | ast.While):
                self.loops.append((node.lineno, node.end_lineno or node.lineno))
        for node in _statements(tree.body):
            parts = _head(node) if isinstance(node, COMPOUND) else [node]
            statement = Statement(node, parts, not isinstance(node, COMPOUND))
            first = node.lineno
            last = max((getattr(part, "end_lineno", first) or first for part in parts), default=first)
            for line in range(first, last + 1):
                self.at.setdefault(line, statement)

    def loop_of(self, line: int) -> tuple[int, int] | None:
        """Return the first and the last line of the outermost loop that a line stands in."""
        around = [loop for loop in self.loops if loop[0] <= line <= loop[1]]
        return min(around, default=None)


def innermost(loops: Sequence[tuple[int, int]], line: int) -> tuple[int, int] | None:
    """Return the innermost of the loops that a line stands in."""
    return max((loop for loop in loops if loop[0] <= line <= loop[1]), default=None)


def comments(text: str) -> Iterator[Comment]:
    """Yield the pairs that comments name."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            found = COMMENT.search(token.string) if token.type == tokenize.COMMENT else None
            if found:
                yield Comment(found["own"], found["reference"], token.start[0])
    except (tokenize.TokenError, SyntaxError):
        return


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if not isinstance(node, DEFINITION):
            yield node
        for name in ("body", "orelse", "finalbody"):
            yield from _statements([one for one in getattr(node, name, []) if isinstance(one, ast.stmt)])
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            yield from _statements(part.body)


def _head(node: ast.stmt) -> list[ast.AST]:
    names = ("target", "iter", "test", "items", "subject")
    found: list[ast.AST] = []
    for name in names:
        part = getattr(node, name, None)
        found += part if isinstance(part, list) else [part] if isinstance(part, ast.AST) else []
    return found


def _added_to(node: ast.stmt) -> frozenset[str]:
    is_name = isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    return frozenset([node.target.id]) if is_name else frozenset()  # type: ignore[attr-defined]


def _made(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds, or writes into: ``a``, ``a[i]``, ``a += b``, ``a.add_(b)``."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        for one in target.elts if isinstance(target, ast.Tuple | ast.List) else [target]:
            root = one.value if isinstance(one, ast.Starred) else one
            while isinstance(root, ast.Subscript | ast.Attribute):
                root = root.value
            if isinstance(root, ast.Name):
                yield root.id
    call = node.value if isinstance(node, ast.Expr) else None
    if isinstance(call, ast.Call):
        for one in ast.walk(call):
            if isinstance(one, ast.Name):
                yield one.id
