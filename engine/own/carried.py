"""Where other code of a file goes on: what was remembered must have its place in it, under its name and in its shape.

What each pass makes anew is no memory: it may be called otherwise, and be gone.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from .unusable import CannotGoOn

OTHER_FORM = "it is of another form than before: what was remembered does not fit"


def names_of(text: str) -> frozenset[str]:
    """Return all names in a text: of variables, arguments, attributes, and the texts that may be keys."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg | ast.keyword):
            found.add(node.arg or "")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            found.update(node.names)
    return frozenset(found)


def check_names(remembered: Iterable[str], before: str, text: str) -> None:
    """Raise CannotGoOn where something was remembered under a name of the text ``before`` that ``text`` has not."""
    lost = names_of(before) - names_of(text)
    name = next((name for name in remembered if name in lost), None)
    if name is not None:
        words = f"it has no “{name}”, in which the code before remembered something"
        raise CannotGoOn(words, "code_lacks_name", name=name)


def check_shapes(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Raise CannotGoOn where an array of one name begins in another shape in the other code."""
    for name, value in theirs.items():
        shapes = [one.shape for one in (mine.get(name), value) if isinstance(one, np.ndarray)]
        if len(shapes) == 2 and shapes[0] != shapes[1]:
            fields = {"name": name, "own": str(shapes[0]), "before": str(shapes[1])}
            words = "it has “{name}” in the shape {own}, and the code before in {before}".format(**fields)
            raise CannotGoOn(words, "code_other_shape", **fields)


def made_anew(text: str, kind: str, methods: Iterable[str]) -> frozenset[str]:
    """Return the attributes that a class's methods of these names set in any case before they are read."""
    tree = ast.parse(text)
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    if kind not in classes:
        return frozenset()
    called = [
        node for node in classes[kind].body if isinstance(node, ast.FunctionDef) and node.name in frozenset(methods)
    ]
    return frozenset(name for method in called for name in _set_first(method))


def _set_first(method: ast.FunctionDef) -> Iterator[str]:
    """Yield the attributes that a method sets in a statement of its own, not having read them before."""
    read: set[str] = set()
    for statement in method.body:
        attributes = [node for node in ast.walk(statement) if isinstance(node, ast.Attribute)]
        read.update(node.attr for node in attributes if not isinstance(node.ctx, ast.Store))
        if isinstance(statement, ast.Assign):
            yield from (node.attr for node in attributes if isinstance(node.ctx, ast.Store) and node.attr not in read)
