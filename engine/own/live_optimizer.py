"""An optimizer of a person's in a run that goes on: called step by step, saved, and stood at again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .carried import OTHER_FORM, check_names
from .held_weights import HeldWeights
from .memory import CannotGoBack, Memory, Saved
from .optimizer_caller import OptimizerCaller
from .optimizers import OwnOptimizer
from .plain_memory import Context
from .plain_reader import saved_of
from .plain_writer import plain_of
from .unusable import CannotGoOn

SHAPES: tuple[tuple[int, ...], ...] = ((2, 3), (4,))  # of the parameters by which a way to call it is found
PAIRS = ("layer", "two")  # containers that hold a layer's weight and its bias


class Place(NamedTuple):
    """Locate a parameter: its layer, counted from 0, and whether it is a bias there."""

    layer: int
    is_bias: bool


class LiveMark(NamedTuple):
    """Mark where own code stood; ``taken``: how many steps it had taken."""

    taken: int
    saved: Saved

    @property
    def nbytes(self) -> int:
        return self.saved.nbytes


class LiveOptimizer:
    """Take steps with own code, from ``start`` on, over parameters at ``places``.

    ``own`` is prepared; ``settings`` are by the code's own names. What the code raises comes out as Unusable.
    """

    def __init__(self, own: OwnOptimizer, text: str, places: Sequence[Place], guard: Callable[[], Any]):
        self._own, self._guard, self._places, self._text = own, guard, list(places), text
        self._memory = Memory(own.module, text)
        self._layers = [[n for n, one in enumerate(places) if one.layer == layer] for layer in _layers(places)]
        self._is_broken: str | None = None

    def start(self, weights: Sequence[Array], settings: Mapping[str, Any], counts_from: int = 1) -> None:
        """Begin again at ``weights``."""
        self._own.begin()
        self._taken, self._rate = 0, None
        self._whole = self._own.new_caller(len(weights))
        container = self._whole.convention.container
        self._by_layer = container == "layer"
        groups = [*self._layers] if container in PAIRS else [list(range(len(weights)))]
        try:
            with self._guard(), np.errstate(all="ignore"):
                self._begin(groups, weights, settings, counts_from)
        except BaseException as error:
            raise self._own.words_of(error) from None

    def _begin(
        self, groups: list[list[int]], weights: Sequence[Array], settings: Mapping[str, Any], counts_from: int
    ) -> None:
        self._groups = groups
        own = [self._of_group(group, weights) for group in groups]
        count = 1 if self._by_layer else len(groups)
        self._callers = [self._whole, *(self._own.new_caller(len(one)) for one in own[1:count])]
        for caller, held in zip(self._callers, own, strict=False):
            caller.counts_from, caller.keys = counts_from, _keys(self._places)
            caller.start(held, settings)
        self._held = [caller.held for caller in self._callers]
        if self._by_layer:
            self._held += [HeldWeights(self._whole.convention, one) for one in own[1:]]
            for held in self._held:
                held.with_gradients([np.zeros_like(one) for one in held.copies()])

    def _of_group(self, group: list[int], values: Sequence[Array]) -> list[Array]:
        """Return a group's weights or gradients; a layer without a bias is given one of a single 0."""
        own = [values[number] for number in group]
        if self._whole.convention.container in PAIRS and len(own) == 1:
            own.append(np.zeros(1, own[0].dtype))
        return own

    @property
    def whole(self) -> OptimizerCaller:
        """Return what calls it; of several alike, one for each layer, the first."""
        return self._whole

    @property
    def groups(self) -> list[list[int]]:
        """Return which weights are handed over together."""
        return self._groups

    def step(self, gradients: Sequence[Array], rate: float | None) -> list[Array]:
        """Return the weights after a step; ``rate``: its learning rate, None where it stays what it is."""
        self._taken += 1
        new = None if is_same_rate(rate, self._rate) else rate
        self._rate = rate
        try:
            with self._guard():
                return self._stepped(gradients, new)
        except BaseException as error:
            raise self._own.words_of(error) from None

    def _stepped(self, gradients: Sequence[Array], rate: float | None) -> list[Array]:
        if len(self._groups) == 1 and not self._by_layer:
            self._whole.step(self._of_group(self._groups[0], gradients), rate, self._taken)
        elif self._by_layer:
            own = [self._of_group(group, gradients) for group in self._groups]
            self._whole.step_layers(self._held, own, rate, self._taken)
        else:
            for caller, group in zip(self._callers, self._groups, strict=True):
                caller.step(self._of_group(group, gradients), rate, self._taken)
        return self.weights()

    def place(self, weights: Sequence[Array]) -> None:
        """Set the weights."""
        for held, caller, group in zip(self._held, self._all_callers(), self._groups, strict=True):
            own = self._of_group(group, weights)
            held.place(own, caller.holder is not None or caller.convention.container != "array")

    def _all_callers(self) -> list[OptimizerCaller]:
        return [self._whole] * len(self._groups) if self._by_layer else self._callers

    def weights(self) -> list[Array]:
        """Return the weights stood at, shaped as they began; they may be the code's own arrays."""
        if len(self._groups) == 1:
            return self._held[0].copies()[: len(self._places)]
        found: list[Any] = [None] * len(self._places)
        for held, group in zip(self._held, self._groups, strict=True):
            for number, value in zip(group, held.copies(), strict=False):
                found[number] = value
        return found

    # --- going back -------------------------------------------------------------------------------

    def save(self) -> LiveMark | None:
        """Return where it stands; None where that cannot be copied, for a reason that ``put`` will tell."""
        try:
            return LiveMark(self._taken, self._memory.save(self._callers, self._held))
        except CannotGoBack as reason:
            self._is_broken = str(reason)
            return None

    def put(self, mark: LiveMark | None) -> None:
        """Stand where it stood. Raises CannotGoBack."""
        if mark is None:
            raise CannotGoBack(self._is_broken or "where it stood is not known")
        self._memory.put(mark.saved, self._callers, self._held)
        self._taken, self._rate = mark.taken, None

    def plain(self, mark: LiveMark) -> dict[str, Any]:
        """Return where it stood as data. Raises NotPlain."""
        return {"taken": mark.taken, "saved": plain_of(mark.saved, self._context())}

    def mark_of(self, told: Any) -> LiveMark:
        """Return where it stood of what ``plain`` has returned. Raises LookupError, TypeError, ValueError."""
        return LiveMark(told["taken"], saved_of(told["saved"], self._context()))

    def _context(self) -> Context:
        return Context(self._own.module, self._callers, self._held)

    def take_over(self, other: Any) -> None:
        """Go on from where other code of the same form stands. Raises CannotGoOn where that is not known to fit."""
        if not isinstance(other, LiveOptimizer) or len(self._callers) != len(other._callers):
            raise CannotGoOn(OTHER_FORM, "code_other_form")
        if self._whole.convention != other._whole.convention:
            raise CannotGoOn("it is called in another way than before", "code_other_form")
        remembered = [name for caller in other._callers for name in caller.remembered()]
        check_names([*remembered, *other._own.remembered()], other._text, self._text)
        known = {
            id(old): new
            for ours, theirs in zip(self._held, other._held, strict=True)
            for new, old in zip(ours.current(), theirs.current(), strict=True)
        }
        for caller, before in zip(self._callers, other._callers, strict=True):
            caller.take_over(before, known)
        self._own.take_over(other._own)
        self._taken, self._rate = other._taken, None

    @property
    def why_not_back(self) -> str | None:
        """Say why there is no going back, once that is known."""
        return self._is_broken


def is_same_rate(one: Any, other: Any) -> bool:
    """Return whether a learning rate is the same; where many are trained as one it is an array, and then itself."""
    return one is other or (not isinstance(one, Array) and not isinstance(other, Array) and one == other)


def _layers(places: Sequence[Place]) -> list[int]:
    return list(dict.fromkeys(one.layer for one in places))


def _keys(places: Sequence[Place]) -> list[str]:
    return [f"{'b' if one.is_bias else 'W'}{one.layer + 1}" for one in places]
