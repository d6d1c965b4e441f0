"""Own code with one operation rounded otherwise, to see whether that alone is what tells it from torch.

``fused``: a product and a sum rounded once and not twice; ``reciprocal``: ``x * (1 / y)`` for ``x / y`` and back;
``order``: ``a + (b + c)`` for ``(a + b) + c``, products likewise; ``double``: a line's result rounded to float32.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

FUSED, NARROWED = "__lockstep_fused__", "__lockstep_narrowed__"
MOST = 60  # places that are tried


class Change(NamedTuple):
    """Locate an operation that may be rounded otherwise: ``number`` is the node's in the tree, ``way`` which change."""

    line: int
    id: str
    number: int
    way: int


def changes(tree: ast.Module, first: int, last: int) -> list[Change]:
    """List what may be rounded otherwise from line ``first`` to ``last``."""
    found: list[Change] = []
    for number, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.expr | ast.Assign | ast.AugAssign) and first <= node.lineno <= last:
            for way, (name, _) in enumerate(_ways(node)):
                found.append(Change(node.lineno, name, number, way))
    return found[:MOST]


def changed(tree: ast.Module, change: Change) -> ast.Module:
    """Return a copy of the tree with the change made."""
    whole = copy.deepcopy(tree)
    target = next(node for number, node in enumerate(ast.walk(whole)) if number == change.number)
    new = [*_ways(target)][change.way][1]()

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return ast.copy_location(new, node) if node is target else self.generic_visit(node)

    return ast.fix_missing_locations(Replace().visit(whole))


def helpers() -> dict[str, Any]:
    """Return what changed code calls, by name."""
    return {FUSED: fused, NARROWED: narrowed}


def _ways(node: ast.AST) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    if isinstance(node, ast.Assign):
        yield "double", lambda: ast.Assign(node.targets, _call(NARROWED, node.value))
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        if factors := _factors(node.value):
            sign = 1 if isinstance(node.op, ast.Add) else -1
            yield "fused", lambda: _in_place(node.target, _call(FUSED, *factors, *_loaded(node.target, sign)))
    elif isinstance(node, ast.BinOp):
        yield from _fusions(node)
        yield from _reciprocals(node)
        yield from _orders(node)


def _fusions(node: ast.BinOp) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    if not isinstance(node.op, ast.Add | ast.Sub):
        return
    sign = -1 if isinstance(node.op, ast.Sub) else 1
    if factors := _factors(node.right):
        yield "fused", lambda: _call(FUSED, *factors, node.left, ast.Constant(sign), ast.Constant(1))
    if others := _factors(node.left):
        yield "fused", lambda: _call(FUSED, *others, node.right, ast.Constant(1), ast.Constant(sign))


def _reciprocals(node: ast.BinOp) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    left, right = node.left, node.right
    if isinstance(node.op, ast.Div):
        yield "reciprocal", lambda: ast.BinOp(left, ast.Mult(), ast.BinOp(ast.Constant(1.0), ast.Div(), right))
    if isinstance(node.op, ast.Mult) and isinstance(right, ast.BinOp) and isinstance(right.op, ast.Div):
        yield "reciprocal", lambda: ast.BinOp(ast.BinOp(left, ast.Mult(), right.left), ast.Div(), right.right)


def _orders(node: ast.BinOp) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    left, op, right = node.left, node.op, node.right
    if isinstance(left, ast.BinOp):
        if isinstance(op, ast.Add | ast.Mult) and type(left.op) is type(op):
            yield "order", lambda: ast.BinOp(left.left, op, ast.BinOp(left.right, op, right))
        if isinstance(op, ast.Div) and isinstance(left.op, ast.Mult):
            yield "order", lambda: ast.BinOp(left.left, ast.Mult(), ast.BinOp(left.right, ast.Div(), right))
    if isinstance(right, ast.BinOp) and isinstance(op, ast.Add | ast.Mult) and type(right.op) is type(op):
        yield "order", lambda: ast.BinOp(ast.BinOp(left, op, right.left), op, right.right)


def _loaded(target: ast.expr, sign: int) -> tuple[ast.expr, ast.expr, ast.expr]:
    read = copy.deepcopy(target)
    read.ctx = ast.Load()  # type: ignore[attr-defined]
    return read, ast.Constant(sign), ast.Constant(1)


def _in_place(target: ast.expr, value: ast.expr) -> ast.Assign:
    """Write into the array that the target keeps, so that it stays the same one."""
    read, _, _ = _loaded(target, 1)
    return ast.Assign([ast.Subscript(read, ast.Constant(...), ast.Store())], value)


def _factors(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return node.left, node.right
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant):
        return (node.left, node.left) if node.right.value == 2 else None
    return None


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def fused(a: Any, b: Any, c: Any, of_product: int, of_sum: int) -> Any:
    """Compute ``± a b ± c`` rounded once."""
    arrays = [np.asarray(value) for value in (a, b, c)]
    plain = of_product * (arrays[0] * arrays[1]) + of_sum * arrays[2]
    result = np.array(plain)
    whole = np.broadcast_arrays(*arrays)
    for index in np.ndindex(result.shape):
        values = [float(value[index]) for value in whole]
        if np.isfinite(values).all() and np.isfinite(result[index]):
            x, y, z = map(Fraction, values)
            result[index] = float(of_product * x * y + of_sum * z)
    return result if result.ndim else result[()]


def narrowed(value: Any) -> Any:
    """Return what float32 keeps of a value that is wider."""
    wide = isinstance(value, np.ndarray | np.floating) and value.dtype == np.float64
    return value.astype(np.float32) if wide else value
