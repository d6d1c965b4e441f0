"""Small changes to an expression or a statement of the textbook, of the kinds that people's mistakes are of.

``changes_of(node, …)`` yields each change as its kind and the node that takes the place of the given one. Nodes of
the original are shared, not copied: a change is put in, compiled, and taken out again before the next.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

Change = tuple[str, ast.AST]

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
EXTREMES = {"maximum": "minimum", "minimum": "maximum", "max": "min", "min": "max"}
REDUCTIONS = {"sum": "mean", "mean": "sum"}
DROPPED = {
    *("sqrt", "abs", "sign", "square", "exp", "expm1", "log", "log1p", "cos", "tanh", "erf", "rint", "nan_to_num"),
    *("to_float32", "bfloat16", "reversed", "ones_like", "rms", "size", "mean", "sigmoid"),
}
INDICES = {0: 1, 1: 0, -1: -2, -2: -1}
NUDGE = 1.01


class Around(NamedTuple):
    """What surrounds a node: the arguments of its function and the fields of its module's ``State``."""

    arguments: frozenset[str]
    state: tuple[str, ...]


def changes_of(node: ast.AST, around: Around) -> Iterator[Change]:
    match node:
        case ast.stmt():
            yield from _of_statement(node)
        case ast.Call():
            yield from _of_call(node, around)
        case ast.BinOp():
            yield from _of_operation(node)
        case ast.Constant():
            yield from _of_constant(node)
        case ast.Subscript():
            yield from (("index", ast.Subscript(node.value, other, node.ctx)) for other in _indices(node.slice))
        case ast.Attribute(attr="mT" | "T"):
            yield "transpose dropped", node.value
        case ast.expr():
            yield from _of_condition(node)


def _of_condition(node: ast.expr) -> Iterator[Change]:
    match node:
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield "sign or not dropped", node.operand
        case ast.Compare(ops=[op]):
            for other in COMPARISONS.get(type(op), ()):
                yield "comparison", ast.Compare(node.left, [other()], node.comparators)
        case ast.BoolOp():
            yield "and/or", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
            yield from (("condition dropped", value) for value in node.values)
        case ast.IfExp():
            yield "condition negated", ast.IfExp(node.test, node.orelse, node.body)


# --- operations ----------------------------------------------------------------------------------


def _of_operation(node: ast.BinOp) -> Iterator[Change]:
    left, op, right = node.left, node.op, node.right
    for other in OPERATORS.get(type(op), ()):
        yield "operator", ast.BinOp(left, other(), right)
    if isinstance(op, ast.Sub | ast.Div | ast.MatMult):
        yield "sides exchanged", ast.BinOp(right, op, left)
    if not isinstance(op, ast.MatMult):
        yield "term dropped", left
    match op:
        case ast.Add() | ast.Mult():
            yield "term dropped", right
        case ast.Sub():
            yield "term dropped", ast.UnaryOp(ast.USub(), right)
        case ast.Div():
            yield "term dropped", ast.BinOp(ast.Constant(1), ast.Div(), right)
    if isinstance(op, ast.Add) and _is_eps(right) and _called(left) == "sqrt":
        assert isinstance(left, ast.Call)
        yield "eps moved", ast.Call(left.func, [ast.BinOp(left.args[0], ast.Add(), right)], [])


def _of_constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return
    if value in (0, 1):
        yield "0 or 1 flipped", ast.Constant(1 - value)
    if value:
        yield "constant by 1 %", ast.Constant(value * NUDGE)


