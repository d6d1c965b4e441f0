"""The loss over a plane through the space of weights: where the plane lies, and the loss on it, from coarse to fine.

Weights are laid end to end, in the order of ``engine.spec.shapes_of``. Nothing in here trains.
"""

from .job import surface_job
from .plane import PlacedPlane
from .planes import place

__all__ = ["PlacedPlane", "place", "surface_job"]
