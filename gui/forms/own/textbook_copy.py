"""A function of the textbook as a file of its own, which a person may change: it imports nothing of ours."""

import ast
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from engine.spec import textbook_lines

ABOUT_US = ("TORCH", "TORCH_STATE", "TITLE", "TARGET", "OUTPUTS", "DEFAULTS")  # what the textbook says to the program
OURS = ("conflicts",)
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
    file = textbook_file(kind, name)
    tree, text = _parsed(file)
    docstring = ast.get_docstring(tree, clean=False)
    helpers = list(_helpers(file, tree))
    imports = dict.fromkeys(line for one in (_imports(tree, text), *(one.imports for one in helpers)) for line in one)
    body = [*(part for helper in helpers for part in helper.parts), *_body(tree, text)]
    if kind != "optimizer":
        body = [_without_hyper(part) for part in body]
    opening = text.split('"""')[0]
    head = [f'{opening}"""{docstring}"""'] if docstring else []
    used = _merged(imports, "\n".join(body))
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


def _parsed(file: str) -> tuple[ast.Module, str]:
    text = "\n".join(textbook_lines(file)) + "\n"
    return ast.parse(text), text


def _imports(tree: ast.Module, text: str) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not node.level):
            yield ast.get_source_segment(text, node) or ""


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


def _body(tree: ast.Module, text: str) -> Iterator[str]:
    """Yield the file's classes, functions and numbers of its own."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Hyper":
            yield _plain_hyper(node, text)
        elif _is_own(node):
            yield _source(text, node)


def _is_own(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) not in ABOUT_US
    return isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name not in OURS


def _source(text: str, node: ast.stmt) -> str:
    return ast.get_source_segment(text, node) or ""


def _plain_hyper(node: ast.ClassDef, text: str) -> str:
    """Return the hyperparameters with plain types: what they mean to the forms is nothing of the code's."""
    lines = ["class Hyper(NamedTuple):"]
    for field in node.body:
        if isinstance(field, ast.AnnAssign) and field.value is not None:
            default = ast.get_source_segment(text, field.value)
            lines.append(f"    {ast.unparse(field.target)}: {_type_of(field.value)} = {default}")
    return "\n".join(lines)


def _type_of(value: ast.expr) -> str:
    if isinstance(value, ast.Tuple):
        return f"tuple[{', '.join(map(_type_of, value.elts))}]"
    if isinstance(value, ast.Constant) and value.value is not None:
        return type(value.value).__name__
    return "float | None" if isinstance(value, ast.Constant) else "float"


class _Helper(NamedTuple):
    imports: list[str]
    parts: list[str]


def _helpers(file: str, tree: ast.Module) -> Iterator[_Helper]:
    """Yield what the file imports of the textbook's other files, as far as it is a function or a class."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            up = "/".join([".."] * (node.level - 1))
            folder = posixpath.normpath(posixpath.join(posixpath.dirname(file), up))
            other = posixpath.normpath(posixpath.join(folder, (node.module or "").replace(".", "/") + ".py"))
            tree_there, text = _parsed(other)
            parts = list(_definitions(tree_there, text, [alias.name for alias in node.names]))
            imports, mentioned = list(_imports(tree_there, text)), "\n".join(parts)
            for beyond in _helpers(other, tree_there):
                imports += beyond.imports
                parts = [*(one for one in beyond.parts if re.search(rf"\b{_name_of(one)}\b", mentioned)), *parts]
            yield _Helper(imports, parts)


def _name_of(part: str) -> str:
    return re.split(r"[\s(:]+", part)[1]


def _definitions(tree: ast.Module, text: str, names: list[str]) -> Iterator[str]:
    wanted = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    found = [name for name in wanted if name in names or any(_mentions(wanted, other, name) for other in names)]
    yield from (_source(text, wanted[name]) for name in found if name not in ("Hyper", "Hyperparameter"))


def _mentions(defined: dict[str, Any], name: str, other: str) -> bool:
    nodes = ast.walk(defined[name]) if name in defined else ()
    return any(isinstance(node, ast.Name) and node.id == other for node in nodes)


def _without_hyper(part: str) -> str:
    """Return a function that takes no hyperparameters, but stands with their defaults."""
    part = re.sub(r", hyper: Hyper = DEFAULTS|, hyper: Hyper", "", part)
    return re.sub(r"\b(hyper|DEFAULTS)\b", "Hyper()", part) if part.startswith("def ") else part
