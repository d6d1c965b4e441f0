r"""The chain rule of one weight in LaTeX, with its indices, and numbers of both sides in words."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from PySide6.QtCore import QCoreApplication

from engine.protocol import Both, StageVerdict, Traced
from engine.spec import layer_number, layer_of
from gui.look.numbers import counted, exact, rounded

from ..values.verdict_words import mark, verdict_text

translate = QCoreApplication.translate


class Symbols:
    r"""Write a weight's element and what it meets: :math:`w_{0,1}`, in a deeper network with its layer."""

    def __init__(
        self,
        weight: str,
        index: Sequence[int],
        layers: int = 1,
        of_rows: bool = False,
        factor: str = "",
        below: int | str | None = None,
        over: str = r"\mathrm{rows}",
        of_table: bool = False,
    ):
        """Take ``factor`` as the symbol of what the weight scales, where that is not the layer's input.

        ``of_rows``: each of the layer's outputs depends on all z of its row. ``below``: the number of the layer whose
        output is the input, 0 where that is the data's; None is the one before. ``over``: what the shares are added up
        over. ``of_table``: the weight's rows are vectors, its columns the units.
        """
        self._number, self._factor = layer_number(weight), factor
        self._below = below if below is not None else max(layer_of(weight) - 1, 0)
        self._above = f"^{{({self._number})}}" if layers > 1 else ""
        self._index = tuple(index)
        self.is_bias = weight.endswith(".bias")
        self._unit = str(index[-1 if of_table else 0]) if index else ""
        self._of_rows, self._over, self._of_table = of_rows, over, of_table

    @property
    def weight(self) -> str:
        letter = "b" if self.is_bias else "w"
        return f"{letter}{self._above}_{{{','.join(map(str, self._index))}}}"

    @property
    def z(self) -> str:
        return f"z{self._above}_{{{self._unit}}}"

    @property
    def a(self) -> str:
        return f"a{self._above}_{{{'k' if self._of_rows else self._unit}}}"

    @property
    def input(self) -> str:
        """Return the factor of the weight: the layer's input, 1 for a bias."""
        if self.is_bias or self._of_table:
            return "1"
        if self._factor:
            return f"{self._factor}_{{{self._unit}}}"
        return f"a^{{({self._below})}}_{{{self._index[-1]}}}" if self._below else f"x_{{{self._index[-1]}}}"

    @property
    def gradient(self) -> str:
        return derivative("L", self.weight)

    @property
    def factors(self) -> tuple[str, str, str]:
        return derivative("L", self.a), derivative(self.a, self.z), derivative(self.z, self.weight)

    @property
    def headings(self) -> tuple[str, str, str]:
        """Return the factors; the last is known: it is what the weight is multiplied by."""
        first, second, third = self.factors
        return first, second, f"{third} = {self.input}"

    def chain(self) -> str:
        r"""Write the chain rule in full: over the rows of the batch, and their outputs, the three factors."""
        first, second, third = self.factors
        outputs = r" \sum_{k}" if self._of_rows else ""
        return rf"{self.gradient} = \sum_{{{self._over}}}{outputs} {first} \cdot {second} \cdot {third}"


def slope_formulas(traced: Traced, function: str, coordinate: int) -> str:
    """Write a test function and its slope along a coordinate in LaTeX, from the formulas of both docstrings."""
    formulas = {known.name: known.formulas for known in traced.functions}
    own, slopes = formulas.get(function, ()), formulas.get(f"d_{function}", ())
    return r" \\ ".join([*own[:1], *slopes[coordinate : coordinate + 1]])


def derivative(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def apart_text(both: Both, verdict: StageVerdict | None, dtype: str) -> str:
    """Say how the two sides compare, with a mark; ``verdict`` is the tensor's. Empty where one is not there."""
    diy, torch = both
    if diy is None or torch is None:
        return ""
    if verdict == "hidden":
        return verdict_text(verdict)
    if diy == torch:
        return f"{mark('equal')} {verdict_text('equal')}"
    if verdict == "not_finite":  # other elements are; this one's distance is judged by nobody
        return f"{mark(verdict)} {verdict_text(verdict)}"
    distance, count = rounded(abs(diy - torch)), counted(_ulps(diy, torch, dtype))
    if count:
        text = translate("chain", "{verdict}, {distance} apart ({count} ULP)")
    else:
        text = translate("chain", "{verdict}, {distance} apart")
    told = text.format(verdict=verdict_text(verdict), distance=distance, count=count)
    return f"{mark(verdict)} {told}"


def number_text(value: float | None, dtype: str) -> str:
    """Write a number in full; a dash where a side has none."""
    return "–" if value is None else exact(value, dtype).replace("-", "−")


def all_finite(*numbers: Both) -> bool:
    return all(isfinite(side) for both in numbers for side in both if side is not None)


def _ulps(diy: float, torch: float, dtype: str) -> float:
    """In steps of the larger one's spacing, which is a ULP or two of an exact count."""
    largest = np.dtype(dtype).type(max(abs(diy), abs(torch)))
    return abs(diy - torch) / float(np.spacing(largest))
