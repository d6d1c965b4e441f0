r"""L-BFGS: from :math:`-\gamma\,g` to :math:`\sum_k \alpha_k d_k` over the step's iterations.

The directions are of all weights together, and only the last one is kept: they are one part.
"""

from collections.abc import Iterator

from .change import Change, Part

CURVATURE = r"\gamma\,g + \sum \alpha_k\,d_k"


def parts(change: Change) -> Iterator[Part]:
    gradient = change.gradient_step()
    yield gradient
    yield Part("curvature", CURVATURE, change.delta - gradient.value)