def _is_eps(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id.startswith("eps")


# --- calls ---------------------------------------------------------------------------------------


def _called(node: ast.AST) -> str:
    """Return the name of what a call calls, without its module; empty where nothing is called."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def _of_call(node: ast.Call, around: Around) -> Iterator[Change]:
    name, given = _called(node), node.args
    if name in EXTREMES and len(given) == 2:
        yield "min and max", _renamed(node, EXTREMES[name])
        yield from (("extreme dropped", part) for part in given)
    if name in REDUCTIONS and isinstance(node.func, ast.Attribute):
        yield "sum and mean", _renamed(node, REDUCTIONS[name])
    if name == "clip" and len(given) == 3:
        yield "clip dropped", given[0]
        yield from (("clip dropped", _numpy(other, given[0], given[side])) for other, side in _ENDS)
    if name == "where":
        yield "branches exchanged", ast.Call(node.func, [given[0], given[2], given[1]], [])
        yield from (("branch dropped", part) for part in given[1:])
    if name in DROPPED and len(given) == 1:
        yield f"{name} dropped", given[0]
    if name == "sqrt" and isinstance(given[0], ast.BinOp) and _is_eps(given[0].right):
        root = ast.Call(node.func, [given[0].left], [])
        yield "eps moved", ast.BinOp(root, ast.Add(), given[0].right)
    if name == "_replace" and isinstance(node.func, ast.Attribute):
        yield "state not carried", node.func.value
    if name == "State" and "state" in around.arguments:
        yield from _states(node, around.state)
    if len(given) == 2 and name not in EXTREMES and all(isinstance(part, ast.Name) for part in given):
        yield "arguments exchanged", ast.Call(node.func, given[::-1], node.keywords)
    yield from _axes(node)


_ENDS = (("maximum", 1), ("minimum", 2))


def _numpy(name: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), list(given), [])


def _renamed(node: ast.Call, name: str) -> ast.Call:
    func = node.func
    other = ast.Attribute(func.value, name, func.ctx) if isinstance(func, ast.Attribute) else ast.Name(name, ast.Load())
    return ast.Call(other, node.args, node.keywords)


def _states(node: ast.Call, fields: tuple[str, ...]) -> Iterator[Change]:
    """Let each entry of the new state be the old one."""

    def old(field: str) -> ast.expr:
        return ast.Attribute(ast.Name("state", ast.Load()), field, ast.Load())

    for place, field in enumerate(fields[: len(node.args)]):
        given = [*node.args[:place], old(field), *node.args[place + 1 :]]
        yield "state not carried", ast.Call(node.func, given, node.keywords)
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            given = [*node.keywords]
            given[place] = ast.keyword(keyword.arg, old(keyword.arg))
            yield "state not carried", ast.Call(node.func, node.args, given)


def _axes(node: ast.Call) -> Iterator[Change]:
    for place, keyword in enumerate(node.keywords):
        if keyword.arg != "axis":
            continue
        for other in _other_axes(keyword.value):
            given = [*node.keywords]
            given[place] = ast.keyword("axis", other)
            yield "axis", ast.Call(node.func, node.args, given)


def _other_axes(axis: ast.expr) -> Iterator[ast.expr]:
    if (number := _whole(axis)) is not None:
        yield _number(INDICES[number])
    elif isinstance(axis, ast.Tuple):
        yield from axis.elts


# --- indices -------------------------------------------------------------------------------------


def _whole(node: ast.AST | None) -> int | None:
    """Return the whole number that a node is, or None."""
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return -value
    return None


def _number(value: int) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _indices(index: ast.expr) -> Iterator[ast.expr]:
    number = _whole(index)
    if number in INDICES:
        yield _number(INDICES[number])
    elif isinstance(index, ast.Tuple) and _whole(index.elts[-1]) in INDICES:
        last = INDICES[_whole(index.elts[-1]) or 0]
        yield ast.Tuple([*index.elts[:-1], _number(last)], ast.Load())
    elif isinstance(index, ast.Slice) and _whole(index.lower) == 1:
        yield ast.Slice(None, _number(-1))
        yield ast.Slice(ast.Constant(0), None)


# --- statements ----------------------------------------------------------------------------------


def _of_statement(node: ast.stmt) -> Iterator[Change]:
    match node:
        case ast.If() | ast.While():
            yield "condition negated", type(node)(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.Assign(targets=[target], value=value):
            if _bound(target) & _read(value):
                yield "statement dropped", ast.Pass()
            if isinstance(target, ast.Name) and _is_number(value):
                yield "minus added", ast.Assign([target], ast.UnaryOp(ast.USub(), value))
        case ast.Return(value=ast.expr() as value) if _is_number(value):
            yield "minus added", ast.Return(ast.UnaryOp(ast.USub(), value))
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="reverse"))):
            yield "statement dropped", ast.Pass()


def _is_number(value: ast.expr) -> bool:
    """Whether it may well be one, or an array: an operation, or the result of a function that is not a class."""
    return isinstance(value, ast.BinOp) or _called(value)[:1].islower()


def _bound(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _read(value: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
