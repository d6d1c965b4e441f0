"""How far two arrays of numbers are apart, and torch's own tolerances; what is rounding, ``engine.judge`` says.

Distances are diy against torch, which is the reference. NaN or inf in both at the same place is
agreement; in one alone it is an infinite distance.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Distance

# torch.testing.assert_close's own, by dtype.
TOLERANCES = {"float32": (1.3e-6, 1e-5), "float64": (1e-7, 1e-7)}


def settle(delta: Array, diy: Array, torch: Array) -> None:
    """Give the places where a subtraction cannot tell their distance: 0 if alike, else inf."""
    unclear = ~np.isfinite(delta) | ~np.isfinite(diy) | ~np.isfinite(torch)
    alike = (diy == torch) | (np.isnan(diy) & np.isnan(torch))
    delta[unclear] = np.where(alike, 0, np.inf)[unclear].astype(delta.dtype)


def ulps_apart(a: Array, b: Array) -> Array:
    """Return how many representable numbers lie between each pair, as float64; inf where one is NaN.

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


def distance(diy: Array, torch: Array, name: str) -> Distance:
    """Return how far two values of one thing are apart; infinitely where their shapes differ."""
    if diy.shape != torch.shape or not diy.size:
        apart = 0.0 if diy.shape == torch.shape else np.inf
        return Distance(apart, apart, apart, name, (0,) * diy.ndim, apart)
    kind = np.float32 if diy.dtype == torch.dtype == np.float32 else np.float64
    one, other = diy.astype(kind), torch.astype(kind)
    with np.errstate(all="ignore"):
        delta = np.array(np.abs(one - other))
        settle(delta, one, other)
        relative = np.where((delta == 0) | np.isinf(delta), delta, delta / np.abs(other))
    ulps = np.where(delta == 0, 0.0, ulps_apart(one, other))
    flat = int(np.argmax(delta))
    index = tuple(int(i) for i in np.unravel_index(flat, delta.shape))
    return Distance(
        float(delta.flat[flat]), float(relative.max()), float(ulps.max()), name, index, float(ulps.flat[flat])
    )


def differing(
    diy: Mapping[str, Array], torch: Mapping[str, Array], dtype: str, of_largest: float = 0.0
) -> Iterator[str]:
    """Yield the names, in diy's order, of recorded intermediates that are out of the dtype's tolerance.

    ``of_largest`` allows for that share of the largest number in the intermediates so far.
    """
    rtol, atol = TOLERANCES[dtype]
    largest = 0.0
    for name, value in diy.items():
        twin = torch.get(name)
        if twin is not None:
            largest = max(largest, float(np.max(np.abs(twin), initial=0.0, where=np.isfinite(twin))))
        allowed = atol + of_largest * largest
        if (
            twin is None
            or value.shape != twin.shape
            or not np.allclose(value, twin, rtol=rtol, atol=allowed, equal_nan=True)
        ):
            yield name
