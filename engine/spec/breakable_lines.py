"""Which lines of a file a breakpoint can stand on: those where a statement of a function begins."""

import ast
from bisect import bisect_left
from functools import lru_cache


@lru_cache(maxsize=50)
def breakable_lines(text: str) -> tuple[int, ...]:
    """Return the lines that can be stopped at, from 1, in order. None in a text that is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ()
    found: set[int] = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                found.update(node.lineno for node in ast.walk(statement) if isinstance(node, ast.stmt))
            if ast.get_docstring(function) is not None:
                found.discard(function.body[0].lineno)
    return tuple(sorted(found))


def nearest_breakable(text: str, line: int) -> int | None:
    """Return the line itself, or the next below where it is none; None after the last."""
    lines = breakable_lines(text)
    at = bisect_left(lines, line)
    return lines[at] if at < len(lines) else None
