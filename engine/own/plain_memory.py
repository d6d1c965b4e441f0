"""What own code remembers as data, for a file, where it is made of nothing but data; and what a file holds, made again.

Data are arrays of plain numbers, numbers, texts, None, and lists, tuples and dicts of these; objects of the file's own
classes that hold data; and the weights themselves, by which some code knows its states. In a file a dict with the key
``""`` stands for what is not plain by itself. All else is NotPlain: such a run is taken again from its start.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from .held_weights import HeldWeights
from .memory import EMPTY, Saved
from .module_state import data_of, owners
from .optimizer_caller import OptimizerCaller
from .optimizer_makers import Bracketed
from .stand_ins import LayerLike, NeededDict, Param

KIND = ""  # the key under which a dict says what it stands for
DEEPEST = 20  # levels of what is written
MOST = 20_000  # parts
LARGEST = 1 << 63
FACTORIES: Mapping[str, Callable[[], Any]] = {"int": int, "float": float, "list": list, "dict": dict}
SAME = (FunctionType, type, ModuleType, np.ufunc)  # of a function's defaults: the file's top level makes them again


class NotPlain(ValueError):  # noqa: N818
    """Say that something is not made of data alone."""


class Context:
    """Hold what is there in a process anyway: the code's ``module``, and weights in their containers.

    ``extra``: a class of ours that stands among what is remembered.
    """

    def __init__(
        self, module: ModuleType | None, callers: Sequence[OptimizerCaller] = (), held: Sequence[HeldWeights] = (),
        extra: type | None = None,
    ):  # fmt: skip
        self.module, self.callers, self.held, self.extra = module, callers, held, extra
        self.caller: OptimizerCaller | None = None  # whose states are at hand

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


def plain_of(saved: Saved, context: Context) -> dict[str, Any]:
    """Return what was saved as data. Raises NotPlain."""
    return _Writer(saved, context).whole()


def saved_of(told: Any, context: Context) -> Saved:
    """Return what a file tells of as it was saved. Raises LookupError, TypeError or ValueError for none."""
    return _Reader(told, context).whole()


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
        self._context.caller = caller
        told = {name: self.of(value) for name, value in kept.items() if name != "_functions"}
        self._context.caller = None
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
        if not _holds_data(kind) or not self._context.is_own(kind):
            raise NotPlain(kind.__name__)
        return {KIND: "object", "class": kind.__name__, "has": self._pairs(vars(value), depth + 1)}

    def _dict(self, value: dict[Any, Any], kind: type, depth: int) -> Any:
        if kind is dict and all(type(key) is str and key != KIND for key in value):
            return {key: self.of(one, depth + 1) for key, one in value.items()}
        pairs = self._pairs(value, depth + 1)
        if kind is dict:
            return {KIND: "pairs", "of": pairs}
        if isinstance(value, NeededDict) and self._context.caller is not None:
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


class _Reader:
    def __init__(self, told: Any, context: Context):
        self._told, self._context = told, context
        self._arrays = [[*one.current()] for one in context.held]
        self._known: list[Any] = []
        self._bytes = 0

    def whole(self) -> Saved:
        told, context = self._told, self._context
        arrays = tuple(
            tuple((self._weight(array, values), values) for array, values in zip(mine, each, strict=True))
            for mine, each in zip(self._arrays, told["arrays"], strict=True)
        )
        own: dict[str, Any] = {}
        if "stood" in told:
            own["stood"] = self.of(told["stood"])
        else:
            own["callers"] = [self._caller(*one) for one in zip(context.callers, told["callers"], strict=True)]
            insides = zip(context.held, told["containers"], strict=True)
            own["containers"] = [self._inside(held.container, one) for held, one in insides]
        own["globals"] = self.of(told["globals"])
        known = [] if context.module is None else list(owners(context.module))
        own["owners"] = [self._owner(one, data_of(mine)) for one, mine in zip(told["owners"], known, strict=True)]
        own["cells"] = [tuple(EMPTY if _is(one, "empty") else self.of(one) for one in each) for each in told["cells"]]
        drawn = None if told["drawn"] is None else _drawn_of(told["drawn"])
        return Saved(arrays, own, drawn, self._bytes)

    def _weight(self, array: Any, values: Any) -> Any:
        """Return the array in which the code knows a weight: its own, or another in another precision."""
        if not isinstance(values, np.ndarray) or values.shape != np.shape(array):
            raise NotPlain("weights of another shape")
        self._bytes += values.nbytes
        return array if array.dtype == values.dtype else values.copy()

    def _inside(self, container: Any, told: Any) -> Any:
        """Return what a layer's stand-in has: under the names that it hands out."""
        found = self.of(told)
        if not isinstance(container, LayerLike):
            return None
        mine = vars(container)
        if any(found[name] != mine[name] for name in ("_names", "_gradients")) or not mine.keys() <= found.keys():
            raise NotPlain("another layer")
        return found

    def _caller(self, caller: OptimizerCaller, told: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
        mine = caller.kept()
        self._context.caller = caller
        kept = {name: self.of(told[name]) for name in mine if name != "_functions"}
        self._context.caller = None
        functions = zip(told["_functions"], mine["_functions"], strict=True)
        kept["_functions"] = [self._function(one, own) for one, own in functions]
        turns = self.of(told["turns"])
        if (turns is None) != (caller.turns is None) or not isinstance(kept["_states"], list):
            raise NotPlain("states of another form")
        return {name: kept[name] for name in mine}, turns

    def _function(self, told: Any, mine: Any) -> Any:
        if _is(told, "called"):
            if not isinstance(mine, FunctionType):
                raise NotPlain("a function")
            return mine
        thing = self.of(told["of"])
        if not self._context.is_own(type(thing)):
            raise NotPlain(type(thing).__name__)
        if _is(told, "method"):
            return _method(thing, told["name"])
        if not _is(told, "bracketed"):
            raise NotPlain("a function")
        function, before, after = (None if name is None else _method(thing, name) for name in told["names"])
        if function is None:
            raise NotPlain("a function")
        return Bracketed(function, before, after)

    def _owner(self, told: Mapping[str, Any], mine: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {"attributes": self.of(told["attributes"])}
        if "defaults" in mine:
            found["defaults"] = self._defaults(told["defaults"], mine["defaults"])
            found["keywords"] = self._defaults(told["keywords"], mine["keywords"])
        return found

    def _defaults(self, told: Any, mine: Any) -> Any:
        if told is None or mine is None:
            return mine
        if isinstance(mine, tuple):
            return tuple(own if _is(one, "same") else self.of(one) for one, own in zip(told, mine, strict=True))
        return {name: own if _is(told[name], "same") else self.of(told[name]) for name, own in mine.items()}

    def of(self, told: Any) -> Any:
        """Return the value that is told of. Raises NotPlain."""
        if type(told) is tuple:
            return tuple(map(self.of, told))
        if type(told) is dict and KIND in told:
            return self._made(told)
        if type(told) in (list, dict, np.ndarray):
            return self._new(told)
        return told

    def _new(self, told: Any) -> Any:
        found: Any = told if isinstance(told, np.ndarray) else type(told)()
        self._known.append(found)
        if isinstance(told, np.ndarray):
            self._bytes += told.nbytes
        elif isinstance(told, list):
            found.extend(map(self.of, told))
        else:
            found.update({name: self.of(one) for name, one in told.items()})
        return found

    def _made(self, told: Mapping[str, Any]) -> Any:
        kind = told[KIND]
        if kind == "weight":
            return self._weight_at(told["at"])
        if kind == "container":
            return self._context.held[told["at"]].container
        if kind == "again":
            return self._known[told["at"]]
        if kind == "function":
            return self._context.function_named(told["name"])
        if kind == "made":
            made = self._context.class_named(told["class"])
            if not issubclass(made, tuple):
                raise NotPlain(made.__name__)
            return made.__new__(made, *map(self.of, told["of"])) if hasattr(made, "_fields") else made(told["of"])
        return self._filled(kind, told)

    def _filled(self, kind: Any, told: Mapping[str, Any]) -> Any:
        if kind == "object":
            made = self._context.class_named(told["class"])
            if not _holds_data(made):
                raise NotPlain(made.__name__)
            thing = object.__new__(made)
            self._known.append(thing)
            vars(thing).update(self._pairs(told["has"]))
            return thing
        if kind == "param":
            self._known.append(made := Param.of(told["of"]))
            return made
        found: dict[Any, Any]
        if kind == "needed" and self._context.caller is not None:
            found = self._context.caller.asked_dict({})
        elif kind == "default":
            found = defaultdict(FACTORIES[told["by"]])
        elif kind == "pairs":
            found = {}
        else:
            raise NotPlain(str(kind))
        self._known.append(found)
        found.update(self._pairs(told["of"]))
        return found

    def _pairs(self, told: Any) -> dict[Any, Any]:
        return {self._key(key): self.of(one) for key, one in told}

    def _key(self, told: Any) -> Any:
        if _is(told, "id"):
            return id(self._weight_at(told["at"]))
        return tuple(map(self._key, told)) if type(told) is tuple else told

    def _weight_at(self, at: Sequence[int]) -> Any:
        place, number = at
        return self._arrays[place][number]


def _is(told: Any, kind: str) -> bool:
    return type(told) is dict and told.get(KIND) == kind


def _number(value: Any) -> Any:
    """Return a number or an array of plain ones. Raises NotPlain."""
    if value.dtype.kind not in "fiub" or value.dtype.itemsize > 8 or not value.dtype.isnative:
        raise NotPlain(str(value.dtype))
    return value


def _holds_data(kind: type) -> bool:
    """Tell whether all that an object of a class holds is in its ``__dict__``, and is taken and put as that."""
    plain = kind.__reduce_ex__ is object.__reduce_ex__ and kind.__getstate__ is object.__getstate__
    special = any(
        hasattr(kind, name) for name in ("__deepcopy__", "__setstate__", "__getnewargs__", "__getnewargs_ex__")
    )
    return (
        type(kind) is type and plain and not special and not any("__slots__" in vars(one) for one in kind.__mro__[:-1])
    )


def _name_of(method: Any) -> str | None:
    """Return the name of a method of an object's class; None for what does nothing. Raises NotPlain."""
    if isinstance(method, MethodType) and getattr(type(method.__self__), method.__name__, None) is method.__func__:
        return method.__name__
    if isinstance(method, FunctionType) and method.__module__ == Bracketed.__module__:
        return None
    raise NotPlain("a method")


def _method(thing: Any, name: Any) -> Any:
    if not isinstance(name, str) or not isinstance(
        vars(type(thing)).get(name, getattr(type(thing), name)), FunctionType
    ):
        raise NotPlain("a method")
    return getattr(thing, name)


def _drawn_told(numpys: Any, pythons: Any) -> dict[str, Any]:
    version, numbers, left = pythons
    return {"numpy": list(numpys), "python": [version, np.array(numbers, np.int64), left]}


def _drawn_of(told: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the states of the generators that all of Python shares. Raises ValueError or TypeError for none."""
    version, numbers, left = told["python"]
    numpys, pythons = tuple(told["numpy"]), (version, tuple(numbers.tolist()), left)
    np.random.RandomState().set_state(numpys)
    random.Random().setstate(pythons)
    return numpys, pythons
