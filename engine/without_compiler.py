"""Torch without its compiler, which its optimizers load before their first step, and of which they ask nothing here."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

COMPILER = "torch._dynamo"


class _Absent(ModuleType):
    """Stand for the compiler: what an optimizer asks of it does nothing; whoever asks more has it loaded after all."""

    @staticmethod
    def disable(fn: Any = None, *_: Any, **__: Any) -> Any:
        return fn if fn is not None else _Absent.disable

    @staticmethod
    def graph_break(*_: Any, **__: Any) -> None:
        """Do nothing: nothing is compiled."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(COMPILER) is self:
            del sys.modules[COMPILER]
        return getattr(import_module(COMPILER), name)


def leave_out_compiler() -> None:
    """Have torch's optimizers take steps without loading a thousand modules first, which takes about a second."""
    if COMPILER not in sys.modules:
        parent, _, name = COMPILER.rpartition(".")
        absent = sys.modules[COMPILER] = _Absent(COMPILER)
        setattr(import_module(parent), name, absent)
