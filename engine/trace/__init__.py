"""One DIY step recorded line by line, from outside, and laid beside torch's values of the same step.

What watches the textbook is ``engine.recording``. Here ``value_names`` gives a recorded step's values their names,
under which torch has them too; ``locate`` finds lines; ``verdicts`` marks values by the judge; ``message`` puts all of
it into the messages for the window.
"""

from .locate import NotFinite, event_of, first_event, first_not_finite
from .trace import Trace, TwinStep, trace_log_step, trace_own_step, trace_step, twin_step

__all__ = [
    "NotFinite",
    "Trace",
    "TwinStep",
    "event_of",
    "first_event",
    "first_not_finite",
    "trace_log_step",
    "trace_own_step",
    "trace_step",
    "twin_step",
]
