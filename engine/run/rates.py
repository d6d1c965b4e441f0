"""The learning rate of every recorded step."""

import numpy as np
from numpy import ndarray as Array

from engine.spec import complete
from engine.spec.groups import groups_of

from .lockstep import Lockstep


def rates_of(run: Lockstep, entry: int) -> Array:
    """Return the learning rate that each recorded step of an optimizer entry was taken at, shaped ``(steps,)``.

    It is the schedule's, where the entry has one; else the one that was typed, up to where it was changed. Of an entry
    with groups it is the last one's: of the weights in no group, if there are any.
    """
    assert run.run_record is not None, "a run without a history has no rates"
    scheduled = run.run_record.rates.get(run.run_record.lane_of[entry])
    if scheduled is not None:
        return scheduled.values
    whole, rates = run.spec.optimizers[entry], np.empty(run.newest)
    for step, params in run.changes.of(entry):
        last = groups_of(whole.model_copy(update={"params": params}), run.names)[-1].entry
        rates[step:] = complete(last.name, last.params).lr
    return rates
