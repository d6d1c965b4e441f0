"""What own code remembers is told as data, for a file."""

from collections import defaultdict
from collections.abc import Mapping
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from .memory import EMPTY, Saved
from .optimizer_caller import OptimizerCaller
from .optimizer_makers import Bracketed
from .plain_memory import FACTORIES, KIND, Context, NotPlain, holds_data
from .stand_ins import NeededDict, Param

DEEPEST = 20  # levels of what is written
MOST = 20_000  # parts
LARGEST = 1 << 63
SAME = (FunctionType, type, ModuleType, np.ufunc)  # of a function's defaults: the file's top level makes them again


def plain_of(saved: Saved, context: Context) -> dict[str, Any]:
    """Return what was saved as data. Raises NotPlain."""
    return _Writer(saved, context).whole()


class _Writer:
    def __init__(self, saved: Saved, context: Context):
        self._saved, self._context = saved, context
        self._weights = {
            id(array): [place, number]
            for place, each in enumerate(saved.arrays)
            for number, (array, _) in enumerate(each)
        }
        self._containers = {id(one.container): place for place, one in enumerate(context.held)}
        self._known: dict[int, int] = {}
        self._parts = 0

    def whole(self) -> dict[str, Any]:
        saved, own = self._saved, self._saved.own
        if any(not isinstance(array, np.ndarray) for each in saved.arrays for array, _ in each):
            raise NotPlain("tensors")
        told: dict[str, Any] = {"arrays": [[self._array(values) for _, values in each] for each in saved.arrays]}
        told["drawn"] = None if saved.drawn is None else _drawn_told(*saved.drawn)
        if "stood" in own:
            told["stood"] = self.of(own["stood"])
        else:
            told["callers"] = [self._caller(*one) for one in zip(self._context.callers, own["callers"], strict=True)]
            told["containers"] = [self.of(one) for one in own["containers"]]
        features = {name: one for name, one in own["globals"].items() if type(one).__module__ != "__future__"}
        told["globals"] = self.of(features)
        told["owners"] = [self._owner(one) for one in own["owners"]]
        told["cells"] = [[{KIND: "empty"} if one is EMPTY else self.of(one) for one in each] for each in own["cells"]]
        return told

    def _caller(self, caller: OptimizerCaller, own: tuple[Mapping[str, Any], Any]) -> dict[str, Any]:
        kept, turns = own
        self._context.new_config = lambda: caller.asked_dict({})
        told = {name: self.of(value) for name, value in kept.items() if name != "_functions"}
        self._context.new_config = None
        return told | {"_functions": [self._function(one) for one in kept["_functions"]], "turns": self.of(turns)}

    def _function(self, function: Any) -> Any:
        """Return a function that is called: of a class its object; one that holds nothing is in the process anyway."""
        if isinstance(function, Bracketed):
            names = [_name_of(one) for one in (function.function, function.before, function.after)]
            return {KIND: "bracketed", "of": self.of(function.__self__), "names": names}
        if isinstance(function, MethodType):
            return {KIND: "method", "of": self.of(function.__self__), "name": _name_of(function)}
        if not isinstance(function, FunctionType):
            raise NotPlain(type(function).__name__)
        is_named = self._context.module is not None and vars(self._context.module).get(function.__name__) is function
        if not is_named and vars(function):
            raise NotPlain("attributes of a function")
        return {KIND: "called"}

    def _owner(self, data: Mapping[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {"attributes": self.of(data["attributes"])}
        if "defaults" in data:
            told["defaults"] = self._defaults(data["defaults"])
            told["keywords"] = self._defaults(data["keywords"])
        return told

    def _defaults(self, given: Any) -> Any:
        if isinstance(given, tuple):
            return [self._default(one) for one in given]
        return None if given is None else {name: self._default(one) for name, one in given.items()}

    def _default(self, value: Any) -> Any:
        return {KIND: "same"} if isinstance(value, SAME) else self.of(value)

    def of(self, value: Any, depth: int = 0) -> Any:
        """Return a value as data. Raises NotPlain."""
        self._parts += 1
        if depth > DEEPEST or self._parts > MOST:
            raise NotPlain("too many parts")
        kind = type(value)
        if value is None or kind in (bool, str, float):
            return value
        if kind is int:
            return self._int(value)
        if isinstance(value, np.generic):
            return _number(value)
        if kind is tuple:
            return tuple(self.of(one, depth + 1) for one in value)
        return self._of_object(value, kind, depth)

    def _of_object(self, value: Any, kind: type, depth: int) -> Any:
        """Return what is there once, and may be met again."""
        if id(value) in self._weights:
            return {KIND: "weight", "at": self._weights[id(value)]}
        if id(value) in self._containers:
            return {KIND: "container", "at": self._containers[id(value)]}
        if kind is FunctionType and self._context.function_named(value.__name__) is value:
            return {KIND: "function", "name": value.__name__}
        if issubclass(kind, tuple) and self._context.is_own(kind):
            return {KIND: "made", "class": kind.__name__, "of": [self.of(one, depth + 2) for one in value]}
        if id(value) in self._known:
            return {KIND: "again", "at": self._known[id(value)]}
        self._known[id(value)] = len(self._known)
        return self._of_new(value, kind, depth)

    def _of_new(self, value: Any, kind: type, depth: int) -> Any:
        if kind is np.ndarray:
            return self._array(value)
        if isinstance(value, Param) and value.grad is None:
            return {KIND: "param", "of": self._array(np.array(value, subok=False, order="K"))}
        if kind is list:
            return [self.of(one, depth + 1) for one in value]
        if isinstance(value, dict):
            return self._dict(value, kind, depth)
        if not holds_data(kind) or not self._context.is_own(kind):
            raise NotPlain(kind.__name__)
        return {KIND: "object", "class": kind.__name__, "has": self._pairs(vars(value), depth + 1)}

    def _dict(self, value: dict[Any, Any], kind: type, depth: int) -> Any:
        if kind is dict and all(type(key) is str and key != KIND for key in value):
            return {key: self.of(one, depth + 1) for key, one in value.items()}
        pairs = self._pairs(value, depth + 1)
        if kind is dict:
            return {KIND: "pairs", "of": pairs}
        if isinstance(value, NeededDict) and self._context.new_config is not None:
            return {KIND: "needed", "of": pairs}
        factory = next(
            (name for name, one in FACTORIES.items() if one is getattr(value, "default_factory", None)), None
        )
        if kind is defaultdict and factory is not None:
            return {KIND: "default", "by": factory, "of": pairs}
        raise NotPlain(kind.__name__)

    def _pairs(self, values: Mapping[Any, Any], depth: int) -> list[Any]:
        return [[self._key(key), self.of(one, depth + 2)] for key, one in values.items()]

    def _key(self, key: Any) -> Any:
        if type(key) is int and key in self._weights:
            return {KIND: "id", "at": self._weights[key]}
        if type(key) is int:
            return self._int(key)
        if type(key) is tuple:
            return tuple(map(self._key, key))
        if key is None or type(key) in (bool, str, float):
            return key
        raise NotPlain(type(key).__name__)

    @staticmethod
    def _int(value: int) -> int:
        if not -LARGEST <= value < LARGEST:
            raise NotPlain("a large number")
        return value

    @staticmethod
    def _array(array: Any) -> np.ndarray:
        _number(array)
        return array


def _number(value: Any) -> Any:
    """Return a number or an array of plain ones. Raises NotPlain."""
    if value.dtype.kind not in "fiub" or value.dtype.itemsize > 8 or not value.dtype.isnative:
        raise NotPlain(str(value.dtype))
    return value


def _name_of(method: Any) -> str | None:
    """Return the name of a method of an object's class; None for what does nothing. Raises NotPlain."""
    if isinstance(method, MethodType) and getattr(type(method.__self__), method.__name__, None) is method.__func__:
        return method.__name__
    if isinstance(method, FunctionType) and method.__module__ == Bracketed.__module__:
        return None
    raise NotPlain("a method")


def _drawn_told(numpys: Any, pythons: Any) -> dict[str, Any]:
    version, numbers, left = pythons
    return {"numpy": list(numpys), "python": [version, np.array(numbers, np.int64), left]}
