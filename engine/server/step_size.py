"""The effective step size: how far the newest update went for each unit of the gradient, weight by weight."""

import numpy as np
from numpy import ndarray as Array

from engine.run.lockstep import Lockstep
from engine.spec.groups import entry_of_weight


def step_size(run: Lockstep, entry: int, backend: str, tensor: str) -> Array | None:
    """Return what the newest update took from each weight, divided by its gradient: ``lr`` everywhere for plain SGD.

    It is above 0 where the weight went the way that the optimizer is to go: down, or up with ``maximize``. NaN where
    the gradient is 0. A bias is one row. None where no step has led here, and where it has no record.
    """
    block = run.newest_block
    place = next((place for place, one in enumerate(run.lanes) if (one.entry, one.backend) == (entry, backend)), None)
    if (
        block is None
        or place is None
        or place not in block.records
        or tensor not in block.records[place].layout.weights
    ):
        return None
    update = block.records[place].newest_update(tensor, block.size)
    before, after, gradient = (np.atleast_2d(values) for values in update)
    way = -1 if entry_of_weight(block.spec.optimizers[entry], tensor).params.get("maximize") else 1
    with np.errstate(all="ignore"):
        size = way * (before.astype(np.float64) - after) / gradient
    return np.where(gradient == 0, np.nan, size).astype(before.dtype)


def plain_rate(run: Lockstep, entry: int, tensor: str) -> float | None:
    """Return the learning rate at which the newest step moved a weight; None where no step has led here."""
    lane = run.lane_of(entry, "diy") or run.lane_of(entry, "torch")
    if lane is None or run.newest_block is None or tensor not in run.names:
        return None
    return float(lane.rate_of(tensor))
