r"""The activations, a file each, and the registry that finds them.

To add one, write its file. It holds, in ``NAME.py``,

- ``TORCH``: torch's class of it, or function: ``torch.nn.Sigmoid``; both take torch's default arguments;
- ``TITLE``: what a menu calls it;
- ``NAME(z)``, which returns :math:`a = f(z)`, and ``d_NAME(z, a)``, which returns :math:`\partial a/\partial z`,
  where ``a`` is passed along because some derivatives read shorter in it. Both map any shape to the same shape, and
  both follow torch at kinks and far out as well;
- of a function of whole rows, whose every output depends on all of its row, ``NAME_backward(dL_da, z, a)`` too, which
  returns :math:`\partial L/\partial z`; its ``d_NAME`` returns a matrix a row, of each output by each z;
- ``TORCH_ARGUMENTS``, where torch's class has to be told more than parameters: ``{"dim": -1}``;
- where it has parameters, ``Hyper``: a NamedTuple of torch's keyword arguments with torch's defaults, each annotated
  with a :class:`~engine.diy.optimizers.hyper.Hyperparameter`. Both functions then take ``hyper`` last, torch's defaults
  where it is not given; ``conflicts(hyper)``, where some values are refused: the field and why.
"""

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from engine.diy import Registry


class Activation(NamedTuple):
    """Hold a function beside its derivative; ``back`` leads a gradient through a function of whole rows."""

    f: Callable[..., Array]
    df: Callable[..., Array]
    back: Callable[..., Array] | None = None

    def given(self, hyper: Any) -> "Activation":
        """Return it with other parameters than torch's defaults."""
        back = self.back and partial(self.back, hyper=hyper)
        return Activation(partial(self.f, hyper=hyper), partial(self.df, hyper=hyper), back)


def _activation(name: str, file: ModuleType) -> Activation:
    return Activation(getattr(file, name), getattr(file, f"d_{name}"), getattr(file, f"{name}_backward", None))


ORDER = (
    *("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "silu", "softplus"),
    *("celu", "selu", "mish", "hardtanh", "relu6", "hardswish", "softsign", "logsigmoid"),
    *("softmax", "log_softmax"),
)

ACTIVATIONS = Registry(__name__, ORDER, _activation)
