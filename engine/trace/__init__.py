"""One DIY step recorded line by line, from outside, and laid beside torch's values of the same step.

``recorder`` watches the textbook run and knows nothing of networks; ``stages`` knows how the textbook's
functions make up a step: which layer a call works on, which stage a line belongs to; ``value_names`` gives
values their names, under which torch has them too; ``places`` finds lines. ``traced`` puts all of it into
the messages for the window, and ``probe`` is for lines of which only the running counts.
"""

from .locate import NotFinite, event_of, first_event, first_not_finite
from .trace import Trace, TwinStep, trace_step, twin_step

__all__ = ["NotFinite", "Trace", "TwinStep", "event_of", "first_event", "first_not_finite", "trace_step", "twin_step"]
