"""Variants of the textbook with classic mistakes, to show that they are found. Tests and developers alone get here.

A folder each, with files named as the textbook's: their functions keep the names of those they stand in
for, and the mistaken line ends in ``# mistake``. A test in this process calls ``install(name, monkeypatch)``;
one with a window gives its client ``engine_with(name)`` as the engine process's body.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import engine.diy
from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES

HERE = Path(__file__).parent
NAMES = (
    "eps_inside_root",
    "no_bias_correction",
    "rate_inside_momentum",
    "mean_for_sum",
    "transposed_gradient",
    "missing_factor_2",
    "derivative_of_preactivation",
    "sums_for_means",
    "whole_gradient",
    "curvature_upside_down",
    "step_too_early",
    "norm_of_each",
    "missing_inner_derivative",
)


class Patch(Protocol):
    """What pytest's ``monkeypatch`` offers of this."""

    def setattr(self, target: Any, name: str, value: Any, /) -> None: ...

    def setitem(self, dic: Any, name: str, value: Any, /) -> None: ...


class ForGood:
    """Patches that nobody takes back: for a process that ends with its test."""

    def setattr(self, target: Any, name: str, value: Any, /) -> None:
        setattr(target, name, value)

    def setitem(self, dic: Any, name: str, value: Any, /) -> None:
        dic[name] = value


def install(name: str, patch: Patch | None = None) -> None:
    """Swap a variant in, before any lane is made, and have its lines recorded as the textbook's are."""
    patch = patch or ForGood()
    patch.setattr(engine.diy, "__path__", [*engine.diy.__path__, str(HERE)])
    for file in sorted((HERE / name).rglob("*.py")):
        parts = file.relative_to(HERE).with_suffix("").parts
        for function in _functions(import_module(".".join((__name__, *parts)))):
            _swap(parts[1:], function, patch)


def engine_with(name: str) -> Callable[[Connection], None]:
    """An engine process's body, as ``main.serve_engine`` is one, with a variant swapped in."""
    return partial(_serve, name)


def _serve(name: str, connection: Connection) -> None:
    install(name)
    from engine.server.server import serve

    serve(connection)


def _functions(module: Any) -> Iterator[Any]:
    return (part for part in vars(module).values() if getattr(part, "__module__", "") == module.__name__)


def _swap(parts: Sequence[str], function: Any, patch: Patch) -> None:
    """Put a function in the place of its namesake, and into the table that lists that one."""
    module = import_module(".".join(("engine.diy", *parts)))
    own = getattr(module, function.__name__)
    patch.setattr(module, function.__name__, function)
    table = {"activations": ACTIVATIONS, "losses": LOSSES}.get(parts[0])
    if table is not None:
        pair = table[parts[-1]]
        patch.setitem(table, parts[-1], type(pair)(*(function if part is own else part for part in pair)))
