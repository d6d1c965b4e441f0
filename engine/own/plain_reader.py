"""What a file tells of own code's memory is made again: of data alone, and of the code's own classes."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import FunctionType
from typing import Any

import numpy as np

from .memory import EMPTY, Saved
from .module_state import data_of, owners
from .optimizer_caller import OptimizerCaller
from .optimizer_makers import Bracketed
from .plain_memory import FACTORIES, KIND, Context, NotPlain, holds_data
from .stand_ins import LayerLike, Param


def saved_of(told: Any, context: Context) -> Saved:
    """Return what a file tells of as it was saved. Raises LookupError, TypeError or ValueError for none."""
    return _Reader(told, context).whole()


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
        self._context.new_config = lambda: caller.asked_dict({})
        kept = {name: self.of(told[name]) for name in mine if name != "_functions"}
        self._context.new_config = None
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
            if not holds_data(made):
                raise NotPlain(made.__name__)
            thing = object.__new__(made)
            self._known.append(thing)
            vars(thing).update(self._pairs(told["has"]))
            return thing
        if kind == "param":
            self._known.append(made := Param.of(told["of"]))
            return made
        found: dict[Any, Any]
        if kind == "needed" and self._context.new_config is not None:
            found = self._context.new_config()
            found.clear()
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


def _method(thing: Any, name: Any) -> Any:
    if not isinstance(name, str) or not isinstance(
        vars(type(thing)).get(name, getattr(type(thing), name)), FunctionType
    ):
        raise NotPlain("a method")
    return getattr(thing, name)


def _drawn_of(told: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the states of the generators that all of Python shares. Raises ValueError or TypeError for none."""
    version, numbers, left = told["python"]
    numpys, pythons = tuple(told["numpy"]), (version, tuple(numbers.tolist()), left)
    np.random.RandomState().set_state(numpys)
    random.Random().setstate(pythons)
    return numpys, pythons
