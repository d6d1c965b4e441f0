"""A function of the textbook as a file of its own, which a person may change: it imports nothing of ours."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .textbook_source import Definition, TextbookSource, parsed_file, resolved

ABOUT_US = ("TORCH", "TORCH_STATE", "TITLE", "TARGET", "OUTPUTS", "DEFAULTS")  # what the textbook says to the program
OURS = ("conflicts",)
HYPER = "Hyper"
NO_HELPERS = (HYPER, "Hyperparameter")  # what the textbook says to the forms
FOLDERS = {"optimizer": "optimizers", "activation": "activations", "loss": "losses"}
DENSE = '''"""The dense layer: z = x Wᵀ + b, weights shaped (outputs, inputs) as torch has them."""


def linear_forward(x, W, b):
    z = x @ W.T + b
    return z, (x, W)


def linear_backward(dL_dz, cache):
    x, W = cache
    dL_dW = dL_dz.T @ x
    dL_db = dL_dz.sum(axis=0)  # every row adds the same b, so rows sum
    dL_dx = dL_dz @ W
    return dL_dx, dL_dW, dL_db
'''


def textbook_file(kind: str, name: str) -> str:
    """Return the textbook's file of a name, relative to its folder."""
    if kind == "layer":
        return "layers/linear.py"
    return f"{FOLDERS[kind]}/{name.lower()}.py"


def copy_of(kind: str, name: str) -> str:
    """Return the textbook's code of an optimizer, an activation, a loss or the dense layer as a file by itself."""
    if kind == "layer":
        return DENSE
    if name == "AdamW":  # whose own file calls Adam's
        return _decoupled(copy_of(kind, "Adam"))
    source = parsed_file(textbook_file(kind, name))
    docstring = ast.get_docstring(source.tree, clean=False)
    helpers = list(_helpers(source))
    body = [*(one.text for one in helpers), *_body(source)]
    if kind != "optimizer":
        body = [_without_hyper(part) for part in body]
    opening = source.text.split('"""')[0]
    head = [f'{opening}"""{docstring}"""'] if docstring else []
    used = _merged([*_imports(source), *(line for one in helpers for line in one.imports)], "\n".join(body))
    return "\n\n".join(part for part in (*head, "\n".join(used)) if part) + "\n\n\n" + "\n\n\n".join(body) + "\n"


def _decoupled(adam: str) -> str:
    """Return Adam's code with the decay always taken out of the gradient."""
    _, _, adam = adam.partition("import")
    both = """        if decoupled_weight_decay:
            weight = (1 - lr * weight_decay) * weight
        else:
            g = g + weight_decay * weight
"""
    adam = adam.replace(both, "        weight = (1 - lr * weight_decay) * weight\n")
    adam = adam.replace("weight_decay: float = 0.0", "weight_decay: float = 1e-2").replace(
        ", decoupled_weight_decay", ""
    )
    adam = adam.replace("    decoupled_weight_decay: bool = False\n", "")
    return f'"""AdamW: Adam with the weight decay taken out of the gradient."""\n\nfrom typing import{adam}'


def code_of_copy(kind: str, name: str, file: str) -> str:
    """Return how an experiment names the copy that stands in ``file``: with its own name where it holds several."""
    if kind in ("optimizer", "layer"):
        return file
    defined = {node.name for node in ast.parse(copy_of(kind, name)).body if isinstance(node, ast.FunctionDef)}
    pairs = [one for one in defined if f"d_{one}" in defined]
    return f"{file}::{name}" if len(pairs) > 1 else file


def _place(line: str) -> tuple[bool, bool, str]:
    return "numpy" in line or "scipy" in line, line.startswith("from numpy"), line


def _imports(source: TextbookSource) -> Iterator[str]:
    """Yield the lines by which a file imports what is not of the textbook, a name a line."""
    yield from (line for line in source.imported.values() if isinstance(line, str))


def _merged(lines: Iterable[str], body: str) -> list[str]:
    """Return import lines with what is used of them, one a module: Python's own first."""
    found: dict[str, list[str]] = {}
    for line in lines:
        module, _, names = line.rpartition("import ")
        found.setdefault(module, []).extend(one.strip() for one in names.split(","))
    kept = {module: [one for one in dict.fromkeys(names) if _is_used(one, body)] for module, names in found.items()}
    return sorted((f"{module}import {', '.join(names)}" for module, names in kept.items() if names), key=_place)


def _is_used(name: str, body: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name.rpartition(' as ')[2])}\b", body))


def _body(source: TextbookSource) -> Iterator[str]:
    """Yield the file's classes, functions and numbers of its own."""
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef) and node.name == HYPER:
            yield _plain_hyper(node, source)
        elif _is_own(node):
            yield source.text_of(node)


def _is_own(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) not in ABOUT_US
    return isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name not in OURS


def _plain_hyper(node: ast.ClassDef, source: TextbookSource) -> str:
    """Return the hyperparameters with plain types: what they mean to the forms is nothing of the code's."""
    lines = ["class Hyper(NamedTuple):"]
    for field in node.body:
        if isinstance(field, ast.AnnAssign) and field.value is not None:
            default = source.text_of(field.value)
            lines.append(f"    {ast.unparse(field.target)}: {_type_of(field.value)} = {default}")
    return "\n".join(lines)


def _type_of(value: ast.expr) -> str:
    if isinstance(value, ast.Tuple):
        return f"tuple[{', '.join(map(_type_of, value.elts))}]"
    if isinstance(value, ast.Constant) and value.value is not None:
        return type(value.value).__name__
    return "float | None" if isinstance(value, ast.Constant) else "float"


class _Helper(NamedTuple):
    """Hold what the file uses of another, and what that imports."""

    text: str
    imports: list[str]


def _helpers(source: TextbookSource) -> Iterator[_Helper]:
    """Yield what the file uses of the textbook's others, each behind what it uses itself."""
    seen: set[Definition] = set()
    for node in source.tree.body:
        if _is_own(node):
            yield from _used_by(node, source, source.file, seen)


def _used_by(node: ast.stmt, source: TextbookSource, file: str, seen: set[Definition]) -> Iterator[_Helper]:
    is_hyper = isinstance(node, ast.ClassDef) and node.name == HYPER  # whose types are plain in a copy
    for use in source.uses(node, annotations=not is_hyper):
        found = resolved(use.of)
        if isinstance(found, str) or found in seen or found.file == file or found.name in NO_HELPERS:
            continue
        seen.add(found)
        other = parsed_file(found.file)
        definition = other.defined[found.name]
        yield from _used_by(definition, other, file, seen)
        yield _Helper(other.text_of(definition), list(_imports(other)))


def _without_hyper(part: str) -> str:
    """Return a function that takes no hyperparameters, but stands with their defaults."""
    part = re.sub(r", hyper: Hyper = DEFAULTS|, hyper: Hyper", "", part)
    return re.sub(r"\b(hyper|DEFAULTS)\b", "Hyper()", part) if part.startswith("def ") else part
