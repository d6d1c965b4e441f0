"""All that own code remembers from step to step, copied so that a run can stand there again.

What an object holds of its weights' arrays stays those very arrays, as people keep states by ``id``; their numbers are
copied beside. What cannot be copied (a generator, an open file) is told: there is no going back then.
"""

import copy
import random
import sys
from collections.abc import Callable, Sequence
from types import FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from . import tensors
from .held_weights import HeldWeights
from .module_state import data_of, is_data, owners, put_back
from .optimizer_caller import OptimizerCaller
from .optimizer_parts import as_array
from .stand_ins import LayerLike
from .unusable import CannotGoBack


class Saved(NamedTuple):
    """Hold a copy of what own code remembered; ``own`` and the rest belong together. ``nbytes`` of its arrays."""

    arrays: tuple[tuple[tuple[Any, np.ndarray], ...], ...]
    own: Any
    drawn: Any
    nbytes: int


class Memory:
    """Copy and put back what own code remembers: its objects, states, globals, defaults and closures."""

    def __init__(self, module: ModuleType | None, text: str):
        self._module = module
        self._draws = "random" in text
        self._start = {} if module is None else dict(vars(module))

    def save(self, callers: Sequence[OptimizerCaller], held: Sequence[HeldWeights]) -> Saved:
        """Return a copy of it all. Raises CannotGoBack where something cannot be copied."""
        arrays = tuple(tuple((one, np.array(as_array(one))) for one in each.current()) for each in held)
        whole = {"callers": [(one.kept(), _turns(one)) for one in callers], **self._outside(callers)}
        whole["containers"] = [_inside(one.container) for one in held]
        memo = _kept_as_they_are(held)
        known = len(memo)
        try:
            own = copy.deepcopy(whole, memo)
        except Exception as error:
            raise CannotGoBack(f"what it keeps cannot be copied: {error}") from None
        copied = [one for one in list(memo.values())[known:] if isinstance(one, np.ndarray)]
        size = sum(one.nbytes for one in copied) + sum(array.nbytes for each in arrays for _, array in each)
        return Saved(arrays, own, self._random_state(), size)

    def put(self, saved: Saved, callers: Sequence[OptimizerCaller], held: Sequence[HeldWeights]) -> None:
        """Put a copy of what was saved in its places."""
        own = copy.deepcopy(saved.own, _atoms(saved, held))
        for one, (kept, turns) in zip(callers, own["callers"], strict=True):
            one.put(kept)
            if turns is not None:
                one.turns.data, one.turns.current = turns  # type: ignore[union-attr]
        for one, arrays, inside in zip(held, saved.arrays, own["containers"], strict=True):
            for number, (array, values) in enumerate(arrays):
                one.replace(number, array)
                _fill(array, values)
            if isinstance(one.container, LayerLike):
                vars(one.container).clear()
                vars(one.container).update(inside)
        self._put_outside(own, callers)
        self._draw_again(saved)

    def _draw_again(self, saved: Saved) -> None:
        """Have the generators that all of Python shares draw what they drew then."""
        if saved.drawn is not None:
            np.random.set_state(saved.drawn[0])  # own code's
            random.setstate(saved.drawn[1])

    def save_with(self, stood: Any) -> Saved:
        """Return a copy of ``stood`` and of the file's globals, defaults and closures. Raises CannotGoBack."""
        memo: dict[int, Any] = {id(module): module for module in list(sys.modules.values())}
        known = len(memo)
        try:
            own = copy.deepcopy({"stood": stood, **self._outside(())}, memo)
        except Exception as error:
            raise CannotGoBack(f"what it keeps cannot be copied: {error}") from None
        size = sum(one.nbytes for one in list(memo.values())[known:] if isinstance(one, np.ndarray))
        return Saved((), own, self._random_state(), size)

    def put_with(self, saved: Saved) -> Any:
        """Put the file's globals, defaults and closures back, and return a copy of what was saved with them."""
        own = copy.deepcopy(saved.own, {id(module): module for module in list(sys.modules.values())})
        self._put_outside(own, ())
        self._draw_again(saved)
        return own["stood"]

    # --- outside of objects -----------------------------------------------------------------------

    def _outside(self, callers: Sequence[OptimizerCaller]) -> dict[str, Any]:
        module = self._module
        if module is None:
            return {"globals": {}, "owners": [], "cells": [_contents(cells) for cells in _cells(callers, module)]}
        return {
            "globals": {name: value for name, value in vars(module).items() if is_data(name, value)},
            "owners": [data_of(owner) for owner in owners(module)],
            "cells": [_contents(cells) for cells in _cells(callers, module)],
        }

    def _put_outside(self, own: dict[str, Any], callers: Sequence[OptimizerCaller]) -> None:
        module = self._module
        if module is not None:
            for name in [name for name, value in vars(module).items() if is_data(name, value)]:
                if name not in own["globals"] and name not in self._start:
                    del module.__dict__[name]
            module.__dict__.update(own["globals"])
            for owner, data in zip(owners(module), own["owners"], strict=True):
                put_back(owner, data)
        for cells, contents in zip(_cells(callers, module), own["cells"], strict=True):
            for cell, value in zip(cells, contents, strict=True):
                if value is not EMPTY:
                    cell.cell_contents = value

    def _random_state(self) -> Any:
        return (np.random.get_state(), random.getstate()) if self._draws else None


class _Empty:
    def __deepcopy__(self, _: Any) -> "_Empty":
        return self


EMPTY = _Empty()


def _kept_as_they_are(held: Sequence[HeldWeights]) -> dict[int, Any]:
    """Return what no copy is made of, by its id: the weights' arrays, what they are in, and modules."""
    memo: dict[int, Any] = {id(module): module for module in list(sys.modules.values())}
    for each in held:
        memo[id(each.container)] = each.container
        memo |= {id(array): array for array in each.current()}
    return memo


def _atoms(saved: Saved, held: Sequence[HeldWeights]) -> dict[int, Any]:
    return _kept_as_they_are(held) | {id(array): array for each in saved.arrays for array, _ in each}


def _inside(container: Any) -> Any:
    return dict(vars(container)) if isinstance(container, LayerLike) else None


def _turns(caller: OptimizerCaller) -> Any:
    return None if caller.turns is None else (caller.turns.data, caller.turns.current)


def _fill(array: Any, values: np.ndarray) -> None:
    """Set the numbers of an array or a tensor in place; of a plain number there is nothing to set."""
    if hasattr(array, "detach"):
        tensors.put(array, values)
    elif isinstance(array, np.ndarray):
        array[...] = values


def _cells(callers: Sequence[OptimizerCaller], module: ModuleType | None) -> list[tuple[Any, ...]]:
    """Return the closures' cells of the functions that are called, and of the file's own."""
    functions: list[Callable[..., Any]] = [one for caller in callers for one in caller.kept()["_functions"]]
    if module is not None:
        functions += [one for one in vars(module).values() if isinstance(one, FunctionType)]
    plain = (one.__func__ if isinstance(one, MethodType) else one for one in functions)
    return [one.__closure__ or () for one in plain if isinstance(one, FunctionType)]


def _contents(cells: tuple[Any, ...]) -> list[Any]:
    return list(map(_content, cells))


def _content(cell: Any) -> Any:
    try:
        value = cell.cell_contents
    except ValueError:
        return EMPTY
    return EMPTY if callable(value) or isinstance(value, ModuleType) else value
