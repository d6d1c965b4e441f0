"""Right code written in other ways: other names, another order, another algebra. Each is as right as before."""

import ast
import random
from collections.abc import Iterator

SYNONYMS = {
    "w": ("weight", "theta"),
    "g": ("grad", "gradient", "dw"),
    "theta": ("w", "weight"),
    "lr": ("learning_rate", "eta"),
    "learning_rate": ("lr", "eta"),
    "eps": ("epsilon",),
    "epsilon": ("eps",),
    "b1": ("beta1", "beta_1"),
    "b2": ("beta2", "beta_2"),
    "beta1": ("b1", "beta_1"),
    "beta2": ("b2", "beta_2"),
    "dw": ("g", "grad"),
}
KEPT = {"self", "np", "torch", "math", "init", "update", "forward", "backward"}


def rewritten(text: str, seed: int) -> str:
    """The code with some names, orders and terms changed at random, the same for the same seed."""
    chance = random.Random(seed)
    tree = ast.parse(text)
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        _rename(function, chance)
        _reorder(function, chance)
    tree = _Algebra(chance).visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _rename(function: ast.FunctionDef, chance: random.Random) -> None:
    """Locals by anything; arguments by what others call them, where nobody calls them by name."""
    special = ast.Global | ast.Nonlocal | ast.Lambda | ast.FunctionDef
    if any(isinstance(node, special) for statement in function.body for node in ast.walk(statement)):
        return
    names = _new_names(function, chance)
    taken = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    if function.name.startswith("__") or taken & set(names.values()):
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = names[node.id]
        elif isinstance(node, ast.arg) and node.arg in names:
            node.arg = names[node.arg]


def _new_names(function: ast.FunctionDef, chance: random.Random) -> dict[str, str]:
    arguments = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
    names: dict[str, str] = {}
    for name in arguments:
        if name in SYNONYMS and chance.random() < 0.5:
            free = [one for one in SYNONYMS[name] if one not in arguments and one not in names.values()]
            if free:
                names[name] = chance.choice(free)
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for name in sorted(stored - set(arguments) - KEPT):
        if chance.random() < 0.5:
            names[name] = f"{name}_{chance.randrange(100)}"
    return names


def _reorder(function: ast.FunctionDef, chance: random.Random) -> None:
    """Swap neighbours that have nothing to do with one another."""
    body = function.body
    for place in range(len(body) - 1):
        first, second = body[place : place + 2]
        if chance.random() < 0.5 and _is_simple(first) and _is_simple(second) and not _touch(first, second):
            body[place], body[place + 1] = second, first


def _is_simple(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
        return False
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return all(
        isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == "np" for call in calls
    )


def _touch(first: ast.stmt, second: ast.stmt) -> bool:
    def names(node: ast.stmt, context: type) -> set[str]:
        return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, context)}

    written = names(first, ast.Store), names(second, ast.Store)
    read = names(first, ast.Load), names(second, ast.Load)
    return bool(written[0] & (written[1] | read[1]) or written[1] & read[0])


class _Algebra(ast.NodeTransformer):
    """Terms in another form that is the same in exact arithmetic."""

    def __init__(self, chance: random.Random):
        self._chance = chance

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        forms = list(_forms(node))
        return self._chance.choice(forms) if forms and self._chance.random() < 0.35 else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node


def _forms(node: ast.BinOp) -> Iterator[ast.expr]:
    left, op, right = node.left, node.op, node.right
    if any(isinstance(one, ast.Constant | ast.List | ast.Tuple) and not _number(one) for one in (left, right)):
        return
    if isinstance(op, ast.Add | ast.Mult) and not any(isinstance(one, ast.Call) for one in ast.walk(node)):
        yield ast.BinOp(right, op, left)
    if isinstance(op, ast.Sub):
        yield ast.BinOp(left, ast.Add(), ast.UnaryOp(ast.USub(), right))
    if isinstance(op, ast.Div) and not _number(left):
        yield ast.BinOp(left, ast.Mult(), ast.BinOp(ast.Constant(1.0), ast.Div(), right))
    if isinstance(op, ast.Pow) and isinstance(right, ast.Constant) and right.value == 2 and isinstance(left, ast.Name):
        yield ast.BinOp(left, ast.Mult(), left)
    if isinstance(op, ast.Mult) and isinstance(left, ast.BinOp) and isinstance(left.op, ast.Sub) and _is_plain(right):
        yield ast.BinOp(ast.BinOp(left.left, ast.Mult(), right), ast.Sub(), ast.BinOp(left.right, ast.Mult(), right))
    if isinstance(op, ast.Add) and isinstance(left, ast.BinOp) and isinstance(left.op, ast.Mult):
        yield ast.BinOp(right, ast.Add(), left) if _is_plain(right) else ast.BinOp(left, ast.Add(), right)


def _is_plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def _number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)
