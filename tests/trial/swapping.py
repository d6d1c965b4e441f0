"""Put other code into the textbook's functions, in place, so that whoever holds a function sees it; and take it out.

A function keeps its identity: only its code, its defaults, or a constant of its module are exchanged. So registries
and names imported elsewhere need no care. Exchanged code has the textbook's own file name, by which the recorder
knows what to record.
"""

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import engine.diy

ROOT = Path(engine.diy.__file__).parent


class Exchange(NamedTuple):
    """What stands in the textbook in place of its own.

    ``file`` is relative to the textbook. ``name`` is that of a function or method, to which ``code`` or ``defaults``
    belong, or of a constant, whose ``value`` it gets; ``names`` are globals that the code needs besides the module's.
    """

    file: str
    name: str
    code: CodeType | None = None
    defaults: tuple[Any, ...] | None = None
    value: Any = None
    names: dict[str, Any] = {}  # noqa: RUF012  # never changed


def module_of(file: str) -> ModuleType:
    """Return the textbook's module of a file such as ``optimizers/adam.py``."""
    return import_module(".".join(("engine.diy", *Path(file).with_suffix("").parts)))


def function_of(file: str, name: str) -> FunctionType:
    """Return a function, or a method as ``Line.at``, without what decorates it."""
    found: Any = module_of(file)
    for part in name.split("."):
        found = vars(found)[part]
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found


def tree_of(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def compiled(tree: ast.Module, file: str, name: str) -> CodeType:
    """Compile a module's tree under the textbook's file name, and return the code of one of its functions."""
    code = compile(tree, str(module_of(file).__file__), "exec", dont_inherit=True)
    for part in name.split("."):
        inner = (const for const in code.co_consts if isinstance(const, CodeType))
        code = next(const for const in inner if const.co_name == part)
    return code


@contextmanager
def exchanged(exchanges: Sequence[Exchange]) -> Iterator[None]:
    """Have the exchanges in force inside ``with``; afterwards everything is as it was."""
    undo: list[Callable[[], None]] = []
    try:
        for exchange in exchanges:
            undo += _put_in(exchange)
        yield
    finally:
        for take_out in reversed(undo):
            take_out()


def _put_in(exchange: Exchange) -> Iterator[Callable[[], None]]:
    if exchange.code is None and exchange.defaults is None:
        yield from _put_constant(exchange)
        return
    function = function_of(exchange.file, exchange.name)
    yield from _put_names(function.__globals__, exchange.names)
    code, defaults = function.__code__, function.__defaults__

    def take_out() -> None:
        function.__code__, function.__defaults__ = code, defaults

    yield take_out
    function.__code__ = exchange.code or code
    function.__defaults__ = exchange.defaults or defaults


def _put_names(known: dict[str, Any], names: dict[str, Any]) -> Iterator[Callable[[], None]]:
    for name in names.keys() - known.keys():
        yield lambda name=name: known.pop(name, None) and None
        known[name] = names[name]


def _put_constant(exchange: Exchange) -> Iterator[Callable[[], None]]:
    """Give a constant another value, wherever in the textbook it was imported to."""
    own = vars(module_of(exchange.file))[exchange.name]
    for module in [module for name, module in sys.modules.items() if name.startswith("engine.diy.")]:
        if vars(module).get(exchange.name) is own:
            yield lambda module=module: setattr(module, exchange.name, own)
            setattr(module, exchange.name, exchange.value)


def planted(file: str, before: str, after: str) -> Exchange:
    """Make the exchange of a function in which a line reads ``after`` where the textbook has ``before``."""
    source = (ROOT / file).read_text(encoding="utf-8")
    if source.count(before) != 1 or before.count("\n") != after.count("\n"):
        raise ValueError(f"{before!r} stands {source.count(before)} times in {file}, or lines would move")
    line = source[: source.index(before)].count("\n") + 1
    tree = ast.parse(source.replace(before, after))
    name = next(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0)
    )
    return Exchange(file, name, compiled(tree, file, name))
