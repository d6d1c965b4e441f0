r"""A line's formula with the numbers of one element put in: :math:`0.521 \cdot 0.193 = 0.1006`.

The line's syntax tree is walked as for its symbols, but a name becomes the number that its array holds at the
element; through ``.mT`` the element's row and column change places, and ``@`` and sums become sums over
the elements that they run over. Nothing is computed: the result shown is the recorded one.
"""

# ruff: noqa: ARG002  # as in the walker

import ast
import operator
from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import islice, product
from math import prod
from typing import Any

import numpy as np

from . import tex
from .element import Element, clipped
from .formula import left_side, line_formula
from .shapes import Shapes, running
from .symbols import constants, symbol
from .syntax import REDUCTION, called, literal, names_in, parsed
from .tex import Tex
from .walker import PROBLEM, REDUCTIONS, At, NoFormulaError, Walker, owner_of

DIGITS, MOST_DIGITS = 4, 12
TERMS = 4  # of a longer sum one fewer are written, then dots
DOTS = Tex(r"\dots")
# Functions of one number each; what others make of an element depends on elements beside it.
OF_WHOLE_ROWS = ("softmax", "log_softmax")
ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
COMPARED = {
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def line_numbers(
    statement: str, variables: Mapping[str, Any], made: Mapping[str, Any], element: Element, function: str = ""
) -> str:
    r"""Return the statement with the numbers of an element: :math:`\partial L/\partial z = 0.5 \cdot 0.2 = 0.1`.

    ``variables`` are the values by name before the statement ran, ``made`` what it made, ``return`` among them.
    Empty where the statement is no formula, or lacks a value, or where the element cannot be told.
    """
    parts = parsed(statement)
    if parts is None or not line_formula(statement, function):
        return ""
    result = made.get(parts.made, made.get(f"{parts.made}[0]") if parts.first else None)
    result = result[0] if parts.first and isinstance(result, tuple) and result else result
    if not isinstance(result, int | float | np.ndarray | np.generic):
        return ""
    index = element.of(_role(parts.made, function), np.shape(result))
    digits = _telling_digits(variables.get(_role(parts.made, function)), result, index)
    try:
        numbers = Numbers(variables, digits, np.shape(result)).of(parts.value, index).text
    except (NoFormulaError, IndexError, TypeError, ValueError):
        return ""
    value = tex.number(np.asarray(result)[index], digits).text
    return " = ".join([*left_side(parts, function), *([] if numbers == value else [numbers]), value])


def used(statement: str) -> set[str]:
    """Return the names of the variables that the statement reads."""
    parts = parsed(statement)
    return set() if parts is None else set(names_in(parts.value))


def _telling_digits(before: Any, after: Any, index: tuple[int, ...]) -> int:
    """How many digits tell a number from what it was before: a small step from a weight must not vanish."""
    if not isinstance(before, np.ndarray) or before.shape != np.shape(after):
        return DIGITS
    old, new = before[index], np.asarray(after)[index]
    return next((n for n in range(DIGITS, MOST_DIGITS) if tex.number(old, n) != tex.number(new, n)), DIGITS)


def _role(made: str, function: str) -> str:
    return made if made != "return" or function != "update" else "weight"


class Numbers(Walker):
    """Write a formula with numbers. Every method is given the element's index in what its node stands for."""

    def __init__(self, variables: Mapping[str, Any], digits: int = DIGITS, made: tuple[int, ...] = ()):
        self._variables, self._digits = variables, digits
        self._made = made  # the shape of what the line makes
        self._shapes = Shapes(variables, self.holds)

    # --- leaves --------------------------------------------------------------------------------

    def name(self, node: ast.Name, at: At) -> Tex:
        if node.id not in self._variables and node.id in constants():
            return tex.number(constants()[node.id])
        return self._number(node, at)

    def attribute(self, node: ast.Attribute, at: At) -> Tex:
        if node.attr in ("mT", "T"):
            return self.of(node.value, _turned(at))
        return Tex(r"\pi", scalar=True) if node.attr == "pi" else self._number(node, at)

    def _number(self, node: ast.expr, at: At) -> Tex:
        value = self._shapes.value(node)
        if isinstance(value, tuple) and all(isinstance(part, int | float) for part in value):
            value = np.asarray(value)
        if not isinstance(value, int | float | np.ndarray | np.generic):
            raise NoFormulaError
        if len(np.shape(value)) > len(at or ()):
            raise NoFormulaError  # which of its elements?
        return tex.number(np.asarray(value)[clipped(at or (), np.shape(value))], self._digits)

    def looked_up(self, table: ast.Name, where: ast.Name, at: At) -> Tex:
        """Write the table's element with its index in full."""
        if f"{table.id}[{where.id}]" in self._variables:
            return self._number(ast.Name(f"{table.id}[{where.id}]"), at)
        assert at is not None
        row = int(np.asarray(self._shapes.value(where))[at[:-1]])
        return Tex(f"{symbol(table.id)}_{{{row},{at[-1]}}}")

    def length(self, node: ast.Subscript, at: At) -> Tex:
        assert isinstance(node.value, ast.Attribute)
        return tex.number(self._shapes.of(node.value.value)[literal(node.slice)])

    # --- operators -------------------------------------------------------------------------------

    def multiplied(self, left: Tex, right: Tex) -> Tex:
        return tex.times(_in_product(left), right, r" \cdot ")

    def product(self, node: ast.BinOp, at: At) -> Tex:
        assert at is not None
        row, column, inner = at[-2], at[-1], self._shapes.of(node.left)[-1]
        pairs = ((self.of(node.left, (row, k)), self.of(node.right, (k, column))) for k in range(min(inner, TERMS)))
        return _sum([self.multiplied(*pair) for pair in pairs], inner)

    def either(self, node: ast.IfExp, at: At) -> Tex:
        return self.of(node.body if self.holds(node.test) else node.orelse, at)

    def holds(self, node: ast.expr, at: At = ()) -> bool:
        """Tell whether a condition on plain values is met at the element."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self.holds(operand, at)
            case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot() as op], comparators=[ast.Constant(value=None)]):
                return (self._shapes.value(left) is None) == isinstance(op, ast.Is)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return _compares(self._plain(left, at), op, self._plain(right, at))
            case ast.BinOp(left=left, op=ast.BitAnd() | ast.BitOr() as op, right=right):
                both = self.holds(left, at), self.holds(right, at)
                return all(both) if isinstance(op, ast.BitAnd) else any(both)
            case ast.Call() if called(node)[0] == "one_hot":
                return self._is_class(called(node)[1][0], at)
        return bool(self._plain(node, at))

    def _plain(self, node: ast.expr, at: At) -> Any:
        """Return what a name, a number, or plain arithmetic with both comes to at the element."""
        match node:
            case ast.Constant():
                return node.value
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._plain(operand, at)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
                return ARITHMETIC[type(op)](self._plain(left, at), self._plain(right, at))
        value = constants().get(node.id) if isinstance(node, ast.Name) else None
        value = self._shapes.value(node) if value is None else value
        if value is None:
            raise NoFormulaError  # that side has no such value, and nobody knows what holds there
        return np.asarray(value)[clipped(at or (), np.shape(value))]

    def _is_class(self, node: ast.expr, at: At) -> bool:
        assert at is not None
        return bool(self._plain(node, at[:-1]) == at[-1])

    # --- calls -----------------------------------------------------------------------------------

    def reduced(self, node: ast.Call, at: At) -> Tex:
        """Return the first few terms of what is summed up (or of what the largest is taken of)."""
        name, (terms, *_) = called(node)
        name = "sum" if self._only_adds() and name == "mean" else name
        ranges = running(node, self._shapes.of(terms), at or ())
        count = prod(map(len, ranges))
        parts = [self.of(terms, index) for index in islice(product(*ranges), TERMS)]
        if name in ("max", "min"):
            return tex.applied(REDUCTIONS[name], _few(parts, count))
        if name == "prod":
            return Tex(r" \cdot ".join(tex.at_least(tex.PRODUCT, part) for part in _few(parts, count)), tex.PRODUCT)
        total = _sum(parts, count)
        return total if name == "sum" else tex.over(total, tex.number(count))

    def applied(self, node: ast.Call, at: At) -> Tex:
        """Return a function of numbers, element by element; one of whole rows stays as it is, with its symbols."""
        name, arguments = called(node)
        shapes = [shape for shape in map(self._shapes.of, arguments) if shape]
        if name in OF_WHOLE_ROWS or owner_of(node) == PROBLEM or (shapes and not at) or len(set(shapes)) > 1:
            return Walker().applied(node, None)
        return super().applied(node, at)

    def _only_adds(self) -> bool:
        """Tell whether a loss adds up and divides by nothing."""
        return self._shapes.value(ast.Name(REDUCTION)) == "sum"

    def call_count(self, arguments: list[ast.expr], at: At) -> Tex:
        if self._only_adds():
            return tex.number(1)
        return tex.number(prod(self._shapes.of(arguments[0])[-2:]))

    def call_sum_where(self, arguments: list[ast.expr], at: At) -> Tex:
        assert at is not None
        where, values = arguments
        found = np.argwhere(np.asarray(self._shapes.value(where)) == at[0])
        parts = [self.of(values, (*(int(i) for i in place), *at[1:])) for place in found[:TERMS]]
        return _sum(parts, len(found)) if parts else tex.number(0)

    def unchanged(self, node: ast.expr, at: At) -> Tex:
        """Find the element in its array, where rows of several axes are laid end to end, or are taken apart again."""
        shape = self._shapes.of(node)
        if at is not None and len(at) == 2 < len(shape):
            at = (at[0], *(int(i) for i in np.unravel_index(at[1], shape[1:])))
        elif at is not None and len(at) > len(shape) > 1:
            if len(self._made) != len(at) or prod(self._made[1:]) != shape[1]:
                raise NoFormulaError  # nobody knows the axes that there are now
            at = (at[0], int(np.ravel_multi_index(at[1:], self._made[1:])))
        return self.of(node, at)

    def call_arange(self, arguments: list[ast.expr], at: At) -> Tex:
        assert at is not None
        return tex.number(at[-1])

    def call_one_hot(self, arguments: list[ast.expr], at: At) -> Tex:
        assert at is not None
        return Tex(rf"\left[{at[-1]} = {self.of(arguments[0], at[:-1]).text}\right]")

    def call_where(self, arguments: list[ast.expr], at: At) -> Tex:
        condition, yes, no = arguments
        return self.of(yes if self.holds(condition, at) else no, at)

    def call_row(self, arguments: list[ast.expr], at: At) -> Tex:
        assert at is not None
        return self.of(arguments[at[-1]], ())

    def call_norm(self, arguments: list[ast.expr], at: At) -> Tex:
        return Walker().call_norm(arguments, None)

    def _joined(self, parts: list[ast.expr]) -> Tex:
        raise NoFormulaError  # of which of its elements?


def _turned(at: At) -> At:
    return None if at is None else (*at[:-2], *reversed(at[-2:]))


def _in_product(factor: Tex) -> Tex:
    """Put a negative number within a product in brackets."""
    return Tex(tex.bracketed(factor)) if factor.holds == tex.SIGNED else factor


def _few(parts: Sequence[Tex], count: int) -> list[Tex]:
    return [*parts] if count <= TERMS else [*parts[: TERMS - 1], DOTS]


def _sum(parts: Sequence[Tex], count: int) -> Tex:
    return reduce(lambda total, part: tex.added(total, "+", part), _few(parts, count))


def _compares(left: Any, op: ast.cmpop, right: Any) -> bool:
    if type(op) not in COMPARED:
        raise NoFormulaError
    return bool(COMPARED[type(op)](left, right))
