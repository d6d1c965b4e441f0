r"""The losses, a file each, and the registry that finds them.

To add one, write its file. It holds, in ``NAME.py``,

- ``TORCH``: torch's function of it, ``torch.nn.functional.mse_loss``; ``TORCH_WARNS``: how a warning of its begins that
  nobody needs to see;
- ``TITLE``: what a menu calls it;
- ``TARGET``: what the targets are: ``numbers``, ``probabilities`` from 0 to 1, or ``classes``, a number a row;
- ``NAME(a, y)``, which returns the loss :math:`L`, a mean over rows and outputs (``reduction="mean"``), of shape
  ``(...)``, and ``d_NAME(a, y)``, which returns :math:`\partial L/\partial a`, shaped as ``a``:
  ``(..., rows, outputs)``. The output is called ``z`` where it is a logit;
- ``OUTPUTS``, where it takes neither numbers nor logits: ``probabilities``, which torch refuses outside of 0 to 1, or
  ``log probabilities``; ``SOFT_TARGETS = True``, where targets may be a share of each class a row as well;
- where it has parameters, ``Hyper``, as an activation has.
"""

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from engine.diy import Registry


class Loss(NamedTuple):
    """Hold a function beside its derivative."""

    f: Callable[..., Array]
    df: Callable[..., Array]

    def given(self, hyper: Any) -> "Loss":
        """Return it with other parameters than torch's defaults."""
        return Loss(partial(self.f, hyper=hyper), partial(self.df, hyper=hyper))


def _loss(name: str, file: ModuleType) -> Loss:
    return Loss(getattr(file, name), getattr(file, f"d_{name}"))


ORDER = ("mse", "l1", "smooth_l1", "huber", "bce", "cross_entropy", "nll", "binary_cross_entropy", "kl_div")

LOSSES = Registry(__name__, ORDER, _loss)
