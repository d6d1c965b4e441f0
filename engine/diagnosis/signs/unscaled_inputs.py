"""Columns of x that are of quite different size."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.evidence import Evidence
from engine.protocol import Diagnosis, Place

TIMES = 100.0  # larger than another column


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Compare the columns by the root of their mean squares. Columns of zeros do not count."""
    x = evidence.passes.x.astype(np.float64)
    if x.ndim != 2 or x.shape[1] < 2:
        return
    sizes = np.sqrt(np.mean(np.square(x), axis=0))
    sizes[sizes == 0] = np.nan
    if np.isnan(sizes).all() or not np.nanmax(sizes) >= TIMES * np.nanmin(sizes):
        return
    large, small = int(np.nanargmax(sizes)), int(np.nanargmin(sizes))
    fields = {
        "large": f"x{large + 1}",  # as the grid calls it
        "large_size": float(sizes[large]),
        "small": f"x{small + 1}",
        "small_size": float(sizes[small]),
    }
    yield Diagnosis("unscaled_inputs", None, fields, Place("data", "x"))
