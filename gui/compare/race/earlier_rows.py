"""An earlier run's lines of the race's table: what its files tell of each lane, and nothing for what they don't."""

import numpy as np

from engine.protocol import RaceRow
from gui.files.earlier_run import EarlierLane
from gui.look.lanes import Lane

from .columns import Standing
from .earlier_lines import earlier_name

NO_ENTRY = -1  # of the experiment at hand


def standing_of(lane: EarlierLane, dtype: str) -> Standing:
    """Return a lane's line of the table."""
    steps = lane.steps
    row = RaceRow(
        final=lane.final,
        best=lane.best,
        best_step=lane.best_step,
        target_step=None,
        area=lane.area,
        grad_norm=np.nan,
        seconds=lane.total_seconds,
        seconds_per_step=lane.total_seconds / steps if steps else np.nan,
        evaluations=lane.total_evaluations or 0,
        state_bytes=np.nan,
        test=lane.test,
    )
    return Standing(Lane(NO_ENTRY, lane.label, lane.side), row, None, dtype, earlier_name(lane))
