"""Initial weights: seeded like ``torch.nn.Linear``, or given."""

import numpy as np
from numpy import ndarray as Array

from engine.lane import seeded_weights
from engine.spec import ExperimentSpec, SeedStart, weight_shapes


def initial_weights(spec: ExperimentSpec) -> list[Array]:
    """The weights before step 1, in the order of ``nn.Module.parameters()`` and the experiment's dtype.

    torch draws the seeded ones itself, so that they are bit for bit what a person gets from torch.
    """
    if isinstance(spec.start, SeedStart):
        return seeded_weights(spec, spec.start.seed)
    names = weight_shapes(spec.network, len(spec.data.x[0]))
    return [np.array(spec.start.weights[name], dtype=spec.dtype) for name in names]
