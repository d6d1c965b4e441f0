"""The shapes of a line's parts, told from those of its variables as NumPy would, without computing anything."""

import ast
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .syntax import adds_axis, called, dotted, keyword, literal

REDUCING = ("sum", "mean", "max", "min", "prod")
SINGLE = ("count", "norm", "len")  # one number of whatever they are given
Shape = tuple[int, ...]


class Shapes:
    """Find shapes of expressions. ``variables`` by name; ``holds`` says whether the condition of an ``if`` is met."""

    def __init__(self, variables: Mapping[str, Any], holds: Callable[[ast.expr], bool]):
        self._variables, self._holds = variables, holds

    def value(self, node: ast.expr) -> Any:
        """Return what a name, or what stands in an object of that name, holds; None where it holds nothing."""
        if isinstance(node, ast.Name):
            return self._variables.get(node.id)
        if isinstance(node, ast.Attribute):
            record = self.value(node.value)
            if node.attr in getattr(record, "_fields", ()):
                return getattr(record, node.attr)
            return self._variables.get(dotted(node))
        return self._variables.get(ast.unparse(node)) if isinstance(node, ast.Subscript) else None

    def of(self, node: ast.expr) -> Shape:
        match node:
            case ast.Attribute(value=value, attr="mT" | "T"):
                shape = self.of(value)
                return (*shape[:-2], *reversed(shape[-2:]))
            case ast.BinOp(op=ast.MatMult()):
                left, right = self.of(node.left), self.of(node.right)
                return (*left[:-1], right[-1])
            case ast.BinOp() | ast.Compare() | ast.UnaryOp():
                return self._together(*ast.iter_child_nodes(node))
            case ast.IfExp():
                return self.of(node.body if self._holds(node.test) else node.orelse)
            case ast.Subscript():
                return (*self.of(node.value), 1) if adds_axis(node) else np.shape(self.value(node))
            case ast.Call():
                return self._of_call(node)
        return np.shape(self.value(node))

    def _together(self, *nodes: ast.AST) -> Shape:
        return np.broadcast_shapes(*(self.of(node) for node in nodes if isinstance(node, ast.expr)))

    def _of_call(self, node: ast.Call) -> Shape:
        name, arguments = called(node)
        if name in SINGLE:
            return ()
        if name == "arange":
            return (int(self.length(arguments[0])),)
        if name == "one_hot":
            return (*self.of(arguments[0]), int(self.length(arguments[1])))
        if name == "reshape":
            return self.of(arguments[0])
        if name in REDUCING and len(arguments) == 1:
            shape, gone = self.of(arguments[0]), reduced_axes(node, len(self.of(arguments[0])))
            kept = enumerate(shape)
            if keyword(node, "keepdims"):
                return tuple(1 if axis in gone else size for axis, size in kept)
            return tuple(size for axis, size in kept if axis not in gone)
        return self._together(*arguments)

    def length(self, node: ast.expr) -> int:
        """Return the length that ``z.shape[-1]`` gives, or a variable that holds it."""
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
            return self.of(node.value.value)[literal(node.slice)]
        value = self.value(node)
        if not isinstance(value, int):
            raise ValueError
        return value


def reduced_axes(node: ast.Call, axes: int) -> set[int]:
    """Return the axes that a reduction runs over, counted from 0: all where it names none."""
    axis = keyword(node, "axis")
    if axis is None:
        return {*range(axes)}
    return {place % axes for place in (axis if isinstance(axis, tuple) else (axis,))} if axes else set()


def running(node: ast.Call, shape: Shape, at: Shape) -> list[range]:
    """Return the indices of an array of that shape that a reduction runs over, for the element ``at`` of its result."""
    gone = reduced_axes(node, len(shape))
    fixed = list(at)
    ranges: list[range] = []
    for axis in reversed(range(len(shape))):
        if axis not in gone:
            place = fixed.pop()
            ranges.insert(0, range(place, place + 1))
        else:
            ranges.insert(0, range(shape[axis]))
            if keyword(node, "keepdims"):
                fixed.pop()
    return ranges
