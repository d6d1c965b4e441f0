"""The weights and gradients of an optimizer's parameters, in the containers that own code takes them in."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .optimizer_parts import KEYS, LAYERS, Convention, as_array
from .stand_ins import LayerLike, Param


class HeldWeights:
    """Hold the parameters' weights as a convention hands them to own code: alone, or all in one container.

    ``container`` is what all of them are in: a list, a dict or a layer.
    """

    def __init__(self, convention: Convention, weights: Sequence[Array], keys: Sequence[str] = KEYS):
        self._convention, self._keys = convention, keys
        self._arrays = [self.array(weight) for weight in weights]
        self.container = self._contained(self._arrays)

    def array(self, weight: Array) -> Any:
        """Return a copy of a weight in the convention's kind of array."""
        if self._convention.tensors:
            return tensors.tensor(weight, is_parameter=self._convention.container == "parameters")
        return Param.of(weight) if self._convention.container == "objects" else np.array(weight)

    def _contained(self, arrays: list[Any]) -> Any:
        if self._convention.container in ("dict", "d_dict"):
            return dict(zip(self._keys, arrays, strict=False))
        if self._convention.container == "layer":
            return LayerLike(*LAYERS[self._convention.layer])
        return list(arrays)

    def first(self, number: int) -> Any:
        """Return the weights at the start that a state is made for: one parameter's, or all in their container."""
        return self._arrays[number] if self._convention.container == "array" else self._contained(self._arrays)

    def of_all(self, each: list[Any]) -> Any:
        """Return what belongs to each parameter as the container has it: a state's arrays, say."""
        if self._convention.container == "array":
            return each[0]
        if "dict" in self._convention.container:
            prefix = "d" if self._convention.state == "d_zeros" else ""
            return {prefix + key: one for key, one in zip(self._keys, each, strict=False)}
        return each

    def current(self) -> list[Any]:
        """Return the parameters' weights as they are now, themselves."""
        if isinstance(self.container, dict):
            return [self.container[key] for key in self._keys[: len(self._arrays)]]
        if isinstance(self.container, LayerLike):
            is_handed = hasattr(self.container, LAYERS[self._convention.layer][0])
            return self.container.held_arrays() if is_handed else self._arrays
        return list(self.container)

    def one(self, number: int) -> Any:
        """Return one parameter's weights as they are now, themselves."""
        container = self.container
        return container[number] if isinstance(container, list) else self.current()[number]

    def copies(self) -> list[Array]:
        """Return the parameters' weights as NumPy has them."""
        return [as_array(value) for value in self.current()]

    def replace(self, number: int, value: Any) -> None:
        """Put another array in the place of a parameter's."""
        if isinstance(self.container, dict):
            self.container[self._keys[number]] = value
        elif isinstance(self.container, list):
            self.container[number] = value
        self._arrays[number] = value

    def place(self, weights: Sequence[Array], in_place: bool) -> None:
        """Set the weights: ``in_place`` in the arrays that the code knows, else in new ones; tensors always keep."""
        for number, (old, new) in enumerate(zip(self.current(), weights, strict=True)):
            if self._convention.tensors:
                tensors.put(old, new)
            elif in_place and isinstance(old, np.ndarray) and old.shape == new.shape and old.dtype == new.dtype:
                old[...] = new
            else:
                self.replace(number, self.array(new))

    def gradient(self, gradient: Array) -> Any:
        """Return a copy of a gradient in the convention's kind of array."""
        return tensors.tensor(gradient) if self._convention.tensors else gradient.copy()

    def with_gradients(self, gradients: list[Any]) -> tuple[Any, Any]:
        """Return weights and gradients as the code is handed those of all parameters at once."""
        kind, weights = self._convention.container, self.current()
        if kind in ("objects", "parameters"):
            for weight, gradient in zip(weights, gradients, strict=True):
                weight.grad = gradient
        elif kind == "layer":
            self.container.put(weights, gradients)
        elif kind in ("dict", "d_dict"):
            prefix = "d" if kind == "d_dict" else ""
            keyed = {prefix + key: gradient for key, gradient in zip(self._keys, gradients, strict=False)}
            return self.container, keyed
        elif kind == "pairs":
            return list(zip(gradients, weights, strict=True)), gradients
        elif kind == "reversed_pairs":
            return list(zip(weights, gradients, strict=True)), gradients
        return self.container, gradients

    def is_whole(self, answer: tuple[Any, ...]) -> bool:
        """Return whether a tuple holds all parameters' weights, by their shapes."""
        shapes = [np.shape(as_array(one)) for one in answer if not isinstance(one, dict | list | tuple)]
        return shapes == [np.shape(as_array(one)) for one in self._arrays]

    def __len__(self) -> int:
        return len(self._arrays)
