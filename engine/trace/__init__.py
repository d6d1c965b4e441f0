"""One DIY step recorded line by line, from outside, and laid beside torch's values of the same step.

``recorder`` watches the textbook run and knows nothing of networks; ``plot`` knows how the textbook's
functions make up a step: which layer a call works on, which stage a line belongs to; ``twins`` gives
values their names, under which torch has them too. ``traced`` puts all of it into the messages for the window.
"""

from .trace import Trace, trace_step

__all__ = ["Trace", "trace_step"]
