"""The textbook's functions in other algebra: equal in exact arithmetic, rounded elsewhere. None may be accused.

A variant is written with the names of the module that it is put into (``instead_of``); its role in a step is known by
the name of the function whose code it becomes.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from tests.trial.swapping import Exchange, function_of

FILES = ("activations", "losses", "network", "clip", "problems", "schedules", "adams", "descents", "curvature")


class Variant(NamedTuple):
    """``experiments``: the beginnings of the names of those in which it is tried."""

    name: str
    file: str
    function: str
    stands_in: Any
    experiments: tuple[str, ...]

    @property
    def exchange(self) -> Exchange:
        own = function_of(self.file, self.function).__code__
        code = self.stands_in.__code__.replace(
            co_filename=own.co_filename,
            co_name=own.co_name,
            co_qualname=own.co_qualname,
            co_firstlineno=own.co_firstlineno,
        )
        names = {name: value for name, value in self.stands_in.__globals__.items() if not name.startswith("__")}
        return Exchange(self.file, self.function, code, names=names)


_VARIANTS: dict[str, Variant] = {}


def instead_of(file: str, function: str, *experiments: str) -> Callable[[Any], Any]:
    """Register the function that follows as a variant of the textbook's."""

    def register(variant: Any) -> Any:
        name = variant.__name__
        _VARIANTS[name] = Variant(name, file, function, variant, experiments)
        return variant

    return register


def variants() -> dict[str, Variant]:
    for name in FILES:
        import_module(f"{__name__}.{name}")
    return dict(_VARIANTS)
