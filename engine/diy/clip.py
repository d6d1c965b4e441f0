r"""Gradients made smaller before the optimizer sees them, so that a steep place throws no weight far away.

Of K networks at once each has its own norm: gradients are shaped as in ``network``, ``(K, out, in)`` and
``(K, 1, out)``.
"""

import numpy as np
from numpy import ndarray as Array

from .network import Grads
from .norm import norm


def total_norm(grads: Grads) -> Array:
    r""":math:`\|g\| = \sqrt{\sum_k \|g_k\|^2}` over all weights and biases together; of K networks, K of them.

    As in torch, the norm of the norms of each: a lone number's is its size, which overflows later than its square.
    """
    first, *_ = grads.values()
    networks = first.shape[:-2]
    norms = [norm(g.reshape(*networks, -1)) for g in grads.values()]
    return norm(np.concatenate(norms, axis=-1))[..., 0]


def clip_by_norm(grads: Grads, max_norm: float) -> Grads:
    r""":math:`g \leftarrow g \cdot \min\left(1, \frac{c}{\|g\| + 10^{-6}}\right)`, a shorter one of the same direction.

    Pascanu et al., "On the difficulty of training recurrent neural networks", 2013. The millionth is
    torch's (``torch.nn.utils.clip_grad_norm_``); so a gradient of just that norm becomes a little shorter too.
    """
    length = total_norm(grads)
    scale = np.minimum(max_norm / (length + 1e-6), 1)
    if length.ndim:
        scale = scale[..., None, None]  # one for each network
    clipped: Grads = {}
    for name, g in grads.items():
        g = scale * g
        clipped[name] = g
    return clipped


def clip_by_value(grads: Grads, limit: float) -> Grads:
    r""":math:`g \leftarrow \max(-c, \min(g, c))`, number by number: it may turn the direction.

    As ``torch.nn.utils.clip_grad_value_`` has it.
    """
    clipped: Grads = {}
    for name, g in grads.items():
        g = np.clip(g, -limit, limit)
        clipped[name] = g
    return clipped
