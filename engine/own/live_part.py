"""A part of a network that is a person's code, in a run that goes on: called, saved, and stood at again."""

import copy
import sys
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy import ndarray as Array

from .carried import OTHER_FORM, check_names, check_shapes, made_anew
from .memory import Memory, Saved
from .module_state import KeptState, is_same
from .plain_memory import Context, NotPlain
from .plain_reader import saved_of
from .plain_writer import plain_of
from .subjects import BACKWARD, FORWARD, Subject
from .unusable import CannotGoOn, Unusable

T = TypeVar("T")


class Own(Protocol):
    """Call own code: an OwnFunction, an OwnLayer."""

    module: Any
    kept: KeptState | None

    @property
    def subject(self) -> Subject: ...

    @property
    def handed(self) -> frozenset[str]: ...

    def begin(self) -> None: ...

    def words_of(self, error: BaseException) -> BaseException: ...


class LivePart:
    """Hold own code that keeps what it remembers from step to step. What it raises comes out as Unusable.

    ``narrow`` are the results, ``value`` or ``slope``, that came in a lesser precision than what it was handed.
    ``is_recorded``: the step under way is recorded.
    """

    is_recorded = False

    def __init__(self, own: Own, text: str, guard: Callable[[], Any]):
        self._own, self._guard, self.text = own, guard, text
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

    def plain(self, saved: Saved) -> dict[str, Any]:
        """Return where it stood as data. Raises NotPlain."""
        return plain_of(saved, self._context())

    def saved_of(self, told: Any) -> Saved:
        """Return where it stood of what ``plain`` has returned. Raises LookupError, TypeError or ValueError."""
        saved = saved_of(told, self._context())
        if _classes(saved.own["stood"]) != _classes(self._thing):
            raise NotPlain("objects of other classes")
        return saved

    def _context(self) -> Context:
        return Context(self._own.module)

    # --- other code on the way --------------------------------------------------------------------

    def take_over(self, other: "LivePart") -> None:
        """Go on, newly begun, with what other code of the part remembers.

        Raises CannotGoOn where that has no place here.
        """
        theirs, mine, stood = other._own, self._own, other.save()
        began = [_data(one) for one in _objects(other._called(other._instance))]
        other.put(stood)  # what is made may have left something behind
        outside = {} if theirs.kept is None else theirs.kept.changed()
        remembered = other._remembered(began)
        if theirs.subject.form != mine.subject.form or len(remembered) != len(_objects(self._thing)):
            if outside or any(remembered):
                raise CannotGoOn(OTHER_FORM, "code_other_form")
            return
        check_names([*outside, *(name for each in remembered for name in each)], other.text, self.text)
        places = [_data(one) for one in _objects(self._thing)]
        for place, fresh, each in zip(places, began, remembered, strict=True):
            check_shapes(place, {name: fresh[name] for name in each if name in fresh})
        if mine.kept is not None and theirs.kept is not None:
            mine.kept.take_over(theirs.kept)
        for place, each in zip(places, _copies(remembered, theirs.module), strict=True):
            place.update(each)

    def _remembered(self, began: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return what each object has that is not as it ``began``, and that no pass is handed or makes anew."""
        subject = self._own.subject
        passing = self._own.handed | made_anew(self.text, subject.name, (*FORWARD, *BACKWARD))
        return [
            {
                name: value
                for name, value in _data(one).items()
                if name not in passing and not (name in fresh and is_same(value, fresh[name]))
            }
            for one, fresh in zip(_objects(self._thing), began, strict=True)
        ]


def _objects(thing: Any) -> list[Any]:
    """Return what keeps something: the code's object, or several, and a config."""
    return [one for one in (thing if isinstance(thing, tuple) else (thing,)) if one is not None]


def _classes(thing: Any) -> list[type]:
    """Return the class of what keeps something: of a tuple its own, and those of what it holds."""
    return [type(thing), *map(type, thing if isinstance(thing, tuple) else ())]


def _data(keeper: Any) -> dict[str, Any]:
    return keeper if isinstance(keeper, dict) else getattr(keeper, "__dict__", {})


def _copies(remembered: list[dict[str, Any]], module: Any) -> list[dict[str, Any]]:
    """Return copies to their depths.

    Raises CannotGoOn where something cannot be copied, or is of a class of the code before.
    """
    memo: dict[int, Any] = {id(one): one for one in list(sys.modules.values())}
    known = len(memo)
    try:
        copies = copy.deepcopy(remembered, memo)
    except Exception as error:
        raise CannotGoOn(f"what it keeps cannot be copied: {error}") from None
    own = [one for one in vars(module).values() if isinstance(one, type)] if module is not None else []
    if any(type(one) in own for one in list(memo.values())[known:]):
        raise CannotGoOn("it keeps objects of its own classes, whose methods are of the code before")
    return copies
