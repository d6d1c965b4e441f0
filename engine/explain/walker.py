r"""Turns an expression of the textbook into LaTeX by walking its syntax tree.

``*`` is elementwise (:math:`\odot`, or nothing where one factor is a single number), ``@`` the matrix product, ``/`` a
fraction. What is written for a name, a product or a sum is for heirs to change: with numbers put in, they depend on
the element that is meant, so every method is given it.
"""

# ruff: noqa: ARG002  # the element is handed on by all, though few look at it

import ast
from typing import ClassVar

from . import tex
from .symbols import RECORDS, constants, is_constant, is_scalar, kept_name, symbol, word
from .syntax import adds_axis, called, dotted, keyword, literal, same
from .tex import Tex

At = tuple[int, ...] | None  # the element meant, where numbers are put in; None: the whole array

ZERO, ONE, TWO, THREE = (Tex(digit, scalar=True) for digit in "0123")
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Gt: ">",
    ast.Lt: "<",
    ast.GtE: r"\geq",
    ast.LtE: r"\leq",
    ast.Eq: "=",
    ast.NotEq: r"\neq",
    ast.Is: r"\ \mathrm{is}\ ",
    ast.IsNot: r"\ \mathrm{is\ not}\ ",
}
# Functions that are written as a name before brackets. A name that stands in neither table is written upright.
NAMED = {
    "maximum": r"\max",
    "fmax": r"\max",
    "minimum": r"\min",
    "max": r"\max",
    "min": r"\min",
    "log": r"\ln",
    "tanh": r"\tanh",
    "sin": r"\sin",
    "cos": r"\cos",
    "sigmoid": r"\sigma",
    "logsigmoid": r"\ln\sigma",
    "log_softmax": r"\mathrm{ln\,softmax}",
}
# Reductions, as a function of an array or a method of it.
REDUCTIONS = {"sum": r"\sum", "mean": r"\frac{1}{n}\sum", "max": r"\max", "min": r"\min", "prod": r"\prod"}
UNCHANGED = (
    "astype",
    "reshape",
    "asarray",
    "array",
    "copy",
    "type",
    "float",
    "int",
    "float32",
    "to_float32",
    "nan_to_num",
    "broadcast_to",
)
MAKERS = ("init", "update", "as_rows", "from_rows", "moveaxis")  # these return records, or move things about
PROBLEM = "problem"  # its functions are of a whole point


class NoFormulaError(Exception):
    """Report that the line moves things about, and computes nothing."""


def written(name: str) -> Tex:
    """Return a name's symbol. A derivative is a fraction, and wants brackets before an exponent."""
    text = symbol(name)
    return Tex(text, tex.PRODUCT if text.startswith((r"\frac", r"\ln")) else tex.ATOM, is_scalar(kept_name(name)))


def is_reduction(node: ast.Call) -> bool:
    """Tell whether it is a reduction: ``z.max(axis=-1)`` and ``mean(e * e)`` are, ``max(t, 1)`` is not."""
    name, arguments = called(node)
    return name in REDUCTIONS and len(arguments) == 1


def _repeats(product: ast.BinOp, factor: ast.expr) -> bool:
    """Whether the product's last factor is this one."""
    return isinstance(product.op, ast.Mult) and same(product.right, factor)


def _unbracketed(condition: Tex) -> str:
    """Write a condition without the brackets that make a number of it."""
    return condition.text.removeprefix(r"\left[").removesuffix(r"\right]")


def _function(node: ast.Call, name: str) -> str:
    """Name a loss, an activation or a problem, or its derivative: ``loss.f``, ``activation.df``, ``problem.df``."""
    owner = owner_of(node)
    if owner == PROBLEM:
        return r"\nabla f" if name == "df" else "f"
    return (r"\ell" if owner == "loss" else "f") + ("'" if name == "df" else "")


def owner_of(call: ast.Call) -> str:
    """Return ``problem`` of ``problem.df(w)``."""
    return dotted(call.func.value) if isinstance(call.func, ast.Attribute) else ""


