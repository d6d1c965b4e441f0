"""Units that do not learn: dead ones, which have no slope on any row, and saturated ones, which hardly have any."""

from collections.abc import Iterator

import numpy as np
from numpy import ndarray as Array

from engine.diagnosis.evidence import Evidence, LayerPass
from engine.diagnosis.reach import largest_slope
from engine.protocol import Diagnosis, Place

MANY_DEAD = 0.25  # of a layer's units: a few are common, and do no harm
MANY_SATURATED = 0.5
FLAT = 0.02  # of the activation's largest slope
ROWS = 0.95  # of all, on which a saturated unit is flat
FEW_ROWS = 4  # from which nothing is told: on one row every second ReLU is off


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Look at each layer but the last, whose units are to saturate where a class is sure."""
    if not evidence.passes.is_finite or len(evidence.passes.x) < FEW_ROWS:
        return
    for one in evidence.passes.layers[:-1]:
        if one.da_dz is not None:  # a unit's slope by its own z, which says all of it
            yield from _dead(evidence, one, one.da_dz)
            yield from _saturated(evidence, one, one.da_dz)


def _dead(evidence: Evidence, one: LayerPass, da_dz: Array) -> Iterator[Diagnosis]:
    yield from _told(evidence, one, "dead_units", _units(one, da_dz == 0, 1.0), MANY_DEAD)


def _saturated(evidence: Evidence, one: LayerPass, da_dz: Array) -> Iterator[Diagnosis]:
    """Find flat slopes that are not 0 altogether: that is another thing."""
    if float(np.abs(da_dz).max(initial=0)) == 0:
        return
    is_flat = np.abs(da_dz) < FLAT * largest_slope(one.layer.activation)
    flat, dead = _units(one, is_flat, ROWS), _units(one, da_dz == 0, 1.0)
    yield from _told(evidence, one, "saturated_units", flat & ~dead, MANY_SATURATED)


def _units(one: LayerPass, is_so: Array, share: float) -> Array:
    """Return which units are so on that share of the rows."""
    return is_so.reshape(-1, one.z.shape[-1]).mean(axis=0) >= share


def _told(evidence: Evidence, one: LayerPass, kind: str, units: Array, share: float) -> Iterator[Diagnosis]:
    count = int(units.sum())
    if count == 0 or count < share * units.size:
        return
    fields = {
        "count": count,
        "all": int(units.size),
        "layer": one.number,
        "rows": len(evidence.passes.x),
        "unit": int(np.argmax(units)),
        "activation": one.activation,
        "slope": FLAT * largest_slope(one.layer.activation),
    }
    yield Diagnosis(kind, evidence.entry, fields, Place("stage", f"{one.layer.name}.a"))
