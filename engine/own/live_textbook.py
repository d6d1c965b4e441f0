"""An optimizer of a person's in the textbook's form, in a run that goes on: it is what a step calls, with no detour."""

import copy
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .carried import OTHER_FORM, check_names
from .live_optimizer import LiveMark, is_same_rate
from .memory import CannotGoBack, Memory
from .optimizers import OwnOptimizer
from .plain_memory import Context, NotPlain
from .plain_reader import saved_of
from .plain_writer import plain_of
from .unusable import CannotGoOn


class LiveTextbook:
    """Take steps by ``init(weight)`` and ``update(grad, state, weight, hyper)``, a weight at a time.

    The interface is a LiveOptimizer's; ``update`` is what the textbook's step calls for each weight in their order.
    ``is_wider``: a weight came out in another precision than the run's.
    """

    def __init__(self, own: OwnOptimizer, names: Mapping[str, Any], text: str, guard: Callable[[], Any]):
        self._own, self._names, self._guard, self._text = own, names, guard, text
        self._memory = Memory(own.module, text)
        self._is_broken: str | None = None
        self.is_wider = False

    def start(self, weights: Sequence[Array], settings: Mapping[str, Any], _: int = 1) -> None:
        """Begin again at ``weights``."""
        self._own.begin()
        self._taken, self._at, self._rate = 0, 0, None
        self._settings, self._weights = dict(settings), list(weights)
        self._move, self._make = self._names["update"], self._names.get("Hyper") or SimpleNamespace
        try:
            with self._guard():
                self._states = [self._names["init"](weight) for weight in self._weights]
                self._hyper = self._make(**self._settings)
        except BaseException as error:
            raise self._own.words_of(error) from None

    def update(self, grad: Array, state: Any, weight: Array, hyper: Any) -> tuple[Array, Any]:
        """Return the next weight in the precision of the one before, as a run keeps its own; ``state`` is not used."""
        at, rate = self._at, hyper.lr
        given = grad.copy()  # the step's own, and code may change it in place
        if not at:
            self._call = self._guard()  # one around all weights
            self._call.__enter__()
        try:
            if rate is not self._rate and rate is not None and not is_same_rate(rate, self._rate):
                self._set_rate(rate)
            new, self._states[at] = self._move(given, self._states[at], weight, self._hyper)
            self._weights[at] = new
            if new.dtype != weight.dtype:
                self.is_wider, new = True, new.astype(weight.dtype)
        except BaseException as error:
            self._end_call()
            raise self._own.words_of(error) from None
        self._at = at + 1
        if self._at == len(self._weights):
            self._end_call()
            self._taken += 1
        return new, state

    def _end_call(self) -> None:
        self._at = 0
        self._call.__exit__(None, None, None)

    def _set_rate(self, rate: float) -> None:
        self._rate, self._settings["lr"] = rate, rate
        self._hyper = self._make(**self._settings)

    def step(self, gradients: Sequence[Array], rate: float | None) -> list[Array]:
        """Return the weights after a step."""
        hyper = SimpleNamespace(lr=rate)
        for gradient, weight in zip(gradients, list(self._weights), strict=True):
            self.update(gradient, None, weight, hyper)
        return self.weights()

    def place(self, weights: Sequence[Array]) -> None:
        """Set the weights."""
        self._weights = list(weights)

    def weights(self) -> list[Array]:
        """Return the weights stood at."""
        return list(self._weights)

    def save(self) -> LiveMark | None:
        """Return where it stands; None where that cannot be copied, for a reason that ``put`` will tell."""
        try:
            weights = [np.array(weight) for weight in self._weights]
            saved = self._memory.save_with(_Stood(weights, self._states))
            return LiveMark(self._taken, saved)
        except CannotGoBack as reason:
            self._is_broken = str(reason)
            return None

    def put(self, mark: LiveMark | None) -> None:
        """Stand where it stood. Raises CannotGoBack."""
        if mark is None:
            raise CannotGoBack(self._is_broken or "where it stood is not known")
        self._weights, self._states = self._memory.put_with(mark.saved)
        self._taken, self._at, self._rate = mark.taken, 0, None

    def plain(self, mark: LiveMark) -> dict[str, Any]:
        """Return where it stood as data. Raises NotPlain."""
        return {"taken": mark.taken, "saved": plain_of(mark.saved, self._context())}

    def mark_of(self, told: Any) -> LiveMark:
        """Return where it stood of what ``plain`` has returned. Raises LookupError, TypeError, ValueError."""
        saved = saved_of(told["saved"], self._context())
        stood, shapes = saved.own["stood"], [np.shape(one) for one in self._weights]
        if type(stood) is not _Stood or [np.shape(one) for one in stood.weights] != shapes:
            raise NotPlain("weights of another network")
        return LiveMark(told["taken"], saved)

    def _context(self) -> Context:
        return Context(self._own.module, extra=_Stood)

    def take_over(self, other: Any) -> None:
        """Go on from where other code of the same form stands. Raises CannotGoOn where its state does not fit."""
        if not isinstance(other, LiveTextbook):
            raise CannotGoOn(OTHER_FORM, "code_other_form")
        if [_fields(one) for one in self._states] != [_fields(one) for one in other._states]:
            raise CannotGoOn("its state holds other things than before", "code_other_state")
        check_names(other._own.remembered(), other._text, self._text)
        copies = copy.deepcopy([tuple(one) if _fields(one) else one for one in other._states])
        self._states = [
            type(fresh)(*old) if _fields(fresh) else old for fresh, old in zip(self._states, copies, strict=True)
        ]
        self._own.take_over(other._own)
        self._taken, self._at, self._rate = other._taken, 0, None

    @property
    def why_not_back(self) -> str | None:
        """Say why there is no going back, once that is known."""
        return self._is_broken


def _fields(state: Any) -> tuple[str, ...]:
    return getattr(state, "_fields", ())


class _Stood(NamedTuple):
    weights: list[Array]
    states: list[Any]
