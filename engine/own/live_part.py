"""A part of a network that is a person's code, in a run that goes on: called, saved, and stood at again."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy import ndarray as Array

from .memory import Memory, Saved
from .unusable import Unusable

T = TypeVar("T")


class Own(Protocol):
    """Call own code: an OwnFunction, an OwnLayer."""

    module: Any

    def begin(self) -> None: ...

    def words_of(self, error: BaseException) -> BaseException: ...


class LivePart:
    """Hold own code that keeps what it remembers from step to step. What it raises comes out as Unusable.

    ``narrow`` are the results, ``value`` or ``slope``, that came in a lesser precision than what it was handed.
    ``is_recorded``: the step under way is recorded.
    """

    is_recorded = False

    def __init__(self, own: Own, text: str, guard: Callable[[], Any]):
        self._own, self._guard = own, guard
        self._memory = Memory(own.module, text)
        self._thing: Any = None  # the object, where the code is a class
        self.narrow: set[str] = set()

    def begin(self) -> None:
        """Begin anew: the file's globals as its top level left them, and another object."""
        self._own.begin()
        self._thing = self._called(self._instance)
        self._forget()

    def _instance(self) -> Any:
        return None

    def _forget(self) -> None:
        """Forget the last forward pass."""

    def _called(self, call: Callable[[], T]) -> T:
        try:
            with self._guard(), np.errstate(all="ignore"):
                return call()
        except BaseException as error:
            raise self._own.words_of(error) from None

    def _fitting(self, result: Array, like: Array, name: str, role: str) -> Array:
        """Return a result in the run's precision. Raises Unusable where it has another shape than it must have."""
        if result.shape != like.shape:
            raise Unusable(f"{name} comes out in the shape {result.shape}, not {like.shape}")
        if result.dtype == like.dtype:
            return result
        if np.finfo(result.dtype).eps > np.finfo(like.dtype).eps:
            self.narrow.add(role)
        return result.astype(like.dtype)

    # --- going back -------------------------------------------------------------------------------

    def save(self) -> Saved:
        """Return a copy of all that it remembers. Raises CannotGoBack where that cannot be copied."""
        return self._memory.save_with(self._thing)

    def put(self, saved: Saved) -> None:
        """Stand where it stood."""
        self._thing = self._memory.put_with(saved)
        self._forget()
