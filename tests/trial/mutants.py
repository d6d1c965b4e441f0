"""Every mutant of the textbook: its functions with one small change each, compiled and ready to be put in."""

import ast
import marshal
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from tests.trial.mutations import NUDGE, Around, Change, changes_of
from tests.trial.swapping import ROOT, Exchange, compiled, function_of, module_of, tree_of

# What only refuses, lists or describes is no part of a step. ``takes_closure`` tells the engine what an optimizer is.
LEFT_OUT = {"conflicts", "state_shapes", "takes_closure", "problem_of"}
LEFT_OUT |= {"torch_arguments", "output_shape", "shapes", "dz_dw", "mask_share"}
CONSTANTS = {
    "activations/selu.py": ("SELU_ALPHA", "SELU_SCALE"),
    "line_search.py": ("C1", "C2", "NARROW"),
    "optimizers/lbfgs.py": ("CURVED",),
}
DESCRIBED = {"strict", "dtype", "keepdims", "axis"}  # keyword arguments with an operator of their own, or none
BFLOAT16 = {("optimizers/muon.py", "orthogonal"), ("optimizers/muon.py", "size"), ("bfloat16.py", "bfloat16")}


class Mutant(NamedTuple):
    """A changed function, or constant, of ``file``; ``before`` and ``after`` are its ``line`` of source.

    ``place`` numbers the mutants of one line. ``code`` is marshalled, so that a mutant can be sent to a worker.
    """

    file: str
    name: str
    line: int
    place: int
    kind: str
    before: str
    after: str
    code: bytes | None = None
    defaults: tuple[Any, ...] | None = None
    value: Any = None

    @property
    def id(self) -> str:
        return f"{self.file}:{self.line}#{self.place}"

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py")

    @property
    def in_bfloat16(self) -> bool:
        """Whether it changes what is rounded to bfloat16 at once."""
        return (self.file, self.name) in BFLOAT16

    @property
    def exchange(self) -> Exchange:
        code = None if self.code is None else marshal.loads(self.code)
        return Exchange(self.file, self.name, code, self.defaults, self.value)


def files() -> list[str]:
    """Return the textbook's files, relative to it, registries left out."""
    found = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
    return [file for file in found if not file.endswith("__init__.py")]


@cache
def mutants_of(file: str) -> tuple[Mutant, ...]:
    """Return a file's mutants, in the order of its lines."""
    tree = tree_of(file)
    made = [
        *_of_constants(file, tree),
        *(mutant for part in _functions(tree.body) for mutant in _of_function(file, part, _state_fields(tree))),
    ]
    return tuple(_numbered(sorted(made, key=lambda mutant: mutant.line)))


def all_mutants(modules: Sequence[str] = ()) -> list[Mutant]:
    """Return the mutants of the modules whose names, or last parts of them, are given; of all where none is."""
    chosen = [file for file in files() if not modules or _names(file) & set(modules)]
    return [mutant for file in chosen for mutant in mutants_of(file)]


def _names(file: str) -> set[str]:
    module = file.removesuffix(".py")
    return {module, *module.split("/")}


def _numbered(mutants: Sequence[Mutant]) -> Iterator[Mutant]:
    places: dict[int, int] = {}
    for mutant in mutants:
        places[mutant.line] = places.get(mutant.line, 0) + 1
        yield mutant._replace(place=places[mutant.line])


class Part(NamedTuple):
    """A function, or a method as ``Line.at``, and the tree in which it can be compiled alone."""

    name: str
    function: ast.FunctionDef
    tree: ast.Module


def _functions(body: Sequence[ast.stmt]) -> Iterator[Part]:
    for node in body:
        alone = ast.Module([node], [])
        if isinstance(node, ast.ClassDef):
            methods = (part for part in node.body if isinstance(part, ast.FunctionDef))
            yield from (Part(f"{node.name}.{part.name}", part, alone) for part in methods)
        elif isinstance(node, ast.FunctionDef) and node.name not in LEFT_OUT:
            yield Part(node.name, node, alone)


