"""How far the two lanes of a pair are apart, and whether that is rounding or a difference.

Every step, all tensors of both lanes are laid end to end and compared in one go; what costs more
(relative distance, ULPs, where) is worked out when somebody looks. Distances are diy against torch,
which is the reference. NaN or inf in both lanes at the same place is agreement; in one alone it is
an infinite distance.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane import Lane, State
from engine.protocol import Distance

GROUPS = ("loss", "grad", "weight", "state")

# torch.testing.assert_close's own, by dtype.
TOLERANCES = {"float32": (1.3e-6, 1e-5), "float64": (1e-7, 1e-7)}


class Tensors(NamedTuple):
    """One lane's tensors after a step, in the order of ``Meter.names``."""

    loss: float
    gradients: Sequence[Array]
    weights: Sequence[Array]
    states: Sequence[State]

    @classmethod
    def of(cls, lane: Lane, loss: float) -> "Tensors":
        return cls(loss, lane.gradients(), lane.weights(), lane.states())


class Meter:
    """Compares a pair's tensors, step after step, in memory of its own."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]], symbols: Sequence[str], dtype: str):
        self._dtype = np.dtype(dtype)
        self._symbols = symbols
        self._shapes = _all_shapes(shapes, symbols)
        self._ends = np.cumsum([int(np.prod(shape)) for shape in self._shapes.values()])
        starts = np.concatenate([[0], self._ends[:-1]])
        self._starts = dict(zip(self._shapes, starts.tolist(), strict=True))
        self._group_starts = np.array(_group_starts(starts, len(shapes), bool(symbols)))
        self._blank = [np.zeros(int(np.prod(shape)), self._dtype) for shape in shapes.values()]
        self._diy, self._torch, self._delta = (np.zeros(self._ends[-1], self._dtype) for _ in range(3))
        self._rtol, self._atol = TOLERANCES[dtype]
        self.worst = np.zeros(len(GROUPS))  # the largest max_abs of each group over the run
        self.within = True  # whether the newest step is within tolerance

    def measure(self, diy: Tensors, torch: Tensors) -> None:
        """Compare one step's tensors."""
        self._fill(self._diy, diy, torch)
        self._fill(self._torch, torch, diy)
        delta = np.subtract(self._diy, self._torch, out=self._delta)
        np.abs(delta, out=delta)
        largest = np.maximum.reduceat(delta, self._group_starts)
        if not np.isfinite(largest).all():
            _settle(delta, self._diy, self._torch)
            largest = np.maximum.reduceat(delta, self._group_starts)
        np.maximum(self.worst[: len(largest)], largest, out=self.worst[: len(largest)])
        self.within = not largest.any() or not self._excess().any()

    def worst_of(self, group: str) -> float:
        """The group's largest max_abs over the run."""
        return float(self.worst[GROUPS.index(group)])

    def _fill(self, out: Array, tensors: Tensors, other: Tensors) -> None:
        flat = [np.asarray(tensors.loss, self._dtype).reshape(1)]
        flat += [gradient.reshape(-1) for gradient in tensors.gradients]
        flat += [weight.reshape(-1) for weight in tensors.weights]
        for state, twin, blank in zip(tensors.states, other.states, self._blank, strict=True):
            flat += [_entry(state[symbol], twin[symbol], blank) for symbol in self._symbols]
        np.concatenate(flat, out=out, casting="same_kind")

    def _excess(self) -> Array:
        """Where the newest step is out of tolerance, as truth values."""
        return self._delta > self._rtol * np.abs(self._torch) + self._atol

    def distance(self, *names: str) -> Distance | None:
        """The newest step's distance over these tensors; None where there are none."""
        parts = [self._one(name) for name in names]
        if not parts:
            return None
        farthest = max(parts, key=lambda part: part.max_abs)
        return farthest._replace(
            max_rel=max(part.max_rel for part in parts), max_ulps=max(part.max_ulps for part in parts)
        )

    def _one(self, name: str) -> Distance:
        part = self._part(name)
        delta, torch = self._delta[part], self._torch[part]
        with np.errstate(all="ignore"):
            relative = np.where(delta == 0, 0, delta / np.abs(torch))
        ulps = np.where(delta == 0, 0.0, ulps_apart(self._diy[part], torch))
        where = np.unravel_index(int(np.argmax(delta)), self._shapes[name])
        index = tuple(int(i) for i in where)
        return Distance(float(delta.max()), float(np.nanmax(relative)), float(ulps.max()), name, index)

    def _part(self, name: str) -> slice:
        start = self._starts[name]
        return slice(start, start + int(np.prod(self._shapes[name])))

    def group(self, group: str) -> Distance | None:
        return self.distance(*(name for name in self._shapes if group_of(name) == group))

    def farthest_excess(self) -> Distance | None:
        """The distance of the tensor whose element lies farthest beyond tolerance."""
        excess = self._delta - (self._rtol * np.abs(self._torch) + self._atol)
        position = int(np.argmax(np.where(np.isnan(excess), np.inf, excess)))
        name = list(self._shapes)[int(np.searchsorted(self._ends, position, side="right"))]
        return self._one(name)