class Walker:
    """Write an expression, node by node.

    ``call_exp`` is how a call of ``exp`` is written, and so on; functions without one are written by their names.
    """

    def of(self, node: ast.expr, at: At = None) -> Tex:
        handle = self._handlers.get(type(node))
        if handle is None:
            raise NoFormulaError
        return getattr(self, handle)(node, at)

    # --- leaves --------------------------------------------------------------------------------

    def constant(self, node: ast.Constant, at: At) -> Tex:
        if node.value is None or isinstance(node.value, bool):
            return Tex(rf"\mathrm{{{node.value}}}", scalar=True)
        if isinstance(node.value, str):
            return Tex(word(node.value), scalar=True)
        if not isinstance(node.value, int | float):
            raise NoFormulaError
        return tex.number(node.value)

    def name(self, node: ast.Name, at: At) -> Tex:
        if node.id in RECORDS:
            raise NoFormulaError
        if is_constant(node.id) and node.id in constants():
            return tex.number(constants()[node.id])
        return written(node.id)

    def attribute(self, node: ast.Attribute, at: At) -> Tex:
        """Write an attribute: ``W.mT``, ``np.pi``, ``layer.W``."""
        if node.attr in ("mT", "T"):
            return self.transposed(node.value, at)
        return written(node.attr)

    def subscript(self, node: ast.Subscript, at: At) -> Tex:
        """Return how many rows or columns there are; or an array with an axis added, which is the array."""
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            return self.length(node, at)
        if adds_axis(node):
            return self.of(node.value, None if at is None else at[:-1])
        if isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Name):
            return self.looked_up(node.value, node.slice, at)
        raise NoFormulaError

    def looked_up(self, table: ast.Name, where: ast.Name, at: At) -> Tex:
        """Write a row of a table: ``W[x]``."""
        return Tex(symbol(f"{table.id}[{where.id}]"))

    def length(self, node: ast.Subscript, at: At) -> Tex:
        axis = literal(node.slice)
        return Tex({-1: "C", -2: "N"}.get(axis, "n"), scalar=True)

    def transposed(self, node: ast.expr, at: At) -> Tex:
        return Tex(rf"{{{tex.at_least(tex.ATOM, self.of(node, at))}}}^{{\top}}", tex.POWER)

    # --- operators -------------------------------------------------------------------------------

    def binary(self, node: ast.BinOp, at: At) -> Tex:
        if isinstance(node.op, ast.MatMult):
            return self.product(node, at)
        left, right = self.of(node.left, at), self.of(node.right, at)
        match node.op:
            case ast.Add():
                return tex.added(left, "+", right)
            case ast.Sub():
                return tex.added(left, "-", right)
            case ast.Mult() if same(node.left, node.right):
                return tex.power(left, TWO)
            case ast.Mult() if isinstance(node.left, ast.BinOp) and _repeats(node.left, node.right):
                return self.repeated(node.left.left, node.right, at)
            case ast.Mult():
                return self.multiplied(left, right)
            case ast.Div() if isinstance(node.left, ast.UnaryOp) and isinstance(node.left.op, ast.USub):
                return tex.negative(tex.over(self.of(node.left.operand, at), right))
            case ast.Div():
                return tex.over(left, right)
            case ast.Pow():
                return tex.power(left, right)
        return self.whole(node.op, left, right)

    def repeated(self, before: ast.expr, factor: ast.expr, at: At) -> Tex:
        """Write ``k * z * z``, or ``z * z * z``."""
        if same(before, factor):
            return tex.power(self.of(factor, at), THREE)
        return self.multiplied(self.of(before, at), tex.power(self.of(factor, at), TWO))

    def whole(self, op: ast.operator, left: Tex, right: Tex) -> Tex:
        """Write whole numbers divided, and what that leaves; and truth values together."""
        if isinstance(op, ast.BitAnd | ast.BitOr):
            word = r"\ \mathrm{and}\ " if isinstance(op, ast.BitAnd) else r"\ \mathrm{or}\ "
            return Tex(rf"\left[{word.join(map(_unbracketed, (left, right)))}\right]")
        if isinstance(op, ast.FloorDiv):
            return Tex(tex.enclosed(tex.over(left, right).text, r"\lfloor", r"\rfloor"), scalar=left.scalar)
        if isinstance(op, ast.Mod):
            return tex.times(left, right, r"\ \mathrm{mod}\ ")
        raise NoFormulaError

    def multiplied(self, left: Tex, right: Tex) -> Tex:
        if left.text[-1:].isdigit() and right.text[:1].isdigit() and right.holds >= tex.PRODUCT:
            return tex.times(left, right, r" \cdot ")
        return tex.times(left, right, r"\," if left.scalar or right.scalar else r" \odot ")

    def product(self, node: ast.BinOp, at: At) -> Tex:
        return tex.times(self.of(node.left, at), self.of(node.right, at), r"\,")

    def unary(self, node: ast.UnaryOp, at: At) -> Tex:
        operand = self.of(node.operand, at)
        if isinstance(node.op, ast.USub):
            return tex.negative(operand)
        if isinstance(node.op, ast.Not):
            return Tex(rf"\mathrm{{not}}\ {operand.text}", tex.CASES)
        raise NoFormulaError

    def comparison(self, node: ast.Compare, at: At) -> Tex:
        """Write a comparison in square brackets: 1 where it holds, 0 where not."""
        return Tex(rf"\left[{self.condition(node, at).text}\right]")

    def condition(self, node: ast.expr, at: At) -> Tex:
        if isinstance(node, ast.Compare):
            parts = [self.of(node.left, at).text]
            if any(type(op) not in COMPARISONS for op in node.ops):
                raise NoFormulaError  # whether something is in a dictionary
            for op, value in zip(node.ops, node.comparators, strict=True):
                parts += [COMPARISONS[type(op)], self.of(value, at).text]
            return Tex(" ".join(parts), tex.CASES)
        if isinstance(node, ast.BoolOp):
            return self._joint(isinstance(node.op, ast.And), node.values, at)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
            return self._joint(isinstance(node.op, ast.BitAnd), [node.left, node.right], at)
        inside = self.of(node, at)
        return Tex(_unbracketed(inside), inside.holds)

    def _joint(self, of_all: bool, conditions: list[ast.expr], at: At) -> Tex:
        """Write conditions of which all must hold, or one."""
        word = r"\ \mathrm{and}\ " if of_all else r"\ \mathrm{or}\ "
        return Tex(word.join(self.condition(value, at).text for value in conditions), tex.CASES)

    def either(self, node: ast.IfExp, at: At) -> Tex:
        return tex.cases(self.of(node.body, at), self.condition(node.test, at), self.of(node.orelse, at))

    # --- calls -----------------------------------------------------------------------------------

    def call(self, node: ast.Call, at: At) -> Tex:
        name, arguments = called(node)
        if is_reduction(node):
            return self.reduced(node, at)
        if name in UNCHANGED:
            return self.unchanged(arguments[0], at)
        own = getattr(self, f"call_{name}", None)
        return own(arguments, at) if own else self.applied(node, at)

    def unchanged(self, node: ast.expr, at: At) -> Tex:
        """Write what is only shaped or stored otherwise."""
        return self.of(node, at)

    def reduced(self, node: ast.Call, at: At) -> Tex:
        """Return a sum over rows, over columns or over all; the sum of a sum wants brackets."""
        name, (terms, *_) = called(node)
        axis = keyword(node, "axis")
        index = "_{r}" if axis == -2 else "_{c}" if axis == -1 else ""
        body = self.of(terms, at)
        text = tex.at_least(tex.SIGNED if name == "max" else tex.PRODUCT, body)
        return Tex(f"{REDUCTIONS[name]}{index} {text}", tex.PRODUCT)

    def applied(self, node: ast.Call, at: At) -> Tex:
        """Return a function by its name; one that makes a record, or is given one, is no formula."""
        name, arguments = called(node)
        if name in ("f", "df"):
            return tex.applied(_function(node, name), [self.of(argument, at) for argument in arguments])
        if not name.islower() or name in MAKERS or node.keywords:
            raise NoFormulaError
        return tex.applied(NAMED.get(name) or word(name), [self.of(argument, at) for argument in arguments])

    def call_exp(self, arguments: list[ast.expr], at: At) -> Tex:
        return Tex(f"e^{{{self.of(arguments[0], at).text}}}", tex.POWER)

    def call_expm1(self, arguments: list[ast.expr], at: At) -> Tex:
        return tex.added(self.call_exp(arguments, at), "-", ONE)

    def call_log1p(self, arguments: list[ast.expr], at: At) -> Tex:
        return tex.applied(r"\ln", [tex.added(ONE, "+", self.of(arguments[0], at))])

    def call_sqrt(self, arguments: list[ast.expr], at: At) -> Tex:
        return tex.root(self.of(arguments[0], at))

    def call_square(self, arguments: list[ast.expr], at: At) -> Tex:
        return tex.power(self.of(arguments[0], at), TWO)

    def call_abs(self, arguments: list[ast.expr], at: At) -> Tex:
        return Tex(tex.enclosed(self.of(arguments[0], at).text, "|", "|"))

    def call_norm(self, arguments: list[ast.expr], at: At) -> Tex:
        return Tex(tex.enclosed(self.of(arguments[0], at).text, r"\|", r"\|"), scalar=True)

    def call_where(self, arguments: list[ast.expr], at: At) -> Tex:
        condition, yes, no = arguments
        return tex.cases(self.of(yes, at), self.condition(condition, at), self.of(no, at))

    def call_ones_like(self, arguments: list[ast.expr], at: At) -> Tex:
        return ONE

    def call_ones(self, arguments: list[ast.expr], at: At) -> Tex:
        return ONE

    def call_zeros_like(self, arguments: list[ast.expr], at: At) -> Tex:
        return ZERO

    def call_full_like(self, arguments: list[ast.expr], at: At) -> Tex:
        return self.of(arguments[1], at)

    def call_divide(self, arguments: list[ast.expr], at: At) -> Tex:
        return tex.over(self.of(arguments[0], at), self.of(arguments[1], at))

    def call_arange(self, arguments: list[ast.expr], at: At) -> Tex:
        return Tex("c")

    def call_count(self, arguments: list[ast.expr], at: At) -> Tex:
        return Tex("n", scalar=True)

    def call_sum_where(self, arguments: list[ast.expr], at: At) -> Tex:
        """Write what ``np.add.at`` adds to row i: of all places in which i stands."""
        where, values = (self.of(argument) for argument in arguments)
        return Tex(rf"\sum_{{{where.text} = i}} {values.text}", tex.PRODUCT)

    def call_one_hot(self, arguments: list[ast.expr], at: At) -> Tex:
        return Tex(rf"\left[c = {self.of(arguments[0], at).text}\right]")

    def call_stack(self, arguments: list[ast.expr], at: At) -> Tex:
        assert isinstance(arguments[0], ast.Tuple)
        return self.call_row(arguments[0].elts, at)

    def call_row(self, arguments: list[ast.expr], at: At) -> Tex:
        return Tex(tex.enclosed(r" \quad ".join(self.of(argument, at).text for argument in arguments)))

    def call_power(self, arguments: list[ast.expr], at: At) -> Tex:
        return tex.power(self.of(arguments[0], at), self.of(arguments[1], at))

    def call_vstack(self, arguments: list[ast.expr], at: At) -> Tex:
        """Write rows under those that are there."""
        (rows,) = arguments
        return self._joined(rows.elts if isinstance(rows, ast.Tuple) else [rows])

    def call_append(self, arguments: list[ast.expr], at: At) -> Tex:
        return self._joined(arguments)

    def _joined(self, parts: list[ast.expr]) -> Tex:
        return Tex(tex.enclosed(r";\ ".join(self.of(part).text for part in parts), "[", "]"))

    _handlers: ClassVar[dict[type[ast.expr], str]] = {
        ast.Constant: "constant",
        ast.Name: "name",
        ast.Attribute: "attribute",
        ast.Subscript: "subscript",
        ast.BinOp: "binary",
        ast.UnaryOp: "unary",
        ast.Compare: "comparison",
        ast.IfExp: "either",
        ast.Call: "call",
    }
