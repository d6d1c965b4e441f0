r"""A line of the textbook as a formula: ``dL_dz = dL_da * da_dz`` typeset. Nothing is evaluated."""

import ast
from functools import lru_cache

from .symbols import of_a_point, result_of, symbol
from .syntax import Statement, names_in, parsed
from .tex import Tex
from .walker import At, NoFormulaError, Walker


class OfNumbers(Walker):
    """Write a formula in which every name is of one number, as in a function of two of them."""

    def name(self, node: ast.Name, at: At) -> Tex:
        return super().name(node, at)._replace(scalar=True)


@lru_cache(maxsize=1024)
def line_formula(source_line: str, function: str = "") -> str:
    """Return one statement of ``engine/diy`` in LaTeX; empty where it is no formula.

    ``function``: the name of the function that it stands in, which says what a ``return`` gives.
    """
    statement = parsed(source_line)
    if statement is None:
        return ""
    try:
        walker = OfNumbers() if of_a_point(function) else Walker()
        right = walker.of(statement.value).text
    except (NoFormulaError, IndexError, TypeError, ValueError):  # own code may call anything with other arguments
        return ""
    left = left_side(statement, function)
    if right in left:
        return ""  # b = state.b
    return " ".join([*left, relation(statement, function), right]) if left else right


def left_side(statement: Statement, function: str) -> list[str]:
    """Return the symbols of what is set; empty for a ``return`` of something that has none."""
    if statement.targets:
        return [" = ".join(symbol(name) for name in statement.targets)]
    return [result_of(function)] if result_of(function) else []


def relation(statement: Statement, function: str) -> str:
    """Return an equals sign, or an arrow where the old value makes the new one."""
    new = statement.targets or (("weight",) if result_of(function) == "w" else ())
    return r"\leftarrow" if {*new} & {*names_in(statement.value)} else "="
