"""The numbers of a frame that the picture draws, found by their places. No widgets."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Maps, NetworkPicture, Responses, RowPass, Side

from .images import largest
from .shape import NetworkShape, Place


class Sides(NamedTuple):
    """Hold a number of both lanes and their difference; None where one has none."""

    diy: float | None
    torch: float | None
    delta: float | None


class UnitNumbers(NamedTuple):
    """Hold what a row makes of a unit; an input has but ``a``."""

    z: float | None
    a: float
    dL_da: float | None
    dL_dz: float | None


class Content:
    """Hold a picture of the network and find its numbers. ``backwards``: units have the colours of their gradients."""

    def __init__(self, shape: NetworkShape, picture: NetworkPicture, responses: Responses | None, backwards: bool):
        self.picture, self.responses, self.backwards = picture, responses, backwards
        self._shape: NetworkShape = shape
        self._side: Side = picture.request.side
        self._maps = {maps.request.tensor: maps for maps in picture.maps}
        self.scale = max((_scale(maps, self._side) for maps in picture.maps), default=0.0)
        passed = picture.passed
        layers = passed.layers if passed is not None else ()
        self.unit_scale = largest(*(layer.dL_dz if backwards else layer.a for layer in layers))
        of_layers = responses.layers if responses is not None else ()
        self._response_scales = [largest(layer) for layer in of_layers]

    @property
    def passed(self) -> RowPass | None:
        """Return the row on its way."""
        return self.picture.passed

    def maps(self, name: str | None) -> Maps | None:
        return None if name is None else self._maps.get(name)

    def values(self, name: str | None) -> Array | None:
        """Return a parameter's matrix of the side chosen, a bias as one row; None where it is not there."""
        maps = self.maps(name)
        return None if maps is None else _of_side(maps, self._side)

    def sides(self, place: Place) -> Sides | None:
        """Return the number of a weight, or of a unit's bias; of a pooled matrix what is drawn there."""
        element = self._shape.element_at(place)
        maps = self.maps(element[0]) if element is not None else None
        if element is None or maps is None:
            return None
        row, column = element[1] if len(element[1]) == 2 else (0, element[1][0])
        at = row // maps.block[0], column // maps.block[1]
        return Sides(_number(maps.diy, at), _number(maps.torch, at), _number(maps.delta, at))

    def block(self, place: Place) -> tuple[int, int]:
        """Return how many rows and columns of its matrix a place's number stands for."""
        element = self._shape.element_at(place)
        maps = self.maps(element[0]) if element is not None else None
        return (1, 1) if maps is None else maps.block

    def grad_of_row(self, place: Place) -> float | None:
        """Return the gradient of the row's own loss for a weight or a bias; None where it was not told."""
        element = self._shape.element_at(place)
        if element is None or self.passed is None:
            return None
        grad = self.passed.grads.get(element[0])
        return None if grad is None or len(element[1]) != grad.ndim else float(grad[element[1]])

    def line_number(self, place: Place) -> float | None:
        """Return what is written on a line: its number, or on the way back its gradient for the row alone."""
        return self.grad_of_row(place) if self.backwards else self.line_weight(place)

    def line_weight(self, place: Place) -> float | None:
        """Return the number that a line has its colour and its width from."""
        sides = self.sides(place)
        return None if sides is None else getattr(sides, self._side)

    def units(self, column: int) -> Array | None:
        """Return a number a unit to colour it by: an input, a, or backwards ∂L/∂z; None without a row."""
        if self.passed is None or not 0 <= column <= self._shape.outputs:
            return None
        if column == 0:
            return self.passed.x
        layer = self.passed.layers[column - 1]
        return layer.dL_dz if self.backwards else layer.a

    def scale_of(self, column: int) -> float:
        """Return the scale of a column's colours: inputs have their own."""
        return largest(self.units(0)) if column == 0 else self.unit_scale

    def unit(self, place: Place) -> UnitNumbers | None:
        """Return what the row makes of a unit; None without a row, and where a cell stands for several units."""
        passed, units = self.passed, self._shape.columns[place.column].units
        if passed is None or not 0 <= place.column <= self._shape.outputs:
            return None
        if place.column == 0:
            return UnitNumbers(None, float(passed.x[place.unit]), None, None) if len(passed.x) == units else None
        layer = passed.layers[place.column - 1]
        if len(layer.a) != units:
            return None
        return UnitNumbers(*(float(values[place.unit]) for values in layer))

    def target(self, unit: int) -> float | None:
        """Return what an output should be, of a class 1 or 0; None without a row."""
        if self.passed is None:
            return None
        y = self.passed.y
        if y.ndim == 0:
            return float(int(y) == unit)
        return float(y[unit]) if unit < len(y) else None

    @property
    def has_classes(self) -> bool:
        """Return whether the row's target is a class."""
        return self.passed is not None and self.passed.y.ndim == 0

    def response(self, column: int, unit: int) -> tuple[Array, float] | None:
        """Return what a unit answers over the plane, and the scale of its layer; None where that is not known."""
        if self.responses is None or not 0 < column <= self._shape.outputs:
            return None
        layer = self.responses.layers[column - 1]
        return None if layer is None else (layer[unit], self._response_scales[column - 1])


def _of_side(maps: Maps, side: Side) -> Array | None:
    sides: dict[Side, Array | None] = {"diy": maps.diy, "torch": maps.torch, "delta": maps.delta}
    return sides[side]


def _scale(maps: Maps, side: Side) -> float:
    return maps.delta_scale if side == "delta" else maps.scale


def _number(matrix: Array | None, at: tuple[int, int]) -> float | None:
    if matrix is None or at[0] >= matrix.shape[0] or at[1] >= matrix.shape[1]:
        return None
    return float(np.asarray(matrix)[at])
