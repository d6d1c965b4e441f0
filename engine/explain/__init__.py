"""A step in formulas: a line of the textbook typeset, with numbers put in; where a gradient came from; what the
optimizer made of it.

Pure functions of a recorded step. Nothing of the step is computed again: what is shown is what was recorded.
"""

from .explained import explain
from .formula import line_formula
from .numbers import line_numbers
from .syntax import statement_at

__all__ = ["explain", "line_formula", "line_numbers", "statement_at"]
