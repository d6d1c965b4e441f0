"""Rounding or a mistake: a pair's step is judged stage by stage, DIY's result against torch's from the same inputs.

DIY takes the step from torch's state, as it is written, and is recorded. Each stage of it (``stages``) is then asked
of torch from the inputs that DIY had. A difference is rounding if, and only if, torch itself differs as much when
its inputs and the result of each of its operations are moved by a rounding (``rule``): in float64, where a mistake
shows by nine digits more, and in the run's own precision, where an overflow or lost digits show. So the first wrong
stage is named, and what follows from it is not.
"""
