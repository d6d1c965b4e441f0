"""How a layer's code lays out its arrays: weights (in, out) or (out, in), examples as rows or as columns."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .optimizer_parts import as_array


class Orientation(NamedTuple):
    """Tell how a layer lays out its arrays, and turn them from torch's way to that and back.

    ``turned``: weights are (in, out); ``columns``: examples are columns; ``bias``: its shape as code has it.
    ``tensors``: they are torch's.
    """

    turned: bool = True
    columns: bool = False
    bias: str = "flat"
    tensors: bool = False

    def made(self, value: Array) -> Any:
        """Return a copy of an array, as the code has arrays."""
        value = np.array(value)
        return tensors.tensor(value) if self.tensors else value

    def x(self, value: Array) -> Any:
        """Return rows of inputs or outputs, as the code has them."""
        return self.made(value.T.copy() if self.columns else value)

    def w(self, value: Array) -> Any:
        """Return a weight, as the code has it."""
        return self.made(value.T.copy() if self.turned else value)

    def b(self, value: Array) -> Any:
        """Return a bias, as the code has it."""
        return self.made({"flat": value, "row": value[None, :], "column": value[:, None]}[self.bias])

    def x_back(self, value: Any) -> Array:
        """Return rows of inputs or outputs as torch has them, copied."""
        array = np.array(as_array(value))
        return array.T if self.columns else array

    def w_back(self, value: Any) -> Array:
        """Return a weight as torch has it, copied."""
        array = np.array(as_array(value))
        return array.T if self.turned else array


def orientations(with_tensors: bool) -> Iterator[Orientation]:
    """Yield those that there are, the usual first; ``with_tensors``: torch's before NumPy's."""
    kinds = (True, False) if with_tensors else (False,)
    for as_tensors, columns, turned, bias in product(kinds, (False, True), (True, False), ("flat", "row", "column")):
        if (bias == "column") == columns:
            yield Orientation(turned, columns, bias, as_tensors)
    for as_tensors, turned in product(kinds, (True, False)):
        yield Orientation(turned, True, "flat", as_tensors)
