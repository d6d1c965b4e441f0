"""Initial weights: seeded like ``torch.nn.Linear``, given, or in a file; a problem's point is given."""

import numpy as np
from numpy import ndarray as Array

from engine.backends import seeded_weights
from engine.spec import ExperimentSpec, GivenStart, SeedStart, shapes_of

from .given_start import with_start


def initial_weights(spec: ExperimentSpec) -> list[Array]:
    """Return the weights before step 1, in the order of ``nn.Module.parameters()`` and the experiment's dtype.

    torch draws the seeded ones itself, so that they are bit for bit what a person gets from torch. Raises
    ExperimentError where they are in a file that is not as it should be.
    """
    if spec.problem is not None:
        return [np.array([spec.problem.start], dtype=spec.dtype)]
    if isinstance(spec.start, SeedStart):
        return seeded_weights(spec, spec.start.seed)
    start = with_start(spec).spec.start
    assert isinstance(start, GivenStart)
    return [start.weights[name].as_type(spec.dtype) for name in shapes_of(spec)]