def group_of(name: str) -> str:
    """The group of a tensor by its name: ``layer1.weight.grad`` is of ``grad``."""
    if name == "loss":
        return "loss"
    parts = name.split(".")
    return "weight" if len(parts) == 2 else "grad" if parts[-1] == "grad" else "state"


def _all_shapes(shapes: Mapping[str, tuple[int, ...]], symbols: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Every tensor compared, in order: loss, gradients, weights, state entries."""
    ordered: dict[str, tuple[int, ...]] = {"loss": ()}
    ordered.update({f"{name}.grad": shape for name, shape in shapes.items()})
    ordered.update(shapes)
    for name, shape in shapes.items():
        ordered.update({f"{name}.{symbol}": () if symbol == "t" else shape for symbol in symbols})
    return ordered


def _group_starts(starts: Array, weights: int, has_state: bool) -> list[int]:
    firsts = [0, 1, 1 + weights] + ([1 + 2 * weights] if has_state else [])
    return [int(starts[first]) for first in firsts]


def _entry(value: Array | int | None, twin: Array | int | None, blank: Array) -> Array:
    """A state entry laid flat. One that neither lane has counts as equal, one that a lane lacks as NaN."""
    if isinstance(value, np.ndarray):
        return value.reshape(-1)
    if value is not None:
        return np.array([value], blank.dtype)
    return blank if twin is None else np.full_like(blank, np.nan)


def _settle(delta: Array, diy: Array, torch: Array) -> None:
    """Give the places where a subtraction cannot tell their distance: 0 if alike, else inf."""
    unclear = ~np.isfinite(delta) | ~np.isfinite(diy) | ~np.isfinite(torch)
    alike = (diy == torch) | (np.isnan(diy) & np.isnan(torch))
    delta[unclear] = np.where(alike, 0, np.inf)[unclear].astype(delta.dtype)


def ulps_apart(a: Array, b: Array) -> Array:
    """How many representable numbers lie between each pair, as float64; inf where one is NaN.

    0.0 and -0.0 are 0 apart, the smallest positive and negative numbers 2.
    """
    signed, unsigned = (np.int32, np.uint32) if a.dtype == np.float32 else (np.int64, np.uint64)
    lowest = np.iinfo(signed).min
    with np.errstate(over="ignore"):
        rank_a, rank_b = (
            np.where(bits < 0, lowest - bits, bits)
            for bits in (np.ascontiguousarray(a).view(signed), np.ascontiguousarray(b).view(signed))
        )
        apart = np.maximum(rank_a, rank_b).view(unsigned) - np.minimum(rank_a, rank_b).view(unsigned)
    nan_a, nan_b = np.isnan(a), np.isnan(b)
    return np.where(nan_a ^ nan_b, np.inf, np.where(nan_a & nan_b, 0.0, apart.astype(np.float64)))


def differing(diy: Mapping[str, Array], torch: Mapping[str, Array], dtype: str) -> Iterator[str]:
    """The names, in diy's order, of recorded intermediates that are out of the dtype's tolerance."""
    rtol, atol = TOLERANCES[dtype]
    for name, value in diy.items():
        twin = torch.get(name)
        if twin is None or not np.allclose(value, twin, rtol=rtol, atol=atol, equal_nan=True):
            yield name
