"""What is told of a value in a script's recorded run: a summary, torch's value beside it, both as matrices."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Binding, Distance, StageVerdict, Value, ValueArrays

from .book import Found
from .compared import Verdict

FEW = 6  # elements that stand for all
VERDICTS: dict[Verdict, StageVerdict] = {"identical": "equal", "rounding": "rounding", "different": "departs"}


class Extent(NamedTuple):
    low: float | None
    mean: float | None
    high: float | None
    first: tuple[float, ...]


class Made(NamedTuple):
    """Hold what a line made: ``numbers`` where they are kept, else only their ``extent``."""

    name: str
    place: int
    dtype: str
    shape: tuple[int, ...]
    is_tensor: bool
    numbers: Array | None
    extent: Extent | None


class Values:
    """Number the values, and tell of each."""

    def __init__(self, partners: Mapping[int, Found]):
        self._partners = partners
        self._numbers: dict[int, int] = {}
        self.told: list[Value] = []
        self.arrays: dict[int, ValueArrays] = {}

    def binding(self, made: Made) -> Binding:
        if made.place not in self._numbers:
            number = self._numbers[made.place] = len(self.told)
            found = self._partners.get(made.place)
            self.told.append(_told(made, found))
            if arrays := _arrays(made, found):
                self.arrays[number] = arrays
        return Binding(made.name, self._numbers[made.place])


def _told(made: Made, found: Found | None) -> Value:
    extent = made.extent or extent_of(made.numbers if made.numbers is not None else np.empty(0))
    about = (made.dtype, made.shape, *extent[:3])
    if found is None and made.is_tensor:
        return Value("", *about, (), made.name, extent.first, None, None)
    if found is None:
        return Value("", *about, extent.first, None, (), None, "unpaired")
    twin, reference = found.pair.reference.text, _as_own(found, made.shape)
    first = _first(reference if reference is not None else found.reference.numbers)
    distance = _distance(made, reference, found)
    return Value("", *about, extent.first, twin, first, distance, VERDICTS[found.came_to.verdict])


def _as_own(found: Found, shape: tuple[int, ...]) -> Array | None:
    """Return torch's numbers laid out as the own value has them; None where they cannot be."""
    numbers = found.reference.numbers
    if found.pair.may_lie and numbers.ndim == 2 and numbers.T.shape == shape:
        return numbers.T
    if numbers.shape == shape:
        return numbers
    plain = [size for size in shape if size != 1]
    return numbers.reshape(shape) if plain == [size for size in numbers.shape if size != 1] else None


def _distance(made: Made, reference: Array | None, found: Found) -> Distance | None:
    name = found.pair.own.text
    if reference is None or made.numbers is None or not made.numbers.size:
        came_to = found.came_to
        apart = abs(came_to.own - came_to.reference)
        return Distance(apart, apart, np.inf, name, came_to.index, np.inf)
    own, torch = made.numbers.astype(np.float64), reference.astype(np.float64)
    with np.errstate(all="ignore"):
        apart = np.where((own == torch) | (np.isnan(own) & np.isnan(torch)), 0.0, np.abs(own - torch))
        apart = np.where(np.isnan(apart), np.inf, apart)
        relative = np.where(apart == 0, 0.0, apart / np.abs(torch))
    ulps = _ulps(made.numbers, reference)
    flat = int(np.argmax(apart))
    index = tuple(int(one) for one in np.unravel_index(flat, apart.shape))
    return Distance(
        float(apart.flat[flat]), float(relative.max()), float(ulps.max()), name, index, float(ulps.flat[flat])
    )


def _arrays(made: Made, found: Found | None) -> ValueArrays | None:
    """Return both sides as matrices, where the value is one and was kept."""
    if made.numbers is None or not 1 <= made.numbers.ndim <= 2 or not made.numbers.size:
        return None
    matrix = np.atleast_2d(_wide(made.numbers))
    if found is None:
        return ValueArrays(None, matrix, None) if made.is_tensor else ValueArrays(matrix, None, None)
    reference = _as_own(found, made.shape)
    if reference is None:
        return ValueArrays(matrix, None, None)
    torch = np.atleast_2d(_wide(reference))
    if torch.dtype != matrix.dtype:
        matrix, torch = matrix.astype(np.float64), torch.astype(np.float64)
    return ValueArrays(matrix, torch, _ulps(matrix, torch))


def _ulps(own: Array, torch: Array) -> Array:
    """Return how many units in the last place of torch's value lie between, as float64."""
    kind = np.float32 if own.dtype == torch.dtype == np.float32 else np.float64
    one, other = own.astype(kind), torch.astype(kind)
    with np.errstate(all="ignore"):
        apart = np.abs(one - other) / np.spacing(np.abs(other))
    return np.where((one == other) | (np.isnan(one) & np.isnan(other)), 0.0, np.where(np.isnan(apart), np.inf, apart))


def _wide(numbers: Array) -> Array:
    return numbers if numbers.dtype == np.float32 else numbers.astype(np.float64)


def extent_of(numbers: Array) -> Extent:
    if not numbers.size:
        return Extent(None, None, None, ())
    with np.errstate(all="ignore"):
        mean = float(numbers.mean(dtype=np.float64))
    return Extent(float(numbers.min()), mean, float(numbers.max()), _first(numbers))


def _first(numbers: Array) -> tuple[float, ...]:
    return tuple(float(one) for one in numbers.ravel()[:FEW])
