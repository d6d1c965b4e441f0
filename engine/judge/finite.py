"""Where numbers stopped being finite: in which value of a step, and on which side."""

import numpy as np

from engine.backends import make_lane
from engine.lane.own_parts import undisturbed
from engine.lane.stage import stage_of
from engine.protocol import NotFinite

from .footing import Footing

SIDES = ("diy", "torch")


def first_not_finite(footing: Footing, step: int) -> NotFinite | None:
    """Return the first value of a step with a number that is not finite in it; each lane goes from its own state."""
    recorded = {side: _recorded(footing, side, step) for side in SIDES}
    names = list(recorded["diy"]) + [name for name in recorded["torch"] if name not in recorded["diy"]]
    for name in names:
        broken = {side: ~np.isfinite(values[name]) for side, values in recorded.items() if name in values}
        sides = tuple(side for side in SIDES if side in broken and broken[side].any())
        if sides:
            where = broken[sides[0]]
            index = tuple(int(i) for i in np.unravel_index(int(np.argmax(where)), where.shape))
            return NotFinite(step, stage_of(name), name, index, sides)
    return None


def _recorded(footing: Footing, backend: str, step: int) -> dict[str, np.ndarray]:
    before = footing.before(backend, step)
    with undisturbed(footing.spec), np.errstate(all="ignore"):
        lane = make_lane(footing.spec, footing.entry, backend, before.weights)
        lane.restore(before)
        return lane.recorded_step(footing.batches.rows(step))
