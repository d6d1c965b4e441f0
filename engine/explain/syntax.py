"""Lines of source as syntax: which statement a line belongs to, what it sets to what, and what it calls."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

MODULES = ("np", "numpy", "math", "torch")
METHODS = ("sum", "mean", "max", "min", "prod", "astype", "reshape", "copy", "clip")
OF_ONE = ("sqrt", "exp", "log", "abs", "tanh", "square")  # methods of some people's arrays, which take nothing besides
SUM_WHERE = "sum_where"  # what the formulas call ``np.add.at``
OF_LOSSES, REDUCTION = ("mean", "count"), "reduction"  # these are told besides whether they divide at all
TARGETS = ast.Assign | ast.AnnAssign | ast.AugAssign


class Statement(NamedTuple):
    """Hold a line: ``targets``, the names set; none for a ``return``. ``first``: the value is the first of a tuple."""

    targets: tuple[str, ...]
    value: ast.expr
    first: bool = False

    @property
    def made(self) -> str:
        """Return the name under which its result is recorded."""
        return self.targets[0] if self.targets else "return"


def statement_at(source: str, line: int) -> str:
    """Return the whole statement that contains ``line`` of a file's text, or the head of the block that begins there.

    Empty where there is none.
    """
    return _statements(source).get(line, "")


@lru_cache(maxsize=64)
def _statements(source: str) -> dict[int, str]:
    """Return the statement of each line."""
    lines = source.splitlines()
    found: dict[int, str] = {}
    for node in ast.walk(ast.parse(source)):  # outer ones first, so that inner ones have the last word
        if isinstance(node, ast.stmt):
            first, last = node.lineno, _last_line(node)
            text = "\n".join(lines[first - 1 : last])[node.col_offset :]
            found.update(dict.fromkeys(range(first, last + 1), text))
    return found


def _last_line(node: ast.stmt) -> int:
    """Of a block only its head counts."""
    body = getattr(node, "body", None)
    return max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno


@lru_cache(maxsize=512)
def parsed(source_line: str) -> Statement | None:
    """Parse what the line sets or returns; None where it does neither."""
    try:
        body = ast.parse(source_line.strip()).body
    except SyntaxError:
        return None
    return _statement(body[0]) if len(body) == 1 else None


def _statement(node: ast.stmt) -> Statement | None:
    if isinstance(node, ast.Return) and node.value is not None:
        return _returned(node.value)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and dotted(node.value.func) == "np.add.at":
        return _added_at(*node.value.args)
    if not isinstance(node, TARGETS) or node.value is None:
        return None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = tuple(name for target in targets if (name := _set_name(target)))
    if len(names) < len(targets):
        return None
    value: ast.expr = _Kept().visit(node.value)
    if isinstance(value, ast.Name) and not all(isinstance(target, ast.Name) for target in targets):
        return None  # it is put away
    return Statement(names, ast.BinOp(ast.Name(names[0]), node.op, value) if isinstance(node, ast.AugAssign) else value)


class _Kept(ast.NodeTransformer):
    """Make names of what a person keeps in a dictionary or an object, as they are written: no variable is called so."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        args = [self.visit(one) for one in node.args]
        return ast.copy_location(ast.Call(node.func, args, node.keywords), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            return ast.Name(ast.unparse(node))
        return self.generic_visit(node)  # type: ignore[return-value]

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if _is_under_word(node) or (isinstance(node.value, ast.Attribute) and _is_under_key(node)):
            return ast.Name(ast.unparse(node))
        return self.generic_visit(node)  # type: ignore[return-value]


def _is_under_word(node: ast.Subscript) -> bool:
    word = node.slice.value if isinstance(node.slice, ast.Constant) else None
    return isinstance(word, str) and word.isidentifier() and bool(dotted(node.value))


def _is_under_key(node: ast.Subscript) -> bool:
    return isinstance(node.slice, ast.Name) and bool(dotted(node.value))


def _set_name(target: ast.expr) -> str:
    """Return what is set, as it is written; empty where several things are, or what has no name."""
    if isinstance(target, ast.Subscript) and ast.unparse(target.slice) in (":", "..."):
        target = target.value  # all of it, in place
    is_kept = isinstance(target, ast.Subscript) and (_is_under_word(target) or _is_under_key(target))
    return ast.unparse(target) if is_kept or dotted(target) else ""


def _added_at(sums: ast.expr, where: ast.expr, values: ast.expr) -> Statement | None:
    """Return ``np.add.at(sums, where, values)`` as what it sets its first argument to, which was 0 before."""
    if not isinstance(sums, ast.Name):
        return None
    return Statement((sums.id,), ast.Call(ast.Name(SUM_WHERE), [where, values], []))


def _returned(value: ast.expr) -> Statement | None:
    """Of a new weight and a new state, the weight is the formula; that a name or a constant is handed on is
    none.
    """
    value = _Kept().visit(value)
    if not isinstance(value, ast.Tuple):
        return Statement((), value)
    if value.elts and not isinstance(value.elts[0], ast.Name | ast.Constant):
        return Statement((), value.elts[0], first=True)
    return None


def names_in(node: ast.expr) -> Iterator[str]:
    """Yield every name that the expression mentions."""
    return (part.id for part in ast.walk(node) if isinstance(part, ast.Name))


def dotted(node: ast.expr) -> str:
    """Write ``layer.activation`` as it stands; empty for anything but names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    base = dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{base}.{node.attr}" if base and isinstance(node, ast.Attribute) else ""


def called(node: ast.Call) -> tuple[str, list[ast.expr]]:
    """Return the name of the function and its arguments; a method's first argument is its array."""
    if isinstance(node.func, ast.Name):
        is_of_loss = node.func.id in OF_LOSSES and [dotted(part) for part in node.args[1:]] == [REDUCTION]
        return node.func.id, node.args[:1] if is_of_loss else node.args
    if not isinstance(node.func, ast.Attribute):
        return "", node.args
    owner, name = node.func.value, node.func.attr
    is_method = name in METHODS or (name in OF_ONE and not node.args)
    if is_method and dotted(owner).partition(".")[0] not in MODULES:
        return name, [owner, *node.args]
    return name, node.args


def keyword(node: ast.Call, name: str) -> Any:
    """Return the literal given for a keyword of a call; None where there is none."""
    return next((literal(keyword.value) for keyword in node.keywords if keyword.arg == name), None)


def literal(node: ast.expr) -> Any:
    """Return what is written out: a number, a tuple of numbers; None for anything else."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def adds_axis(node: ast.Subscript) -> bool:
    """Tell whether it adds an axis, as ``y[..., None]`` does."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
    return [literal(part) for part in parts] == [..., None]


def same(one: ast.expr, other: ast.expr) -> bool:
    return ast.dump(one) == ast.dump(other)
