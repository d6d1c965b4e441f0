"""What own code remembers as data, for a file, where it is made of nothing but data: what is data, and what is known.

Data are arrays of plain numbers, numbers, texts, None, and lists, tuples and dicts of these; objects of the file's own
classes that hold data; and the weights themselves, by which some code knows its states. In a file a dict with the key
``""`` stands for what is not plain by itself. All else is NotPlain: such a run is taken again from its start.
"""

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType, ModuleType
from typing import Any

from .held_weights import HeldWeights
from .optimizer_caller import OptimizerCaller

KIND = ""  # the key under which a dict says what it stands for
FACTORIES: Mapping[str, Callable[[], Any]] = {"int": int, "float": float, "list": list, "dict": dict}


class NotPlain(ValueError):  # noqa: N818
    """Say that something is not made of data alone."""


class Context:
    """Hold what is there in a process anyway: the code's ``module``, and weights in their containers.

    ``extra``: a class of ours that stands among what is remembered. ``new_config`` makes a config of the kind that the
    code is handed; None where it is handed none.
    """

    def __init__(
        self, module: ModuleType | None, callers: Sequence[OptimizerCaller] = (), held: Sequence[HeldWeights] = (),
        extra: type | None = None, new_config: Callable[[], dict[str, Any]] | None = None,
    ):  # fmt: skip
        self.module, self.callers, self.held, self.extra = module, callers, held, extra
        self.new_config = new_config

    def class_named(self, name: str) -> type:
        """Return a class of the file's. Raises NotPlain."""
        if self.extra is not None and name == self.extra.__name__:
            return self.extra
        found = None if self.module is None else vars(self.module).get(name)
        if not isinstance(found, type) or found.__module__ != getattr(self.module, "__name__", None):
            raise NotPlain(name)
        return found

    def is_own(self, kind: type) -> bool:
        """Tell whether a class is the file's, by its name."""
        try:
            return self.class_named(kind.__name__) is kind
        except NotPlain:
            return False

    def function_named(self, name: str) -> FunctionType:
        """Return a function of the file's. Raises NotPlain."""
        found = None if self.module is None else vars(self.module).get(name)
        if not isinstance(found, FunctionType):
            raise NotPlain(name)
        return found


def holds_data(kind: type) -> bool:
    """Tell whether all that an object of a class holds is in its ``__dict__``, and is taken and put as that."""
    plain = kind.__reduce_ex__ is object.__reduce_ex__ and kind.__getstate__ is object.__getstate__
    special = any(
        hasattr(kind, name) for name in ("__deepcopy__", "__setstate__", "__getnewargs__", "__getnewargs_ex__")
    )
    return (
        type(kind) is type and plain and not special and not any("__slots__" in vars(one) for one in kind.__mro__[:-1])
    )
