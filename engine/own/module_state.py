"""What own code keeps between calls outside of what it is handed: globals, attributes of classes, mutable defaults."""

import copy
from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

DATA = (dict, list, set, bytearray)


class KeptState:
    """Keep a module's data as they were, to be put back before each run, so that runs don't hear of one another."""

    def __init__(self, module: ModuleType):
        self._module = module
        self._names = set(vars(module))
        self._globals = {name: _copied(value) for name, value in vars(module).items() if is_data(name, value)}
        self._owned = [(owner, _copied(data_of(owner))) for owner in owners(module)]

    @property
    def has_data(self) -> bool:
        """Return whether the module has globals that are data, as a state would be."""
        return bool(self._globals)

    def restore(self) -> None:
        for name in set(vars(self._module)) - self._names:
            del self._module.__dict__[name]
        self._module.__dict__.update(_copied(self._globals))
        for owner, data in self._owned:
            put_back(owner, _copied(data))

    def now(self) -> dict[str, Any]:
        """Return the globals' data as they are now, themselves: for taking turns between parameters."""
        return {name: value for name, value in vars(self._module).items() if is_data(name, value)}

    def changed(self) -> dict[str, Any]:
        """Return copies of the globals' data that are others than the file's top level left them."""
        now = self.now()
        return {
            name: _copied(value)
            for name, value in now.items()
            if name not in self._globals or not is_same(value, self._globals[name])
        }

    def take_over(self, other: "KeptState") -> None:
        """Take what other code of the same file has changed: globals, and what functions and classes keep."""
        self.swap(other.changed())
        mine = {one.__qualname__: one for one in owners(self._module)}
        for owner, fresh in other._owned:
            if (found := mine.get(owner.__qualname__)) is not None:
                _take_data(found, data_of(owner), fresh)

    def swap(self, data: dict[str, Any]) -> None:
        self._module.__dict__.update(data)

    def fresh(self) -> dict[str, Any]:
        return _copied(self._globals)


class Turns:
    """Let parameters take turns with a module's globals.

    A function that keeps its state there can serve one parameter alone, so each has that state for itself.
    """

    def __init__(self, kept: KeptState, count: int):
        self._kept, self.data, self.current = kept, [kept.fresh() for _ in range(count)], list[int]()

    def __call__(self, number: int) -> None:
        if self.current == [number]:
            return
        if self.current:
            self.data[self.current[0]] = self._kept.now()
        self._kept.swap(self.data[number])
        self.current = [number]


def is_data(name: str, value: Any) -> bool:
    if name.startswith("__") or isinstance(value, ModuleType | type | FunctionType):
        return False
    return not callable(value) or isinstance(value, DATA)


def _take_data(owner: Any, now: Mapping[str, Any], fresh: Mapping[str, Any]) -> None:
    """Have a function or class keep what another of its name keeps that is no longer as it began."""
    for name, value in now["attributes"].items():
        if name not in fresh["attributes"] or not is_same(value, fresh["attributes"][name]):
            setattr(owner, name, _copied(value))
    for kind, attribute in (("defaults", "__defaults__"), ("keywords", "__kwdefaults__")):
        began, mine = now.get(kind), getattr(owner, attribute, None)
        if began and mine is not None and len(mine) == len(began) and not is_same(began, fresh[kind]):
            setattr(owner, attribute, _copied(began))


def is_same(one: Any, other: Any) -> bool:
    """Return whether two values are alike to their depths, arrays in them too."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_same(value, other[name]) for name, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    try:
        return bool(one == other)
    except (ValueError, RuntimeError, TypeError):  # tensors, and what compares element by element
        return False


def _copied(value: Any) -> Any:
    """Copy a value to its depths; return the value itself where it cannot be copied, as a lock or an open file."""
    try:
        return copy.deepcopy(value)
    except Exception:
        if isinstance(value, dict):
            return {key: _copied(one) for key, one in value.items()}
        return value


def owners(module: ModuleType) -> Iterator[Any]:
    """Yield the module's own functions and classes, which may keep something."""
    for value in list(vars(module).values()):
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield value
        elif isinstance(value, type) and value.__module__ == module.__name__:
            yield value
            yield from (one for one in vars(value).values() if isinstance(one, FunctionType))


def data_of(owner: Any) -> dict[str, Any]:
    if isinstance(owner, FunctionType):
        return {"attributes": dict(vars(owner)), "defaults": owner.__defaults__, "keywords": owner.__kwdefaults__}
    found = {name: value for name, value in vars(owner).items() if is_data(name, value)}
    return {"attributes": {name: value for name, value in found.items() if not hasattr(type(value), "__get__")}}


def put_back(owner: Any, data: dict[str, Any]) -> None:
    if isinstance(owner, FunctionType):
        owner.__dict__.clear()
        owner.__dict__.update(data["attributes"])
        owner.__defaults__, owner.__kwdefaults__ = data["defaults"], data["keywords"]
        return
    for name, value in data["attributes"].items():
        if not isinstance(value, property | classmethod | staticmethod):
            setattr(owner, name, value)
