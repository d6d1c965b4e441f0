"""StepLR that counts the step to come among those that were taken."""

import numpy as np
from numpy import ndarray as Array

from engine.diy.schedules.step_lr import Hyper


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    step_size, g = hyper
    n = (t + 1) // step_size
    return lr * np.power(g, n)  # mistake