def _of_constants(file: str, tree: ast.Module) -> Iterator[Mutant]:
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        for part in ast.walk(node.targets[0]):
            if isinstance(part, ast.Name) and part.id in CONSTANTS.get(file, ()):
                value = vars(module_of(file))[part.id] * NUDGE
                line = ast.unparse(node)
                yield Mutant(
                    file, part.id, node.lineno, 0, "constant by 1 %", line, f"{part.id} = {value}", value=value
                )


# --- a function's mutants --------------------------------------------------------------------------


class Slot(NamedTuple):
    """Where a node hangs in the tree: in its parent's ``field``, at a ``place`` in it where that is a list."""

    parent: ast.AST
    field: str
    place: int | None

    def put(self, node: ast.AST) -> None:
        if self.place is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.place] = node


def _of_function(file: str, part: Part, state: tuple[str, ...]) -> Iterator[Mutant]:
    function = part.function
    around = Around(frozenset(arg.arg for arg in function.args.args), state)
    seen = {ast.unparse(function)}
    for statement, node, slot in _nodes(function):
        for change in changes_of(node, around):
            mutant, source = _made(file, part, statement, node, slot, change)
            if source not in seen:  # two changes may come to the same
                seen.add(source)
                yield mutant
    yield from _of_defaults(file, part.name, function)


def _made(file: str, part: Part, statement: ast.stmt, node: ast.AST, slot: Slot, change: Change) -> tuple[Mutant, str]:
    """Put a change in, compile, and take it out again: the mutant, and its function's source."""
    kind, other = change
    before = _line(statement)
    if isinstance(other, ast.expr | ast.stmt) and not hasattr(other, "lineno"):
        ast.copy_location(other, node)
    slot.put(other)
    try:
        text = ast.unparse(ast.fix_missing_locations(part.function))
        after = _line(other if statement is node and isinstance(other, ast.stmt) else statement)
        code = marshal.dumps(compiled(part.tree, file, part.name))
    finally:
        slot.put(node)
    return Mutant(file, part.name, statement.lineno, 0, kind, before, after, code), text


def _line(statement: ast.stmt) -> str:
    return ast.unparse(statement).splitlines()[0]


def _state_fields(tree: ast.Module) -> tuple[str, ...]:
    """Return the names of the entries of the module's ``State``."""
    states = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "State")
    body = next((node.body for node in states), [])
    return tuple(
        node.target.id for node in body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    )


def _nodes(function: ast.FunctionDef) -> Iterator[tuple[ast.stmt, ast.AST, Slot]]:
    """Yield every node of a function's body that may be changed, its statement, and where it hangs."""
    for index, statement in enumerate(function.body):
        yield from _below(statement, statement, Slot(function, "body", index))


def _below(statement: ast.stmt, node: ast.AST, slot: Slot) -> Iterator[tuple[ast.stmt, ast.AST, Slot]]:
    if isinstance(node, ast.stmt):
        statement = node
    yield statement, node, slot
    for field, value in ast.iter_fields(node):
        if field in _SKIPPED.get(type(node), ()):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not (isinstance(child, ast.keyword) and child.arg in DESCRIBED):
                yield from _below(statement, child, Slot(node, field, index))


_SKIPPED: dict[type[ast.AST], tuple[str, ...]] = {
    ast.AnnAssign: ("annotation", "target"),
    ast.FunctionDef: ("args", "returns", "decorator_list"),
    ast.Assign: ("targets",),
    ast.For: ("target",),
    ast.comprehension: ("target",),
    ast.Subscript: ("slice",),
}


def _of_defaults(file: str, name: str, function: ast.FunctionDef) -> Iterator[Mutant]:
    given = function.args.defaults
    for place, default in enumerate(given):
        if isinstance(default, ast.Constant) and isinstance(default.value, float):
            own = list(function_of(file, name).__defaults__ or ())
            own[place] *= NUDGE
            line = f"def {name}({ast.unparse(function.args)})"
            after = f"default {ast.unparse(default)} is {own[place]}"
            yield Mutant(file, name, function.lineno, 0, "constant by 1 %", line, after, defaults=tuple(own))
