"""An activation or a loss of a person's in a run that goes on, in the place of the textbook's."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy import ndarray as Array

from .function_forms import FunctionProbe
from .functions import OwnFunction, Passed
from .live_part import LivePart
from .unusable import Unusable


class Slope:
    """Stand for a derivative that takes in what comes from behind: its product with that is the code's own.

    As an array it is that product with ones: ``alone``, where that was asked for at once.
    """

    __array_ufunc__ = None  # so that NumPy leaves the product to it

    def __init__(self, product: Callable[[Array], Array], like: Array, alone: Array | None = None):
        self._product, self._like, self._alone = product, like, alone

    def __rmul__(self, behind: Array) -> Array:
        return self._product(behind)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        if self._alone is None:
            self._alone = self._product(np.ones_like(self._like))
        return np.array(self._alone, dtype=dtype, copy=copy)


class _LiveFunction(LivePart):
    """``given`` is what an open derivative is handed, ``z`` or ``a``; ``settings`` are by the code's own names."""

    _own: OwnFunction

    def __init__(
        self, own: OwnFunction, text: str, guard: Callable[[], Any], given: str = "z",
        settings: Mapping[str, Any] | None = None,
    ):  # fmt: skip
        super().__init__(own, text, guard)
        self._given, self._settings = given, dict(settings or {})
        self._last: tuple[tuple[Array, ...], Passed] | None = None  # the newest forward pass, and what it was of

    @property
    def own(self) -> OwnFunction:
        """Return what calls the code."""
        return self._own

    @property
    def given(self) -> str:
        """Return what an open derivative is handed."""
        return self._given

    @property
    def settings(self) -> Mapping[str, Any]:
        """Return what is handed beside, by the code's own names."""
        return self._settings

    def _probe(self, inputs: dict[str, Array], like: Array) -> FunctionProbe:
        return FunctionProbe(inputs, like, self._given, self._settings)

    def _instance(self) -> Any:
        return self._own.instance(self._probe({}, np.ones(())))

    def _forget(self) -> None:
        self._last = None

    def _pass_on(self, inputs: tuple[Array, ...], probe: FunctionProbe) -> Passed:
        passed = self._called(lambda: self._own.forward(probe, self._thing))
        self._last = inputs, passed
        return passed

    def _passed(self, inputs: tuple[Array, ...], probe: FunctionProbe) -> Passed:
        """Return the newest forward pass, if it is of these inputs; else take it."""
        if self._last is not None and all(map(lambda one, other: one is other, self._last[0], inputs)):
            return self._last[1]
        return self._pass_on(inputs, probe)


class LiveActivation(_LiveFunction):
    """Be an activation of the textbook's: ``f(z)`` and ``df(z, a)``; of whole rows ``back(dL_da, z, a)``.

    Of a recorded step each derivative is wanted by itself as well, before the code's object goes on to another pass.
    """

    def f(self, z: Array) -> Array:
        """Return a, shaped as ``z``."""
        passed = self._pass_on((z,), self._probe({"z": z}, z))
        return self._fitting(passed.value, z, "the activation", "value")

    def back(self, dL_da: Array, z: Array, _: Array) -> Array:
        """Return dL_dz of an activation whose every output depends on all of its row."""
        probe = self._probe({"z": z}, z)
        return self._product(self._passed((z,), probe), probe, dL_da)

    def df(self, z: Array, _: Array) -> Array | Slope:
        """Return da_dz, or what stands for it until it is multiplied."""
        probe = self._probe({"z": z}, z)
        passed = self._passed((z,), probe)
        if self._own.is_product:
            alone = self._unseen(passed, probe, np.ones_like(z)) if self.is_recorded else None
            return Slope(lambda behind: self._product(passed, probe, behind), z, alone)
        slope = self._called(lambda: self._own.slope(passed, probe))
        assert slope is not None
        return self._fitting(slope, z, "the derivative", "slope")

    def _unseen(self, passed: Passed, probe: FunctionProbe, behind: Array) -> Array:
        """Return a product that whoever records the step has not asked for."""
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return self._product(passed, probe, behind)
        finally:
            sys.settrace(tracer)

    def _product(self, passed: Passed, probe: FunctionProbe, behind: Array) -> Array:
        made = self._called(lambda: self._own.product(passed, probe._replace(dout=behind)))
        return self._fitting(made, behind, "the derivative", "slope")


class LiveLoss(_LiveFunction):
    """Be a loss of the textbook's: ``f(a, y)`` and ``df(a, y)``, in either order."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self._is_told = True  # whether the newest pass's value was asked for

    def f(self, a: Array, y: Array) -> Array:
        """Return the loss, a single number. Raises Unusable where it is none."""
        probe = self._probe({"a": a, "y": y}, a)
        passed = self._pass_on((a, y), probe) if self._is_told else self._passed((a, y), probe)
        self._is_told = True
        if passed.value.size != 1:
            raise Unusable(f"the loss is no single number, but has the shape {passed.value.shape}")
        return self._fitting(passed.value.reshape(()), a.reshape(-1)[:1].reshape(()), "the loss", "value")

    def df(self, a: Array, y: Array) -> Array:
        """Return dL_da, shaped as ``a``."""
        probe = self._probe({"a": a, "y": y}, a)
        before = self._last
        passed = self._passed((a, y), probe)
        self._is_told = self._last is before
        slope = self._called(lambda: self._own.slope(passed, probe))
        assert slope is not None
        return self._fitting(slope, a, "the gradient", "slope")
