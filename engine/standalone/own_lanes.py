"""A lane that stands at the start, by which it is found out how own code is called."""

from collections.abc import Sequence

from numpy import ndarray as Array

from engine.backends import make_lane
from engine.lane.diy_lane import DiyLane
from engine.spec import parts_of

from .cells import Asked


def own_lane_of(asked: Asked, start: Sequence[Array]) -> DiyLane | None:
    """Return the lane of an entry with own code in it or in its network; None without any."""
    if asked.entry.code is None and not parts_of(asked.spec):
        return None
    lane = make_lane(asked.spec, asked.place, "diy", [weight.copy() for weight in start])
    assert isinstance(lane, DiyLane)
    return lane
